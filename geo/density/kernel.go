package density

import "math"

// Kernel is how an event is spread about its place. Both integrate to 1.
type Kernel string

// The kernels.
const (
	// Quartic is 3/(pi h^2) (1-(d/h)^2)^2 up to the bandwidth h, and 0 beyond.
	Quartic Kernel = "quartic"
	// Gaussian is the normal distribution whose standard deviation along each
	// axis is the bandwidth, cut off at four of them and scaled to be whole.
	Gaussian Kernel = "gaussian"
)

// cutOff is where the Gaussian kernel ends, in bandwidths. What lies beyond is
// exp(-8), 0.03 % of it.
const cutOff = 4

// quarticOfGaussian is the bandwidth of the quartic kernel that spreads as far
// as a Gaussian one of bandwidth 1: both have the same variance along an axis,
// of the quartic h^2/8.
var quarticOfGaussian = math.Sqrt(8)

// Reach returns how far the kernel goes.
func (k Kernel) Reach(bandwidth float64) float64 {
	if k == Gaussian {
		return cutOff * bandwidth
	}
	return bandwidth
}

// peak returns the value at no distance.
func (k Kernel) peak(bandwidth float64) float64 {
	if k == Gaussian {
		return 1 / (2 * math.Pi * bandwidth * bandwidth * -math.Expm1(-cutOff*cutOff/2.0))
	}
	return 3 / (math.Pi * bandwidth * bandwidth)
}

// At returns the value of the kernel at a distance.
func (k Kernel) At(distance, bandwidth float64) float64 {
	u := distance / bandwidth
	switch {
	case distance > k.Reach(bandwidth):
		return 0
	case k == Gaussian:
		return k.peak(bandwidth) * math.Exp(-u*u/2)
	}
	return k.peak(bandwidth) * (1 - u*u) * (1 - u*u)
}
