package main

import (
	"context"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"bivouac/api"
	"bivouac/api/auth"
	"bivouac/data"
	"bivouac/data/schema"
	"bivouac/geo"
)

// stage is one of two worlds, in which the story is played: with the secrets,
// or without them.
type stage struct {
	t        *testing.T
	ward     *ward
	with     bool
	world    *world
	server   *api.Server
	end      func()                 // of the watch
	hours    int                    // by which the clock is ahead
	keys     map[string]geo.Key     // of records by name, the same in every collection
	names    map[geo.Key]string     // the other way
	steps    map[string]geo.Version // by reason, the last of each
	low      string                 // the ward's token
	high     string                 // that of one who sees all
	learned  int                    // records that were added over HTTP
	invented geo.Key                // records of the other world that were given keys here
}

// storyBegins is when the clock of both worlds starts.
var storyBegins = time.Date(2040, 1, 1, 0, 0, 0, 0, time.UTC)

// twoWorlds plays the story with and without its secrets. Both worlds begin as
// copies of one file, so that their store ids are the same, and with them every
// tag that does not tell of a key.
func twoWorlds(t *testing.T, w *ward) (with, without *stage) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "common.gpkg")
	first := openStage(t, w, path)
	first.low, first.high = first.grant("lower", geo.Editor, w.reader), first.grant("all", geo.Administrator, everything)
	first.play(beginning())
	first.filler()
	first.rules()
	first.close()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	both := [2]*stage{}
	for i := range both {
		path := filepath.Join(t.TempDir(), "world.gpkg")
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		s := openStage(t, w, path)
		s.low, s.high, s.with, s.hours, s.steps = first.low, first.high, i == 0, first.hours, maps.Clone(first.steps)
		s.look()
		for _, step := range story() {
			s.play(step)
		}
		s.serve()
		t.Cleanup(s.close)
		both[i] = s
	}
	both[1].invent(both[0])
	return both[0], both[1]
}

var everything = geo.Reader{Ceiling: geo.StrictlyConfidential}

func openStage(t *testing.T, w *ward, path string) *stage {
	t.Helper()
	s := &stage{t: t, ward: w, keys: map[string]geo.Key{}, names: map[geo.Key]string{}, steps: map[string]geo.Version{}}
	var err error
	if s.world, err = openStore(context.Background(), console{io.Discard, io.Discard}, path); err != nil {
		t.Fatal(err)
	}
	s.world.description = "A store." // where its file is differs
	s.world.store.SetClock(func() time.Time { return storyBegins.Add(time.Duration(s.hours) * time.Hour) })
	return s
}

// serve answers as the command does.
func (s *stage) serve() {
	var err error
	if s.server, err = (serveCmd{Log: "none"}).server(s.world, geo.Reader{}, nil, io.Discard); err != nil {
		s.t.Fatal(err)
	}
	s.end = s.server.WatchChanges()
}

// settle waits until the rules of alerts were asked of all that stands.
func (s *stage) settle() {
	s.t.Helper()
	for range 4000 {
		if s.server.AlertsUpTo() == s.world.store.Snapshot().Version {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	s.t.Fatalf("the rules were asked up to version %d alone", s.server.AlertsUpTo())
}

// rules writes rules of every mark, those of secret ones planted.
func (s *stage) rules() {
	var b geo.Batch
	for i, m := range append(slices.Clone(s.ward.open), s.ward.secret...) {
		word := ""
		if i >= len(s.ward.open) {
			word = planted + " "
		}
		for j, body := range []string{
			`{"collection":"incidents"}`, `{"collection":"incidents","near":{"collection":"bases","radius_m":400000},"severity":"high"}`,
			`{"collection":"incidents","threshold":{"least":2,"days":3000,"within_m":900000},"severity":"critical"}`, `{"collection":"incidents","threshold":{"least":5,"days":400,"sum":"killed"}}`,
		} {
			b.Docs = append(b.Docs, geo.Doc{Kind: "alert-rule", ID: fmt.Sprintf("rule-%d-%d", i, j), Title: fmt.Sprint(word, "rule ", i, j), Class: m.class, Mission: m.mission, Body: []byte(body)})
		}
	}
	what := []byte(`{"changes":[{"act":"open","to":{"type":"Point","coordinates":[2,12]},"fields":{"name":"new","military":100,"hub":"open-0"},"on":"2040-01-01"},{"act":"add_asset","into":-1,"fields":{"type":"helicopter","cruise_kmh":200,"notice_day_min":10}}]}`)
	hidden := s.ward.secret[0]
	b.Docs = append(b.Docs, geo.Doc{Kind: "scenario", ID: "what-if", Title: "What if", Body: what}, geo.Doc{Kind: "scenario", ID: "hidden-if", Title: planted, Class: hidden.class, Mission: hidden.mission, Body: what})
	if _, err := s.world.store.Apply(context.Background(), b); err != nil {
		s.t.Fatal(err)
	}
}

func (s *stage) close() {
	if s.end != nil {
		s.end()
	}
	if err := s.world.close(); err != nil {
		s.t.Error(err)
	}
}

// grant lets somebody in, and returns the token.
func (s *stage) grant(name string, rank geo.Rank, r geo.Reader) string {
	token, id, hash := auth.Mint()
	if err := s.world.file.AddGrant(&geo.Grant{ID: id, Name: name, Hash: hash, Rank: rank, Reader: r}, "test"); err != nil {
		s.t.Fatal(err)
	}
	return token
}

// play commits a step, which is one Version in both worlds, or for an import
// one a collection.
func (s *stage) play(p step) {
	s.t.Helper()
	s.hours++
	var err error
	switch {
	case p.undoes > 0:
		// Where the step was left out, its filler is undone.
		v := s.world.store.Snapshot().Version + 1 - geo.Version(p.undoes)
		_, err = s.world.store.Undo(context.Background(), v, everything, "author", p.reason)
	case p.imported:
		err = s.importAll(p)
	default:
		err = s.commit(p)
	}
	if err != nil {
		s.t.Fatalf("%s: %v", p.reason, err)
	}
	s.steps[p.reason] = s.world.store.Snapshot().Version
	s.look()
}

func (s *stage) commit(p step) error {
	b := geo.Batch{Author: "author", Reason: p.reason}
	schemas := schema.Builtin()
	for i, a := range p.acts {
		source := a.name
		if p.borrowed {
			if source = p.acts[1].name; i == 1 {
				break
			}
		}
		for j := range schemas {
			if c, some := s.change(&schemas[j], a, source); some {
				b.Changes = append(b.Changes, c)
			}
		}
		if d, some := s.document(a); some {
			b.Docs = append(b.Docs, d)
		}
	}
	if len(b.Changes) == 0 {
		s.filler()
		return nil
	}
	_, err := s.world.store.Apply(context.Background(), b)
	return err
}

// filler takes the place of a Batch of which nothing is left without the
// secrets, since the number of Versions is no secret. It writes a document
// that the ward cannot see and that both worlds had before the story, so that
// nothing that was planted and no record stands for what was left out.
func (s *stage) filler() {
	d := paper("filler", fmt.Sprint("hour ", s.hours), s.ward.secret[0])
	d.Kind = "filler"
	if _, err := s.world.store.Apply(context.Background(), geo.Batch{Author: "author", Docs: []geo.Doc{d}}); err != nil {
		s.t.Fatal(err)
	}
}

// plays says what becomes of an act in this world.
func (s *stage) plays(a act) (m mark, gone, some bool) {
	switch a.kind {
	case put:
		return s.ward.open[a.mark%len(s.ward.open)], false, true
	case drop:
		return mark{}, true, true
	case raise:
		return s.ward.secret[a.mark%len(s.ward.secret)], !s.with, true
	case pull:
		return mark{}, true, s.with
	}
	return s.ward.secret[a.mark%len(s.ward.secret)], false, s.with
}

func (s *stage) change(to *geo.Schema, a act, source string) (geo.Change, bool) {
	m, gone, some := s.plays(a)
	c := geo.Change{Collection: to.Name}
	if gone {
		c.Op, c.Feature.Key = geo.Remove, s.keys[a.name]
		return c, some
	}
	c.Feature = record(to, a.name, source, a.text, m)
	if key, known := s.keys[a.name]; known {
		c.Op, c.Feature.Key = geo.Replace, key
	}
	return c, some
}

func (s *stage) document(a act) (geo.Doc, bool) {
	m, gone, some := s.plays(a)
	if gone {
		return paper(a.name, "", m), some
	}
	return paper(a.name, a.text, m), some
}

// importAll imports the rows of the acts into every collection.
func (s *stage) importAll(p step) error {
	for _, to := range schema.Builtin() {
		feed := func(_ context.Context, add func(*geo.Feature) error) error {
			for _, a := range p.acts {
				m, _, some := s.plays(a)
				if !some {
					continue
				}
				f := record(&to, a.name, a.name, a.text, m)
				if err := add(&f); err != nil {
					return err
				}
			}
			return nil
		}
		if _, err := s.world.store.Import(context.Background(), data.Source{Schema: to, Feed: feed, Author: "author", Reason: p.reason}); err != nil {
			return err
		}
	}
	return nil
}

// look learns the keys of the records, which a record's own name tells, and
// holds every collection to the same ones.
func (s *stage) look() {
	s.t.Helper()
	for _, l := range s.world.store.Snapshot().Layers() {
		err := l.Each(func(r geo.Row) error {
			var name string
			f := r.Feature()
			if _, err := fmt.Sscanf(string(f.Extra), `{"record":%q}`, &name); err != nil {
				return err
			}
			if key, known := s.keys[name]; known && key != r.Key() {
				return fmt.Errorf("%s has the key %d in %s, and %d in another collection", name, r.Key(), l.Schema().Name, key)
			}
			s.keys[name], s.names[r.Key()] = r.Key(), name
			return nil
		})
		if err != nil {
			s.t.Fatal(err)
		}
	}
}

// invent gives keys that never were to the records which only the other world
// has, so that both can be asked for them.
func (s *stage) invent(other *stage) {
	for _, name := range slices.Sorted(maps.Keys(other.keys)) {
		if _, known := s.keys[name]; !known {
			s.invented++
			s.keys[name], s.names[90_000+s.invented] = 90_000+s.invented, name
		}
	}
}
