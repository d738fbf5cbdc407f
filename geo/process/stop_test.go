package process_test

import (
	"context"
	"testing"

	"bivouac/geo/process"
)

func TestSearchingEnds(t *testing.T) {
	for _, c := range []struct {
		desc       string
		stop, quit bool
		asker      bool // is gone
	}{
		{"nobody asks", false, false, false},
		{"for the best so far", true, false, false},
		{"the asker leaves", false, true, true},
		{"both", true, true, true},
	} {
		base, leave := context.WithCancel(context.Background())
		ctx, stop := process.Stoppable(base)
		search, end := process.Searching(ctx)
		if c.stop {
			stop()
			stop()
		}
		if c.quit {
			leave()
		}
		if c.stop || c.quit {
			<-search.Done()
		}
		if got := search.Err() != nil; got != (c.stop || c.quit) {
			t.Errorf("%s: the search has ended: %t", c.desc, got)
		}
		if got := ctx.Err() != nil; got != c.asker {
			t.Errorf("%s: the asker is gone: %t", c.desc, got)
		}
		end()
		leave()
	}
	// One that cannot be asked goes on until it is done.
	search, end := process.Searching(context.Background())
	if search.Err() != nil {
		t.Error("a search ended that nobody asked to")
	}
	end()
}
