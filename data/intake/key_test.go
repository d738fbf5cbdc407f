package intake_test

import (
	"strings"
	"testing"

	"bivouac/geo"
	"bivouac/geo/staging"
)

// TestNumbersThatAreNotKeys sends files whose rows are numbered by somebody else,
// with all columns of the collection: a number is a key only where the rows say
// what the records under it say.
func TestNumbersThatAreNotKeys(t *testing.T) {
	const list = "name,people,lon,lat\nGao,90000,-0.04,16.27\nKidal,25969,1.41,18.44\nBourem,27486,-0.35,16.95\n"
	const sent = `{"type":"FeatureCollection","features":[
		{"type":"Feature","id":1,"geometry":{"type":"Point","coordinates":[-0.04,16.27]},"properties":{"name":"Gao"}},
		{"type":"Feature","id":2,"geometry":{"type":"Point","coordinates":[1.41,18.44]},"properties":{"name":"Kidal"}}MORE]}`
	const more = `,{"type":"Feature","id":3,"geometry":{"type":"Point","coordinates":[-0.35,16.95]},"properties":{"name":"Bourem"}}`
	for _, c := range []struct {
		desc, before, name, text string
		key                      string // that is found
		want                     string
	}{
		{"ours", list, "b.csv", "id,name,people,lon,lat\n1,Gao,90001,-0.04,16.27\n3,Bourem,27486,-0.35,16.95\n,Ansongo,30000,0.5,15.66\n", "id", "1/1/1/0/0"},
		{"another store", list, "b.csv", "id,name,people,lon,lat\n1,Sévaré,20000,-4.1,14.5\n2,Konna,36000,-3.9,14.9\n3,Douentza,28000,-2.9,15\n", "", "3/0/0/0/0"},
		{"another store, which shares a record", list, "b.csv", "id,name,people,lon,lat\n1,Gao,90000,-0.04,16.27\n2,Konna,36000,-3.9,14.9\n3,Douentza,28000,-2.9,15\n", "", "3/0/0/0/0"},
		{"numbers beyond ours", list, "b.csv", "id,name,people,lon,lat\n11,Gao,90000,-0.04,16.27\n12,Kidal,25969,1.41,18.44\n", "", "2/0/0/0/0"},
		{"a sender's own numbers, which are keys by chance", strings.Replace(sent, "MORE", "", 1), "b.geojson", strings.Replace(sent, "MORE", more, 1), "", "1/0/2/0/0"},
		{"a part of the columns", list, "b.csv", "id,people\n1,90001\n2,25969\n", "id", "0/1/1/0/0"},
		{"a part of the columns, and one of another", list, "b.csv", "id,people,chief\n1,90001,x\n2,25969,y\n", "", "2/0/0/0/0"},
	} {
		t.Run(c.desc, func(t *testing.T) {
			d := newDesk(t)
			o := staging.Options{Collection: "wells"}
			d.approve(d.send(editor, "a"+c.name[1:], c.before, o), editor)
			i := d.send(editor, c.name, c.text, o)
			d.want(i, c.want)
			if i.Found.Key != c.key {
				t.Errorf("the key is %q, want %q", i.Found.Key, c.key)
			}
		})
	}
}

