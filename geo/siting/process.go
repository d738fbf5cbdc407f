package siting

import (
	"context"
	"fmt"
	"time"

	"bivouac/geo"
	"bivouac/geo/network"
	"bivouac/geo/process"
)

// Process is location-allocation as an analysis. The cache keeps the roads under
// conditions; until ends a search in time.
func Process(cache *network.Cache, until Until) process.Process {
	return process.Process{
		ID:    "siting",
		Title: "Siting and consolidation",
		Description: "Which of existing bases and candidates to keep or open, so that people travel least, most are within reach, all are with the fewest sites, or the farthest is nearest; " +
			"within a budget, capacities, exposure to threat and surgery in time. The answer is proved to be the best one, or says how much better another may be, and what each closure costs.",
		In:    inputs(),
		Out:   outputs(),
		Roads: true, Anytime: true,
		Run: func(ctx context.Context, w process.World, in geo.Values, progress process.Progress) (process.Result, error) {
			a, err := read(ctx, cache, w, in, progress)
			if err != nil {
				return process.Result{}, err
			}
			searching, end := process.Searching(ctx)
			defer end()
			timed, stop := until(searching, seconds(in))
			defer stop()
			if err := a.solve(timed, search(in, progress)); err != nil {
				return process.Result{}, ended(ctx, err)
			}
			r := a.result()
			if err := a.check(ctx, a.answer.Sites); err != nil {
				return process.Result{}, err
			}
			return r, ctx.Err()
		},
	}
}

// read reads what is asked, measures the ways and makes the question of it.
func read(ctx context.Context, cache *network.Cache, w process.World, in geo.Values, progress process.Progress) (*asked, error) {
	progress(0, 100, measuringWays.With())
	s, err := readSurvey(ctx, w, in)
	if err != nil {
		return nil, err
	}
	if err := s.measureWays(ctx, cache); err != nil {
		return nil, err
	}
	return s.ask()
}

func seconds(in geo.Values) time.Duration {
	return time.Duration(in[limitInput].Float() * float64(time.Second))
}

// ended tells a search that ran out of its time from one whose asker left.
func ended(ctx context.Context, err error) error {
	if ctx.Err() == nil && (err == context.DeadlineExceeded || err == context.Canceled) {
		return geo.Errorf(geo.Conflict, limitInput, "the time ran out before a first answer; give it longer")
	}
	return err
}

var methods = map[string]string{
	pMedian:      "p-median (Hakimi 1964)",
	maximalCover: "Maximal covering location problem (Church and ReVelle 1974)",
	setCover:     "Location set covering problem (Toregas et al. 1971)",
	backupCover:  "Location set covering problem with backup cover, a true second one (Daskin and Stern 1981)",
	pCenter:      "p-center (Hakimi 1964) by covers of falling radius (Minieka 1970)",
}

func (a *asked) method() string {
	name := methods[a.in[objectiveInput].Text()]
	if a.model.Capacity != nil {
		name = "Capacitated p-median, demand divided between sites"
	}
	return name + "; " + bounds + "; " + a.ways()
}

const bounds = "upper bound by interchange (Teitz and Bart 1968; Whitaker 1983), lower bound by Lagrangian relaxation with subgradients (Cornuéjols, Fisher and Nemhauser 1977), fixing by savings and branch and bound"

func (s *survey) ways() string {
	switch s.in[byInput].Text() {
	case byRoad:
		return "minutes by road from the site under the stated conditions (Dijkstra 1959)"
	case byAir:
		return fmt.Sprintf("minutes of a straight flight at %g km/h after %g min", s.in[cruiseInput].Float(), s.in[noticeInput].Float())
	}
	return "kilometres along geodesics on WGS84 (Karney 2013)"
}

func outputs() geo.Schema {
	siteFields := []geo.Field{
		{Name: "decision", Title: "Decision", Kind: geo.KindString, Enum: []string{keepBase, openSite, closeBase, placeOne, unused}},
		process.Text("name", "Site"), process.Whole("key", "Key"), process.Number("weight", "Serves", "1"), process.Number("mean", "At a mean of", ""), process.Number("farthest", "At most", ""),
		process.Number("loss_mean", "Farther for all on the mean, if it is closed", ""), process.Number("loss_cover", "Out of reach, if it is closed", "1"), process.Text("breaks", "Limits broken, if it is closed"),
		process.Number("gain_mean", "Nearer for all on the mean, if it is open too", ""), process.Number("gain_cover", "Within reach, if it is open too", "1"),
		process.Number("price", "Price", ""), process.Number("exposure", "Records of threat near it", "1"), {Name: "surgery", Title: "Surgery", Kind: geo.KindBool},
	}
	standing := []geo.Field{
		process.Whole("sites", "Sites"), process.Number("mean", "Mean way", ""), process.Number("farthest", "Farthest", ""), process.Number("covered", "Weight within reach", "1"), process.Number("share", "Share of it", "1"),
		process.Number("twice", "Weight within reach of two", "1"), process.Number("unreached", "Weight without a way", "1"), process.Number("unserved", "Weight without capacity", "1"),
		process.Number("price", "Price", ""), process.Number("exposure", "Records of threat near sites", "1"), process.Number("surgery", "Weight with surgery in time, of priority places", "1"),
	}
	return geo.Schema{Name: "siting", Fields: []geo.Field{
		{Name: "sites", Title: "Sites", Kind: geo.KindRecord, Fields: siteFields, Description: "A GeoJSON FeatureCollection: the bases and candidates, and what is decided of each."},
		{Name: "allocation", Title: "Who is served from where", Kind: geo.KindRecord, Description: "A GeoJSON FeatureCollection: a line from each place to its site; way is in the unit of the question.", Fields: []geo.Field{
			process.Number("way", "Way", ""), process.Text("place", "Place"), process.Whole("key", "Key of the place"), process.Text("site", "Site"), process.Number("weight", "Weight", "1"), {Name: "covered", Title: "Within reach", Kind: geo.KindBool},
		}},
		{Name: "ranked", Title: "Sites and what each is worth", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindRecord, Fields: siteFields}},
		{Name: "answer", Title: "With this choice", Kind: geo.KindRecord, Fields: standing},
		{Name: "now", Title: "With all bases that stand", Kind: geo.KindRecord, Fields: standing},
		{Name: "proof", Title: "How sure it is", Kind: geo.KindRecord, Fields: []geo.Field{
			process.Text("text", "Proof"), {Name: "proved", Title: "Proved", Kind: geo.KindBool}, process.Number("value", "Value", ""), process.Number("bound", "No choice has less than", ""),
			process.Number("gap", "Gap", "1"), process.Whole("parts", "Parts of the search"), process.Text("unit", "Unit"),
		}},
		changesField(),
	}}
}

// changesField is an output that scenario-evaluate and scenario-compare take as
// they stand.
func changesField() geo.Field {
	return geo.Field{Name: "changes", Title: "As a scenario", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindRecord},
		Description: "The changes of a scenario that makes this choice: an input of scenario-evaluate, or the body of a document of the kind scenario."}
}
