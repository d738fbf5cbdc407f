package main

import (
	"context"
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
	"bivouac/geo/report"
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
	evaluate, compare, surface := scenario.Process(planner), scenario.CompareProcess(planner), casevac.SurfaceProcess(cache)
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
		surface,
		siting.Process(cache, context.WithTimeout),
		siting.ParetoProcess(cache, context.WithTimeout),
		evaluate,
		compare,
		scenario.CoverageProcess(planner),
		scenario.GapsProcess(planner),
		report.Process(planner, report.Members{Evaluate: evaluate, Compare: compare, Medical: surface}, build()),
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
	Process  string   `arg:"" optional:"" help:"Id of the analysis; without it, all are listed."`
	Explain  bool     `help:"Say what the analysis takes and gives, and do not run it."`
	Scenario []string `help:"Ask what would be: the id of a scenario, one as JSON, or the name of a .json file that holds one, with a day behind @ for the changes up to it. May be repeated, each on top of those before." placeholder:"NAME[@DAY]" sep:"none"`
	askFlags
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
	inputs, err := k.values(&p.In, nil)
	if err != nil {
		return err
	}
	result, err := k.ask(ctx, c, p, inputs, k.Scenario)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(c.out, "%s\n", geojson.AppendValue(nil, result.Record()))
	return err
}

// progressOn tells how far a run is: in one line that is written over on a
// terminal, in a line a step elsewhere.
func progressOn(w io.Writer) process.Progress {
	const anew = "\r\x1b[K" // to the start of the line, and wipe it
	begin, end := "", "\n"
	if isTerminal(w) {
		begin, end = anew, ""
	}
	return func(done, total int, step geo.Said) {
		fmt.Fprintf(w, "%s%d of %d: %s%s", begin, min(done+1, total), total, step.Text, end)
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
