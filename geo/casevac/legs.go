package casevac

import "slices"

// Leg is one part of a journey.
type Leg struct {
	What      string // see the Leg constants
	Asset     int32  // -1 for none
	From, To  string
	Metres    float64
	Start     uint32 // milliseconds after the wound
	End       uint32
	Meanwhile bool // of who comes, while the casualty is on his way there
}

// What a leg is.
const (
	LegNotify    = "notify"
	LegClearance = "clearance"
	LegWeather   = "weather"
	LegBusy      = "asset_busy"
	LegNotice    = "notice"
	LegDrive     = "drive"
	LegFly       = "fly"
	LegLoad      = "load"
	LegUnload    = "unload"
	LegCarry     = "carry"
	LegReload    = "reload"
	LegHold      = "wait_for_next"
	LegWait      = "wait_for_lift"
	LegTransfer  = "landing_to_facility"
	LegAid       = "first_aid"
)

// Millis is how long the leg takes.
func (l *Leg) Millis() uint32 { return l.End - l.Start }

// journal writes legs one after the other.
type journal struct {
	legs      []Leg
	clock     uint32
	meanwhile bool
}

func (j *journal) add(what string, asset int32, from, to string, metres float64, took uint32) {
	if took > 0 || what == LegFly || what == LegDrive || what == LegCarry {
		j.legs = append(j.legs, Leg{what, asset, from, to, metres, j.clock, j.clock + took, j.meanwhile})
	}
	j.clock += took
}

const casualtyPlace = "the casualty"

// writer makes the legs of journeys of one casualty.
type writer struct {
	*Cover
	scene *scene
	night bool
	free  []uint32
}

// legs are those of a journey; the ones of the casualty add up to its time.
func (w *writer) legs(p *Plan) []Leg {
	j := &journal{}
	switch p.Mode {
	case Nohow:
		return nil
	case ByAir:
		a := &w.Assets[p.Craft]
		w.leave(j, p.Craft)
		metres := apart(a.At, w.scene.at)
		j.add(LegFly, p.Craft, a.Base, casualtyPlace, metres, pace(metres, a.CruiseKMH))
		w.board(j, p, casualtyPlace, apart(w.scene.at, w.spots[p.Landing].at))
	case ByFoot, ByRoad:
		if p.Met {
			return w.met(p)
		}
		w.toSpot(j, p.Ambulance, w.stop(p))
		if p.Stop >= 0 {
			j.add(LegReload, p.Ambulance, w.spotName(p.Stop), "", 0, minutes(w.ReloadMin))
			w.driveOn(j, p)
		}
	case ByBoth:
		w.toSpot(j, p.Ambulance, p.Stop)
		a := &w.Assets[p.Craft]
		other := &journal{meanwhile: true}
		w.leave(other, p.Craft)
		metres := w.out[p.Craft][p.Stop]
		other.add(LegFly, p.Craft, a.Base, w.spotName(p.Stop), metres, pace(metres, a.CruiseKMH))
		j.hold(other, p.Craft, w.spotName(p.Stop))
		w.board(j, p, w.spotName(p.Stop), w.gaps[p.Stop][p.Landing])
		j.legs = append(j.legs, other.legs...)
	}
	return j.legs
}

// hold waits for who comes meanwhile.
func (j *journal) hold(other *journal, asset int32, at string) {
	if other.clock > j.clock {
		j.add(LegHold, asset, at, "", 0, other.clock-j.clock)
	}
}

// met are the legs of a casualty who is carried to advanced care, and fetched
// from there by an ambulance.
func (w *writer) met(p *Plan) []Leg {
	j, other := &journal{}, &journal{meanwhile: true}
	a, at := &w.Assets[p.Ambulance], w.spotName(p.Stop)
	w.toSpot(j, -1, p.Stop)
	w.leave(other, p.Ambulance)
	come := w.come[slices.Index(w.ambulances, p.Ambulance)][p.Stop]
	other.add(LegDrive, p.Ambulance, a.Base, at, w.roadMetres(&w.stand[p.Ambulance], &w.spots[p.Stop].standing), come)
	j.hold(other, p.Ambulance, at)
	j.add(LegLoad, p.Ambulance, at, "", 0, minutes(a.LoadMin))
	w.driveOn(j, p)
	j.add(LegUnload, p.Ambulance, w.spotName(p.Facility), "", 0, minutes(a.OffloadMin))
	return append(j.legs, other.legs...)
}

