package intake_test

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"bivouac/data"
	"bivouac/data/gpkg"
	"bivouac/data/intake"
	"bivouac/data/schema"
	"bivouac/geo"
	"bivouac/geo/randtest"
	"bivouac/geo/staging"
)

var (
	background = context.Background()
	editor     = geo.Asker{Name: "editor", Reader: geo.Reader{Ceiling: geo.StrictlyConfidential}}
)

// desk is a store on the disk with its imports.
type desk struct {
	t       testing.TB
	path    string
	file    *gpkg.File
	store   *data.Store
	imports *intake.Imports
	now     geo.Time
}

func newDesk(t testing.TB) *desk {
	t.Helper()
	d := &desk{t: t, path: filepath.Join(t.TempDir(), "mission.gpkg"), now: 1000 * geo.Day}
	var err error
	if d.file, err = gpkg.Create(background, d.path); err != nil {
		t.Fatal(err)
	}
	d.open()
	if _, err := d.store.Apply(background, geo.Batch{Schemas: schema.Builtin(), Author: "test"}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.close() })
	return d
}

func (d *desk) open() {
	d.t.Helper()
	var err error
	if d.store, err = data.Open(background, d.file); err != nil {
		d.t.Fatal(err)
	}
	if d.imports, err = intake.Open(intake.Folder(d.path), d.store, func() geo.Time { return d.now }); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) close() {
	d.imports.Close()
	d.store.Close()
	d.file.Close()
}

// reopen is what a restart does.
func (d *desk) reopen() {
	d.t.Helper()
	d.close()
	var err error
	if d.file, err = gpkg.Open(background, d.path); err != nil {
		d.t.Fatal(err)
	}
	d.open()
}

// send sends a file and waits until it is read.
func (d *desk) send(who geo.Asker, name, text string, o staging.Options) staging.Import {
	d.t.Helper()
	i, err := d.imports.Begin(who, name, int64(len(text)), o)
	if err != nil {
		d.t.Fatal(err)
	}
	if i, err = d.imports.Receive(i.ID, who, 0, strings.NewReader(text)); err != nil {
		d.t.Fatal(err)
	}
	return d.settled(i.ID, who)
}

// settled waits until the work on an import is over.
func (d *desk) settled(id string, who geo.Asker) staging.Import {
	d.t.Helper()
	turn := uint64(0)
	for {
		i, err := d.imports.Find(id, who)
		if err != nil {
			d.t.Fatal(err)
		}
		if i.State != staging.Reading && i.State != staging.Taking {
			return i
		}
		var moved <-chan struct{}
		if _, turn, moved = d.imports.Since(turn, who); moved != nil {
			select {
			case <-moved:
			case <-time.After(2 * time.Minute):
				d.t.Fatalf("nothing happens to %+v", i)
			}
		}
	}
}

func (d *desk) approve(i staging.Import, who geo.Asker) geo.Receipt {
	d.t.Helper()
	r, err := d.imports.Approve(background, i.ID, who, who.Name, "test")
	if err != nil {
		d.t.Fatal(err)
	}
	return r
}

// want compares counts as added/changed/same/deleted/refused.
func (d *desk) want(i staging.Import, want string) {
	d.t.Helper()
	if i.Counts == nil {
		d.t.Fatalf("%s is %s: %+v", i.Name, i.State, i.Problem)
	}
	if got := fmt.Sprintf("%d/%d/%d/%d/%d", i.Counts.Added, i.Counts.Changed, i.Counts.Same, i.Counts.Deleted, i.Counts.Refused); got != want {
		d.t.Fatalf("%s: added/changed/same/deleted/refused are %s, want %s", i.Name, got, want)
	}
}

func (d *desk) rows(i staging.Import, k staging.Kind) []staging.Row {
	d.t.Helper()
	var all []staging.Row
	q := staging.Query{Kind: k, Limit: 3}
	for {
		p, err := d.imports.Rows(i.ID, i.Owner, q)
		if err != nil {
			d.t.Fatal(err)
		}
		all = append(all, p.Rows...)
		if q.After = p.Next; q.After == "" {
			return all
		}
	}
}

const towns = "source_id,name,population,lon,lat\na,Gao,86633,-0.04,16.27\nb,Bourem,27488,-0.35,16.95\nc,Kidal,25969,1.41,18.44\n"

var asPlaces = staging.Options{Collection: "places"}

