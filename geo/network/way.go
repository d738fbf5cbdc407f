package network

import (
	"fmt"
	"math"

	"bivouac/geo"
)

// Way is one road: a record of a line collection.
type Way struct {
	Collection string
	Key        geo.Key
	Class      geo.Class
	Mission    string

	Name, Ref, Role         string
	Surface, Status, Season string
	Highway, Access         string  // as OpenStreetMap writes them; Highway is "" for roads of another source
	SpeedKMH                float64 // stated: the usual speed, or, with a Highway, the greatest; 0 is not known
	MaxWeightT              float64 // 0 is not known
	OneWay                  bool    // along its line only
	Bridge, Tunnel, Ford    bool
	Verified, Cleared       geo.End // Absent where not known
	WetMonths               Months  // of the smallest area that holds its middle
	Seasoned                bool    // such an area says when it rains
}

// Months is a set of months, January in bit 1.
type Months uint16

// Has reports whether the month, 1 to 12, is in the set.
func (m Months) Has(month int) bool { return m>>month&1 == 1 }

// Title returns what people call the road: its name or reference, else its
// record.
func (w *Way) Title() string {
	switch {
	case w.Name != "":
		return w.Name
	case w.Ref != "":
		return w.Ref
	}
	return fmt.Sprintf("%s %d", w.Collection, w.Key)
}

// SeenBy reports whether the road exists for the reader.
func (w *Way) SeenBy(r geo.Reader) bool { return r.Sees(w.Class, w.Mission) }

// ways is the table of roads. A country has a million: texts are written once.
type ways struct {
	rows  []wayRow
	codes []string // few different: collections, missions and what has a code list
	names []string // many different
}

// wayRow is a Way by the places of its texts.
type wayRow struct {
	key               geo.Key
	course            uint64 // a hash of its shape
	verified, cleared geo.Time
	name, ref         uint32
	codes             [codeFields]uint32
	speed, weight     float32
	wet               Months
	class             geo.Class
	flags             uint8
}

// The texts of a Way that are codes.
const (
	collectionCode = iota
	missionCode
	roleCode
	surfaceCode
	statusCode
	seasonCode
	highwayCode
	accessCode
	codeFields
)

const (
	oneWayFlag = 1 << iota
	bridgeFlag
	tunnelFlag
	fordFlag
	seasonedFlag
)

const noDay = math.MinInt64

func (w *Way) texts() [codeFields]*string {
	return [codeFields]*string{&w.Collection, &w.Mission, &w.Role, &w.Surface, &w.Status, &w.Season, &w.Highway, &w.Access}
}

func (w *Way) flags() [5]*bool {
	return [5]*bool{&w.OneWay, &w.Bridge, &w.Tunnel, &w.Ford, &w.Seasoned}
}

// dictionary finds the places of texts in the table that it adds to.
type dictionary struct {
	*ways
	codeOf map[string]uint32
	nameOf map[string]uint32
}

func (w *ways) dictionary() *dictionary {
	d := &dictionary{ways: w, codeOf: map[string]uint32{}, nameOf: map[string]uint32{}}
	for i, text := range w.codes {
		d.codeOf[text] = uint32(i)
	}
	return d
}

func (d *dictionary) code(text string) uint32 { return place(&d.codes, d.codeOf, text) }

func (d *dictionary) name(text string) uint32 { return place(&d.names, d.nameOf, text) }

func place(list *[]string, of map[string]uint32, text string) uint32 {
	n, ok := of[text]
	if !ok {
		n = uint32(len(*list))
		*list = append(*list, text)
		of[text] = n
	}
	return n
}

func (d *dictionary) row(w *Way, course uint64) wayRow {
	r := wayRow{
		key: w.Key, course: course, verified: dayOf(w.Verified), cleared: dayOf(w.Cleared), name: d.name(w.Name), ref: d.name(w.Ref),
		speed: float32(w.SpeedKMH), weight: float32(w.MaxWeightT), wet: w.WetMonths, class: w.Class,
	}
	for i, text := range w.texts() {
		r.codes[i] = d.code(*text)
	}
	for i, flag := range w.flags() {
		if *flag {
			r.flags |= 1 << i
		}
	}
	return r
}

func dayOf(e geo.End) geo.Time {
	if e.Kind != geo.At {
		return noDay
	}
	return e.Time
}

func endOf(day geo.Time) geo.End {
	if day == noDay {
		return geo.End{}
	}
	return geo.End{Kind: geo.At, Time: day}
}

func (w *ways) way(n int32) Way {
	r := &w.rows[n]
	out := Way{
		Key: r.key, Class: r.class, Name: w.names[r.name], Ref: w.names[r.ref], SpeedKMH: float64(r.speed), MaxWeightT: float64(r.weight),
		Verified: endOf(r.verified), Cleared: endOf(r.cleared), WetMonths: r.wet,
	}
	for i, text := range out.texts() {
		*text = w.codes[r.codes[i]]
	}
	for i, flag := range out.flags() {
		*flag = r.flags>>i&1 == 1
	}
	return out
}

func (w *ways) mission(n int32) string { return w.codes[w.rows[n].codes[missionCode]] }

func (w *ways) seen(n int32, r geo.Reader) bool { return r.Sees(w.rows[n].class, w.mission(n)) }

// imported reports whether the road is of a network that says itself what
// meets.
func (w *ways) imported(n int32) bool { return w.codes[w.rows[n].codes[highwayCode]] != "" }

// implied reports whether whoever sees what is of the class and mission sees
// the road too. What is chosen among such roads tells nothing of others.
func (w *ways) implied(n int32, class geo.Class, mission string) bool {
	own := w.mission(n)
	return w.rows[n].class <= class && (own == "" || own == mission)
}

// fields are the positions of the fields of a schema that are read by name;
// one that is missing reads as null.
type fields map[string]int

func fieldsOf(s *geo.Schema) fields {
	out := fields{}
	for i := range s.Fields {
		out[s.Fields[i].Name] = i
	}
	return out
}

func (f fields) value(r geo.Row, name string) geo.Value {
	i, ok := f[name]
	if !ok {
		return geo.Value{}
	}
	return r.Value(i)
}

func (f fields) text(r geo.Row, name string) string { return f.value(r, name).Text() }

func (f fields) day(r geo.Row, name string) geo.End {
	v := f.value(r, name)
	if v.Kind() != geo.KindTime {
		return geo.End{}
	}
	return geo.End{Kind: geo.At, Time: v.Time()}
}

// wayOf reads a road's record.
func (f fields) wayOf(r geo.Row) Way {
	return Way{
		Collection: r.Table().Schema().Name, Key: r.Key(),
		Class: r.Class(), Mission: r.Mission(),
		Name: f.text(r, "name"), Ref: f.text(r, "ref"), Role: f.text(r, "role"),
		Surface: f.text(r, "surface"), Status: f.text(r, "status"), Season: f.text(r, "season"),
		Highway: f.text(r, "highway"), Access: f.text(r, "access"),
		SpeedKMH: f.value(r, "speed_kmh").Float(), MaxWeightT: f.value(r, "max_weight_t").Float(),
		OneWay: f.value(r, "one_way").Bool(),
		Bridge: f.value(r, "bridge").Bool(), Tunnel: f.value(r, "tunnel").Bool(), Ford: f.value(r, "ford").Bool(),
		Verified: f.day(r, "verified"), Cleared: f.day(r, "cleared"),
	}
}
