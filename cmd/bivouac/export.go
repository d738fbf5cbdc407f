package main

import (
	"bufio"
	"context"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"bivouac/api"
	"bivouac/api/ogc"
	"bivouac/api/params"
	"bivouac/geo"
	"bivouac/geo/crs"
	"bivouac/geo/layer"
	"bivouac/geo/process"
)

// exportCmd writes what GET /api/collections/{id}/export answers, by the same
// code. Its filters are those of the query.
type exportCmd struct {
	From   string `arg:"" name:"collection" help:"Id of the collection."`
	Format string `short:"f" help:"Kind of file; without it, by the end of the file's name." placeholder:"FORMAT"`
	Output string `short:"o" required:"" help:"File to write, - for the standard output." placeholder:"FILE"`

	Bbox       string            `help:"Only what meets this box." placeholder:"W,S,E,N"`
	BboxCRS    string            `name:"bbox-crs" help:"Reference system of the box, as its OGC address." placeholder:"URI"`
	Datetime   string            `help:"Only what stood then: a time, or two with / between." placeholder:"TIME"`
	Filter     string            `help:"Only what this CQL2 expression takes, as text or JSON." placeholder:"CQL2"`
	FilterLang string            `help:"Its language: cql2-text or cql2-json." placeholder:"NAME"`
	FilterCRS  string            `name:"filter-crs" help:"Reference system of its shapes." placeholder:"URI"`
	Where      map[string]string `short:"w" help:"Only records with this value of a field. May be repeated." placeholder:"FIELD=VALUE" mapsep:"none"`
	Near       string            `help:"Only what is near a place or shape, nearest first." placeholder:"LON,LAT|WKT"`
	Radius     string            `help:"Within so many metres of it." placeholder:"METRES"`
	K          string            `help:"The so many nearest." placeholder:"N"`
	Sortby     string            `help:"Order by fields, - before one for the greatest first." placeholder:"FIELDS"`
	Properties string            `help:"Only these fields, in this order." placeholder:"FIELDS"`
	CRS        string            `name:"crs" help:"Reference system of the shapes, as its OGC address, where the format takes one." placeholder:"URI"`
	Scenario   string            `help:"What would be: the id of a scenario, one as JSON, or the name of a .json file that holds one, with a day behind @ for the changes up to it." placeholder:"NAME[@DAY]"`

	Load        []string `help:"Files to read instead of the sample world." type:"existingfile" placeholder:"FILE"`
	Store       string   `help:"A store to read, which may be in use." type:"existingfile" placeholder:"FILE.gpkg"`
	Attribution []string `help:"Whose data it is, written into the file. May be repeated." placeholder:"TEXT"`
}

// Run writes the file beside its name first, so that a broken one never stands
// there.
func (k exportCmd) Run(ctx context.Context, c console) error {
	format, err := k.format()
	if err != nil {
		return err
	}
	w, err := (&askFlags{Store: k.Store, Load: k.Load}).open(ctx, c)
	if err != nil {
		return err
	}
	defer w.close()
	// Who may run this program may read the files that it reads.
	reader := geo.Unrestricted()
	asked := process.World{Snapshot: w.store.Snapshot(), Reader: reader}
	if k.Scenario != "" {
		if asked, err = suppose(ctx, asked, k.Scenario); err != nil {
			return err
		}
	}
	file, err := k.file(asked.Snapshot, reader, format)
	if err != nil {
		return err
	}
	n, notHeld, err := k.write(ctx, c, file)
	if err != nil {
		return err
	}
	c.say("Wrote %d records of %s to %s.", n, k.From, k.Output)
	for _, sentence := range notHeld {
		c.say("  Not held by %s: %s", format.ID, sentence)
	}
	return nil
}

// format is that of the flag, or the one whose extension the name has.
func (k exportCmd) format() (api.Format, error) {
	all := formats()
	var ids []string
	for _, f := range all {
		if f.ID == k.Format || k.Format == "" && strings.HasSuffix(strings.ToLower(k.Output), f.Extension) {
			return f, nil
		}
		ids = append(ids, f.ID)
	}
	if k.Format == "" {
		return api.Format{}, geo.Errorf(geo.Invalid, "--format", "the name %s tells no kind of file; choose %s", k.Output, strings.Join(ids, ", "))
	}
	return api.Format{}, geo.Errorf(geo.Invalid, "--format", "%q is no kind of file; choose %s", k.Format, strings.Join(ids, ", "))
}

// file is the question, read as the query of a request.
func (k exportCmd) file(snap *layer.Snapshot, reader geo.Reader, format api.Format) (api.File, error) {
	l, err := snap.Layer(k.From)
	if err != nil {
		var ids []string
		for _, l := range snap.Layers() {
			ids = append(ids, l.Schema().Name)
		}
		return api.File{}, geo.Errorf(geo.NotFound, "", "there is no collection %q; there are %s", k.From, strings.Join(ids, ", "))
	}
	q, err := params.ParseExport(k.query(format.ID), l.Schema(), reader, []string{format.ID})
	if err != nil {
		return api.File{}, err
	}
	if err := checkZones(l, reader, &q); err != nil {
		return api.File{}, err
	}
	return api.File{Layer: l, Question: q, Format: format, Attribution: k.Attribution, At: snap.Changed(reader, l).At}, nil
}

// checkZones refuses zones of UTM that the collection does not touch.
func checkZones(l *layer.Layer, reader geo.Reader, q *params.Items) error {
	for _, asked := range []struct {
		parameter string
		in        crs.System
	}{{"crs", q.CRS}, {"bbox-crs", q.BoxCRS}, {"filter-crs", q.Shapes}} {
		if !asked.in.Zoned() {
			continue
		}
		extent, err := l.Extent(context.Background(), geo.Selection{Reader: reader})
		if err != nil {
			return err
		}
		if err := params.CheckListed(asked.parameter, asked.in, ogc.Systems(extent)); err != nil {
			return err
		}
	}
	return nil
}

func (k exportCmd) query(format string) string {
	q := url.Values{"f": {format}}
	for name, value := range map[string]string{
		"bbox": k.Bbox, "bbox-crs": k.BboxCRS, "datetime": k.Datetime, "filter": k.Filter, "filter-lang": k.FilterLang, "filter-crs": k.FilterCRS,
		"near": k.Near, "radius": k.Radius, "k": k.K, "sortby": k.Sortby, "properties": k.Properties, "crs": k.CRS,
	} {
		if value != "" {
			q.Set(name, value)
		}
	}
	for name, value := range k.Where {
		q.Set(name, value)
	}
	return q.Encode()
}

// write writes the file, or all of it to the standard output.
func (k exportCmd) write(ctx context.Context, c console, file api.File) (n int, notHeld []string, err error) {
	if k.Output == "-" {
		return writeBuffered(ctx, file, c.out)
	}
	f, err := os.CreateTemp(filepath.Dir(k.Output), "."+filepath.Base(k.Output)+"-*")
	if err != nil {
		return 0, nil, geo.Errorf(geo.Invalid, "--output", "%s cannot be written: %v; choose another folder", k.Output, err)
	}
	defer os.Remove(f.Name())
	n, notHeld, err = writeBuffered(ctx, file, f)
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(f.Name(), k.Output)
	}
	return n, notHeld, err
}

func writeBuffered(ctx context.Context, file api.File, to io.Writer) (n int, notHeld []string, err error) {
	w := bufio.NewWriterSize(to, 256<<10)
	n, notHeld, err = file.Write(ctx, w)
	if flushed := w.Flush(); err == nil {
		err = flushed
	}
	return n, notHeld, err
}
