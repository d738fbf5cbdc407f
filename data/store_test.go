package data_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"bivouac/data"
	"bivouac/geo"
)

var towns = geo.Schema{Name: "towns", Title: "Towns", Geometry: geo.PointGeometry, Fields: []geo.Field{
	{Name: "name", Kind: geo.KindString, Required: true}, {Name: "people", Kind: geo.KindInt, Least: new(float64)},
}}

func town(id, name string, lon, lat float64) geo.Feature {
	return geo.Feature{SourceID: id, Geometry: orb.Point{lon, lat}, Values: []geo.Value{geo.String(name)}}
}

func add(f geo.Feature) geo.Change { return geo.Change{Collection: "towns", Op: geo.Add, Feature: f} }

func newStore(t *testing.T, features ...geo.Feature) *data.Store {
	t.Helper()
	s := data.New("towns")
	b := geo.Batch{Schemas: []geo.Schema{towns}}
	for _, f := range features {
		b.Changes = append(b.Changes, add(f))
	}
	if _, err := s.Apply(context.Background(), b); err != nil {
		t.Fatal(err)
	}
	return s
}

func rows(t *testing.T, s *data.Store) map[geo.Key]string {
	t.Helper()
	l, err := s.Snapshot().Layer("towns")
	if err != nil {
		t.Fatal(err)
	}
	out := map[geo.Key]string{}
	selected, failed := l.Select(context.Background(), geo.Selection{})
	for row := range selected {
		out[row.Key()] = row.Named("name").Text()
	}
	if err := failed(); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestApplyIsAllOrNothing(t *testing.T) {
	s := newStore(t, town("a", "Gao", 0, 16), town("b", "Kidal", 1, 18))
	before := s.Snapshot()
	for _, c := range []struct {
		desc  string
		batch geo.Batch
		want  geo.Code
	}{
		{"a source id that is taken", geo.Batch{Changes: []geo.Change{add(town("c", "Ber", 0, 0)), add(town("a", "Gao again", 0, 0))}}, geo.Conflict},
		{"the same source id twice", geo.Batch{Changes: []geo.Change{add(town("c", "Ber", 0, 0)), add(town("c", "Ber", 0, 0))}}, geo.Conflict},
		{"an unknown collection", geo.Batch{Changes: []geo.Change{add(town("c", "Ber", 0, 0)), {Collection: "nowhere"}}}, geo.NotFound},
		{"a number below the least", geo.Batch{Changes: []geo.Change{add(geo.Feature{Values: []geo.Value{geo.String("x"), geo.Int(-3)}})}}, geo.Invalid},
		{"a required value is missing", geo.Batch{Changes: []geo.Change{add(geo.Feature{})}}, geo.Invalid},
		{"a line among points", geo.Batch{Changes: []geo.Change{add(geo.Feature{Geometry: orb.LineString{{0, 0}, {1, 1}}, Values: town("", "x", 0, 0).Values})}}, geo.Invalid},
		{"off the earth", geo.Batch{Changes: []geo.Change{add(town("c", "Ber", 0, 91))}}, geo.Invalid},
		{"a class that is none", geo.Batch{Changes: []geo.Change{add(geo.Feature{Class: 9, Values: town("", "x", 0, 0).Values})}}, geo.Invalid},
		{"extra that is no object", geo.Batch{Changes: []geo.Change{add(geo.Feature{Extra: []byte(`[1]`), Values: town("", "x", 0, 0).Values})}}, geo.Invalid},
		{"a stale revision", geo.Batch{Changes: []geo.Change{{Collection: "towns", Op: geo.Remove, Feature: geo.Feature{Key: 1}, IfRev: 9}}}, geo.Precondition},
		{"a collection that cannot be named so", geo.Batch{Schemas: []geo.Schema{{Name: "Two Words"}}}, geo.Invalid},
		{"two fields of one name", geo.Batch{Schemas: []geo.Schema{{Name: "x", Fields: []geo.Field{towns.Fields[0], towns.Fields[0]}}}}, geo.Invalid},
	} {
		if _, err := s.Apply(context.Background(), c.batch); geo.CodeOf(err) != c.want {
			t.Errorf("%s: %v", c.desc, err)
		}
		if s.Snapshot() != before {
			t.Fatalf("%s: something was published", c.desc)
		}
	}
	r, err := s.Apply(context.Background(), geo.Batch{Changes: []geo.Change{add(town("c", "Ber", -2, 16))}})
	if err != nil || r.Version != before.Version+1 {
		t.Fatal(r, err)
	}
	if got := rows(t, s); len(got) != 3 || got[r.Keys[0]] != "Ber" {
		t.Errorf("after failed batches: %v", got)
	}
}

func TestKeysAreNeverReused(t *testing.T) {
	s := newStore(t, town("a", "Gao", 0, 16))
	remove := geo.Change{Collection: "towns", Op: geo.Remove, Feature: geo.Feature{Key: 1}}
	if _, err := s.Apply(context.Background(), geo.Batch{Changes: []geo.Change{remove}}); err != nil {
		t.Fatal(err)
	}
	r, err := s.Apply(context.Background(), geo.Batch{Changes: []geo.Change{add(town("a", "Gao", 0, 16))}})
	if err != nil || r.Keys[0] == 1 {
		t.Errorf("the key %v, %v", r.Keys, err)
	}
}

func TestImportReplacesBySourceID(t *testing.T) {
	s := newStore(t, town("a", "Gao", 0, 16), town("b", "Kidal", 1, 18))
	feed := func(_ context.Context, add func(*geo.Feature) error) error {
		for _, f := range []geo.Feature{town("b", "Kidal, moved", 2, 18), town("c", "Ber", -2, 16)} {
			if err := add(&f); err != nil {
				return err
			}
		}
		again := town("b", "Kidal again", 2, 18)
		if err := add(&again); geo.CodeOf(err) != geo.Conflict {
			t.Errorf("a record that is sent twice: %v", err)
		}
		nameless := geo.Feature{SourceID: "d"}
		if err := add(&nameless); geo.CodeOf(err) != geo.Invalid {
			t.Errorf("a record without its name: %v", err)
		}
		return nil
	}
	if _, err := s.Import(context.Background(), data.Source{Schema: towns, Feed: feed}); err != nil {
		t.Fatal(err)
	}
	got := rows(t, s)
	if len(got) != 3 || got[1] != "Gao" || got[2] != "Kidal, moved" || got[3] != "Ber" {
		t.Errorf("after the import: %v", got)
	}
	// The book of source ids is right afterwards.
	if _, err := s.Apply(context.Background(), geo.Batch{Changes: []geo.Change{add(town("c", "Ber", 0, 0))}}); geo.CodeOf(err) != geo.Conflict {
		t.Errorf("a source id that an import brought: %v", err)
	}
}

func TestFailedImportChangesNothing(t *testing.T) {
	s := newStore(t, town("a", "Gao", 0, 16))
	before := s.Snapshot()
	broken := errors.New("the disk went away")
	_, err := s.Import(context.Background(), data.Source{Schema: towns, Feed: func(_ context.Context, add func(*geo.Feature) error) error {
		f := town("z", "Ber", 0, 0)
		if err := add(&f); err != nil {
			return err
		}
		return broken
	}})
	if !errors.Is(err, broken) || s.Snapshot() != before {
		t.Errorf("%v, version %d", err, s.Snapshot().Version)
	}
}

// TestReadersSeeWholeBatches: every batch moves all towns together, so a
// reader that ever sees two names has seen half of one.
func TestReadersSeeWholeBatches(t *testing.T) {
	const n = 200
	var first []geo.Feature
	for i := range n {
		first = append(first, town(fmt.Sprint(i), "state 0", float64(i)/10, 0))
	}
	s := newStore(t, first...)
	done := make(chan struct{})
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				l, _ := s.Snapshot().Layer("towns")
				names := map[string]int{}
				all, failed := l.Walk(context.Background(), orb.Point{3, 0}, geo.Selection{})
				for row := range all {
					names[row.Named("name").Text()]++
				}
				if failed() != nil || len(names) != 1 {
					t.Errorf("seen together: %v, %v", names, failed())
					return
				}
			}
		})
	}
	for state := 1; state <= 60; state++ {
		var changes []geo.Change
		for i := range n {
			f := town(fmt.Sprint(i), fmt.Sprintf("state %d", state), float64(i)/10, 0)
			f.Key = geo.Key(i + 1)
			changes = append(changes, geo.Change{Collection: "towns", Op: geo.Replace, Feature: f})
		}
		if _, err := s.Apply(context.Background(), geo.Batch{Changes: changes}); err != nil {
			t.Fatal(err)
		}
	}
	close(done)
	readers.Wait()
	if l, _ := s.Snapshot().Layer("towns"); l.Delta() > 1<<14 {
		t.Errorf("%d rows stand outside the base: it was never folded", l.Delta())
	}
}

