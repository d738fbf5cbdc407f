package load

import "testing"

// TestExtraComesBack wants the source fields that our own files bring in one
// column to be source fields again, beside the columns that have no field.
func TestExtraComesBack(t *testing.T) {
	for _, c := range []struct{ desc, name, text, want string }{
		{"an object of GeoJSON", "a.geojson", `{"type":"Feature","geometry":null,"properties":{"name":"x","colour":"red","extra":{"code":7}}}`, `{"code":7,"colour":"red"}`},
		{"a text of a table", "a.csv", "name,extra\nx,\"{\"\"code\"\":7}\"\n", `{"code":7}`},
		{"a field of both is what the object says", "a.csv", "name,code,extra\nx,8,\"{\"\"code\"\":7}\"\n", `{"code":7}`},
		{"an empty object", "a.csv", "name,code,extra\nx,8,{}\n", `{"code":8}`},
		{"a column that only has the name", "a.csv", "name,extra\nx,a generator\n", `{"extra":"a generator"}`},
		{"not all of it are objects", "a.csv", "name,extra\nx,{}\ny,none\n", `{"extra":"{}"}`},
	} {
		_, all, _ := readAll(t, file(t, c.name, c.text), Options{Collection: "places"})
		if got := string(all[0].Extra); got != c.want {
			t.Errorf("%s: %s, want %s", c.desc, got, c.want)
		}
	}
}
