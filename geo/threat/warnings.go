package threat

import (
	"fmt"
	"time"

	"bivouac/geo"
)

// warnings are what limits the rates.
func (a *assessment) warnings() []string {
	out := a.notes
	warn := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	n := a.pattern.Len()
	if a.offRoads > 0 {
		warn("%d of %d incidents lie farther than %v m from every road and are in no rate.", a.offRoads, n, a.in[ToleranceInput].Float())
	}
	if a.outside > 0 {
		warn("%d of %d incidents are on a road outside the area and are in no rate.", a.outside, n)
	}
	a.warnOfMovements(warn)
	basis := &a.basis
	if a.driven != nil {
		basis = &a.driven.basis
	}
	switch basis.Prior {
	case Alike:
		warn("The counts vary no more than chance makes them: all sections have the rate of all, and none can be said to be worse.")
	case Alone:
		warn("There is nothing to compare a count with; it stands by itself, with the interval of Jeffreys's prior.")
	case Varied:
	}
	if a.in[HalfLifeInput].Float() > 0 {
		warn("Incidents and the time that they are divided by count half as much for each %v days before the end.", a.in[HalfLifeInput].Float())
	}
	return out
}

func (a *assessment) warnOfMovements(warn func(string, ...any)) {
	d := a.driven
	if d == nil {
		warn("How far was driven is not known: the risk is relative to that of all roads, and says nothing of how probable an incident is. A road that is driven more has more incidents.")
		return
	}
	e := d.exposure
	among := 0
	for i := range d.tallies {
		among += d.tallies[i].Incidents
	}
	whom := ""
	if a.aimed {
		whom = " with the asked targets"
	}
	warn("Movements are recorded from %s to %s: the %d incidents%s on roads in that time are divided by them, of %d on roads in all.",
		day(d.from), day(d.to-1), among, whom, len(a.incidents))
	if missing := e.DrivenKM - e.PlacedKM; missing > 0.01*e.DrivenKM {
		warn("%.0f of %.0f km driven could be put on no road; rates by km driven are too high by as much.", missing, e.DrivenKM)
	}
	if e.Distanceless > 0 {
		warn("%d movements say neither where nor how far they went and are not counted.", e.Distanceless)
	}
	if !a.aimed {
		warn("Incidents of all who were hit are divided by the movements that are recorded; filter by target for the risk to those who made them.")
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
