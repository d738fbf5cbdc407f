package reach

import (
	"context"
	"math"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/contour"
	"bivouac/geo/network"
	"bivouac/geo/pattern"
)

// Options says how areas are drawn about reached roads.
type Options struct {
	WidthMetres float64      // to both sides of a road
	WalkKMH     float64      // off the roads, with the time that is left; 0 walks nowhere
	WalkMetres  float64      // how far at most; 0 is as far as the time lets one
	Barriers    orb.Geometry // lines and areas that nobody walks over or into; nil for none
}

// Outline is areas and how they were drawn.
type Outline struct {
	Areas       []orb.Geometry // by limit; nil where nothing is reached
	WidthMetres float64        // that was drawn: wider than asked where the area is too large for it
	StepMetres  float64        // of the lattice: outlines are off by less
}

// Limit is what is reached in one time.
type Limit struct {
	Millis uint32
	Parts  []Part
}

// fewestSteps is the width in steps of the lattice. It is more than the
// diagonal of a square: all four corners about a place on a road then lie
// within the width, and so does the place.
const fewestSteps = 1.5

// mostPlaces is how many places a lattice has about.
const mostPlaces = 1 << 20

// Draw returns the areas within the width of the parts of each limit, or
// within a walk from them. The last limit is the greatest. Every place of a
// part lies in its area.
//
// Distances are by a local scale of each row of the lattice, which is off by
// less than a hundredth of the width. The errors are ctx's.
func Draw(ctx context.Context, g *network.Graph, limits []Limit, o Options) (*Outline, error) {
	l, err := layOut(g, limits[len(limits)-1], &o)
	if err != nil || l == nil {
		return &Outline{Areas: make([]orb.Geometry, len(limits)), WidthMetres: o.WidthMetres}, err
	}
	out := &Outline{Areas: make([]orb.Geometry, len(limits)), WidthMetres: l.width, StepMetres: l.step}
	err = pattern.Each(ctx, len(limits), 1, func(_, from, _ int) {
		f := l.paint(g, &limits[from])
		if o.WalkKMH > 0 {
			f.walk(ctx)
		}
		out.Areas[from] = f.area()
	})
	return out, err
}

// sheet is the lattice that areas are drawn on, in metres from its south-west
// corner.
type sheet struct {
	contour.Lattice
	origin   float64 // longitude that others are counted from
	step     float64 // metres
	width    float64
	rowScale []float64 // metres of a degree of longitude, by row
	perLat   float64   // metres of a degree of latitude
	speed    float64   // metres a millisecond on foot; 0 for none
	farthest float64   // metres on foot
	walls    *walls
}

// metresPerDegree is a degree of latitude, to 0.6 %.
const metresPerDegree = 111_132

func layOut(g *network.Graph, l Limit, o *Options) (*sheet, error) {
	if len(l.Parts) == 0 {
		return nil, nil
	}
	s := &sheet{width: o.WidthMetres, perLat: metresPerDegree, speed: o.WalkKMH / 3600, farthest: o.WalkMetres}
	if !(s.farthest > 0) {
		s.farthest = math.Inf(1)
	}
	s.origin = math.Floor(g.At(l.Parts[0].Segment, l.Parts[0].From)[0])
	box := orb.Bound{Min: orb.Point{math.Inf(1), math.Inf(1)}, Max: orb.Point{math.Inf(-1), math.Inf(-1)}}
	least := float64(l.Millis)
	for _, p := range l.Parts {
		least = min(least, p.AtFrom, p.AtTo)
		for _, at := range Stretch(g, p.Segment, p.From, p.To) {
			box = box.Extend(s.unroll(at))
		}
	}
	reach := max(s.width, min(s.farthest, s.speed*(float64(l.Millis)-least)))
	north := min(85, math.Ceil(max(math.Abs(box.Min[1]), math.Abs(box.Max[1]))))
	perLon := metresPerDegree * math.Cos(north*math.Pi/180)
	wide, high := (box.Max[0]-box.Min[0])*perLon+4*reach, (box.Max[1]-box.Min[1])*s.perLat+4*reach
	s.size(wide, high)
	rim := max(reach, s.width) + 3*s.step
	s.LatStep, s.LonStep = s.step/s.perLat, s.step/perLon
	s.West = s.origin + math.Floor((box.Min[0]-rim/perLon-s.origin)/s.LonStep)*s.LonStep
	s.South = math.Floor((box.Min[1]-rim/s.perLat)/s.LatStep) * s.LatStep
	s.Columns = int(math.Ceil((box.Max[0]-s.West+rim/perLon)/s.LonStep)) + 1
	s.Rows = int(math.Ceil((box.Max[1]-s.South+rim/s.perLat)/s.LatStep)) + 1
	s.Beyond = -s.step
	s.rowScale = make([]float64, s.Rows)
	for row := range s.rowScale {
		_, lat := s.At(0, row)
		s.rowScale[row] = metresPerDegree * math.Cos(lat*math.Pi/180)
	}
	s.walls = s.wallsOf(o.Barriers)
	if s.Columns*s.Rows > 16*mostPlaces {
		return nil, geo.Errorf(geo.TooLarge, "minutes", "what is reached is too large to draw; take less time")
	}
	return s, nil
}

