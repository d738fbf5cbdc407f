package threat

import (
	"context"
	"math"
	"slices"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/pattern"
	"bivouac/geo/process"
	"bivouac/geo/roads"
)

// assessment is what was found of the roads.
type assessment struct {
	in      geo.Values
	pattern *pattern.Pattern
	seen    *Seen

	sections []Section
	metres   []float64

	incidents []Incident
	at        []int32 // the section of each
	hit       []bool  // whose targets are those of the movements
	times     []geo.Time
	offRoads  int // incidents farther than the tolerance from every road
	outside   int // incidents on a road outside the area
	harm      string
	aimed     bool // only some targets are those of the movements

	period  pattern.Period
	dated   bool
	counted float64 // years, as they count with the half-life

	tallies []Tally
	yearly  []Rate // by km and year, or by km where nothing is known of time
	basis   Basis
	driven  *driven // nil without movements
	notes   []process.Warning
}

// assess counts the incidents on the roads and makes rates of them. No more than
// so many sections are made; 0 is for those that nobody draws, see mostCuts.
func assess(ctx context.Context, w process.World, in geo.Values, most int, progress process.Progress) (*assessment, error) {
	a := &assessment{in: in}
	var err error
	progress(0, 4, readingIncidents.With())
	if err = a.read(ctx, w); err != nil {
		return nil, err
	}
	if a.seen, err = roadsOf(ctx, w); err != nil {
		return nil, err
	}
	if err = roads.Mark(ctx, w); err != nil {
		return nil, err
	}
	if err = a.cut(most); err != nil {
		return nil, err
	}
	if a.period, a.dated = a.pattern.Period(); !a.dated && a.in[HalfLifeInput].Float() > 0 && a.pattern.Len() > 0 {
		return nil, geo.Errorf(geo.Invalid, HalfLifeInput, "the records of %s have no time that they could grow old by; leave it out", a.pattern.Layer.Schema().Name)
	}
	progress(1, 4, placingIncidents.With())
	if err = a.snap(ctx, w); err != nil {
		return nil, err
	}
	a.tallies = Count(len(a.sections), a.incidents, a.at)
	exposure := make([]float64, len(a.sections))
	a.counted = 1
	if a.dated {
		_, days := Decay(0, a.days(), a.in[HalfLifeInput].Float())
		a.counted = days / (365.25)
	}
	for i, m := range a.metres {
		exposure[i] = m / 1000 * a.counted
	}
	a.yearly, a.basis = Rates(a.tallies, exposure)
	progress(2, 4, placingMovements.With())
	return a, a.drive(ctx, w)
}

// read reads the incidents, those of coarse places left out unless asked.
func (a *assessment) read(ctx context.Context, w process.World) (err error) {
	l, _, err := w.Selection(a.in)
	if err != nil {
		return err
	}
	floor, err := pattern.ReadFloor(l.Schema(), a.in)
	if err != nil {
		return err
	}
	if floor.Field != "" && !floor.Asked() {
		in := geo.Values{pattern.PrecisionInput: geo.Int(defaultPrecision)}
		for name, v := range a.in {
			in[name] = v
		}
		a.in = in
	}
	a.pattern, err = pattern.Read(ctx, w, a.in, l.Schema().Timed())
	return err
}

// mostSections bounds what is drawn. What is only reckoned with may have a section
// for each segment of the roads, and so many more where long ones are cut: some 800
// bytes each while rates are found.
const (
	mostSections = 100_000
	mostCuts     = 1_000_000
)

// cut makes the sections, within the area that was asked.
func (a *assessment) cut(most int) error {
	var inside func(int32) []Part
	if a.pattern.Area != nil {
		var err error
		if inside, err = a.seen.Inside(a.pattern.Area); err != nil {
			return geo.Errorf(geo.Invalid, process.AreaInput, "%v", err)
		}
	}
	if most == 0 {
		most = len(a.seen.Way) + mostCuts
	}
	longest := a.in[LongestInput].Float() * 1000
	if total := a.seen.length(); longest > 0 && total/longest > float64(most) {
		return geo.Errorf(geo.TooLarge, LongestInput, "%.0f km of roads make more than %d sections of %v km; take longer ones", total/1000, most, longest/1000)
	}
	a.sections = a.seen.Sections(By(a.in[ByInput].Text()), longest, inside)
	if len(a.sections) == 0 {
		return geo.Errorf(geo.Invalid, process.AreaInput, "there is no road in the area; widen it")
	}
	if len(a.sections) > most {
		return geo.Errorf(geo.TooLarge, ByInput, "the roads make %d sections, and no more than %d are taken; ask of an area, or by way", len(a.sections), most)
	}
	a.metres = make([]float64, len(a.sections))
	for i := range a.sections {
		a.metres[i] = a.sections[i].Metres
	}
	return nil
}

