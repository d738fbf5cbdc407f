package cluster

import (
	"cmp"
	"context"
	"math"
	"slices"

	"bivouac/geo"
	"bivouac/geo/measure"
	"bivouac/geo/pattern"
)

// scan is the work of one DBSCAN. Events of one place have the same
// neighbours in space, so these are looked up once a place; at a place, events
// stand in order of time, so those within reach in time are a run. A position
// is where an event stands in that order.
type scan struct {
	query  *Query
	sites  *pattern.Sites
	cloud  *measure.Cloud // of the places
	within geo.Time
	event  []int32    // by position
	at     []geo.Time // by position; 0 where time does not count
	core   []bool     // by position
	before []int32    // by position: the last core at or before it at its place, -1 for none
	after  []int32    // by position: the first core at or after it at its place, -1 for none
	groups forest     // of positions
	group  []int32    // by position: its cluster, by one of its positions; Noise
}

// grain is how many places a goroutine takes at a time: few milliseconds' work.
const grain = 1024

func newScan(q *Query) *scan {
	n := len(q.Points)
	s := &scan{
		query: q, sites: pattern.NewSites(q.Points), within: min(q.EpsTime, Forever),
		event: make([]int32, 0, n), at: make([]geo.Time, n), core: make([]bool, n),
		before: make([]int32, n), after: make([]int32, n), group: make([]int32, n),
	}
	for site := range s.sites.Points {
		members := s.sites.Members(site)
		if len(members) > 1 {
			slices.SortFunc(members, s.order)
		}
		s.event = append(s.event, members...)
	}
	if q.Times != nil {
		for i, e := range s.event {
			s.at[i] = q.Times[e]
		}
	}
	return s
}

// order is that of events at one place: by time, then by key.
func (s *scan) order(a, b int32) int {
	if t := s.query.Times; t != nil && t[a] != t[b] {
		return cmp.Compare(t[a], t[b])
	}
	return cmp.Compare(s.query.Keys[a], s.query.Keys[b])
}

func (s *scan) reach() (err error) {
	s.cloud, err = measure.NewCloud(s.sites.Points, s.query.EpsMetres)
	return err
}

// eachSite calls do with every place and those within reach of it.
func (s *scan) eachSite(ctx context.Context, do func(site int, near []int32)) error {
	return pattern.Each(ctx, len(s.sites.Points), grain, func(_, from, to int) { s.cloud.Sweep(from, to, do) })
}

// findCores marks the events that have enough neighbours.
func (s *scan) findCores(ctx context.Context) error {
	err := s.eachSite(ctx, func(site int, near []int32) {
		from, to := s.sites.Span(site)
		if to == from+1 {
			s.core[from] = s.countOne(from, near) >= s.query.MinPoints
			return
		}
		count := make([]int32, to-from)
		s.count(count, from, int32(site))
		for _, other := range near {
			s.count(count, from, other)
		}
		for i, n := range count {
			s.core[from+int32(i)] = int(n) >= s.query.MinPoints
		}
	})
	s.linkCores()
	return err
}

// countOne counts the events within reach of one that stands alone at its
// place, itself included.
func (s *scan) countOne(p int32, near []int32) int {
	n, t := 1, s.at[p]
	for _, other := range near {
		lo, hi := s.sites.Span(int(other))
		if hi == lo+1 {
			if s.at[lo]-t <= s.within && t-s.at[lo] <= s.within {
				n++
			}
			continue
		}
		one := [1]int32{}
		s.count(one[:], p, other)
		n += int(one[0])
	}
	return n
}

// count adds to each of the events from a position on how many events of the
// other place are within reach of it in time.
func (s *scan) count(count []int32, from, other int32) {
	lo, end := s.sites.Span(int(other))
	hi := lo
	for i := range count {
		t := s.at[from+int32(i)]
		for lo < end && s.at[lo] < t-s.within {
			lo++
		}
		for hi < end && s.at[hi] <= t+s.within {
			hi++
		}
		count[i] += hi - lo
	}
}

func (s *scan) linkCores() {
	for site := range s.sites.Points {
		from, to := s.sites.Span(site)
		last, next := int32(-1), int32(-1)
		for p := from; p < to; p++ {
			if s.core[p] {
				last = p
			}
			s.before[p] = last
		}
		for p := to - 1; p >= from; p-- {
			if s.core[p] {
				next = p
			}
			s.after[p] = next
		}
	}
}

// joinCores makes core events within reach of each other of one group. At one
// place it is enough to join each core to the next; between two places, each
// core of one to the last core before it and the first after it of the other,
// since those farther off in time are joined to these.
func (s *scan) joinCores(ctx context.Context) error {
	s.groups = newForest(len(s.event))
	return s.eachSite(ctx, func(site int, near []int32) {
		from, to := s.sites.Span(site)
		last := int32(-1)
		for p := from; p < to; p++ {
			if !s.core[p] {
				continue
			}
			if last >= 0 && s.at[p]-s.at[last] <= s.within {
				s.groups.join(last, p)
			}
			last = p
		}
		if last < 0 {
			return
		}
		for _, other := range near {
			if int(other) > site {
				s.joinSites(from, to, int(other))
			}
		}
	})
}

