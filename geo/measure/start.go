package measure

import "math"

// start guesses the azimuth at the first end: that of the great circle, or,
// for nearly opposite points, that of the astroid problem (Karney 2013,
// section 5).
func (p *problem) start() (sin, cos float64) {
	across := p.sin2*p.cos1 + p.cos2*p.sin1 // sin(beta2+beta1)
	sinO, cosO := p.sinLam, p.cosLam
	if p.sin2*p.cos1-p.cos2*p.sin1 < 0.5 && p.cos2*p.lam < 0.5 && p.cos1*p.cos2+p.sin1*p.sin2 >= 0 {
		// The longitude on the sphere is a little larger; q at the middle.
		mid := (p.sin1 + p.sin2) * (p.sin1 + p.sin2)
		mid /= mid + (p.cos1+p.cos2)*(p.cos1+p.cos2)
		sinO, cosO = math.Sincos(p.lam / ((1 - Flattening) * math.Sqrt(1+eccSq2*mid)))
	}
	sin = p.cos2 * sinO
	if cosO >= 0 {
		cos = p.sin2*p.cos1 - p.cos2*p.sin1 + p.cos2*p.sin1*sinO*sinO/(1+cosO)
	} else {
		cos = across - p.cos2*p.sin1*sinO*sinO/(1-cosO)
	}
	if sphere := p.sin1*p.sin2 + p.cos1*p.cos2*cosO; sphere < 0 && math.Hypot(sin, cos) < 6*third*math.Pi*p.cos1*p.cos1 {
		sin, cos = p.startOpposite(across)
	}
	if sin <= 0 {
		return 1, 0
	}
	return unit(sin, cos)
}

// startOpposite solves the problem in the neighbourhood of the point opposite
// the first end, where the geodesics envelop an astroid. x and y are the
// second end's place there, in units of the astroid's size.
func (p *problem) startOpposite(across float64) (sin, cos float64) {
	eps := epsOf(p.sin1 * p.sin1 * eccSq2)
	scale := Flattening * p.cos1 * seriesA3(eps) * math.Pi
	x := math.Atan2(-p.sinLam, -p.cosLam) / scale
	y := across / (scale * p.cos1)
	if y > -tol1 && x > -1-1000*tol2 { // close to the cut
		sin = min(1, -x)
		return sin, -math.Sqrt(1 - sin*sin)
	}
	k := astroid(x, y)
	s, c := math.Sincos(-scale * x * k / (1 + k))
	return p.cos2 * s, across - p.cos2*p.sin1*s*s/(1+c)
}

// astroid returns the positive root k of
// k^4 + 2 k^3 - (x^2+y^2-1) k^2 - 2 y^2 k - y^2 = 0 (equation 55).
func astroid(x, y float64) float64 {
	p, q := x*x, y*y
	r := (p + q - 1) / 6
	if q == 0 && r <= 0 {
		return 0
	}
	// The resolvent cubic by Cardano, each sum taken where nothing cancels.
	s, r3 := p*q/4, r*r*r
	u := r
	if disc := s * (s + 2*r3); disc >= 0 {
		t3 := s + r3
		t3 += math.Copysign(math.Sqrt(disc), t3)
		if t := math.Cbrt(t3); t != 0 {
			u += t + r*r/t
		}
	} else {
		u += 2 * r * math.Cos(math.Atan2(math.Sqrt(-disc), -(s+r3))/3)
	}
	v := math.Sqrt(u*u + q)
	uv := u + v
	if u < 0 {
		uv = q / (v - u)
	}
	w := (uv - q) / (2 * v)
	return uv / (math.Sqrt(uv+w*w) + w)
}
