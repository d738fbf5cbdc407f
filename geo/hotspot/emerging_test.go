package hotspot_test

import (
	"context"
	"math"
	"slices"
	"strings"
	"testing"

	"bivouac/geo"
	"bivouac/geo/hotspot"
	"bivouac/geo/stat"
)

// history writes bins as letters: H hot, C cold, a dot neither.
func history(text string) []hotspot.Bin {
	var out []hotspot.Bin
	for _, c := range text {
		switch c {
		case 'H':
			out = append(out, 1)
		case 'C':
			out = append(out, -3)
		default:
			out = append(out, 0)
		}
	}
	return out
}

// TestTruthTable has each row of the table of classify.go, and its edges; each
// is asked of the cold twin too.
func TestTruthTable(t *testing.T) {
	up, down, none := stat.Trend{Z: 2, P: 0.04}, stat.Trend{Z: -2, P: 0.04}, stat.Trend{Z: 1, P: 0.3}
	for _, c := range []struct {
		desc  string
		steps string
		trend stat.Trend
		want  hotspot.Pattern
	}{
		{"hot in all, rising", "HHHHHHHHHH", up, hotspot.IntensifyingHot},
		{"hot in 90 %, rising", ".HHHHHHHHH", up, hotspot.IntensifyingHot},
		{"hot in all, falling", "HHHHHHHHHH", down, hotspot.DiminishingHot},
		{"hot in all, no trend", "HHHHHHHHHH", none, hotspot.PersistentHot},
		{"hot in 90 %, a gap in the middle", "HHHHH.HHHH", none, hotspot.PersistentHot},
		{"hot in 90 %, once cold", "CHHHHHHHHH", none, hotspot.PersistentHot},
		{"a trend at just 90 %", "HHHHHHHHHH", stat.Trend{Z: 1.7, P: 0.10}, hotspot.IntensifyingHot},
		{"no longer hot", "HHHHHHHHH.", none, hotspot.HistoricalHot},
		{"no longer hot, rising", "HHHHHHHHH.", up, hotspot.HistoricalHot},
		{"long ago, hot in 80 %", "HHHHHHHH..", none, hotspot.NoPattern},
		{"hot in the final step alone", ".........H", up, hotspot.NewHot},
		{"new, and cold once", "..C......H", none, hotspot.NewHot},
		{"the two final ones", "........HH", none, hotspot.ConsecutiveHot},
		{"a run of eight", "..HHHHHHHH", up, hotspot.ConsecutiveHot},
		{"a run, and cold once", "CC.....HHH", none, hotspot.ConsecutiveHot},
		{"hot, then hot again", "H........H", none, hotspot.SporadicHot},
		{"hot, and a run at the end", "H......HHH", up, hotspot.SporadicHot},
		{"on and off below 90 %", "HH.HHHH.HH", none, hotspot.SporadicHot},
		{"hot, cold, hot", "H...C....H", none, hotspot.OscillatingHot},
		{"cold, hot, and a run at the end", "C.H....HHH", down, hotspot.OscillatingHot},
		{"never", "..........", up, hotspot.NoPattern},
		{"hot in the middle", "...HHH....", up, hotspot.NoPattern},
		{"cold in 90 %, hot at the end", "CCCCCCCCCH", none, hotspot.NewHot},
	} {
		if got := hotspot.Classify(history(c.steps), c.trend); got != c.want {
			t.Errorf("%s: %s, want %s", c.desc, got, c.want)
		}
		swapped := strings.NewReplacer("H", "C", "C", "H").Replace(c.steps)
		trend := c.trend
		trend.Z = -trend.Z
		want := hotspot.Pattern(strings.Replace(string(c.want), "_hot", "_cold", 1))
		if got := hotspot.Classify(history(swapped), trend); got != want {
			t.Errorf("%s, cold: %s, want %s", c.desc, got, want)
		}
	}
	if got := hotspot.Classify(nil, none); got != hotspot.NoPattern {
		t.Errorf("nothing: %s", got)
	}
}

// TestCubeByDefinition compares with Gi* of a matrix of all steps of all units.
func TestCubeByDefinition(t *testing.T) {
	r := seeded(t)
	const side, steps = 5, 12
	space := lattice(side, side)
	c := hotspot.Cube{Units: side * side, Steps: steps, Values: make([]float64, side*side*steps)}
	for i := range c.Values {
		c.Values[i] = float64(r.IntN(6))
	}
	for _, before := range []int{0, 1, 3} {
		want, err := hotspot.GiStar(c.Values, hotspot.NewNeighbours(inSpaceAndTime(space, steps, before)))
		if err != nil {
			t.Fatal(err)
		}
		got, err := c.GiStar(context.Background(), space, before, silent)
		if err != nil {
			t.Fatal(err)
		}
		for i := range want {
			if math.Abs(got[i]-want[i]) > 1e-9 {
				t.Fatalf("%d before: bin %d has %v, want %v", before, i, got[i], want[i])
			}
		}
	}
}

