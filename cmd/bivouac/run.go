package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"
	"time"
	_ "time/tzdata" // the rules of time zones, where the machine has none

	"bivouac/geo"
	"bivouac/geo/air"
	"bivouac/geo/casevac"
	"bivouac/geo/cluster"
	"bivouac/geo/density"
	"bivouac/geo/footprint"
	"bivouac/geo/geojson"
	"bivouac/geo/hotspot"
	"bivouac/geo/indicator"
	"bivouac/geo/network"
	"bivouac/geo/opening"
	"bivouac/geo/process"
	"bivouac/geo/quality"
	"bivouac/geo/reach"
	"bivouac/geo/roads"
	"bivouac/geo/route"
	"bivouac/geo/scenario"
	"bivouac/geo/siting"
	"bivouac/geo/spacetime"
	"bivouac/geo/standoff"
	"bivouac/geo/threat"
)

// processes is every analysis that there is.
func processes() (*process.Registry, error) { return analyses(scenario.NewWorlds(scenarios)) }

// analyses is processes on the worlds of scenarios that the surface keeps.
func analyses(supposed *scenario.Worlds) (*process.Registry, error) {
	cache, risk := network.NewCache(travels), route.Threat{Fields: threat.RiskFields(), PerArc: threat.Risk}
	planner := &scenario.Tools{Cache: cache, Worlds: supposed, Tables: scenario.NewTables(travels)}
	return process.NewRegistry(append([]process.Process{
		footprint.Process(),
		density.Process(),
		hotspot.Process(),
		hotspot.EmergingProcess(),
		indicator.Process(time.LoadLocation),
		cluster.Process(),
		spacetime.NearRepeatProcess(),
		spacetime.ScanProcess(),
		quality.Process(),
		standoff.Process(),
		roads.Process(cache),
		route.Process(cache, risk),
		route.ParetoProcess(cache, risk),
		route.CorridorProcess(),
		threat.Process(),
		reach.IsochroneProcess(cache),
		reach.MatrixProcess(cache),
		reach.AccessProcess(cache),
		opening.Process(),
		air.Process(),
		casevac.ChainProcess(cache),
		casevac.SurfaceProcess(cache),
		siting.Process(cache, context.WithTimeout),
		siting.ParetoProcess(cache, context.WithTimeout),
		scenario.Process(planner),
		scenario.CompareProcess(planner),
		scenario.CoverageProcess(planner),
		scenario.GapsProcess(planner),
	}, examples...)...)
}

// scenarios is how many worlds of scenarios are kept: a planner goes back and
// forth between some, as of some days.
const scenarios = 24

// travels is how many graphs under conditions are kept: vehicles by months by
// readers, of which few are asked about at once.
const travels = 8

// examples are further processes of a build for tests of the page; others have
// none.
var examples []process.Process

type runCmd struct {
	Process  string            `arg:"" optional:"" help:"Id of the analysis; without it, all are listed."`
	Input    map[string]string `short:"i" help:"An input, its value as JSON or as plain text, as in radius_m=50000 or bases=[1,2]. May be repeated." placeholder:"NAME=VALUE" mapsep:"none"`
	Inputs   string            `help:"A file with a JSON object of inputs." type:"existingfile" placeholder:"FILE"`
	Explain  bool              `help:"Say what the analysis takes and gives, and do not run it."`
	Load     []string          `help:"Files to ask instead of the sample world." type:"existingfile" placeholder:"FILE"`
	Scenario string            `help:"Ask what would be: the id of a scenario, with a day behind @ for the changes up to it." placeholder:"NAME[@DAY]"`
	Store    string            `help:"A store to ask, which may be in use." type:"existingfile" placeholder:"FILE.gpkg"`
	sourceFlags
}

