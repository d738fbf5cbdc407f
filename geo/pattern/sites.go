package pattern

import "github.com/paulmach/orb"

// Sites are the distinct places of points: what stands at the very same
// coordinates is one site.
type Sites struct {
	Points []orb.Point // in the order of their first point
	Of     []int32     // by point: its site
	start  []int32     // by site: where its members begin; one more at the end
	member []int32
}

// NewSites finds the distinct places of points.
func NewSites(points []orb.Point) *Sites {
	s := &Sites{Of: make([]int32, len(points)), member: make([]int32, len(points))}
	known := make(map[orb.Point]int32, len(points))
	for i, p := range points {
		site, ok := known[p]
		if !ok {
			site = int32(len(s.Points))
			known[p] = site
			s.Points = append(s.Points, p)
		}
		s.Of[i] = site
	}
	s.start = make([]int32, len(s.Points)+1)
	for _, site := range s.Of {
		s.start[site+1]++
	}
	for i := range s.Points {
		s.start[i+1] += s.start[i]
	}
	next := append([]int32(nil), s.start[:len(s.Points)]...)
	for i, site := range s.Of {
		s.member[next[site]] = int32(i)
		next[site]++
	}
	return s
}

// Members are the points of the site, in their order. They may be sorted in
// place, and nothing else.
func (s *Sites) Members(site int) []int32 { return s.member[s.start[site]:s.start[site+1]] }

// Span is where the members of the site begin and end among those of all.
func (s *Sites) Span(site int) (from, to int32) { return s.start[site], s.start[site+1] }

// Coincident counts the points that share their place with another one.
func (s *Sites) Coincident() int {
	n := 0
	for i := range s.Points {
		if k := s.start[i+1] - s.start[i]; k > 1 {
			n += int(k)
		}
	}
	return n
}

// Pairs counts the pairs of points that share their place.
func (s *Sites) Pairs() int {
	n := 0
	for i := range s.Points {
		k := int(s.start[i+1] - s.start[i])
		n += k * (k - 1) / 2
	}
	return n
}
