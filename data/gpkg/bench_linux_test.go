package gpkg_test

import (
	"fmt"
	"runtime"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/paulmach/orb"

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

// BenchmarkReadBesideEdits counts and finds neighbours among a million records,
// alone and while others edit, and says how much processor time a read takes.
func BenchmarkReadBesideEdits(b *testing.B) {
	const n = 1_000_000
	file, s := benchStore(b, yard, n)
	defer file.Close()
	for _, edits := range []int{0, 100, 1000} {
		b.Run(fmt.Sprintf("edits/%d", edits), func(b *testing.B) {
			stop := make(chan struct{})
			var editing sync.WaitGroup
			if edits > 0 {
				editing.Go(func() {
					pace := time.NewTicker(time.Second / time.Duration(edits))
					defer pace.Stop()
					for turn := 0; ; turn++ {
						select {
						case <-stop:
							return
						case <-pace.C:
							change(b, s, n, turn)
						}
					}
				})
			}
			runtime.LockOSThread()
			defer runtime.UnlockOSThread()
			start, turn := threadTime(b), 0
			for b.Loop() {
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
				turn++
			}
			b.ReportMetric(float64((threadTime(b)-start).Nanoseconds())/float64(b.N), "cpu-ns/op")
			close(stop)
			editing.Wait()
		})
	}
	s.Close()
}
