package main

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"testing"

	"bivouac/data/schema"
	"bivouac/geo"
)

// get is a plain question.
func get(target string) question { return question{method: http.MethodGet, target: target} }

// gets are plain questions that begin alike.
func gets(start string, rest ...string) []question {
	out := make([]question, len(rest))
	for i := range rest {
		out[i] = get(start + rest[i])
	}
	return out
}

// askedNames are records of every fate, and one that never was.
var askedNames = []string{
	"open-0", "open-1", "open-2", "open-3", "open-4", "open-6", "open-9", "new-1", "late-0", "sunk-0",
	planted + "-A-0", planted + "-A-2", planted + "-B-1", planted + "-C-0", planted + "-D", planted + "-E",
}

// leakQuestions ask in every way that there is, of a world at the version,
// and of its past from another version on.
func leakQuestions(from, at geo.Version, times []string) []question {
	all := rootQuestions()
	for _, s := range schema.Builtin() {
		all = append(all, collectionQuestions(&s)...)
	}
	for _, id := range []string{"incidents", "routes", "hazards", "bases"} {
		all = append(all, itemQuestions(id)...)
		all = append(all, tileQuestions(id)...)
		all = append(all, gets("/api/collections/"+id, "/items?scenario=what-if&limit=10000", "/items?scenario=what-if@2040-01-02&resultType=hits", "/items?scenario=hidden-if", "/items/{open-0}?scenario=what-if", "/items/{PLANTED-A-0}?scenario=what-if",
			"/tiles/WebMercatorQuad/0/0/0?scenario=what-if", "/export?scenario=what-if&sortby=source&f=csv")...)
		all = append(all, recordQuestions(id)...)
	}
	all = append(all, documentQuestions()...)
	all = append(all, processQuestions("")...)
	all = append(all, badQuestions(at)...)
	return append(all, pastQuestions(from, at, times)...)
}

func rootQuestions() []question {
	all := gets("/api", "", "?f=html", "/conformance", "/openapi", "/functions", "/collections", "/styles", "/styles/bases?f=qml", "/sprites/dark@2x.json", "/tiles", "/tiles/WebMercatorQuad", "/tiles/WebMercatorQuad/0/0/0", "/tiles/WebMercatorQuad/5/14/16?collections=bases,incidents", "/tiles/WorldCRS84Quad", "/tiles/WorldCRS84Quad/0/0/1", "/tileMatrixSets", "/processes?f=html", "/processes/footprint?f=html", "/jobs?f=html", "/collections/bases/queryables?f=html", "/tileMatrixSets/WorldCRS84Quad", "/processes", "/processes?limit=1", "/session", "/session/oidc", "/session/oidc/callback", "/jobs", "/jobs/1", "/jobs/1/results", "/jobs/1/results/answer", "/imports", "/imports/none", "/imports/none/file", "/imports/none/rows?kind=added", "/imports/none/rows?kind=refused&f=csv", "/audit", "/audit?before=3", "/changes", "/nothing")
	all = append(all, gets("", "/", "/healthz", "/readyz", "/metrics")...)
	all = append(all, gets("/api/processes/", slices.Sorted(maps.Keys(processInputs))...)...)
	for _, target := range []string{
		"/api/collections/bases/items", "/api/collections/bases/items/{open-0}", "/api/collections/bases/items/{PLANTED-A-0}", "/api/changes", "/api/changes/3",
		"/api/changes/3/undo", "/api/documents/indicator/open-0", "/api/documents/indicator/PLANTED-A-3", "/api/processes/footprint/execution", "/api/session", "/api/collections",
	} {
		all = append(all, question{method: http.MethodOptions, target: target})
	}
	for _, target := range []string{"/api/collections/bases", "/api/collections/bases/items", "/api/collections/bases/items/{PLANTED-A-3}", "/api/events", "/api/documents/indicator"} {
		all = append(all, question{method: http.MethodHead, target: target})
	}
	return all
}

