package watch_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"bivouac/api/watch"
	"bivouac/geo"
	"bivouac/geo/alert"
	"bivouac/geo/layer"
)

// states is a Source of states that stand already.
type states []*layer.Snapshot

func (s states) Snapshot() *layer.Snapshot { return s[len(s)-1] }

func (s states) AsOf(_ context.Context, v geo.Version) (*layer.Snapshot, error) { return s[v], nil }

func (s states) Next(ctx context.Context, v geo.Version) (*layer.Snapshot, error) {
	if int(v) < len(s)-1 {
		return s[v+1], nil
	}
	<-ctx.Done()
	return nil, ctx.Err()
}

// grown are states each of which holds one record more than the one before,
// under one rule.
func grown(t *testing.T, n int) states {
	t.Helper()
	l := layer.New(geo.Schema{Name: "things"})
	docs := []geo.Doc{{Kind: alert.Kind, ID: "all", Title: "All", Rev: 1, Body: []byte(`{"collection":"things","webhooks":[{"name":"x"}]}`)}}
	out := states{layer.NewSnapshot("s", []*layer.Layer{l}, nil, nil)}
	var times []layer.Moment
	for v := geo.Version(1); int(v) <= n; v++ {
		next, err := l.With([]geo.Change{{Collection: "things", Feature: geo.Feature{Key: geo.Key(v), Rev: v}}})
		if err != nil {
			t.Fatal(err)
		}
		l, times = next, append(slices.Clone(times), layer.Moment{Version: v, At: geo.Time(v)})
		out = append(out, layer.NewSnapshot("s", []*layer.Layer{l}, docs, times))
	}
	return out
}

// memory is a Keeper that fails as often as it is told to.
type memory struct {
	watch.Keeper
	mu         sync.Mutex
	fail       int
	position   geo.Version
	alerts     []alert.Alert
	deliveries map[string]alert.Delivery
}

func (m *memory) AlertPosition(context.Context) (geo.Version, error) { return m.position, nil }

func (m *memory) KeepAlerts(upTo geo.Version, list []alert.Alert, tell []alert.Delivery) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.fail--; m.fail >= 0 {
		return errors.New("the disk is full")
	}
	m.position, m.alerts = upTo, append(m.alerts, list...)
	for _, d := range tell {
		m.deliveries[d.Alert] = d
	}
	return nil
}

func (m *memory) Alert(_ context.Context, id string) (alert.Alert, bool, error) {
	return alert.Alert{ID: id}, true, nil
}

func (m *memory) Due(_ context.Context, now geo.Time, limit int) (out []alert.Delivery, _ error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, d := range m.deliveries {
		if d.State == alert.Waiting && d.Next <= now && len(out) < limit {
			out = append(out, d)
		}
	}
	return out, nil
}

func (m *memory) KeepDelivery(d *alert.Delivery) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.deliveries[d.Alert] = *d
	return nil
}

// until waits for what must come.
func until(t *testing.T, what string, is func() bool) {
	t.Helper()
	for range 4000 {
		if is() {
			return
		}
		time.Sleep(2 * time.Millisecond)
	}
	t.Fatalf("never: %s", what)
}

// TestFollow: what cannot be kept is kept later, in order and once; an address
// is tried again until it takes it, refuses it, or a day is over.
func TestFollow(t *testing.T) {
	m := &memory{fail: 1, deliveries: map[string]alert.Delivery{}}
	var clock sync.Mutex
	now, tries := geo.Time(0), map[string]int{}
	w := watch.Start(watch.Config{
		Source: grown(t, 5), Keeper: m, Warn: func(string, error) {},
		Now: func() geo.Time {
			clock.Lock()
			defer clock.Unlock()
			now += 3600 * geo.Second // each look is an hour later
			return now
		},
		Send: func(_ context.Context, d *alert.Delivery, _ *alert.Alert) error {
			clock.Lock()
			defer clock.Unlock()
			tries[d.Alert]++
			switch {
			case d.Alert == "all.2.things.2":
				return geo.Errorf(geo.Unavailable, "", "never there")
			case d.Alert == "all.3.things.3":
				return geo.Errorf(geo.Forbidden, "", "refused")
			case tries[d.Alert] < 3:
				return geo.Errorf(geo.Unavailable, "", "not yet there")
			}
			return nil
		},
		Wait: func(int) geo.Time { return 4 * 3600 * geo.Second },
	})
	until(t, "all is asked", func() bool { return w.UpTo() == 5 })
	until(t, "all is told or given up", func() bool {
		waiting, _ := m.Due(context.Background(), 1<<62, 9)
		return len(waiting) == 0
	})
	w.Close()
	var got []string
	for _, a := range m.alerts {
		got = append(got, a.ID)
	}
	if want := []string{"all.2.things.2", "all.3.things.3", "all.4.things.4", "all.5.things.5"}; !slices.Equal(got, want) || m.position != 5 {
		t.Errorf("%v up to %d", got, m.position)
	}
	for id, want := range map[string]alert.DeliveryState{"all.2.things.2": alert.Failed, "all.3.things.3": alert.Failed, "all.4.things.4": alert.Delivered} {
		if d := m.deliveries[id]; d.State != want {
			t.Errorf("%s: %+v", id, d)
		}
	}
	if tries["all.3.things.3"] != 1 || tries["all.4.things.4"] != 3 || tries["all.2.things.2"] < 3 {
		t.Errorf("tries: %v", tries)
	}
}

func TestBackoff(t *testing.T) {
	var got []string
	for tries := 1; tries <= 12; tries++ {
		got = append(got, fmt.Sprint(int64(watch.Backoff(tries)/geo.Second)))
	}
	if s := fmt.Sprint(got); s != "[10 20 40 80 160 320 640 1280 2560 3600 3600 3600]" {
		t.Error(s)
	}
}
