// Package notice answers how an alert is told: as a GeoJSON feature, and as a
// message of the Common Alerting Protocol 1.2 (OASIS, 2010).
package notice

import (
	"net/url"
	"strconv"

	"bivouac/api/ogc"
	"bivouac/geo"
	"bivouac/geo/alert"
)

// CAP is the media type of a message of the Common Alerting Protocol.
const CAP = "application/cap+xml"

const (
	geojsonType = "application/geo+json"
	jsonType    = "application/json"
)

// Feature is an alert in GeoJSON.
type Feature struct {
	Type       string     `json:"type"`
	ID         string     `json:"id"`
	Geometry   *geometry  `json:"geometry"`
	Properties Properties `json:"properties"`
	Links      []ogc.Link `json:"links"`
}

type geometry struct {
	Type        string `json:"type"`
	Coordinates any    `json:"coordinates"`
}

// Properties are what an alert tells beside its place.
type Properties struct {
	Rule           string            `json:"rule"`
	RuleVersion    geo.Version       `json:"rule_version"`
	Title          string            `json:"title"`
	Headline       string            `json:"headline"`
	Severity       alert.Severity    `json:"severity"`
	Status         string            `json:"status"`
	Version        geo.Version       `json:"version"`
	At             string            `json:"at"`
	Collection     string            `json:"collection"`
	Key            geo.Key           `json:"key,omitempty"`
	Record         string            `json:"record,omitempty"`
	Time           string            `json:"time,omitempty"`
	RadiusMetres   float64           `json:"radius_m,omitempty"`
	Near           *alert.Neighbour  `json:"near,omitempty"`
	Count          int               `json:"count,omitempty"`
	Reached        *alert.Reached    `json:"reached,omitempty"`
	Classification string            `json:"classification"`
	Mission        *string           `json:"mission"`
	Acknowledged   []Acknowledgement `json:"acknowledged"`
	Deliveries     []Delivery        `json:"deliveries,omitempty"`
}

// Acknowledgement says who has seen to an alert.
type Acknowledgement struct {
	At   string `json:"at"`
	By   string `json:"by"`
	Note string `json:"note,omitempty"`
}

// Delivery says how far the telling of one webhook is.
type Delivery struct {
	Webhook string              `json:"webhook"`
	Format  string              `json:"format"`
	State   alert.DeliveryState `json:"state"`
	Tries   int                 `json:"tries"`
	Next    string              `json:"next,omitempty"`
	Problem string              `json:"problem,omitempty"`
}

// NewFeature tells an alert.
func NewFeature(b ogc.Base, a *alert.Alert, told []alert.Delivery) Feature {
	f := Feature{Type: "Feature", ID: a.ID, Geometry: geometryOf(a), Links: linksOf(b, a), Properties: Properties{
		Rule: a.Rule, RuleVersion: a.RuleVersion, Title: a.Title, Headline: a.Headline, Severity: a.Severity, Status: a.Status,
		Version: a.Version, At: a.At.String(), Collection: a.Collection, Key: a.Key, Record: a.Record, Time: moment(a.Time), RadiusMetres: a.RadiusMetres,
		Near: a.Near, Count: a.Count, Reached: a.Reached, Classification: a.Class.String(), Acknowledged: []Acknowledgement{},
	}}
	if a.Mission != "" {
		f.Properties.Mission = &a.Mission
	}
	for _, k := range a.Acknowledged {
		f.Properties.Acknowledged = append(f.Properties.Acknowledged, Acknowledgement{k.At.String(), k.By, k.Note})
	}
	for i := range told {
		f.Properties.Deliveries = append(f.Properties.Deliveries, deliveryOf(&told[i]))
	}
	return f
}

func deliveryOf(d *alert.Delivery) Delivery {
	out := Delivery{Webhook: d.Webhook, Format: d.Format, State: d.State, Tries: d.Tries, Problem: d.Problem}
	if d.State == alert.Waiting {
		out.Next = d.Next.String()
	}
	return out
}

func moment(t geo.Time) string {
	if t == 0 {
		return ""
	}
	return t.String()
}

func geometryOf(a *alert.Alert) *geometry {
	switch {
	case len(a.Place) == 2:
		return &geometry{"Point", a.Place}
	case len(a.Box) == 4:
		w, s, e, n := a.Box[0], a.Box[1], a.Box[2], a.Box[3]
		return &geometry{"Polygon", [][][2]float64{{{w, s}, {e, s}, {e, n}, {w, n}, {w, s}}}}
	}
	return nil
}

// Address returns where the alert is told.
func Address(b ogc.Base, a *alert.Alert) string { return b.API("/alerts/" + url.PathEscape(a.ID)) }

func linksOf(b ogc.Base, a *alert.Alert) []ogc.Link {
	self := Address(b, a)
	links := []ogc.Link{{Href: self, Rel: "self", Type: geojsonType, Title: "This alert"}, {Href: self + "?f=cap", Rel: "alternate", Type: CAP, Title: "This alert in CAP 1.2"}}
	if a.Key != 0 {
		links = append(links, ogc.Link{Href: b.Collection(a.Collection, "/items/"+strconv.FormatInt(int64(a.Key), 10)), Rel: "related", Type: geojsonType, Title: "The record"})
	}
	return append(links, ogc.Link{Href: b.API("/documents/" + alert.Kind + "/" + a.Rule), Rel: "describedby", Type: jsonType, Title: "The rule"},
		ogc.Link{Href: b.API("/alerts"), Rel: "collection", Type: geojsonType, Title: "All alerts"})
}

// Collection lists alerts, the newest first.
type Collection struct {
	Type           string     `json:"type"`
	NumberMatched  int        `json:"numberMatched"` // of what was asked for, on all pages
	NumberReturned int        `json:"numberReturned"`
	Note           string     `json:"note,omitempty"` // why there can be none
	Features       []Feature  `json:"features"`
	Links          []ogc.Link `json:"links"`
}

// NewCollection tells a page of alerts; next is the query of the page that
// follows, "" for none.
func NewCollection(b ogc.Base, list []alert.Alert, self, next string) Collection {
	c := Collection{Type: "FeatureCollection", NumberReturned: len(list), Features: []Feature{}}
	for i := range list {
		c.Features = append(c.Features, NewFeature(b, &list[i], nil))
	}
	at := b.API("/alerts")
	c.Links = []ogc.Link{{Href: at + question(self), Rel: "self", Type: geojsonType, Title: "These alerts"}, {Href: b.API("/alert-rules"), Rel: "describedby", Type: jsonType, Title: "The rules"}}
	if next != "" {
		c.Links = append(c.Links, ogc.Link{Href: at + question(next), Rel: "next", Type: geojsonType, Title: "Those before"})
	}
	return c
}

func question(query string) string {
	if query == "" {
		return ""
	}
	return "?" + query
}

// Reference is all that is told of an alert that is classified, to those who
// are not known to see it.
type Reference struct {
	ID   string `json:"id"`
	Href string `json:"href"`
}
