package intake

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"time"

	"bivouac/data"
	"bivouac/data/load"
	"bivouac/data/profile"
	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/staging"
)

// checkOptions refuses options that could not be followed whatever the file.
func (s *Imports) checkOptions(o *staging.Options, owner geo.Asker) error {
	choice := s.choice(o, owner)
	if err := choice.Check(); err != nil {
		return err
	}
	if o.Mission != "" && !owner.Reader.SeesMission(o.Mission) {
		return geo.ErrorOf(geo.Forbidden, "mission", otherMission, fmt.Sprintf("%.60s", o.Mission))
	}
	_, err := optionsOf(o)
	return err
}

func (s *Imports) choice(o *staging.Options, owner geo.Asker) *profile.Choice {
	return &profile.Choice{Known: profile.Known(s.store.Snapshot().Docs(profile.Kind, owner.Reader)), ID: o.Profile}
}

// Restage reads the file anew by other options.
func (s *Imports) Restage(id string, owner geo.Asker, o staging.Options) (staging.Import, error) {
	if err := s.checkOptions(&o, owner); err != nil {
		return staging.Import{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	x, err := s.find(id, owner)
	if err != nil {
		return staging.Import{}, err
	}
	switch x.State {
	case staging.Taking:
		return x.told(), geo.ErrorOf(geo.Conflict, "import", beingTaken)
	case staging.Approved:
		return x.told(), geo.ErrorOf(geo.Conflict, "import", takenAlready)
	case staging.Receiving:
		x.Options = o
		s.touch(x)
		return x.told(), s.keep(x)
	}
	x.Options, x.Owner = o, owner
	s.start(x)
	return x.told(), s.keep(x)
}

// start has the file of an import read, in place of the work on it that goes
// on. s.mu is held, or nobody knows the import yet.
func (s *Imports) start(x *item) {
	if x.cancel != nil {
		x.cancel()
	}
	ctx, cancel := context.WithCancel(s.all)
	x.cancel = cancel
	x.State, x.Found, x.Report, x.Counts, x.Problem, x.Version, x.Against = staging.Reading, nil, nil, nil, nil, 0, 0
	x.Progress = staging.Progress{Step: "looking"}
	s.touch(x)
	options, owner := x.Options, x.Owner
	s.runs.Go(func() {
		defer cancel()
		select {
		case s.slot <- struct{}{}:
			defer func() { <-s.slot }()
		case <-ctx.Done():
			return
		}
		result, err := s.compare(ctx, x, options, owner)
		s.settle(ctx, x, result, err)
	})
}

// settle notes what became of a comparison, unless another one took its place
// or the program ends: then it is begun anew.
func (s *Imports) settle(ctx context.Context, x *item, result *result, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if ctx.Err() != nil {
		return
	}
	x.cancel = nil
	x.State = staging.Staged
	if result != nil {
		result.into(x)
	}
	if err != nil {
		x.State, x.Problem = staging.Failed, staging.NewProblem(forPeople(err))
	}
	if err := s.keep(x); err != nil {
		x.State, x.Problem = staging.Failed, staging.NewProblem(forPeople(err))
	}
	s.touch(x)
}

func forPeople(err error) *geo.Error {
	var b broken
	if errors.As(err, &b) {
		err = b.err
	}
	var e *geo.Error
	if errors.As(err, &e) && e.Code != geo.Internal {
		return e
	}
	return geo.ErrorOf(geo.Internal, "import", ourFault, err)
}

// result is what a comparison gave.
type result struct {
	found   *staging.Found
	report  *staging.Report
	counts  *staging.Counts // nil where it did not come so far
	schema  geo.Schema
	columns []string
	sum     string
	against geo.Version
	seen    geo.Version
	alone   bool
	highest geo.Class
}

func (r *result) into(x *item) {
	x.Found, x.Report, x.Counts, x.schema, x.columns = r.found, r.report, r.counts, r.schema, r.columns
	x.SHA256, x.Against, x.seen, x.alone, x.Highest = r.sum, r.against, r.seen, r.alone, r.highest
	if r.counts != nil {
		x.Progress.Done, x.Progress.Total = int64(r.report.Rows), int64(r.report.Rows)
	}
	x.Progress.LeftS = 0
}

// compare reads a file and compares it with the store as it is now.
func (s *Imports) compare(ctx context.Context, x *item, o staging.Options, owner geo.Asker) (out *result, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
		}
	}()
	options, sum, err := s.prepare(ctx, x, &o)
	if err != nil {
		return nil, err
	}
	choice := s.choice(&o, owner)
	c := &comparison{reader: owner.Reader, whole: o.Whole, trusted: options.Key != ""}
	options.Recipe, options.Refused, options.Stored = choice.Recipe, c.refuse, s.stored
	d, done, err := s.open(x)
	if err != nil {
		return nil, err
	}
	defer func() {
		if left := done(); left != nil && out != nil && out.report != nil {
			out.report.Warn(*geo.SaidBy(left))
		}
	}()
	layers, err := d.Layers()
	if err != nil {
		return nil, err
	}
	if len(layers) > 1 && options.Layer == "" && options.Collection == "" {
		options.Layer = layers[0]
	}
	if c.file, err = s.file(ctx, d, options, owner.Reader); err != nil {
		return nil, err
	}
	source := c.file.Schema()
	if err := data.CheckSchema(&source); err != nil {
		return nil, err
	}
	snap := s.store.Snapshot()
	l, _ := snap.Layer(source.Name) // nil where the store has no such collection
	out = &result{sum: sum}
	if out.schema, err = schemaOf(l, &source); err != nil {
		return nil, err
	}
	if l != nil {
		out.seen = l.Changed(owner.Reader)
		out.against = out.seen
	}
	c.schema = &out.schema
	out.columns = c.file.Names()
	c.tell = s.counting(x, c.file.Rows())
	report, err := s.spool(ctx, x, c, l)
	out.report, out.found, out.highest, out.alone = reported(&report), found(c.file, &report, l, &out.schema, choice.Matched, layers, options.Layer), c.highest, c.alone
	if err == nil {
		err = checkFound(&o, out.found)
	}
	if err == nil {
		out.counts = &c.counts
	}
	return out, err
}

