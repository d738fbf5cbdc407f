package disjoint_test

import (
	"testing"

	"bivouac/geo/disjoint"
	"bivouac/geo/randtest"
)

// TestAgainstLabels compares random joins with labels that are all written
// anew at each of them.
func TestAgainstLabels(t *testing.T) {
	r := randtest.New(t, 1)
	const n = 200
	sets, labels := disjoint.New(n), make([]int32, n)
	for i := range labels {
		labels[i] = int32(i)
	}
	for range 300 {
		i, j := r.Int32N(n), r.Int32N(n)
		one, other := labels[i], labels[j]
		if joined := sets.Join(i, j); joined != (one != other) {
			t.Fatalf("%d and %d: joined %t, of sets %d and %d", i, j, joined, one, other)
		}
		for k, label := range labels {
			if label == max(one, other) {
				labels[k] = min(one, other)
			}
		}
		for k, label := range labels {
			if root := sets.Root(int32(k)); root != label {
				t.Fatalf("%d is in the set of %d, want %d", k, root, label)
			}
		}
	}
}
