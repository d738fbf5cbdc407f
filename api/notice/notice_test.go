package notice_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"bivouac/api/notice"
	"bivouac/api/ogc"
	"bivouac/geo"
	"bivouac/geo/alert"
)

const base ogc.Base = "https://camp.example"

func raised() alert.Alert {
	return alert.Alert{
		ID: "roads.7 & 8", Rule: "roads", Title: "Roads", Severity: alert.High, Status: "actual", Version: 9, At: 1_500_000_000_000_000,
		Headline: "An incident <near> a road", Collection: "incidents", Key: 3, Place: []float64{-0.04, 16.27}, RadiusMetres: 1500,
	}
}

// TestCAP holds what the standard is particular about: latitude before
// longitude, a radius in km, no Z in a time, no spaces in an identifier, and
// who may read it.
func TestCAP(t *testing.T) {
	counted := raised()
	counted.Place, counted.Box, counted.Key, counted.Count = nil, []float64{-1, 15, 2, 17.5}, 0, 400
	secret := raised()
	secret.Class, secret.Mission = geo.Confidential, "MINUSMA"
	nowhere := raised()
	nowhere.Place, nowhere.Near = nil, nil
	for _, c := range []struct {
		desc  string
		alert alert.Alert
		want  []string
	}{
		{"at a point", raised(), []string{"<circle>16.27,-0.04 1.5</circle>", "<sent>2017-07-14T02:40:00+00:00</sent>", "<identifier>store.roads.7___8</identifier>",
			"<sender>bivouac@camp.example</sender>", "<status>Actual</status>", "<severity>Severe</severity>", "<scope>Restricted</scope>", "An incident &lt;near&gt; a road"}},
		{"of many", counted, []string{"<polygon>15,-1 15,2 17.5,2 17.5,-1 15,-1</polygon>", "<valueName>count</valueName><value>400</value>"}},
		{"classified", secret, []string{"<scope>Private</scope>", "<addresses>", "MINUSMA"}},
		{"without a place", nowhere, []string{"<areaDesc>Place not known</areaDesc>"}},
	} {
		got := string(notice.AppendCAP(nil, base, "Bivouac", "store", &c.alert))
		for _, want := range c.want {
			if !strings.Contains(got, want) {
				t.Errorf("%s: no %s in\n%s", c.desc, want, got)
			}
		}
	}
}

func TestFeature(t *testing.T) {
	a := raised()
	f := notice.NewFeature(base, &a, []alert.Delivery{{Webhook: "desk", State: alert.Waiting, Next: 5}})
	text, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"coordinates":[-0.04,16.27]`, `"webhook":"desk"`, "https://camp.example/api/alerts/roads.7%20&%208", "/items/3"} {
		if !strings.Contains(strings.ReplaceAll(string(text), `\u0026`, "&"), want) {
			t.Errorf("no %s in %s", want, text)
		}
	}
}

func TestBrokenRuleSaysWhy(t *testing.T) {
	d := geo.Doc{Kind: alert.Kind, ID: "roads", Title: "Roads", Rev: 4}
	r := notice.NewRule(base, &d, nil, geo.Errorf(geo.Invalid, "body.filter", "there is no field x"))
	if r.Broken == nil || r.Broken.Parameter != "body.filter" || r.Broken.Detail != "there is no field x" {
		t.Errorf("%+v", r.Broken)
	}
	if r := notice.NewRule(base, &d, nil, errors.New("x")); r.Broken == nil {
		t.Error("a rule that cannot be asked is not broken")
	}
}

// TestAtom: a feed is as new as what changed last in it, with latitude first.
func TestAtom(t *testing.T) {
	seen := raised()
	seen.Acknowledged = []alert.Acknowledgement{{At: seen.At + 60_000_000, By: "ana", Note: "PLANTED"}}
	many := raised()
	many.Place, many.Box = nil, []float64{-1, 15, 2, 17.5}
	got := string(notice.AppendAtom(nil, base, "Bivouac", []alert.Alert{seen, many}, "f=atom", "before=x&f=atom"))
	for _, want := range []string{
		"<updated>2017-07-14T02:41:00Z</updated>", "<id>https://camp.example/api/alerts/roads.7%20&amp;%208</id>", "An incident &lt;near&gt; a road", `term="high"`, "Acknowledged.",
		`<point xmlns="http://www.georss.org/georss">16.27 -0.04</point>`, `<box xmlns="http://www.georss.org/georss">15 -1 17.5 2</box>`, `rel="next" type="application/atom+xml" href="https://camp.example/api/alerts?before=x&amp;f=atom"`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in\n%s", want, got)
		}
	}
	if strings.Contains(got, "PLANTED") || strings.Count(got, "<published>2017-07-14T02:40:00Z") != 2 {
		t.Errorf("%s", got)
	}
	if none := string(notice.AppendAtom(nil, base, "Bivouac", nil, "", "")); !strings.Contains(none, "<updated>1970-01-01T00:00:00Z</updated>") || strings.Contains(none, "<entry>") {
		t.Errorf("none is %s", none)
	}
}
