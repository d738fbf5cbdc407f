package siting

import (
	"context"
	"slices"
)

// Backup finds the fewest sites that cover all demand within the cost, and of
// the sets of so few the one that covers most of it twice (the LSCP with backup
// cover; Daskin and Stern 1981, Hogan and ReVelle 1986). The answer's value is
// the weight of the demand that only one site covers; weights nil count 1.
//
// Demand that only one site may ever cover is not covered twice. A model in
// which such demand escapes the second condition counts it as if it were.
func Backup(ctx context.Context, m *Model, cost [][]float64, weight []float64, within float64, s Search) (Answer, error) {
	x := *m
	x.Limits = append(slices.Clone(m.Limits), Limit{"cover", Uncovered(cost, nil, within, 1), 0})
	x.Objective = Number(m.Sites)
	first, err := Solve(ctx, &x, s)
	if err != nil || first.Sites == nil {
		return first, err
	}
	x.Most, x.Objective = len(first.Sites), Uncovered(cost, weight, within, 2)
	a, err := Solve(ctx, &x, s)
	if a.Sites == nil {
		a = Answer{Sites: first.Sites, Value: x.Objective.Of(m.set(first.Sites))}
	}
	a.Nodes += first.Nodes
	a.Proved = a.Proved && first.Proved
	return a, err
}
