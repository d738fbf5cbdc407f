package route_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo/measure"
	"bivouac/geo/route"
)

func TestTrackLocates(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	for range 300 {
		var line orb.LineString
		p := orb.Point{r.Float64()*360 - 180, r.Float64()*160 - 80}
		for range 2 + r.IntN(30) {
			line = append(line, p)
			p, _ = measure.Direct(p, r.Float64()*90, 100+r.Float64()*30_000)
		}
		track, err := route.NewTrack(line)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := track.Metres(), measure.Length(line); math.Abs(got-want) > 1e-6 {
			t.Fatalf("%v m long, not %v", got, want)
		}
		at := r.Float64() * track.Metres()
		on := track.At(at)
		along, metres, ok := track.Locate(on, 1)
		// A track that turns by less than a right angle comes by a place once.
		if !ok || metres > 1e-3 || math.Abs(along-at) > 1e-2 {
			t.Fatalf("the place at %v m is found at %v, %v m away, %v", at, along, metres, ok)
		}
		off := orb.Point{on[0], on[1] + r.Float64()*0.2 - 0.1}
		target, _ := measure.NewTarget(line)
		want := target.Distance(off)
		along, metres, ok = track.Locate(off, want+1)
		if !ok || math.Abs(metres-want) > 2e-3 || math.Abs(measure.Distance(track.At(along), off)-want) > 2e-2 {
			t.Fatalf("%v is %v m away at %v m (%v), not %v", off, metres, along, ok, want)
		}
		if _, _, ok := track.Locate(off, want-1); want > 1 && ok {
			t.Fatalf("%v is found beyond the radius", off)
		}
	}
}

func TestTrackCuts(t *testing.T) {
	a, b := orb.LineString{{0, 0}, {0, 1}, {0, 2}}, orb.LineString{{1, 0}, {1, 1}}
	track, err := route.NewTrack(a, orb.LineString{{5, 5}}, b)
	if err != nil {
		t.Fatal(err)
	}
	total := 0.0
	for from := 0.0; from < track.Metres(); from += 10_000 {
		for _, p := range track.Cut(from, from+10_000) {
			total += measure.Length(p.Line)
			if math.Abs(measure.Length(p.Line)-(p.To-p.From)) > 1e-6 {
				t.Errorf("the piece from %v to %v is %v long", p.From, p.To, measure.Length(p.Line))
			}
		}
	}
	if math.Abs(total-track.Metres()) > 1e-5 {
		t.Errorf("the pieces have %v m, the track %v", total, track.Metres())
	}
	if got := track.At(measure.Length(a) + measure.Length(b)/2); got[0] != 1 || math.Abs(got[1]-0.5) > 1e-3 {
		t.Errorf("half way on the second line is %v", got)
	}
	if got := track.At(1e9); got != b[1] {
		t.Errorf("beyond the end is %v", got)
	}
	if got := track.At(-1); got != a[0] {
		t.Errorf("before the beginning is %v", got)
	}
	over, err := route.NewTrack(orb.LineString{{179.5, 0}, {-179.5, 0}})
	if err != nil || math.Abs(over.Metres()-111_319.491) > 0.01 {
		t.Errorf("over the date line it is %v m, %v", over.Metres(), err)
	}
	if along, _, ok := over.Locate(orb.Point{-179.75, 0.001}, 200); !ok || math.Abs(along-0.75*over.Metres()) > 0.01 {
		t.Errorf("a place beyond the date line is %v m along, %v", along, ok)
	}
	for _, bad := range [][]orb.LineString{nil, {{{1, 1}}}, {{{1, 1}, {1, 1}}}, {{{1, 1}, {math.NaN(), 1}}}} {
		if _, err := route.NewTrack(bad...); err == nil {
			t.Errorf("%v is a track", bad)
		}
	}
}
