package api

import (
	"context"
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"

	"bivouac/api/encode"
	"bivouac/api/notice"
	"bivouac/api/ogc"
	"bivouac/api/params"
	"bivouac/api/watch"
	"bivouac/geo"
	"bivouac/geo/alert"
	"bivouac/geo/layer"
)

// WatchChanges begins to ask the rules of alerts of each change, where there is
// a store that keeps what they raise, and returns what ends it. Serve calls it.
func (s *Server) WatchChanges() (end func()) {
	if s.config.Alerts == nil || s.config.Follow == nil {
		return func() {}
	}
	w := watch.Start(watch.Config{
		Source: s.config.Follow, Keeper: s.config.Alerts, Now: s.now, Send: s.sendAlert,
		Warn: func(what string, err error) { s.config.Log.Warn("alert", "what", what, "error", err.Error()) },
		Keep: s.config.KeepAlerts, Pruned: s.tellPruned,
	})
	s.watch.Store(w)
	return func() {
		s.watch.Store(nil)
		w.Close()
	}
}

// tellPruned says in the log what was let go, and by name what nobody has seen
// to though it is grave.
func (s *Server) tellPruned(p alert.Pruned) {
	s.config.Log.Info("alert", "what", "pruned, as --keep-alerts and --keep-alert-days say", "alerts", p.Count)
	for _, id := range p.Unseen {
		s.config.Log.Warn("alert", "what", "pruned, though nobody has acknowledged it: there are more than --keep-alerts", "id", id)
	}
}

// AlertsUpTo returns the Version up to which the rules were asked, 0 where
// nobody watches.
func (s *Server) AlertsUpTo() geo.Version {
	if w := s.watch.Load(); w != nil {
		return w.UpTo()
	}
	return 0
}

// alertNews is closed when there are further alerts; nil where there are none.
func (s *Server) alertNews() <-chan struct{} {
	if w := s.watch.Load(); w != nil {
		return w.News()
	}
	return nil
}

// lastAlert returns the Version of the last alert that the asker may see.
func (s *Server) lastAlert(c echo.Context) (geo.Version, error) {
	list, err := s.alertsOf(c.Request().Context(), alert.Query{Reader: s.readerOf(c), Limit: 1})
	if err != nil || len(list) == 0 {
		return 0, err
	}
	return list[0].Version, nil
}

func (s *Server) alertsOf(ctx context.Context, q alert.Query) ([]alert.Alert, error) {
	if s.config.Alerts == nil {
		return nil, nil
	}
	return s.config.Alerts.Alerts(ctx, q)
}

func (s *Server) countAlerts(ctx context.Context, q alert.Query) (int, error) {
	if s.config.Alerts == nil {
		return 0, nil
	}
	return s.config.Alerts.CountAlerts(ctx, q)
}

// alerts lists what the rules raised, the newest first.
func (s *Server) alerts(c echo.Context) error {
	r := c.Request()
	q, err := params.ParseAlerts(r.URL.RawQuery)
	if err != nil {
		return err
	}
	q.Reader = s.readerOf(c)
	limit := q.Limit
	q.Limit++
	if err := s.checkPage(r.Context(), &q); err != nil {
		return err
	}
	list, err := s.alertsOf(r.Context(), q)
	if err != nil {
		return err
	}
	q.Before = ""
	matched, err := s.countAlerts(r.Context(), q)
	if err != nil {
		return err
	}
	next := ""
	if len(list) > limit {
		list = list[:limit]
		query := r.URL.Query()
		query.Set("before", list[limit-1].ID)
		next = query.Encode()
	}
	for i := range list {
		visitOf(c).markClass(list[i].Class)
	}
	if r.URL.Query().Get("f") == "atom" {
		return s.text(c, notice.Atom, notice.AppendAtom(nil, s.baseOf(r), s.config.Title, list, r.URL.RawQuery, next))
	}
	all := notice.NewCollection(s.baseOf(r), list, r.URL.RawQuery, next)
	all.NumberMatched = matched
	if s.config.Alerts == nil {
		all.Note = "This world is read only: nothing changes in it, so no rule raises an alert. Serve a store with --store to have them."
	}
	return s.document(c, encode.GeoJSON, all)
}