// collectionQuestions are asked of every collection.
func collectionQuestions(s *geo.Schema) []question {
	styles := gets("/api/styles/"+s.Name, "", "/metadata", "?theme=dark")
	return append(styles, gets("/api/collections/"+s.Name, "", "/queryables", "/sortables", "/items?sortby=-source,source_id&limit=9", "/export?sortby=source", "/schema", "/schema?profile=feature", "/tiles", "/tiles/WebMercatorQuad", "/items?limit=10000", "/export", "/export?f=csv", "/export?f=jsonfg", "/items?f=jsonfg&limit=20", "/export?f=geojsonseq&near=2,12&k=4",
		"/items?resultType=hits", "/items?near=2,12&k=4", "/items?filter="+url.QueryEscape("source LIKE 'PLANTED%'"), "/tiles/WebMercatorQuad/0/0/0", "/tiles/WebMercatorQuad/5/14/16", "/tiles/WorldCRS84Quad", "/tiles/WorldCRS84Quad/0/0/1", "/tiles/WorldCRS84Quad/4/6/16",
		"/xyz/metadata.json", "/xyz/5/16/14.pbf", "/styles", "/styles/"+s.Name, "/items/{sunk-0}/history", "/items/{PLANTED-A-3}/history")...)
}

func itemQuestions(id string) []question {
	q := url.QueryEscape
	return gets("/api/collections/"+id+"/items", "", "?limit=5", "?bbox=-80,-60,80,70&limit=10000", "?bbox=1,11,3,13", "?bbox=1,11,3,13&resultType=hits", "?bbox=170,-10,-170,10",
		"?datetime=2018-01-01/2018-03-01", "?datetime=../2017-01-01", "?datetime=2050-01-01/..&resultType=hits", "?near=2,12&radius=90000", "?near=2,12&radius=90000&resultType=hits",
		"?near=2,12&k=7&limit=3", "?near=-50,-40&k=3", "?near=2,12&radius=400000&limit=4", "?near=2,12&radius=0", "?filter="+q("source LIKE 'word%'")+"&limit=6",
		"?filter="+q("source = 'PLANTED'"), "?filter="+q("source IN ('PLANTED','word-1') OR classification <> 'unclassified'"), "?filter="+q("classification = 'strictly_confidential'")+"&resultType=hits",
		"?filter="+q("mission = 'UNMISS' OR mission = 'MINUSMA'")+"&resultType=hits", "?filter="+q("S_INTERSECTS(geometry, POLYGON((0 10,5 10,5 15,0 15,0 10)))"),
		"?source_id=PLANTED-A-3", "?source_id=open-6", "?source_id=sunk-0", "?mission=UNMISS", "?classification=confidential&resultType=hits", "?source=PLANTED&near=2,12&k=2",
		"?after=p0.0", "?after=d0.0&near=2,12", "?limit=0", "?limit=1&f=geojson")
}

func tileQuestions(id string) []question {
	var all []question
	// The tile over most of the records, at every zoom.
	for z := range 9 {
		n := 1 << z
		tile := fmt.Sprintf("/%d/%d/%d", z, n*466/1000, n/2)
		all = append(all, gets("/api/collections/"+id+"/tiles/WebMercatorQuad", tile, tile+"?groupby=source", tile+"?groupby=confidence&properties=source", tile+"?source=PLANTED")...)
		if sum := map[string]string{"incidents": "killed,injured", "bases": "capacity", "routes": "speed_kmh"}[id]; sum != "" {
			all = append(all, get("/api/collections/"+id+"/tiles/WebMercatorQuad"+tile+"?groupby=source&sum="+sum))
		}
	}
	return append(all, gets("/api/collections/"+id+"/tiles/WebMercatorQuad", "?source=word-1", "?source=PLANTED", "?bbox=-80,-60,80,0", "?datetime=../2017-01-01",
		"/2/1/1", "/2/3/1", "/3/2/5", "?near=2,12&radius=80000")...)
}

// recordQuestions ask for single records, most of which are hidden or gone.
func recordQuestions(id string) []question {
	var all []question
	for _, name := range askedNames {
		all = append(all, gets("/api/collections/"+id+"/items/{"+name+"}", "", "/history", "?asof=2040-01-01T20:30:00Z", "?version=5")...)
	}
	return all
}

