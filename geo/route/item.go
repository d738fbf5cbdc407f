package route

// item waits in a queue: the two parts of its cost in the order of the
// search, and what it stands for.
type item struct {
	first, second uint64
	id            int32
}

// Before orders items by cost, equal ones by id, so that nothing is left to
// the history of the queue.
func (a item) Before(b item) bool {
	if a.first != b.first {
		return a.first < b.first
	}
	if a.second != b.second {
		return a.second < b.second
	}
	return a.id < b.id
}
