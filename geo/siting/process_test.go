package siting_test

import (
	"context"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/layer/layertest"
	"bivouac/geo/network"
	"bivouac/geo/process"
	"bivouac/geo/process/processtest"
	"bivouac/geo/siting"
)

// mission is a small world on the equator: bases A, B and C, with surgery at B
// alone and incidents about C; D is closed and E planned.
func mission(t testing.TB) process.World {
	t.Helper()
	text := func(name string) geo.Field { return geo.Field{Name: name, Kind: geo.KindString} }
	whole := func(name string) geo.Field { return geo.Field{Name: name, Kind: geo.KindInt} }
	base := func(name, status string, lon float64, price, room int64, surgery bool) geo.Feature {
		return geo.Feature{Geometry: orb.Point{lon, 0}, Values: []geo.Value{
			geo.String(name), geo.String(status), geo.Int(price), geo.Int(room), geo.Bool(surgery), geo.String("L1"),
		}}
	}
	town := func(name string, lon float64, people geo.Value) geo.Feature {
		return geo.Feature{Geometry: orb.Point{lon, 0}, Values: []geo.Value{geo.String(name), people, geo.String("town")}}
	}
	incident := func(lon float64) geo.Feature {
		return geo.Feature{Geometry: orb.Point{lon, 0.01}, Values: []geo.Value{geo.String("ied")}}
	}
	name := geo.Field{Name: "name", Kind: geo.KindString, Role: geo.NameRole}
	return process.World{Snapshot: layer.NewSnapshot("s", []*layer.Layer{
		layertest.Build(t, geo.Schema{Name: "bases", Geometry: geo.PointGeometry, Fields: []geo.Field{
			name, text("status"), whole("annual_cost_usd"), whole("room"), {Name: "surgical_module", Kind: geo.KindBool}, text("medical_level"),
		}}, base("A", "open", 0, 10, 900, false), base("B", "open", 1, 10, 900, true), base("C", "open", 5, 50, 900, false), base("D", "closed", 0, 1, 1, true), base("E", "planned", 2, 5, 900, false)),
		layertest.Build(t, geo.Schema{Name: "places", Geometry: geo.PointGeometry, Fields: []geo.Field{name, whole("population"), text("kind")}},
			town("a", 0.1, geo.Int(1000)), town("b", 1.1, geo.Int(500)), town("c", 5.1, geo.Int(100)), town("unknown", 3, geo.Value{})),
		layertest.Build(t, geo.Schema{Name: "incidents", Geometry: geo.PointGeometry, Fields: []geo.Field{text("category")}}, incident(5), incident(5.1), incident(4.9), incident(0)),
	}, nil, []layer.Moment{{Version: 1}})}
}

func run(t testing.TB, p process.Process, body string) (process.Result, error) {
	t.Helper()
	return processtest.Run(p, mission(t), body)
}

func choice() process.Process {
	return siting.Process(network.NewCache(1<<20), context.WithTimeout)
}

// chosen lists the sites with what is decided of each, by name.
func chosen(r process.Result) string {
	var out []string
	for _, v := range r.Output["ranked"].List() {
		row := v.Record()
		if d := row["decision"].Text(); d == "keep" || d == "open" {
			out = append(out, row["name"].Text())
		}
	}
	return strings.Join(out, " ")
}

func TestQuestions(t *testing.T) {
	for _, c := range []struct{ desc, body, want string }{
		{"one, where most people are", `{"number":1}`, "A"},
		{"two; the second by what is lost without it", `{"number":2}`, "A B"},
		{"all that are worth something", `{"number":5}`, "A B C"},
		{"one that stays", `{"number":2,"keep":[2]}`, "A B"},
		{"one that may not be", `{"number":1,"close":[1]}`, "B"},
		{"a closed one that is named", `{"number":1,"bases":[4,3]}`, "D"},
		{"most people within reach", `{"objective":"maximal-cover","number":2,"within_km":20}`, "A B"},
		{"all with the fewest", `{"objective":"set-cover","within_km":130}`, "A C"},
		{"of the fewest that with a second cover", `{"objective":"backup-cover","within_km":115,"close":[3]}`, "B"},
		{"the farthest is nearest", `{"objective":"p-center","number":1}`, "E"},
		{"of two the farthest is nearest", `{"objective":"p-center","number":2}`, "B C"},
		{"within a budget", `{"number":3,"budget":25}`, "A B E"},
		{"away from threat", `{"number":3,"most_threat":2}`, "A B E"},
		{"away from threat in all", `{"number":2,"most_threat_sum":0}`, "B E"},
		{"a candidate", `{"number":1,"objective":"p-center","candidates":[{"type":"Point","coordinates":[2.6,0]}]}`, "candidate 1"},
		{"candidates from a collection", `{"number":1,"bases":[3],"candidates_from":"places","candidates_filter":"kind = 'town' AND name = 'a'"}`, "a"},
		{"by air", `{"number":1,"by":"air"}`, "A"},
		{"by capacity, shared", `{"number":2,"capacity":"room","close":[3]}`, "A B"},
		{"by number of places", `{"number":1,"weight":"none"}`, "E"},
	} {
		r, err := run(t, choice(), c.body)
		if err != nil {
			t.Errorf("%s: %v", c.desc, err)
			continue
		}
		if got := chosen(r); got != c.want {
			t.Errorf("%s: %s, want %s", c.desc, got, c.want)
		}
		if !r.Output["proof"].Record()["proved"].Bool() {
			t.Errorf("%s: %v", c.desc, r.Output["proof"])
		}
	}
}

