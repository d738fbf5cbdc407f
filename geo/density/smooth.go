package density

import (
	"context"
	"math"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/grid"
	"bivouac/geo/measure"
	"bivouac/geo/process"
	"bivouac/geo/shape"
)

// kernel makes the smooth surface.
func (a *asked) kernel(ctx context.Context, progress process.Progress) error {
	a.result.Method = "Kernel density estimate, quartic or Gaussian, in metres on WGS84 by a local scale (Silverman 1986); " +
		"contours by marching squares at the smallest areas that hold a share (Hyndman 1996)"
	if a.pattern.Total() == 0 {
		a.result.Output = geo.Values{"surface": process.FeatureCollection(nil), "total": geo.Record(geo.Values{"events": geo.Int(int64(a.pattern.Len())), "weight": geo.Float(0)})}
		if a.pattern.Len() > 0 {
			a.warn("All events weigh 0: there is nothing to spread.")
		}
		return nil
	}
	b, err := a.bandwidth(ctx, progress)
	if err != nil {
		return err
	}
	q := Query{
		Points: a.pattern.Points, Weights: a.pattern.Weights, Kernel: Kernel(a.in[KernelInput].Text()),
		BandwidthMetres: b.metres, CellMetres: a.in[ResolutionInput].Float(),
	}
	s, err := Estimate(ctx, q, func(done, total int) { progress(done, total, spreading.With()) })
	if err != nil {
		return err
	}
	in, err := a.inside(s)
	if err != nil {
		return err
	}
	features, err := a.drawn(s, in)
	if err != nil {
		return err
	}
	a.result.Output = geo.Values{"surface": process.FeatureCollection(features), "kernel": a.kernelValue(s, in, b), "total": a.smoothTotal(s)}
	return nil
}

// chosen is a bandwidth and whose it is.
type chosen struct {
	metres    float64
	by        string
	spread    Spread
	reference float64 // by the rule, for the kernel
}

// bandwidth is what was asked for, or that of the rule.
func (a *asked) bandwidth(ctx context.Context, progress process.Progress) (chosen, error) {
	x, y, weights := a.places()
	b := chosen{by: "given", spread: Reference(x, y, weights)}
	kernel := Kernel(a.in[KernelInput].Text())
	b.reference = b.spread.BandwidthMetres
	if kernel == Gaussian {
		b.reference /= quarticOfGaussian
	}
	if v := a.in[BandwidthInput]; !v.Null() {
		b.metres = v.Float()
		return b, nil
	}
	b.by, b.metres = referenceRule, b.reference
	if a.in[RuleInput].Text() == likelihoodRule {
		b.by = likelihoodRule
		seed := uint64(a.in[SeedInput].Int())
		metres, drawn, err := CrossValidate(ctx, x, y, weights, seed, func(done, total int) { progress(done, total, tryingBandwidths.With()) })
		if err != nil {
			return b, err
		}
		if drawn < len(x) && metres > 0 {
			a.result.Seed = seed
			a.warn("The bandwidth was tried on %d places, drawn of %d.", drawn, len(x))
		}
		if b.metres = metres; kernel == Quartic {
			b.metres *= quarticOfGaussian
		}
	}
	if !(b.metres > 0) {
		return b, geo.Errorf(geo.Invalid, BandwidthInput, "the events stand at %d places, which give no bandwidth; give one in metres", len(x))
	}
	return b, nil
}

// places are where events of some weight stand, in metres about their middle,
// and the sum of the weights at each.
func (a *asked) places() (x, y, weights []float64) {
	centre, _ := grid.CentreOf(orb.MultiPoint(a.pattern.Points))
	plane := grid.NewPlane(centre)
	seen := map[orb.Point]int{}
	for i, p := range a.pattern.Points {
		w := a.pattern.WeightOf(i)
		if w == 0 {
			continue
		}
		n, ok := seen[p]
		if !ok {
			n = len(x)
			seen[p] = n
			px, py := plane.Forward(p)
			x, y, weights = append(x, px), append(y, py), append(weights, 0)
		}
		weights[n] += w
	}
	return x, y, weights
}

