package data_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"bivouac/geo"
)

// TestNext: who follows is led through every Version, and past those that are
// not at hand any more.
func TestNext(t *testing.T) {
	s := newStore(t, town("", "first", 0, 0))
	grow := func(n int) {
		for range n {
			if _, err := s.Apply(context.Background(), geo.Batch{Changes: []geo.Change{add(town("", fmt.Sprint("town ", s.Snapshot().Version+1), 1, 1))}}); err != nil {
				t.Fatal(err)
			}
		}
	}
	next := func(v, want geo.Version) {
		t.Helper()
		snap, err := s.Next(context.Background(), v)
		if err != nil || snap.Version != want {
			t.Fatalf("after %d comes %v, %v; want %d", v, snap, err, want)
		}
		l, err := snap.Layer("towns")
		if err != nil || l.Rows() != int(want) {
			t.Errorf("version %d holds %d towns, %v", want, l.Rows(), err)
		}
	}
	ended, cancel := context.WithTimeout(context.Background(), time.Millisecond)
	defer cancel()
	if _, err := s.Next(ended, 1); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("there is no next one, and it gives %v", err)
	}
	grow(5)
	for v := geo.Version(1); v < 6; v++ {
		next(v, v+1)
	}
	grow(40)
	next(6, 15) // those between are gone
	next(15, 16)
	next(45, 46)
}
