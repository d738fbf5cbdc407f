// Package watch asks the rules of each change as it is committed, keeps what
// they raise, and tells those whom the rules name.
//
// It follows the store from Version to Version, beside the writer. What was
// raised is kept in one transaction with the Version up to which the rules were
// asked; after a restart it goes on from there, so that no change is left out
// and none raises the same alert twice. An address is told at least once, with
// the alert's id to know it by, again and again for a day.
package watch

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"bivouac/geo"
	"bivouac/geo/alert"
	"bivouac/geo/layer"
)

// Source leads from state to state.
type Source interface {
	Snapshot() *layer.Snapshot
	AsOf(ctx context.Context, v geo.Version) (*layer.Snapshot, error)
	// Next waits for a state after v and returns it: that of the next Version,
	// or a later one where those between are not at hand any more.
	Next(ctx context.Context, v geo.Version) (*layer.Snapshot, error)
}

// Keeper keeps alerts over a restart.
type Keeper interface {
	// AlertPosition returns the Version up to which the rules were asked.
	AlertPosition(ctx context.Context) (geo.Version, error)
	// KeepAlerts keeps what was raised up to the Version, and what is to be told
	// of it: all of it or nothing. What is kept already stays as it is.
	KeepAlerts(upTo geo.Version, list []alert.Alert, tell []alert.Delivery) error
	// Alerts returns those that are asked for, the newest first.
	Alerts(ctx context.Context, q alert.Query) ([]alert.Alert, error)
	// CountAlerts counts those that are asked for, whatever the limit.
	CountAlerts(ctx context.Context, q alert.Query) (int, error)
	// PruneAlerts lets go of what was committed before the time, and of what is
	// more than the number, 0 for any.
	PruneAlerts(before geo.Time, most int) (alert.Pruned, error)
	// Alert returns the one of the id, false where there is none.
	Alert(ctx context.Context, id string) (alert.Alert, bool, error)
	// Acknowledge adds who has seen to an alert, and returns it.
	Acknowledge(id string, by alert.Acknowledgement) (alert.Alert, error)
	// Due returns deliveries that wait and whose time has come.
	Due(ctx context.Context, now geo.Time, limit int) ([]alert.Delivery, error)
	// Deliveries returns those of an alert.
	Deliveries(ctx context.Context, id string) ([]alert.Delivery, error)
	// KeepDelivery keeps how far a delivery is.
	KeepDelivery(d *alert.Delivery) error
}

// Config is what a Watch needs.
type Config struct {
	Source Source
	Keeper Keeper
	Now    func() geo.Time
	// Send tells an address. A geo.Unavailable may pass; any other error is
	// for good.
	Send func(ctx context.Context, d *alert.Delivery, a *alert.Alert) error
	Warn func(what string, err error)
	// Keep bounds what is kept; Pruned is told what was let go.
	Keep   alert.Bound
	Pruned func(alert.Pruned)
	// Wait is how long to wait before the try after so many; nil is [Backoff].
	Wait func(tries int) geo.Time
}

// Watch follows a Source. It is safe for concurrent use.
type Watch struct {
	Config
	all    context.Context
	end    context.CancelFunc
	runs   sync.WaitGroup
	news   atomic.Pointer[chan struct{}] // closed when something was raised
	told   chan struct{}                 // something waits to be told
	before *layer.Snapshot               // the state up to which the rules were asked
	upTo   atomic.Int64                  // its Version
	kept   geo.Version                   // and up to which that is written down
}

// keepEach is after how many Versions without alerts the position is written
// down. Those that are asked again after a crash raise nothing, as before.
const keepEach = 16

// Start follows from where the keeper left off.
func Start(c Config) *Watch {
	w := &Watch{Config: c, told: make(chan struct{}, 1)}
	if w.Wait == nil {
		w.Wait = Backoff
	}
	news := make(chan struct{})
	w.news.Store(&news)
	w.all, w.end = context.WithCancel(context.Background())
	w.runs.Go(w.follow)
	w.runs.Go(w.tellAll)
	if c.Keep != (alert.Bound{}) {
		w.runs.Go(w.prune)
	}
	return w
}

// Close ends what goes on and waits for it.
func (w *Watch) Close() {
	w.end()
	w.runs.Wait()
}

