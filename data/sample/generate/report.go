package main

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/measure"
)

// alert is a made-up word from a community.
type alert struct {
	mission, kind, severity, text string
	time                          time.Time
	point                         orb.Point
}

// alerted are the missions with networks of communities that warn them.
var alerted = []string{"MINUSMA", "MINUSCA", "MONUSCO", "UNMISS", "UNAMID", "UNISFA"}

var phrases = map[string][]string{
	"threat":       {"Threats against traders at the market of %s.", "Armed men told people near %s to leave.", "Leaflets with threats found at %s."},
	"attack":       {"Shots heard near %s.", "Village close to %s attacked, houses burnt.", "Herders attacked on the way to %s."},
	"displacement": {"Families arrive at %s on foot.", "People of three villages flee towards %s."},
	"device":       {"Freshly dug earth on the road by %s.", "Wire seen beside the road near %s.", "Child found a grenade near %s."},
	"movement":     {"Armed men on motorcycles seen near %s.", "Column of vehicles without plates passes %s by night.", "Strangers ask about patrols at %s."},
	"request":      {"Community of %s asks for a patrol on market day.", "Water point near %s disputed, mediation asked for."},
	"other":        {"Mobile network down around %s.", "Large herd waits outside %s before the corridor opens."},
}

var severities = map[string]odds{
	"threat":   {{"medium", 40}, {"high", 40}, {"critical", 20}},
	"attack":   {{"high", 55}, {"critical", 45}},
	"device":   {{"medium", 25}, {"high", 75}},
	"movement": {{"low", 35}, {"medium", 45}, {"high", 20}},
	"":         {{"low", 55}, {"medium", 40}, {"high", 5}},
}

func addReports(c *collection, t *tables) error {
	const warnings, echoes, others = 170, 150, 200
	chance := newChance("reports")
	attacks := where(t.happened(), func(i *incident) bool {
		return slices.Contains(alerted, i.mission) && i.malicious() && i.duplicateOf == "" && i.place != nil && !i.time.Before(movementsFrom)
	})
	var all []alert
	for _, k := range shuffled(chance, len(attacks))[:warnings+echoes] {
		all = append(all, told(chance, attacks[k], len(all) < warnings))
	}
	for len(all) < warnings+echoes+others {
		all = append(all, t.everyday(chance))
	}
	slices.SortStableFunc(all, func(a, b alert) int { return a.time.Compare(b.time) })
	places := t.names()
	for n := range all {
		all[n].say(chance, places)
		if err := c.add(all[n].record(n + 1)); err != nil {
			return err
		}
	}
	return nil
}

// told draws a word that came some days before an attack and some kilometres
// off, as a warning, or in the day after it.
func told(c *chance, i *incident, before bool) alert {
	a := alert{mission: i.mission, point: scatter(c, i.spot.point, 3)}
	if before {
		a.kind = c.word(odds{{"movement", 40}, {"threat", 35}, {"device", 25}})
		a.time = i.time.Add(-time.Duration(c.between(10, 190)*60) * time.Minute)
	} else {
		a.kind = c.word(odds{{"attack", 70}, {"displacement", 30}})
		a.time = i.time.Add(time.Duration(c.between(20, 1500)) * time.Minute)
	}
	if a.time.Before(movementsFrom) {
		a.time = movementsFrom
	}
	if last := attacksUntil.Add(-time.Minute); a.time.After(last) {
		a.time = last
	}
	return a
}

// everyday draws a word that goes with no attack, near a town within reach of
// a base.
func (t *tables) everyday(c *chance) alert {
	hours := int(attacksUntil.Sub(movementsFrom).Hours())
	for {
		town := &t.towns[c.below(len(t.towns))]
		mission := alerted[c.below(len(alerted))]
		p := scatter(c, town.point, 4)
		if t.ground.holds(mission, p) && t.withinReach(mission, p) {
			kind := c.word(odds{{"request", 35}, {"movement", 25}, {"threat", 15}, {"displacement", 10}, {"other", 15}})
			return alert{mission: mission, kind: kind, point: p, time: movementsFrom.Add(time.Duration(c.below(hours)*60+c.below(60)) * time.Minute)}
		}
	}
}

// names are the places that people speak of.
func (t *tables) names() map[orb.Point]string {
	names := map[orb.Point]string{}
	for i := range t.towns {
		names[t.towns[i].point] = t.towns[i].name
	}
	for i := range t.roadPlaces {
		if t.roadPlaces[i].kind != "junction" {
			names[t.roadPlaces[i].point] = t.roadPlaces[i].name
		}
	}
	return names
}

// say writes the text, naming the nearest place; of two equally near ones, the
// first by name.
func (a *alert) say(c *chance, places map[orb.Point]string) {
	nearest, least := "", math.Inf(1)
	for p, name := range places {
		if d := measure.Distance(a.point, p); d < least || d == least && name < nearest {
			nearest, least = name, d
		}
	}
	a.text = "Synthetic. " + strings.Replace(c.choose(phrases[a.kind]...), "%s", nearest, 1)
	o, ok := severities[a.kind]
	if !ok {
		o = severities[""]
	}
	a.severity = c.word(o)
	a.time = a.time.Truncate(time.Minute)
}

func (a *alert) record(number int) record {
	return record{
		id: fmt.Sprintf("report:%s/%04d", a.mission, number), mission: a.mission, place: a.point,
		fields: geo.Values{
			"time": moment(a.time), "kind": geo.String(a.kind), "severity": geo.String(a.severity), "text": geo.String(a.text),
			"source": geo.String(syntheticSource), "confidence": geo.String(syntheticConfidence),
		},
	}
}