func (s *scan) joinSites(from, to int32, other int) {
	start, end := s.sites.Span(other)
	split := start
	for p := from; p < to; p++ {
		if !s.core[p] {
			continue
		}
		split = s.splitAt(split, end, s.at[p])
		before, after := s.coresAround(start, split, end, s.at[p])
		if before >= 0 {
			s.groups.join(p, before)
		}
		if after >= 0 {
			s.groups.join(p, after)
		}
	}
}

// splitAt returns the first position from p on that is later than the time.
func (s *scan) splitAt(p, end int32, t geo.Time) int32 {
	for p < end && s.at[p] <= t {
		p++
	}
	return p
}

// coresAround returns the cores within reach of the time that are the last not
// after it and the first after it, -1 for none.
func (s *scan) coresAround(start, split, end int32, t geo.Time) (before, after int32) {
	before, after = -1, -1
	if split > start {
		if c := s.before[split-1]; c >= 0 && t-s.at[c] <= s.within {
			before = c
		}
	}
	if split < end {
		if c := s.after[split]; c >= 0 && s.at[c]-t <= s.within {
			after = c
		}
	}
	return before, after
}

// takeBorders gives every event its group.
func (s *scan) takeBorders(ctx context.Context) error {
	return s.eachSite(ctx, func(site int, near []int32) {
		from, to := s.sites.Span(site)
		var origin *measure.Origin
		for p := from; p < to; p++ {
			if s.core[p] {
				s.group[p] = s.groups.root(p)
				continue
			}
			if origin == nil {
				o := measure.NewOrigin(s.sites.Points[site])
				origin = &o
			}
			s.group[p] = Noise
			if c := s.nearestCore(p, site, origin, near); c.position >= 0 {
				s.group[p] = s.groups.root(c.position)
			}
		}
	})
}

// candidate is a core event within reach of one that is none.
type candidate struct {
	metres   float64
	apart    geo.Time
	key      geo.Key
	position int32
}

func (a *candidate) nearer(b *candidate) bool {
	return cmp.Or(cmp.Compare(a.metres, b.metres), cmp.Compare(a.apart, b.apart), cmp.Compare(a.key, b.key)) < 0
}

func (s *scan) nearestCore(p int32, site int, origin *measure.Origin, near []int32) candidate {
	best := candidate{metres: math.Inf(1), position: -1}
	s.nearestOf(&best, p, origin, site, 0)
	for _, other := range near {
		s.nearestOf(&best, p, origin, int(other), -1)
	}
	return best
}

// nearestOf puts a core of the place in best where it is nearer. metres is how
// far off the place is, below 0 where that is still to be measured.
func (s *scan) nearestOf(best *candidate, p int32, origin *measure.Origin, place int, metres float64) {
	start, end := s.sites.Span(place)
	t, split := s.at[p], end
	if end > start+1 || s.at[start] > t {
		later, _ := slices.BinarySearch(s.at[start:end], t+1)
		split = start + int32(later)
	}
	before, after := s.coresAround(start, split, end, t)
	if before < 0 && after < 0 {
		return
	}
	if metres < 0 {
		metres = origin.Distance(s.sites.Points[place])
	}
	if metres > best.metres {
		return
	}
	if before >= 0 {
		s.take(best, s.firstAt(before, start), metres, t-s.at[before])
	}
	if after >= 0 {
		s.take(best, after, metres, s.at[after]-t)
	}
}

func (s *scan) take(best *candidate, position int32, metres float64, apart geo.Time) {
	c := candidate{metres, apart, s.query.Keys[s.event[position]], position}
	if best.position < 0 || c.nearer(best) {
		*best = c
	}
}

// firstAt returns the first core of the same moment and place: that of the
// least key.
func (s *scan) firstAt(c, start int32) int32 {
	for c > start {
		b := s.before[c-1]
		if b < 0 || s.at[b] != s.at[c] {
			break
		}
		c = b
	}
	return c
}

// labels turns groups of positions into numbers by event.
func (s *scan) labels() *Labels {
	n := len(s.event)
	l := &Labels{Core: make([]bool, n)}
	group := make([]int32, n)
	for p, e := range s.event {
		l.Core[e], group[e] = s.core[p], s.group[p]
	}
	l.Label, l.Clusters = number(group, s.query.Keys)
	return l
}

func sortGroups(all, size []int32, least []geo.Key) {
	slices.SortFunc(all, func(a, b int32) int {
		return cmp.Or(cmp.Compare(size[b], size[a]), cmp.Compare(least[a], least[b]))
	})
}
