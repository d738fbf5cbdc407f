package indicator

import (
	"testing"
	"time"

	"bivouac/geo"
)

// TestPeriodsTile wants each period to begin where it says, to hold its first
// and its last moment, and the next to begin where it ends, before 1970 too.
func TestPeriodsTile(t *testing.T) {
	for _, p := range []Period{Day, Week, Month, Quarter, Year} {
		for year := -10; year < 3000; year += 7 {
			for _, month := range []time.Month{1, 2, 3, 12} {
				at := geo.TimeOf(time.Date(year, month, 28, 23, 59, 59, 999_999_000, time.UTC))
				n := p.number(at)
				start, next := p.start(n), p.start(n+1)
				if at < start || at >= next || p.number(start) != n || p.number(next-1) != n || p.number(next) != n+1 {
					t.Fatalf("%s of %v: number %d from %v to %v", p, at, n, start, next)
				}
				begins := start.Std()
				if h, m, s := begins.Clock(); h+m+s != 0 {
					t.Fatalf("%s begins at %v", p, start)
				}
				if !beginsRight(p, begins) {
					t.Fatalf("a %s begins on %v", p, start)
				}
			}
		}
	}
}

func beginsRight(p Period, t time.Time) bool {
	switch p {
	case Week:
		return t.Weekday() == time.Monday
	case Month:
		return t.Day() == 1
	case Quarter:
		return t.Day() == 1 && t.Month()%3 == 1
	case Year:
		return t.YearDay() == 1
	}
	return true
}

// TestWindowGrowsToBothSides shows periods in an order that makes it grow down,
// up and by much at once.
func TestWindowGrowsToBothSides(t *testing.T) {
	w := window{period: Day}
	days := []geo.Time{100, 101, 99, 98, 90, 130, -40, 131, 100, -41}
	want := map[geo.Time]int{}
	for _, d := range days {
		f, err := w.at(d * geo.Day)
		if err != nil {
			t.Fatal(err)
		}
		f.Count++
		want[d*geo.Day]++
	}
	got := w.figures(geo.Interval{})
	if len(got) != 131+41+1 {
		t.Fatalf("%d days from -41 to 131", len(got))
	}
	for _, p := range got {
		if p.Count != want[p.Start] || p.End-p.Start != geo.Day {
			t.Errorf("%v to %v: %d, want %d", p.Start, p.End, p.Count, want[p.Start])
		}
	}
}
