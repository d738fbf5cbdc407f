package scenario

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"bivouac/geo"
	"bivouac/geo/geojson"
	"bivouac/geo/layer"
	"bivouac/geo/process"
)

// MostChanges is how many changes a scenario holds.
const MostChanges = 1000

// takes is what each act needs, and what it may have beside.
var takes = map[Act]struct{ needs, may []string }{
	Close:       {needs: []string{"target"}},
	Open:        {may: []string{"target", "to", "fields"}},
	Move:        {needs: []string{"target", "to"}},
	Merge:       {needs: []string{"target", "into"}},
	Edit:        {needs: []string{"target", "fields"}},
	MoveAsset:   {needs: []string{"target"}, may: []string{"into", "to"}},
	AddAsset:    {needs: []string{"fields"}, may: []string{"into", "to"}},
	EditAsset:   {needs: []string{"target", "fields"}},
	OpenRoute:   {needs: []string{"target"}, may: []string{"collection"}},
	CloseRoute:  {needs: []string{"target"}, may: []string{"collection"}},
	ClearHazard: {needs: []string{"target"}},
}

// acts is the list of the acts, in the order in which they are explained.
var acts = []string{string(Close), string(Open), string(Move), string(Merge), string(Edit), string(MoveAsset), string(AddAsset), string(EditAsset), string(OpenRoute), string(CloseRoute), string(ClearHazard)}

func changeFields() []geo.Field {
	return []geo.Field{
		{Name: "act", Title: "Act", Kind: geo.KindString, Enum: acts, Required: true, Description: "What is done."},
		{Name: "target", Title: "Record", Kind: geo.KindInt, Description: "Key of the base, asset, road or hazard; -2 is what change 2 of this scenario adds."},
		{Name: "name", Title: "Name", Kind: geo.KindString, Description: "What the record is called; where it is called otherwise, the answer says so."},
		{Name: "into", Title: "Into", Kind: geo.KindInt, Description: "Key of the base into which another is merged, or at which an asset is to stand."},
		{Name: "to", Title: "To", Kind: geo.KindGeometry, Description: "A GeoJSON Point to which a base or an asset goes, or at which one opens."},
		{Name: "collection", Title: "Roads", Kind: geo.KindString, Default: geo.String("routes"), Description: "Collection of the road, routes or roads."},
		{Name: "fields", Title: "Fields", Kind: geo.KindRecord, Description: "Values by the names of the fields of a base or an asset."},
		{Name: "on", Title: "On", Kind: geo.KindTime, DateOnly: true, Description: "The day from which the change holds; without it, from the start."},
		{Name: "note", Title: "Note", Kind: geo.KindString, Description: "Why."},
	}
}

func docFields() []geo.Field {
	return []geo.Field{
		{Name: "note", Title: "Note", Kind: geo.KindString},
		{Name: "date", Title: "Date", Kind: geo.KindTime, DateOnly: true},
		{Name: "changes", Title: "Changes", Kind: geo.KindList},
	}
}

// Parse reads the body of a document. An error names the change by its number.
func Parse(title string, body []byte) (*Scenario, error) {
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(body, &raw); err != nil {
		return nil, geo.Errorf(geo.Invalid, "body", "must be a JSON object with a list of changes: %v", err)
	}
	list := raw["changes"]
	delete(raw, "changes")
	head, err := json.Marshal(raw)
	if err != nil {
		return nil, err
	}
	schema := geo.Schema{Name: DocKind, Fields: docFields()}
	in, err := process.Read(&schema, head)
	if err == nil {
		in, err = process.Check(&schema, in)
	}
	if err != nil {
		return nil, err
	}
	s := &Scenario{Title: title, Note: in["note"].Text(), Date: dayOf(in["date"]), key: string(body)}
	if list == nil {
		return nil, geo.Errorf(geo.Invalid, "changes", "a scenario needs a list of changes, which may be empty")
	}
	var changes []json.RawMessage
	if err := json.Unmarshal(list, &changes); err != nil {
		return nil, geo.Errorf(geo.Invalid, "changes", "must be a list of objects, each with an act: %s", strings.Join(acts, ", "))
	}
	return s, s.add(changes, 0)
}

// changesTitle is what changes are called that are no document.
const changesTitle = "Changes"

// ParseChanges reads changes that are no document, as an input gives them.
func ParseChanges(list []geo.Value) (*Scenario, error) { return parseFrom(list, 0) }

