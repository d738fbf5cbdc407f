package api

import (
	"context"
	"errors"
	"os"
	"testing"
)

// TestArchivesAreMadeOnce: by the first who asks, by the next where that one
// fails, and let go when they are old and nobody reads them.
func TestArchivesAreMadeOnce(t *testing.T) {
	var k archives
	ctx := context.Background()
	made := 0
	build := func() (*os.File, error) {
		made++
		return temporary()
	}
	if _, err := k.get(ctx, "a", func() (*os.File, error) { return nil, errors.New("gone away") }); err == nil {
		t.Error("an archive that could not be made is given")
	}
	first, err := k.get(ctx, "a", build)
	if err != nil {
		t.Fatal(err)
	}
	again, err := k.get(ctx, "a", build)
	if err != nil || again != first || made != 1 {
		t.Errorf("made %d times, %v", made, err)
	}
	k.done(again)
	for _, tag := range []string{"b", "c", "d", "e"} {
		a, err := k.get(ctx, tag, build)
		if err != nil {
			t.Fatal(err)
		}
		k.done(a)
	}
	if _, err := first.file.Stat(); err != nil || !first.old {
		t.Errorf("one that is read is discarded: %v", err)
	}
	k.done(first)
	if _, err := first.file.Stat(); err == nil {
		t.Error("one that is old and read by nobody is still open")
	}
	k.close()
	if len(k.list) != 0 {
		t.Errorf("%d are kept after the end", len(k.list))
	}
}