// TestSameFileTwice approves a file, sends it again, before and after a
// restart, and wants no Version.
func TestSameFileTwice(t *testing.T) {
	for _, c := range []struct{ desc, name, text string }{
		{"with ids", "towns.csv", towns},
		{"without ids", "towns.csv", "name,population,lon,lat\nGao,86633,-0.04,16.27\nGao,86633,-0.04,16.27\nKidal,25969,1.41,18.44\n"},
		{"with source fields of their own", "towns.geojson", `{"type":"FeatureCollection","features":[{"type":"Feature","id":"x","geometry":{"type":"Point","coordinates":[1,2]},"properties":{"name":"<A & B>","mayor":{"party":"ünion","since":1.50}}},{"type":"Feature","geometry":null,"properties":{"name":"nowhere","list":[1,2]}}]}`},
	} {
		d := newDesk(t)
		i := d.send(editor, c.name, c.text, asPlaces)
		d.want(i, fmt.Sprintf("%d/0/0/0/0", i.Counts.Added))
		first := d.approve(i, editor)
		if first.Version == 0 {
			t.Fatalf("%s: no version", c.desc)
		}
		for _, when := range []string{"at once", "after a restart"} {
			again := d.send(editor, c.name, c.text, asPlaces)
			d.want(again, fmt.Sprintf("0/0/%d/0/0", i.Counts.Added))
			if r := d.approve(again, editor); r.Version != 0 || d.store.Snapshot().Version != first.Version {
				t.Fatalf("%s, %s: version %d was made", c.desc, when, d.store.Snapshot().Version)
			}
			d.reopen()
		}
		d.close()
		d.file, _ = gpkg.Open(background, d.path)
		d.open()
	}
}

// TestDifference adds, changes and deletes, looks at the rows, and undoes.
func TestDifference(t *testing.T) {
	d := newDesk(t)
	d.approve(d.send(editor, "towns.csv", towns, asPlaces), editor)
	// What somebody else knows of a record and the file does not speak of stays.
	row, _ := layerOf(t, d).Find(1, editor.Reader)
	f := row.Feature()
	f.Values[layerOf(t, d).Schema().Field("kind")] = geo.String("town")
	if _, err := d.store.Apply(background, geo.Batch{Changes: []geo.Change{{Collection: "places", Op: geo.Replace, Feature: f}}, Author: "other"}); err != nil {
		t.Fatal(err)
	}
	next := "source_id,name,population,lon,lat\na,Gao,90000,-0.04,16.27\nc,Kidal,25969,1.41,18.44\nd,Ansongo,30000,0.5,15.66\ne,Bad,many,0,0\n"
	i := d.send(editor, "towns2.csv", next, staging.Options{Collection: "places", Whole: true})
	d.want(i, "1/1/1/1/1")
	changed := d.rows(i, staging.Changed)
	if len(changed) != 1 || !slices.Equal(changed[0].Fields, []string{"population"}) || changed[0].Row != 1 || changed[0].Line != 2 || changed[0].After.Value(layerOf(t, d).Schema().Field("kind")).Text() != "town" {
		t.Errorf("changed: %+v", changed)
	}
	if gone := d.rows(i, staging.Deleted); len(gone) != 1 || gone[0].SourceID != "b" {
		t.Errorf("deleted: %+v", gone)
	}
	if bad := d.rows(i, staging.Refused); len(bad) != 1 || bad[0].Row != 4 || bad[0].Field != "population" || !strings.Contains(string(bad[0].Record), `"population":"many"`) {
		t.Errorf("refused: %+v", bad)
	}
	receipt := d.approve(i, editor)
	if got := d.names(); got != "Ansongo Gao Kidal" {
		t.Errorf("the store holds %s", got)
	}
	d.reopen()
	if got := d.names(); got != "Ansongo Gao Kidal" {
		t.Errorf("after a restart the store holds %s", got)
	}
	if was, err := d.store.AsOf(background, receipt.Version-1); err != nil || rowsOf(was.Layers(), "places") != 3 {
		t.Errorf("before it: %v", err)
	}
	if _, err := d.store.Undo(background, receipt.Version, editor.Reader, "test", ""); err != nil {
		t.Fatal(err)
	}
	if got := d.names(); got != "Bourem Gao Kidal" {
		t.Errorf("after undo the store holds %s", got)
	}
	if h, err := gpkg.Check(background, d.path); err != nil || len(h.Faults) > 0 {
		t.Errorf("the file: %v %v", h, err)
	}
}