func TestTimeDoesNotTurnBack(t *testing.T) {
	s := newStore(t, town("a", "Gao", 0, 16))
	late := geo.TimeOf(time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC))
	for _, at := range []geo.Time{late, late - geo.Day} {
		if _, err := s.Apply(context.Background(), geo.Batch{Changes: []geo.Change{add(town("", "x", 0, 0))}, At: at}); err != nil {
			t.Fatal(err)
		}
	}
	snapshot := s.Snapshot()
	if m := snapshot.Changed(geo.Reader{}, snapshot.Layers()...); m.Version != snapshot.Version || m.At != late {
		t.Errorf("the last change was at %v", m.At)
	}
}

func TestDocs(t *testing.T) {
	s := newStore(t)
	put := func(body string) {
		t.Helper()
		d := geo.Doc{Kind: "view", ID: "north", Title: "The north", Body: []byte(body)}
		if _, err := s.Apply(context.Background(), geo.Batch{Docs: []geo.Doc{d}}); err != nil {
			t.Fatal(err)
		}
	}
	put(`{"zoom":5}`)
	put(`{"zoom":6}`)
	if docs := s.Snapshot().Docs("view", geo.Reader{}); len(docs) != 1 || string(docs[0].Body) != `{"zoom":6}` {
		t.Errorf("stored: %+v", docs)
	}
	// One that is meant to be new is not written over another.
	for rev, want := range map[geo.Version]geo.Code{geo.NewDoc: geo.Precondition, 1: geo.Precondition} {
		d := geo.Doc{Kind: "view", ID: "north", Rev: rev, Body: []byte(`{}`)}
		if _, err := s.Apply(context.Background(), geo.Batch{Docs: []geo.Doc{d}}); geo.CodeOf(err) != want {
			t.Errorf("revision %d: %v", rev, err)
		}
	}
	put("")
	if docs := s.Snapshot().Docs("view", geo.Reader{}); len(docs) != 0 {
		t.Errorf("removed: %+v", docs)
	}
}
