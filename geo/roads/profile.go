package roads

import (
	"slices"
	"strings"

	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/network"
	"bivouac/geo/process"
)

// DocKind is the kind of the documents that hold vehicle profiles.
const DocKind = "vehicle-profile"

var (
	surfaces = []string{"paved", "gravel", "earth", "sand", "unknown"}
	statuses = []string{"open", "restricted", "closed", "unverified"}
)

// ProfileOf returns the vehicle profile of an id, as the reader may see it, and
// its document; nil for one that is built in.
func ProfileOf(w process.World, id string) (network.Profile, *geo.Doc, error) {
	if d, seen := w.Doc(DocKind, id, w.Reader); seen {
		p, err := ParseProfile(d.ID, d.Title, d.Body)
		if err != nil {
			return p, nil, geo.Errorf(geo.Conflict, ProfileInput, "the vehicle profile %s cannot be used: %v", id, err)
		}
		return p, &d, nil
	}
	known := []string{}
	for _, p := range network.Profiles() {
		if p.ID == id {
			return p, nil, nil
		}
		known = append(known, p.ID)
	}
	for _, d := range w.Docs(DocKind, w.Reader) {
		if !slices.Contains(known, d.ID) {
			known = append(known, d.ID)
		}
	}
	return network.Profile{}, nil, geo.Errorf(geo.Invalid, ProfileInput, "there is no vehicle profile %.80q; there are %s", id, strings.Join(known, ", "))
}

// CheckProfile says what is wrong with a document before it is kept.
func CheckProfile(_ *layer.Snapshot, d *geo.Doc) error {
	_, err := ParseProfile(d.ID, d.Title, d.Body)
	return err
}

// profileSchema is what a document of a vehicle profile holds: what differs
// from the profile that it begins with.
func profileSchema() geo.Schema {
	nothing, whole, fastest, twice, heaviest := 0.0, 1.0, 200.0, 3.0, 500.0
	number := func(name, title, unit, text string, most *float64) geo.Field {
		return geo.Field{Name: name, Title: title, Unit: unit, Kind: geo.KindFloat, Least: &nothing, Greatest: most, Description: text}
	}
	var bases []string
	for _, p := range network.Profiles() {
		bases = append(bases, p.ID)
	}
	fields := []geo.Field{
		{Name: "base", Title: "Begins as", Kind: geo.KindString, Enum: bases, Default: geo.String("convoy"), Description: "The profile of which this one is a variant."},
		{Name: "source", Title: "Source", Kind: geo.KindString, Required: true, Description: "Where the figures come from; \"assumption\" where from nowhere."},
	}
	for _, s := range surfaces {
		fields = append(fields,
			number("speed_"+s+"_kmh", "Speed, "+s, "km/h", "When dry; 0 is not to be driven on.", &fastest),
			number("wet_"+s, "When wet, "+s, "1", "What is left of the speed in wet months, 0 to 1.", &whole))
	}
	for _, s := range statuses {
		fields = append(fields, number("status_"+s, "Status "+s, "1", "What is left of the speed, 0 to 1; 0 is not used.", &whole))
	}
	texts := func(name, title, text string) geo.Field {
		return geo.Field{Name: name, Title: title, Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindString}, Description: text}
	}
	return geo.Schema{Name: DocKind, Fields: append(fields,
		number("stated", "Of stated speeds", "1", "Times the usual speed that a road states; 0 passes it over.", &twice),
		number("greatest_kmh", "Greatest speed", "km/h", "The vehicle's own; 0 is none.", &fastest),
		number("load_t", "Gross weight", "t", "For limits of bridges and roads; 0 takes no notice of them.", &heaviest),
		texts("refused", "Refused by", "Access codes on which it is turned back."),
		texts("vehicle", "Is a", "What turn restrictions call it where they except it."),
		geo.Field{Name: "any_way", Title: "Against one-way rules", Kind: geo.KindBool, Description: "Takes no notice of them."},
	)}
}

// ParseProfile reads the body of a document of kind vehicle-profile.
func ParseProfile(id, title string, body []byte) (network.Profile, error) {
	schema := profileSchema()
	in, err := process.Read(&schema, body)
	if err == nil {
		in, err = process.Check(&schema, in)
	}
	if err != nil {
		return network.Profile{}, err
	}
	all := network.Profiles()
	p := all[slices.IndexFunc(all, func(p network.Profile) bool { return p.ID == in["base"].Text() })]
	p.ID, p.Title, p.Source = id, title, in["source"].Text()
	for _, s := range surfaces {
		put(p.Speeds, s, in["speed_"+s+"_kmh"])
		put(p.Wet, s, in["wet_"+s])
	}
	for _, s := range statuses {
		put(p.Status, s, in["status_"+s])
	}
	// What no code says is driven as what is said to be unknown.
	p.Speeds[""] = p.Speeds["unknown"]
	for name, to := range map[string]*float64{"stated": &p.Stated, "greatest_kmh": &p.MaxKMH, "load_t": &p.LoadT} {
		if v := in[name]; !v.Null() {
			*to = v.Float()
		}
	}
	p.Refused, p.Vehicle = textsOr(in["refused"], p.Refused), textsOr(in["vehicle"], p.Vehicle)
	p.AnyWay = in["any_way"].Bool()
	return p, nil
}

func put(m map[string]float64, code string, v geo.Value) {
	if !v.Null() {
		m[code] = v.Float()
	}
}

func textsOr(v geo.Value, otherwise []string) []string {
	if v.Null() {
		return otherwise
	}
	var out []string
	for _, item := range v.List() {
		out = append(out, item.Text())
	}
	return out
}
