package load

import (
	"strings"
	"testing"
)

// TestSheets reads tables as spreadsheets save them: with titles above the header,
// the line that names the separator, and columns and rows of separators alone.
func TestSheets(t *testing.T) {
	const gao = `{"type":"Point","coordinates":[-0.05,16.27]} "Gao" 7` + "\n"
	const want = "f point: name=string[name] n=integer\n" + gao
	for _, c := range []struct{ desc, text, want string }{
		{"a title", "Week 12\nname,n,lon,lat\nGao,7,-0.05,16.27\n", want},
		{"a title with the separators of its columns", "Week 12,,,\n,,,\n\nname,n,lon,lat\nGao,7,-0.05,16.27\n", want},
		{"titles above semicolons", "Week 12\nBamako, 2024\n\nname;n;lon;lat\nGao;7;-0.05;16.27\n", want},
		{"the separator named", "sep=;\r\nname;n;lon;lat\r\nGao;7;-0.05;16.27\r\n", want},
		{"columns and rows of separators", "name,n,lon,lat,,\nGao,7,-0.05,16.27,,\n,,,,,\n , ,,,,\n", want},
		{"a column without a name that holds something", "name,,lon,lat,\nGao,7,-0.05,16.27,\n", "f point: name=string[name] column_2=integer\n" + gao},
		{"one column, and texts with commas", "note\na,b,c\nd,e,f\n", "refused: f.any, row 1 (line 2): has 3 cells"},
		{"one column that fills more", "name,,\nGao,,\nBer,,\n", "f none: name=string[name]\nnull \"Gao\"\nnull \"Ber\"\n"},
		{"numbers below one text", "values\n1,2,3\n4,5,6\n", "refused: f.any, row 1 (line 2): has 3 cells"},
		{"TopoJSON", `{"type":"Topology","objects":{},"arcs":[]}`, "is of no format that is read"},
		{"of ArcGIS", `{"displayFieldName":"","geometryType":"esriGeometryPoint","features":[{"attributes":{"a":1},"geometry":{"x":1,"y":2}}]}`, "is of no format that is read"},
		{"Kobo", "place/name,_gps_latitude,_gps_longitude,_gps_altitude\nGao,16.27,-0.05,3\n", `{"type":"Point","coordinates":[-0.05,16.27]} "Gao" 3`},
		{"ODK", "gps-Latitude,gps-Longitude,gps-Altitude,name\n16.27,-0.05,3,Gao\n", `{"type":"Point","coordinates":[-0.05,16.27]} 3 "Gao"`},
		{"two places a row", "a_latitude,a_longitude,b_latitude,b_longitude\n1,2,3,4\n", "null 1 2 3 4"},
	} {
		if got := tell(file(t, "f.any", c.text), Options{}); got != c.want && !(strings.Contains(got, c.want) && !strings.HasPrefix(c.want, "f ")) {
			t.Errorf("%s:\n got %s\nwant %s", c.desc, got, c.want)
		}
	}
}
