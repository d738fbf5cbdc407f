package process

import (
	"context"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/layer"
)

// OtherMission reports whether what is of a mission is of another than is asked
// about. What is of "" all missions share, and "" asks about all.
func OtherMission(of, asked string) bool { return asked != "" && of != "" && of != asked }

// MissionArea returns the areas of kind mission that the mission has, as w's
// Reader may see them, and the layer that they are of; nil where it has none,
// or where no areas are known.
func (w World) MissionArea(ctx context.Context, mission string) (orb.MultiPolygon, *layer.Layer, error) {
	l, err := w.Layer("areas")
	if err != nil {
		return nil, nil, nil
	}
	var out orb.MultiPolygon
	rows, failed := l.Select(ctx, geo.Selection{Reader: w.Reader})
	for row := range rows {
		if row.Named("kind").Text() != "mission" || row.Mission() != mission {
			continue
		}
		switch g := row.Geometry().(type) {
		case orb.Polygon:
			out = append(out, g)
		case orb.MultiPolygon:
			out = append(out, g...)
		}
	}
	return out, l, failed()
}
