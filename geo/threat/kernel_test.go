package threat_test

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"bivouac/geo"
	"bivouac/geo/threat"
)

func roads(t testing.TB, from, to []int32, metres []float64) *threat.Roads {
	t.Helper()
	r, err := threat.NewRoads(from, to, metres)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// cross is four arms of length 5 that meet in node 0.
func cross(t testing.TB) *threat.Roads {
	return roads(t, []int32{0, 0, 0, 0}, []int32{1, 2, 3, 4}, []float64{5, 5, 5, 5})
}

func density(t testing.TB, r *threat.Roads, k threat.Kernel, events []threat.Spot, bandwidth, lixel float64) *threat.Lixels {
	t.Helper()
	l, err := r.Density(context.Background(), k, events, nil, bandwidth, lixel)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// TestCross has the values of spNetwork's cross (JeremyGelb/spNetwork): an
// event 3 from the junction, bandwidth 10. Lixels are so short that their mean
// is the value at a place.
func TestCross(t *testing.T) {
	const lixel, perArm = 1e-5, 500_000
	for _, c := range []struct {
		kernel  threat.Kernel
		segment int32
		metres  float64
		want    float64
	}{
		{threat.Simple, 0, 0, 0.077634375},
		{threat.Simple, 1, 0, 0.077634375},
		{threat.Simple, 1, 1, 0.06615},
		{threat.Discontinuous, 1, 1, 0.02205},
		{threat.Continuous, 1, 1, 0.033075},
		{threat.Continuous, 0, 1, 0.053325},
	} {
		l := density(t, cross(t), c.kernel, []threat.Spot{{Segment: 0, Metres: 3}}, 10, lixel)
		i := int(c.segment)*perArm + int(math.Round(c.metres/lixel))
		got := l.Density[i]
		if c.metres > 0 {
			got = (l.Density[i-1] + l.Density[i]) / 2
		}
		if math.Abs(got-c.want) > 2e-7 {
			t.Errorf("%s, %v along arm %d: %v, want %v", c.kernel, c.metres, c.segment, got, c.want)
		}
	}
}

func total(r *threat.Lixels, metres []float64) (sum float64) {
	for s := range metres {
		n := r.Of(int32(s))
		for i := range n {
			sum += r.Density[int(r.First[s])+i] * metres[s] / float64(n)
		}
	}
	return sum
}

// TestDensitiesAddUp spreads events over random networks with loops and short
// segments: where no road ends, what discontinuous and continuous kernels
// spread is what there was, and nowhere is it more.
func TestDensitiesAddUp(t *testing.T) {
	const seed = 3
	random := rand.New(rand.NewPCG(seed, 0))
	whole := 0
	for world := range 200 {
		const nodes = 12
		var from, to []int32
		var metres []float64
		for n := range int32(nodes) {
			for range 1 + random.IntN(3) {
				from, to, metres = append(from, n), append(to, random.Int32N(nodes)), append(metres, 20+80*random.Float64())
			}
		}
		r := roads(t, from, to, metres)
		events := []threat.Spot{{Segment: 0, Metres: metres[0] * random.Float64()}, {Segment: 5, Metres: 0}}
		for _, kernel := range []threat.Kernel{threat.Continuous, threat.Discontinuous} {
			got := total(density(t, r, kernel, events, 150, 7), metres)
			if got > 2+1e-6 || deadEnds(from, to) == 0 && math.Abs(got-2) > 1e-6 {
				t.Errorf("seed %d, world %d: %s adds up to %v", seed, world, kernel, got)
			}
		}
		if deadEnds(from, to) == 0 {
			whole++
		}
	}
	if whole < 50 {
		t.Errorf("seed %d: only %d worlds have no dead end", seed, whole)
	}
}

func deadEnds(from, to []int32) (n int) {
	degree := map[int32]int{}
	for s := range from {
		degree[from[s]]++
		degree[to[s]]++
	}
	for _, d := range degree {
		if d == 1 {
			n++
		}
	}
	return n
}

// TestContinuousHasNoSteps looks at both sides of every junction.
func TestContinuousHasNoSteps(t *testing.T) {
	const lixel = 1e-3
	from, to, metres := []int32{0, 0, 0, 1, 2}, []int32{1, 2, 3, 2, 4}, []float64{3, 4, 5, 6, 2}
	l := density(t, roads(t, from, to, metres), threat.Continuous, []threat.Spot{{Segment: 0, Metres: 1}, {Segment: 4, Metres: 0.5}}, 9, lixel)
	sides := map[int32][]float64{}
	for s := range int32(len(metres)) {
		sides[from[s]] = append(sides[from[s]], l.Density[l.First[s]])
		sides[to[s]] = append(sides[to[s]], l.Density[l.First[s+1]-1])
	}
	for node, values := range sides {
		for _, v := range values {
			if math.Abs(v-values[0]) > 3e-3*values[0] {
				t.Errorf("node %d: %v", node, values)
			}
		}
	}
}

// TestSimpleIsTheShortestWay compares with the distance by all ways about: a
// long bend beside a short road is reached by the road.
func TestSimpleIsTheShortestWay(t *testing.T) {
	// 0 to 1 by a bend of 100 and a road of 10; the event is in the bend, 5 before its end.
	r := roads(t, []int32{0, 0}, []int32{1, 1}, []float64{100, 10})
	l := density(t, r, threat.Simple, []threat.Spot{{Segment: 0, Metres: 95}}, 60, 1e-3)
	for _, c := range []struct{ metres, distance float64 }{{95, 0}, {60, 35}, {10, 25}, {40, 55}, {42, 53}, {35, 50}, {45, 50}} {
		i := int(c.metres / 1e-3)
		u := c.distance / 60
		want := 15.0 / 16 * (1 - u*u) * (1 - u*u) / 60
		if got := l.Density[i]; math.Abs(got-want) > 1e-4*want+1e-7 {
			t.Errorf("%v along: %v, want %v", c.metres, got, want)
		}
	}
}

func TestBadDensities(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	r := cross(t)
	event := []threat.Spot{{Segment: 0, Metres: 3}}
	for _, c := range []struct {
		desc             string
		ctx              context.Context
		bandwidth, lixel float64
		where            string
	}{
		{"no bandwidth", context.Background(), 0, 1, "bandwidth_m"},
		{"below nothing", context.Background(), -1, 1, "bandwidth_m"},
		{"no number", context.Background(), math.NaN(), 1, "bandwidth_m"},
		{"no lixel", context.Background(), 1, 0, "lixel_m"},
		{"too many lixels", context.Background(), 1, 1e-6, "lixel_m"},
	} {
		_, err := r.Density(c.ctx, threat.Continuous, event, nil, c.bandwidth, c.lixel)
		var bad *geo.Error
		if !errors.As(err, &bad) || bad.Where != c.where {
			t.Errorf("%s: %v", c.desc, err)
		}
	}
	var from, to []int32
	var metres []float64
	for s := range int32(40) {
		from, to, metres = append(from, s%9), append(to, s*7%9), append(metres, 10+math.Sqrt(float64(s)))
	}
	_, err := roads(t, from, to, metres).Density(context.Background(), threat.Continuous, event, nil, 1000, 1)
	if geo.CodeOf(err) != geo.TooLarge {
		t.Errorf("more ways than can be followed: %v", err)
	}
	if _, err := r.Density(ctx, threat.Simple, event, nil, 1, 1); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if _, err := threat.NewRoads([]int32{0}, []int32{1}, []float64{0}); err == nil {
		t.Error("a segment without a length")
	}
	if _, err := threat.NewRoads([]int32{0}, nil, []float64{1}); err == nil {
		t.Error("an end that is missing")
	}
}
