package network

import (
	"fmt"

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

// impliedBy reports whether whoever sees what is of the class and mission
// sees w too. What is chosen among such roads tells nothing of others.
func (w *Way) impliedBy(class geo.Class, mission string) bool {
	return w.Class <= class && (w.Mission == "" || w.Mission == mission)
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
		Class: r.Table().Class(r.Number()), Mission: r.Table().Mission(r.Number()),
		Name: f.text(r, "name"), Ref: f.text(r, "ref"), Role: f.text(r, "role"),
		Surface: f.text(r, "surface"), Status: f.text(r, "status"), Season: f.text(r, "season"),
		Highway: f.text(r, "highway"), Access: f.text(r, "access"),
		SpeedKMH: f.value(r, "speed_kmh").Float(), MaxWeightT: f.value(r, "max_weight_t").Float(),
		OneWay: f.value(r, "one_way").Bool(),
		Bridge: f.value(r, "bridge").Bool(), Tunnel: f.value(r, "tunnel").Bool(), Ford: f.value(r, "ford").Bool(),
		Verified: f.day(r, "verified"), Cleared: f.day(r, "cleared"),
	}
}
