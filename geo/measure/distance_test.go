package measure

import (
	"bufio"
	"math"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"

	"bivouac/geo/randtest"

	"github.com/paulmach/orb"
)

// numbers reads a fixture of one row of numbers a line; other words become NaN.
func numbers(t testing.TB, name string) [][]float64 {
	t.Helper()
	f, err := os.Open("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var rows [][]float64
	for s := bufio.NewScanner(f); s.Scan(); {
		var row []float64
		for _, w := range strings.Fields(s.Text()) {
			v, err := strconv.ParseFloat(w, 64)
			if err != nil {
				v = math.NaN()
			}
			row = append(row, v)
		}
		rows = append(rows, row)
	}
	if len(rows) == 0 {
		t.Fatalf("%s is empty", name)
	}
	return rows
}

// anywhere returns a point spread evenly over the globe.
func anywhere(r *rand.Rand) orb.Point {
	return orb.Point{r.Float64()*360 - 180, math.Asin(r.Float64()*2-1) / degree}
}

// turnApart is the size of the angle between two bearings.
func turnApart(a, b float64) float64 { return math.Abs(math.Remainder(a-b, 360)) }

func TestPublished(t *testing.T) {
	for _, c := range []struct {
		desc string
		a, b orb.Point
		want float64
	}{
		{"New York to London", orb.Point{-73.8, 40.6}, orb.Point{-0.5, 51.6}, 5551759.400318678},
		{"Baghdad to Mosul", orb.Point{44.3661, 33.3152}, orb.Point{43.13, 36.34}, 354093.377506282},
		{"nearly opposite, far from the equator", orb.Point{0, -30}, orb.Point{179.8, 29.9}, 19989832.827609532},
		{"nearly opposite", orb.Point{0, 0}, orb.Point{179.5, .5}, 19936288.578965314},
		{"nearly opposite, inside the astroid", orb.Point{0, 0}, orb.Point{179.7, .5}, 19944127.420750458},
	} {
		if got := Distance(c.a, c.b); math.Abs(got-c.want) > 1e-8 {
			t.Errorf("%s: %.9f, want %.9f", c.desc, got, c.want)
		}
	}
}

func TestFixtures(t *testing.T) {
	worst, worstTurn := 0.0, 0.0
	for i, r := range numbers(t, "geodesics.txt") {
		a, b := orb.Point{r[1], r[0]}, orb.Point{r[3], r[2]}
		s, az1, az2 := Inverse(a, b)
		if d := math.Abs(s - r[6]); d > worst {
			worst = d
			if d > 15e-9 {
				t.Errorf("row %d: %v to %v: %.9f, want %.9f", i+1, a, b, s, r[6])
			}
		}
		if r[6] > 19.9e6 && turnApart(r[4], az1) > 1 {
			continue // another of several shortest ones
		}
		// An azimuth is as sharp as the nanometres at the arm of the distance.
		arm := min(s, math.Abs(HalfMeridianMetres-s)+1e-3)
		turn := max(turnApart(r[4], az1), turnApart(r[5], az2)) * degree * min(arm, 6e6)
		if turn > worstTurn {
			worstTurn = turn
			if turn > 100e-9 && s < 19.9e6 {
				t.Errorf("row %d: %v to %v: bearings %.12f %.12f, want %.12f %.12f: %g m", i+1, a, b, az1, az2, r[4], r[5], turn)
			}
		}
	}
	t.Logf("worst distance %.3g m, worst bearing %.3g m at its arm", worst, worstTurn)
}

func TestShortAgainstLong(t *testing.T) {
	r := randtest.New(t, 0)
	worst, worstSide := 0.0, 0.0
	for range 100000 {
		p := anywhere(r)
		if r.IntN(4) == 0 {
			p[1] = math.Copysign(90-math.Pow(10, r.Float64()*9-8), r.Float64()-.5)
		}
		q, _ := Direct(p, r.Float64()*360, math.Pow(10, r.Float64()*9-3.3))
		a, b := newEnd(p[0], p[1]), newEnd(q[0], q[1])
		deg, rest := lonDiff(a.lon, b.lon)
		short, ok := shortArc(&a, &b, deg, rest)
		if !ok {
			continue
		}
		long := longPath(&a, &b, deg, rest)
		if d := math.Abs(short.metres - long.metres); d > worst {
			worst = d
			if d > 10e-9 {
				t.Errorf("%v to %v: %.9f, Karney %.9f", p, q, short.metres, long.metres)
			}
		}
		e1, n1, e2, n2 := short.directions(&a, &b)
		side := max(turnApart(compass(e1, n1), compass(long.east1, long.north1)),
			turnApart(compass(e2, n2), compass(long.east2, long.north2))) * degree * long.metres
		if side > worstSide {
			worstSide = side
			if side > 20e-9 {
				t.Errorf("%v to %v: bearings differ by %g m", p, q, side)
			}
		}
	}
	t.Logf("worst distance %.3g m, worst side %.3g m", worst, worstSide)
}
