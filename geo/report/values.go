package report

import (
	"encoding/base64"
	"maps"

	"bivouac/geo"
	"bivouac/geo/process"
)

// left is the output of the medical question that is in the bundle alone: it is
// as large as all the rest, and the surface of the report holds its times.
const left = "surface"

func (m *Members) outputs() geo.Schema {
	record := func(name, title string, p *process.Process) geo.Field {
		return geo.Field{Name: name, Title: title, Kind: geo.KindRecord, Description: "What " + p.ID + " answers: result and envelope."}
	}
	return geo.Schema{Name: "scenario-report", Fields: []geo.Field{
		{Name: "cover", Title: "Cover", Kind: geo.KindRecord, Fields: []geo.Field{
			process.Text("title", "Title"), process.Text("author", "Author"), process.Text("mission", "Mission"), process.Code("marking", "Marking", []string{"unclassified", "confidential", "strictly_confidential"}),
			process.Whole("version", "Version of the data"), {Name: "at", Title: "Of", Kind: geo.KindTime}, process.Text("program", "Made by"),
		}},
		{Name: "surface", Title: "Minutes to surgery", Kind: geo.KindRecord, Description: "A GeoJSON FeatureCollection: cells with the minutes to surgery in each option, null where nothing comes.",
			Fields: []geo.Field{process.Text("cell", "Cell"), process.Number(baseLine, "Base line", "min"), process.Number("A", "Option A", "min"), process.Number("B", "Option B", "min"), process.Number("C", "Option C", "min"), process.Number("D", "Option D", "min")}},
		process.Table("options", "Options", "The base line first.", process.Text("letter", "Letter"), process.Text("title", "Option"), process.Text("scenario", "Scenario"),
			record("evaluation", "Footprint", &m.Evaluate), record("medical", "Medical cover", &m.Medical)),
		record("comparison", "Comparison", &m.Compare),
		process.Table("questions", "Questions", "As they stand in the bundle.", process.Text("file", "File"), process.Text("process", "Analysis"), process.Text("option", "Option"), process.Text("command", "Asked again by")),
		{Name: BundleOutput, Title: "Bundle", Kind: geo.KindString, Media: Media, Encoding: "base64", Description: "A ZIP file of every question, answer, table and layer, with the commands that ask again."},
	}}
}

func (r *report) output() (geo.Values, error) {
	surface, err := r.surface()
	if err != nil {
		return nil, err
	}
	options := make([]geo.Value, len(r.options))
	for i := range r.options {
		options[i] = r.options[i].value()
	}
	out := geo.Values{
		"cover": r.cover(), "surface": surface, "options": geo.List(options...), "comparison": r.compare.result.Record(), "questions": geo.List(r.questionValues()...),
	}
	zip, err := r.bundle(out)
	if err != nil {
		return nil, err
	}
	out[BundleOutput] = geo.String(base64.StdEncoding.EncodeToString(zip))
	return out, nil
}

func (r *report) cover() geo.Value {
	return geo.Record(geo.Values{
		"title": r.in[titleInput], "author": r.in[authorInput], "mission": r.in["mission"], "marking": geo.String(r.marking.String()),
		"version": geo.Int(int64(r.version)), "at": geo.TimeValue(r.at), "program": geo.String(r.program),
	})
}

func (o *option) value() geo.Value {
	v := geo.Values{"letter": geo.String(o.letter), "title": geo.String(o.supposed.Title), "scenario": {}, "evaluation": o.evaluate.result.Record(), "medical": {}}
	if o.asked != "" {
		v["scenario"] = geo.String(o.asked)
	}
	if o.medical != nil {
		v["medical"] = o.medical.without(left)
	}
	return geo.Record(v)
}

// without is the answer without some outputs.
func (q *question) without(names ...string) geo.Value {
	lean := q.result
	lean.Output = maps.Clone(q.result.Output)
	for _, name := range names {
		delete(lean.Output, name)
	}
	return lean.Record()
}

func (r *report) questionValues() []geo.Value {
	out := make([]geo.Value, len(r.questions))
	for i, q := range r.questions {
		out[i] = geo.Record(geo.Values{"file": geo.String(q.file), "process": geo.String(q.process.ID), "option": geo.String(q.of), "command": geo.String(r.command(q))})
	}
	return out
}

// surface puts the minutes of all options into one layer of cells: the study
// area is the same in all, so that the cells are.
func (r *report) surface() (geo.Value, error) {
	if r.options[0].medical == nil {
		return process.FeatureCollection(nil), nil
	}
	all := make([][]geo.Value, len(r.options))
	for i := range r.options {
		all[i] = r.options[i].medical.result.Output["surface"].Record()["features"].List()
	}
	out := make([]geo.Value, len(all[0]))
	for k, f := range all[0] {
		cell := cellOf(f)
		properties := geo.Values{"cell": cell}
		for i := range r.options {
			if len(all[i]) != len(all[0]) || cellOf(all[i][k]).Text() != cell.Text() {
				return geo.Value{}, geo.Errorf(geo.Internal, medicalInput, "the cells of %s are not those of the base line", r.options[i].supposed.Title)
			}
			properties[r.options[i].letter] = all[i][k].Record()["properties"].Record()["surgery_min"]
		}
		out[k] = process.Feature(k+1, f.Record()["geometry"].Geometry(), properties)
	}
	return process.FeatureCollection(out), nil
}

func cellOf(feature geo.Value) geo.Value { return feature.Record()["properties"].Record()["cell"] }
