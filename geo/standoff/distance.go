package standoff

import (
	"slices"

	"bivouac/geo"
)

// Distances are how far people are kept from a device, in metres.
type Distances struct {
	Device       string
	Title        string
	TNTKilograms float64 // charge that the distances were made for; 0 where the edition states none
	MandatoryM   float64 // all leave, whatever the building
	PreferredM   float64 // nobody stands in the open; people between the two shelter inside, away from windows
}

// Edition is a published table of distances. Tables differ from edition to
// edition, so an answer names the one that it was made by.
type Edition struct {
	ID, Title, Source string
	Table             []Distances
}

// Editions returns the tables that are known, the default one first.
func Editions() []Edition { return []Edition{card} }

// card is the bomb threat stand-off card of the National Counterterrorism
// Center, the Department of Homeland Security and the FBI of the United
// States. The metres are the card's own. One copy prints 1,750 feet for the
// suicide vest beside the same 518 metres, which are 1,700 feet.
var card = Edition{
	ID: "nctc-2013", Title: "Bomb threat stand-off card (NCTC, DHS, FBI)",
	Source: "National Counterterrorism Center, Bomb Threat Stand-Off Card, as archived on 17 February 2013",
	Table: []Distances{
		{"pipe_bomb", "Pipe bomb", 2.3, 21, 366},
		{"suicide_vest", "Suicide vest", 9.2, 34, 518},
		{"briefcase", "Briefcase or suitcase", 23, 46, 564},
		{"sedan", "Sedan", 227, 98, 580},
		{"van", "Sport utility vehicle or van", 454, 122, 732},
		{"small_truck", "Small moving van or delivery truck", 1814, 195, 1159},
		{"water_truck", "Moving van or water truck", 4536, 263, 1555},
		{"semi_trailer", "Semi-trailer", 27216, 479, 2835},
	},
}

// find returns the distances of a device in an edition. What is not known is
// an error that lists what is.
func find(edition, device string) (Edition, Distances, error) {
	editions := Editions()
	e := slices.IndexFunc(editions, func(e Edition) bool { return e.ID == edition })
	if e < 0 {
		return Edition{}, Distances{}, geo.Errorf(geo.Invalid, "edition", "there is no edition %q", edition)
	}
	d := slices.IndexFunc(editions[e].Table, func(d Distances) bool { return d.Device == device })
	if d < 0 {
		return Edition{}, Distances{}, geo.Errorf(geo.Invalid, "device", "%s has no device %q", editions[e].Title, device)
	}
	return editions[e], editions[e].Table[d], nil
}

func devices() (out []string) {
	for _, e := range Editions() {
		for _, d := range e.Table {
			if !slices.Contains(out, d.Device) {
				out = append(out, d.Device)
			}
		}
	}
	return out
}

func editions() (out []string) {
	for _, e := range Editions() {
		out = append(out, e.ID)
	}
	return out
}
