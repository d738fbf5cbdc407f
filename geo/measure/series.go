package measure

import "math"

// The series of Karney (2013) to the sixth order, with the third flattening
// put in: equations 17, 18, 21, 24, 25, 42 and 43. eps is the small parameter
// of the geodesic, equation 16. Element 0 of a slice of coefficients belongs
// to the first harmonic.

type harmonics [6]float64

// epsOf returns eps for k^2.
func epsOf(kk float64) float64 { return kk / (2*(1+math.Sqrt(1+kk)) + kk) }

// seriesA1 returns A1-1, the scale of the distance.
func seriesA1(eps float64) float64 {
	e := eps * eps
	return (e*(64+e*(4+e))/256 + eps) / (1 - eps)
}

// seriesA2 returns A2-1, the scale in the reduced length.
func seriesA2(eps float64) float64 {
	e := eps * eps
	return (-e*(192+e*(28+e*11))/256 - eps) / (1 + eps)
}

// seriesA3 returns A3, the scale of the longitude.
func seriesA3(eps float64) float64 {
	const (
		a1 = (1 - third) / 2
		a2 = (2 + third - 3*third*third) / 8
		a3 = (1 + 3*third + third*third) / 16
		a4 = (3 + 2*third) / 64
		a5 = 3. / 128
	)
	return 1 - eps*(a1+eps*(a2+eps*(a3+eps*(a4+eps*a5))))
}

// seriesC1 returns the harmonics of the distance.
func seriesC1(eps float64) harmonics {
	e := eps * eps
	d2 := e
	d3 := d2 * eps
	d4 := d2 * d2
	return harmonics{
		eps * (e*(6-e) - 16) / 32,
		d2 * (e*(64-9*e) - 128) / 2048,
		d3 * (9*e - 16) / 768,
		d4 * (3*e - 5) / 512,
		d4 * eps * (-7. / 1280),
		d4 * d2 * (-7. / 2048),
	}
}

// seriesC1Reverted returns the harmonics that lead from distance to arc.
func seriesC1Reverted(eps float64) harmonics {
	e := eps * eps
	d2 := e
	d3 := d2 * eps
	d4 := d2 * d2
	return harmonics{
		eps * (e*(205*e-432) + 768) / 1536,
		d2 * (e*(4005*e-4736) + 3840) / 12288,
		d3 * (116 - 225*e) / 384,
		d4 * (2695 - 7173*e) / 7680,
		d4 * eps * (3467. / 7680),
		d4 * d2 * (38081. / 61440),
	}
}

// seriesC2 returns the harmonics of the reduced length.
func seriesC2(eps float64) harmonics {
	e := eps * eps
	d2 := e
	d3 := d2 * eps
	d4 := d2 * d2
	return harmonics{
		eps * (e*(e+2) + 16) / 32,
		d2 * (e*(35*e+64) + 384) / 2048,
		d3 * (15*e + 80) / 768,
		d4 * (7*e + 35) / 512,
		d4 * eps * (63. / 1280),
		d4 * d2 * (77. / 2048),
	}
}

// seriesC3 returns the harmonics of the longitude. There are five.
func seriesC3(eps float64) harmonics {
	const (
		n   = third
		nn  = n * n
		c11 = (1 - n) / 4
		c12 = (1 - nn) / 8
		c13 = (3 + 3*n - nn) / 64
		c14 = (5 + 2*n) / 128
		c15 = 3. / 128
		c22 = (2 - 3*n + nn) / 32
		c23 = (3 - 2*n - 3*nn) / 64
		c24 = (3 + n) / 128
		c25 = 5. / 256
		c33 = (5 - 9*n + 5*nn) / 192
		c34 = (9 - 10*n) / 384
		c35 = 7. / 512
		c44 = (7 - 14*n) / 512
		c45 = 7. / 512
		c55 = 21. / 2560
	)
	d2 := eps * eps
	d3 := d2 * eps
	d4 := d2 * d2
	return harmonics{
		eps * (c11 + eps*(c12+eps*(c13+eps*(c14+eps*c15)))),
		d2 * (c22 + eps*(c23+eps*(c24+eps*c25))),
		d3 * (c33 + eps*(c34+eps*c35)),
		d4 * (c44 + eps*c45),
		d4 * eps * c55,
	}
}

// seriesC4 returns the coefficients of the area. Element 0 belongs to
// cos(sigma), element 1 to cos(3 sigma), and so on.
func seriesC4(eps float64) harmonics {
	const (
		n   = third
		c00 = (30030 + n*(-12012+n*(3432+n*(572+n*(208+n*100))))) / 45045.
		c01 = (-3003 + n*(6864+n*(-4576+n*(624+n*64)))) / 15015.
		c02 = (-858 + n*(-4576+n*(14144-n*10656))) / 45045.
		c03 = (1573 + n*(-4784-n*224)) / 45045.
		c04 = (156 + n*1088) / 45045.
		c05 = 97. / 15015
		c11 = (3003 + n*(-6864+n*(4576+n*(-624-n*64)))) / 135135.
		c12 = (-2574 + n*(9152+n*(-11648+n*5952))) / 135135.
		c13 = (-1287 + n*(1040+n*5792)) / 135135.
		c14 = (468 - n*2944) / 135135.
		c15 = 1. / 9009
		c22 = (1716 + n*(-4576+n*(4160-n*1440))) / 225225.
		c23 = (-1144 + n*(4992-n*8448)) / 225225.
		c24 = (-936 + n*1856) / 225225.
		c25 = 8. / 10725
		c33 = (1144 + n*(-3328+n*3584)) / 315315.
		c34 = (-208 + n*1024) / 105105.
		c35 = -136. / 63063
		c44 = (832 - n*2560) / 405405.
		c45 = -128. / 135135
		c55 = 128. / 99099
	)
	d2 := eps * eps
	d3 := d2 * eps
	d4 := d2 * d2
	return harmonics{
		c00 + eps*(c01+eps*(c02+eps*(c03+eps*(c04+eps*c05)))),
		eps * (c11 + eps*(c12+eps*(c13+eps*(c14+eps*c15)))),
		d2 * (c22 + eps*(c23+eps*(c24+eps*c25))),
		d3 * (c33 + eps*(c34+eps*c35)),
		d4 * (c44 + eps*c45),
		d4 * eps * c55,
	}
}

// sum returns the sum of c[l-1] sin(2 l sigma) by Clenshaw's method.
func (c *harmonics) sum(sin, cos float64) float64 {
	x := 2 * (cos - sin) * (cos + sin) // 2 cos(2 sigma)
	y5 := c[5]
	y4 := x*y5 + c[4]
	y3 := x*y4 - y5 + c[3]
	y2 := x*y3 - y4 + c[2]
	y1 := x*y2 - y3 + c[1]
	y0 := x*y1 - y2 + c[0]
	return 2 * sin * cos * y0
}

// sumCos returns the sum of c[l] cos((2l+1) sigma) by Clenshaw's method.
func (c *harmonics) sumCos(sin, cos float64) float64 {
	x := 2 * (cos - sin) * (cos + sin)
	y5 := c[5]
	y4 := x*y5 + c[4]
	y3 := x*y4 - y5 + c[3]
	y2 := x*y3 - y4 + c[2]
	y1 := x*y2 - y3 + c[1]
	y0 := x*y1 - y2 + c[0]
	return cos * (y0 - y1)
}
