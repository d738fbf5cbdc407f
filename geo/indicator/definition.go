package indicator

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/process"
)

// DocKind is the kind of the documents that define indicators.
const DocKind = "indicator"

// Definition is a named figure: what it counts, and where it should go.
type Definition struct {
	ID, Title string
	Inputs    geo.Values  // of the process, by name, with description and unit; what it leaves open is not there
	Rev       geo.Version // of its document; 0 where it is built in
}

// ParseDefinition reads the body of a document: a JSON object of description,
// unit, and inputs of the process apart from the time, the place and what is
// asked of the figure. The errors are by the name of what is wrong.
func ParseDefinition(id, title string, body []byte) (Definition, error) {
	schema := definitionSchema()
	given, err := process.Read(&schema, body)
	if err != nil {
		return Definition{}, err
	}
	checked, err := process.Check(&schema, given)
	return Definition{ID: id, Title: title, Inputs: checked}, err
}

// Check says what is wrong with a document before it is kept: with its form,
// and where its collection is there, with the fields that it names.
func Check(s *layer.Snapshot, d *geo.Doc) error {
	def, err := ParseDefinition(d.ID, d.Title, d.Body)
	if err != nil {
		return err
	}
	if _, err = targetOf(def.Inputs); err != nil {
		return err
	}
	measure := Measure(def.Inputs[measureInput].Text())
	if err = measure.complete(func(input string) bool { return !def.Inputs[input].Null() }); err != nil {
		return err
	}
	l, err := s.Layer(def.Inputs[process.CollectionInput].Text())
	if err != nil {
		return nil // it may come later
	}
	q, err := question(l, geo.Selection{}, def.Inputs)
	if err == nil {
		_, err = joined(l, geo.Selection{}, &def)
	}
	if err == nil {
		q.Period = None
		err = check(q)
	}
	return err
}

// find returns the definition of an id as the reader may see it, and its
// document, nil where it is built in.
func find(w process.World, id string) (*Definition, *geo.Doc, error) {
	if d, seen := w.Doc(DocKind, id, w.Reader); seen {
		def, err := ParseDefinition(d.ID, d.Title, d.Body)
		if err != nil {
			return nil, nil, ofDefinition(id, err)
		}
		def.Rev = d.Rev
		return &def, &d, nil
	}
	for _, b := range builtins {
		if b.id == id {
			def, err := ParseDefinition(b.id, b.title, []byte(b.body))
			return &def, nil, err
		}
	}
	known := builtinIDs()
	for _, d := range w.Docs(DocKind, w.Reader) {
		if !slices.Contains(known, d.ID) {
			known = append(known, d.ID)
		}
	}
	return nil, nil, geo.Errorf(geo.Invalid, indicatorInput, "there is no indicator %.80q; there are %s", id, strings.Join(known, ", "))
}

// ofDefinition says that an error is in a definition and not in what the asker
// wrote.
func ofDefinition(id string, err error) error {
	e, ok := err.(*geo.Error)
	if !ok {
		return err
	}
	return geo.Errorf(e.Code, indicatorInput, "the indicator %s cannot be computed: %s: %s", id, e.Where, e.Text)
}

// value is the definition as the answer gives it.
func (d *Definition) value() geo.Value {
	v := geo.Values{"id": geo.String(d.ID), "title": geo.String(d.Title), "version": {}}
	if d.Rev > 0 {
		v["version"] = geo.Int(int64(d.Rev))
	}
	for name, input := range d.Inputs {
		v[name] = input
	}
	return geo.Record(v)
}

// builtin is a definition that comes with the program, its body written as a
// document's.
type builtin struct{ id, title, body string }

// builtins are those of the report that Bivouac follows. A record that is a
// duplicate of another counts in none.
var builtins = []builtin{
	{"incidents", "Incidents", `{
		"description": "Incidents that are no duplicates, per period.",
		"filter": "duplicate_of IS NULL", "measure": "count", "wanted": "fall"}`},
	{"share-aimed-at-peacekeepers", "Share of explosive devices aimed at peacekeepers", `{
		"description": "Attacks with improvised explosive devices whose target was peacekeepers, among all with a target stated, unknown included.",
		"unit": "1", "filter": "duplicate_of IS NULL AND category = 'ied'", "measure": "share", "hits": "target = 'peacekeepers'", "period": "year", "wanted": "fall"}`},
	{"killed", "Killed", `{
		"description": "Killed in incidents, of whichever side.",
		"filter": "duplicate_of IS NULL", "measure": "sum", "sum": ["killed"], "wanted": "fall"}`},
	{"injured", "Injured", `{
		"description": "Injured in incidents, of whichever side.",
		"filter": "duplicate_of IS NULL", "measure": "sum", "sum": ["injured"], "wanted": "fall"}`},
	{"peacekeepers-killed", "Peacekeepers killed by malicious acts", `{
		"description": "Peacekeepers killed in incidents of all kinds but accidents.",
		"filter": "duplicate_of IS NULL AND category <> 'accident'", "measure": "sum", "sum": ["peacekeepers_killed"], "wanted": "fall"}`},
	{"casualties-per-incident", "Casualties per incident", `{
		"description": "Killed and injured per incident that states both.",
		"filter": "duplicate_of IS NULL", "measure": "rate", "sum": ["killed+injured"], "period": "quarter", "wanted": "fall"}`},
	{"peacekeeper-casualties-per-incident", "Casualties among peacekeepers per incident aimed at them", `{
		"description": "Peacekeepers killed and injured per incident whose target was peacekeepers.",
		"filter": "duplicate_of IS NULL AND target = 'peacekeepers'", "measure": "rate", "sum": ["peacekeepers_killed+peacekeepers_injured"], "period": "quarter", "wanted": "fall"}`},
	{"share-found", "Share of devices found before they explode", `{
		"description": "Mines and improvised devices that were found or disarmed, among all with an outcome stated. How hard was searched is not in it.",
		"unit": "1", "filter": "duplicate_of IS NULL AND category IN ('ied', 'mine')", "measure": "share", "hits": "outcome IN ('found', 'disarmed')", "period": "quarter", "wanted": "rise"}`},
	{"reporting-delay", "Reporting delay", `{
		"description": "Median days from an incident to its report. What is not reported yet is not in it, so the newest periods look faster than they will.",
		"unit": "d", "filter": "duplicate_of IS NULL", "measure": "delay", "from": "time", "to": "reported", "wanted": "fall"}`},
}

func builtinIDs() []string {
	out := make([]string, len(builtins))
	for i := range builtins {
		out[i] = builtins[i].id
	}
	return out
}

// Builtins returns the bodies of the definitions that come with the program, as
// documents that may be kept under another id.
func Builtins() []geo.Doc {
	out := make([]geo.Doc, len(builtins))
	for i, b := range builtins {
		var body bytes.Buffer
		if err := json.Compact(&body, []byte(b.body)); err != nil {
			panic("indicator: " + b.id + ": " + err.Error()) // a test reads them all
		}
		out[i] = geo.Doc{Kind: DocKind, ID: b.id, Title: b.title, Body: body.Bytes()}
	}
	return out
}
