package measure

import "math"

// Limits of Karney's solution, from the precision of a float64.
var (
	tiny = math.Sqrt(0x1p-1022)
	tol0 = 0x1p-52
	tol1 = 200 * tol0
	tol2 = math.Sqrt(tol0)
	tolB = tol0 * tol2
)

const (
	newtonSteps = 20
	allSteps    = newtonSteps + 63
)

// problem is the inverse problem as Karney (2013, section 4) lays it out:
// beta1 <= 0, beta1 <= beta2 <= -beta1, 0 <= lambda <= pi.
type problem struct {
	sin1, cos1, q1      float64 // of beta1; q = sqrt(1 + e'^2 sin^2 beta)
	sin2, cos2, q2      float64
	lam, sinLam, cosLam float64
	toOpposite          float64 // 180 - lambda in degrees
}

func newProblem(a, b *end, north, lonDeg, lonRest float64) problem {
	p := problem{
		sin1: a.sin * north, cos1: max(a.cos, tiny),
		sin2: b.sin * north, cos2: max(b.cos, tiny),
		lam:        (lonDeg + lonRest) * degree,
		toOpposite: 180 - lonDeg - lonRest,
	}
	p.sinLam, p.cosLam = sinCosRest(lonDeg, lonRest)
	// Latitudes that are equal in size must stay so in both parts.
	if p.cos1 < -p.sin1 {
		if p.cos2 == p.cos1 {
			p.sin2 = math.Copysign(p.sin1, p.sin2)
		}
	} else if math.Abs(p.sin2) == -p.sin1 {
		p.cos2 = p.cos1
	}
	p.q1 = math.Sqrt(1 + eccSq2*p.sin1*p.sin1)
	p.q2 = math.Sqrt(1 + eccSq2*p.sin2*p.sin2)
	return p
}

// solve tries the geodesics that are known in closed form first.
func (p *problem) solve() path {
	if p.cos1 == tiny || p.sinLam == 0 {
		if r, ok := p.meridian(); ok {
			return r
		}
	}
	if p.sin1 == 0 && p.toOpposite >= 180*Flattening { // along the equator
		sin, cos := math.Sincos(p.lam / (1 - Flattening))
		return path{EquatorialRadiusMetres * p.lam, 1, 0, 1, 0, sin, cos}
	}
	return p.newton()
}

// meridian follows the meridian, which is the geodesic unless the points are
// so nearly opposite that it is not the shortest.
func (p *problem) meridian() (path, bool) {
	l := p.leg(p.cosLam*p.cos1, p.cos2)
	metres, reduced := l.lengths(third)
	if l.sigma >= 1 && reduced < 0 {
		return path{}, false
	}
	return path{polarRadius * metres, p.sinLam, p.cosLam, 0, 1, p.sinLam, p.cosLam}, true
}

// newton finds the azimuth at the first end that leads to the right longitude
// at the second, by Newton's method inside a shrinking bracket.
func (p *problem) newton() path {
	sin, cos := p.start()
	in := bracket{tiny, 1, tiny, -1}
	near, last := false, false
	for step := 0; ; step++ {
		t := p.aim(sin, cos)
		limit := tol0
		if near {
			limit *= 8
		}
		if last || !(math.Abs(t.miss) >= limit) || step == allSteps {
			return t.path()
		}
		in.shrink(&t, step > newtonSteps)
		if s, c, ok := t.correct(p); ok && step < newtonSteps {
			sin, cos = s, c
			near = math.Abs(t.miss) <= 16*tol0
			continue
		}
		sin, cos, last = in.middle()
		near = false
	}
}

// bracket holds the azimuth between two others.
type bracket struct{ loSin, loCos, hiSin, hiCos float64 }

// shrink takes the trial for one of the sides when it lies inside, or anyway.
func (b *bracket) shrink(t *trial, anyway bool) {
	cot := t.cosAz1 / t.sinAz1
	if t.miss > 0 && (anyway || cot > b.hiCos/b.hiSin) {
		b.hiSin, b.hiCos = t.sinAz1, t.cosAz1
	} else if t.miss < 0 && (anyway || cot < b.loCos/b.loSin) {
		b.loSin, b.loCos = t.sinAz1, t.cosAz1
	}
}

// middle returns the azimuth half way, and whether no better can be had.
func (b *bracket) middle() (sin, cos float64, last bool) {
	sin, cos = unit((b.loSin+b.hiSin)/2, (b.loCos+b.hiCos)/2)
	return sin, cos, math.Abs(b.loSin-sin)+(b.loCos-cos) < tolB || math.Abs(sin-b.hiSin)+(cos-b.hiCos) < tolB
}

// correct returns the azimuth that Newton's method would try next, if it is
// one.
func (t *trial) correct(p *problem) (sin, cos float64, ok bool) {
	slope := t.slope(p)
	by := -t.miss / slope
	if !(slope > 0 && math.Abs(by) < math.Pi) {
		return 0, 0, false
	}
	s, c := math.Sincos(by)
	if sin = t.sinAz1*c + t.cosAz1*s; sin <= 0 {
		return 0, 0, false
	}
	sin, cos = unit(sin, t.cosAz1*c-t.sinAz1*s)
	return sin, cos, true
}

