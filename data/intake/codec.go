package intake

import (
	"encoding/binary"
	"errors"
	"math"

	"github.com/paulmach/orb"

	"bivouac/data/wkb"
	"bivouac/geo"
	"bivouac/geo/geojson"
	"bivouac/geo/jsonschema"
)

// A record is spooled as numbers of variable length, texts behind their
// lengths, shapes as well-known binary, and values by the order of the schema's
// fields. What is no plain value is JSON.

func appendText(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

// appendFeature adds a record.
func appendFeature(b []byte, f *geo.Feature) ([]byte, error) {
	b = binary.AppendVarint(b, int64(f.Key))
	b = binary.AppendVarint(b, int64(f.Rev))
	return appendContent(b, f)
}

// appendContent adds all of a record but its Key and Rev. Equal records are
// equal bytes: nulls behind the last value are left out.
func appendContent(b []byte, f *geo.Feature) ([]byte, error) {
	b = appendText(appendText(append(b, byte(f.Class)), f.Mission), f.SourceID)
	for _, e := range [2]geo.End{f.Valid.Start, f.Valid.End} {
		b = binary.AppendVarint(append(b, byte(e.Kind)), int64(e.Time))
	}
	var err error
	if b, err = appendShape(b, f.Geometry, f.Z); err != nil {
		return b, err
	}
	n := len(f.Values)
	for n > 0 && f.Values[n-1].Null() {
		n--
	}
	b = binary.AppendUvarint(b, uint64(n))
	for _, v := range f.Values[:n] {
		b = appendValue(b, v)
	}
	return appendText(b, string(f.Extra)), nil
}

func appendShape(b []byte, g orb.Geometry, z []float64) ([]byte, error) {
	if g == nil {
		return binary.AppendUvarint(b, 0), nil
	}
	at := len(b)
	b = append(b, 0, 0, 0, 0)
	b, err := wkb.Append(b, g, z)
	if err != nil {
		return b, err
	}
	size := len(b) - at - 4
	head := binary.AppendUvarint(nil, uint64(size))
	copy(b[at+len(head):], b[at+4:])
	if len(head) > 4 {
		return b, geo.ErrorOf(geo.TooLarge, "geometry", largeShape)
	}
	copy(b[at:], head)
	return b[:at+len(head)+size], nil
}

func appendValue(b []byte, v geo.Value) []byte {
	b = append(b, byte(v.Kind()))
	switch v.Kind() {
	case geo.KindNull:
	case geo.KindBool:
		if v.Bool() {
			return append(b, 1)
		}
		return append(b, 0)
	case geo.KindInt:
		return binary.AppendVarint(b, v.Int())
	case geo.KindFloat:
		return binary.LittleEndian.AppendUint64(b, math.Float64bits(v.Float()))
	case geo.KindString:
		return appendText(b, v.Text())
	case geo.KindTime:
		return binary.AppendVarint(b, int64(v.Time()))
	default:
		return appendText(b, string(geojson.AppendValue(nil, v)))
	}
	return b
}

// errTorn says that bytes are no record: the spool was cut off or changed.
var errTorn = errors.New("intake: the spool is damaged")

// decoder reads what the functions above wrote. Its first fault stays.
type decoder struct {
	b   []byte
	bad bool
}

func (d *decoder) err() error {
	if d.bad {
		return errTorn
	}
	return nil
}

func (d *decoder) take(n int) []byte {
	if n < 0 || n > len(d.b) {
		d.bad, d.b = true, nil
		return nil
	}
	out := d.b[:n]
	d.b = d.b[n:]
	return out
}

func (d *decoder) byte() byte {
	if b := d.take(1); b != nil {
		return b[0]
	}
	return 0
}

func (d *decoder) uint() int {
	v, n := binary.Uvarint(d.b)
	if n <= 0 || v > math.MaxInt32 {
		d.take(-1)
		return 0
	}
	d.take(n)
	return int(v)
}

func (d *decoder) int() int64 {
	v, n := binary.Varint(d.b)
	if n <= 0 {
		d.take(-1)
		return 0
	}
	d.take(n)
	return v
}

func (d *decoder) text() string { return string(d.take(d.uint())) }

func (d *decoder) feature(s *geo.Schema) *geo.Feature {
	f := &geo.Feature{Key: geo.Key(d.int()), Rev: geo.Version(d.int())}
	f.Class, f.Mission, f.SourceID = geo.Class(d.byte()), d.text(), d.text()
	for _, e := range [2]*geo.End{&f.Valid.Start, &f.Valid.End} {
		e.Kind, e.Time = geo.EndKind(d.byte()), geo.Time(d.int())
	}
	if shape := d.take(d.uint()); len(shape) > 0 {
		var err error
		if f.Geometry, f.Z, err = wkb.Parse(shape); err != nil {
			d.bad = true
		}
	}
	f.Values = make([]geo.Value, len(s.Fields))
	for i := range d.uint() {
		if d.bad || i >= len(s.Fields) {
			d.bad = true
			return f
		}
		f.Values[i] = d.value(&s.Fields[i])
	}
	if extra := d.take(d.uint()); len(extra) > 0 {
		f.Extra = append([]byte(nil), extra...)
	}
	return f
}

func (d *decoder) value(f *geo.Field) geo.Value {
	switch geo.Kind(d.byte()) {
	case geo.KindNull:
	case geo.KindBool:
		return geo.Bool(d.byte() == 1)
	case geo.KindInt:
		return geo.Int(d.int())
	case geo.KindFloat:
		if b := d.take(8); b != nil {
			return geo.Float(math.Float64frombits(binary.LittleEndian.Uint64(b)))
		}
	case geo.KindString:
		return geo.String(d.text())
	case geo.KindTime:
		return geo.TimeValue(geo.Time(d.int()))
	default:
		v, err := geojson.ParseValue(d.take(d.uint()))
		if err == nil {
			if v, ok := jsonschema.Coerce(f, v); ok {
				return v
			}
		}
		d.bad = true
	}
	return geo.Value{}
}
