package params

import (
	"slices"
	"strings"

	"bivouac/geo"
	"bivouac/geo/alert"
)

// Limits of a page of alerts.
const (
	DefaultAlerts = 100
	MaxAlerts     = 1000
	mostNote      = 1000 // letters
)

var alertNames = []string{"rule", "since", "severity", "state", "delivery", "before", "limit", "f"}

// ParseAlerts reads which alerts are asked for.
func ParseAlerts(raw string) (alert.Query, error) {
	a := alert.Query{Limit: DefaultAlerts}
	q, err := ParseQuery(raw)
	if err != nil {
		return a, err
	}
	a.Rule, _ = q.Take("rule")
	a.Before, _ = q.Take("before")
	if s, ok := q.Take("f"); ok {
		if _, err := ParseFormat(s, "geojson", "json", "atom"); err != nil {
			return a, err
		}
	}
	for _, read := range []func(*Query, *alert.Query) error{readAlertSince, readAlertSeverity, readAlertState, readAlertLimit} {
		if err := read(&q, &a); err != nil {
			return a, err
		}
	}
	return a, q.Done(alertNames...)
}

func readAlertSince(q *Query, a *alert.Query) error {
	s, ok := q.Take("since")
	if !ok {
		return nil
	}
	i, err := geo.ParseInterval(s)
	if err != nil || strings.Contains(s, "/") {
		return geo.Errorf(geo.Invalid, "since", "must be a day such as 2026-11-27 or a time such as 2026-11-27T06:30:00Z, not %q", clip(s))
	}
	a.From = i.Start.Time
	return nil
}

func readAlertSeverity(q *Query, a *alert.Query) error {
	s, ok := q.Take("severity")
	if !ok {
		return nil
	}
	a.Severities = strings.Split(s, ",")
	for _, one := range a.Severities {
		if !slices.Contains(alert.Severities(), one) {
			return geo.Errorf(geo.Invalid, "severity", "must be of %s, several with commas between, not %q", strings.Join(alert.Severities(), ", "), clip(one))
		}
	}
	return nil
}

func readAlertState(q *Query, a *alert.Query) error {
	if s, ok := q.Take("state"); ok {
		seen := s == "acknowledged"
		if !seen && s != "new" {
			return geo.Errorf(geo.Invalid, "state", "must be new or acknowledged, not %q", clip(s))
		}
		a.Acknowledged = &seen
	}
	if s, ok := q.Take("delivery"); ok {
		if s != string(alert.Failed) {
			return geo.Errorf(geo.Invalid, "delivery", "must be failed, for those of which an address could not be told, not %q", clip(s))
		}
		a.Undelivered = true
	}
	return nil
}

func readAlertLimit(q *Query, a *alert.Query) error {
	s, ok := q.Take("limit")
	if !ok {
		return nil
	}
	n, ok := whole(s)
	if !ok || n < 1 {
		return geo.Errorf(geo.Invalid, "limit", "must be a whole number from 1 to %d, not %q", MaxAlerts, clip(s))
	}
	a.Limit = min(n, MaxAlerts)
	return nil
}

// ParseNote reads the body of an acknowledgement, which may be left out.
func ParseNote(body []byte) (string, error) {
	var asked struct {
		Note string `json:"note"`
	}
	if len(body) == 0 {
		return "", nil
	}
	if err := decodeStrictly(body, &asked, `{"note":"..."}`); err != nil {
		return "", err
	}
	if len(asked.Note) > mostNote {
		return "", geo.Errorf(geo.Invalid, "note", "has more than %d letters", mostNote)
	}
	return strings.TrimSpace(asked.Note), nil
}