// TestFigures reckons one answer by hand: on the equator a degree is
// 111.3195 km.
func TestFigures(t *testing.T) {
	const degree = 111.319490793
	r, err := run(t, choice(), `{"number":2,"keep":[2],"close":[3],"within_km":20}`)
	if err != nil {
		t.Fatal(err)
	}
	a := r.Output["answer"].Record()
	for name, want := range map[string]float64{
		"mean": degree * (0.1*1500 + 4.1*100) / 1600, "farthest": degree * 4.1, "covered": 1500, "share": 1500. / 1600, "twice": 0, "unreached": 0, "price": 20, "exposure": 1,
	} {
		if got := a[name].Float(); math.Abs(got-want) > 1e-6*max(1, want) {
			t.Errorf("%s is %v, want %v", name, got, want)
		}
	}
	if now := r.Output["now"].Record(); now["sites"].Int() != 3 || now["price"].Float() != 70 || now["covered"].Float() != 1600 {
		t.Errorf("as it is: %v", r.Output["now"])
	}
	first := r.Output["ranked"].List()[0].Record()
	if loss := degree * (0.9 - 0.1) * 1000 / 1600; first["name"].Text() != "A" || math.Abs(first["loss_mean"].Float()-loss) > 1e-6 || first["loss_cover"].Float() != 1000 || first["weight"].Float() != 1000 {
		t.Errorf("%v, want a loss of %v", first, loss)
	}
	if n := len(r.Output["allocation"].Record()["features"].List()); n != 3 {
		t.Errorf("%d lines", n)
	}
	if r.Selected != 4 || r.Used != 3 || r.Dropped["states no population above 0"] != 1 {
		t.Errorf("%d, %d, %v", r.Selected, r.Used, r.Dropped)
	}
}

// TestSharedPlaces divides a place between bases where one is full.
func TestSharedPlaces(t *testing.T) {
	r, err := run(t, choice(), `{"number":2,"capacity":"room","bases":[1,2]}`)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]float64{}
	for _, v := range r.Output["ranked"].List() {
		got[v.Record()["name"].Text()] = v.Record()["weight"].Float()
	}
	if math.Abs(got["A"]-900) > 1e-6 || math.Abs(got["B"]-700) > 1e-6 || math.Abs(r.Output["answer"].Record()["unserved"].Float()) > 1e-6 {
		t.Errorf("%v, %v", got, r.Output["answer"])
	}
}

// TestChoiceAsScenario gives the changes that make the choice.
func TestChoiceAsScenario(t *testing.T) {
	r, err := run(t, choice(), `{"number":2,"objective":"p-center","candidates":[{"type":"Point","coordinates":[5.05,0]}],"bases":[2,3,5],"keep":[5]}`)
	want := `[{"act":"close","name":"B","target":2},{"act":"open","name":"E","target":5},{"act":"close","name":"C","target":3},{"act":"open","fields":{"name":"candidate 1"},"to":Point 5.05 0}]`
	if got := r.Output["changes"].String(); err != nil || got != want {
		t.Errorf("%s; %v, want %s", got, err, want)
	}
}

// TestTownsOfBases takes no candidate for a site of its own where a base stands.
func TestTownsOfBases(t *testing.T) {
	r, err := run(t, choice(), `{"number":1,"candidates_from":"incidents"}`)
	if err != nil || len(r.Output["ranked"].List()) != 4+2 || !strings.HasPrefix(r.Warnings[0].Text, "2 candidates of incidents lie within 5 km of a base") {
		t.Errorf("%d sites, %v; %v", len(r.Output["ranked"].List()), r.Warnings, err)
	}
}

// TestProgressOfNothing: a search that finds nothing tells of no shares that are
// none.
func TestProgressOfNothing(t *testing.T) {
	p, w := choice(), mission(t)
	in := geo.Values{"number": geo.Int(1), "objective": geo.String("maximal-cover"), "within_km": geo.Float(20), "least_cover": geo.Float(0.9)}
	_, err := p.Execute(context.Background(), w, in, func(done, all int, what geo.Said) {
		if done < 0 || done > all || strings.Contains(what.Text, "Inf") {
			t.Errorf("%d of %d: %s", done, all, what.Text)
		}
	})
	if geo.CodeOf(err) != geo.Conflict {
		t.Error(err)
	}
}