// News returns what is closed when something more was raised.
func (w *Watch) News() <-chan struct{} { return *w.news.Load() }

// UpTo returns the Version up to which the rules were asked, 0 before the first.
func (w *Watch) UpTo() geo.Version { return geo.Version(w.upTo.Load()) }

// follow asks the rules of one state after the other.
func (w *Watch) follow() {
	if !w.retry("where alerts were asked up to cannot be read", w.begin) {
		return
	}
	for w.all.Err() == nil {
		after, err := w.Source.Next(w.all, w.before.Version)
		if err != nil {
			w.pause("the next state cannot be read", err)
			continue
		}
		if !w.retry("alerts cannot be kept", func() error { return w.step(after) }) {
			break
		}
	}
	if w.before.Version > w.kept && hasRules(w.before) {
		if err := w.Keeper.KeepAlerts(w.before.Version, nil, nil); err != nil {
			w.Warn("where alerts were asked up to cannot be kept", err)
		}
	}
}

// retry does it until it is done; false where the watch ends before.
func (w *Watch) retry(what string, do func() error) bool {
	for w.all.Err() == nil {
		err := do()
		if err == nil {
			return true
		}
		w.pause(what, err)
	}
	return false
}

func (w *Watch) pause(what string, err error) {
	if w.all.Err() != nil {
		return
	}
	w.Warn(what, err)
	select {
	case <-w.all.Done():
	case <-time.After(time.Second):
	}
}

// begin finds the state to go on from: the one up to which the rules were
// asked, or that in which the oldest of them was written, if that is later.
func (w *Watch) begin() error {
	v, err := w.Keeper.AlertPosition(w.all)
	if err != nil {
		return err
	}
	now := w.Source.Snapshot()
	oldest := now.Version
	for _, d := range now.Docs(alert.Kind, geo.Unrestricted()) {
		oldest = min(oldest, d.Rev)
	}
	w.kept = v
	if w.before, err = w.Source.AsOf(w.all, max(oldest, min(v, now.Version))); err == nil {
		w.upTo.Store(int64(w.before.Version))
	}
	return err
}

func hasRules(s *layer.Snapshot) bool { return len(s.Docs(alert.Kind, geo.Unrestricted())) > 0 }

// step asks the rules of the change to the state, and keeps what they raise.
func (w *Watch) step(after *layer.Snapshot) error {
	var raised []alert.Alert
	var tell []alert.Delivery
	rules := after.Docs(alert.Kind, geo.Unrestricted())
	for i := range rules {
		list, hooks, err := w.ask(&rules[i], alert.Step{Before: w.before, After: after})
		if w.all.Err() != nil {
			return w.all.Err()
		}
		if err != nil {
			w.Warn("the rule "+rules[i].ID+" cannot be asked", err)
			continue
		}
		raised = append(raised, list...)
		for j := range list {
			tell = append(tell, w.deliveries(&list[j], hooks)...)
		}
	}
	if len(raised) > 0 || len(rules) > 0 && after.Version >= w.kept+keepEach {
		if err := w.Keeper.KeepAlerts(after.Version, raised, tell); err != nil {
			return err
		}
		w.kept = after.Version
	}
	w.before = after
	defer w.upTo.Store(int64(after.Version))
	if len(raised) > 0 {
		next := make(chan struct{})
		close(*w.news.Swap(&next))
	}
	if len(tell) > 0 {
		w.wake()
	}
	return nil
}

// ask asks one rule.
func (w *Watch) ask(d *geo.Doc, s alert.Step) (list []alert.Alert, hooks []alert.Webhook, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
		}
	}()
	rule, err := alert.ParseRule(d)
	if err != nil {
		return nil, nil, err
	}
	list, err = rule.Evaluate(w.all, s)
	return list, rule.Webhooks, err
}

func (w *Watch) deliveries(a *alert.Alert, hooks []alert.Webhook) []alert.Delivery {
	out := make([]alert.Delivery, len(hooks))
	now := w.Now()
	for i, h := range hooks {
		out[i] = alert.Delivery{Alert: a.ID, Webhook: h.Name, Format: h.Format, State: alert.Waiting, Created: now, Next: now}
	}
	return out
}
