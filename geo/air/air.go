// Package air answers how far aircraft help: out and back within a time, on
// an evacuation, or watching a place; by day and by night.
//
// A flight is a straight one, along the geodesic on WGS84, at cruising speed
// after the notice that the craft needs. No wind, weather, terrain or closed
// airspace is reckoned with.
package air

import (
	"math"

	"github.com/paulmach/orb"

	"bivouac/geo"
)

// Craft is an aircraft at its base. NaN is what its record does not state.
type Craft struct {
	Key            geo.Key
	Base, Type     string
	Mission        string
	At             orb.Point
	Count          int
	NoticeDayMin   float64
	NoticeNightMin float64
	CruiseKMH      float64
	RangeKM        float64
	EnduranceH     float64
	LoadMin        float64
	Patients       float64
	Night          bool // whether it flies by night
}

// Task is what a craft is asked for.
type Task string

// The tasks.
const (
	// Arrive: to be there within the time, and to come back.
	Arrive Task = "arrive"
	// Evacuate: to fetch a patient and be back at the base within the time.
	Evacuate Task = "evacuate"
	// Watch: to stay over a place for the time, and to come back; how long the
	// way there takes does not matter.
	Watch Task = "watch"
)

// Limit is what keeps a craft from going farther.
type Limit string

// The limits.
const (
	ByTime      Limit = "time"
	ByRange     Limit = "range"
	ByEndurance Limit = "endurance"
)

// Question is what a reach is asked for.
type Question struct {
	Task     Task
	Minutes  float64 // within which, or for how long to watch
	OnSceneM float64 // minutes at the place, for Arrive
	Night    bool
}

// Why a craft reaches nothing, as reasons of what was left out.
const (
	NotByNight  = "does not fly by night"
	NoSpeed     = "states no cruising speed"
	NoNotice    = "states no notice time"
	NoPatients  = "carries no patients"
	TooLate     = "not ready within the time"
	NoEndurance = "cannot stay so long"
)

// Reach is how far a craft goes.
type Reach struct {
	Metres  float64
	Limit   Limit
	Minutes float64 // from the call to the arrival at the rim
	Notice  float64 // minutes of them on the ground
}

// Notice returns the minutes from the call to departure, NaN for not stated.
func (c *Craft) Notice(night bool) float64 {
	if night {
		return c.NoticeNightMin
	}
	return c.NoticeDayMin
}

// Reach returns how far the craft goes, or the reason why it does not. The
// rim is reached: who stands on it is helped in exactly the time.
//
// Range is the way there and back. Endurance is the time in the air, there and
// back, and at the place: over it, or loading with the engine running. What a
// record does not state of the two does not limit it; a craft that states
// neither is limited by the time alone.
func (c *Craft) Reach(q Question) (r Reach, why string) {
	r.Notice = c.Notice(q.Night)
	switch {
	case q.Night && !c.Night:
		return r, NotByNight
	case !(c.CruiseKMH > 0):
		return r, NoSpeed
	case math.IsNaN(r.Notice):
		return r, NoNotice
	case q.Task == Evacuate && !(c.Patients > 0):
		return r, NoPatients
	}
	onScene, flying := c.plan(q, r.Notice)
	r.Metres, r.Limit = math.Inf(1), ByTime
	perMinute := c.CruiseKMH * 1000 / 60
	shorten := func(metres float64, by Limit) {
		if metres < r.Metres {
			r.Metres, r.Limit = metres, by
		}
	}
	shorten(flying*perMinute, ByTime)
	if c.RangeKM > 0 {
		shorten(c.RangeKM*1000/2, ByRange)
	}
	if c.EnduranceH > 0 {
		shorten((c.EnduranceH*60-onScene)/2*perMinute, ByEndurance)
	}
	switch {
	case r.Metres > 0 && !math.IsInf(r.Metres, 1):
		r.Minutes = r.Notice + r.Metres/perMinute
		return r, ""
	case r.Limit == ByEndurance:
		return r, NoEndurance
	case math.IsInf(r.Metres, 1):
		return r, NoLimit
	}
	return r, TooLate
}

// NoLimit is that of a craft to watch with, of which nothing says how far it
// goes.
const NoLimit = "states neither range nor endurance"

// plan returns the minutes at the place, and those that may be flown one way.
func (c *Craft) plan(q Question, notice float64) (onScene, flying float64) {
	switch q.Task {
	case Evacuate:
		// Loaded there, unloaded at the base.
		load := c.LoadMin
		if math.IsNaN(load) {
			load = 0
		}
		return load, (q.Minutes - notice - 2*load) / 2
	case Watch:
		return q.Minutes, math.Inf(1)
	}
	return q.OnSceneM, q.Minutes - notice
}
