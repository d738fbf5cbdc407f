package notice

import (
	"errors"

	"bivouac/api/ogc"
	"bivouac/geo"
	"bivouac/geo/alert"
)

// Rules lists the rules that raise alerts.
type Rules struct {
	Rules    []Rule     `json:"rules"`
	Webhooks []string   `json:"webhooks,omitempty"` // names of those that rules may tell; for those who may write rules
	Links    []ogc.Link `json:"links"`
}

// Rule is one of them, and why it raises none where it is broken.
type Rule struct {
	ID             string         `json:"id"`
	Title          string         `json:"title"`
	Version        geo.Version    `json:"version"`
	Active         bool           `json:"active"`
	Collection     string         `json:"collection,omitempty"`
	Severity       alert.Severity `json:"severity,omitempty"`
	Classification string         `json:"classification"`
	Mission        *string        `json:"mission"`
	Broken         *Broken        `json:"broken,omitempty"`
	Links          []ogc.Link     `json:"links"`
}

// Broken says why a rule cannot be asked.
type Broken struct {
	Parameter string `json:"parameter,omitempty"`
	Detail    string `json:"detail"`
}

// NewRule tells a rule; r is nil where the document is none, and err says why
// it cannot be asked.
func NewRule(b ogc.Base, d *geo.Doc, r *alert.Rule, err error) Rule {
	out := Rule{ID: d.ID, Title: d.Title, Version: d.Rev, Classification: d.Class.String(), Links: []ogc.Link{
		{Href: b.API("/documents/" + alert.Kind + "/" + d.ID), Rel: "self", Type: jsonType, Title: "The rule"},
		{Href: b.API("/alerts?rule=" + d.ID), Rel: "related", Type: geojsonType, Title: "What it raised"},
	}}
	if d.Mission != "" {
		out.Mission = &d.Mission
	}
	if r != nil {
		out.Active, out.Collection, out.Severity = r.IsActive(), r.Collection, r.Severity
	}
	var e *geo.Error
	switch {
	case errors.As(err, &e):
		out.Broken = &Broken{e.Where, e.Text}
	case err != nil: // what is not for people to read still leaves no rule that looks whole
		out.Broken = &Broken{Detail: "the rule cannot be asked; write it anew"}
	}
	return out
}