// checkPage refuses to go on from an alert that is none, to the asker.
func (s *Server) checkPage(ctx context.Context, q *alert.Query) error {
	if q.Before == "" {
		return nil
	}
	if _, ok, err := s.seenAlert(ctx, q.Before, q.Reader); err != nil || ok {
		return err
	}
	return geo.Errorf(geo.Invalid, "before", "is not the id of an alert; follow the next link as it was given")
}

func (s *Server) seenAlert(ctx context.Context, id string, r geo.Reader) (alert.Alert, bool, error) {
	if s.config.Alerts == nil {
		return alert.Alert{}, false, nil
	}
	a, ok, err := s.config.Alerts.Alert(ctx, id)
	return a, ok && r.Sees(a.Class, a.Mission), err
}

// alertAsked finds the alert that the path names.
func (s *Server) alertAsked(c echo.Context) (alert.Alert, error) {
	id := c.Param("alert")
	a, ok, err := s.seenAlert(c.Request().Context(), id, s.readerOf(c))
	if err == nil && !ok {
		err = geo.Errorf(geo.NotFound, "alert", "there is no alert %q; /api/alerts lists them", id)
	}
	return a, err
}

// alert answers one alert.
func (s *Server) alert(c echo.Context) error {
	q, err := takes(c, "f")
	if err != nil {
		return err
	}
	media, err := alertMedia(c, q)
	if err != nil {
		return err
	}
	a, err := s.alertAsked(c)
	if err != nil {
		return err
	}
	visitOf(c).markClass(a.Class)
	if media != notice.CAP {
		return s.sendFeature(c, &a)
	}
	snap, err := s.snapshot()
	if err != nil {
		return err
	}
	return s.text(c, notice.CAP, notice.AppendCAP(nil, s.baseOf(c.Request()), s.config.Title, snap.Store, &a))
}

func alertMedia(c echo.Context, q params.Query) (string, error) {
	f, given := q.Take("f")
	if !given {
		return encode.Negotiate(c.Request().Header.Get("Accept"), encode.GeoJSON, notice.CAP, encode.JSON)
	}
	f, err := params.ParseFormat(f, "geojson", "json", "cap")
	return map[string]string{"geojson": encode.GeoJSON, "json": encode.GeoJSON, "cap": notice.CAP}[f], err
}

// sendFeature tells an alert; how far addresses are told of it, those alone
// who may write rules.
func (s *Server) sendFeature(c echo.Context, a *alert.Alert) error {
	var told []alert.Delivery
	if s.identityOf(c).Rank >= geo.Analyst {
		var err error
		if told, err = s.config.Alerts.Deliveries(c.Request().Context(), a.ID); err != nil {
			return err
		}
	}
	return s.document(c, encode.GeoJSON, notice.NewFeature(s.baseOf(c.Request()), a, told))
}

// acknowledge notes who has seen to an alert.
func (s *Server) acknowledge(c echo.Context) error {
	if _, err := takes(c); err != nil {
		return err
	}
	var body []byte
	r := c.Request()
	if r.ContentLength != 0 || r.Header.Get("Content-Type") != "" {
		var err error
		if body, err = s.readBody(c, questionForm); err != nil {
			return err
		}
	}
	note, err := params.ParseNote(body)
	if err != nil {
		return err
	}
	a, err := s.alertAsked(c)
	if err != nil {
		return err
	}
	a, err = s.config.Alerts.Acknowledge(a.ID, alert.Acknowledgement{At: s.now(), By: s.authorOf(c), Note: note})
	if err != nil {
		return err
	}
	s.seen.Add(a.ID)
	v := visitOf(c)
	v.markClass(a.Class)
	v.Header().Set("Content-Type", encode.GeoJSON)
	v.Header().Set("Cache-Control", "no-store")
	return v.bodyOf(r, http.StatusOK).All(appendJSON(nil, notice.NewFeature(s.baseOf(r), &a, nil)))
}