func documentQuestions() []question {
	all := gets("/api/", "alerts", "alerts?f=atom", "alerts?limit=3", "alerts?severity=high,critical&limit=2", "alerts?state=acknowledged", "alerts?rule=rule-3-0", "alerts?rule=rule-0-0&since=2040-01-01T06:00:00Z", "alerts?delivery=failed",
		"alerts/rule-0-0.7.incidents.{open-3}", "alerts/rule-3-0.7.incidents.{PLANTED-A-0}", "alerts/rule-3-0.7.incidents.{PLANTED-A-0}?f=cap", "alerts?before=rule-3-0.7.incidents.{PLANTED-A-0}", "alerts?before=x", "alert-rules", "documents/alert-rule", "documents/alert-rule/rule-3-0")
	all = append(all, gets("/api/documents/", "scenario", "scenario/what-if", "scenario/hidden-if", "view", "filler", "indicator", "filler/filler", "filler/filler/history", "indicator/none", "indicator/none/history", "No")...)
	for _, name := range askedNames {
		all = append(all, gets("/api/documents/indicator/"+name, "", "/history")...)
	}
	return all
}

// processInputs are inputs of many kinds for each analysis that there is.
var processInputs = map[string][]string{
	"footprint": {
		`{}`, `{"radius_m":60000}`, `{"bases":[{open-0},{late-0},{sunk-0}],"radius_m":50000}`, `{"bases":[{PLANTED-A-3}]}`, `{"bases":[{open-0},{open-3}]}`,
		`{"radius_m":80000,"within":{"type":"Polygon","coordinates":[[[0,10],[5,10],[5,15],[0,15],[0,10]]]},"collections":["incidents","places"]}`,
		`{"radius_m":500000,"places":[{"type":"Point","coordinates":[2,12]}],"datetime":"2018-02-01/2018-08-01"}`, `{"radius_m":20000000}`,
	},
	"indicator": {
		`{}`, `{"indicator":"open-0"}`, `{"indicator":"open-4","groupby":"source"}`, `{"indicator":"late-0"}`, `{"indicator":"` + planted + `-A-3"}`, `{"indicator":"none"}`,
		`{"indicator":"reporting-delay","datetime":"2018-01-01/2018-12-31","compare":"before","groupby":"source","period":"month","target":3}`,
		`{"indicator":"killed","trend":true,"place_precision":3}`, `{"period":"none","sum":["killed","injured"],"hits":"source LIKE 'PLANTED%'"}`, `{"period":"none","filter":"source LIKE 'PLANTED%'"}`,
		`{"period":"month","groupby":"source","sum":["killed+injured"],"hits":"killed > 3"}`, `{"collection":"bases","period":"year","groupby":"classification","sum":["capacity"]}`,
		`{"period":"week","bbox":[-80,-60,80,70],"groupby":"mission"}`, `{"collection":"movements","datetime":"1990-01-01/2060-01-01","groupby":"source_id","sum":["vehicles"]}`,
	},
	"cluster": {
		`{}`, `{"eps_m":200000,"min_points":1}`, `{"method":"hdbscan","eps_m":300000,"min_points":2}`, `{"eps_m":500000,"eps_days":400,"min_points":2,"weight":"killed+injured"}`, `{"filter":"source LIKE 'PLANTED%'","min_points":1}`,
		`{"collection":"bases","eps_m":300000,"min_points":2}`, `{"bbox":[-80,-60,80,70],"datetime":"2018-02-01/2018-08-01","min_points":1,"place_precision":3}`,
	},
	"near-repeat": {
		`{"permutations":9}`, `{"permutations":9,"distance_m":500000,"days":400,"edges_m":[1,500000],"edges_days":[30,900]}`, `{"permutations":0,"filter":"source LIKE 'PLANTED%'"}`,
		`{"permutations":9,"distance_m":100000,"days":900,"now":"2018-09-30T00:00:00Z","bbox":[-80,-60,80,70]}`,
	},
	"scan": {
		`{"permutations":9}`, `{"permutations":9,"radius_m":500000,"days":300,"retrospective":true,"significance":1}`, `{"permutations":0,"filter":"source LIKE 'PLANTED%'"}`,
		`{"permutations":9,"cells":5,"datetime":"1990-01-01/2060-01-01","bbox":[-80,-60,80,70]}`,
	},
	"density": {
		`{}`, `{"cell_m":50000,"weight":"killed+injured","empty_cells":true,"bbox":[-5,10,5,18]}`, `{"method":"square","filter":"source LIKE 'PLANTED%'"}`,
		`{"method":"kernel","bandwidth_m":80000,"resolution_m":20000}`, `{"method":"kernel","draw":"cells","bandwidth_m":50000,"collection":"bases"}`, `{"place_precision":2,"datetime":"2018-02-01/2018-08-01"}`,
	},
	"hotspot": {
		`{"permutations":9}`, `{"cell_m":100000,"weight":"killed+injured","bbox":[-5,10,5,18],"permutations":9}`, `{"unit":"place","k":3,"permutations":9}`,
		`{"unit":"square","neighbours":"nearest","correction":"none","permutations":0,"place_precision":3}`, `{"filter":"source LIKE 'PLANTED%'"}`, `{"collection":"bases","unit":"place"}`,
		`{"cell_m":150000,"exposure":"places","permutations":0}`, `{"cell_m":150000,"exposure":"incidents","exposure_field":"killed+injured","permutations":0}`,
	},
	"emerging-hotspot": {
		`{}`, `{"cell_m":100000,"bbox":[-5,10,5,18],"step_days":60}`, `{"unit":"square","weight":"killed","correction":"none","steps_before":3}`, `{"filter":"source LIKE 'PLANTED%'"}`,
		`{"datetime":"1990-01-01/2060-01-01","cell_m":200000}`,
	},
	"quality": {
		`{}`, `{"groupby":"source","near_m":50000,"near_hours":9000,"agreement":0}`, `{"filter":"source LIKE 'PLANTED%'"}`, `{"collection":"bases","groupby":"classification"}`,
		`{"bbox":[-80,-60,80,70],"closure_km":2000,"closure_days":400,"now":"2017-01-01T00:00:00Z"}`, `{"collection":"movements"}`,
	},
	"opening-gain": {
		`{"snap_m":100000,"statuses":["closed","unverified","restricted"],"hub":{open-0}}`, `{"season":"wet","snap_m":100000,"bases":[{open-0},{open-3}],"places":"incidents","people":"killed"}`,
		`{"hazards":false,"filter":"source LIKE 'PLANTED%'","snap_m":100000}`, `{"bases":[{PLANTED-A-3}],"snap_m":100000}`, `{"date":"2017-02-01","snap_m":100000}`,
	},
	"air-reach": {
		`{}`, `{"task":"evacuate","within_min":120,"light":"night"}`, `{"task":"watch","within_min":30,"places":"incidents","at":"2018-02-01T00:00:00Z"}`, `{"filter":"source LIKE 'PLANTED%'"}`,
		`{"collection":"bases"}`,
	},
	"casevac-chain": {
		`{"bases":[{open-0},{open-3}],"casualties":3}`, `{"bases":[{PLANTED-A-3}]}`, `{"places":[{"type":"Point","coordinates":[2,12]}],"bases_filter":"source LIKE 'PLANTED%'"}`,
		`{"places":[{"type":"Point","coordinates":[2,12]},{"type":"Point","coordinates":[0,10]}],"after_min":[0,90],"at":"2018-02-01T02:00:00Z","first_aid":"bases","landing":"sites","snap_m":500000,"landing_m":200000,"carry_m":50000}`,
	},
	"casevac-surface": {
		`{"bbox":[0,10,5,15],"cell_m":100000,"snap_m":500000}`, `{"mission":"MINUSMA"}`, `{"mission":"PLANTED"}`,
		`{"bbox":[-5,8,8,18],"cell_m":300000,"count":["incidents","bases"],"people":"killed","routes":"none","light":"night","first_aid":"bases","assets_filter":"source LIKE 'PLANTED%'"}`,
	},
	"siting": {
		`{"number":3,"weight":"none"}`, `{"objective":"maximal-cover","number":2,"within_km":300,"weight":"none","collection":"incidents"}`, `{"objective":"set-cover","within_km":500,"weight":"none","keep":[{open-0}]}`,
		`{"objective":"p-center","number":2,"weight":"none","close":[{PLANTED-A-3}]}`, `{"number":2,"by":"road","snap_m":500000,"weight":"none","season":"wet"}`, `{"number":2,"weight":"none","threat_filter":"source LIKE 'PLANTED%'","most_threat":0}`,
		`{"number":2,"weight":"none","candidates_from":"places","capacity":"capacity","candidate_capacity":3,"bases_filter":"name LIKE '%'"}`, `{"number":1,"bases":[{late-0},{open-3}],"weight":"none","medical_min":60,"surgery_filter":"source LIKE 'PLANTED%'"}`,
	},
	"siting-pareto": {
		`{"weight":"none","measures":["sites","travel"],"number":3,"points":6}`, `{"weight":"none","measures":["threat","cover","sites"],"within_km":200,"number":2,"points":6,"bases":[{open-0},{open-1},{open-2},{PLANTED-A-3}]}`,
		`{"weight":"none","measures":["threat","cover","medical"],"within_km":200,"number":2,"points":6,"bases":[{open-0},{open-1},{open-2}]}`,
	},
	"road-network": {
		`{}`, `{"profile":"patrol","month":7,"avoid_hazards":true,"parts":1000}`, `{"avoid_hazards":true,"date":"2017-02-01"}`, `{"profile":"open-0"}`, `{"profile":"` + planted + `-A-3"}`,
		`{"season":"wet","within":100000,"bases":"places","avoid":{"type":"Polygon","coordinates":[[[0,10],[5,10],[5,15],[0,15],[0,10]]]}}`,
	},
	"route-threat": {
		`{}`, `{"by":"way","movements":"none","longest_km":0}`, `{"bandwidth_m":20000,"lixel_m":10000,"targets":[],"half_life_days":200}`, `{"filter":"source LIKE 'PLANTED%'","tolerance_m":5000}`,
		`{"bbox":[-80,-60,80,70],"datetime":"2018-02-01/2018-08-01","place_precision":7,"longest_km":0}`,
	},
	"isochrone": {
		`{"bases":[{open-0},{open-3}],"snap_m":500000}`, `{"bases":[{PLANTED-A-3}]}`, `{"places":[{"type":"Point","coordinates":[-0.04,16.27]}],"minutes":[60,600],"snap_m":500000,"towards":true}`,
		`{"places":[{"type":"Point","coordinates":[2,12]}],"minutes":[120],"walk_kmh":4,"snap_m":500000,"profile":"patrol","count":"bases","people":"military"}`,
	},
	"matrix": {
		`{"from_bases":[{open-0},{open-3}],"snap_m":500000}`, `{"from_bases":[{PLANTED-A-3}]}`,
		`{"from":[{"type":"Point","coordinates":[2,12]},{"type":"Point","coordinates":[-0.04,16.27]}],"to_bases":[{open-0}],"snap_m":500000,"season":"wet","avoid_hazards":true}`,
	},
	"access": {
		`{"snap_m":500000}`, `{"capacity":"capacity","snap_m":500000,"catchment_min":3000,"decay":"step","supply_filter":"source LIKE 'PLANTED%'"}`, `{"capacity":"military","snap_m":500000,"catchment_min":3000}`,
	},
	"stand-off": {
		`{"bases":[{open-0},{open-3}],"device":"semi_trailer"}`, `{"bases":[{PLANTED-A-3}]}`, `{"bases":[{late-0}],"mandatory_m":50000,"preferred_m":100000}`,
		`{"places":[{"type":"Point","coordinates":[2,12]}],"mandatory_m":100000,"preferred_m":100000,"collections":["incidents","places"],"datetime":"2018-02-01/2018-08-01","people":["population","killed"]}`,
	},
	"route": {
		`{"origin":{"type":"Point","coordinates":[0,10]},"destination":{"type":"Point","coordinates":[5,15]},"snap_m":500000}`,
		`{"origin":{"type":"Point","coordinates":[2,12]},"destination":{"type":"Point","coordinates":[3,13]},"snap_m":500000,"objective":"least_risk","alternatives":3,"stretch":5,"apart":0,"radius_m":200000}`,
		`{"origin":{"type":"Point","coordinates":[2,12]},"destination":{"type":"Point","coordinates":[2.001,12]},"snap_m":100}`,
		`{"origin":{"type":"Point","coordinates":[1,11]},"destination":{"type":"Point","coordinates":[3,13]},"via":[{"type":"Point","coordinates":[2,14]}],"snap_m":500000,"depart":"2018-05-01T06:00:00Z","curfew":"18:00/06:00","profile":"patrol","season":"wet","alternatives":3,"stretch":5,"apart":0,"avoid_hazards":true}`,
	},
	"pareto": {
		`{"origin":{"type":"Point","coordinates":[0,10]},"destination":{"type":"Point","coordinates":[5,15]},"snap_m":500000}`,
		`{"origin":{"type":"Point","coordinates":[2,12]},"destination":{"type":"Point","coordinates":[3,13]},"snap_m":500000,"radius_m":200000,"labels":100}`,
	},
	"scenario-evaluate": {
		`{"mission":"MINUSMA","snap_m":500000}`, `{"mission":"PLANTED"}`, `{"snap_m":500000,"within_min":3000,"further":"environment_score"}`, `{"scenario":"what-if","snap_m":500000}`, `{"scenario":"what-if@2040-06-01","bases":"source LIKE 'PLANTED%'"}`, `{"scenario":"` + planted + `-A-3"}`,
		`{"changes":[{"act":"close","target":{open-0}},{"act":"close","target":{PLANTED-A-3}},{"act":"merge","target":{open-3},"into":{sunk-0}}],"snap_m":500000,"priorities":"population > 5"}`,
		`{"changes":[{"act":"open","to":{"type":"Point","coordinates":[2,12]},"fields":{"name":"new","hub":"open-0"}},{"act":"open_route","target":{PLANTED-A-3}},{"act":"clear_hazard","target":{late-0}}],"month":7,"snap_m":500000,"near_km":500}`,
	},
	"scenario-compare": {
		`{"scenarios":["what-if"],"snap_m":500000,"near_km":500}`, `{"scenarios":[],"changes":[{"act":"close","target":{open-0}},{"act":"close","target":{PLANTED-A-0}},{"act":"close_route","target":{open-3}}],"snap_m":500000,"within_min":3000}`,
	},
	"coverage": {
		`{"snap_m":500000,"within_min":3000,"width_m":50000}`, `{"scenario":"what-if","snap_m":500000,"within_min":600,"width_m":50000}`, `{"changes":[{"act":"close","target":{PLANTED-A-3}},{"act":"close","target":{open-0}}],"snap_m":500000,"width_m":50000}`,
	},
	"gaps": {
		`{"snap_m":500000,"within_min":300}`, `{"scenario":"what-if","bases":"source LIKE 'PLANTED%'"}`, `{"changes":[{"act":"close_route","target":{open-3}}],"snap_m":500000,"within_min":3000}`,
	},
	"corridor": {
		`{"line":{"type":"LineString","coordinates":[[0,10],[5,15]]},"radius_m":100000,"step_km":100}`, `{"line":{"type":"LineString","coordinates":[[0,10],[5,15]]},"radius_m":100000,"step_km":100,"filter":"source LIKE 'PLANTED%'","period":"month"}`,
		`{"routes":[{open-0},{open-3}],"radius_m":50000,"step_km":50,"collections":["incidents","bases","hazards"]}`, `{"routes":[{PLANTED-A-3}]}`, `{"routes":[{sunk-0}],"datetime":"2018-02-01/2018-08-01"}`,
	},
}