// TestNothingIsDeletedUnderARefusedRow keeps the records of rows that could not
// be read.
func TestNothingIsDeletedUnderARefusedRow(t *testing.T) {
	for _, c := range []struct {
		desc, text string
		o          staging.Options
		want       string
	}{
		{"its id can be read", "source_id,name,population,lon,lat\na,Gao,86633,-0.04,16.27\nb,Bourem,many,-0.35,16.95\n", staging.Options{Collection: "places", Whole: true}, "0/0/1/1/1"},
		{"its id cannot be read", "source_id,name,population,lon,lat\na,Gao,86633,-0.04,16.27\n,Nobody,many,-0.35,16.95\n", staging.Options{Collection: "places", Whole: true}, "0/0/1/0/1"},
		{"not the whole collection", "source_id,name,population,lon,lat\na,Gao,86633,-0.04,16.27\n", asPlaces, "0/0/1/0/0"},
	} {
		d := newDesk(t)
		d.approve(d.send(editor, "towns.csv", towns, asPlaces), editor)
		d.want(d.send(editor, c.desc, c.text, c.o), c.want)
	}
}

// TestAnEmptyFileEmptiesNothing refuses a file without rows as the whole
// collection.
func TestAnEmptyFileEmptiesNothing(t *testing.T) {
	for _, c := range []struct{ name, text string }{
		{"header.csv", "source_id,name,population,lon,lat\n"},
		{"none.geojson", `{"type":"FeatureCollection","features":[]}`},
		{"link.kml", "<kml><Document><NetworkLink><Link><href>http://x/y.kml</href></Link></NetworkLink></Document></kml>"},
	} {
		d := newDesk(t)
		d.approve(d.send(editor, "towns.csv", towns, asPlaces), editor)
		i := d.send(editor, c.name, c.text, staging.Options{Collection: "places", Whole: true})
		if i.State != staging.Failed || i.Problem == nil || !strings.Contains(i.Problem.Error().Error(), "holds no rows") {
			t.Errorf("%s: %s, %v", c.name, i.State, i.Problem)
		}
		d.want(d.send(editor, c.name, c.text, asPlaces), "0/0/0/0/0")
	}
}

// TestChangedSince refuses what was compared with another state.
func TestChangedSince(t *testing.T) {
	edit := func(d *desk, key geo.Key, op geo.Op) {
		row, _ := layerOf(d.t, d).Find(key, editor.Reader)
		f := row.Feature()
		f.Values = slices.Clone(f.Values)
		f.Values[layerOf(d.t, d).Schema().Field("name")] = geo.String("Other")
		if _, err := d.store.Apply(background, geo.Batch{Changes: []geo.Change{{Collection: "places", Op: op, Feature: f}}, Author: "other"}); err != nil {
			d.t.Fatal(err)
		}
	}
	const next = "source_id,name,population,lon,lat\na,Gao,90000,-0.04,16.27\n"
	for _, c := range []struct {
		desc, text string
		o          staging.Options
		meanwhile  func(*desk)
		refused    bool
	}{
		{"nothing happened", next, asPlaces, func(*desk) {}, false},
		{"another record was changed", next, asPlaces, func(d *desk) { edit(d, 2, geo.Replace) }, false},
		{"the record was changed", next, asPlaces, func(d *desk) { edit(d, 1, geo.Replace) }, true},
		{"the record was removed", next, asPlaces, func(d *desk) { edit(d, 1, geo.Remove) }, true},
		{"a record that is to be deleted was changed", next, staging.Options{Collection: "places", Whole: true}, func(d *desk) { edit(d, 2, geo.Replace) }, true},
		{"the id was added", "source_id,name,lon,lat\nz,Zed,1,1\n", asPlaces, func(d *desk) {
			d.approve(d.send(editor, "z.csv", "source_id,name,lon,lat\nz,Zed,2,2\n", asPlaces), editor)
		}, true},
		{"the same rows without ids were added", "name,lon,lat\nZed,1,1\n", asPlaces, func(d *desk) {
			d.approve(d.send(editor, "z.csv", "name,lon,lat\nZed,1,1\n", asPlaces), editor)
		}, true},
	} {
		d := newDesk(t)
		d.approve(d.send(editor, "towns.csv", towns, asPlaces), editor)
		i := d.send(editor, "next.csv", c.text, c.o)
		c.meanwhile(d)
		before := d.store.Snapshot().Version
		_, err := d.imports.Approve(background, i.ID, editor, "test", "")
		if (geo.CodeOf(err) == geo.Conflict) != c.refused {
			t.Errorf("%s: %v", c.desc, err)
		}
		if !c.refused {
			continue
		}
		if d.store.Snapshot().Version != before {
			t.Errorf("%s: something was taken", c.desc)
		}
		if i, err = d.imports.Restage(i.ID, editor, i.Options); err != nil {
			t.Fatal(err)
		}
		d.approve(d.settled(i.ID, editor), editor)
	}
}

