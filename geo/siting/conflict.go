package siting

import (
	"context"
	"slices"
)

// What beside limits may conflict, as [Conflict] names it.
const (
	TooFew  = "most"  // at most so many sites
	TooMany = "least" // at least so many
	Staying = "open"  // sites that must stay open
	Barred  = "shut"  // sites that may not be open
)

// Conflict returns what keeps a model from having an answer: limits by their
// names, and the words above. No part of what it names conflicts, so that
// loosening any one of it is of help: a deletion filter, after Chinneck and
// Dravnieks (1991). It returns nil for a model that has an answer, and false
// where ctx ended before that was sure.
func Conflict(ctx context.Context, m *Model, s Search) ([]string, bool) {
	c := *m
	c.Objective, c.Capacity, c.Load = Measure{}, nil, nil
	c.Limits = slices.Clone(m.Limits)
	s.Told, s.Goal = nil, false
	if feasible, sure := c.feasible(ctx, s); feasible || !sure {
		return nil, sure
	}
	var names []string
	for _, r := range c.rules() {
		without := c
		without.Limits = slices.Clone(c.Limits)
		r.drop(&without)
		switch feasible, sure := without.feasible(ctx, s); {
		case !sure:
			return nil, false
		case feasible:
			names = append(names, r.name)
		default:
			c = without
		}
	}
	return names, true
}

func (m *Model) feasible(ctx context.Context, s Search) (feasible, sure bool) {
	a, err := Solve(ctx, m, s)
	return a.Sites != nil || a.Proved, err == nil && (a.Infeasible || a.Proved)
}

// rule is one thing that a model asks for, and how to ask no more for it.
type rule struct {
	name string
	drop func(*Model)
}

func (m *Model) rules() []rule {
	var out []rule
	if m.Open != nil {
		out = append(out, rule{Staying, func(m *Model) { m.Open = nil }})
	}
	if m.Shut != nil {
		out = append(out, rule{Barred, func(m *Model) { m.Shut = nil }})
	}
	for _, l := range m.Limits {
		out = append(out, rule{l.Name, func(m *Model) {
			m.Limits = slices.DeleteFunc(slices.Clone(m.Limits), func(x Limit) bool { return x.Name == l.Name })
		}})
	}
	if m.Least > 0 {
		out = append(out, rule{TooMany, func(m *Model) { m.Least = 0 }})
	}
	if m.Most > 0 && m.Most < m.Sites {
		out = append(out, rule{TooFew, func(m *Model) { m.Most = 0 }})
	}
	return out
}