// trial is the geodesic that leaves the first end at some azimuth, up to the
// latitude of the second.
type trial struct {
	sinAz1, cosAz1, sinAz2, cosAz2 float64
	sinOmega, cosOmega             float64
	leg                            leg
	eps, miss                      float64 // miss: its longitude less the wanted one
}

// aim follows the geodesic that starts at the azimuth (Karney 2013, section
// 4, equations 5, 8, 10 to 12 and 45).
func (p *problem) aim(sin, cos float64) trial {
	if p.sin1 == 0 && cos == 0 { // the equator has no node to measure from
		cos = -tiny
	}
	t := trial{sinAz1: sin, cosAz1: cos, sinAz2: sin, cosAz2: math.Abs(cos)}
	sin0, cos0 := sin*p.cos1, math.Hypot(cos, sin*p.sin1)
	if p.cos2 != p.cos1 {
		t.sinAz2 = sin0 / p.cos2
	}
	if p.cos2 != p.cos1 || math.Abs(p.sin2) != -p.sin1 {
		gap := (p.sin1 - p.sin2) * (p.sin1 + p.sin2)
		if p.cos1 < -p.sin1 {
			gap = (p.cos2 - p.cos1) * (p.cos1 + p.cos2)
		}
		t.cosAz2 = math.Sqrt(cos*p.cos1*cos*p.cos1+gap) / p.cos2
	}
	t.leg = p.leg(cos*p.cos1, t.cosAz2*p.cos2)

	sinO1, cosO1 := sin0*p.sin1, cos*p.cos1
	sinO2, cosO2 := sin0*p.sin2, t.cosAz2*p.cos2
	norm1, norm2 := math.Hypot(sinO1, cosO1), math.Hypot(sinO2, cosO2)
	sinO1, cosO1, sinO2, cosO2 = sinO1/norm1, cosO1/norm1, sinO2/norm2, cosO2/norm2
	t.sinOmega = max(0, cosO1*sinO2-sinO1*cosO2)
	t.cosOmega = cosO1*cosO2 + sinO1*sinO2

	ahead := math.Atan2(t.sinOmega*p.cosLam-t.cosOmega*p.sinLam, t.cosOmega*p.cosLam+t.sinOmega*p.sinLam)
	t.eps = epsOf(cos0 * cos0 * eccSq2)
	c3 := seriesC3(t.eps)
	bend := c3.sum(t.leg.sin2, t.leg.cos2) - c3.sum(t.leg.sin1, t.leg.cos1)
	t.miss = ahead - Flattening*seriesA3(t.eps)*sin0*(t.leg.sigma+bend)
	return t
}

// slope is the change of the longitude with the azimuth (equation 46).
func (t *trial) slope(p *problem) float64 {
	if t.cosAz2 == 0 {
		return -2 * (1 - Flattening) * p.q1 / p.sin1
	}
	_, reduced := t.leg.lengths(t.eps)
	return reduced * (1 - Flattening) / (t.cosAz2 * p.cos2)
}

func (t *trial) path() path {
	metres, _ := t.leg.lengths(t.eps)
	return path{polarRadius * metres, t.sinAz1, t.cosAz1, t.sinAz2, t.cosAz2, t.sinOmega, t.cosOmega}
}

// leg is the arc on the auxiliary sphere, measured from the node.
type leg struct {
	sin1, cos1, sin2, cos2 float64 // of sigma1 and sigma2
	sigma                  float64 // their difference
	q1, q2                 float64
}

// leg returns the arc between the ends, given cos(alpha) cos(beta) at each.
func (p *problem) leg(up1, up2 float64) leg {
	l := leg{q1: p.q1, q2: p.q2}
	norm1, norm2 := math.Hypot(p.sin1, up1), math.Hypot(p.sin2, up2)
	l.sin1, l.cos1, l.sin2, l.cos2 = p.sin1/norm1, up1/norm1, p.sin2/norm2, up2/norm2
	l.sigma = math.Atan2(max(0, l.cos1*l.sin2-l.sin1*l.cos2), l.cos1*l.cos2+l.sin1*l.sin2)
	return l
}

// lengths returns the length of the arc and its reduced length, both in polar
// radii (equations 7, 38 and 40).
func (l *leg) lengths(eps float64) (metres, reduced float64) {
	a1, a2 := seriesA1(eps), seriesA2(eps)
	c1, c2 := seriesC1(eps), seriesC2(eps)
	b1 := (1 + a1) * (c1.sum(l.sin2, l.cos2) - c1.sum(l.sin1, l.cos1))
	b2 := (1 + a2) * (c2.sum(l.sin2, l.cos2) - c2.sum(l.sin1, l.cos1))
	j := (a1-a2)*l.sigma + (b1 - b2)
	metres = (1+a1)*l.sigma + b1
	reduced = l.q2*(l.cos1*l.sin2) - l.q1*(l.sin1*l.cos2) - l.cos1*l.cos2*j
	return metres, reduced
}