// size chooses the step of the lattice, in steps of a twentieth, so that areas
// of nearly one size have one lattice.
func (s *sheet) size(wide, high float64) {
	fit := func(least, places float64) float64 {
		step := max(least, math.Sqrt(wide*high/places))
		return least * math.Pow(1.05, math.Ceil(math.Log(step/least)/math.Log(1.05)-1e-9))
	}
	if s.step = fit(s.width/4, mostPlaces); s.step > s.width/fewestSteps {
		s.step = fit(s.width/fewestSteps, 4*mostPlaces)
		s.width = max(s.width, fewestSteps*s.step)
	}
}

// unroll counts longitudes on from the origin over the date line.
func (s *sheet) unroll(p orb.Point) orb.Point {
	return orb.Point{s.origin + math.Remainder(p[0]-s.origin, 360), p[1]}
}

// field is, at each place of the sheet, how much farther one could go from
// there: 0 on the outline.
type field struct {
	*sheet
	contour.Lattice
	from []orb.Point // where one came from the road, or last turned; only for walks
}

func (s *sheet) paint(g *network.Graph, l *Limit) *field {
	f := &field{sheet: s, Lattice: s.Lattice}
	f.Values = make([]float64, s.Columns*s.Rows)
	for i := range f.Values {
		f.Values[i] = f.Beyond
	}
	if s.speed > 0 {
		f.from = make([]orb.Point, len(f.Values))
	}
	for _, p := range l.Parts {
		f.part(g, p, float64(l.Millis))
	}
	return f
}

// part paints a stretch of road, in pieces of a few steps.
func (f *field) part(g *network.Graph, p Part, limit float64) {
	line := Stretch(g, p.Segment, p.From, p.To)
	total := 0.0
	for i := 1; i < len(line); i++ {
		total += f.metres(f.unroll(line[i-1]), f.unroll(line[i]))
	}
	gone := 0.0
	left := func(share float64) float64 { // metres on foot
		return min(f.farthest, f.speed*(limit-p.AtFrom-share*(p.AtTo-p.AtFrom)))
	}
	for i := 1; i < len(line); i++ {
		a, b := f.unroll(line[i-1]), f.unroll(line[i])
		length := f.metres(a, b)
		pieces := max(1, math.Ceil(length/(4*f.step)))
		for k := range int(pieces) {
			u, v := float64(k)/pieces, float64(k+1)/pieces
			f.piece(between(a, b, u), between(a, b, v), left((gone+u*length)/max(total, 1e-9)), left((gone+v*length)/max(total, 1e-9)))
		}
		gone += length
	}
}

func between(a, b orb.Point, share float64) orb.Point {
	return orb.Point{a[0] + share*(b[0]-a[0]), a[1] + share*(b[1]-a[1])}
}