// parseFrom numbers the changes behind so many others.
func parseFrom(list []geo.Value, behind int) (*Scenario, error) {
	changes := make([]json.RawMessage, len(list))
	for i, v := range list {
		changes[i] = geojson.AppendValue(nil, v)
	}
	s := &Scenario{Title: changesTitle, key: string(geojson.AppendValue(nil, geo.List(list...)))}
	return s, s.add(changes, behind)
}

func (s *Scenario) add(changes []json.RawMessage, behind int) error {
	if len(changes) > MostChanges {
		return geo.Errorf(geo.TooLarge, "changes", "%d changes are more than the %d that a scenario holds", len(changes), MostChanges)
	}
	for i, text := range changes {
		c, err := parseChange(text)
		if err == nil {
			err = c.check(behind + i + 1)
		}
		if err != nil {
			return numbered(err, behind+i+1)
		}
		s.Changes = append(s.Changes, c)
	}
	return nil
}

// numbered says of which change an error is.
func numbered(err error, number int) error {
	var e *geo.Error
	if !errors.As(err, &e) {
		return err
	}
	where, text := fmt.Sprintf("changes.%d", number), e.Text
	if e.Where != "" && e.Where != "inputs" {
		where, text = where+"."+e.Where, e.Where+": "+text
	}
	return geo.Errorf(e.Code, where, "change %d: %s", number, text)
}

func parseChange(text []byte) (Change, error) {
	schema := geo.Schema{Name: "a change", Fields: changeFields()}
	in, err := process.Read(&schema, text)
	if err != nil {
		return Change{}, err
	}
	act := Act(in["act"].Text())
	if _, ok := takes[act]; !ok {
		return Change{}, geo.Errorf(geo.Invalid, "act", "must be one of %s, not %.40q", strings.Join(acts, ", "), act)
	}
	if err := fits(act, in); err != nil {
		return Change{}, err
	}
	if in, err = process.Check(&schema, in); err != nil {
		return Change{}, err
	}
	return Change{
		Act: act, Target: geo.Key(in["target"].Int()), Name: in["name"].Text(), Into: geo.Key(in["into"].Int()), To: in["to"].Geometry(),
		Collection: in["collection"].Text(), Fields: in["fields"].Record(), On: dayOf(in["on"]), Note: in["note"].Text(),
	}, nil
}

// fits refuses what the act does not take, and asks for what it needs.
func fits(act Act, in geo.Values) error {
	t := takes[act]
	known := slices.Concat(t.needs, t.may, []string{"act", "name", "on", "note"})
	for _, name := range slices.Sorted(maps.Keys(in)) {
		if !in[name].Null() && !slices.Contains(known, name) {
			return geo.Errorf(geo.Invalid, name, "%s takes no %s; it takes %s", act, name, strings.Join(slices.Concat(t.needs, t.may), ", "))
		}
	}
	for _, name := range t.needs {
		if in[name].Null() {
			return geo.Errorf(geo.Invalid, name, "%s needs it", act)
		}
	}
	return nil
}

// check refuses what no world could make right.
func (c *Change) check(number int) error {
	if _, isPoint := c.To.(orb.Point); c.To != nil && !isPoint {
		return geo.Errorf(geo.Invalid, "to", "must be a Point, not a %s", c.To.GeoJSONType())
	}
	for name, key := range map[string]geo.Key{"target": c.Target, "into": c.Into} {
		if key < 0 && -key >= geo.Key(number) {
			return geo.Errorf(geo.Invalid, name, "%d would be what change %d adds, which is not before this one", key, -key)
		}
	}
	switch {
	case c.Act == Merge && c.Target == c.Into:
		return geo.Errorf(geo.Invalid, "into", "a base is not merged into itself")
	case c.Act == Open && c.Target == 0 && c.To == nil:
		return geo.Errorf(geo.Invalid, "to", "a new base needs a place; or name the planned or closed one that opens as target")
	case (c.Act == MoveAsset || c.Act == AddAsset) && (c.Into == 0) == (c.To == nil):
		return geo.Errorf(geo.Invalid, "into", "say at which base the asset is to stand, or at which place with to; one of them")
	}
	return nil
}

// Check says what is wrong with a document before it is kept. Whether the
// records that it names are there is said when it is asked: they may come and
// go, and its reader may see others than its author.
func Check(snap *layer.Snapshot, d *geo.Doc) error {
	s, err := Parse(d.Title, d.Body)
	if err != nil {
		return err
	}
	for i := range s.Changes {
		c := &s.Changes[i]
		if err := c.onRoads(snap); err != nil {
			return numbered(err, i+1)
		}
		if c.Fields == nil {
			continue
		}
		l, err := snap.Layer(c.collection())
		if err != nil {
			return numbered(err, i+1)
		}
		if _, err := c.read(l.Schema()); err != nil {
			return numbered(err, i+1)
		}
	}
	return nil
}

