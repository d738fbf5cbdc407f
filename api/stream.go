package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"bivouac/api/encode"
	"bivouac/api/job"
	"bivouac/api/ledger"
	"bivouac/api/ogc"
	"bivouac/api/params"
	"bivouac/geo"
	"bivouac/geo/staging"
)

// stream is one stream of events.
type stream struct {
	server   *Server
	c        echo.Context
	control  *http.ResponseController
	last     params.EventID // what the listener knows already
	store    string
	known    geo.Version     // what it has been told of, and what it may not see up to there
	newest   geo.Version     // the last one that it may see
	turn     job.Turn        // of the jobs, up to which the listener has been told
	moved    <-chan struct{} // closed when something happens to a job
	alerts   geo.Version     // up to which it was told the alerts that it may see
	news     <-chan struct{} // closed when there are further alerts
	seen     <-chan struct{} // closed when an alert is seen to
	arrived  <-chan struct{} // closed when something happens to an import
	arrivals uint64          // up to which the listener was told of those
	seenTurn int             // up to which the listener was told of that
	beat     time.Time       // of the next sign of life
	b        []byte
}

// look notes the state that the stream opens on.
func (e *stream) look() error {
	snap, err := e.server.snapshot()
	if err != nil {
		return err
	}
	newest, err := e.server.lastCommit(e.c, snap.Version)
	e.store, e.known, e.newest = snap.Store, snap.Version, newest.Version
	_, e.turn, e.moved = e.server.jobs.Since(^job.Turn(0), job.Owner{})
	if err != nil {
		return err
	}
	_, e.seenTurn, e.seen, _ = e.server.seen.Since(0)
	if e.server.config.Imports != nil {
		_, e.arrivals, e.arrived = e.server.config.Imports.Since(^uint64(0), geo.Asker{})
	}
	e.alerts, err = e.server.lastAlert(e.c)
	return err
}

// open writes the head of the answer. No proxy is to hold events back.
func (e *stream) open() {
	v := visitOf(e.c)
	h := v.Header()
	h.Set("Content-Type", encode.Events)
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no")
	v.WriteHeader(http.StatusOK)
}

// run tells what the listener missed, greets it, and goes on until somebody
// leaves: the listener, the server, or the right to listen. None of these is
// an error of the answer, which has no end of its own.
func (e *stream) run(ctx context.Context) error {
	e.news = e.server.alertNews()
	if err := e.resume(ctx); err != nil {
		return err
	}
	e.state("hello")
	for {
		if err := e.flush(); err != nil {
			return err
		}
		if err := e.wait(ctx); err != nil {
			return err
		}
		if ctx.Err() != nil || !e.server.goesOn(e.c) {
			return nil
		}
		if err := e.tellNew(ctx); err != nil {
			return err
		}
	}
}

// resume tells what came since the last event that the listener got.
func (e *stream) resume(ctx context.Context) error {
	if e.last == (params.EventID{}) {
		return nil
	}
	if e.last.Store != e.store || e.last.Version > e.newest {
		e.state("reload")
		return nil
	}
	upTo := e.alerts
	e.alerts = min(e.last.Alerts, upTo)
	if err := e.tell(ctx, e.last.Version, e.known); err != nil {
		return err
	}
	return e.tellAlerts(ctx, upTo)
}

// wait returns when there is a newer Version or something happened to a job, or there
// are alerts, and its companions had time to come, or when it is time for a sign of life.
func (e *stream) wait(ctx context.Context) error {
	soon, cancel := context.WithDeadline(ctx, e.beat)
	defer cancel()
	go func(moved, news, seen, arrived <-chan struct{}) {
		select {
		case <-moved:
		case <-arrived:
		case <-news:
		case <-seen:
		case <-soon.Done():
			return
		}
		cancel()
	}(e.moved, e.news, e.seen, e.arrived)
	err := e.server.config.Past.Wait(soon, e.known)
	switch cause := soon.Err(); {
	case ctx.Err() != nil || errors.Is(cause, context.DeadlineExceeded):
		return nil
	case cause != nil:
		err = nil // it was a job or an alert
	}
	if err == nil {
		select {
		case <-ctx.Done():
		case <-time.After(e.server.streams.together):
		}
	}
	return err
}

// tellNew tells the Commits that are new and what happened to the listener's
// jobs, or that the stream still stands. The signs of life come by what was sent
// alone, so that none tells of a Commit or a job that this listener does not see.
func (e *stream) tellNew(ctx context.Context) error {
	from := e.known
	e.known = e.server.config.Source.Snapshot().Version
	if e.known > from {
		if err := e.tell(ctx, from, e.known); err != nil {
			return err
		}
	}
	e.tellJobs()
	e.tellImports()
	e.news = e.server.alertNews()
	if err := e.tellAlerts(ctx, 0); err != nil {
		return err
	}
	if err := e.tellSeen(ctx); err != nil {
		return err
	}
	if len(e.b) == 0 && !time.Now().Before(e.beat) {
		e.b = append(e.b, ": still here\n\n"...)
	}
	return nil
}

// tell appends the Commits after the one Version and not after the other, the
// oldest first.
func (e *stream) tell(ctx context.Context, after, upTo geo.Version) error {
	r := e.server.readerOf(e.c)
	list, err := e.server.config.Past.Commits(ctx, r, after, upTo, maxResumed+1)
	if err != nil {
		return err
	}
	if len(list) > 0 {
		e.newest = list[0].Version
	}
	if len(list) > maxResumed {
		e.state("reload")
		return nil
	}
	for i := len(list) - 1; i >= 0; i-- {
		if told, some := ledger.NewChange(&list[i], r); some {
			e.event("commit", told.Version, told)
		}
	}
	return nil
}

// tellJobs appends how far those jobs of the listener are to which something
// happened.
func (e *stream) tellJobs() {
	var moved []job.Job
	moved, e.turn, e.moved = e.server.jobs.Since(e.turn, e.server.ownerOf(e.c))
	for i := range moved {
		e.event("job", e.newest, ogc.NewStatusInfo(e.server.baseOf(e.c.Request()), &moved[i]))
	}
}

// tellImports appends how far those imports of the listener are to which
// something happened, without what was found in their files.
func (e *stream) tellImports() {
	if e.server.config.Imports == nil {
		return
	}
	var moved []staging.Import
	moved, e.arrivals, e.arrived = e.server.config.Imports.Since(e.arrivals, e.server.ownerOf(e.c))
	for i := range moved {
		moved[i].Found, moved[i].Report, moved[i].Problem = nil, nil, nil
		e.event("import", e.newest, ogc.NewImport(e.server.baseOf(e.c.Request()), &moved[i]))
	}
}

// state appends an event that says where the store stands.
func (e *stream) state(name string) {
	e.event(name, e.newest, struct {
		Version geo.Version `json:"version"`
		Store   string      `json:"store"`
	}{e.newest, e.store})
}

// event appends one event.
func (e *stream) event(name string, v geo.Version, data any) {
	text, err := json.Marshal(data)
	if err != nil {
		panic("api: " + err.Error())
	}
	e.b = append(e.b, "id: "+params.EventID{Store: e.store, Version: v, Alerts: e.alerts}.String()+"\nevent: "+name+"\ndata: "...)
	e.b = append(append(e.b, text...), "\n\n"...)
}

// flush sends what was appended. A listener that does not take it is let go.
func (e *stream) flush() error {
	if len(e.b) == 0 {
		return nil
	}
	now := time.Now()
	e.beat = now.Add(e.server.streams.beat)
	// A writer without deadlines, as in tests, is none the worse.
	_ = e.control.SetWriteDeadline(now.Add(e.server.config.Stall))
	_, err := visitOf(e.c).Write(e.b)
	e.b = e.b[:0]
	if err == nil {
		err = e.control.Flush()
	}
	return err
}
