package watch_test

import (
	"fmt"
	"slices"
	"testing"

	"bivouac/api/watch"
)

func TestSeen(t *testing.T) {
	var s watch.Seen
	ids, turn, moved, all := s.Since(0)
	if len(ids) != 0 || turn != 0 || !all {
		t.Fatalf("nothing is seen yet, and it tells %v, %d, %t", ids, turn, all)
	}
	s.Add("a")
	select {
	case <-moved:
	default:
		t.Error("nobody is told of the first")
	}
	s.Add("b")
	for from, want := range [][]string{{"a", "b"}, {"b"}, {}} {
		if ids, now, _, all := s.Since(from); !slices.Equal(ids, want) || now != 2 || !all {
			t.Errorf("since %d: %v %d %t, want %v", from, ids, now, all, want)
		}
	}
	for i := range 200 {
		s.Add(fmt.Sprint(i))
	}
	if ids, now, _, all := s.Since(2); all || now != 202 || ids[len(ids)-1] != "199" {
		t.Errorf("who was away for long is told %v %d %t", ids, now, all)
	}
}