// inside is what of the surface has its middle in the study area, with 0
// beyond; all of it where none was asked for.
func (a *asked) inside(s *Surface) (*Surface, error) {
	if a.pattern.Area == nil {
		return s, nil
	}
	area, err := shape.Prepare(a.pattern.Area)
	if err != nil {
		return nil, err
	}
	return s.within(area), nil
}

// drawn draws the part in of the surface s that lies in the study area.
// Contours are those of s, so that its edge bends none of them, cut at the
// area; which levels they have, and their shares, are those of in.
func (a *asked) drawn(s, in *Surface) ([]geo.Value, error) {
	if a.in[DrawInput].Text() == drawCells {
		return a.surfaceCells(in)
	}
	levels, err := a.levels(in)
	if err != nil {
		return nil, err
	}
	var out []geo.Value
	for _, c := range s.Contours(levels) {
		area, err := a.cut(c.Area)
		if err != nil {
			return nil, err
		}
		if area == nil {
			continue
		}
		v := a.levelValue(c.Level)
		v["share"], v["area_km2"] = geo.Float(in.shareAbove(c.Level)), geo.Float(measure.PlaneArea(area)/1e6)
		out = append(out, process.Feature(len(out)+1, area, v))
	}
	if len(out) == 0 {
		a.warn("The surface reaches none of the levels: its highest density is %.4g per km2.", in.peak().value*1e6)
	}
	return out, nil
}

// cut is what of a contour lies in the study area, nil for nothing.
func (a *asked) cut(contour orb.Geometry) (orb.Geometry, error) {
	if a.pattern.Area == nil {
		return contour, nil
	}
	area, err := shape.Intersection(contour, a.pattern.Area)
	if err != nil || area == nil {
		return nil, err
	}
	return area, nil
}

func (a *asked) levels(s *Surface) ([]float64, error) {
	var out []float64
	if v := a.in[LevelsInput]; !v.Null() && len(v.List()) > 0 {
		for _, level := range v.List() {
			if level.Float() <= 0 {
				return nil, geo.Errorf(geo.Invalid, LevelsInput, "a level of %v is everywhere; give densities above 0", level.Float())
			}
			out = append(out, level.Float()/1e6)
		}
		return out, nil
	}
	for _, share := range a.in[SharesInput].List() {
		if !(share.Float() > 0 && share.Float() < 100) {
			return nil, geo.Errorf(geo.Invalid, SharesInput, "%v %% of all is no area; give shares above 0 and below 100", share.Float())
		}
		out = append(out, share.Float()/100)
	}
	return s.Levels(out), nil
}

func (a *asked) levelValue(perSquareMetre float64) geo.Values {
	v := geo.Values{"per_km2": geo.Float(perSquareMetre * 1e6), "per_km2_year": {}}
	if a.dated {
		v["per_km2_year"] = geo.Float(perSquareMetre * 1e6 / a.period.Years())
	}
	return v
}

// surfaceCells are the cells above 0 as boxes.
func (a *asked) surfaceCells(s *Surface) ([]geo.Value, error) {
	var out []geo.Value
	for row := range s.Rows {
		area := s.CellArea(row)
		for column := range s.Columns {
			value := s.Values[row*s.Columns+column]
			if value == 0 {
				continue
			}
			if len(out) == mostDrawn {
				return nil, geo.Errorf(geo.TooLarge, ResolutionInput, "more than %d cells are above 0, which is the most that are drawn; take wider cells, or draw contours", mostDrawn)
			}
			v := a.levelValue(value)
			v["share"], v["area_km2"] = geo.Float(value*area/s.Weight), geo.Float(area/1e6)
			out = append(out, process.Feature(len(out)+1, s.cellShape(column, row), v))
		}
	}
	return out, nil
}