func TestBadQuestions(t *testing.T) {
	many := strings.Repeat(`{"type":"Point","coordinates":[2.6,0]},`, 100_000)
	for _, c := range []struct{ desc, body, where, want string }{
		{"no number", `{}`, "number", "say how many"},
		{"fewer than are kept", `{"number":1,"keep":[1,2]}`, "number", "2 bases are to be kept"},
		{"kept and not", `{"number":1,"keep":[1],"close":[1]}`, "close", "name it once"},
		{"no such base", `{"number":1,"keep":[99]}`, "keep", "no base 99"},
		{"none to choose from", `{"number":1,"bases_filter":"name = 'X'"}`, "bases", "no base is open"},
		{"all barred", `{"number":1,"close":[1,2,3,5]}`, "close", "every site is barred"},
		{"no place selected", `{"number":1,"filter":"name = 'X'"}`, "collection", "no place"},
		{"no such weight", `{"number":1,"weight":"wealth"}`, "weight", "wealth"},
		{"no such capacity", `{"number":1,"capacity":"beds"}`, "capacity", "beds"},
		{"a candidate without capacity", `{"number":1,"capacity":"room","candidates":[{"type":"Point","coordinates":[2,0]}]}`, "candidate_capacity", "candidate 1"},
		{"a candidate without price", `{"number":1,"budget":5,"candidates":[{"type":"Point","coordinates":[2,0]}]}`, "candidate_price", "candidate 1"},
		{"a candidate that is a line", `{"number":1,"candidates":[{"type":"LineString","coordinates":[[2,0],[3,0]]}]}`, "candidates", "must be a Point"},
		{"100,000 candidates", `{"number":1,"candidates":[` + many[:len(many)-1] + `]}`, "candidates", "no more than 2000"},
		{"no such collection", `{"number":1,"candidates_from":"nowhere"}`, "candidates_from", "nowhere"},
		{"no such threat", `{"number":1,"threat_from":"nowhere","most_threat":1}`, "threat_from", "nowhere"},
		{"a world without roads", `{"number":1,"by":"road"}`, "roads", "no roads"},
		{"money for none of them", `{"number":1,"budget":3,"least_cover":0.5}`, "budget", "budget"},
		{"surgery too far", `{"number":3,"medical_min":30}`, "medical_min", "cannot be met"},
		{"a cover with too few", `{"objective":"set-cover","within_km":20,"number":2}`, "objective", "no more than 2 sites"},
		{"a cover with too little money", `{"number":3,"least_cover":1,"within_km":20,"budget":30}`, "budget", "any one of them loosened"},
		{"a budget for what no base costs", `{"placing":"helicopter","number":1,"budget":5}`, "budget", "leave the budget out"},
		{"nobody has priority", `{"number":3,"medical_min":30,"priority_filter":"name = 'X'"}`, "priority_filter", "no selected place"},
	} {
		_, err := run(t, choice(), c.body)
		e, ok := err.(*geo.Error)
		if !ok || e.Where != c.where || !strings.Contains(e.Text, c.want) || e.Code == geo.Internal {
			t.Errorf("%s: %v, want %s: %s", c.desc, err, c.where, c.want)
		}
	}
}

// TestFrontOfAims runs the trade between price and travel, and of four aims.
func TestFrontOfAims(t *testing.T) {
	p := siting.ParetoProcess(network.NewCache(1<<20), context.WithTimeout)
	r, err := run(t, p, `{}`)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, v := range r.Output["points"].List() {
		got = append(got, fmt.Sprintf("%v:%s", v.Record()["price"], v.Record()["open"].Text()))
	}
	if now := r.Output["now"].Record(); now["number"].Int() != 3 || now["price"].Float() != 70 {
		t.Errorf("as it is: %v", now)
	}
	if want := "5:E 10:A 15:A, E 20:A, B 25:A, B, E 70:A, B, C"; strings.Join(got, " ") != want {
		t.Errorf("%v, want %s", got, want)
	}
	if !r.Output["complete"].Bool() {
		t.Error(r.Output["proof"])
	}
	if r, err = run(t, p, `{"measures":["price","cover","threat","medical"],"within_km":20,"medical_min":60}`); err != nil || !r.Output["complete"].Bool() || len(r.Output["points"].List()) < 4 {
		t.Errorf("%v %v", r.Output["points"], err)
	}
	for _, c := range []struct{ desc, body, where string }{
		{"one aim", `{"measures":["price"]}`, "measures"},
		{"one aim twice", `{"measures":["price","price"]}`, "measures"},
		{"an unknown one", `{"measures":["price","fame"]}`, "measures"},
		{"more than there are", `{"least_number":9}`, "least_number"},
		{"nothing that can be had", `{"budget":1}`, "budget"},
	} {
		_, err := run(t, p, c.body)
		if e, ok := err.(*geo.Error); !ok || e.Where != c.where {
			t.Errorf("%s: %v, want %s", c.desc, err, c.where)
		}
	}
}