// TestEveryProcessIsAskedForLeaks holds processInputs against the registry.
func TestEveryProcessIsAskedForLeaks(t *testing.T) {
	registry, err := processes()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range registry.List() {
		if len(processInputs[p.ID]) == 0 {
			t.Errorf("the leak test does not ask %s", p.ID)
		}
	}
}

// processQuestions run the analyses, of a past state where the query says so.
func processQuestions(query string) []question {
	var all []question
	for _, id := range slices.Sorted(maps.Keys(processInputs)) {
		for _, in := range processInputs[id] {
			all = append(all, question{method: http.MethodPost, target: "/api/processes/" + id + "/execution" + query, body: `{"inputs":` + in + `}`})
		}
	}
	return append(all, question{method: http.MethodPost, target: "/api/processes/none/execution" + query, body: `{"inputs":{}}`})
}

// badQuestions are no questions. What is wrong with them is all that is told.
func badQuestions(at geo.Version) []question {
	all := gets("/api/collections/incidents/items", "?colour=red", "?bbox=1", "?filter=source+LIKE", "?filter=PLANTED+%3D+1", "?datetime=x", "?after=x", "?near=1", "?k=3", "?limit=x",
		"?asof=x", "?asof=1990-01-01", "?version=0", "?version=x", "?version=3&asof=2040-01-01", fmt.Sprintf("?version=%d", at+1), "?asof=2041-01-01")
	all = append(all, gets("/api/collections/", "none", "PLANTED", "none/items", "bases/items/x", "bases/items/0", "bases/items/-1", "bases/items/99999999", "bases/items/99999999/history",
		"bases/tiles/None/0/0/0", "bases/tiles/WebMercatorQuad/0/0/1", "bases/tiles/WebMercatorQuad/0/0/0?sum=name", "bases/tiles/WebMercatorQuad?limit=3", "bases/queryables?x=1")...)
	all = append(all, gets("/api/changes", "?limit=0", "?before=0", "/0", "/x", fmt.Sprintf("/%d", at+1))...)
	return append(all,
		question{http.MethodPost, "/api/processes/footprint/execution", `{"inputs":{"bases":"x"}}`, nil},
		question{http.MethodPost, "/api/processes/indicator/execution", `{"inputs":{"collection":"PLANTED"}}`, nil},
		question{http.MethodPost, "/api/processes/indicator/execution", `{`, nil},
		question{http.MethodPost, "/api/collections/bases", `{}`, nil},
		question{http.MethodPut, "/api/collections/bases/items", `{}`, nil},
	)
}

