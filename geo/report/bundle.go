package report

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"maps"
	"strings"
	"time"

	"bivouac/geo"
	"bivouac/geo/geojson"
)

// bundle writes the ZIP file. Its files bear the time of the data, so that the
// same question of the same data gives the same bytes.
func (r *report) bundle(out geo.Values) ([]byte, error) {
	var b bytes.Buffer
	p := &pack{out: zip.NewWriter(&b), at: time.UnixMicro(int64(r.at)).UTC()}
	p.put("README.txt", []byte(r.readme()))
	p.putValue("report.json", geo.Record(r.data(out)))
	p.put("fields.csv", r.fields())
	for i := range r.options {
		if o := &r.options[i]; o.asked != "" || len(o.changes) > 0 {
			p.putValue(scenarioFile(o), r.scenario(o))
		}
	}
	for _, q := range r.questions {
		p.putValue("questions/"+q.file+".json", asked(q.inputs))
		p.putValue("answers/"+q.file+".json", q.result.Record())
		p.tables(q)
	}
	if p.err == nil {
		p.err = p.out.Close()
	}
	return b.Bytes(), p.err
}

// data is the report without the answers that have files of their
// own.
func (r *report) data(out geo.Values) geo.Values {
	options := make([]geo.Value, len(r.options))
	for i := range r.options {
		o := &r.options[i]
		v := geo.Values{"letter": geo.String(o.letter), "title": geo.String(o.supposed.Title), "scenario": {}, "file": {}}
		if o.asked != "" {
			v["scenario"] = geo.String(o.asked)
		}
		if i > 0 {
			v["file"] = geo.String(scenarioFile(o))
		}
		options[i] = geo.Record(v)
	}
	warnings := make([]geo.Value, 0, len(r.questions))
	for _, text := range geo.Texts(r.warnings()) {
		warnings = append(warnings, geo.String(text))
	}
	c := r.compare.result.Output
	return geo.Values{
		"cover": out["cover"], "options": geo.List(options...), "questions": out["questions"], "parameters": geo.Record(r.in), "method": geo.String(r.method()), "warnings": geo.List(warnings...),
		"numbers": c["numbers"], "scores": c["scores"], "balance": c["balance"], "changes": c["changes"], "sensitivity": c["sensitivity"],
	}
}

// asked are inputs as a question takes them: a stretch of time names its last
// moment.
func asked(in geo.Values) geo.Value {
	out := maps.Clone(in)
	for name, v := range in {
		if v.Kind() == geo.KindInterval {
			out[name] = geo.String(v.Interval().Asked())
		}
	}
	return geo.Record(out)
}

func scenarioFile(o *option) string { return "scenarios/" + o.letter + ".json" }

// scenario is the document of an option, as a store takes it.
func (r *report) scenario(o *option) geo.Value {
	if d := o.supposed.Doc; d != nil {
		body, err := geojson.ParseValue(d.Body)
		if err == nil {
			return document(d.Title, d.Class, d.Mission, body)
		}
	}
	return document(o.supposed.Title, r.marking, r.in["mission"].Text(), geo.Record(geo.Values{"changes": geo.List(o.changes...)}))
}

func document(title string, class geo.Class, mission string, body geo.Value) geo.Value {
	v := geo.Values{"title": geo.String(title), "classification": geo.String(class.String()), "mission": {}, "body": body}
	if mission != "" {
		v["mission"] = geo.String(mission)
	}
	return geo.Record(v)
}

// pack is a ZIP file that is being written; after an error it takes no more.
type pack struct {
	out *zip.Writer
	at  time.Time
	err error
}

func (p *pack) put(name string, text []byte) {
	if p.err != nil {
		return
	}
	w, err := p.out.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: p.at})
	if err == nil {
		_, err = w.Write(text)
	}
	p.err = err
}

// putValue writes JSON on one line, as bivouac run prints it.
func (p *pack) putValue(name string, v geo.Value) {
	p.put(name, append(geojson.AppendValue(nil, v), '\n'))
}

// tables writes each output that has rows as CSV, and each that has shapes as
// GeoJSON too.
func (p *pack) tables(q *question) {
	for i := range q.process.Out.Fields {
		f := &q.process.Out.Fields[i]
		v, given := q.result.Output[f.Name]
		name := q.file + "-" + f.Name
		switch {
		case !given || v.Null():
		case v.Kind() == geo.KindRecord && v.Record()["type"].Text() == "FeatureCollection":
			p.putValue("layers/"+name+".geojson", v)
			p.put("tables/"+name+".csv", sheet(f.Fields, propertiesOf(v)))
		case v.Kind() == geo.KindRecord:
			p.put("tables/"+name+".csv", sheet(f.Fields, []geo.Values{v.Record()}))
		case v.Kind() == geo.KindList && f.Items != nil:
			p.put("tables/"+name+".csv", sheet(f.Items.Fields, recordsOf(v)))
		}
	}
}

func propertiesOf(collection geo.Value) []geo.Values {
	features := collection.Record()["features"].List()
	out := make([]geo.Values, len(features))
	for i, f := range features {
		out[i] = f.Record()["properties"].Record()
	}
	return out
}

func recordsOf(list geo.Value) []geo.Values {
	out := make([]geo.Values, len(list.List()))
	for i, v := range list.List() {
		out[i] = v.Record()
	}
	return out
}

// sheet is comma-separated values (RFC 4180) with a column a field; what is
// not known is empty.
func sheet(fields []geo.Field, rows []geo.Values) []byte {
	lines := make([][]string, 0, len(rows)+1)
	head := make([]string, len(fields))
	for i := range fields {
		head[i] = fields[i].Name
	}
	lines = append(lines, head)
	for _, row := range rows {
		line := make([]string, len(fields))
		for i := range fields {
			line[i] = cell(row[fields[i].Name])
		}
		lines = append(lines, line)
	}
	return written(lines)
}

// written never fails: it writes to memory, in which there is no bad line.
func written(lines [][]string) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	if err := w.WriteAll(lines); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func cell(v geo.Value) string {
	switch v.Kind() {
	case geo.KindNull:
		return ""
	case geo.KindString:
		return v.Text()
	}
	return strings.Trim(string(geojson.AppendValue(nil, v)), `"`)
}

// fields says what the columns of the tables mean.
func (r *report) fields() []byte {
	lines := [][]string{{"process", "output", "field", "title", "unit", "description"}}
	seen := map[string]bool{}
	for _, q := range r.questions {
		if seen[q.process.ID] {
			continue
		}
		seen[q.process.ID] = true
		for i := range q.process.Out.Fields {
			f := &q.process.Out.Fields[i]
			inner := f.Fields
			if f.Items != nil {
				inner = f.Items.Fields
			}
			for k := range inner {
				lines = append(lines, []string{q.process.ID, f.Name, inner[k].Name, inner[k].Title, inner[k].Unit, inner[k].Description})
			}
		}
	}
	return written(lines)
}

// quoted is a value as a shell takes it.
func quoted(text string) string {
	if text != "" && strings.IndexFunc(text, func(c rune) bool {
		return !strings.ContainsRune("-_./@:,", c) && (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z')
	}) < 0 {
		return text
	}
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}
