package gpkg_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/data"
	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/randtest"
)

// random changes a store at random, and remembers every state.
type random struct {
	t      testing.TB
	r      *rand.Rand
	s      *data.Store
	states map[geo.Version]map[string]string
}

func newRandom(t testing.TB, s *data.Store) *random {
	t.Helper()
	seed := randtest.Seed(t)
	r := &random{t, rand.New(rand.NewPCG(seed, 1)), s, map[geo.Version]map[string]string{}}
	r.remember()
	return r
}

func (r *random) remember() {
	snap := r.s.Snapshot()
	r.states[snap.Version] = dump(r.t, snap)
}

// keys returns the records of a collection that are there.
func keys(snap *layer.Snapshot, collection string) (out []geo.Key) {
	l, err := snap.Layer(collection)
	if err == nil {
		_ = l.EachByKey(func(r geo.Row) error {
			out = append(out, r.Key())
			return nil
		})
	}
	return out
}

func (r *random) feature() geo.Feature {
	f := geo.Feature{Class: geo.Class(r.r.IntN(3)), Mission: []string{"", "A", "B"}[r.r.IntN(3)]}
	if r.r.IntN(5) > 0 {
		f.Geometry = orb.Point{360*r.r.Float64() - 180, 180*r.r.Float64() - 90}
	}
	if r.r.IntN(9) == 0 {
		f.Geometry = orb.MultiPoint{{1, 2}, {3, 4}}
	}
	f.Values = []geo.Value{geo.Int(r.r.Int64())}
	return f
}

// step makes one commit.
func (r *random) step() {
	defer r.remember()
	snap := r.s.Snapshot()
	switch have := keys(snap, "bare"); {
	case r.r.IntN(12) == 0:
		r.load()
	case r.r.IntN(10) == 0:
		d := geo.Doc{Kind: "view", ID: fmt.Sprint(r.r.IntN(3)), Body: []byte(fmt.Sprint(r.r.IntN(9)))}
		apply(r.t, r.s, geo.Batch{Docs: []geo.Doc{d}})
	default:
		b := geo.Batch{Author: "random", Reason: fmt.Sprint(snap.Version)}
		for range 1 + r.r.IntN(3) {
			c := add("bare", r.feature())
			if r.r.IntN(3) > 0 && len(have) > 0 {
				i := r.r.IntN(len(have))
				c.Op, c.Feature.Key = []geo.Op{geo.Replace, geo.Replace, geo.Remove}[r.r.IntN(3)], have[i]
				if c.Op == geo.Remove {
					have = append(have[:i:i], have[i+1:]...)
				}
			}
			b.Changes = append(b.Changes, c)
		}
		apply(r.t, r.s, b)
	}
}

// load imports a few records, some of which are there already.
func (r *random) load() {
	_, err := r.s.Import(ctx, importOf(bare, func(add func(*geo.Feature) error) error {
		first := r.r.IntN(20)
		for i := range 5 {
			f := r.feature()
			f.SourceID = fmt.Sprint("s", first+i)
			if err := add(&f); err != nil {
				return err
			}
		}
		return nil
	}))
	if err != nil {
		r.t.Fatal(err)
	}
}

func importOf(s geo.Schema, feed func(add func(*geo.Feature) error) error) data.Source {
	return data.Source{Schema: s, Author: "random", Feed: func(_ context.Context, add func(*geo.Feature) error) error { return feed(add) }}
}

// TestEveryStateComesBack: what the store was at a Version can be asked for
// ever after, also when it was closed since.
func TestEveryStateComesBack(t *testing.T) {
	file, s := create(t)
	r := newRandom(t, s)
	for range 120 {
		r.step()
	}
	for range 2 {
		for v, want := range r.states {
			snap, err := r.s.AsOf(ctx, v)
			if err != nil {
				t.Fatal(err)
			}
			same(t, fmt.Sprint("version ", v), dump(t, snap), want)
			if snap.Version != v {
				t.Errorf("version %d calls itself %d", v, snap.Version)
			}
		}
		file, r.s = reopen(t, file, r.s)
	}
	file.Close()
}

// records is a dump without what an undo does change: revisions, the
// versions that changed something, and the order of documents.
func records(t testing.TB, snap *layer.Snapshot) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, l := range snap.Layers() {
		_ = l.Each(func(r geo.Row) error {
			f := r.Feature()
			out[fmt.Sprintf("%s/%d", l.Schema().Name, f.Key)] = fmt.Sprint(f.SourceID, geo.Geometry(f.Geometry), f.Z, geo.List(f.Values...), string(f.Extra), f.Valid, f.Class, f.Mission)
			return nil
		})
	}
	for _, d := range snap.AllDocs() {
		out["doc "+d.ID] = string(d.Body)
	}
	return out
}

// TestUndoOfEverythingGivesTheFirstState takes back all commits, the last one
// first, and then all of the undoing.
func TestUndoOfEverythingGivesTheFirstState(t *testing.T) {
	file, s := create(t)
	defer file.Close()
	r := newRandom(t, s)
	first := records(t, s.Snapshot())
	begun := s.Snapshot().Version
	for range 60 {
		r.step()
	}
	worked := records(t, s.Snapshot())
	var undone []geo.Version
	for v := s.Snapshot().Version; v > begun; v-- {
		receipt, err := s.Undo(ctx, v, everyone, "ana", "all back")
		if geo.CodeOf(err) == geo.NotFound {
			continue // an import that brought nothing new to undo
		}
		if err != nil {
			t.Fatalf("undo of %d: %v", v, err)
		}
		undone = append(undone, receipt.Version)
	}
	same(t, "all undone", records(t, s.Snapshot()), first)
	for i := len(undone) - 1; i >= 0; i-- {
		if _, err := s.Undo(ctx, undone[i], everyone, "ana", ""); err != nil {
			t.Fatalf("undo of the undo %d: %v", undone[i], err)
		}
	}
	same(t, "all done again", records(t, s.Snapshot()), worked)
}

