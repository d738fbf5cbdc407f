package gpkg

import (
	"fmt"
	"slices"
	"testing"

	"bivouac/geo"
	"bivouac/geo/alert"
)

// TestPruneAlerts: age takes all but what is grave and unseen; the number takes
// that too, last, and says so.
func TestPruneAlerts(t *testing.T) {
	none := []string(nil)
	for _, c := range []struct {
		desc   string
		before geo.Time
		most   int
		kept   []string // the newest first
		count  int
		unseen []string
	}{
		{"no bound", 0, 0, []string{"a5", "a4", "a3", "a2", "a1", "a0"}, 0, none},
		{"nothing is so old", 100, 0, []string{"a5", "a4", "a3", "a2", "a1", "a0"}, 0, none},
		{"by age", 104, 0, []string{"a5", "a4", "a1"}, 3, none},
		{"by age, all", 200, 0, []string{"a1"}, 5, none},
		{"by number", 0, 4, []string{"a5", "a4", "a3", "a1"}, 2, none},
		{"by number, down to what is grave", 0, 1, []string{"a1"}, 5, none},
		{"both", 104, 2, []string{"a5", "a1"}, 4, none},
	} {
		f, _ := begun(t)
		var all []alert.Alert
		var tell []alert.Delivery
		for i, severity := range []alert.Severity{alert.Low, alert.Critical, alert.Medium, alert.High, alert.Low, alert.Medium} {
			id := fmt.Sprint("a", i)
			all = append(all, alert.Alert{ID: id, Severity: severity, Version: geo.Version(i + 1), At: geo.Time(100 + i)})
			tell = append(tell, alert.Delivery{Alert: id, Webhook: "http://x/", State: alert.Waiting})
		}
		if err := f.KeepAlerts(9, all, tell); err != nil {
			t.Fatal(err)
		}
		if _, err := f.Acknowledge("a3", alert.Acknowledgement{By: "ana"}); err != nil {
			t.Fatal(err)
		}
		gone, err := f.PruneAlerts(c.before, c.most)
		if err != nil || gone.Count != c.count || !slices.Equal(gone.Unseen, c.unseen) {
			t.Errorf("%s: %+v %v", c.desc, gone, err)
		}
		f.holds(t, c.desc, c.kept)
	}
}

func (f *File) holds(t *testing.T, desc string, want []string) {
	t.Helper()
	q := alert.Query{Reader: geo.Reader{Ceiling: geo.StrictlyConfidential}, Limit: 99}
	list, err := f.Alerts(background, q)
	var got []string
	for _, a := range list {
		got = append(got, a.ID)
	}
	if n, counted := f.CountAlerts(background, q); err != nil || counted != nil || n != len(want) || !slices.Equal(got, want) {
		t.Errorf("%s: keeps %v (%d), want %v; %v %v", desc, got, n, want, err, counted)
	}
	due, err := f.Due(background, 1, 99)
	if err != nil || len(due) != len(want) {
		t.Errorf("%s: %d deliveries wait, of %d alerts; %v", desc, len(due), len(want), err)
	}
}

// TestPruneNamesTheUnseen: the number is a bound for what is grave as well, but
// not in silence.
func TestPruneNamesTheUnseen(t *testing.T) {
	f, _ := begun(t)
	var all []alert.Alert
	for i := range 5 {
		all = append(all, alert.Alert{ID: fmt.Sprint("g", i), Severity: alert.High, Version: geo.Version(i + 1), At: geo.Time(i)})
	}
	if err := f.KeepAlerts(5, all, nil); err != nil {
		t.Fatal(err)
	}
	gone, err := f.PruneAlerts(99, 3)
	if err != nil || gone.Count != 2 || !slices.Equal(gone.Unseen, []string{"g0", "g1"}) {
		t.Errorf("%+v %v", gone, err)
	}
	if v, err := f.AlertPosition(background); v != 5 || err != nil {
		t.Errorf("rules were asked up to %d, %v", v, err)
	}
}
