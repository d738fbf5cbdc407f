package opening

import (
	"context"
	"maps"
	"slices"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/network"
	"bivouac/geo/process"
	"bivouac/geo/roads"
)

// Reasons for which a record is no candidate.
const (
	OpenNow    = "open already"
	NotAsked   = "of a status that was not asked about"
	ClosesNone = "closes no road"
	noPlace    = "without a place"
)

// list is the candidates, and how many records were left out, by why.
type list struct {
	candidates []Candidate
	selected   int
	dropped    map[string]int
	hazards    *layer.Layer
	held       []int // by segment: how many hazards close it
}

// roads adds the roads of a collection that are not open.
func (l *list) roads(ctx context.Context, w process.World, q *roads.Question, collection *layer.Layer, match geo.Predicate, statuses []string) error {
	g := w.Network()
	segments := map[geo.Key][]int32{}
	for s := range int32(g.Segments()) {
		if way := g.Way(s); way.Collection == collection.Schema().Name && g.Seen(s, w.Reader) {
			segments[way.Key] = append(segments[way.Key], s)
		}
	}
	rows, failed := collection.Select(ctx, geo.Selection{Reader: w.Reader, Match: match})
	for row := range rows {
		l.selected++
		on := segments[row.Key()]
		if on == nil {
			l.dropped[noPlace]++
			continue
		}
		way := g.Way(on[0])
		now, why := standing(way, q, statuses)
		if why != "" {
			l.dropped[why]++
			continue
		}
		l.candidates = append(l.candidates, Candidate{Collection: way.Collection, Key: way.Key, Name: way.Title(), Now: now, Shape: row.Geometry(), segments: on})
	}
	return failed()
}

// standing is what keeps a road from being open, or why it is no candidate.
func standing(way *network.Way, q *roads.Question, statuses []string) (now, why string) {
	c := q.Conditions
	switch {
	case way.Season == "dry" && c.WetOn(way):
		return string(network.Season), ""
	case way.Status == "" || way.Status == "open":
		return "", OpenNow
	case !slices.Contains(statuses, way.Status):
		return "", NotAsked
	}
	return way.Status, ""
}

// dangers adds the hazards that close roads.
func (l *list) dangers(ctx context.Context, w process.World, in geo.Values) error {
	g := w.Network()
	l.held = make([]int, g.Segments())
	found, err := roads.Hazards(ctx, w, l.hazards, in)
	if err != nil {
		return err
	}
	for _, row := range found {
		l.selected++
		hits, err := roads.Meeting(g, w.Reader, row.Geometry())
		if err != nil {
			return err
		}
		for s := range hits {
			if !g.Seen(s, w.Reader) {
				delete(hits, s)
				continue
			}
			l.held[s]++
		}
		if len(hits) == 0 {
			l.dropped[ClosesNone]++
			continue
		}
		name := row.Named("name").Text()
		if name == "" {
			name = row.Named("kind").Text()
		}
		l.candidates = append(l.candidates, Candidate{
			Collection: l.hazards.Schema().Name, Key: row.Key(), Name: name, Now: row.Named("kind").Text(), Shape: row.Geometry(), hits: hits, segments: slices.Sorted(maps.Keys(hits)),
		})
	}
	return nil
}

// conditions are those under which the candidate is open, and all else is as
// it is; nil opens none.
func (l *list) conditions(q *roads.Question, open *Candidate) network.Conditions {
	c := q.Conditions
	drawn := c.Avoid
	if l.held != nil {
		c.Avoid = func(s int32) bool {
			held := l.held[s]
			if open != nil && open.hits[s] {
				held--
			}
			return held > 0 || drawn != nil && drawn(s)
		}
		c.Avoided = ""
	}
	if open != nil && open.hits == nil {
		c.Opened = func(w *network.Way) bool { return w.Key == open.Key && w.Collection == open.Collection }
	}
	return c
}