func TestUndoWhereOthersBuiltOnIt(t *testing.T) {
	file, s := create(t)
	defer file.Close()
	added := apply(t, s, geo.Batch{Author: "ana", Changes: []geo.Change{add("bare", geo.Feature{Values: []geo.Value{geo.Int(1)}}), add("bare", geo.Feature{})}})
	key := added.Keys[0]
	apply(t, s, geo.Batch{Author: "bob", Changes: []geo.Change{{Collection: "bare", Op: geo.Replace, Feature: geo.Feature{Key: key, Values: []geo.Value{geo.Int(2)}}}}})
	before := s.Snapshot()
	_, err := s.Undo(ctx, added.Version, everyone, "ana", "")
	e, ok := err.(*geo.Error)
	if !ok || e.Code != geo.Conflict || len(e.Clashes) != 1 {
		t.Fatalf("undone, or refused without its clash: %+v", err)
	}
	if c := e.Clashes[0]; c.Key != key || c.Yours != nil || c.Theirs == nil || c.Theirs.Value(0).Int() != 2 {
		t.Errorf("the clash is %+v", c)
	}
	if s.Snapshot() != before {
		t.Error("something was undone all the same")
	}
}

func TestHistoryOfARecord(t *testing.T) {
	file, s := create(t)
	f := geo.Feature{SourceID: "x", Values: []geo.Value{geo.Int(1)}}
	if _, err := s.Import(ctx, importOf(bare, func(add func(*geo.Feature) error) error { return add(&f) })); err != nil {
		t.Fatal(err)
	}
	for i, class := range []geo.Class{geo.Unclassified, geo.Confidential, geo.Confidential, geo.Unclassified} {
		apply(t, s, geo.Batch{Author: "ana", Reason: fmt.Sprint("turn ", i), Changes: []geo.Change{
			{Collection: "bare", Op: geo.Replace, Feature: geo.Feature{Key: 1, SourceID: "x", Class: class, Values: []geo.Value{geo.Int(int64(i + 2))}}},
		}})
	}
	apply(t, s, geo.Batch{Author: "bob", Changes: []geo.Change{{Collection: "bare", Op: geo.Remove, Feature: geo.Feature{Key: 1}}}})
	file, s = reopen(t, file, s)
	defer file.Close()
	for _, c := range []struct {
		desc   string
		reader geo.Reader
		want   string
	}{
		{"all of it", everyone, "bob:5>- ana:4>5 ana:3>4 ana:2>3 ana:1>2 random:->1 "},
		{"it was out of sight for a while", geo.Reader{}, "bob:5>- ana:->5 ana:2>- ana:1>2 random:->1 "},
	} {
		all, err := s.History(ctx, "bare", 1, c.reader)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, p := range all {
			got += p.Author + ":" + number(p.Before) + ">" + number(p.After) + " "
		}
		if got != c.want {
			t.Errorf("%s: %s, want %s", c.desc, got, c.want)
		}
	}
	if _, err := s.History(ctx, "bare", 99, everyone); geo.CodeOf(err) != geo.NotFound {
		t.Errorf("the history of a record that never was: %v", err)
	}
}

func number(f *geo.Feature) string {
	if f == nil {
		return "-"
	}
	return fmt.Sprint(f.Value(0).Int())
}

// TestCommitsAsSeen: a commit of which a reader sees nothing does not exist
// for it.
func TestCommitsAsSeen(t *testing.T) {
	file, s := create(t)
	defer file.Close()
	apply(t, s, geo.Batch{Author: "ana", Reason: "both", Changes: []geo.Change{add("bare", geo.Feature{}), add("bare", geo.Feature{Class: geo.Confidential})}})
	apply(t, s, geo.Batch{Author: "ana", Reason: "secret", Changes: []geo.Change{add("bare", geo.Feature{Class: geo.Confidential})}})
	apply(t, s, geo.Batch{Author: "ana", Reason: "of another mission", Changes: []geo.Change{add("bare", geo.Feature{Mission: "UNMISS"})}})
	for _, c := range []struct {
		desc   string
		reader geo.Reader
		want   string
	}{
		{"all", everyone, "of another mission 1, secret 1, both 2, begin 0, "},
		{"unclassified", geo.Reader{}, "of another mission 1, both 1, begin 0, "},
		{"one mission", geo.Reader{Missions: []string{"MINUSMA"}}, "both 1, begin 0, "},
	} {
		all, err := s.Commits(ctx, c.reader, 0, 0, 10)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, commit := range all {
			n := 0
			for _, touch := range commit.Touches {
				n += touch.Added + touch.Replaced + touch.Removed
			}
			got += fmt.Sprintf("%s %d, ", commit.Reason, n)
		}
		if got != c.want {
			t.Errorf("%s: %s", c.desc, got)
		}
	}
	if got, err := s.Commits(ctx, everyone, 1, 3, 1); err != nil || len(got) != 1 || got[0].Version != 3 {
		t.Errorf("commits after 1 up to 3, at most one: %+v, %v", got, err)
	}
}