// TestKeysThatSlipped refuses rows whose number is that of another record, but for
// a column that the user says is the key.
func TestKeysThatSlipped(t *testing.T) {
	const head = "id,name,people,lon,lat\n"
	const list = "name,people,lon,lat\nGao,1,-0.04,16.27\nKidal,2,1.41,18.44\nBourem,3,-0.35,16.95\nBer,4,-2.5,16.8\n"
	const events = "date,kind,lon,lat\n2018-03-01,ied,1,2\n2018-03-02,ied,3,4\n2018-03-03,ied,5,6\n"
	for _, c := range []struct{ desc, before, text, key, want string }{
		{"numbers filled down beyond a part that was exported", list, head + "1,Gao,1,-0.04,16.27\n2,Kidal,2,1.41,18.44\n3,Ansongo,9,0.5,15.66\n", "", "0/0/2/0/1"},
		{"a row in between", list, head + "1,Gao,1,-0.04,16.27\n2,Kidal,2,1.41,18.44\n3,Ber,4,-2.5,16.8\n4,Bourem,3,-0.35,16.95\n", "", "0/0/2/0/2"},
		{"the user's word", list, head + "1,Gao,1,-0.04,16.27\n3,Ansongo,9,0.5,15.66\n", "id", "0/1/1/0/0"},
		{"moved, and another name", list, head + "1,Gao,1,-0.05,16.27\n2,Kidal town,2,1.41,18.44\n", "", "0/2/0/0/0"},
		{"other events of the same kind", events, "id,date,kind,lon,lat\n1,2018-03-01,ied,1,2\n2,2018-03-02,ied,3,4\n3,2018-03-09,ied,7,8\n", "", "0/0/2/0/1"},
		{"a part of the columns", list, "id,people\n1,1\n2,2\n3,7\n", "", "0/1/2/0/0"},
	} {
		t.Run(c.desc, func(t *testing.T) {
			d := newDesk(t)
			o := staging.Options{Collection: "wells"}
			d.approve(d.send(editor, "a.csv", c.before, o), editor)
			o.Key = c.key
			i := d.send(editor, "b.csv", c.text, o)
			d.want(i, c.want)
			for _, row := range d.rows(i, staging.Refused) {
				if !strings.Contains(row.Reason, "is another one") {
					t.Errorf("refused: %s", row.Reason)
				}
			}
		})
	}
}

// TestKeysOfOthers refuses rows of records that the sender does not see as those
// of none, and a source id that another record has.
func TestKeysOfOthers(t *testing.T) {
	d := newDesk(t)
	d.approve(d.send(editor, "towns.csv", "source_id,name,mission,classification\na,Gao,,\nb,Kidal,,\n,Ber,,confidential\n,Goundam,,\n", asPlaces), editor)
	low := geo.Asker{Name: "low", Grant: "g1"}
	const head = "id,source_id,name\n"
	for _, c := range []struct{ desc, text, want, reason string }{
		{"one's own", head + "1,a,Gao town\n4,,Goundam\n", "0/1/1/0/0", ""},
		{"an emptied id stays", head + "1,,Gao\n", "0/0/1/0/0", ""},
		{"an id for a record without", head + "4,g,Goundam\n", "0/1/0/0/0", ""},
		{"the id of another", head + "4,b,Goundam\n", "0/0/0/0/1", "another record has the id b already"},
		{"one out of sight", head + "1,a,Gao\n3,,Ber\n", "0/0/1/0/1", "there is no record 3, or none that you see"},
		{"one that never was", head + "1,a,Gao\n9,,Ber\n", "0/0/1/0/1", "there is no record 9, or none that you see"},
		{"one twice", head + "1,a,Gao\n1,,Gao\n", "0/0/1/0/1", "an earlier row is of record 1 already"},
		{"no number", head + "1,a,Gao\nx,b,Kidal\n", "0/0/1/0/1", `"x" is no number of a record`},
	} {
		i := d.send(low, "mine.csv", c.text, staging.Options{Collection: "places", Key: "id"})
		d.want(i, c.want)
		bad := d.rows(i, staging.Refused)
		if c.reason != "" && (len(bad) != 1 || !strings.Contains(bad[0].Reason, c.reason) || bad[0].Record == nil) {
			t.Errorf("%s: refused %+v, want %s", c.desc, bad, c.reason)
		}
	}
	// What a refused row is of stays, where the file is the whole collection.
	i := d.send(editor, "all.csv", "id,source_id,name,population\n1,a,Gao,many\n3,,Ber,\n", staging.Options{Collection: "places", Key: "id", Whole: true})
	d.want(i, "0/0/1/2/1")
	d.approve(i, editor)
	if got := d.names(); got != "Ber Gao" {
		t.Errorf("the store holds %s", got)
	}
	if row, ok := layerOf(t, d).Find(3, editor.Reader); !ok || row.Class() != geo.Confidential {
		t.Error("the class of record 3 fell")
	}
}
