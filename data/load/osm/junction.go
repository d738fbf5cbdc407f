package osm

import (
	"slices"
	"strings"

	"github.com/paulmach/orb"
)

// Barrier is something that stands on a road.
type Barrier struct {
	ID     int64
	Point  orb.Point
	Kind   string // gate, bollard, lift_gate, checkpoint, border or other
	Status string // open or closed: what no vehicle passes is closed
	Access string // of motor vehicles, as the map writes it; "" for nothing said
}

// barriers are the map's barriers by our kinds; others let every vehicle by.
var barriers = map[string]string{
	"gate": "gate", "swing_gate": "gate", "sliding_gate": "gate", "wicket_gate": "gate", "chain": "gate", "hampshire_gate": "gate",
	"lift_gate": "lift_gate", "bollard": "bollard", "block": "bollard", "jersey_barrier": "bollard", "cycle_barrier": "bollard",
	"motorcycle_barrier": "bollard", "planter": "bollard", "concrete_block": "bollard", "log": "bollard", "rope": "gate",
	"turnstile": "bollard", "kissing_gate": "bollard", "stile": "bollard", "debris": "other", "checkpoint": "checkpoint", "border_control": "border",
	"wall": "other", "fence": "other", "spikes": "other", "sump_buster": "other", "bus_trap": "other",
}

// impassable are the kinds that stop vehicles, unless their access says that
// they do not.
var impassable = map[string]bool{"bollard": true, "other": true}

// refusals are the values of access that keep motor vehicles out.
var refusals = map[string]bool{"no": true, "private": true, "foot": true, "bicycle": true}

func barrierOf(n *node) (Barrier, bool) {
	kind := barriers[n.tags.get("barrier")]
	if kind == "" && n.tags.get("military") == "checkpoint" {
		kind = "checkpoint"
	}
	if kind == "" {
		return Barrier{}, false
	}
	b := Barrier{ID: n.id, Point: n.at.point(), Kind: kind, Status: "open", Access: strings.Clone(n.tags.first("motor_vehicle", "vehicle", "access"))}
	if refusals[b.Access] || b.Access == "" && impassable[kind] {
		b.Status = "closed"
	}
	return b, true
}

// Restriction is a turn that is forbidden, or the only one allowed.
type Restriction struct {
	ID     int64
	Point  orb.Point // where the turn is
	Kind   string    // no_left_turn ... only_straight_on
	From   string    // source ids of roads
	To     string
	Except string // vehicles that it is not for, parted by semicolons
}

// restriction is one of which the place is not known yet.
type restriction struct {
	Restriction
	via int64
}

// kinds of restrictions that are read.
var restrictionKinds = []string{
	"no_left_turn", "no_right_turn", "no_straight_on", "no_u_turn", "no_entry", "no_exit",
	"only_left_turn", "only_right_turn", "only_straight_on", "only_u_turn",
}

// RestrictionKinds lists the kinds of restrictions that are read.
func RestrictionKinds() []string { return restrictionKinds }

// restriction reads a relation, and counts the restrictions that are not used.
func (e *Extract) restriction(r *relation) (restriction, bool) {
	if t := r.tags.get("type"); t != "restriction" {
		return restriction{}, false
	}
	x := restriction{Restriction: Restriction{ID: r.id, Kind: strings.Clone(r.tags.first("restriction", "restriction:motor_vehicle", "restriction:hgv")), Except: strings.Clone(r.tags.get("except"))}}
	if !slices.Contains(restrictionKinds, x.Kind) {
		e.found.Unused["of a kind that is not read, or only at some hours"]++
		return x, false
	}
	var from, via, to []member
	for _, m := range r.members {
		switch m.role {
		case "from":
			from = append(from, m)
		case "via":
			via = append(via, m)
		case "to":
			to = append(to, m)
		}
	}
	switch {
	case len(from) != 1 || len(to) != 1 || from[0].kind != wayMember || to[0].kind != wayMember:
		e.found.Unused["without one road from which, and one to which"]++
	case len(via) != 1 || via[0].kind != nodeMember:
		e.found.Unused["by way of a road, not of a node"]++
	default:
		x.From, x.To, x.via = WayID(from[0].id), WayID(to[0].id), via[0].id
		return x, true
	}
	return x, false
}

// restrict gives the restrictions their places.
func (e *Extract) restrict(all []restriction) {
	for _, x := range all {
		i, ok := e.nodes.find(x.via)
		if !ok || !e.nodes.found[i] {
			e.found.Unused["at a node that the file lacks"]++
			continue
		}
		x.Point = e.nodes.spots[i].point()
		e.restrictions = append(e.restrictions, x.Restriction)
		e.found.Restrictions++
	}
}
