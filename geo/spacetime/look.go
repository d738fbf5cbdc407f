package spacetime

import "math/rand/v2"

// cylinder is a circle, given by its centre and how many of the near cells it
// holds, and the days from first to last before the last one.
type cylinder struct {
	ratio       float64
	count       int
	events      int // in the circle on any day
	centre      int32
	cells       int32
	first, last int32 // days: the youngest, the oldest
}

// look is one look at all cylinders. It is one goroutine's, and is used again
// for each arrangement of the times.
type look struct {
	*cylinders
	shuffled []int32 // cells by event
	start    []int32 // by cell: where its ages begin
	ages     []int32 // by cell, rising
	here     []int32 // by day before the last: events in the circle
	fresh    []int32 // days whose count has changed since the last circle
	best     cylinder
	least    float64
}

func (s *cylinders) newLook() *look {
	return &look{
		cylinders: s, shuffled: make([]int32, len(s.cell)), start: make([]int32, len(s.cells.points)+1),
		ages: make([]int32, s.recent), here: make([]int32, s.days),
	}
}

// arrange gives the events their times: the true ones, or the same ones drawn
// at random. Only those that a cylinder can hold are drawn.
func (l *look) arrange(rng *rand.Rand) {
	copy(l.shuffled, l.cell)
	if rng != nil {
		for i := range l.recent {
			j := i + rng.IntN(len(l.shuffled)-i)
			l.shuffled[i], l.shuffled[j] = l.shuffled[j], l.shuffled[i]
		}
	}
	clear(l.start)
	for _, cell := range l.shuffled[:l.recent] {
		l.start[cell+1]++
	}
	for cell := range l.cells.points {
		l.start[cell+1] += l.start[cell]
	}
	for i, cell := range l.shuffled[:l.recent] { // oldest last, as age is sorted
		l.ages[l.start[cell]] = l.age[i]
		l.start[cell]++
	}
	copy(l.start[1:], l.start)
	l.start[0] = 0
}

// about finds the best cylinder about a centre, of a ratio above least. A
// circle is looked at when it has events of days that the last one had not: a
// larger circle, or a longer cylinder, with no more events expects more.
func (l *look) about(centre int, least float64) {
	l.best, l.least = cylinder{centre: int32(centre)}, least
	near, events := l.cells.near[centre], 0
	held := 0
	for i, marked := range near {
		cell := marked &^ more
		events += int(l.cells.total[cell])
		for _, age := range l.ages[l.start[cell]:l.start[cell+1]] {
			l.here[age]++
			if n := len(l.fresh); n == 0 || l.fresh[n-1] != age {
				l.fresh = append(l.fresh, age)
			}
		}
		held = i + 1
		if marked < 0 || len(l.fresh) == 0 {
			continue
		}
		if l.query.Retrospective {
			l.anyDays(events, int32(i+1))
		} else {
			l.lastDays(events, int32(i+1))
		}
		l.fresh = l.fresh[:0]
	}
	for _, marked := range near[:held] {
		cell := marked &^ more
		for _, age := range l.ages[l.start[cell]:l.start[cell+1]] {
			l.here[age] = 0
		}
	}
}

// lastDays looks at the cylinders of a circle that end on the last day.
func (l *look) lastDays(events int, cells int32) {
	youngest := l.fresh[0]
	for _, age := range l.fresh {
		youngest = min(youngest, age)
	}
	count := 0
	for age, n := range l.here[:min(l.longest, l.days)] {
		if n == 0 {
			continue
		}
		if count += int(n); int32(age) >= youngest {
			l.take(count, events, cells, 0, int32(age))
		}
	}
}

// anyDays looks at the cylinders of a circle that hold a fresh day and begin
// and end on a day with events.
func (l *look) anyDays(events int, cells int32) {
	for _, fresh := range l.fresh {
		inner := 0
		for first := fresh; first >= 0 && fresh-first < int32(l.longest); first-- {
			if l.here[first] == 0 {
				continue
			}
			inner += int(l.here[first])
			count := inner
			l.take(count, events, cells, first, fresh)
			for last := fresh + 1; last < int32(l.days) && last-first < int32(l.longest); last++ {
				if l.here[last] > 0 {
					count += int(l.here[last])
					l.take(count, events, cells, first, last)
				}
			}
		}
	}
}

func (l *look) take(count, events int, cells, first, last int32) {
	least := max(l.least, l.best.ratio)
	if r := l.ratio.ratio(count, events, l.before[last+1]-l.before[first], least); r > least {
		l.best = cylinder{ratio: r, count: count, events: events, centre: l.best.centre, cells: cells, first: first, last: last}
	}
}
