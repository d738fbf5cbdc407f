package api_test

import (
	"context"

	"bivouac/geo"
	"bivouac/geo/process"
)

// echoProcess gives back what it got, and has an input of every kind.
func echoProcess() process.Process {
	least, greatest := 0.0, 10.0
	return process.Process{
		ID: "echo", Title: "Echo", Description: "Gives back what it got.",
		In: geo.Schema{Name: "echo", Fields: []geo.Field{
			{Name: "count", Title: "Count", Kind: geo.KindInt, Least: &least, Greatest: &greatest, Default: geo.Int(3)},
			{Name: "share", Title: "Share", Kind: geo.KindFloat},
			{Name: "word", Title: "Word", Kind: geo.KindString, Enum: []string{"one", "two"}},
			{Name: "place", Title: "Place", Kind: geo.KindGeometry},
			{Name: "keys", Title: "Keys", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindInt}},
			{Name: "during", Title: "Time", Kind: geo.KindInterval},
		}},
		Out: geo.Schema{Name: "echo", Fields: []geo.Field{
			{Name: "count", Title: "Count", Kind: geo.KindInt}, {Name: "place", Title: "Place", Kind: geo.KindGeometry},
			{Name: "all", Title: "All", Kind: geo.KindRecord},
		}},
		Run: func(_ context.Context, _ process.World, in geo.Values, _ process.Progress) (process.Result, error) {
			return process.Result{
				Output:   geo.Values{"count": in["count"], "place": in["place"], "all": geo.Record(in)},
				Method:   "Echo (nobody, never)",
				Selected: 3, Used: 2, Dropped: map[string]int{"without a place": 1},
				Warnings: []string{"This is a test."},
			}, nil
		},
	}
}

func brokenRun(context.Context, process.World, geo.Values, process.Progress) (process.Result, error) {
	panic("secret state")
}
