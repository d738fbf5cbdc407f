// Package alert answers what a change should make somebody look at: rules that
// are stored as documents are asked of the records that a commit wrote, beside
// the state before it, and what newly meets a rule is an Alert.
//
// A rule selects records: of a collection, by a filter, near records of another
// collection, there in their season alone where it says so. Without a threshold
// each record that meets it, and did not before the change, is an Alert. With
// one, an Alert is the first record by which enough came together in a stretch
// of days, and on request within a distance of each other; while that goes on,
// further records raise none.
//
// A rule sees what all its readers see: records up to its own class, and of its
// own mission and those that all share. A rule that all missions share is asked
// of the records of each mission apart, and what it raises is that mission's.
// So an Alert never tells, nor hangs on, what its readers may not see.
//
// The same change gives the same Alerts, with the same ids.
package alert

import (
	"fmt"

	"bivouac/geo"
)

// Kind is the kind of document that holds a rule.
const Kind = "alert-rule"

// Severity is how grave a rule is, the gravest last. The words are those of
// reports.
type Severity string

// The severities.
const (
	Low      Severity = "low"
	Medium   Severity = "medium"
	High     Severity = "high"
	Critical Severity = "critical"
)

// Severities returns all severities, the lowest first.
func Severities() []string {
	return []string{string(Low), string(Medium), string(High), string(Critical)}
}

// Most is how many Alerts of a rule a change raises one by one. More are
// counted in one Alert.
const Most = 200

// Alert is one event that a rule asks for. Its JSON is how it is kept.
type Alert struct {
	ID          string      `json:"id"` // the same for the same event
	Rule        string      `json:"rule"`
	RuleVersion geo.Version `json:"rule_version"`
	Title       string      `json:"title"` // of the rule
	Severity    Severity    `json:"severity"`
	Status      string      `json:"status"`  // actual, exercise or test
	Version     geo.Version `json:"version"` // of the change
	At          geo.Time    `json:"at"`      // when that was committed
	Headline    string      `json:"headline"`

	Collection string   `json:"collection"`
	Key        geo.Key  `json:"key,omitempty"`    // 0 where it counts many
	Record     string   `json:"record,omitempty"` // what people call it
	Time       geo.Time `json:"time,omitempty"`   // when it happened; 0 where that is not known

	Place        []float64 `json:"place,omitempty"` // longitude and latitude
	RadiusMetres float64   `json:"radius_m,omitempty"`
	Box          []float64 `json:"bbox,omitempty"` // west, south, east and north of many

	Near    *Neighbour `json:"near,omitempty"`
	Count   int        `json:"count,omitempty"` // of the records that it tells of, where they are many
	Reached *Reached   `json:"reached,omitempty"`

	Class   geo.Class `json:"class"`
	Mission string    `json:"mission"`

	Acknowledged []Acknowledgement `json:"acknowledged,omitempty"`
}

// Neighbour is the nearest of the records that a rule asks to be near to.
type Neighbour struct {
	Collection string  `json:"collection"`
	Key        geo.Key `json:"key"`
	Name       string  `json:"name,omitempty"`
	Metres     float64 `json:"distance_m"`
	Unseasoned bool    `json:"season_unknown,omitempty"` // no area says when the wet season is; it counts as in season
}

// Reached is a threshold that was reached.
type Reached struct {
	Value float64 `json:"value"`
	Least float64 `json:"least"`
	Sum   string  `json:"sum,omitempty"` // "" counts records
	Days  float64 `json:"days"`
}

// Acknowledgement says who has seen to an Alert.
type Acknowledgement struct {
	At   geo.Time `json:"at"`
	By   string   `json:"by"`
	Note string   `json:"note,omitempty"`
}

// Query says which Alerts are asked for, the newest first.
type Query struct {
	Reader       geo.Reader
	Rule         string      // "" is all
	Severities   []string    // nil is all
	After, Until geo.Version // those of the Versions after the one and up to the other; Until 0 is the last
	From         geo.Time    // committed then or later
	Acknowledged *bool       // nil is both
	Undelivered  bool        // only those of which a webhook was given up
	Before       string      // the id of an Alert: those that come after it in the list
	Limit        int
}

// Bound is how many Alerts are kept, and how long. 0 is without end.
type Bound struct {
	Age  geo.Time
	Most int
}

// Pruned says what was let go. No age takes a [Grave] Alert that nobody has seen
// to; of these the oldest go last, and only for their number.
type Pruned struct {
	Count  int
	Unseen []string // the ids of those among them that are grave and that nobody has seen to
}

// Grave returns the severities of what must not go unseen.
func Grave() []string { return []string{string(High), string(Critical)} }

// Delivery is how far the sending of an Alert to one webhook is.
type Delivery struct {
	Alert   string
	Webhook string // its name
	Format  string
	State   DeliveryState
	Tries   int
	Created geo.Time
	Next    geo.Time // when it is tried again
	Problem string   // why the last try failed
}

// DeliveryState is what became of a Delivery.
type DeliveryState string

// The states.
const (
	Waiting   DeliveryState = "waiting"
	Delivered DeliveryState = "delivered"
	Failed    DeliveryState = "failed" // given up
)

// name prints the record for a headline.
func (a *Alert) name() string {
	if a.Record != "" {
		return a.Record
	}
	return fmt.Sprintf("record %d of %s", a.Key, a.Collection)
}
