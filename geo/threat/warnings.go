package threat

import (
	"math"
	"time"

	"bivouac/geo"
	"bivouac/geo/process"
)

// warnings are what limits the rates.
func (a *assessment) warnings() []process.Warning {
	out := a.notes
	warn := func(s geo.Sentence, values ...any) { out = append(out, s.With(values...)) }
	n := a.pattern.Len()
	if a.offRoads > 0 {
		warn(offRoads, a.offRoads, n, a.in[ToleranceInput].Float())
	}
	if a.outside > 0 {
		warn(outsideArea, a.outside, n)
	}
	a.warnOfMovements(warn)
	basis := &a.basis
	if a.driven != nil {
		basis = &a.driven.basis
	}
	switch basis.Prior {
	case Alike:
		warn(allAlike)
	case Alone:
		warn(standsAlone)
	case Varied:
	}
	if a.in[HalfLifeInput].Float() > 0 {
		warn(halved, a.in[HalfLifeInput].Float())
	}
	return out
}

func (a *assessment) warnOfMovements(warn func(geo.Sentence, ...any)) {
	d := a.driven
	if d == nil {
		warn(notDriven)
		return
	}
	e := d.exposure
	among := 0
	for i := range d.tallies {
		among += d.tallies[i].Incidents
	}
	divided := dividedByDriven
	if a.aimed {
		divided = dividedByAimed
	}
	warn(divided, day(d.from), day(d.to-1), among, len(a.incidents))
	if missing := e.DrivenKM - e.PlacedKM; missing > 0.01*e.DrivenKM {
		warn(unplaced, math.Round(missing), math.Round(e.DrivenKM))
	}
	if e.Distanceless > 0 {
		warn(untold, e.Distanceless)
	}
	if !a.aimed {
		warn(allTargets)
	}
}

func day(t geo.Time) string { return t.Std().Format(time.DateOnly) }

// idle is on how many sections no movement is recorded.
func (a *assessment) idle() (n int) {
	if a.driven == nil {
		return 0
	}
	for i := range a.driven.rates {
		if !(a.driven.rates[i].Exposure > 0) {
			n++
		}
	}
	return n
}
