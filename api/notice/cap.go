package notice

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"math"
	"net/url"
	"strconv"
	"strings"

	"bivouac/api/ogc"
	"bivouac/geo"
	"bivouac/geo/alert"
)

// message is a CAP 1.2 alert, its members in the order of the standard's
// schema.
type message struct {
	XMLName     xml.Name `xml:"urn:oasis:names:tc:emergency:cap:1.2 alert"`
	Identifier  string   `xml:"identifier"`
	Sender      string   `xml:"sender"`
	Sent        string   `xml:"sent"`
	Status      string   `xml:"status"`
	MsgType     string   `xml:"msgType"`
	Source      string   `xml:"source"`
	Scope       string   `xml:"scope"`
	Restriction string   `xml:"restriction,omitempty"`
	Addresses   string   `xml:"addresses,omitempty"`
	Info        info     `xml:"info"`
}

type info struct {
	Language    string      `xml:"language"`
	Category    string      `xml:"category"`
	Event       string      `xml:"event"`
	Urgency     string      `xml:"urgency"`
	Severity    string      `xml:"severity"`
	Certainty   string      `xml:"certainty"`
	Onset       string      `xml:"onset,omitempty"`
	SenderName  string      `xml:"senderName"`
	Headline    string      `xml:"headline"`
	Description string      `xml:"description"`
	Web         string      `xml:"web,omitempty"`
	Parameter   []parameter `xml:"parameter"`
	Area        area        `xml:"area"`
}

type parameter struct {
	Name  string `xml:"valueName"`
	Value string `xml:"value"`
}

type area struct {
	Desc    string `xml:"areaDesc"`
	Polygon string `xml:"polygon,omitempty"`
	Circle  string `xml:"circle,omitempty"`
}

var capSeverity = map[alert.Severity]string{alert.Low: "Minor", alert.Medium: "Moderate", alert.High: "Severe", alert.Critical: "Extreme"}

// AppendCAP appends the alert of the store as a CAP 1.2 message. What is
// unclassified is restricted to those of the mission, what is above is
// private, to those cleared for it. It says nothing of urgency, which a rule
// does not know.
func AppendCAP(out []byte, b ogc.Base, title, store string, a *alert.Alert) []byte {
	m := message{
		Identifier: identifier(store + "." + a.ID), Sender: sender(b), Sent: dateTime(a.At), Status: strings.ToUpper(a.Status[:1]) + a.Status[1:], MsgType: "Alert", Source: title,
		Info: info{
			Language: "en", Category: "Security", Event: a.Title, Urgency: "Unknown", Severity: capSeverity[a.Severity], Certainty: "Observed",
			SenderName: title, Headline: a.Headline, Description: a.Headline + ". Classification: " + a.Class.String() + ".", Area: areaOf(a),
		},
	}
	if b != "" {
		m.Info.Web = Address(b, a)
	}
	if a.Time != 0 {
		m.Info.Onset = dateTime(a.Time)
	}
	whom := "all missions"
	if a.Mission != "" {
		whom = "the mission " + a.Mission
	}
	if m.Scope = "Restricted"; a.Class > geo.Unclassified {
		m.Scope, m.Addresses = "Private", strconv.Quote("Those of "+whom+" who are cleared for "+a.Class.String())
	} else {
		m.Restriction = "For those of " + whom
	}
	m.Info.Parameter = parametersOf(a)
	var text bytes.Buffer
	text.WriteString(xml.Header)
	// A buffer takes all, and the message holds what can be written alone.
	if err := xml.NewEncoder(&text).Encode(m); err != nil {
		panic("notice: " + err.Error())
	}
	return append(append(out, text.Bytes()...), '\n')
}

// identifier and sender hold no spaces, commas, < and &.
func identifier(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" ,<&", r) {
			return '_'
		}
		return r
	}, s)
}

func sender(b ogc.Base) string {
	if u, err := url.Parse(string(b)); err == nil && u.Host != "" {
		return identifier("bivouac@" + u.Host)
	}
	return "bivouac@localhost"
}

// dateTime writes a moment as CAP takes it: to the second, with an offset in
// digits, never Z.
func dateTime(t geo.Time) string { return t.Std().Format("2006-01-02T15:04:05") + "+00:00" }

func parametersOf(a *alert.Alert) []parameter {
	list := []parameter{{"rule", a.Rule}, {"collection", a.Collection}, {"version", strconv.FormatInt(int64(a.Version), 10)}}
	if a.Key != 0 {
		list = append(list, parameter{"key", strconv.FormatInt(int64(a.Key), 10)})
	}
	if a.Count > 0 {
		list = append(list, parameter{"count", strconv.Itoa(a.Count)})
	}
	return list
}

// areaOf writes latitude before longitude, as CAP does, a circle with its
// radius in km.
func areaOf(a *alert.Alert) area {
	switch {
	case len(a.Place) == 2:
		lon, lat := degrees(a.Place[0]), degrees(a.Place[1])
		out := area{Desc: "About " + lat + " " + lon, Circle: lat + "," + lon + " " + number(a.RadiusMetres/1000)}
		if a.Near != nil && a.Near.Name != "" {
			out.Desc = fmt.Sprintf("%.1f km from %s", a.Near.Metres/1000, a.Near.Name)
		}
		return out
	case len(a.Box) == 4:
		w, s, e, n := degrees(a.Box[0]), degrees(a.Box[1]), degrees(a.Box[2]), degrees(a.Box[3])
		corner := func(lat, lon string) string { return lat + "," + lon }
		return area{Desc: "All records of " + a.Collection + " that it counts", Polygon: strings.Join([]string{corner(s, w), corner(s, e), corner(n, e), corner(n, w), corner(s, w)}, " ")}
	}
	return area{Desc: "Place not known"}
}

// degrees are written to about a decimetre.
func degrees(x float64) string { return number(math.Round(x*1e6) / 1e6) }

func number(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }
