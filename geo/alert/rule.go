package alert

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/process"
)

// Rule says what to raise an Alert of.
type Rule struct {
	ID      string
	Title   string
	Rev     geo.Version // only changes after it are looked at
	Class   geo.Class
	Mission string
	body
}

// body is the document's own part.
type body struct {
	Collection string          `json:"collection"`
	Filter     json.RawMessage `json:"filter"` // CQL2, a text or an object; none is all
	Near       *Near           `json:"near"`
	Threshold  *Threshold      `json:"threshold"`
	Severity   Severity        `json:"severity"` // medium unless said
	Active     *bool           `json:"active"`   // true unless said
	Status     string          `json:"status"`   // actual unless said
	Webhooks   []Webhook       `json:"webhooks"`
}

// Near asks for records no farther than the radius from a record of another
// collection, the rim included.
type Near struct {
	Collection   string          `json:"collection"`
	Filter       json.RawMessage `json:"filter"`
	Keys         []geo.Key       `json:"keys"` // none is all
	RadiusMetres float64         `json:"radius_m"`
	InSeason     bool            `json:"in_season"` // only while the record near by is in use, by its field season
}

// Threshold asks for so much within a stretch of days.
type Threshold struct {
	Least        float64 `json:"least"`
	Sum          string  `json:"sum"` // fields of numbers, such as killed+injured; "" counts records
	Days         float64 `json:"days"`
	WithinMetres float64 `json:"within_m"` // of each other; 0 is anywhere
}

// Webhook is who is told of each Alert: the name that the operator gave to an
// address.
type Webhook struct {
	Name   string `json:"name"`
	Format string `json:"format"` // geojson unless said
}

// The statuses of a rule, and the formats of a webhook.
var (
	Statuses = []string{"actual", "exercise", "test"}
	Formats  = []string{"geojson", "cap"}
)

// Limits of a rule.
const (
	mostRadius   = 2_000_000 // metres
	mostDays     = 3_660
	mostWebhooks = 5
	mostKeys     = 1_000
)

const ruleForm = `{"collection":"incidents","filter":"killed > 0","near":{"collection":"routes","radius_m":5000},"threshold":{"least":3,"days":7},"severity":"high"}`

// ParseRule reads the rule that the document holds. What hangs on the fields
// of collections is left to [Rule.Check]. Errors name the member.
func ParseRule(d *geo.Doc) (*Rule, error) {
	r := &Rule{ID: d.ID, Title: d.Title, Rev: d.Rev, Class: d.Class, Mission: d.Mission}
	decoder := json.NewDecoder(bytes.NewReader(d.Body))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&r.body); err != nil {
		return nil, badBody(err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, geo.Errorf(geo.Invalid, "body", "something follows the end of the rule")
	}
	r.fill()
	return r, r.checkMembers()
}

func badBody(err error) error {
	var kind *json.UnmarshalTypeError
	if errors.As(err, &kind) && kind.Field != "" {
		return geo.Errorf(geo.Invalid, "body."+kind.Field, "a %s is not taken there; write a rule as in %s", kind.Value, ruleForm)
	}
	if _, name, ok := strings.Cut(err.Error(), "unknown field "); ok {
		return geo.Errorf(geo.Invalid, "body", "a rule has no member %s; it has collection, filter, near, threshold, severity, active, status and webhooks, as in %s", name, ruleForm)
	}
	return geo.Errorf(geo.Invalid, "body", "is no rule; write one as in %s", ruleForm)
}

func (r *Rule) fill() {
	if r.Severity == "" {
		r.Severity = Medium
	}
	if r.Status == "" {
		r.Status = Statuses[0]
	}
	for i := range r.Webhooks {
		if r.Webhooks[i].Format == "" {
			r.Webhooks[i].Format = Formats[0]
		}
	}
}

// IsActive reports whether the rule raises Alerts.
func (r *Rule) IsActive() bool { return r.Active == nil || *r.Active }

func (r *Rule) checkMembers() error {
	switch {
	case r.Collection == "":
		return geo.Errorf(geo.Invalid, "body.collection", "a rule names the collection whose records it looks at, as in %s", ruleForm)
	case !slices.Contains(Severities(), string(r.Severity)):
		return geo.Errorf(geo.Invalid, "body.severity", "must be one of %s, not %q", strings.Join(Severities(), ", "), r.Severity)
	case !slices.Contains(Statuses, r.Status):
		return geo.Errorf(geo.Invalid, "body.status", "must be one of %s, not %q", strings.Join(Statuses, ", "), r.Status)
	case len(r.Webhooks) > mostWebhooks:
		return geo.Errorf(geo.Invalid, "body.webhooks", "a rule tells at most %d webhooks", mostWebhooks)
	}
	for i, w := range r.Webhooks {
		if !slices.Contains(Formats, w.Format) {
			return geo.Errorf(geo.Invalid, fmt.Sprintf("body.webhooks[%d].format", i), "must be one of %s, not %q", strings.Join(Formats, ", "), w.Format)
		}
	}
	if err := r.Near.check(); err != nil {
		return err
	}
	return r.Threshold.check()
}

func (n *Near) check() error {
	switch {
	case n == nil:
		return nil
	case n.Collection == "":
		return geo.Errorf(geo.Invalid, "body.near.collection", "name the collection to be near to, such as bases, routes, places or corridors")
	case !(n.RadiusMetres >= 0 && n.RadiusMetres <= mostRadius):
		return geo.Errorf(geo.Invalid, "body.near.radius_m", "must be metres from 0 to %d", mostRadius)
	case len(n.Keys) > mostKeys:
		return geo.Errorf(geo.Invalid, "body.near.keys", "at most %d keys are taken; select by a filter", mostKeys)
	}
	return nil
}

func (t *Threshold) check() error {
	switch {
	case t == nil:
		return nil
	case !(t.Least > 0) || math.IsInf(t.Least, 0):
		return geo.Errorf(geo.Invalid, "body.threshold.least", "must be a number above 0: so much within the days raises an alert")
	case !(t.Days > 0 && t.Days <= mostDays):
		return geo.Errorf(geo.Invalid, "body.threshold.days", "must be days above 0 and up to %d", mostDays)
	case !(t.WithinMetres >= 0 && t.WithinMetres <= mostRadius):
		return geo.Errorf(geo.Invalid, "body.threshold.within_m", "must be metres from 0, which is anywhere, to %d", mostRadius)
	}
	return nil
}

// Check refuses a rule that cannot be asked of the collections as they are:
// one that names what is not there.
func (r *Rule) Check(snap *layer.Snapshot) error {
	l, err := snap.Layer(r.Collection)
	if err != nil {
		return geo.Errorf(geo.Invalid, "body.collection", "there is no collection %q; /api/collections lists them", r.Collection)
	}
	if _, err := filterOf(l, "body.filter", r.Filter); err != nil {
		return err
	}
	if err := r.Threshold.fits(l.Schema()); err != nil {
		return err
	}
	return r.Near.fits(snap)
}

func (t *Threshold) fits(s *geo.Schema) error {
	if t == nil {
		return nil
	}
	if !s.Timed() {
		return geo.Errorf(geo.Invalid, "body.threshold", "the records of %s have no time, so nothing happens within days of each other", s.Name)
	}
	if t.Sum == "" {
		return nil
	}
	_, err := process.NumberFields(s, "body.threshold.sum", t.Sum)
	return err
}

func (n *Near) fits(snap *layer.Snapshot) error {
	if n == nil {
		return nil
	}
	l, err := snap.Layer(n.Collection)
	if err != nil {
		return geo.Errorf(geo.Invalid, "body.near.collection", "there is no collection %q; /api/collections lists them", n.Collection)
	}
	if n.InSeason && l.Schema().Field(seasonField) < 0 {
		return geo.Errorf(geo.Invalid, "body.near.in_season", "the records of %s have no field %s, as corridors and routes do", n.Collection, seasonField)
	}
	_, err = filterOf(l, "body.near.filter", n.Filter)
	return err
}

// filterOf reads a filter, nil for none. An object is CQL2 in JSON.
func filterOf(l *layer.Layer, where string, raw json.RawMessage) (geo.Predicate, error) {
	if len(raw) == 0 || string(raw) == "null" {
		return nil, nil
	}
	text := string(raw)
	if raw[0] != '{' && json.Unmarshal(raw, &text) != nil {
		return nil, geo.Errorf(geo.Invalid, where, "must be CQL2, as text such as \"killed > 0\" or as a JSON object")
	}
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	return process.Filter(l, where, text)
}