// stored returns the schema of a collection of the store, nil where it has none.
func (s *Imports) stored(collection string) *geo.Schema {
	l, err := s.store.Snapshot().Layer(collection)
	if err != nil {
		return nil
	}
	return l.Schema()
}

// open returns the file of an import; done closes it, where it is not for
// another to do.
func (s *Imports) open(x *item) (d *load.Dataset, done func() error, err error) {
	if x.opened != nil {
		return x.opened, func() error { return nil }, nil
	}
	if d, err = load.Open(s.path(x)); err != nil {
		return nil, nil, err
	}
	return d, d.Close, nil
}

// prepare returns how the file is read, and its sum.
func (s *Imports) prepare(ctx context.Context, x *item, o *staging.Options) (load.Options, string, error) {
	if x.base != nil {
		return *x.base, x.sum, nil
	}
	sum, err := sumOf(ctx, s.path(x))
	if err != nil {
		return load.Options{}, "", onDisk(err)
	}
	options, err := optionsOf(o)
	return options, sum, err
}

// spool runs the comparison with the rows going to the disk.
func (s *Imports) spool(ctx context.Context, x *item, c *comparison, l *layer.Layer) (report load.Report, err error) {
	if c.book, err = newBook(l, c.schema); err != nil {
		return report, err
	}
	if c.out, err = newSpool(s.folder(x)); err != nil {
		return report, err
	}
	report, err = c.run(ctx)
	if closed := c.out.close(); err == nil {
		err = closed
	}
	return report, err
}

// counting returns what tells of rows as they are compared.
func (s *Imports) counting(x *item, total int) func(n int) {
	s.mu.Lock()
	x.Progress = staging.Progress{Step: "comparing", Total: int64(total)}
	s.touch(x)
	s.mu.Unlock()
	done, begun, told := 0, time.Now(), time.Now()
	return func(n int) {
		if done += n; done%1024 != 0 {
			return
		}
		if now := time.Now(); now.Sub(told) >= tellEvery {
			told = now
			s.progress(x, int64(done), float64(done)/now.Sub(begun).Seconds())
		}
	}
}

// sumOf is the SHA-256 of a file, in hexadecimal digits.
func sumOf(ctx context.Context, path string) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	h := sha256.New()
	if _, err := io.Copy(h, &patient{ctx, file}); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// patient reads until nobody waits any more.
type patient struct {
	ctx context.Context
	in  io.Reader
}

func (p *patient) Read(b []byte) (int, error) {
	if err := p.ctx.Err(); err != nil {
		return 0, err
	}
	return p.in.Read(b)
}
