// Package job answers what became of runs that go on after their request: a
// bounded queue, how far each is, and its result for the one who asked.
package job

import (
	"bivouac/geo"
	"bivouac/geo/geojson"
)

// Status is how far a Job is, as OGC API Processes writes it.
type Status string

// The statuses.
const (
	Accepted   Status = "accepted"
	Running    Status = "running"
	Successful Status = "successful"
	Failed     Status = "failed"
	Dismissed  Status = "dismissed"
)

// Over reports whether nothing goes on any more.
func (s Status) Over() bool { return s != Accepted && s != Running }

// Statuses returns all statuses.
func Statuses() []string {
	return []string{string(Accepted), string(Running), string(Successful), string(Failed), string(Dismissed)}
}

// Owner is who asked, and as whom the run reads.
type Owner = geo.Asker

// Output is an output that was asked for.
type Output struct {
	Name      string
	Reference bool
}

// Subscriber is whom to tell how a run goes; "" is nobody.
type Subscriber struct {
	Success, InProgress, Failed string
	Base                        string // what links begin with
}

// Wish is in which form the result was asked for.
type Wish struct {
	Outputs  []Output // by name; none is the whole answer
	Document bool
}

// Outcome is what a run gave.
type Outcome struct {
	Answer     []byte // JSON of the result and the envelope
	Version    geo.Version
	Classified int // records above unclassified that it tells of
	Highest    geo.Class
}

// Job is one run. The zero time is not yet.
type Job struct {
	ID, Process string
	Owner       Owner
	Question    []byte // the body that asked
	Anytime     bool   // gives its best so far where it is stopped
	Wish        Wish
	Subscriber  Subscriber

	Status                              Status
	Progress                            int // 0 to 100
	Created, Started, Finished, Updated geo.Time
	Said                                geojson.Told // which step it takes, or how it ended

	Outcome
	Problem error // of one that failed
}
