package layer

import (
	"math"

	"bivouac/geo"
	"bivouac/geo/index"
)

// summary is what a node of the packed tree knows of its rows, dead ones
// included: it may say too much, never too little.
type summary struct {
	least, beyond geo.Time // no moment of a row comes before, or at or after
	latest        geo.Time // the greatest start, or MaxInt64 where one is not known
	earliest      geo.Time // the least end, or MinInt64 where one is not known
	missions      uint64   // a bit a mission code
	class         geo.Class
}

// manyMissions is the bit shared by the codes that have none of their own.
const manyMissions = 63

func missionBit(code uint32) uint64 { return 1 << min(code, manyMissions) }

var emptySummary = summary{least: math.MaxInt64, beyond: math.MinInt64, latest: math.MinInt64, earliest: math.MaxInt64}

func (s summary) union(o summary) summary {
	return summary{
		least: min(s.least, o.least), beyond: max(s.beyond, o.beyond),
		latest: max(s.latest, o.latest), earliest: min(s.earliest, o.earliest),
		missions: s.missions | o.missions, class: max(s.class, o.class),
	}
}

func (p *page) summary(n uint32) summary {
	valid := p.Valid(n)
	s := summary{least: valid.Least(), beyond: valid.Beyond(), missions: missionBit(p.missions.Codes[n]), class: p.classes.at(n)}
	s.latest, s.earliest = s.least, s.beyond
	// An interval that holds nothing is met by none, as little as one whose end
	// nobody knows is surely met.
	empty := s.least >= s.beyond
	if valid.Start.Kind == geo.Unknown || empty {
		s.latest = math.MaxInt64
	}
	if valid.End.Kind == geo.Unknown || empty {
		s.earliest = math.MinInt64
	}
	return s
}

func summarise(b *base) []summary {
	sums := make([]summary, b.tree.Nodes())
	b.tree.All(func(n index.Node) {
		s := emptySummary
		if n.Leaf() {
			for row := n.From; row < n.To; row++ {
				s = s.union(b.summary(row))
			}
		} else {
			b.tree.Children(n, func(c index.Node) bool {
				s = s.union(sums[c.ID])
				return true
			})
		}
		sums[n.ID] = s
	})
	return sums
}
