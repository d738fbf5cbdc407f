// Package sample holds the demonstration world: what does a newcomer see who
// has no data yet?
//
// The world is one GeoJSON file a collection, embedded. It is made by the
// command in the generate folder out of the tables in the inputs folder, and
// committed beside them; inputs/README.md says where each table comes from.
package sample

import (
	"embed"
	"io/fs"
	"strings"
)

//go:generate go run ./generate

// Title names the world in headings.
const Title = "Sample world"

// Description says what may be believed of the world, for every surface that
// shows it.
const Description = "Sample world: town-level public facts of about 2018, approximate, for demonstration only. " +
	"Public facts: where missions and bases stand, their roles and medical levels, with doubts marked; towns and their populations are those of GeoNames; roads are drawn through towns. " +
	"Synthetic, made up for this world and reported by nobody: every incident, report, movement, hazard and corridor; the strengths, costs, stocks and runways of bases; all numbers of assets; " +
	"the status, season and speed of roads, which are illustrative. Outlines of areas are rough and say nothing on any boundary. " +
	"The incidents add up to figures that the Secretary-General's 2018 report on peacekeeping states; no single one of them happened."

// Attribution is what the sources ask to be shown with the world.
var Attribution = []string{
	"Towns and populations: GeoNames, www.geonames.org, CC BY 4.0",
	"Bases: compiled from public sources around 2018, approximate",
	"Roads and areas: drawn for the sample world, approximate",
	"Incidents, reports, movements, hazards, corridors, strengths and costs: synthetic",
}

// Collection is one layer of the world: GeoJSON, a FeatureCollection with the
// fields of the built-in schema of that ID, every record with its source_id.
type Collection struct {
	ID   string
	Data []byte
}

//go:embed world/*.geojson
var world embed.FS

// ids is the order in which the collections are loaded: that of the built-in
// schemas.
var ids = []string{"missions", "areas", "places", "bases", "assets", "incidents", "reports", "hazards", "corridors", "routes", "movements"}

// Collections returns the layers of the world, always in the same order. The
// data is a copy.
func Collections() []Collection {
	all := make([]Collection, len(ids))
	for i, id := range ids {
		data, err := world.ReadFile("world/" + id + ".geojson")
		if err != nil {
			panic("sample: " + err.Error()) // the build embeds every file, or a test fails
		}
		all[i] = Collection{id, data}
	}
	return all
}

//go:embed scenarios/*.json
var scenarios embed.FS

// Doc is a document of the world: one of a kind.
type Doc struct {
	Kind, ID, Title, Mission string
	Body                     []byte
}

// Docs returns the documents of the world, in order of their ids.
func Docs() []Doc {
	entries, err := scenarios.ReadDir("scenarios")
	if err != nil {
		panic("sample: " + err.Error()) // the build embeds every file, or a test fails
	}
	out := make([]Doc, len(entries))
	for i, e := range entries {
		body, err := scenarios.ReadFile("scenarios/" + e.Name())
		if err != nil {
			panic("sample: " + err.Error())
		}
		id := strings.TrimSuffix(e.Name(), ".json")
		out[i] = Doc{"scenario", id, scenarioTitles[id], "MINUSMA", body}
	}
	return out
}

// scenarioTitles are what the scenarios are called.
var scenarioTitles = map[string]string{"drawdown-2023": "Drawdown in Mali, in the order of 2023"}

// World returns the files themselves, named as the collections with the
// ending .geojson.
func World() fs.FS {
	sub, err := fs.Sub(world, "world")
	if err != nil {
		panic("sample: " + err.Error()) // only a malformed path fails
	}
	return sub
}
