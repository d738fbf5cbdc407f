package casevac

import (
	"context"
	"math"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/network"
	"bivouac/geo/process"
)

// ToSurgery returns how soon a casualty at each of the points comes to surgery, in
// minutes, NaN for never, by what a world has: what casevac-surface has in its
// column of surgery. in holds some of its inputs; the others are as always. The
// result is without an output.
func ToSurgery(ctx context.Context, cache *network.Cache, w process.World, in geo.Values, points []orb.Point) ([]float64, process.Result, error) {
	checked, err := process.Check(&geo.Schema{Name: "surgery", Fields: fields()}, in)
	if err != nil {
		return nil, process.Result{}, err
	}
	m, err := Read(ctx, cache, w, checked)
	if err != nil {
		return nil, process.Result{}, err
	}
	c, err := m.cover(ctx)
	if err != nil {
		return nil, process.Result{}, err
	}
	places, err := c.NewPlaces(ctx, points, false)
	if err != nil {
		return nil, process.Result{}, err
	}
	stages, err := c.Minutes(ctx, places, nil)
	if err != nil {
		return nil, process.Result{}, err
	}
	out := make([]float64, len(points))
	for i := range stages {
		out[i] = math.NaN()
		if millis := stages[i].Surgery.Millis; millis != Never {
			out[i] = float64(millis) / 60_000
		}
	}
	return out, m.result(), nil
}
