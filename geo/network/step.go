package network

import (
	"iter"

	"github.com/paulmach/orb"

	"bivouac/geo/measure"
)

// Step is a stretch of a path on one segment.
type Step struct {
	Arc, Segment int32
	Forward      bool    // along the segment's line
	From, To     float64 // fractions of the segment's length, along its line
	Metres       float64
	Millis       uint32 // on the stretch
	Wait         uint32 // milliseconds at the junction before it
}

// Steps yields the stretches of a path in order; the first and the last are
// parts of their segments where the places lie between its ends. Times are
// rounded one by one, so that their sum may differ from Path.Millis by a
// millisecond or two. A wait at the very end is a step without length.
func (t *Travel) Steps(p Path) iter.Seq[Step] {
	return func(yield func(Step) bool) {
		wait := uint32(0)
		for i, arc := range p.Arcs {
			s, forward, ok := t.Segment(arc)
			if !ok {
				wait += t.Times[arc]
				continue
			}
			step := Step{Arc: arc, Segment: s, Forward: forward, To: 1, Wait: wait}
			if !forward {
				step.From, step.To = 1, 0
			}
			// A place at an end is at both ends of a ring: its steps are whole.
			if i == 0 && s == p.From.Segment && p.From.inside() {
				step.From = p.From.Fraction
			}
			if i == len(p.Arcs)-1 && s == p.To.Segment && p.To.inside() {
				step.To = p.To.Fraction
			}
			share := step.To - step.From
			if !forward {
				share = -share
			}
			step.Metres, step.Millis = share*t.metres[s], portion(t.Times[arc], share)
			if !yield(step) {
				return
			}
			wait = 0
		}
		if wait > 0 { // the place lies behind a barrier, at the very junction
			yield(Step{Arc: p.Arcs[len(p.Arcs)-1], Segment: p.To.Segment, Forward: true, From: p.To.Fraction, To: p.To.Fraction, Wait: wait})
		}
	}
}

// Course returns the line of a path from place to place. Vertices at which a
// road was only cut, for another that joins it there, are left out.
func (t *Travel) Course(p Path) orb.LineString {
	out := orb.LineString{p.From.Point}
	add := func(at orb.Point) {
		if at != out[len(out)-1] {
			out = append(out, at)
		}
	}
	last := Step{Segment: -1}
	for step := range t.Steps(p) {
		line := t.stretch(step)
		if n := len(out); n > 1 && last.Segment >= 0 && t.wayOf[last.Segment] == t.wayOf[step.Segment] && last.Forward == step.Forward &&
			len(line) > 0 && line[0] == out[n-1] && t.cuts[t.Junction(t.tails[step.Arc])] {
			out = out[:n-1]
		}
		last = step
		for _, at := range line {
			add(at)
		}
	}
	if len(out) == 1 || out[len(out)-1] != p.To.Point {
		out = append(out, p.To.Point)
	}
	return out
}

// stretch returns the vertices of a step, its ends included.
func (t *Travel) stretch(step Step) orb.LineString {
	line := t.line(step.Segment)
	if step.From == 0 && step.To == 1 {
		return line
	}
	if !step.Forward {
		line.Reverse()
		step.From, step.To = 1-step.From, 1-step.To
	}
	total := t.metres[step.Segment]
	from, to := step.From*total, step.To*total
	at := 0.0
	var out orb.LineString
	for i, p := range line {
		if i > 0 {
			at += measure.Distance(line[i-1], p)
		}
		if at >= from && (at <= to || step.To == 1) {
			out = append(out, p)
		}
	}
	return out
}