// collection is that of what the change acts on.
func (c *Change) collection() string {
	switch c.Act {
	case MoveAsset, AddAsset, EditAsset:
		return assetsCollection
	case OpenRoute, CloseRoute:
		return c.Collection
	case ClearHazard:
		return hazardsCollection
	}
	return basesCollection
}

// Read returns the scenario that the text asks for: a document by its id, as
// the reader may see it, or one that is not kept, as the JSON of its title,
// mission and body. A day behind an @ is as of when it is looked at.
func Read(w process.World, input, text string) (*Scenario, error) {
	what, day := splitDay(text)
	read := stored
	if strings.HasPrefix(what, "{") {
		read = written
	}
	s, err := read(w, input, what)
	if err != nil || day == "" {
		return s, err
	}
	s.Date, err = ParseDay(input, day[1:])
	return s, err
}

// splitDay parts what is asked for from the day with its @, "" for none. An @
// within JSON is text of it.
func splitDay(text string) (what, day string) {
	end := strings.LastIndexByte(text, '}') + 1
	i := strings.IndexByte(text[end:], '@')
	if i < 0 {
		return text, ""
	}
	return text[:end+i], text[end+i:]
}

// written reads a scenario that is not kept. Its new records are of its mission
// as those of a kept one are, and that is one of the reader's.
func written(w process.World, input, text string) (*Scenario, error) {
	var doc struct {
		Title   string          `json:"title"`
		Mission string          `json:"mission"`
		Body    json.RawMessage `json:"body"`
	}
	d := json.NewDecoder(strings.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&doc); err != nil || d.More() || doc.Body == nil {
		return nil, geo.Errorf(geo.Invalid, input, `must be the id of a scenario, or one as JSON: {"title":"Without Ber","mission":"MINUSMA","body":{"changes":[{"act":"close","target":11}]}}`)
	}
	if w.Reader.Missions != nil && doc.Mission != "" && !slices.Contains(w.Reader.Missions, doc.Mission) {
		return nil, geo.Errorf(geo.Invalid, input, "mission: %.40q is none that you see; leave it out, or name one of %s", doc.Mission, strings.Join(w.Reader.Missions, ", "))
	}
	s, err := Parse(cmp.Or(doc.Title, changesTitle), doc.Body)
	if err != nil {
		return nil, geo.Errorf(geo.CodeOf(err), input, "%s", geo.SaidBy(err).Text)
	}
	s.Mission, s.key = doc.Mission, text
	return s, nil
}

// stored reads a document.
func stored(w process.World, input, id string) (*Scenario, error) {
	d, seen := w.Doc(DocKind, id, w.Reader)
	if !seen {
		var known []string
		for _, d := range w.Docs(DocKind, w.Reader) {
			known = append(known, d.ID)
		}
		if len(known) == 0 {
			known = []string{"none"}
		}
		return nil, geo.Errorf(geo.Invalid, input, "there is no scenario %.80q; there are: %s", id, strings.Join(known, ", "))
	}
	s, err := Parse(d.Title, d.Body)
	if err != nil {
		return nil, geo.Errorf(geo.Conflict, input, "the scenario %s cannot be used: %v", id, err)
	}
	s.Doc, s.Mission, s.key = &d, d.Mission, fmt.Sprintf("%s %d", d.ID, d.Rev)
	return s, nil
}

// ParseDay reads the day that stands behind the @ of a scenario's name.
func ParseDay(input, day string) (geo.Value, error) {
	i, err := geo.ParseInterval(day)
	if err != nil || strings.Contains(day, "/") {
		return geo.Value{}, geo.Errorf(geo.Invalid, input, "behind @ stands a day such as 2023-08-31, not %.40q", day)
	}
	return dayOf(geo.TimeValue(i.Start.Time)), nil
}

// dayOf is the beginning of the day of a time, in UTC; null of null. Changes are
// of days: one at noon has happened at the end of its day.
func dayOf(v geo.Value) geo.Value {
	if v.Null() {
		return v
	}
	rest := v.Time() % geo.Day
	if rest < 0 {
		rest += geo.Day
	}
	return geo.TimeValue(v.Time() - rest)
}