// alertRules lists the rules, with why one cannot be asked any more.
func (s *Server) alertRules(c echo.Context) error {
	if _, err := takes(c); err != nil {
		return err
	}
	snap, err := s.snapshot()
	if err != nil {
		return err
	}
	b := s.baseOf(c.Request())
	all := notice.Rules{Rules: []notice.Rule{}, Links: []ogc.Link{{Href: b.API("/alert-rules"), Rel: "self", Type: encode.JSON, Title: "The rules"}, {Href: b.API("/alerts"), Rel: "related", Type: encode.GeoJSON, Title: "What they raised"}}}
	if s.identityOf(c).Rank >= geo.Analyst {
		all.Webhooks = s.config.Webhooks.Names()
	}
	list := snap.Docs(alert.Kind, s.readerOf(c))
	for i := range list {
		d := &list[i]
		visitOf(c).markDocs(d)
		rule, err := s.readRule(snap, d)
		all.Rules = append(all.Rules, notice.NewRule(b, d, rule, err))
	}
	return s.document(c, encode.JSON, all)
}

// readRule reads a rule, as far as it can be read, and says why it cannot be
// asked.
func (s *Server) readRule(snap *layer.Snapshot, d *geo.Doc) (*alert.Rule, error) {
	rule, err := alert.ParseRule(d)
	if err != nil {
		return rule, err
	}
	if err := rule.Check(snap); err != nil {
		return rule, err
	}
	for i, w := range rule.Webhooks {
		if _, err := s.config.Webhooks.Address(fmt.Sprintf("body.webhooks[%d].name", i), w.Name); err != nil {
			return rule, err
		}
	}
	return rule, nil
}

// sendAlert tells a webhook of an alert. Of one that is classified it says the
// id and the address alone, which lead those to it who may see it.
func (s *Server) sendAlert(ctx context.Context, d *alert.Delivery, a *alert.Alert) error {
	uri, err := s.config.Webhooks.Address("webhooks", d.Webhook)
	if err != nil {
		return err
	}
	body, media := appendJSON(nil, s.alertTold(s.base, a)), encode.GeoJSON
	switch {
	case a.Class > geo.Unclassified:
		media = encode.JSON
	case d.Format == "cap":
		body, media = notice.AppendCAP(nil, s.base, s.config.Title, s.config.Source.Snapshot().Store, a), notice.CAP
	}
	if err := s.hooks.Deliver(ctx, uri, media, a.ID, body); err != nil {
		return err
	}
	s.config.Log.Info("alert", "id", a.ID, "told", d.Webhook)
	return nil
}

// alertTold is what is told of an alert where nobody writes down who reads it.
func (s *Server) alertTold(b ogc.Base, a *alert.Alert) any {
	if a.Class > geo.Unclassified {
		return notice.Reference{ID: a.ID, Href: notice.Address(b, a)}
	}
	return notice.NewFeature(b, a, nil)
}

// tellAlerts appends the alerts that are new to the listener, up to a Version, 0
// for the last, the oldest first.
func (e *stream) tellAlerts(ctx context.Context, upTo geo.Version) error {
	q := alert.Query{Reader: e.server.readerOf(e.c), After: e.alerts, Until: upTo, Limit: maxResumed + 1}
	list, err := e.server.alertsOf(ctx, q)
	if err != nil || len(list) == 0 {
		return err
	}
	if len(list) > maxResumed {
		e.alerts = list[0].Version
		e.state("reload")
		return nil
	}
	b := e.server.baseOf(e.c.Request())
	for i := len(list) - 1; i >= 0; i-- {
		// The id says so when all of a Version are told.
		if i == 0 || list[i-1].Version > list[i].Version {
			e.alerts = list[i].Version
		}
		e.event("alert", e.newest, e.server.alertTold(b, &list[i]))
	}
	return nil
}

// tellSeen appends the alerts that were seen to since the listener was told.
func (e *stream) tellSeen(ctx context.Context) error {
	var ids []string
	var all bool
	ids, e.seenTurn, e.seen, all = e.server.seen.Since(e.seenTurn)
	if !all {
		e.state("reload")
		return nil
	}
	for _, id := range ids {
		a, ok, err := e.server.seenAlert(ctx, id, e.server.readerOf(e.c))
		if err != nil {
			return err
		}
		if ok {
			e.event("acknowledged", e.newest, e.server.alertTold(e.server.baseOf(e.c.Request()), &a))
		}
	}
	return nil
}
