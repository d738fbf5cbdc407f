package gpkg

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"strconv"
	"strings"

	"bivouac/geo"
	"bivouac/geo/alert"
)

// Alerts are kept beside the history, as jobs are: they change no record. The
// Version up to which the rules were asked is written with what they raised.

const alertPosition = "alerts" // in bivouac_store

// AlertPosition returns the Version up to which the rules were asked, 0 for
// none.
func (f *File) AlertPosition(ctx context.Context) (geo.Version, error) {
	text, err := f.setting(ctx, alertPosition)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	v, err := strconv.ParseInt(text, 10, 64)
	return geo.Version(v), explain(f.path, err)
}

// KeepAlerts keeps what the rules raised up to the Version, and what is to be
// told of it: all of it or nothing. What is kept already stays as it is.
func (f *File) KeepAlerts(upTo geo.Version, list []alert.Alert, tell []alert.Delivery) error {
	return f.write(func(w *writer) error {
		for i := range list {
			a := &list[i]
			state, err := json.Marshal(a)
			if err != nil {
				return err
			}
			w.exec(`INSERT INTO bivouac_alert (name, version, at, rule, severity, class, mission, acknowledged, state) VALUES (?,?,?,?,?,?,?,?,?)
				ON CONFLICT (name) DO NOTHING`, a.ID, int64(a.Version), int64(a.At), a.Rule, string(a.Severity), int64(a.Class), a.Mission, len(a.Acknowledged), string(state))
		}
		for i := range tell {
			d := &tell[i]
			w.exec(`INSERT INTO bivouac_delivery (alert, webhook, format, state, tries, created, next, problem) VALUES (?,?,?,?,?,?,?,?)
				ON CONFLICT (alert, webhook) DO NOTHING`, d.Alert, d.Webhook, d.Format, string(d.State), d.Tries, int64(d.Created), int64(d.Next), d.Problem)
		}
		w.exec("INSERT INTO bivouac_store (name, value) VALUES (?,?) ON CONFLICT (name) DO UPDATE SET value=excluded.value", alertPosition, strconv.FormatInt(int64(upTo), 10))
		return w.err
	})
}

// Alerts returns those that are asked for, the newest first.
func (f *File) Alerts(ctx context.Context, q alert.Query) ([]alert.Alert, error) {
	where, args := alertsWhere(q)
	query := "SELECT state FROM bivouac_alert WHERE " + strings.Join(where, " AND ") + " ORDER BY version DESC, id DESC LIMIT ?"
	return collect(f.path, ask(ctx, f.db, scanAlert, query, append(args, q.Limit)...))
}

// CountAlerts counts those that are asked for, whatever the limit.
func (f *File) CountAlerts(ctx context.Context, q alert.Query) (n int, err error) {
	where, args := alertsWhere(q)
	err = f.db.QueryRowContext(ctx, "SELECT count(*) FROM bivouac_alert WHERE "+strings.Join(where, " AND "), args...).Scan(&n)
	return n, explain(f.path, err)
}

func scanAlert(r *sql.Rows, a *alert.Alert) error {
	var state []byte
	if err := r.Scan(&state); err != nil {
		return err
	}
	return json.Unmarshal(state, a)
}

func alertsWhere(q alert.Query) (where []string, args []any) {
	and := func(text string, values ...any) {
		where, args = append(where, text), append(args, values...)
	}
	and("class<=?", int64(q.Reader.Ceiling))
	if q.Reader.Missions != nil {
		and("mission IN (''"+strings.Repeat(",?", len(q.Reader.Missions))+")", anyOf(q.Reader.Missions)...)
	}
	if q.Rule != "" {
		and("rule=?", q.Rule)
	}
	if len(q.Severities) > 0 {
		and("severity IN ("+strings.Repeat(",?", len(q.Severities))[1:]+")", anyOf(q.Severities)...)
	}
	and("version>? AND version<=?", int64(q.After), upTo(q.Until))
	if q.From != 0 {
		and("at>=?", int64(q.From))
	}
	if q.Acknowledged != nil {
		and("(acknowledged>0)=?", *q.Acknowledged)
	}
	if q.Undelivered {
		and("name IN (SELECT alert FROM bivouac_delivery WHERE state=?)", string(alert.Failed))
	}
	if q.Before != "" {
		and("(version, id) < (SELECT version, id FROM bivouac_alert WHERE name=?)", q.Before)
	}
	return where, args
}

func anyOf(list []string) []any {
	out := make([]any, len(list))
	for i := range list {
		out[i] = list[i]
	}
	return out
}

// Alert returns the one of the id, false where there is none.
func (f *File) Alert(ctx context.Context, id string) (alert.Alert, bool, error) {
	list, err := collect(f.path, ask(ctx, f.db, scanAlert, "SELECT state FROM bivouac_alert WHERE name=?", id))
	if err != nil || len(list) == 0 {
		return alert.Alert{}, false, err
	}
	return list[0], true, nil
}

// Acknowledge adds to an alert who has seen to it, and returns it.
func (f *File) Acknowledge(id string, by alert.Acknowledgement) (a alert.Alert, err error) {
	err = f.write(func(w *writer) error {
		var state []byte
		err := w.row("SELECT state FROM bivouac_alert WHERE name=?", []any{id}, &state)
		if errors.Is(err, sql.ErrNoRows) {
			return geo.Errorf(geo.NotFound, "alert", "there is no alert %q", id)
		}
		if err == nil {
			err = json.Unmarshal(state, &a)
		}
		if err != nil {
			return err
		}
		a.Acknowledged = append(a.Acknowledged, by)
		if state, err = json.Marshal(&a); err != nil {
			return err
		}
		w.exec("UPDATE bivouac_alert SET acknowledged=?, state=? WHERE name=?", len(a.Acknowledged), string(state), id)
		return w.err
	})
	return a, err
}

const deliveryColumns = "alert, webhook, format, state, tries, created, next, problem FROM bivouac_delivery"

func scanDelivery(r *sql.Rows, d *alert.Delivery) error {
	return r.Scan(&d.Alert, &d.Webhook, &d.Format, &d.State, &d.Tries, &d.Created, &d.Next, &d.Problem)
}

// Due returns deliveries that wait and whose time has come by now, the oldest
// first.
func (f *File) Due(ctx context.Context, now geo.Time, limit int) ([]alert.Delivery, error) {
	return collect(f.path, ask(ctx, f.db, scanDelivery, "SELECT "+deliveryColumns+" WHERE state=? AND next<=? ORDER BY next, id LIMIT ?", string(alert.Waiting), int64(now), limit))
}

// Deliveries returns those of an alert.
func (f *File) Deliveries(ctx context.Context, id string) ([]alert.Delivery, error) {
	return collect(f.path, ask(ctx, f.db, scanDelivery, "SELECT "+deliveryColumns+" WHERE alert=? ORDER BY id", id))
}

// KeepDelivery keeps how far a delivery is.
func (f *File) KeepDelivery(d *alert.Delivery) error {
	return f.write(func(w *writer) error {
		w.exec("UPDATE bivouac_delivery SET state=?, tries=?, next=?, problem=? WHERE alert=? AND webhook=?", string(d.State), d.Tries, int64(d.Next), d.Problem, d.Alert, d.Webhook)
		return w.err
	})
}
