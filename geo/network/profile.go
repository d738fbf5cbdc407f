package network

import "slices"

// Profile is how a kind of vehicle uses roads. Factors and speeds by code that
// are not listed are those of "".
type Profile struct {
	ID, Title string
	Source    string             // where the figures come from; "assumption" where from nowhere
	Speeds    map[string]float64 // km/h by surface, when dry
	Wet       map[string]float64 // by surface: what is left of the speed in wet months
	Highways  map[string]float64 // km/h by class of OpenStreetMap; the lower of this and the surface's counts
	Status    map[string]float64 // by status: what is left of the speed; 0 is closed
	Stated    float64            // times a road's usual speed; 0 passes stated usual speeds over
	MaxKMH    float64            // the vehicle's own; 0 is none
	LoadT     float64            // gross weight in tonnes; 0 takes no notice of limits
	Refused   []string           // access codes on which it is turned back
	Vehicle   []string           // what restrictions call it, where they except it
	AnyWay    bool               // takes no notice of one-way rules
}

func lookup(m map[string]float64, code string, otherwise float64) float64 {
	if v, ok := m[code]; ok {
		return v
	}
	if v, ok := m[""]; ok {
		return v
	}
	return otherwise
}

// Hindrance says why a road is closed under conditions.
type Hindrance string

// The hindrances, in the order in which they are looked for.
const (
	Passable Hindrance = ""
	Unseen   Hindrance = "not visible to you"
	Shut     Hindrance = "closed"
	Season   Hindrance = "closed in the wet months"
	Refused  Hindrance = "access refused"
	TooHeavy Hindrance = "too weak a bridge or road for the load"
	NoSpeed  Hindrance = "no road for this vehicle"
)

// SpeedKMH returns how fast the vehicle is on the road, and what closes it.
func (c *Conditions) SpeedKMH(w *Way) (float64, Hindrance) {
	p := &c.Profile
	opened := c.Opened != nil && c.Opened(w)
	status := lookup(p.Status, w.Status, 1)
	if opened {
		status = lookup(p.Status, "open", 1)
	}
	wet := c.WetOn(w)
	switch {
	case !w.SeenBy(c.Reader):
		return 0, Unseen
	case !(status > 0):
		return 0, Shut
	case wet && w.Season == "dry" && !opened:
		return 0, Season
	case slices.Contains(p.Refused, w.Access):
		return 0, Refused
	case p.LoadT > 0 && w.MaxWeightT > 0 && p.LoadT > w.MaxWeightT:
		return 0, TooHeavy
	}
	speed := p.dry(w) * status
	if wet {
		speed *= lookup(p.Wet, w.Surface, 1)
	}
	if p.MaxKMH > 0 {
		speed = min(speed, p.MaxKMH)
	}
	if !(speed > 0) {
		return 0, NoSpeed
	}
	return speed, Passable
}

// dry is the speed on an open road in the dry season: what is usual there
// where that is stated, else what the surface allows. A stated speed of a road
// from OpenStreetMap is a limit.
func (p *Profile) dry(w *Way) float64 {
	speed := lookup(p.Speeds, w.Surface, 0)
	switch {
	case w.Highway != "":
		speed = min(speed, lookup(p.Highways, w.Highway, speed))
		if w.SpeedKMH > 0 {
			speed = min(speed, w.SpeedKMH)
		}
	case w.SpeedKMH > 0 && p.Stated > 0:
		speed = p.Stated * w.SpeedKMH
	}
	return speed
}

// Profiles returns the profiles that are built in. A document of kind
// vehicle-profile goes before the one of its id.
func Profiles() []Profile {
	highways := map[string]float64{
		"motorway": 90, "motorway_link": 50, "trunk": 80, "trunk_link": 45, "primary": 65, "primary_link": 40,
		"secondary": 55, "secondary_link": 35, "tertiary": 40, "tertiary_link": 30, "unclassified": 25,
		"residential": 25, "living_street": 10, "service": 15, "track": 15, "road": 25, "ferry": 10,
		"pedestrian": 0, "bridleway": 0, "cycleway": 0, "footway": 0, "path": 0, "steps": 0,
	}
	return []Profile{
		{
			ID: "patrol", Title: "Patrol of light vehicles",
			Source:   "assumption: light four-wheel vehicles by day, a fifth faster than a convoy; road classes as OSRM's car profile",
			Speeds:   map[string]float64{"paved": 70, "gravel": 50, "earth": 35, "sand": 25, "unknown": 35, "": 35},
			Wet:      map[string]float64{"paved": 0.9, "gravel": 0.8, "earth": 0.5, "sand": 0.8, "": 0.6},
			Highways: highways,
			Status:   map[string]float64{"open": 1, "restricted": 0.7, "closed": 0, "unverified": 0.8, "": 1},
			Stated:   1.2, MaxKMH: 80, LoadT: 3.5,
			Refused: []string{"no", "private"}, Vehicle: []string{"motorcar"},
		},
		{
			ID: "convoy", Title: "Logistics convoy of heavy vehicles",
			Source:   "assumption: loaded trucks at the speed of the slowest; stated speeds of routes are those of a convoy",
			Speeds:   map[string]float64{"paved": 50, "gravel": 35, "earth": 25, "sand": 15, "unknown": 25, "": 25},
			Wet:      map[string]float64{"paved": 0.85, "gravel": 0.7, "earth": 0.35, "sand": 0.7, "": 0.5},
			Highways: highways,
			Status:   map[string]float64{"open": 1, "restricted": 0.6, "closed": 0, "unverified": 0.7, "": 1},
			Stated:   1, MaxKMH: 60, LoadT: 20,
			Refused: []string{"no", "private"}, Vehicle: []string{"hgv", "goods"},
		},
		{
			ID: "ambulance", Title: "Ambulance",
			Source:   "assumption: as a patrol with a patient on board, slower on rough ground; passes where access is private",
			Speeds:   map[string]float64{"paved": 80, "gravel": 50, "earth": 30, "sand": 20, "unknown": 30, "": 30},
			Wet:      map[string]float64{"paved": 0.9, "gravel": 0.75, "earth": 0.5, "sand": 0.8, "": 0.6},
			Highways: highways,
			Status:   map[string]float64{"open": 1, "restricted": 0.8, "closed": 0, "unverified": 0.8, "": 1},
			Stated:   1.2, MaxKMH: 90, LoadT: 5,
			Refused: []string{"no"}, Vehicle: []string{"emergency"},
		},
	}
}