// scale is the metres of a degree of longitude at a latitude.
func (s *sheet) scale(lat float64) float64 {
	row := int((lat - s.South) / s.LatStep)
	return s.rowScale[min(max(row, 0), s.Rows-1)]
}

func (s *sheet) metres(a, b orb.Point) float64 {
	return math.Hypot((b[0]-a[0])*s.scale((a[1]+b[1])/2), (b[1]-a[1])*s.perLat)
}

// piece paints a straight piece of road from whose ends one could walk so many
// metres. Beyond a strip that is always drawn, what is behind a wall is not.
func (f *field) piece(a, b orb.Point, walkA, walkB float64) {
	scale := f.scale((a[1] + b[1]) / 2)
	dx, dy := (b[0]-a[0])*scale, (b[1]-a[1])*f.perLat
	length := math.Hypot(dx, dy)
	slope := 0.0 // of the walk, by metre of road
	if length > 0 {
		slope = max(-0.99, min(0.99, (walkB-walkA)/length))
	}
	lean := slope / math.Sqrt(1-slope*slope)
	reach := f.width + 1.5*f.step // and to the first places without, for the outline
	columns, rows := int(math.Ceil(reach/(f.LonStep*scale)))+1, int(math.Ceil(reach/f.step))+1
	first, last := int((min(a[0], b[0])-f.West)/f.LonStep)-columns, int((max(a[0], b[0])-f.West)/f.LonStep)+columns
	bottom, top := int((min(a[1], b[1])-f.South)/f.LatStep)-rows, int((max(a[1], b[1])-f.South)/f.LatStep)+rows
	for row := max(0, bottom); row <= min(top, f.Rows-1); row++ {
		for column := max(0, first); column <= min(last, f.Columns-1); column++ {
			lon, lat := f.At(column, row)
			x, y := (lon-a[0])*scale, (lat-a[1])*f.perLat
			along, off := 0.0, 0.0
			if length > 0 {
				along = (x*dx + y*dy) / length
				off = math.Abs(x*dy-y*dx) / length
			} else {
				off = math.Sqrt(x*x + y*y)
			}
			if f.speed == 0 && off >= reach {
				continue
			}
			f.offer(row*f.Columns+column, a, b, along, off, length, lean, walkA, slope)
		}
	}
}

// offer sets a place to what is left of the width, or of a walk, if that is
// more than it had.
func (f *field) offer(i int, a, b orb.Point, along, off, length, lean, walk, slope float64) {
	foot := min(max(along, 0), length)
	distance := off
	if rest := along - foot; length > 0 && rest != 0 {
		distance = math.Sqrt(off*off + rest*rest)
	}
	value := f.width - distance
	at := foot
	if f.speed > 0 { // from a place farther on one may have more time left
		leave := min(max(along+off*lean, 0), length)
		if further := walk + slope*leave - math.Hypot(off, along-leave); further > value {
			value, at = further, leave
		}
	}
	if value <= f.Values[i] {
		return
	}
	from := a
	if length > 0 {
		from = between(a, b, at/length)
	}
	if f.walls != nil {
		lon, lat := f.At(i%f.Columns, i/f.Columns)
		if f.walls.between(from, orb.Point{lon, lat}) {
			if distance > math.Sqrt2*f.step {
				return
			}
			from = nowhere // drawn, so that the road is inside, but nobody walks on from here
		}
	}
	f.Values[i] = value
	if f.from != nil {
		f.from[i] = from
	}
}

var nowhere = orb.Point{math.NaN(), math.NaN()}

// grain is into how many parts of a step values are rounded: neither how a
// segment was cut nor a millisecond more or less moves an outline then, but for
// the odd place that lies between two parts.
const grain = 32

func (f *field) area() orb.Geometry {
	part := f.step / grain
	for i, v := range f.Values {
		f.Values[i] = (math.Round(v/part) + 0.25) * part // never 0, nor rounded where many are: on whole parts
	}
	return f.Lattice.Above(0)
}
