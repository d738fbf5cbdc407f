// Package queue answers what comes next: a queue by priority for the searches
// that live in one, such as Dijkstra's.
package queue

// Ordered is what stands in a queue. Before must be a strict order; where it
// tells all items apart, nothing is left to the history of the queue.
type Ordered[T any] interface{ Before(T) bool }

// Queue is a heap with the first item in place 0. Each place has four children:
// fewer cache lines a push than two, for as many comparisons. It is written out,
// not container/heap, since an interface call a step doubles a search's cost.
// The zero Queue is empty; Queue[:0] is an emptied one that keeps its memory.
type Queue[T Ordered[T]] []T

// Push puts an item in.
func (q *Queue[T]) Push(x T) {
	h := append(*q, x)
	*q = h
	i := len(h) - 1
	for i > 0 {
		up := (i - 1) / 4
		if !x.Before(h[up]) {
			break
		}
		h[i] = h[up]
		i = up
	}
	h[i] = x
}

// Pop takes the first item out. The queue must not be empty.
func (q *Queue[T]) Pop() T {
	h := *q
	top, last := h[0], h[len(h)-1]
	h = h[:len(h)-1]
	*q = h
	i := 0
	for {
		least := 4*i + 1
		if least >= len(h) {
			break
		}
		for c := least + 1; c < min(4*i+5, len(h)); c++ {
			if h[c].Before(h[least]) {
				least = c
			}
		}
		if !h[least].Before(last) {
			break
		}
		h[i] = h[least]
		i = least
	}
	if len(h) > 0 {
		h[i] = last
	}
	return top
}
