package main

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"bivouac/data/intake"
	"bivouac/data/load"
	"bivouac/geo"
	"bivouac/geo/staging"
)

type importCmd struct {
	Files     []string `arg:"" name:"file" type:"existingfile" help:"Files to import: GeoJSON, GeoJSONSeq, JSON, CSV, Shapefile, GeoPackage, KML, GPX, FlatGeobuf, OpenStreetMap (PBF, XML), plain or in gzip or zip; a population grid (GeoTIFF, ASCII, CSV) with --cell-km."`
	Store     string   `required:"" help:"The store, which is made where there is none." placeholder:"FILE.gpkg"`
	Reason    string   `help:"Why, for the history." placeholder:"TEXT"`
	Author    string   `help:"Who, for the history; the user's name unless told." placeholder:"NAME"`
	Whole     bool     `help:"The file is the whole collection: records that it lacks are deleted."`
	Key       string   `help:"Column whose numbers are those that the records have in the store, as exports write them. Without it, found in files that the store wrote; none is none." placeholder:"COLUMN"`
	Preview   bool     `help:"List row by row what would be added, changed, deleted and refused, and change nothing."`
	PreviewTo string   `name:"preview-to" help:"Write what would be added, changed and deleted to this file, and change nothing." placeholder:"FILE.csv|.geojson"`
	sourceFlags
}

// Run compares each file with the store and then takes it in as one change: all
// of it is there afterwards, or nothing. What a run before this one has compared
// already and could not take in is found again.
func (k importCmd) Run(ctx context.Context, c console) (err error) {
	w, err := openStore(ctx, c, k.Store)
	if err != nil {
		return err
	}
	defer func() {
		if closed := w.close(); err == nil {
			err = closed
		}
	}()
	if w.file == nil {
		return geo.Errorf(geo.Conflict, k.Store, "is a GeoPackage of another program, into which nothing is imported; give --store another name")
	}
	if err := w.openImports(); err != nil {
		return err
	}
	base, err := k.options()
	if err != nil {
		return err
	}
	base.MaxRefusals, base.Key = -1, k.Key
	return k.eachPart(k.Files, base, func(mend *mendFile, d *load.Dataset, part load.Options) (int, error) {
		one := importing{cmd: k, console: c, world: w, imports: w.imports, mend: mend, data: d, path: d.Path()}
		return one.run(ctx, part)
	})
}

// staged turns the flags into the options of an import.
func (k importCmd) staged() staging.Options {
	return staging.Options{
		Collection: k.Collection, Profile: k.Profile, Encoding: k.Encoding, Separator: k.Separator, Mission: k.Mission, Longitude: k.Lon, Latitude: k.Lat,
		Shape: k.Shape, Mapping: k.Map, IDFrom: k.IDFrom, Key: k.Key, Whole: k.Whole, StrictCodes: k.StrictCodes, Layer: k.Layer, CRS: k.CRS, CellKM: k.CellKM,
	}
}

// importing is one file on its way.
type importing struct {
	cmd     importCmd
	console console
	world   *world
	imports *intake.Imports
	mend    *mendFile
	data    *load.Dataset
	path    string
	owner   geo.Asker
}

func (p *importing) run(ctx context.Context, part load.Options) (refused int, err error) {
	p.owner = geo.Asker{Name: whoami(), Grant: "command line", Reader: geo.Unrestricted()}
	i, again, err := p.imports.Adopt(ctx, p.owner, p.data, p.cmd.staged(), part)
	if err != nil {
		return 0, err
	}
	if again {
		p.console.say("%s was compared already, and %s has not changed since.", p.path, i.Found.Collection)
	} else if i, err = p.follow(ctx, i); err != nil {
		return 0, err
	}
	if i.State == staging.Failed {
		return 0, p.discard(i, i.Problem.Error())
	}
	if err := p.say(i); err != nil {
		return 0, err
	}
	refused = i.Counts.Refused
	switch {
	case p.cmd.Preview || p.cmd.PreviewTo != "":
		return refused, p.preview(i)
	case p.cmd.Strict && refused > 0:
		return refused, p.discard(i, geo.Errorf(geo.Invalid, p.path, "%d rows are refused, and --strict loads all or nothing", refused))
	}
	return refused, p.approve(ctx, i)
}

// discard lets go what was compared, and returns why.
func (p *importing) discard(i staging.Import, why error) error {
	if err := p.imports.Drop(i.ID, p.owner); err != nil {
		return err
	}
	return why
}

func (p *importing) approve(ctx context.Context, i staging.Import) error {
	store := p.world.store
	told, done := context.WithCancel(ctx)
	defer done()
	go p.tellTaking(told, i.ID)
	receipt, err := p.imports.Approve(ctx, i.ID, p.owner, cmp.Or(p.cmd.Author, whoami()), cmp.Or(p.cmd.Reason, "import of "+p.path))
	if err != nil {
		return err
	}
	if receipt.Version == 0 {
		fmt.Fprintf(p.console.out, "%s: nothing is to be changed; %s stays at version %d.\n", p.path, p.cmd.Store, store.Snapshot().Version)
	} else {
		fmt.Fprintf(p.console.out, "%s: version %d of %s is on the disk.\n", p.path, receipt.Version, p.cmd.Store)
	}
	return p.imports.Drop(i.ID, p.owner)
}

// tellTaking tells how far the commit is, until ctx ends.
func (p *importing) tellTaking(ctx context.Context, id string) {
	tick := time.NewTicker(sayEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if i, err := p.imports.Find(id, p.owner); err == nil && i.Progress.Rate > 0 && i.Progress.LeftS > 0 {
			p.console.say("%s: %d of %d records taken, %.0f a second, %.0f s left", p.path, i.Progress.Done, i.Progress.Total, i.Progress.Rate, i.Progress.LeftS)
		}
	}
}

// sayEvery is how often the progress is told.
const sayEvery = 2 * time.Second

// follow waits until the file is compared, and tells how far that is.
func (p *importing) follow(ctx context.Context, i staging.Import) (staging.Import, error) {
	var turn uint64
	said := time.Now()
	for i.State == staging.Reading {
		list, next, moved := p.imports.Since(turn, p.owner)
		turn = next
		for n := range list {
			if list[n].ID == i.ID {
				i = list[n]
			}
		}
		if i.State != staging.Reading {
			break
		}
		if now := time.Now(); i.Progress.Rate > 0 && now.Sub(said) >= sayEvery {
			said = now
			p.console.say("%s: %d of %d rows, %.0f a second, %.0f s left", p.path, i.Progress.Done, i.Progress.Total, i.Progress.Rate, i.Progress.LeftS)
		}
		select {
		case <-moved:
		case <-ctx.Done():
			// Who opened the file closes it now: nobody may read it any more.
			p.imports.Close()
			return i, ctx.Err()
		}
	}
	return i, nil
}