func (s *Surface) cellShape(column, row int) orb.Geometry {
	west, south := s.West+float64(column)*s.LonStep, s.South+float64(row)*s.LatStep
	east, north := s.West+float64(column+1)*s.LonStep, s.South+float64(row+1)*s.LatStep
	ring := orb.Ring{{west, south}, {east, south}, {east, north}, {west, north}, {west, south}}
	for i := range ring {
		ring[i][0] = math.Remainder(ring[i][0], 360)
	}
	cut, _ := shape.SplitDateLine(orb.Polygon{ring})
	return cut
}

// peak is the highest cell of the surface.
type peak struct {
	value float64
	at    orb.Point
}

func (s *Surface) peak() peak {
	best := 0
	for i, v := range s.Values {
		if v > s.Values[best] {
			best = i
		}
	}
	lon, lat := s.Middle(best%s.Columns, best/s.Columns)
	return peak{s.Values[best], orb.Point{math.Remainder(lon, 360), lat}}
}

// within returns the surface with 0 where the middle of a cell lies outside of
// an area.
func (s *Surface) within(area *shape.Prepared) *Surface {
	in := *s
	in.Values = make([]float64, len(s.Values))
	for i, v := range s.Values {
		if v == 0 {
			continue
		}
		if lon, lat := s.Middle(i%s.Columns, i/s.Columns); area.Has(orb.Point{math.Remainder(lon, 360), lat}) {
			in.Values[i] = v
		}
	}
	return &in
}

// notable is the share beyond the study area from which on it is said.
const notable = 0.01

func (a *asked) kernelValue(s, in *Surface, b chosen) geo.Value {
	p, integral := in.peak(), s.Integral()
	v := geo.Values{
		"bandwidth_m": geo.Float(b.metres), "bandwidth_by": geo.String(b.by), "reference_m": geo.Float(b.reference),
		"standard_distance_m": geo.Float(b.spread.StandardMetres), "median_distance_m": geo.Float(b.spread.MedianMetres),
		"resolution_m": geo.Float(s.CellMetres), "columns": geo.Int(int64(s.Columns)), "rows": geo.Int(int64(s.Rows)),
		"integral": geo.Float(integral), "integral_error": geo.Float(integral/s.Weight - 1),
		"beyond_share": {}, "scale_error": geo.Float(s.LargestScaleError),
		"peak_per_km2": geo.Float(p.value * 1e6), "peak_lon": geo.Float(p.at[0]), "peak_lat": geo.Float(p.at[1]),
	}
	if s.LargestScaleError > 0.001 || math.Abs(integral/s.Weight-1) > 0.001 {
		a.warn("Distances in the kernel are off by up to %.2g %%, and the surface holds %.2g %% more or less than the sum of weights: take a smaller bandwidth, or smaller cells.",
			100*s.LargestScaleError, 100*math.Abs(integral/s.Weight-1))
	}
	if a.pattern.Area != nil {
		a.beyond(v, 1-in.Integral()/integral)
	}
	return geo.Record(v)
}

func (a *asked) beyond(v geo.Values, share float64) {
	v["beyond_share"] = geo.Float(share)
	if share > notable {
		a.warn("%.1f %% of the surface lies beyond the study area, where kernels reach over its edge, and is not drawn; events outside of it, which may reach in, are not known. "+
			"Densities near the edge are too low: ask about a wider area.", 100*share)
	}
}

func (a *asked) smoothTotal(s *Surface) geo.Value {
	v := geo.Values{}
	if a.pattern.Area != nil {
		km2 := measure.PlaneArea(a.pattern.Area) / 1e6
		a.put(v, km2)
		v["per_km2"] = a.levelValue(s.Weight / km2 / 1e6)["per_km2"]
		v["per_km2_year"] = a.levelValue(s.Weight / km2 / 1e6)["per_km2_year"]
		return geo.Record(v)
	}
	a.put(v, 0)
	delete(v, "area_km2")
	return geo.Record(v)
}
