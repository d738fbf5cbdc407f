package hierarchy

import (
	"math"

	"github.com/paulmach/orb"
)

// vector is a place as a direction from the centre of the earth: no case of
// its own at poles and date line, and near enough to the truth to tell which
// way is out of a part.
type vector [3]float32

func unit(p orb.Point) vector {
	sinLon, cosLon := math.Sincos(p[0] * math.Pi / 180)
	sinLat, cosLat := math.Sincos(p[1] * math.Pi / 180)
	return vector{float32(cosLat * cosLon), float32(cosLat * sinLon), float32(sinLat)}
}

func (v vector) dot(w vector) float32 { return v[0]*w[0] + v[1]*w[1] + v[2]*w[2] }

func (v vector) cross(w vector) vector {
	return vector{v[1]*w[2] - v[2]*w[1], v[2]*w[0] - v[0]*w[2], v[0]*w[1] - v[1]*w[0]}
}

// frame returns two directions at right angles, seen from the middle of a part.
func (d *dissector) frame(p *part) [2]vector {
	var sum [3]float64
	for _, v := range p.nodes {
		for k, x := range d.places[v] {
			sum[k] += float64(x)
		}
	}
	middle := vector{float32(sum[0]), float32(sum[1]), float32(sum[2])}
	// The axis that is farthest from the middle makes a right angle with
	// something.
	axis, least := vector{}, 0
	for k, x := range middle {
		if abs(x) < abs(middle[least]) {
			least = k
		}
	}
	axis[least] = 1
	a := middle.cross(axis)
	b := middle.cross(a)
	return [2]vector{a.scaled(), b.scaled()}
}

func abs(x float32) float32 { return float32(math.Abs(float64(x))) }

// scaled is v with the length 1, unless it has none.
func (v vector) scaled() vector {
	n := float32(math.Sqrt(float64(v.dot(v))))
	if n == 0 {
		return v
	}
	return vector{v[0] / n, v[1] / n, v[2] / n}
}

// along tells how far the nodes of a part lie in a direction, as keys that are
// in the same order, and differ.
func (d *dissector) along(p *part, frame [2]vector, direction int) []uint64 {
	sin, cos := math.Sincos(math.Pi * float64(direction) / directions)
	var axis vector
	for k := range axis {
		axis[k] = float32(cos)*frame[0][k] + float32(sin)*frame[1][k]
	}
	keys := make([]uint64, len(p.nodes))
	for i, v := range p.nodes {
		b := math.Float32bits(d.places[v].dot(axis))
		b ^= uint32(int32(b)>>31) | 1<<31 // negative ones come first, in order
		keys[i] = uint64(b)<<32 | uint64(i)
	}
	return keys
}

// extremes moves the count lowest keys to the beginning and the count highest
// to the end (Hoare 1961, Algorithm 65: Find).
func extremes(keys []uint64, count int) {
	find(keys, count)
	find(keys[count:], len(keys)-2*count)
}

// find moves the count lowest keys to the beginning.
func find(keys []uint64, count int) {
	for len(keys) > 1 && count > 0 && count < len(keys) {
		// The middle of three, so that sorted keys are no bad case.
		pivot := middle(keys[0], keys[len(keys)/2], keys[len(keys)-1])
		i, j := 0, len(keys)-1
		for i <= j {
			for keys[i] < pivot {
				i++
			}
			for keys[j] > pivot {
				j--
			}
			if i <= j {
				keys[i], keys[j] = keys[j], keys[i]
				i, j = i+1, j-1
			}
		}
		switch { // [:j+1] <= pivot, [i:] >= pivot
		case count <= j:
			keys = keys[:j+1]
		case count >= i:
			keys, count = keys[i:], count-i
		default:
			return
		}
	}
}

func middle(a, b, c uint64) uint64 { return max(min(a, b), min(max(a, b), c)) }
