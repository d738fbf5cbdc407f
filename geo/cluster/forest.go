package cluster

import "sync/atomic"

// forest is a set of groups that several goroutines may join at once
// (Anderson and Woll 1991): every member points to one of a lower number of
// its group, and a root to itself. The least member is the root in the end,
// whatever the order of joining.
type forest []int32

func newForest(n int) forest {
	f := make(forest, n)
	for i := range f {
		f[i] = int32(i)
	}
	return f
}

// root returns the least member of the group, as joined so far.
func (f forest) root(i int32) int32 {
	for {
		above := atomic.LoadInt32(&f[i])
		if above == i {
			return i
		}
		next := atomic.LoadInt32(&f[above])
		if next != above { // shorten the way; if another did, that serves too
			atomic.CompareAndSwapInt32(&f[i], above, next)
		}
		i = next
	}
}

// join makes one group of two.
func (f forest) join(a, b int32) {
	for {
		a, b = f.root(a), f.root(b)
		if a == b {
			return
		}
		if a > b {
			a, b = b, a
		}
		if atomic.CompareAndSwapInt32(&f[b], b, a) {
			return
		}
	}
}
