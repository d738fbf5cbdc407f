package crs

import (
	"math"
	"math/cmplx"
)

// The transverse Mercator projection with the central meridian's scale 1.
// forward and backward are Karney's (2011) equations 35 and 36, with the
// third flattening put in.

const (
	n1 = third
	n2 = n1 * n1
	n3 = n2 * n1
	n4 = n3 * n1
	n5 = n4 * n1
	n6 = n5 * n1

	// rectifyingRadius is the meridian's length over 2 pi (equation 14).
	rectifyingRadius = equatorialRadius / (1 + third) * (1 + n2/4 + n4/64 + n6/256)
)

var forward = [6]float64{
	n1/2 - n2*2/3 + n3*5/16 + n4*41/180 - n5*127/288 + n6*7891/37800,
	n2*13/48 - n3*3/5 + n4*557/1440 + n5*281/630 - n6*1983433/1935360,
	n3*61/240 - n4*103/140 + n5*15061/26880 + n6*167603/181440,
	n4*49561/161280 - n5*179/168 + n6*6601661/7257600,
	n5*34729/80640 - n6*3418889/1995840,
	n6 * 212378941 / 319334400,
}

var backward = [6]float64{
	n1/2 - n2*2/3 + n3*37/96 - n4/360 - n5*81/512 + n6*96199/604800,
	n2/48 + n3/15 - n4*437/1440 + n5*46/105 - n6*1118711/3870720,
	n3*17/480 - n4*37/840 - n5*209/4480 + n6*5569/90720,
	n4*4397/161280 - n5*11/504 - n6*830251/7257600,
	n5*4583/161280 - n6*108847/3991680,
	n6 * 20648693 / 638668800,
}

// series returns the sum of c[j-1] sin(2 j z) by Clenshaw's method.
func series(c *[6]float64, z complex128) complex128 {
	sin, cos := cmplx.Sin(2*z), cmplx.Cos(2*z)
	var y, last complex128
	for j := 5; j >= 0; j-- {
		y, last = 2*cos*y-last+complex(c[j], 0), y
	}
	return sin * y
}

// transverse projects a place, lon from the central meridian, to metres east
// of it and north of the equator.
func transverse(lon, lat float64) (east, north float64) {
	sin, cos := sinCos(lon)
	tau := conformal(tangent(lat))
	z := complex(math.Atan2(tau, cos), math.Asinh(sin/math.Hypot(tau, cos)))
	z += series(&forward, z)
	return rectifyingRadius * imag(z), rectifyingRadius * real(z)
}

// untransverse inverts transverse.
func untransverse(east, north float64) (lon, lat float64) {
	z := complex(north, east) / rectifyingRadius
	z -= series(&backward, z)
	sinh, cos := math.Sinh(imag(z)), math.Cos(real(z))
	tau := geographic(math.Sin(real(z)) / math.Hypot(sinh, cos))
	return math.Atan2(sinh, cos) / degree, math.Atan(tau) / degree
}
