// Package disjoint keeps numbers in sets that have none in common, and joins
// them (union-find with path halving: Tarjan and van Leeuwen, 1984).
package disjoint

// Sets are disjoint sets of the numbers from 0. The least of a set stands for
// it.
type Sets []int32

// New returns n sets of one number each.
func New(n int) Sets {
	s := make(Sets, n)
	for i := range s {
		s[i] = int32(i)
	}
	return s
}

// Root returns the number that stands for the set of i.
func (s Sets) Root(i int32) int32 {
	for s[i] != i {
		s[i] = s[s[i]]
		i = s[i]
	}
	return i
}

// Join makes the sets of two numbers one, and reports whether they were two.
func (s Sets) Join(i, j int32) bool {
	i, j = s.Root(i), s.Root(j)
	s[max(i, j)] = min(i, j)
	return i != j
}