// inSpaceAndTime lists the neighbours of every step of every unit.
func inSpaceAndTime(space *hotspot.Neighbours, steps, before int) [][]int32 {
	lists := make([][]int32, space.Len()*steps)
	for at := range lists {
		unit, step := at/steps, at%steps
		for b := max(0, step-before); b <= step; b++ {
			if b != step {
				lists[at] = append(lists[at], int32(unit*steps+b))
			}
			for _, j := range space.Of(unit) {
				lists[at] = append(lists[at], j*int32(steps)+int32(b))
			}
		}
	}
	return lists
}

// TestPlantedHistories has a corner that heats up, one that was hot, one that
// is new, and quiet ground, and wants them back.
func TestPlantedHistories(t *testing.T) {
	r := seeded(t)
	const side, steps = 20, 24
	c := hotspot.Cube{Units: side * side, Steps: steps, Values: make([]float64, side*side*steps)}
	plant := func(row, column int, mean func(step int) float64) {
		for y := row; y < row+3; y++ {
			for x := column; x < column+3; x++ {
				for s := range steps {
					c.Values[(y*side+x)*steps+s] += mean(s)
				}
			}
		}
	}
	for i := range c.Values {
		c.Values[i] = float64(r.IntN(3))
	}
	plant(2, 2, func(s int) float64 { return 10 + float64(s) })
	plant(2, 14, func(s int) float64 {
		if s < 22 {
			return 15
		}
		return 0
	})
	plant(14, 2, func(s int) float64 {
		if s == steps-1 {
			return 30
		}
		return 0
	})
	plant(14, 14, func(s int) float64 {
		if s >= steps-4 {
			return 20
		}
		return 0
	})
	z, err := c.GiStar(context.Background(), lattice(side, side), 0, silent)
	if err != nil {
		t.Fatal(err)
	}
	found := c.Emerge(z, true)
	for _, p := range []struct {
		row, column int
		want        hotspot.Pattern
	}{
		{3, 3, hotspot.IntensifyingHot}, {3, 15, hotspot.HistoricalHot}, {15, 3, hotspot.NewHot}, {15, 15, hotspot.ConsecutiveHot}, {9, 9, hotspot.NoPattern},
	} {
		if got := found[p.row*side+p.column]; got.Pattern != p.want {
			t.Errorf("%d %d: %s, want %s: %v", p.row, p.column, got.Pattern, p.want, got.Bins)
		}
	}
}

func TestStepsOf(t *testing.T) {
	s, err := hotspot.StepsOf(0, 105*geo.Day, 10*geo.Day)
	if err != nil || s.Count != 10 || s.From != 5*geo.Day || s.Start(10) != 105*geo.Day {
		t.Errorf("%+v, %v", s, err)
	}
	for _, c := range []struct {
		desc string
		at   geo.Time
		want int
		in   bool
	}{
		{"too early", 5*geo.Day - 1, 0, false}, {"the first moment", 5 * geo.Day, 0, true}, {"the last of the first", 15*geo.Day - 1, 0, true},
		{"the first of the second", 15 * geo.Day, 1, true}, {"the last", 105*geo.Day - 1, 9, true}, {"the end", 105 * geo.Day, 10, false},
	} {
		if got, in := s.Of(c.at); in != c.in || in && got != c.want {
			t.Errorf("%s: %d, %v", c.desc, got, in)
		}
	}
	for _, c := range []struct{ to, step geo.Time }{{95 * geo.Day, 10 * geo.Day}, {100 * geo.Day, 0}, {0, geo.Day}, {1e6 * geo.Day, geo.Second}} {
		if s, err := hotspot.StepsOf(0, c.to, c.step); err == nil {
			t.Errorf("%v by %v: %+v", c.to, c.step, s)
		}
	}
	var got []float64
	for _, days := range []geo.Time{10, 25, 200, 730, 20_000} {
		got = append(got, hotspot.Suggest(0, days*geo.Day))
	}
	if want := []float64{1, 1, 7, 30, 365}; !slices.Equal(got, want) {
		t.Errorf("steps of %v, want %v", got, want)
	}
}
