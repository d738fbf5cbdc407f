package webpage

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"
)

func TestReadKeepsTheOrder(t *testing.T) {
	d, err := Read([]byte(`{"z":1,"a":{"y":[true,null,"x"],"b":1.50},"links":[{"href":"http://a/","rel":"self"},{"href":"http://b/","rel":"next","title":"More"},{"href":"http://b/","rel":"again"}]}`))
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(Without(d, "links")); got != "[{z 1} {a [{y [true <nil> x]} {b 1.50}]}]" {
		t.Errorf("%s", got)
	}
	if got := Links(d); len(got) != 1 || got[0].Href != "http://b/" || got[0].Title != "More" {
		t.Errorf("%v", got)
	}
	for _, bad := range []string{"", "{", `{"a":`, `[1,`} {
		if _, err := Read([]byte(bad)); err == nil {
			t.Errorf("%q is read", bad)
		}
	}
}

func TestValues(t *testing.T) {
	for text, want := range map[string]string{
		`"<b>"`: "&lt;b&gt;", `"https://a/?x=1&y"`: `<a href="https://a/?x=1&amp;y">https://a/?x=1&amp;y</a>`, `"javascript:x"`: "javascript:x",
		`1.50`: "1.50", `true`: "yes", `[1,"a"]`: "1, a", `[[1,2]]`: "<ul><li>1, 2</li></ul>", `{"a":1}`: "<dl><dt>a</dt><dd>1</dd></dl>",
		`[{"href":"https://a/","rel":"up"}]`: `<ul><li><a href="https://a/">up</a></li></ul>`, `[{"href":"data:x","title":"t"}]`: "<ul><li>t</li></ul>",
	} {
		v, err := Read([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if got := string(value(v)); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

// TestCharts: the bound lies in the map, whose sides are in proportion, and
// degrees are named as people read them.
func TestCharts(t *testing.T) {
	for _, c := range []struct {
		desc  string
		bound orb.Bound
		want  []string
	}{
		{"a point", orb.Bound{Min: orb.Point{-3, 16}, Max: orb.Point{-3, 16}}, []string{"° W", "° N"}},
		{"south and east", orb.Bound{Min: orb.Point{10, -20}, Max: orb.Point{40, -5}}, []string{"° E", "° S"}},
		{"the whole earth", orb.Bound{Min: orb.Point{-180, -90}, Max: orb.Point{180, 90}}, []string{"0° E"}},
		{"a strip", orb.Bound{Min: orb.Point{-70, 1}, Max: orb.Point{40, 1.1}}, []string{"° W"}},
	} {
		chart := newChart(c.bound)
		for _, p := range []orb.Point{c.bound.Min, c.bound.Max, c.bound.Center()} {
			if x, y := chart.at(p); x < 0 || x > chart.width || y < 0 || y > chart.height {
				t.Errorf("%s: %v is at %v %v of %v by %v", c.desc, p, x, y, chart.width, chart.height)
			}
		}
		drawn := string(Map(Land{}, c.bound, slices.Values([]orb.Geometry{c.bound.Center()})))
		for _, part := range append(c.want, `class="dot"`) {
			if !strings.Contains(drawn, part) {
				t.Errorf("%s: no %s in %s", c.desc, part, drawn)
			}
		}
		if strings.Contains(drawn, "NaN") || strings.Contains(drawn, "Inf") {
			t.Errorf("%s: %s", c.desc, drawn)
		}
	}
	// Beside the date line a map goes on, and a neighbour over it stands next door.
	chart := newChart(orb.Bound{Min: orb.Point{176, -20}, Max: orb.Point{179.9, -15}})
	near, _ := chart.at(orb.Point{179.9, -18})
	over, _ := chart.at(orb.Point{-179.9, -18})
	if over <= near || over-near > 60 {
		t.Errorf("over the date line is at %v, before it at %v", over, near)
	}
}
