package main

import (
	"math"
	"strings"

	"bivouac/geo"
)

const (
	// assetSource marks what follows from the codes of the base's source: that
	// there is one, and nothing more.
	assetSource = "derived from bases_2018.csv"
	// assetNumbers says what of every asset is made up.
	assetNumbers = "count, notice, speed, range, endurance, night, patients and loading time: synthetic"
)

// means is what an asset of a type can do, in the sample.
type means struct {
	count                  int // at most
	noticeDay, noticeNight int
	cruiseKmh, rangeKm     float64
	enduranceH             float64
	night                  float64 // how likely it works by night
	patients, loadMin      int
}

var abilities = map[string]means{
	"helicopter":      {3, 15, 45, 220, 580, 2.8, 0.5, 4, 10},
	"fixed_wing":      {2, 60, 120, 420, 1900, 4.8, 0.8, 6, 20},
	"unmanned":        {4, 30, 30, 130, 600, 10, 1, 0, 0},
	"ambulance":       {3, 5, 10, 50, 400, 10, 1, 2, 5},
	"reaction_force":  {1, 30, 60, 40, 350, 12, 1, 2, 5},
	"surgical_module": {1, 240, 360, 40, 500, 72, 1, 2, 15},
}

// holding is an asset at a base and why the world has it there.
type holding struct {
	kind, reason string
	derived      bool // from the codes of the base's source
}

// holdings are what a base's texts let us conclude stands there, and after
// that what the sample adds, so that every type can be planned with.
func (b *base) holdings() []holding {
	all := b.derived()
	for _, kind := range b.added() {
		if !has(all, kind) {
			all = append(all, holding{kind, "made up, by kind of base and level of care", false})
		}
	}
	return all
}

func has(all []holding, kind string) bool {
	for _, h := range all {
		if h.kind == kind {
			return true
		}
	}
	return false
}

func (b *base) derived() (all []holding) {
	level, _ := levelOf(b.medical)
	conclude := func(kind, reason string) { all = append(all, holding{kind, reason, true}) }
	if strings.Contains(b.basis, "av=") {
		conclude("helicopter", "aviation unit coded in the source; that it flies helicopters is assumed")
	}
	if strings.Contains(b.basis, "med=1") {
		conclude("ambulance", "medical unit coded in the source; that it has an ambulance is assumed")
		if level != "" && level[1] >= '2' {
			conclude("surgical_module", "medical unit coded in the source, and a level of care that includes surgery")
		}
	}
	return all
}

// watched are the missions that fly unmanned aircraft in the sample.
var watched = map[string]bool{"MINUSMA": true, "MINUSCA": true, "MONUSCO": true}

func (b *base) added() (kinds []string) {
	kind, _ := kindOf(b.role)
	level, _ := levelOf(b.medical)
	add := func(kind string, here bool) {
		if here {
			kinds = append(kinds, kind)
		}
	}
	large := map[string]bool{"MINUSMA": true, "MINUSCA": true, "MONUSCO": true, "UNMISS": true, "UNAMID": true}[b.mission]
	headquarters := kind == "mission_hq" || kind == "sector_hq"
	add("helicopter", large && kind == "sector_hq")
	add("fixed_wing", large && kind == "mission_hq")
	add("unmanned", watched[b.mission] && kind == "sector_hq")
	add("ambulance", level != "")
	add("surgical_module", level != "" && level[1] >= '2')
	add("reaction_force", b.mission != "MINUJUSTH" && b.mission != "UNMIK" && b.mission != "MINURSO" && (headquarters || kind == "battalion"))
	return kinds
}

func addAssets(c *collection, t *tables) error {
	for i := range t.bases {
		b := &t.bases[i]
		for _, h := range b.holdings() {
			if err := c.add(b.asset(h)); err != nil {
				return err
			}
		}
	}
	return nil
}

func (b *base) asset(h holding) record {
	source, confidence := syntheticSource, syntheticConfidence
	if h.derived {
		source, confidence = assetSource+"; its numbers are synthetic", b.assetConfidence()
	}
	fields := abilities[h.kind].fields(newChance("asset " + b.id() + "/" + h.kind))
	fields["base"], fields["type"] = geo.String(b.id()), geo.String(h.kind)
	fields["source"], fields["confidence"] = geo.String(source), geo.String(confidence)
	return record{
		id: b.id() + "/" + h.kind, mission: b.mission, place: b.point, fields: fields,
		extra: map[string]string{"approximate": "type: " + h.reason + "; " + assetNumbers},
	}
}

// assetConfidence is that of the base, or "derived" where the base is stated.
func (b *base) assetConfidence() string {
	if c := b.confidence(); c != "stated" {
		return c
	}
	return "derived"
}

// fields draws the numbers of one asset. Speeds, ranges and what is carried
// belong to the type; how many there are and how fast they leave, to the base.
func (m means) fields(c *chance) geo.Values {
	notice := func(minutes int) geo.Value {
		return geo.Int(int64(5 * math.Round(float64(minutes)*c.between(1, 1.6)/5)))
	}
	return geo.Values{
		"count":          geo.Int(int64(c.from(1, m.count))),
		"notice_day_min": notice(m.noticeDay), "notice_night_min": notice(m.noticeNight),
		"cruise_kmh": geo.Float(m.cruiseKmh), "range_km": geo.Float(m.rangeKm), "endurance_h": geo.Float(m.enduranceH),
		"night": geo.Bool(c.hit(m.night)), "patients": geo.Int(int64(m.patients)), "load_min": geo.Int(int64(m.loadMin)),
	}
}