// driveOn drives from advanced care to surgery.
func (w *writer) driveOn(j *journal, p *Plan) {
	metres := w.roadMetres(&w.spots[p.Stop].standing, &w.spots[p.Facility].standing)
	j.add(LegDrive, p.Ambulance, w.spotName(p.Stop), w.spotName(p.Facility), metres, w.drive[p.Stop][p.Facility])
}

func (w *writer) stop(p *Plan) int32 {
	if p.Stop >= 0 {
		return p.Stop
	}
	return p.Facility
}

// leave gets an asset on its way.
func (w *writer) leave(j *journal, asset int32) {
	a := &w.Assets[asset]
	j.add(LegNotify, asset, "", "", 0, minutes(w.NotifyMin))
	if a.Kind != Ambulance {
		j.add(LegClearance, asset, "", "", 0, minutes(w.ClearanceMin))
		j.add(LegWeather, asset, "", "", 0, minutes(w.WeatherMin))
	}
	if free := w.free[asset]; free > j.clock {
		j.add(LegBusy, asset, a.Base, "", 0, free-j.clock)
	}
	notice, _ := a.notice(w.night)
	j.add(LegNotice, asset, a.Base, "", 0, notice)
}

// toSpot brings the casualty to a spot, in an ambulance, or on foot (-1).
func (w *writer) toSpot(j *journal, ambulance, at int32) {
	if ambulance < 0 {
		j.add(LegCarry, -1, casualtyPlace, w.spotName(at), apart(w.scene.at, w.spots[at].at), w.carry(w.scene.at, w.spots[at].at))
		return
	}
	a := &w.Assets[ambulance]
	w.leave(j, ambulance)
	fetch := w.scene.fetch[slices.Index(w.ambulances, ambulance)]
	j.add(LegDrive, ambulance, a.Base, casualtyPlace, w.roadMetres(&w.stand[ambulance], &w.scene.standing), fetch)
	j.add(LegLoad, ambulance, casualtyPlace, "", 0, minutes(a.LoadMin))
	j.add(LegDrive, ambulance, casualtyPlace, w.spotName(at), w.roadMetres(&w.scene.standing, &w.spots[at].standing), w.scene.bring[at])
	j.add(LegUnload, ambulance, w.spotName(at), "", 0, minutes(a.OffloadMin))
}

// board flies the casualty to the facility.
func (w *writer) board(j *journal, p *Plan, from string, metres float64) {
	a := &w.Assets[p.Craft]
	at := w.spotName(p.Landing)
	j.add(LegLoad, p.Craft, from, "", 0, minutes(a.LoadMin))
	j.add(LegFly, p.Craft, from, at, metres, pace(metres, a.CruiseKMH))
	j.add(LegUnload, p.Craft, at, "", 0, minutes(a.OffloadMin))
	for _, l := range w.landingsFor(p.Craft, p.Facility) {
		if l.spot == p.Landing && l.transfer > 0 {
			j.add(LegTransfer, -1, at, w.spotName(p.Facility), w.gaps[p.Landing][p.Facility], l.transfer)
		}
	}
}

// caredFor is when a journey brings advanced care: at a facility by the way, or
// at its end.
func (c *Cover) caredFor(p *Plan, legs []Leg) uint32 {
	if p.Stop >= 0 && int(p.Stop) < len(c.Facilities) && c.advances[p.Stop] {
		for _, l := range legs {
			if !l.Meanwhile && (l.What == LegUnload || l.What == LegCarry) {
				return l.End
			}
		}
	}
	return p.Millis
}

// Limiting returns the longest of the casualty's legs, -1 where there is none.
// While he waits for what takes him on it is one of that.
func Limiting(legs []Leg) int {
	longest := -1
	held := false
	for i := range legs {
		if l := &legs[i]; !l.Meanwhile && (longest < 0 || l.Millis() > legs[longest].Millis()) {
			longest, held = i, l.What == LegHold
		}
	}
	if !held {
		return longest
	}
	slowest := longest
	for i := range legs {
		if l := &legs[i]; l.Meanwhile && (slowest == longest || l.Millis() > legs[slowest].Millis()) {
			slowest = i
		}
	}
	return slowest
}
