package route

import (
	"math"
	"slices"

	"bivouac/geo/network"
)

// Helper is who comes to help, or where help is given.
type Helper struct {
	Name  string
	Kind  string
	Start uint32 // milliseconds before it moves
	Night uint32 // the same where it is called by night
	network.Place
}

// start is how long the helper takes to move.
func (h *Helper) start(night bool) uint32 {
	if night {
		return h.Night
	}
	return h.Start
}

// Weakest is the place of a journey that help takes longest to.
type Weakest struct {
	At     float64 // metres from the beginning
	Place  network.Place
	Millis uint32 // network.Closed where no help reaches it, or it reaches none
	Helper int    // the nearest to it; -1 for none
	Night  bool   // whether it is called by night
}

// Weakest returns the place of a journey to which the helpers take longest, or,
// with toward, from which the way to them does; the first of equal ones. It is
// exact along the roads: where help comes from both sides, it lies between. On
// the dark parts helpers move when they do by night.
func (p *Planner) Weakest(it *Itinerary, helpers []Helper, toward bool, dark []Span) Weakest {
	return (&reaches{p: p, helpers: helpers, toward: toward}).weakest(it, dark)
}

// reaches are those of helpers by day and by night, made when they are needed.
type reaches struct {
	p       *Planner
	helpers []Helper
	toward  bool
	made    [2]*reachOf
}

func (r *reaches) by(night int) *reachOf {
	if r.made[night] == nil {
		r.made[night] = r.p.reachOf(r.helpers, r.toward, night == 1)
	}
	return r.made[night]
}

func (r *reaches) weakest(it *Itinerary, dark []Span) Weakest {
	w := Weakest{Millis: network.Closed, Helper: -1, Place: it.Stops[0].Place}
	if len(r.helpers) == 0 {
		return w
	}
	parts := [2][]Span{rest(dark, it.At[len(it.At)-1]), dark}
	if !slices.ContainsFunc(r.helpers, func(h Helper) bool { return h.Start != h.Night }) {
		parts = [2][]Span{rest(nil, it.At[len(it.At)-1])}
	}
	worst := -1.0
	for night, spans := range parts {
		if len(spans) > 0 {
			r.by(night).worse(it, spans, &w, &worst)
		}
	}
	w.Night = holds(dark, w.At)
	return w
}

// reachOf is how long help takes to every node, or from there to help.
type reachOf struct {
	p       *Planner
	helpers []Helper
	toward  bool // from the way to the helpers, as to a hospital
	night   bool // whether they are called by night
	times   []uint32
	on      map[int32][]anchor // helpers by segment
}

// anchor is a place on a segment where the time is known.
type anchor struct {
	fraction float64
	millis   float64
}

// reachOf looks at all helpers together. With toward the way leads to them.
func (p *Planner) reachOf(helpers []Helper, toward, night bool) *reachOf {
	r := &reachOf{p: p, helpers: helpers, toward: toward, night: night, on: map[int32][]anchor{}}
	groups := map[uint32][]network.Place{}
	for i := range helpers {
		h := &helpers[i]
		start := h.start(night)
		groups[start] = append(groups[start], h.Place)
		r.on[h.Segment] = append(r.on[h.Segment], anchor{h.Fraction, float64(start)})
	}
	for start, places := range groups {
		times := p.Travel.From(places)
		if toward {
			times = p.Travel.To(places)
		}
		for n := range times {
			if times[n] < network.Closed-start { // what is closed, or beyond all time, stays so
				times[n] += start
			} else {
				times[n] = network.Closed
			}
		}
		if r.times == nil {
			r.times = times
			continue
		}
		for n, t := range times {
			r.times[n] = min(r.times[n], t)
		}
	}
	return r
}

// end is the time at an end of a segment, by all roads.
func (r *reachOf) end(s int32, fraction float64) float64 {
	at := network.Place{Segment: s, Fraction: fraction}
	near := r.p.Travel.Arrivals(at)
	if r.toward {
		near = r.p.Travel.Departures(at)
	}
	best := math.Inf(1)
	for _, a := range near {
		if t := r.times[a.Node]; t != network.Closed {
			best = min(best, float64(t)+float64(a.Millis))
		}
	}
	return best
}

// slopes are the times of a whole segment for who comes over it along its line,
// and against it; infinite where that is closed.
func (r *reachOf) slopes(s int32) (up, down float64) {
	forward, back := r.p.Travel.Along(s)
	millis := func(arc int32) float64 {
		if t := r.p.Travel.Times[arc]; t != network.Closed {
			return float64(t)
		}
		return math.Inf(1)
	}
	if r.toward { // one leaves a place against the way that it is come to
		return millis(back), millis(forward)
	}
	return millis(forward), millis(back)
}

