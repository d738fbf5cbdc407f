package main

import (
	"context"
	"fmt"
	"path/filepath"
	"runtime/debug"
	"strings"

	"github.com/paulmach/orb"

	"bivouac/data"
	"bivouac/data/gpkg"
	"bivouac/data/intake"
	"bivouac/data/load"
	"bivouac/data/profile"
	"bivouac/data/sample"
	"bivouac/data/schema"
	"bivouac/geo"
)

// sourceFlags say how to read files.
type sourceFlags struct {
	Collection  string            `help:"Collection that the rows belong to; a built-in one (incidents, bases, routes, ...) brings its fields. Without it, one named after the file; a file of OpenStreetMap fills roads, barriers and turn_restrictions." placeholder:"NAME"`
	Map         map[string]string `help:"Take a field of ours from this column, as in time=event_date; from none where the column is empty, as in notes=. May be repeated." placeholder:"FIELD=COLUMN"`
	Profile     string            `help:"Read the file by this import profile: one of the store, or ${profiles}. Without it, by the one that knows the columns; none is by none." placeholder:"NAME"`
	IDFrom      []string          `name:"id-from" help:"Derive the ids of the rows from these columns, as in date,lat,lon, so that the same row is known again." placeholder:"COLUMN,..."`
	Lon         string            `help:"Column of the longitude." placeholder:"COLUMN"`
	Lat         string            `help:"Column of the latitude." placeholder:"COLUMN"`
	Shape       string            `help:"Column of shapes, as WKT, WKB or GeoJSON." placeholder:"COLUMN"`
	Layer       string            `help:"Layer of a file that has several; without it each one becomes a collection of its name." placeholder:"NAME"`
	CRS         string            `name:"crs" help:"Coordinate system of a file that does not say it, or says it wrongly: WGS84, Web Mercator or UTM." placeholder:"EPSG:CODE"`
	CellKM      float64           `name:"cell-km" help:"Count the people of a grid (GeoTIFF, ASCII grid, CSV of lon, lat, population) in cells of this width, which become places." placeholder:"KM"`
	Separator   string            `help:"Separator of the columns: a character, or tab." placeholder:"CHAR"`
	Encoding    string            `help:"Character encoding of the file, such as UTF-8, Windows-1256 (Arabic) or Windows-1251 (Cyrillic); found out where it can be." placeholder:"NAME"`
	Mission     string            `help:"Mission of the rows that name none." placeholder:"CODE"`
	Strict      bool              `help:"Load nothing if a single row is refused."`
	StrictCodes bool              `help:"Refuse rows with codes that the collection does not know; without it they load and are counted."`
	Refused     string            `help:"Write the refused rows to this file with their columns and the reasons, so that it can be mended and imported." placeholder:"FILE.csv|.geojson"`
}

// options turns the flags into those of the loader.
func (s sourceFlags) options() (load.Options, error) {
	o := load.Options{
		Collection: s.Collection, Mapping: s.Map, Mission: s.Mission,
		Longitude: s.Lon, Latitude: s.Lat, Shape: s.Shape, StrictCodes: s.StrictCodes, IDFrom: s.IDFrom,
		Layer: s.Layer, CRS: s.CRS, CellKM: s.CellKM,
	}
	if s.Encoding != "" {
		var err error
		if o.Encoding, err = load.ParseEncoding(s.Encoding); err != nil {
			return o, err
		}
	}
	var err error
	if o.Separator, err = load.ParseSeparator(s.Separator); err != nil {
		return o, err
	}
	choice := &profile.Choice{Known: profile.Builtin(), ID: s.Profile}
	o.Recipe = choice.Recipe
	return o, nil
}

// checkProfile refuses a profile that is not built in, where there is no store
// that might hold it.
func (s sourceFlags) checkProfile() error {
	choice := profile.Choice{Known: profile.Builtin(), ID: s.Profile}
	return choice.Check()
}

// each calls do with every file and the options of the flags. Rows that do
// refuses are written to the file of the flag, and are an error at the end.
func (s sourceFlags) each(files []string, do func(d *load.Dataset, o load.Options) (refused int, err error)) error {
	o, err := s.options()
	if err == nil {
		err = s.checkProfile()
	}
	if err != nil {
		return err
	}
	return s.eachPart(files, o, func(mend *mendFile, d *load.Dataset, o load.Options) (int, error) {
		o.Refused = mend.add
		return do(d, o)
	})
}

// eachPart calls do with every file, once or for each collection that it fills,
// and with the file for refused rows. That there were some is an error at the
// end.
func (s sourceFlags) eachPart(files []string, o load.Options, do func(mend *mendFile, d *load.Dataset, o load.Options) (refused int, err error)) error {
	mend, err := openMend(s.Refused, files)
	if err != nil {
		return err
	}
	defer mend.close()
	refused := 0
	for _, path := range files {
		err := eachPartOf(path, o, func(d *load.Dataset, part load.Options) error {
			n, err := do(mend, d, part)
			refused += n
			return err
		})
		if err != nil {
			return err
		}
	}
	if err := mend.close(); err != nil {
		return err
	}
	if refused > 0 {
		return errRefused
	}
	return nil
}

// eachPartOf calls do with the file and the options of each of its parts. The
// file is open meanwhile.
func eachPartOf(path string, o load.Options, do func(d *load.Dataset, o load.Options) error) (err error) {
	d, err := load.Open(path)
	if err != nil {
		return err
	}
	defer func() {
		if closed := d.Close(); err == nil {
			err = closed
		}
	}()
	parts, err := d.Parts(o)
	for _, part := range parts {
		if err == nil {
			err = do(d, part)
		}
	}
	return err
}