// Run executes the analysis on the code that serves it over HTTP.
func (k runCmd) Run(ctx context.Context, c console) error {
	registry, err := processes()
	if err != nil {
		return err
	}
	if k.Process == "" {
		return listProcesses(c, registry)
	}
	p, err := registry.Find(k.Process)
	if err != nil {
		return geo.Errorf(geo.NotFound, "", "there is no analysis %q; bivouac run lists them", k.Process)
	}
	if k.Explain {
		return explain(c, p)
	}
	inputs, err := k.values(&p.In)
	if err != nil {
		return err
	}
	w, err := k.open(ctx, c)
	if err != nil {
		return err
	}
	defer w.close()
	if p.Roads {
		w.store.KeepRoads()
	}
	// Who may run this program may read the files that it reads.
	reader := geo.Reader{Ceiling: geo.StrictlyConfidential}
	asked, err := suppose(ctx, k.Scenario, process.World{Snapshot: w.store.Snapshot(), Reader: reader})
	if err != nil {
		return err
	}
	result, err := p.Execute(ctx, asked, inputs, progressOn(c.err))
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(c.out, "%s\n", geojson.AppendValue(nil, result.Record()))
	return err
}

// suppose is the world in which the scenario has happened. What its changes do,
// or why one does nothing, is scenario-evaluate's to tell.
func suppose(ctx context.Context, id string, w process.World) (process.World, error) {
	if id == "" {
		return w, nil
	}
	s, err := scenario.Read(w, "--scenario", id)
	if err != nil {
		return w, err
	}
	out, err := scenario.Apply(ctx, w.Snapshot, s, s.Date, w.Reader)
	if err != nil {
		return w, err
	}
	return process.World{Snapshot: out.Snapshot, Reader: w.Reader, Scenario: id}, nil
}

// progressOn tells how far a run is: in one line that is written over on a
// terminal, in a line a step elsewhere.
func progressOn(w io.Writer) process.Progress {
	const anew = "\r\x1b[K" // to the start of the line, and wipe it
	begin, end := "", "\n"
	if isTerminal(w) {
		begin, end = anew, ""
	}
	return func(done, total int, step string) {
		fmt.Fprintf(w, "%s%d of %d: %s%s", begin, min(done+1, total), total, step, end)
		if done+1 >= total && end == "" {
			fmt.Fprint(w, "\n")
		}
	}
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// open reads the store, or loads what is kept in memory.
func (k runCmd) open(ctx context.Context, c console) (*world, error) {
	switch {
	case k.Store == "":
		return openWorld(ctx, c, k.Load, k.sourceFlags)
	case len(k.Load) > 0:
		return nil, geo.Errorf(geo.Invalid, "--load", "goes with no --store; ask one of them at a time")
	}
	return readStore(ctx, k.Store)
}

// values reads the inputs from the file, and those of the flags over them.
func (k runCmd) values(in *geo.Schema) (geo.Values, error) {
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

func listProcesses(c console, registry *process.Registry) error {
	for _, p := range registry.List() {
		if _, err := fmt.Fprintf(c.out, "%s\t%s. %s\n", p.ID, p.Title, p.Description); err != nil {
			return err
		}
	}
	return nil
}

func explain(c console, p *process.Process) error {
	w := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "%s: %s\n\nInputs:\n", p.ID, p.Description)
	for i := range p.In.Fields {
		f := &p.In.Fields[i]
		fmt.Fprintf(w, "  %s\t%s\t%s\n", f.Name, kindOf(f), f.Description)
	}
	fmt.Fprintf(w, "\nOutputs:\n")
	for i := range p.Out.Fields {
		f := &p.Out.Fields[i]
		fmt.Fprintf(w, "  %s\t%s\t%s\n", f.Name, kindOf(f), strings.TrimSpace(f.Title+". "+f.Description))
	}
	return w.Flush()
}

func kindOf(f *geo.Field) string {
	kind := f.Kind.String()
	if f.Items != nil {
		kind += " of " + f.Items.Kind.String() + "s"
	}
	if f.Required {
		kind += ", required"
	}
	return kind
}