// snap puts the incidents on the roads, and reads what each counts for.
func (a *assessment) snap(ctx context.Context, w process.World) error {
	const grain = 64
	spots, on := make([]Spot, a.pattern.Len()), make([]bool, a.pattern.Len())
	err := pattern.Each(ctx, len(spots), grain, func(_, from, to int) {
		for i := from; i < to; i++ {
			spots[i], on[i] = a.seen.Snap(a.pattern.Points[i], a.in[ToleranceInput].Float())
		}
	})
	if err != nil {
		return err
	}
	factors, err := a.factors(w.Reader)
	if err != nil {
		return err
	}
	f := newFinder(len(a.seen.Way), a.sections)
	for i, spot := range spots {
		section := int32(-1)
		if on[i] {
			section = f.find(spot)
		}
		switch {
		case !on[i]:
			a.offRoads++
			continue
		case section < 0:
			a.outside++
			continue
		}
		one := Incident{Spot: spot, Weight: a.pattern.WeightOf(i)}
		a.hit = append(a.hit, factors.read(a.pattern.Keys[i], &one))
		one.Recency = 1
		if a.dated {
			one.Recency, _ = Decay(float64(a.period.To-a.pattern.Times[i])/float64(geo.Day), 0, a.in[HalfLifeInput].Float())
			a.times = append(a.times, a.pattern.Times[i])
		}
		a.incidents, a.at = append(a.incidents, one), append(a.at, section)
	}
	return nil
}

func (a *assessment) days() float64 { return float64(a.period.To-a.period.From) / float64(geo.Day) }

// factors reads what an incident's record says of its weight.
type factors struct {
	layer     *layer.Layer
	reader    geo.Reader
	precision int // position of the field, -1 for none
	weights   []geo.Value
	harm      process.Numbers
	target    int // position of the field, -1 for none
	targets   []geo.Value
}

func (a *assessment) factors(r geo.Reader) (*factors, error) {
	s := a.pattern.Layer.Schema()
	f := &factors{layer: a.pattern.Layer, reader: r, precision: -1, weights: a.in[PrecisionInput].List(), target: -1, targets: a.in[TargetsInput].List()}
	if len(f.targets) > 0 {
		f.target = s.Field(targetField)
	}
	a.aimed = f.target >= 0
	if a.pattern.Precision != "" {
		f.precision = s.Field(a.pattern.Precision)
	}
	a.harm = a.in[HarmInput].Text()
	if a.harm == "" && s.Field("killed") >= 0 && s.Field("injured") >= 0 {
		a.harm = "killed+injured"
	}
	if a.harm == "" {
		return f, nil
	}
	var err error
	f.harm, err = process.NumberFields(s, HarmInput, a.harm)
	return f, err
}

// targetField says who was hit.
const targetField = "target"

// read fills in what the record of an incident says, and returns whether it
// hit, or would have hit, those of whom movements are recorded.
func (f *factors) read(k geo.Key, one *Incident) bool {
	one.Precision, one.Harm = 1, math.NaN()
	row, ok := f.layer.Find(k, f.reader)
	if !ok {
		return false
	}
	if f.precision >= 0 && len(f.weights) > 0 {
		c := row.Table().Column(f.precision)
		if code, ok := c.Number(row.Number()); ok && code >= 1 {
			one.Precision = f.weights[min(int(code), len(f.weights))-1].Float()
		}
	}
	if f.harm != nil {
		one.Harm = process.Sum(f.harm.Columns(row.Table()), row.Number())
	}
	return f.target < 0 || slices.ContainsFunc(f.targets, row.Value(f.target).Equal)
}

func (v *Seen) length() (metres float64) {
	for _, m := range v.Roads.metres {
		metres += m
	}
	return metres
}

func (a *assessment) note(s geo.Sentence, values ...any) {
	a.notes = append(a.notes, s.With(values...))
}
