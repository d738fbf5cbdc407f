package gpkg_test

import (
	"fmt"
	"runtime"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"bivouac/data"
	"bivouac/geo"
)

// threadTime is the processor time of the thread that asks.
func threadTime(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(1, &u); err != nil { // RUSAGE_THREAD
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// editAtPace moves records so many times a second until it is told to stop,
// and returns when it has.
func editAtPace(b *testing.B, s *data.Store, n, edits int) (stop func()) {
	end := make(chan struct{})
	var editing sync.WaitGroup
	editing.Go(func() {
		pace := time.NewTicker(time.Second / time.Duration(edits))
		defer pace.Stop()
		for turn := 0; ; turn++ {
			select {
			case <-end:
				return
			case <-pace.C:
				change(b, s, n, turn)
			}
		}
	})
	return func() { close(end); editing.Wait() }
}

// read counts what is within 25 km of a place, and finds its ten neighbours.
func read(b *testing.B, s *data.Store, turn int) {
	l, err := s.Snapshot().Layer("yard")
	if err != nil {
		b.Fatal(err)
	}
	at := orb.Point{-12 + float64(turn%17), 10 + float64(turn%15)}
	if _, err := l.CountWithin(ctx, at, 25_000, geo.Selection{}); err != nil {
		b.Fatal(err)
	}
	near, failed := l.Walk(ctx, at, geo.Selection{Limit: 10})
	for range near {
	}
	if err := failed(); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkReadBesideEdits asks a million records, alone and while others edit,
// and says how much processor time a read takes. Edits of another store show
// what the machine itself takes for two busy cores: its caches and collector.
func BenchmarkReadBesideEdits(b *testing.B) {
	const n = 1_000_000
	file, s := benchStore(b, yard, n)
	defer file.Close()
	beside, other := benchStore(b, yard, n)
	defer beside.Close()
	for _, edits := range []int{0, 100, 1000} {
		for where, edited := range map[string]*data.Store{"elsewhere": other, "here": s} {
			b.Run(fmt.Sprintf("edits/%d/%s", edits, where), func(b *testing.B) {
				if edits > 0 {
					defer editAtPace(b, edited, n, edits)()
				}
				runtime.LockOSThread()
				defer runtime.UnlockOSThread()
				start, turn := threadTime(b), 0
				for b.Loop() {
					read(b, s, turn)
					turn++
				}
				b.ReportMetric(float64((threadTime(b)-start).Nanoseconds())/float64(b.N), "cpu-ns/op")
			})
		}
	}
	s.Close()
	other.Close()
}