// longest returns where between two fractions of a segment help takes longest,
// and how long. On the way from one known place to the next the time grows from
// both; it is longest where the two are equal.
func (r *reachOf) longest(s int32, from, to float64) (fraction, millis float64) {
	anchors := r.anchors(s)
	up, down := r.slopes(s)
	millis = -1
	for i := range anchors[1:] {
		a, b := anchors[i], anchors[i+1]
		low, high := max(a.fraction, from), min(b.fraction, to)
		if low > high {
			continue
		}
		at := func(f float64) float64 {
			return min(a.millis+weigh(up, f-a.fraction), b.millis+weigh(down, b.fraction-f))
		}
		// Where the road is one-way help comes from one side, and the time falls
		// off at the other end: the longest is just before it.
		edge := (high - low) * 1e-6
		candidates := [5]float64{low, low + edge, high - edge, high, low}
		if even := (b.millis - a.millis + up*a.fraction + down*b.fraction) / (up + down); even > low && even < high {
			candidates[4] = even
		}
		for _, f := range candidates {
			if t := at(f); t > millis {
				fraction, millis = f, t
			}
		}
	}
	return fraction, millis
}

// weigh is a share of a time; none of an endless one is nothing.
func weigh(millis, share float64) float64 {
	if share == 0 {
		return 0
	}
	return millis * share
}

// anchors are the ends of a segment and the helpers on it, each with the best
// time that is known for it.
func (r *reachOf) anchors(s int32) []anchor {
	out := []anchor{{0, r.end(s, 0)}}
	for _, a := range r.on[s] {
		i := len(out)
		for i > 1 && out[i-1].fraction > a.fraction {
			i--
		}
		out = append(out[:i], append([]anchor{a}, out[i:]...)...)
	}
	out = append(out, anchor{1, r.end(s, 1)})
	up, down := r.slopes(s)
	for i := 1; i < len(out); i++ {
		out[i].millis = min(out[i].millis, out[i-1].millis+weigh(up, out[i].fraction-out[i-1].fraction))
	}
	for i := len(out) - 2; i >= 0; i-- {
		out[i].millis = min(out[i].millis, out[i+1].millis+weigh(down, out[i+1].fraction-out[i].fraction))
	}
	return out
}

// worse puts into w the place of the parts of a journey to which, or from which,
// help takes longest, the first of equal ones, where that is longer than the
// worst before.
func (r *reachOf) worse(it *Itinerary, spans []Span, w *Weakest, worst *float64) {
	found := false
	for _, step := range it.steps {
		long := max(r.p.Travel.Metres(step.Segment), 1e-9)
		for _, s := range spans {
			// Fractions of the segment's length, along the step.
			from, to := (s.From-step.at)/long, (s.To-step.at)/long
			whole := math.Abs(step.To - step.From)
			if from > whole || to < 0 || from == to && from > 0 {
				continue
			}
			from, to = max(from, 0), min(to, whole)
			if step.To < step.From {
				from, to = -from, -to
			}
			f, millis := r.longest(step.Segment, min(step.From+from, step.From+to), max(step.From+from, step.From+to))
			if millis <= *worst {
				continue
			}
			*worst, found = millis, true
			w.At = step.at + math.Abs(f-step.From)*long
			w.Place = network.Place{Segment: step.Segment, Fraction: f, Point: r.p.Travel.Graph.At(step.Segment, f)}
		}
	}
	if !found {
		return
	}
	w.Millis, w.Helper = network.Closed, -1
	if *worst < network.Closed {
		w.Millis = uint32(math.Round(*worst))
		w.Helper = r.nearest(w.Place)
	}
}

// nearest returns the helper from which a place is reached first, or which is
// reached first from there.
func (r *reachOf) nearest(at network.Place) int {
	t := r.p.Travel
	times := t.To([]network.Place{at})
	if r.toward {
		times = t.From([]network.Place{at})
	}
	best, nearest := math.Inf(1), -1
	for i, h := range r.helpers {
		near, from, to := t.Departures(h.Place), h.Place, at
		if r.toward {
			near, from, to = t.Arrivals(h.Place), at, h.Place
		}
		millis := math.Inf(1)
		if d, ok := t.Direct(from, to); ok {
			millis = float64(d.Millis)
		}
		for _, a := range near {
			if times[a.Node] != network.Closed {
				millis = min(millis, float64(times[a.Node])+float64(a.Millis))
			}
		}
		if total := millis + float64(h.start(r.night)); total < best {
			best, nearest = total, i
		}
	}
	return nearest
}
