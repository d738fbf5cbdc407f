package pattern

import (
	"fmt"

	"github.com/paulmach/orb"

	"bivouac/geo/layer"
	"bivouac/geo/process"
)

// A share of events from which on a warning says that an answer may show how
// they were recorded and not where they happened.
const notable = 0.05

// Heap is the place with the most events.
type Heap struct {
	Place  orb.Point
	Events int
}

// Places returns how many distinct places the events have, and the largest
// heap of them.
func (p *Pattern) Places() (distinct int, largest Heap) {
	at := make(map[orb.Point]int, p.Len())
	for _, place := range p.Points {
		at[place]++
		if n := at[place]; n > largest.Events {
			largest = Heap{place, n}
		}
	}
	return len(at), largest
}

// Into completes a result with what the pattern knows of it: how many records
// were selected, used and dropped, the layer, and the warnings that hold for
// every analysis of these events. It is called once, before an analysis adds
// its own.
func (p *Pattern) Into(r *process.Result) {
	r.Selected, r.Used, r.Dropped = p.Selected, p.Len(), p.Dropped
	r.Layers = []*layer.Layer{p.Layer}
	warn := func(format string, args ...any) {
		r.Warnings = append(r.Warnings, process.Warning{Text: fmt.Sprintf(format, args...)})
	}
	if p.Selected == 0 {
		warn("No record is selected: widen the area, the time or the filter.")
	}
	if n := p.Dropped[NoPlace] + p.Dropped[NoPoint]; n > 0 {
		warn("%d of %d records have no single point as their place and are in no figure of this answer.", n, p.Selected)
	}
	p.warnOfPlaces(warn)
	if n := p.Dropped[NoWeight]; n > 0 {
		warn("%d records state no %s, or less than 0, and were left out: an unknown number is no zero.", n, p.Weight)
	}
	if float64(p.Lasting) > notable*float64(p.Len()) {
		warn("%d of %d events lasted, or are known only to, more than a day; each counts at its beginning. Set longest_days to leave them out.", p.Lasting, p.Len())
	}
}

func (p *Pattern) warnOfPlaces(warn func(string, ...any)) {
	n := float64(p.Len())
	if p.Coarse > 0 {
		warn("%d of %d events (%.0f %%) stand at the centre of a province, a region or a country (%s 4 or above) and not where they happened: "+
			"what looks like a concentration there may be none. Set place_precision to 3 or less.", p.Coarse, p.Len(), 100*float64(p.Coarse)/n, p.Precision)
	}
	if float64(p.Unsure) > notable*n {
		warn("%d of %d events do not say how well their place is known.", p.Unsure, p.Len())
	}
	distinct, heap := p.Places()
	if float64(p.Len()-distinct) > notable*n {
		warn("%d events stand at %d distinct places, %d of them at %.5f %.5f: events that share a place are often placed by a town or region.",
			p.Len(), distinct, heap.Events, heap.Place[0], heap.Place[1])
	}
}
