package casevac

import (
	"math"

	"bivouac/geo"
	"bivouac/geo/process"
)

// usual is what is taken of a kind where a record is silent. The figures are
// assumptions, on the careful side of what such means are planned with.
var usual = map[Kind]struct{ noticeDay, noticeNight, cruise, load, patients float64 }{
	Helicopter: {30, 60, 220, 10, 1},
	FixedWing:  {60, 120, 400, 20, 1},
	Ambulance:  {10, 15, 0, 5, 1},
}

// Assume fills in what the record of the asset does not state, and says what.
func (a *Asset) Assume() (said []process.Warning) {
	u := usual[a.Kind]
	fill := func(field *float64, value float64, what geo.Sentence) {
		if math.IsNaN(*field) || *field < 0 {
			*field = value
			said = append(said, what.With(string(a.Kind), value))
		}
	}
	fill(&a.NoticeDayMin, u.noticeDay, usualNoticeDay)
	fill(&a.NoticeNightMin, u.noticeNight, usualNoticeNight)
	if a.Kind != Ambulance && !(a.CruiseKMH > 0) {
		a.CruiseKMH = math.NaN()
		fill(&a.CruiseKMH, u.cruise, usualCruise)
	}
	fill(&a.LoadMin, u.load, usualLoading)
	if math.IsNaN(a.OffloadMin) || a.OffloadMin < 0 {
		a.OffloadMin = a.LoadMin // the record has one time for both
	}
	fill(&a.Patients, u.patients, usualRoom)
	return said
}

// surgeries are how many a level of care does in a day where its record is
// silent (levels of UN medical facilities: L2 3 to 4, L3 10; that of a module
// is an assumption).
var surgeries = map[string]float64{"L2": 3, "L2+": 3, "L3": 10, "L4": 10, "module": 2}

// Assume fills in how many surgeries a day a facility does that gives surgery
// and does not state it, and says so.
func (f *Facility) Assume() (said []process.Warning) {
	if !f.Operates() || f.Surgeries > 0 {
		return nil
	}
	level := f.Level
	if surgeries[level] == 0 {
		level = "module"
	}
	f.Surgeries = surgeries[level]
	return []process.Warning{usualSurgeries.With(level, f.Surgeries)}
}

// advanced reports whether the facility gives advanced care.
func (f *Facility) advanced() bool { return f.Operates() || f.Level == "L1" || f.Level == "L1+" }

// Operates reports whether it does damage-control surgery.
func (f *Facility) Operates() bool { return f.Module || surgeries[f.Level] > 0 }

// notice returns how long the asset takes from the order to its departure,
// false where it does not work then.
func (a *Asset) notice(night bool) (uint32, bool) {
	switch {
	case !night:
		return minutes(a.NoticeDayMin), true
	case a.Night:
		return minutes(a.NoticeNightMin), true
	}
	return Never, false
}

// goes reports whether the asset can go so far in all, out, on and home, with
// the time on the ground while its engine runs.
func (a *Asset) goes(out, on, home float64) bool {
	metres := out + on + home
	if a.RangeKM > 0 && metres > a.RangeKM*1000*(1+rounding) {
		return false
	}
	return !(a.EnduranceH > 0) || metres/(a.CruiseKMH*1000)+a.LoadMin/60 <= a.EnduranceH*(1+rounding)
}

// rounding keeps who stands on the very rim of a range inside it.
const rounding = 1e-12

// minutes are milliseconds.
func minutes(m float64) uint32 { return millis(m * 60_000) }

// pace is how long so many metres take at a speed.
func pace(metres, kmh float64) uint32 { return millis(metres * 3600 / kmh) }

func millis(ms float64) uint32 {
	if !(ms < Never-0.5) {
		return Never
	}
	return uint32(math.Round(ms))
}

// plus adds times; never stays never.
func plus(times ...uint32) uint32 {
	sum := uint64(0)
	for _, t := range times {
		sum += uint64(t)
		if t == Never || sum >= Never {
			return Never
		}
	}
	return uint32(sum)
}
