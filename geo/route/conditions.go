package route

import (
	"context"

	"bivouac/geo"
	"bivouac/geo/network"
	"bivouac/geo/process"
)

func conditionFields() []geo.Field {
	one, twelve := 1.0, 12.0
	return []geo.Field{
		{Name: "profile", Title: "Vehicle", Kind: geo.KindString, Default: geo.String("convoy"), Description: "Id of a vehicle profile."},
		{Name: "month", Title: "Month", Kind: geo.KindInt, Least: &one, Greatest: &twelve, Description: "Month of the year, 1 to 12; without it, the dry season."},
		{Name: "season", Title: "Season", Kind: geo.KindString, Enum: []string{"dry", "wet"}, Description: "Season."},
	}
}

func travel(ctx context.Context, cache *network.Cache, w process.World, in geo.Values) (*network.Travel, error) {
	g := w.Network()
	if g == nil || g.Segments() == 0 {
		return nil, noRoads()
	}
	c := network.Conditions{Reader: w.Reader, Month: int(in["month"].Int()), Wet: in["season"].Text() == "wet"}
	for _, p := range network.Profiles() {
		if p.ID == in["profile"].Text() {
			c.Profile = p
		}
	}
	return cache.Travel(ctx, g, c)
}