// pastQuestions ask for every state that there was, by version and by moment.
func pastQuestions(from, at geo.Version, times []string) []question {
	all := gets("/api/changes", "?limit=3", "?limit=2&before=7")
	var states []string
	for v := from; v <= at; v++ {
		states = append(states, fmt.Sprintf("?version=%d", v))
		all = append(all, get(fmt.Sprintf("/api/changes/%d", v)), get(fmt.Sprintf("/api/changes?before=%d&limit=2", v)))
	}
	for _, at := range times {
		states = append(states, "?asof="+at)
	}
	for i, when := range states {
		id := []string{"bases", "hazards", "routes", "incidents"}[i%4]
		all = append(all, gets("/api/collections/"+id, when, "/items"+when+"&limit=10000", "/items"+when+"&resultType=hits", "/items"+when+"&near=2,12&k=3", "/items/{open-3}"+when, "/items/{sunk-0}"+when,
			"/items/{PLANTED-A-0}"+when, "/tiles/WebMercatorQuad"+when, "/tiles/WebMercatorQuad/0/0/0"+when)...)
		all = append(all, get("/api/collections"+when), get("/api/collections/bases/items"+when+"&limit=20"))
	}
	for _, when := range []string{"?version=3", "?version=9", "?asof=2040-01-01T12:00:00Z"} {
		all = append(all, processQuestions(when)...)
	}
	return all
}
