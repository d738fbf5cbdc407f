// Package process is the registry of analyses: what each is called, what it
// takes and gives, and the envelope that every answer comes in.
//
// A Process describes itself by two schemas. The page's form, the command
// line's help, the API description and the check of inputs all follow from
// them. The list of processes is one slice, made where the parts are joined.
package process

import (
	"context"
	"fmt"
	"slices"

	"bivouac/geo"
	"bivouac/geo/layer"
)

// World is what a process may look at: one Snapshot, as one Reader sees it.
type World struct {
	*layer.Snapshot
	Reader   geo.Reader
	Scenario string // in which the Snapshot is what would be; "" for none
}

// Progress is told how far a run is: done of total parts, and the step that is
// taken. It must return at once. A run is never given a nil Progress.
type Progress func(done, total int, step geo.Said)

// Process is one analysis.
type Process struct {
	ID          string
	Title       string
	Description string
	In, Out     geo.Schema
	Roads       bool // asks for the World's Network, which is not made for a run that does not
	Anytime     bool // gives the best that it has where it is asked to, see [Searching]
	// Run gets inputs that were checked against In, with defaults filled in.
	// It returns ctx's error when the asker goes away.
	Run func(ctx context.Context, w World, in geo.Values, p Progress) (Result, error)
}

// Result is an answer and what one must know to trust it. A Run fills in all
// but Version, At and Ceiling, which Execute knows.
type Result struct {
	Output geo.Values // as Process.Out says

	Version    geo.Version    // the last one that changed what the answer was made of
	At         geo.Time       // when that was
	Ceiling    geo.Class      // of the reader
	Parameters geo.Values     // the inputs as they were used; nil for as they were given
	Method     string         // by its standard name, with the source
	Selected   int            // rows that the question selected
	Used       int            // rows that went into the answer
	Dropped    map[string]int // rows left out, by reason; Used + Dropped = Selected
	Seed       uint64         // of what was drawn at random; 0 for nothing
	Warnings   []Warning      // what limits the answer
	Scenario   string         // as that of the World, or what the run itself supposes
	Layers     []*layer.Layer // what the answer was made of; nil for all
	Docs       []geo.Doc      // and the documents
}

// Registry finds processes by their IDs.
type Registry struct{ list []Process }

// NewRegistry returns a registry of the processes in the given order. Two of
// one ID, one without a Run, and one with two inputs or outputs of one name, are an
// error.
func NewRegistry(list ...Process) (*Registry, error) {
	seen := map[string]bool{}
	for _, p := range list {
		if p.ID == "" || p.Run == nil || seen[p.ID] {
			return nil, fmt.Errorf("process: %q is not complete, or registered twice", p.ID)
		}
		seen[p.ID] = true
		for _, fields := range [][]geo.Field{p.In.Fields, p.Out.Fields} {
			names := map[string]bool{}
			for i := range fields {
				if names[fields[i].Name] {
					return nil, fmt.Errorf("process: %s has two fields called %q", p.ID, fields[i].Name)
				}
				names[fields[i].Name] = true
			}
		}
	}
	return &Registry{list}, nil
}

// List returns all processes in their order. It is not to be changed.
func (r *Registry) List() []Process { return r.list }

// Find returns the process of the ID.
func (r *Registry) Find(id string) (*Process, error) {
	i := slices.IndexFunc(r.list, func(p Process) bool { return p.ID == id })
	if i < 0 {
		return nil, geo.Errorf(geo.NotFound, "process", "there is no process %q; /api/processes lists them", id)
	}
	return &r.list[i], nil
}

// Execute checks the inputs, fills in defaults, runs p and completes the
// envelope. A nil progress is allowed. Rows that do not add up are an error:
// an answer that lost some in silence is worse than none.
func (p *Process) Execute(ctx context.Context, w World, in geo.Values, progress Progress) (Result, error) {
	checked, err := Check(&p.In, in)
	if err != nil {
		return Result{}, err
	}
	if progress == nil {
		progress = func(int, int, geo.Said) {}
	}
	r, err := p.Run(ctx, w, checked, progress)
	if err != nil {
		return Result{}, err
	}
	dropped := 0
	for _, n := range r.Dropped {
		dropped += n
	}
	if r.Used+dropped != r.Selected {
		return Result{}, geo.Errorf(geo.Internal, p.ID, "%d rows used and %d dropped are not the %d selected", r.Used, dropped, r.Selected)
	}
	layers := r.Layers
	if layers == nil {
		layers = w.Layers()
	}
	if r.Parameters == nil {
		r.Parameters = checked
	}
	changed := w.Changed(w.Reader, layers...)
	for _, d := range r.Docs {
		if d.Rev > changed.Version {
			changed = w.Moment(d.Rev)
		}
	}
	if r.Scenario == "" {
		r.Scenario = w.Scenario
	}
	r.Version, r.At, r.Ceiling = changed.Version, changed.At, w.Reader.Ceiling
	return r, nil
}
