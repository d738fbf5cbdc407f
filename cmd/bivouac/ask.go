package main

import (
	"context"
	"encoding/json"
	"os"
	"strings"

	"bivouac/geo"
	"bivouac/geo/geojson"
	"bivouac/geo/layer"
	"bivouac/geo/process"
	"bivouac/geo/scenario"
)

// askFlags say what an analysis is asked, of which data, and as whom.
type askFlags struct {
	Input   map[string]string `short:"i" help:"An input, its value as JSON or as plain text, as in radius_m=50000 or bases=[1,2]. May be repeated." placeholder:"NAME=VALUE" mapsep:"none"`
	Inputs  string            `help:"A file with a JSON object of inputs." type:"existingfile" placeholder:"FILE"`
	Load    []string          `help:"Files to ask instead of the sample world." type:"existingfile" placeholder:"FILE"`
	Store   string            `help:"A store to ask, which may be in use." type:"existingfile" placeholder:"FILE.gpkg"`
	Version int64             `help:"Ask the state that the store had at this version." placeholder:"N"`
	AsOf    string            `name:"asof" help:"Ask the state that the store had at this time, or at the end of this day." placeholder:"TIME"`
	Ceiling string            `help:"Highest classification that is read: ${enum}." enum:"unclassified,confidential,strictly_confidential" default:"strictly_confidential"`
	Seen    []string          `name:"reader-mission" help:"A mission whose records are read, besides what all share; all missions without it. May be repeated." placeholder:"CODE"`
	sourceFlags
}

// ask executes an analysis in the world of scenarios, one on top of the other.
func (k *askFlags) ask(ctx context.Context, c console, p *process.Process, in geo.Values, scenarios []string) (process.Result, error) {
	ceiling, err := geo.ParseClass(k.Ceiling)
	if err != nil {
		return process.Result{}, err
	}
	w, err := k.open(ctx, c)
	if err != nil {
		return process.Result{}, err
	}
	defer w.close()
	if p.Roads {
		w.store.KeepRoads()
	}
	snap, err := k.state(ctx, w)
	if err != nil {
		return process.Result{}, err
	}
	// Who may run this program may read the files that it reads.
	world := process.World{Snapshot: snap, Reader: geo.Reader{Ceiling: ceiling, Missions: k.Seen}}
	for _, name := range scenarios {
		if world, err = suppose(ctx, world, name); err != nil {
			return process.Result{}, err
		}
	}
	return p.Execute(ctx, world, in, progressOn(c.err))
}

// open reads the store, or loads what is kept in memory.
func (k *askFlags) open(ctx context.Context, c console) (*world, error) {
	switch {
	case k.Store == "":
		return openWorld(ctx, c, k.Load, k.sourceFlags)
	case len(k.Load) > 0:
		return nil, geo.Errorf(geo.Invalid, "--load", "goes with no --store; ask one of them at a time")
	}
	return readStore(ctx, k.Store)
}

// state is the state that is asked: the newest, unless the flags say another.
func (k *askFlags) state(ctx context.Context, w *world) (*layer.Snapshot, error) {
	now := w.store.Snapshot()
	switch {
	case k.Version != 0 && k.AsOf != "":
		return nil, geo.Errorf(geo.Invalid, "--version", "give --asof or --version, not both")
	case k.Version != 0:
		return w.store.AsOf(ctx, geo.Version(k.Version))
	case k.AsOf == "":
		return now, nil
	}
	at, err := geo.ParseInterval(k.AsOf)
	if err != nil || strings.Contains(k.AsOf, "/") {
		return nil, geo.Errorf(geo.Invalid, "--asof", "must be a time such as 2018-08-31T12:00:00Z, or a day, whose end is meant; not %.40q", k.AsOf)
	}
	m, ok := now.AsOf(at.End.Time - geo.Microsecond)
	if !ok {
		return nil, geo.Errorf(geo.NotFound, "--asof", "there was nothing yet at %s", k.AsOf)
	}
	return w.store.AsOf(ctx, m.Version)
}

// suppose is the world in which the scenario has happened. What its changes do,
// or why one does nothing, is scenario-evaluate's to tell.
func suppose(ctx context.Context, w process.World, name string) (process.World, error) {
	s, called, err := readScenario(w, name)
	if err != nil {
		return w, err
	}
	out, err := scenario.Apply(ctx, w.Snapshot, s, s.Date, w.Reader)
	if err != nil {
		return w, err
	}
	if w.Scenario != "" {
		called = w.Scenario + ", " + called
	}
	return process.World{Snapshot: out.Snapshot, Reader: w.Reader, Scenario: called}, nil
}

// readScenario reads a scenario that the store keeps, or a file that holds one,
// and says what it is called.
func readScenario(w process.World, name string) (*scenario.Scenario, string, error) {
	path, day, dated := strings.Cut(name, "@")
	if !strings.HasSuffix(path, ".json") {
		s, err := scenario.Read(w, "--scenario", name)
		return s, name, err
	}
	d, err := scenarioFile(path)
	if err != nil {
		return nil, "", err
	}
	s, err := scenario.Parse(d.Title, d.Body)
	if err != nil {
		return nil, "", geo.Errorf(geo.Invalid, path, "%v", err)
	}
	s.Mission = d.Mission
	if dated {
		if s.Date, err = scenario.ParseDay("--scenario", day); err != nil {
			return nil, "", err
		}
		d.Title += ", " + day
	}
	return s, d.Title, nil
}

// scenarioDoc is a file that holds a scenario, in the form in which the API
// takes one.
type scenarioDoc struct {
	Title   string
	Mission string
	Body    json.RawMessage
}

func scenarioFile(path string) (d scenarioDoc, err error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return d, err
	}
	if err := json.Unmarshal(text, &d); err != nil || d.Title == "" || d.Body == nil {
		return d, geo.Errorf(geo.Invalid, path, `must hold a scenario as {"title":"...","body":{"changes":[...]}}`)
	}
	return d, nil
}

// values reads the inputs from the file, those of the flags over them, and the
// further ones over all.
func (k *askFlags) values(in *geo.Schema, further map[string]json.RawMessage) (geo.Values, error) {
	raw := map[string]json.RawMessage{}
	if k.Inputs != "" {
		text, err := os.ReadFile(k.Inputs)
		if err != nil {
			return nil, err
		}
		if err := json.Unmarshal(text, &raw); err != nil {
			return nil, geo.Errorf(geo.Invalid, k.Inputs, "must hold a JSON object of inputs by name: %v", err)
		}
	}
	for name, text := range k.Input {
		raw[name] = asJSON(in, name, text)
	}
	for name, text := range further {
		raw[name] = text
	}
	body, err := json.Marshal(raw)
	if err != nil {
		return nil, err
	}
	return process.Read(in, body)
}

// asJSON takes plain text for a text where the input is one, so that nobody
// must quote quotes for a shell.
func asJSON(in *geo.Schema, name, text string) json.RawMessage {
	plain := !json.Valid([]byte(text))
	if i := in.Field(name); i >= 0 {
		switch in.Fields[i].Kind {
		case geo.KindString, geo.KindTime, geo.KindInterval:
			plain = plain || !strings.HasPrefix(text, `"`)
		}
	}
	if plain {
		return geojson.AppendString(nil, text)
	}
	return json.RawMessage(text)
}
