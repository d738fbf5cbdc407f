package casevac

import (
	"bivouac/geo"
)

// copied are the fields of an asset that a new one like it has too; the rest is
// the base's to say, or the reader's.
var copied = []string{"type", "notice_day_min", "notice_night_min", "cruise_kmh", "range_km", "endurance_h", "night", "patients", "load_min"}

// stepValue is a step as the change of a scenario; null for none, and for one
// that an input of the question would undo.
func (m *Means) stepValue(s *Step) geo.Value {
	if s == nil || s.Act == changeAsset && !m.in[noticeInput].Null() {
		return geo.Value{}
	}
	v := geo.Values{"act": geo.String(s.Act)}
	fields := geo.Values{}
	if s.Copy != 0 {
		l, err := m.w.Layer(assetsCollection)
		if err != nil {
			return geo.Value{}
		}
		row, ok := l.Find(s.Copy, m.w.Reader)
		if !ok {
			return geo.Value{}
		}
		for _, name := range copied {
			if x := row.Named(name); !x.Null() {
				fields[name] = x
			}
		}
		fields["count"] = geo.Int(1)
	}
	for name, x := range s.Fields {
		fields[name] = x
	}
	v["fields"] = geo.Record(fields)
	for name, k := range map[string]geo.Key{"target": s.Target, "into": s.Into} {
		if k != 0 {
			v[name] = geo.Int(int64(k))
		}
	}
	return geo.Record(v)
}