// world is what a command works on, and how it came to be.
type world struct {
	store       *data.Store
	file        *gpkg.File      // nil for a world that is kept in memory alone
	imports     *intake.Imports // nil while none are asked for
	description string
	attribution []string
	sample      bool

	author, reason string // of what is imported
}

// builtinOrder is the order in which collections are listed.
func builtinOrder() []string {
	var order []string
	for _, b := range schema.Builtin() {
		order = append(order, b.Name)
	}
	return order
}

// openWorld loads the files, or the sample world where there are none, into
// memory.
func openWorld(ctx context.Context, c console, files []string, s sourceFlags) (*world, error) {
	w := &world{store: data.New(builtinOrder()...)}
	var err error
	if len(files) == 0 {
		err = w.loadSample(ctx)
	} else {
		err = w.loadFiles(ctx, c, files, s)
	}
	// What reading took is given back, since serving needs a part of it.
	debug.FreeOSMemory()
	return w, err
}

func (w *world) loadSample(ctx context.Context) error {
	w.description, w.attribution, w.sample = sample.Description, sample.Attribution, true
	w.author, w.reason = "bivouac", "the sample world"
	for _, part := range sample.Collections() {
		f, err := load.OpenBytes(part.ID+".geojson", part.Data).File(load.Options{Collection: part.ID})
		if err != nil {
			return err
		}
		report, err := w.take(ctx, f)
		if err != nil {
			return err
		}
		if report.Refused > 0 {
			return geo.Errorf(geo.Internal, part.ID, "the sample world has a row that cannot be loaded: %s", report.Refusals[0].Said.Text)
		}
	}
	batch := geo.Batch{Author: w.author, Reason: w.reason}
	for _, d := range sample.Docs() {
		batch.Docs = append(batch.Docs, geo.Doc{Kind: d.Kind, ID: d.ID, Title: d.Title, Body: d.Body, Mission: d.Mission})
	}
	_, err := w.store.Apply(ctx, batch)
	return err
}

func (w *world) loadFiles(ctx context.Context, c console, files []string, s sourceFlags) error {
	names := make([]string, 0, len(files))
	err := s.each(files, func(d *load.Dataset, o load.Options) (int, error) {
		names = append(names, filepath.Base(d.Path()))
		// What is refused is said, and does not keep the rest from being served.
		_, err := w.loadFile(ctx, c, d, o, s.Strict)
		return 0, err
	})
	w.description = "Loaded from " + strings.Join(names, ", ") + "; kept in memory, read only."
	return err
}

func (w *world) loadFile(ctx context.Context, c console, d *load.Dataset, o load.Options, strict bool) (load.Report, error) {
	o.Areas = w.areas()
	f, err := d.File(o)
	if err != nil {
		return load.Report{}, err
	}
	if strict {
		// A look ahead: what is refused must not come after what was taken.
		report, err := f.Read(ctx, func(*geo.Feature) error { return nil })
		if err != nil {
			return report, err
		}
		if report.Refused > 0 {
			c.say("%s", report)
			return report, geo.Errorf(geo.Invalid, d.Path(), "%d rows are refused, and --strict loads all or nothing", report.Refused)
		}
	}
	report, err := w.take(ctx, f)
	c.say("%s", report)
	return report, err
}

// areas are the boxes of the missions' areas, where records are expected.
func (w *world) areas() []orb.Bound {
	l, err := w.store.Snapshot().Layer("areas")
	if err != nil {
		return nil
	}
	kind := l.Schema().Field("kind")
	var boxes []orb.Bound
	// What cannot be read is said where the store is opened.
	_ = l.Each(func(r geo.Row) error {
		if f := r.Feature(); f.Geometry != nil && kind >= 0 && f.Value(kind).Text() == "mission" {
			boxes = append(boxes, f.Geometry.Bound())
		}
		return nil
	})
	return boxes
}

func (w *world) take(ctx context.Context, f *load.File) (report load.Report, err error) {
	feed := func(ctx context.Context, add func(*geo.Feature) error) (err error) {
		report, err = f.Read(ctx, add)
		return err
	}
	_, err = w.store.Import(ctx, data.Source{Schema: f.Schema(), Rows: f.Rows(), Feed: feed, Author: w.author, Reason: w.reason})
	return report, err
}

// title is what the world is called, "" for one of files.
func (w *world) title() string {
	if w.sample {
		return sample.Title
	}
	return ""
}

// contents says what the reader sees of each collection, and counts what it
// does not see.
func (w *world) contents(ctx context.Context, r geo.Reader) (seen string, hidden int, err error) {
	var parts []string
	for _, l := range w.store.Snapshot().Layers() {
		n, err := l.Count(ctx, geo.Selection{Reader: r})
		if err != nil {
			return "", 0, err
		}
		parts = append(parts, fmt.Sprintf("%d %s", n, strings.ToLower(l.Schema().Title)))
		hidden += l.Rows() - n
	}
	seen = strings.Join(parts, ", ")
	if w.sample {
		seen = sample.Title + ": " + seen
	}
	return seen, hidden, nil
}

// profileNames lists the import profiles that are built in.
func profileNames() string {
	var ids []string
	for _, p := range profile.Builtin() {
		ids = append(ids, p.ID)
	}
	return strings.Join(ids, ", ")
}
