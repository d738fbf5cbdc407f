package api_test

import (
	"context"
	"io"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/geojson"
	"bivouac/geo/staging"
)

var unknownHamlet = geo.Sentence("file-unknown-codes: codes of {field} that the schema does not know: {codes}").With("kind", `"hamlet" (1)`)

// fakeImports is one import of somebody, staged, with a row of each kind.
type fakeImports struct {
	state staging.Import
	page  staging.Page
	sent  []byte
}

var importedPlaces = geo.Schema{Name: "places", Title: "Places", Geometry: geo.PointGeometry, Fields: []geo.Field{
	{Name: "name", Kind: geo.KindString, Role: geo.NameRole}, {Name: "population", Kind: geo.KindInt}, {Name: "source_id", Kind: geo.KindString, Role: geo.SourceIDRole},
}}

func importedPlace(key geo.Key, id, name string, population int64) *geo.Feature {
	return &geo.Feature{Key: key, Rev: min(2, geo.Version(key)*2), SourceID: id, Geometry: orb.Point{-0.05, 16.27}, Values: []geo.Value{geo.String(name), geo.Int(population), geo.String(id)}}
}

func newFakeImports() *fakeImports {
	return &fakeImports{
		state: staging.Import{
			ID: "import-1", Name: "places.csv", Size: 212, Received: 212, State: staging.Staged, Created: firstMoment, Updated: secondMoment, Expires: secondMoment + 7*geo.Day,
			Options: staging.Options{Collection: "places", Whole: true}, Progress: staging.Progress{Step: "comparing", Done: 4, Total: 4, Rate: 200},
			Found: &staging.Found{
				Format: "CSV", Encoding: "UTF-8", Separator: ",", CRS: "CRS84", Collection: "places", Geometry: "point", ID: "source_id",
				Mapping: map[string]string{"name": "name", "population": "pop", "source_id": "source_id"},
				Columns: []staging.Column{
					{Name: "source_id", Type: "string", Samples: []string{"a", "b"}, Fields: []string{"source_id"}},
					{Name: "pop", Type: "integer", Samples: []string{"12", "x"}, Fields: []string{"population"}},
					{Name: "lon", Type: "number", Samples: []string{"-0.05"}, Fields: []string{}, Place: "longitude"},
				},
				Fields: []staging.Field{{Name: "name", Type: "string"}, {Name: "population", Type: "integer"}, {Name: "source_id", Type: "string"}},
			},
			Report: &staging.Report{Rows: 4, Codes: map[string]map[string]int{"kind": {"hamlet": 1}}, Warnings: []string{unknownHamlet.Text}, WarningsSaid: geojson.Tell([]geo.Said{unknownHamlet})},
			Counts: &staging.Counts{Added: 1, Changed: 1, Same: 1, Deleted: 1, Refused: 1}, Against: 2,
		},
		page: staging.Page{Schema: importedPlaces, Columns: []string{"source_id", "name", "pop", "lon", "lat"}},
	}
}

func (f *fakeImports) Begin(owner geo.Asker, name string, size int64, o staging.Options) (staging.Import, error) {
	return staging.Import{ID: "import-2", Owner: owner, Name: name, Size: size, State: staging.Receiving, Created: secondMoment, Updated: secondMoment, Expires: secondMoment + 7*geo.Day, Options: o, Progress: staging.Progress{Step: "receiving", Total: size}}, nil
}

func (f *fakeImports) Receive(id string, owner geo.Asker, offset int64, piece io.Reader) (staging.Import, error) {
	i, err := f.Find(id, owner)
	if err != nil {
		return i, err
	}
	if offset != i.Received {
		return i, geo.Errorf(geo.Conflict, "Upload-Offset", "%d bytes have come", i.Received)
	}
	f.sent, err = io.ReadAll(piece)
	f.state.Received += int64(len(f.sent))
	return f.state, err
}

func (f *fakeImports) List(owner geo.Asker) []staging.Import {
	if i, err := f.Find("import-1", owner); err == nil {
		return []staging.Import{i}
	}
	return nil
}

func (f *fakeImports) Find(id string, owner geo.Asker) (staging.Import, error) {
	if id != f.state.ID || !owner.Sees(f.state.Owner) && f.state.Owner.Name != "" {
		return staging.Import{}, geo.Errorf(geo.NotFound, "import", "there is no import %q of yours; /api/imports lists them", id)
	}
	return f.state, nil
}

func (f *fakeImports) Restage(id string, owner geo.Asker, o staging.Options) (staging.Import, error) {
	i, err := f.Find(id, owner)
	if err == nil {
		i.Options, i.State, i.Found, i.Report, i.Counts = o, staging.Reading, nil, nil, nil
	}
	return i, err
}

func (f *fakeImports) Rows(id string, owner geo.Asker, q staging.Query) (staging.Page, error) {
	p := f.page
	_, err := f.Find(id, owner)
	switch q.Kind {
	case staging.Added:
		p.Rows = []staging.Row{{Kind: q.Kind, Row: 1, Line: 2, SourceID: "a", After: importedPlace(0, "a", "Gao", 86633)}}
		p.Next = "212"
	case staging.Changed:
		p.Rows = []staging.Row{{Kind: q.Kind, Row: 2, Line: 3, Key: 1, SourceID: "b", Before: importedPlace(1, "b", "Bourem", 25), After: importedPlace(1, "b", "Bourem", 27488), Fields: []string{"population"}}}
	case staging.Same:
		p.Rows = []staging.Row{{Kind: q.Kind, Row: 3, Line: 4, Key: 2, SourceID: "c", Before: importedPlace(2, "c", "Kidal", 25969), After: importedPlace(2, "c", "Kidal", 25969)}}
	case staging.Deleted:
		p.Rows = []staging.Row{{Kind: q.Kind, Key: 3, SourceID: "d", Before: importedPlace(3, "d", "Ansongo", 30)}}
	case staging.Refused:
		p.Rows = []staging.Row{{Kind: q.Kind, Row: 4, Line: 5, Field: "pop (population)", Reason: `places.csv, row 4 (line 5), pop (population): "x" is no number`,
			Said:   geo.Sentence("row-no-number: \"{value}\" is no number").With("x"),
			Record: []byte(`{"type":"Feature","geometry":null,"properties":{"source_id":"e","name":"Ménaka, \"old\"","pop":"x","lon":"2.4","lat":"15.9"}}`)}}
	}
	return p, err
}

func (f *fakeImports) Approve(_ context.Context, id string, owner geo.Asker, _, _ string) (geo.Receipt, error) {
	_, err := f.Find(id, owner)
	return geo.Receipt{Version: 3, At: secondMoment}, err
}

func (f *fakeImports) Drop(id string, owner geo.Asker) error {
	_, err := f.Find(id, owner)
	return err
}

func (f *fakeImports) Since(turn uint64, owner geo.Asker) ([]staging.Import, uint64, <-chan struct{}) {
	if turn > 0 {
		return nil, turn, nil
	}
	return f.List(owner), 1, nil
}
