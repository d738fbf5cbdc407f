package casevac

import "cmp"

// Mode is how a casualty is brought.
type Mode uint8

// The modes, in the order in which equally quick ones are taken.
const (
	Nohow Mode = iota
	ByFoot
	ByRoad
	ByAir
	ByBoth // by road or on foot to where an aircraft lands
)

// String returns the mode's code.
func (m Mode) String() string { return modes[m] }

var modes = [...]string{"none", "carried", "road", "air", "mixed"}

// Plan is a journey to care: numbers of Assets and Facilities, -1 for none.
type Plan struct {
	Millis    uint32 // from the wound to the facility
	Mode      Mode
	Ambulance int32
	Craft     int32
	Facility  int32
	Stop      int32 // spot by the way: where the casualty changes to an aircraft, or gets advanced care
	Landing   int32 // spot where the aircraft lands for the facility
	Met       bool  // the casualty is carried to the stop, and the ambulance comes there
}

// nothing is no journey at all.
var nothing = Plan{Millis: Never, Ambulance: -1, Craft: -1, Facility: -1, Stop: -1, Landing: -1}

// before orders journeys: the quicker one, of equally quick ones always the
// same.
func (p *Plan) before(o *Plan) bool {
	if p.Millis != o.Millis {
		return p.Millis < o.Millis
	}
	return p.Millis != Never && cmp.Or(
		cmp.Compare(p.Mode, o.Mode), cmp.Compare(p.Ambulance, o.Ambulance), cmp.Compare(p.Craft, o.Craft),
		cmp.Compare(p.Facility, o.Facility), cmp.Compare(p.Stop, o.Stop), cmp.Compare(p.Landing, o.Landing), cmp.Compare(flagged(p.Met), flagged(o.Met))) < 0
}

func flagged(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// offer takes a journey that is better.
func (p *Plan) offer(o Plan) {
	if o.before(p) {
		*p = o
	}
}

// Stages are the times of one casualty. Advanced and Surgery are the quickest
// journeys to each alone; Together is the quickest to surgery of those that
// bring advanced care in time.
type Stages struct {
	First    uint32
	Advanced Plan
	Surgery  Plan
	Together Plan
}

var noStages = Stages{First: Never, Advanced: nothing, Surgery: nothing, Together: nothing}

func (s *Stages) plan(st Stage) *Plan {
	switch st {
	case Advanced:
		return &s.Advanced
	case Surgery:
		return &s.Surgery
	}
	return &s.Together
}

// Outcome is how a place stands to the timelines.
type Outcome string

// The outcomes; of several that hold, the first.
const (
	OutOfReach   Outcome = "out_of_reach"   // no surgery at all
	BothLate     Outcome = "both_late"      // advanced care and surgery
	SurgeryLate  Outcome = "surgery_late"   // beyond two hours
	AdvancedLate Outcome = "advanced_late"  // beyond one
	Apart        Outcome = "not_together"   // each in time, but by two journeys of which a casualty can make one
	FirstAidLate Outcome = "first_aid_late" // beyond ten minutes
	InTime       Outcome = "in_time"
)

// Outcomes are all of them.
func Outcomes() []string {
	out := make([]string, 0, 7)
	for _, o := range []Outcome{InTime, FirstAidLate, Apart, AdvancedLate, SurgeryLate, BothLate, OutOfReach} {
		out = append(out, string(o))
	}
	return out
}

// Outcome says how the times stand to the limits.
func (c *Cover) Outcome(s *Stages) Outcome {
	advanced, surgery := s.Advanced.Millis <= minutes(c.AdvancedLimitMin), s.Surgery.Millis <= minutes(c.SurgeryLimitMin)
	switch {
	case s.Surgery.Millis == Never:
		return OutOfReach
	case !advanced && !surgery:
		return BothLate
	case !surgery:
		return SurgeryLate
	case !advanced:
		return AdvancedLate
	case s.Together.Millis > minutes(c.SurgeryLimitMin):
		return Apart
	case s.First > minutes(c.FirstAidLimitMin):
		return FirstAidLate
	}
	return InTime
}
