package measure

import (
	"math"

	"github.com/paulmach/orb"
)

// between finds the crossing between two turns of a's rim, at one of which it
// is in b's disc and at the other outside, by false position (Illinois; Dowell
// and Jarratt 1971), halving where that is slow.
func (a *Rim) between(b *Rim, lo, hi float64) Crossing {
	fLo, fHi := b.beyond(a.At(lo)), b.beyond(a.At(hi))
	enters := fLo > fHi
	var p orb.Point
	at, f := lo, fLo
	for i := range 200 {
		at = (lo*fHi - hi*fLo) / (fHi - fLo)
		if i%3 == 2 || !(at > lo && at < hi) {
			at = lo + (hi-lo)/2
		}
		p = a.At(at)
		f = b.beyond(p)
		if math.Abs(f) < 1e-9 || hi-lo < 1e-14*360 {
			break
		}
		if (f > 0) == (fLo > 0) {
			lo, fLo, fHi = at, f, fHi/2
		} else {
			hi, fHi, fLo = at, f, fLo/2
		}
	}
	_, bearing, _ := Inverse(b.centre, p)
	return Crossing{At: p, TurnA: wrapTurn(at), TurnB: wrapTurn(-bearing), AEnters: enters}
}

// wrapTurn brings a turn into [0, 360).
func wrapTurn(turn float64) float64 {
	turn = math.Mod(turn, 360)
	if turn < 0 {
		turn += 360
	}
	if turn >= 360 || turn == 0 {
		return 0
	}
	return turn
}

// farSamples is how many places of a rim are looked at where it may cross
// another more than twice.
const farSamples = 96

// meetFar compares rims that together reach round the earth. The distance to b
// along a's rim has few highs and lows; between the places looked at, those
// that come near b's rim are sought closer.
func (a *Rim) meetFar(b *Rim, into []Crossing) Meeting {
	const step = 360. / farSamples
	m := Meeting{Crossings: into}
	var turns [farSamples + 1]float64
	var f [farSamples + 1]float64
	for i := range farSamples {
		turns[i] = step * float64(i)
		f[i] = b.beyond(a.At(turns[i]))
	}
	turns[farSamples], f[farSamples] = 360, f[0]
	if alongside(f[:]) {
		m.Along = true
		return m
	}
	before := len(m.Crossings)
	for i := range farSamples {
		lo, hi := turns[i], turns[i+1]
		switch {
		case f[i] > 0 != (f[i+1] > 0):
			m.Crossings = append(m.Crossings, a.between(b, lo, hi))
		case a.bends(f[i], f[i+1], f[(i+farSamples-1)%farSamples], f[(i+2)%farSamples]):
			if at, found := a.otherSide(b, lo, hi, f[i] > 0); found {
				m.Crossings = append(m.Crossings, a.between(b, lo, at), a.between(b, at, hi))
			}
		}
	}
	if len(m.Crossings) == before {
		var g [8]float64
		for i := range g {
			g[i] = a.beyond(b.At(45 * float64(i)))
		}
		m.AInB, m.BInA = surest(f[:]) <= 0, surest(g[:]) <= 0
	}
	return m
}

// alongside reports whether all of a rim lies on another, as that of the disc
// round the far pole does which takes in the rest of the earth.
func alongside(beyond []float64) bool {
	const rounding = 1e-6
	for _, f := range beyond {
		if math.Abs(f) > rounding {
			return false
		}
	}
	return true
}

// surest returns the distance that is farthest from nothing, since rims may
// touch.
func surest(beyond []float64) (most float64) {
	for _, f := range beyond {
		if math.Abs(f) > math.Abs(most) {
			most = f
		}
	}
	return most
}

// bends reports whether the distance may turn round and come back between two
// places, given it there, before and after.
func (a *Rim) bends(f, g, before, after float64) bool {
	if f > 0 {
		return f+g <= 2*(before-f+after-g)+1 && before >= f && after >= g
	}
	return -f-g <= 2*(f-before+g-after)+1 && before <= f && after <= g
}

// otherSide seeks, by golden section, a turn at which the rim is on the other
// side of b's.
func (a *Rim) otherSide(b *Rim, lo, hi float64, outside bool) (float64, bool) {
	const golden = 0.6180339887498949
	sign := 1.0
	if !outside {
		sign = -1
	}
	value := func(turn float64) float64 { return sign * b.beyond(a.At(turn)) }
	x, y := hi-golden*(hi-lo), lo+golden*(hi-lo)
	fx, fy := value(x), value(y)
	for range 60 {
		switch {
		case fx < -TouchMetres:
			return x, true
		case fy < -TouchMetres:
			return y, true
		case fx < fy:
			hi, y, fy = y, x, fx
			x = hi - golden*(hi-lo)
			fx = value(x)
		default:
			lo, x, fx = x, y, fy
			y = lo + golden*(hi-lo)
			fy = value(y)
		}
	}
	return 0, false
}
