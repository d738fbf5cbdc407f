package route

import (
	"math"

	"github.com/paulmach/orb"

	"bivouac/geo/measure"
	"bivouac/geo/network"
)

// Stop is a place that a journey comes by: its beginning, its end, or one that
// was asked for between.
type Stop struct {
	Name  string
	Asked orb.Point
	network.Place
}

// Leg is a stretch of a journey on one road of one surface and status.
type Leg struct {
	Way      *network.Way
	Path     int     // of the journey
	From, To float64 // metres from the beginning
	Millis   uint64  // with what is waited at junctions
	Risk     uint64
}

// Itinerary is a journey as it is driven: measured from its beginning, and cut
// into legs.
type Itinerary struct {
	Journey
	Stops []Stop
	At    []float64 // metres from the beginning to each stop
	Track *Track
	Legs  []Leg
	steps []placedStep
}

// placedStep is a stretch on one segment, and how far along it begins.
type placedStep struct {
	network.Step
	at float64
}

// Itinerary writes a journey through the stops out. A journey of no length is
// an error.
func (p *Planner) Itinerary(j Journey, stops []Stop) (*Itinerary, error) {
	it := &Itinerary{Journey: j, Stops: stops, At: []float64{0}}
	var lines []orb.LineString
	metres := 0.0
	for i, path := range j.Paths {
		for step := range p.Travel.Steps(path) {
			it.steps = append(it.steps, placedStep{step, metres})
			it.leg(p, i, step, metres)
			metres += step.Metres
		}
		it.At = append(it.At, metres)
		lines = append(lines, p.Travel.Course(path))
	}
	var err error
	it.Track, err = NewTrack(lines...)
	return it, err
}

// leg adds a step to the last leg, or begins one.
func (it *Itinerary) leg(p *Planner, path int, step network.Step, at float64) {
	way := p.Travel.Way(step.Segment)
	last := len(it.Legs) - 1
	if last < 0 || it.Legs[last].Path != path || !alike(it.Legs[last].Way, way) {
		it.Legs = append(it.Legs, Leg{Way: way, Path: path, From: at})
		last++
	}
	l := &it.Legs[last]
	l.To = at + step.Metres
	l.Millis += uint64(step.Millis) + uint64(step.Wait)
	l.Risk += p.riskOf(step)
}

// alike reports whether one goes on on the same road, as people see it.
func alike(a, b *network.Way) bool {
	return a.Title() == b.Title() && a.Surface == b.Surface && a.Status == b.Status && a.Season == b.Season
}

// Turn is what is done at a place to go on.
type Turn string

// The turns.
const (
	Depart     Turn = "depart"
	Straight   Turn = "straight"
	Left       Turn = "left"
	Right      Turn = "right"
	SharpLeft  Turn = "sharp_left"
	SharpRight Turn = "sharp_right"
	UTurn      Turn = "u_turn"
	StopHere   Turn = "stop"
	Arrive     Turn = "arrive"
)

// turns are all of them, in the order of the schema.
func turns() []string {
	return []string{string(Depart), string(Straight), string(Left), string(Right), string(SharpLeft), string(SharpRight), string(UTurn), string(StopHere), string(Arrive)}
}

// lookMetres is how far before and behind a place the direction is taken: less
// would follow the corners of the drawing.
const lookMetres = 30

// TurnAt returns how the direction changes at so many metres.
func (it *Itinerary) TurnAt(metres float64) Turn {
	here := it.Track.At(metres)
	in := measure.Bearing(it.Track.At(metres-lookMetres), here)
	out := measure.Bearing(here, it.Track.At(metres+lookMetres))
	change := math.Remainder(out-in, 360) // clockwise
	switch size := math.Abs(change); {
	case size < 30:
		return Straight
	case size > 170:
		return UTurn
	case size > 120 && change < 0:
		return SharpLeft
	case size > 120:
		return SharpRight
	case change < 0:
		return Left
	}
	return Right
}

// Direction is one line of a list of turns.
type Direction struct {
	Turn Turn
	At   float64 // metres
	Leg  int     // that begins here; -1 at the end
	Stop int     // that is here, -1 for none
}

// Directions returns what is to be done, from the beginning to the end: at
// each stop, and wherever the road's name changes or the way turns.
func (it *Itinerary) Directions() []Direction {
	out := []Direction{}
	for i, l := range it.Legs {
		switch {
		case i == 0:
			out = append(out, Direction{Depart, l.From, i, l.Path})
		case l.Path != it.Legs[i-1].Path:
			out = append(out, Direction{StopHere, l.From, i, l.Path})
		default:
			turn := it.TurnAt(l.From)
			if turn != Straight || l.Way.Title() != it.Legs[i-1].Way.Title() {
				out = append(out, Direction{turn, l.From, i, -1})
			}
		}
	}
	return append(out, Direction{Arrive, it.Track.Metres(), -1, len(it.Stops) - 1})
}
