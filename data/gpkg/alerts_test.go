package gpkg

import (
	"fmt"
	"slices"
	"testing"

	"bivouac/geo"
	"bivouac/geo/alert"
)

func TestAlertsAreKept(t *testing.T) {
	f, _ := begun(t)
	var all []alert.Alert
	for i := range 6 {
		all = append(all, alert.Alert{
			ID: fmt.Sprint("a", i), Rule: []string{"one", "two"}[i%2], Severity: []alert.Severity{alert.Low, alert.High}[i%2], Version: geo.Version(10 + i/2), At: geo.Time(1000 + i),
			Class: geo.Class(i % 3), Mission: []string{"", "A", "B", ""}[i%4],
		})
	}
	tell := []alert.Delivery{{Alert: "a1", Webhook: "desk", Format: "cap", State: alert.Waiting, Created: 5, Next: 50}, {Alert: "a2", Webhook: "desk", Format: "cap", State: alert.Waiting, Created: 5, Next: 40}}
	for range 2 { // what is kept already stays as it is
		if err := f.KeepAlerts(12, all, tell); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := f.Acknowledge("a1", alert.Acknowledgement{At: 7, By: "ana"}); err != nil {
		t.Fatal(err)
	}
	if err := f.KeepAlerts(13, all, tell); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Acknowledge("none", alert.Acknowledgement{}); geo.CodeOf(err) != geo.NotFound {
		t.Errorf("acknowledged: %v", err)
	}
	due, err := f.Due(background, 45, 9)
	if err != nil || len(due) != 1 || due[0] != tell[1] {
		t.Fatalf("due: %v %v", due, err)
	}
	due[0].State, due[0].Tries, due[0].Problem = alert.Failed, 3, "is gone"
	if err := f.KeepDelivery(&due[0]); err != nil {
		t.Fatal(err)
	}
	f.Close()
	g, err := Open(background, f.path)
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close()
	if v, err := g.AlertPosition(background); v != 13 || err != nil {
		t.Errorf("asked up to %d, %v", v, err)
	}
	yes, no := true, false
	top := geo.Reader{Ceiling: geo.StrictlyConfidential}
	for _, c := range []struct {
		desc string
		q    alert.Query
		want []string
	}{
		{"all", alert.Query{Reader: top}, []string{"a5", "a4", "a3", "a2", "a1", "a0"}},
		{"unclassified", alert.Query{}, []string{"a3", "a0"}},
		{"of one mission", alert.Query{Reader: geo.Reader{Ceiling: geo.StrictlyConfidential, Missions: []string{"A"}}}, []string{"a5", "a4", "a3", "a1", "a0"}},
		{"of none", alert.Query{Reader: geo.Reader{Ceiling: geo.StrictlyConfidential, Missions: []string{}}}, []string{"a4", "a3", "a0"}},
		{"a rule", alert.Query{Reader: top, Rule: "one"}, []string{"a4", "a2", "a0"}},
		{"severity", alert.Query{Reader: top, Severities: []string{"high", "critical"}}, []string{"a5", "a3", "a1"}},
		{"versions", alert.Query{Reader: top, After: 10, Until: 11}, []string{"a3", "a2"}},
		{"since", alert.Query{Reader: top, From: 1004}, []string{"a5", "a4"}},
		{"seen to", alert.Query{Reader: top, Acknowledged: &yes}, []string{"a1"}},
		{"not yet", alert.Query{Reader: top, Acknowledged: &no, Rule: "two"}, []string{"a5", "a3"}},
		{"given up", alert.Query{Reader: top, Undelivered: true}, []string{"a2"}},
		{"behind one", alert.Query{Reader: top, Before: "a3"}, []string{"a2", "a1", "a0"}},
		{"behind none", alert.Query{Reader: top, Before: "x"}, nil},
	} {
		c.q.Limit = 100
		list, err := g.Alerts(background, c.q)
		var got []string
		for _, a := range list {
			got = append(got, a.ID)
		}
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%s: %v %v, want %v", c.desc, got, err, c.want)
		}
	}
	a, there, err := g.Alert(background, "a1")
	if err != nil || !there || len(a.Acknowledged) != 1 || a.Acknowledged[0].By != "ana" {
		t.Errorf("%+v %t %v", a, there, err)
	}
	if d, err := g.Deliveries(background, "a2"); err != nil || len(d) != 1 || d[0] != due[0] {
		t.Errorf("%v %v", d, err)
	}
}

// TestAddressesOfOldStores: a store whose rules held addresses forgets them, and
// keeps what was told.
func TestAddressesOfOldStores(t *testing.T) {
	f, _ := begun(t)
	if err := f.KeepAlerts(1, []alert.Alert{{ID: "a1", Version: 1}}, []alert.Delivery{{Alert: "a1", Webhook: "https://desk.example/?key=SECRET", State: alert.Waiting}}); err != nil {
		t.Fatal(err)
	}
	if err := f.write(func(w *writer) error {
		w.run("ALTER TABLE bivouac_delivery RENAME COLUMN webhook TO uri")
		w.exec("UPDATE bivouac_store SET value='3' WHERE name='format'")
		return w.err
	}); err != nil {
		t.Fatal(err)
	}
	f.Close()
	g, err := Open(background, f.path)
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close()
	if due, err := g.Due(background, 1, 9); err != nil || len(due) != 1 || due[0].Webhook != "address-1" {
		t.Errorf("due is %v, %v", due, err)
	}
}
