package data_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"sync"
	"testing"
	"time"

	"bivouac/data"
	"bivouac/geo"
	"bivouac/geo/layer"
)

// vault keeps nothing but counts, and fails or waits when it is told to.
type vault struct {
	mu     sync.Mutex
	groups [][]geo.Version
	fail   error
	gate   chan struct{} // nil lets everything through
}

func (v *vault) Load(context.Context) (*data.Holdings, error) {
	return &data.Holdings{ID: "test", Keys: map[string]geo.Key{}}, nil
}

func (v *vault) Commit(deeds []*data.Deed) error {
	if v.gate != nil {
		<-v.gate
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.fail != nil {
		return v.fail
	}
	var group []geo.Version
	for _, d := range deeds {
		group = append(group, d.Version)
	}
	v.groups = append(v.groups, group)
	return nil
}

func (v *vault) Intake(*data.Deed, data.Intake, *layer.Layer) error { return v.fail }

func (v *vault) Commits(context.Context, geo.Version, geo.Version) iter.Seq2[geo.Commit, error] {
	return func(func(geo.Commit, error) bool) {}
}
func (v *vault) Edits(context.Context, data.EditQuery) iter.Seq2[geo.Past, error] {
	return func(func(geo.Past, error) bool) {}
}
func (v *vault) DocEdits(context.Context, geo.Version) iter.Seq2[geo.PastDoc, error] {
	return func(func(geo.PastDoc, error) bool) {}
}
func (v *vault) Intakes(context.Context, geo.Version) ([]data.Intake, error) { return nil, nil }
func (v *vault) Schemas(context.Context, geo.Version) ([]geo.Schema, error)  { return nil, nil }
func (v *vault) Marks(context.Context, geo.Version) ([]data.Mark, error)     { return nil, nil }

func openTowns(t *testing.T, v *vault) *data.Store {
	t.Helper()
	s, err := data.Open(context.Background(), v, "towns")
	if err == nil {
		_, err = s.Apply(context.Background(), geo.Batch{Schemas: []geo.Schema{towns}})
	}
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestWhatIsNotDurableIsNotThere: a commit that the disk refuses leaves no
// trace, in what readers see and in the writer's own books.
func TestWhatIsNotDurableIsNotThere(t *testing.T) {
	v := &vault{}
	s := openTowns(t, v)
	before := s.Snapshot()
	v.fail = errors.New("no room")
	if _, err := s.Apply(context.Background(), geo.Batch{Changes: []geo.Change{add(town("a", "Gao", 0, 16))}}); !errors.Is(err, v.fail) {
		t.Fatalf("committed: %v", err)
	}
	feed := func(_ context.Context, add func(*geo.Feature) error) error {
		f := town("b", "Ber", 0, 0)
		return add(&f)
	}
	if _, err := s.Import(context.Background(), data.Source{Schema: towns, Feed: feed}); !errors.Is(err, v.fail) {
		t.Fatalf("imported: %v", err)
	}
	if s.Snapshot() != before {
		t.Fatal("readers see what is not on the disk")
	}
	v.fail = nil
	// The source id is free again, and the next version is the next number.
	r, err := s.Apply(context.Background(), geo.Batch{Changes: []geo.Change{add(town("a", "Gao", 0, 16))}})
	if err != nil || r.Version != before.Version+1 || r.At == 0 {
		t.Errorf("%+v, %v", r, err)
	}
	if got := rows(t, s); len(got) != 1 {
		t.Errorf("%v", got)
	}
}

// TestWaitingChangesAreCommittedTogether: while the disk is busy, requests
// gather; they go into one transaction, each with a Version of its own, and
// one that cannot be made fails alone.
func TestWaitingChangesAreCommittedTogether(t *testing.T) {
	v := &vault{}
	s := openTowns(t, v)
	v.gate = make(chan struct{})
	const n = 20
	var asked sync.WaitGroup
	results := make([]error, n)
	for i := range n {
		asked.Go(func() {
			f := town(fmt.Sprint(i), "x", 0, 0)
			if i%5 == 4 {
				f = geo.Feature{} // a town without a name
			}
			_, results[i] = s.Apply(context.Background(), geo.Batch{Changes: []geo.Change{add(f)}})
		})
	}
	// The first of them is with the disk, which answers when the others had
	// time to come.
	time.Sleep(100 * time.Millisecond)
	close(v.gate)
	asked.Wait()
	for i, err := range results {
		if want := i%5 == 4; (geo.CodeOf(err) == geo.Invalid) != want {
			t.Errorf("request %d: %v", i, err)
		}
	}
	if len(v.groups) > n/2 {
		t.Errorf("%d transactions for %d requests: %v", len(v.groups), n, v.groups)
	}
	last := geo.Version(0)
	for _, group := range v.groups {
		for _, version := range group {
			if last++; version != last {
				t.Errorf("version %d follows %d", version, last-1)
			}
		}
	}
	if got := len(rows(t, s)); got != n-n/5 {
		t.Errorf("%d towns", got)
	}
}

func TestWait(t *testing.T) {
	s := newStore(t)
	now := s.Snapshot().Version
	if err := s.Wait(context.Background(), now-1); err != nil {
		t.Error(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if err := s.Wait(ctx, now); !errors.Is(err, context.Canceled) {
		t.Errorf("a wait that was given up: %v", err)
	}
	woken := make(chan error)
	go func() { woken <- s.Wait(context.Background(), now) }()
	if _, err := s.Apply(context.Background(), geo.Batch{Changes: []geo.Change{add(town("", "x", 0, 0))}}); err != nil {
		t.Fatal(err)
	}
	if err := <-woken; err != nil {
		t.Error(err)
	}
}

func TestSchemasOnlyGrow(t *testing.T) {
	s := newStore(t, town("a", "Gao", 0, 16))
	apply := func(change func(*geo.Schema)) error {
		next := towns
		next.Fields = append([]geo.Field{}, towns.Fields...)
		change(&next)
		_, err := s.Apply(context.Background(), geo.Batch{Schemas: []geo.Schema{next}})
		return err
	}
	for _, c := range []struct {
		desc   string
		change func(*geo.Schema)
		want   geo.Code
	}{
		{"a field less", func(s *geo.Schema) { s.Fields = s.Fields[:1] }, geo.Conflict},
		{"another kind", func(s *geo.Schema) { s.Fields[1].Kind = geo.KindString }, geo.Conflict},
		{"a field more, in front", func(s *geo.Schema) { s.Fields = append([]geo.Field{{Name: "rank", Kind: geo.KindInt}}, s.Fields...) }, ""},
		{"a name of GeoPackage's", func(s *geo.Schema) { s.Name = "gpkg_contents" }, geo.Invalid},
	} {
		if err := apply(c.change); geo.CodeOf(err) != c.want {
			t.Errorf("%s: %v", c.desc, err)
		}
	}
	if got := rows(t, s); got[1] != "Gao" {
		t.Errorf("after the field in front: %v", got)
	}
	// A file that brings a column more adds the field; the others keep theirs.
	more := geo.Schema{Name: "towns", Geometry: geo.PointGeometry, Fields: []geo.Field{{Name: "name", Kind: geo.KindString}, {Name: "river", Kind: geo.KindString}}}
	feed := func(_ context.Context, add func(*geo.Feature) error) error {
		return add(&geo.Feature{SourceID: "z", Values: []geo.Value{geo.String("Ber"), geo.String("Niger")}})
	}
	if _, err := s.Import(context.Background(), data.Source{Schema: more, Feed: feed}); err != nil {
		t.Fatal(err)
	}
	l, _ := s.Snapshot().Layer("towns")
	if got := rows(t, s); len(got) != 2 || got[1] != "Gao" || len(l.Schema().Fields) != 4 {
		t.Errorf("after the import: %v, %d fields", got, len(l.Schema().Fields))
	}
}
