// Package load answers what the records of a file are: which format, encoding
// and schema it has, what each row says in the fields of a collection, and
// which rows are wrong and why.
//
// [Open] looks into a file as it was sent. [Dataset.File] reads all of it, or a
// layer, to find its encoding and the types of its columns; [File.Read] reads it
// again and gives every record. Both stream, so that memory does not grow with
// the file. Files are taken as they are found in the field: GeoJSON in any form, arrays of flat records, CSV and its kin,
// shapefiles, GeoPackages, KML, GPX, FlatGeobuf, OpenStreetMap and population
// grids, each plain, in .gz or in .zip, known by their content and never by
// their name. A row that is wrong is refused with file, row, field and reason, and
// the reading goes on.
package load

import (
	"cmp"
	"context"
	"errors"
	"io"
	"path/filepath"
	"slices"

	"github.com/paulmach/orb"

	"bivouac/data/schema"
	"bivouac/geo"
)

// Options say what is known of a file beforehand. The zero Options find
// everything out, for a collection named after the file.
type Options struct {
	Collection  string              // id; a built-in one brings its schema, any other gets an inferred one
	Schema      *geo.Schema         // that the records are to have; nil for the built-in or inferred one
	Mapping     map[string]string   // our field -> source column, beside those of the same name; "" takes it from none
	Mission     string              // of records that name none
	Separator   rune                // of CSV; 0 finds it among comma, semicolon, tab and bar
	Encoding    Encoding            // "" finds it
	Longitude   string              // column; "" finds it by the usual names
	Latitude    string              // column; "" finds it by the usual names
	Layer       string              // of a file that has several; "" takes the only one
	CRS         string              // the system of the coordinates, such as EPSG:32638; "" takes what the file says, else WGS84
	Areas       []orb.Bound         // where records are expected: a warning says where most would lie there with their axes swapped
	CellKM      float64             // width of the cells that the people of a grid are counted in; a grid needs one
	Shape       string              // column of WKT, WKB or GeoJSON; "" finds it by the usual names
	IDFrom      []string            // columns or fields that ids are derived from; none takes those of the rows
	Key         string              // column of the keys that records have in the collection; "" finds it in files of ours, staging.NoKey is none
	StrictCodes bool                // refuse codes that the schema does not know, instead of counting them
	MaxRows     int                 // stop after so many rows; 0 reads all
	MaxRefusals int                 // keep so many refusals in the report; 0 keeps 10,000
	Refused     func(Refusal) error // is given every refusal, kept or not; nil for none

	// Recipe returns how a file of the columns is read; nil, or nil from it, is by
	// the names of the columns alone. The options go before it.
	Recipe func(columns []string) *Recipe

	// Stored returns the schema of a collection that is there already; nil, or nil
	// from it, is for none. Where the schema is inferred, fields that it has stay of
	// their kind, and values of another one are refused.
	Stored func(collection string) *geo.Schema
}

const keptRefusals = 10_000

// mostColumns is far above what tables have, and below what makes each row
// costly.
const mostColumns = 10_000

func tooManyColumns(n int) error {
	return geo.ErrorOf(geo.TooLarge, "", tooManyColumnsIn, n, mostColumns)
}

// File is a file, or a layer of one, of which the schema is known. It may be
// read until its Dataset is closed.
type File struct {
	path       string
	title      string // of the collection, where the file says one
	options    Options
	members    []member
	form       form
	columns    []*column
	schema     geo.Schema
	place      placeColumns
	plan       *plan
	placed     bool       // rows bring their geometry themselves
	rows       int        // counted in the first pass
	ids        bool       // some rows have an id of their own
	counted    bool       // all of these ids are whole numbers above 0
	numbered   bool       // it is a file of ours, with keys in a column
	key        *keys      // of the records of the collection; nil for none
	doubts     []geo.Said // of the schema that was inferred
	recipe     *Recipe
	derivation *derivation // nil for none
	row, line  int         // at hand while Read runs
}

// File looks through the whole file, or the layer of it that the options name.
// It is an error if it cannot be read, is of no known format, or the options
// name a column that it lacks. A file that is cut off opens with what there is;
// Read says so.
func (d *Dataset) File(o Options) (*File, error) {
	f := &File{path: d.path, options: o, members: slices.Clone(d.members)}
	if err := f.look(); err != nil {
		return nil, err
	}
	if f.form.format == OSM {
		f.options.Collection = cmp.Or(f.options.Collection, MapCollections[0])
	}
	if err := f.infer(); err != nil {
		return nil, err
	}
	if err := f.makePlan(); err != nil {
		return nil, err
	}
	return f, f.derive()
}

// Schema returns the schema that the records have.
func (f *File) Schema() geo.Schema { return f.schema }

// Rows returns how many rows the file holds, those that Read will refuse
// included.
func (f *File) Rows() int { return f.rows }

// name of the collection: the option, or the file's name made into an id.
func (f *File) collection() string {
	return cmp.Or(f.options.Collection, CollectionID(filepath.Base(f.path)))
}

// builtin returns the schema that was given or is built in.
func (f *File) builtin() (geo.Schema, bool) {
	if f.options.Schema != nil {
		return *f.options.Schema, true
	}
	return schema.Named(f.options.Collection)
}

// Read gives every record to add, in the order of the file, with the Key that its
// row states where [File.Key] tells of one, 0 else. The Feature and
// its Values and Extra are used again for the next one, so add copies what it
// keeps; its Geometry and Z are add's own. A *geo.Error from add refuses that
// row, any other error ends the reading. The report is filled as far as the
// reading went, whatever the error.
func (f *File) Read(ctx context.Context, add func(*geo.Feature) error) (Report, error) {
	r := newReading(ctx, f, add)
	for i := range f.members {
		err := r.member(&f.members[i])
		if errors.Is(err, errEnough) {
			break
		}
		if err != nil {
			return r.done(), err
		}
	}
	return r.done(), nil
}

// Peek is Read for the first n rows. Nobody is told of those that are refused.
func (f *File) Peek(ctx context.Context, n int, add func(*geo.Feature) error) error {
	first := *f
	first.options.MaxRows, first.options.Refused = n, nil
	_, err := first.Read(ctx, add)
	return err
}

// errEnough says that MaxRows were read.
var errEnough = errors.New("load: enough rows")

// each runs visit over the rows of one member.
func (f *File) each(m *member, visit func(*row, rows) error) error {
	rs, in, err := f.rowsOf(m)
	if err != nil {
		return err
	}
	defer in.Close()
	a := aligner{file: f}
	var r row
	for {
		err := rs.next(&r)
		if n := len(rs.columns()); n > mostColumns {
			return m.named(tooManyColumns(n))
		}
		if err != nil {
			if errors.Is(err, io.EOF) {
				a.meet(rs.columns()) // a header without rows has columns too
				f.declare(rs)
				return f.heedSystem(m, rs)
			}
			var bad *refused
			if !errors.As(err, &bad) {
				return m.named(err)
			}
			r.refused = bad
		} else {
			a.align(&r, rs.columns())
		}
		if f.numbered && (f.key == nil || f.key.column >= 0) {
			r.id = ""
		}
		if err := visit(&r, rs); err != nil {
			return err
		}
	}
}