// TestLostRows takes nothing where the spool lost rows, and finds them again.
func TestLostRows(t *testing.T) {
	for _, keep := range []int{0, 1} {
		d := newDesk(t)
		i := d.send(editor, "towns.csv", towns, asPlaces)
		path := filepath.Join(intake.Folder(d.path), i.ID, "added.rows")
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		// The first row ends behind its head and length.
		if err := os.WriteFile(path, text[:keep*(8+int(text[0]))], 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := d.imports.Approve(background, i.ID, editor, "x", ""); geo.CodeOf(err) != geo.Conflict || layerOf(t, d).Rows() > 0 {
			t.Fatalf("%d rows are left: %v", keep, err)
		}
		if i, err = d.imports.Restage(i.ID, editor, i.Options); err != nil {
			t.Fatal(err)
		}
		d.approve(d.settled(i.ID, editor), editor)
		if n := layerOf(t, d).Rows(); n != 3 {
			t.Errorf("%d records", n)
		}
	}
}

// town is a record of the test that follows.
type town struct {
	name       string
	population int
	lon        float64
}

// edited returns the towns with some of them gone, changed or new.
func edited(r *rand.Rand, held map[string]town) map[string]town {
	sent := maps.Clone(held)
	for range r.IntN(30) {
		id := fmt.Sprint("t", r.IntN(40))
		if r.IntN(3) == 0 {
			delete(sent, id)
		} else {
			sent[id] = town{fmt.Sprint("name ", r.IntN(5)), r.IntN(4), float64(r.IntN(3)) / 7}
		}
	}
	return sent
}

// written is the towns as a table, in any order.
func written(r *rand.Rand, sent map[string]town) string {
	var text strings.Builder
	text.WriteString("source_id,name,population,lon,lat\n")
	ids := slices.Collect(maps.Keys(sent))
	r.Shuffle(len(ids), func(a, b int) { ids[a], ids[b] = ids[b], ids[a] })
	for _, id := range ids {
		fmt.Fprintf(&text, "%s,%s,%d,%v,5\n", id, sent[id].name, sent[id].population, sent[id].lon)
	}
	return text.String()
}

// naive compares maps.
func naive(held, sent map[string]town, whole bool) (next map[string]town, want staging.Counts) {
	next = maps.Clone(held)
	for id, x := range sent {
		old, had := held[id]
		switch {
		case !had:
			want.Added++
		case old != x:
			want.Changed++
		default:
			want.Same++
		}
		next[id] = x
	}
	for id := range held {
		if _, stays := sent[id]; !stays && whole {
			want.Deleted++
			delete(next, id)
		}
	}
	return next, want
}

// TestRandomEdits holds the difference to a comparison of maps.
func TestRandomEdits(t *testing.T) {
	r := randtest.New(t, 1)
	d := newDesk(t)
	held := map[string]town{}
	for round := range 12 {
		sent := edited(r, held)
		whole := r.IntN(2) == 0
		next, want := naive(held, sent, whole)
		i := d.send(editor, "towns.csv", written(r, sent), staging.Options{Collection: "places", Whole: whole})
		if *i.Counts != want {
			t.Fatalf("round %d: %+v, want %+v", round, *i.Counts, want)
		}
		before := d.store.Snapshot().Version
		d.approve(i, editor)
		if made := d.store.Snapshot().Version - before; (made == 0) != want.Nothing() {
			t.Fatalf("round %d: %d versions for %+v", round, made, want)
		}
		held = next
		if r.IntN(3) == 0 {
			d.reopen()
		}
		got := map[string]town{}
		l := layerOf(t, d)
		_ = l.Each(func(row geo.Row) error {
			p, _ := row.Point()
			got[row.SourceID()] = town{row.Named("name").Text(), int(row.Named("population").Int()), p[0]}
			return nil
		})
		if !maps.Equal(got, held) {
			t.Fatalf("round %d: the store holds %v, want %v", round, got, held)
		}
	}
}

// TestDerivedIDs tells rows apart by what they say.
func TestDerivedIDs(t *testing.T) {
	d := newDesk(t)
	o := staging.Options{Collection: "incidents", Mapping: map[string]string{"time": "date"}, IDFrom: []string{"date", "lat", "lon"}}
	i := d.send(editor, "a.csv", "date,lat,lon,killed\n2018-05-01,16.27,-0.04,1\n2018-05-02,16.27,-0.04,0\n", o)
	d.want(i, "2/0/0/0/0")
	d.approve(i, editor)
	d.reopen()
	// The same, written otherwise, with another number.
	i = d.send(editor, "b.csv", "date;lat;lon;killed\n1 May 2018;16.270;-0.040;2\n2018/05/02;16.27;-0.04;0\n;;;4\n", o)
	d.want(i, "0/1/1/0/1")
	if c := d.rows(i, staging.Changed); !slices.Equal(c[0].Fields, []string{"killed"}) {
		t.Errorf("changed: %v", c[0].Fields)
	}
}

// TestOthersSeeNothing keeps an import from all but its owner, and the records
// that he does not see from him.
func TestOthersSeeNothing(t *testing.T) {
	d := newDesk(t)
	d.approve(d.send(editor, "towns.csv", "source_id,name,mission,classification,lon,lat\na,Gao,MINUSMA,,1,1\nb,Secret,UNMISS,,1,1\nc,Higher,MINUSMA,confidential,1,1\n", asPlaces), editor)
	desk := geo.Asker{Name: "desk", Grant: "g1", Reader: geo.Reader{Missions: []string{"MINUSMA"}}}
	i := d.send(desk, "mine.csv", "source_id,name,mission,classification\na,Gao town,MINUSMA,\nb,Guess,MINUSMA,\nc,Guess,MINUSMA,\nd,Mine,UNMISS,\ne,Mine,MINUSMA,confidential\nf,Mine,MINUSMA,\n", staging.Options{Collection: "places", Whole: true})
	d.want(i, "3/1/0/0/2") // b and c are new to him, whatever others have
	for _, who := range []geo.Asker{editor, {Name: "desk", Grant: "g2", Reader: desk.Reader}, {Name: "desk", Grant: "g1"}} {
		if who.Name == "desk" && who.Grant == "g1" {
			who.Reader = geo.Reader{Missions: []string{}}
		}
		if _, err := d.imports.Find(i.ID, who); geo.CodeOf(err) != geo.NotFound || len(d.imports.List(who)) > 1 {
			t.Errorf("%+v sees it: %v", who, err)
		}
		if _, err := d.imports.Approve(background, i.ID, who, "x", ""); geo.CodeOf(err) != geo.NotFound {
			t.Errorf("%+v approves it: %v", who, err)
		}
	}
	all := d.send(desk, "none.csv", "source_id,name\nq,Q\n", staging.Options{Collection: "places", Whole: true})
	d.want(all, "1/0/0/1/0") // a alone is his to delete
	d.approve(i, desk)
	again := d.send(desk, "again.csv", "source_id,name,mission\na,Gao town,MINUSMA\nb,Guess,MINUSMA\nc,Guess,MINUSMA\nf,Mine,MINUSMA\n", asPlaces)
	d.want(again, "0/0/4/0/0")
	if n := layerOf(t, d).Rows(); n != 6 {
		t.Errorf("the store holds %d records", n)
	}
}

// TestAnEmptyCellShowsNothingToMore keeps the class and the mission of a record
// where the file has none for it.
func TestAnEmptyCellShowsNothingToMore(t *testing.T) {
	d := newDesk(t)
	d.approve(d.send(editor, "a.csv", "source_id,name,mission,classification\na,Gao,MINUSMA,confidential\n", asPlaces), editor)
	for _, text := range []string{"source_id,name,mission,classification\na,Gao,,\n", "source_id,name\na,Gao\n"} {
		d.want(d.send(editor, "b.csv", text, asPlaces), "0/0/1/0/0")
	}
	d.approve(d.send(editor, "c.csv", "source_id,name,mission,classification\na,Gao town,,\n", asPlaces), editor)
	row, _ := layerOf(t, d).Find(1, editor.Reader)
	if row.Class() != geo.Confidential || row.Mission() != "MINUSMA" || row.Named("name").Text() != "Gao town" {
		t.Errorf("%+v", row.Feature())
	}
	d.want(d.send(editor, "d.csv", "source_id,classification\na,unclassified\n", asPlaces), "0/1/0/0/0")
}

// TestBadFiles fails with a sentence, and other options may help.
func TestBadFiles(t *testing.T) {
	for _, c := range []struct {
		desc, text string
		o          staging.Options
		says       string
	}{
		{"an empty file", " ", asPlaces, "is empty"},
		{"a file that is cut off", `{"type":"FeatureCollection","features":[{"type":"Feature","geometry":null,"properties":{}},{"ty`, asPlaces, "cut"},
		{"a column that is not there", towns, staging.Options{Collection: "places", Mapping: map[string]string{"name": "ville"}}, "ville"},
		{"another format", towns, staging.Options{Collection: "places", Format: "GeoJSON"}, "is CSV"},
		{"another system", towns, staging.Options{Collection: "places", CRS: "EPSG:2154"}, "EPSG:2154"},
		{"a collection that cannot be named so", towns, staging.Options{Collection: "gpkg_towns"}, "GeoPackage"},
		{"ids from a column that is not there", towns, staging.Options{Collection: "places", IDFrom: []string{"date"}}, "date"},
	} {
		d := newDesk(t)
		i := d.send(editor, "towns.txt", c.text, c.o)
		if i.State != staging.Failed || i.Problem == nil || !strings.Contains(i.Problem.Text+i.Problem.Where, c.says) {
			t.Errorf("%s: %s %+v", c.desc, i.State, i.Problem)
			continue
		}
		if _, err := d.imports.Approve(background, i.ID, editor, "x", ""); geo.CodeOf(err) != geo.Conflict {
			t.Errorf("%s is approved: %v", c.desc, err)
		}
		if i, err := d.imports.Restage(i.ID, editor, asPlaces); c.text == towns && err == nil {
			d.want(d.settled(i.ID, editor), "3/0/0/0/0")
		}
	}
}

func layerOf(t testing.TB, d *desk) interface {
	Find(geo.Key, geo.Reader) (geo.Row, bool)
	Each(func(geo.Row) error) error
	Schema() *geo.Schema
	Rows() int
} {
	t.Helper()
	l, err := d.store.Snapshot().Layer("places")
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func (d *desk) names() string {
	var all []string
	_ = layerOf(d.t, d).Each(func(r geo.Row) error {
		all = append(all, r.Named("name").Text())
		return nil
	})
	slices.Sort(all)
	return strings.Join(all, " ")
}

func rowsOf[L interface {
	Rows() int
	Schema() *geo.Schema
}](layers []L, name string) int {
	for _, l := range layers {
		if l.Schema().Name == name {
			return l.Rows()
		}
	}
	return -1
}

// TestASlipRefusesItsRowAlone sends a collection of no schema of ours, and then a
// file with a word where numbers stand: the word is refused, and the rest is
// taken. Sent first, it makes texts of the numbers, and that is said.
func TestASlipRefusesItsRowAlone(t *testing.T) {
	const head = "source_id,name,people,lon,lat\n"
	d := newDesk(t)
	d.approve(d.send(editor, "camps.csv", head+"k-1,Tassiga,1200,0.5,15.7\nk-2,Bara,800,0.2,15.6\n", staging.Options{}), editor)
	i := d.send(editor, "camps.csv", head+"k-1,Tassiga,1300,0.5,15.7\nk-2,Bara,many,0.2,15.6\n", staging.Options{})
	if i.State != staging.Staged || i.Counts.Changed != 1 || i.Counts.Refused != 1 {
		t.Fatalf("%+v, %+v", i.Counts, i.Problem)
	}
	i = d.send(editor, "wells.csv", head+"k-1,Tassiga,1300,0.5,15.7\nk-2,Bara,many,0.2,15.6\nk-3,Ouatagouna,5,0.7,15.1\n", staging.Options{})
	want := `people is kept as text, since some of its values are no numbers: 1 of 3, the first in row 2 of wells.csv: "many"; mend the file if that is a slip`
	if i.State != staging.Staged || !slices.Contains(i.Report.Warnings, want) {
		t.Errorf("%v, want %s", i.Report, want)
	}
}
