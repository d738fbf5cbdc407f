package siting

import "math"

// Loss is what changes with one site.
type Loss struct {
	Site   int
	Value  float64  // by how much the objective is worse without it, or better with it
	Breaks []string // the limits that are broken then
}

// Losses returns, for each site of an answer, what closing it alone costs: the
// others serve what it did. Sites that must stay open are among them.
func Losses(m *Model, sites []int) []Loss {
	open := m.set(sites)
	now := m.value(open)
	out := make([]Loss, len(sites))
	for k, j := range sites {
		open[j] = false
		out[k] = Loss{j, m.value(open) - now, m.broken(open)}
		open[j] = true
	}
	return out
}

// Gains returns, for each site that may be open and is not, what opening it
// beside the others gains.
func Gains(m *Model, sites []int) []Loss {
	open := m.set(sites)
	now := m.value(open)
	var out []Loss
	for j := range open {
		if open[j] || m.Shut != nil && m.Shut[j] {
			continue
		}
		open[j] = true
		out = append(out, Loss{j, now - m.value(open), m.broken(open)})
		open[j] = false
	}
	return out
}

func (m *Model) set(sites []int) []bool {
	open := make([]bool, m.Sites)
	for _, j := range sites {
		open[j] = true
	}
	return open
}

func (m *Model) value(open []bool) float64 {
	if m.Capacity != nil {
		return serve(m, open).value
	}
	return m.Objective.Of(open)
}

func (m *Model) broken(open []bool) []string {
	var out []string
	for i := range m.Limits {
		if l := &m.Limits[i]; !holds(l.Of(open), l.Most) {
			out = append(out, l.Name)
		}
	}
	return out
}

// Share is how much of a term a site serves.
type Share struct {
	Site int
	Part float64 // of 1
	Cost float64 // of that part
}

// Allocation returns who serves each term of the objective: its cheapest open
// site or, where capacities bind, the sites that it is shared among. A term
// that nobody serves has none.
func Allocation(m *Model, sites []int) [][]Share {
	open := m.set(sites)
	out := make([][]Share, len(m.Objective.Terms))
	var shared serving
	if m.Capacity != nil {
		shared = serve(m, open)
	}
	for i := range m.Objective.Terms {
		for _, o := range m.Objective.Terms[i].Options {
			j := int(o.Site)
			if m.Capacity != nil {
				if part := shared.share[i][j]; part > 0 {
					out[i] = append(out[i], Share{j, part, part * o.Cost})
				}
				continue
			}
			if open[j] {
				out[i] = []Share{{j, 1, o.Cost}}
				break
			}
		}
	}
	return out
}

// Free counts the sites of which something is to be decided.
func (m *Model) Free() int {
	n := 0
	for j := range m.Sites {
		if (m.Open == nil || !m.Open[j]) && (m.Shut == nil || !m.Shut[j]) {
			n++
		}
	}
	return n
}

// Spare closes sites of an answer that nothing is lost without, the last first.
func Spare(m *Model, sites []int) []int {
	open := m.set(sites)
	now, left := m.value(open), len(sites)
	for k := len(sites) - 1; k >= 0 && left > m.Least; k-- {
		j := sites[k]
		if m.Open != nil && m.Open[j] {
			continue
		}
		open[j] = false
		if m.value(open) > now+roundOff*math.Abs(now) || m.broken(open) != nil {
			open[j] = true
			continue
		}
		left--
	}
	var out []int
	for j, is := range open {
		if is {
			out = append(out, j)
		}
	}
	return out
}
