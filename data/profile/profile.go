// Package profile answers which sender a file is of, by the names of its
// columns, and how such files are read.
//
// Some profiles are built in. Others are documents of a store, of the kind
// import-profile; one of the same id goes before a built-in one.
package profile

import (
	"bytes"
	"cmp"
	"embed"
	"encoding/json"
	"errors"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"

	"bivouac/data/load"
	"bivouac/data/schema"
	"bivouac/geo"
	"bivouac/geo/layer"
)

// Kind is the kind of documents that are profiles.
const Kind = "import-profile"

// None is the name of no profile.
const None = "none"

// Profile is how the files of one sender are known and read. It is written as
// the body of a document.
type Profile struct {
	ID          string            `json:"-"`
	Title       string            `json:"title,omitempty"`
	Description string            `json:"description,omitempty"`
	Collection  string            `json:"collection"`
	All         []string          `json:"all,omitempty"` // columns that such a file has
	Any         []string          `json:"any,omitempty"` // columns of which it has one at least
	Longitude   string            `json:"longitude,omitempty"`
	Latitude    string            `json:"latitude,omitempty"`
	Fields      map[string]Origin `json:"fields"`
	Drop        []string          `json:"drop,omitempty"`
	IDFrom      []string          `json:"id_from,omitempty"`
}

// Origin is where a field comes from.
type Origin struct {
	From     []string          `json:"from,omitempty"`
	Codes    map[string]string `json:"codes,omitempty"`
	Constant string            `json:"constant,omitempty"`
	EndOfDay bool              `json:"end_of_day,omitempty"`
	Keep     bool              `json:"keep,omitempty"`
}

const form = `{"collection":"incidents","all":["event_id"],"fields":{"source_id":{"from":["event_id"]}}}`

// Parse reads the body of a profile.
func Parse(id string, body []byte) (Profile, error) {
	p := Profile{ID: id}
	d := json.NewDecoder(bytes.NewReader(body))
	d.DisallowUnknownFields()
	if err := d.Decode(&p); err != nil {
		return p, geo.Errorf(geo.Invalid, "profile", "is no import profile (%v); write it as %s", err, form)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return p, geo.Errorf(geo.Invalid, "profile", "something follows the end of the JSON object")
	}
	return p, p.check()
}

func (p *Profile) check() error {
	switch {
	case p.Collection == "":
		return geo.Errorf(geo.Invalid, "collection", "is missing; say into which collection such files go, as in %s", form)
	case len(p.All)+len(p.Any) == 0:
		return geo.Errorf(geo.Invalid, "all", "and any are empty, so that every file would be taken for one of these; name the columns by which they are known")
	case (p.Longitude == "") != (p.Latitude == ""):
		return geo.Errorf(geo.Invalid, "longitude", "and latitude are named together, or neither")
	}
	known, builtin := schema.Named(p.Collection)
	for name, o := range p.Fields {
		where := "fields." + name
		switch {
		case len(o.From) == 0 && o.Constant == "":
			return geo.Errorf(geo.Invalid, where, "comes from nowhere; name the columns in from, or a constant")
		case o.EndOfDay && len(o.Codes) > 0:
			return geo.Errorf(geo.Invalid, where, "takes codes or end_of_day, not both")
		case builtin && known.Field(name) < 0:
			return geo.Errorf(geo.Invalid, where, "%s has no such field", p.Collection)
		}
	}
	return nil
}

// CheckDoc refuses a document that is no profile, or of another id than it could
// be chosen by.
func CheckDoc(_ *layer.Snapshot, d *geo.Doc) error {
	if d.ID == None {
		return geo.Errorf(geo.Invalid, "id", "%q stands for no profile; choose another id", None)
	}
	_, err := Parse(d.ID, d.Body)
	return err
}

//go:embed builtin/*.json
var files embed.FS

// Builtin returns the profiles that are built in, by id.
func Builtin() []Profile {
	entries, err := files.ReadDir("builtin")
	if err != nil {
		panic("profile: " + err.Error())
	}
	out := make([]Profile, len(entries))
	for i, e := range entries {
		id := strings.TrimSuffix(e.Name(), ".json")
		text, err := files.ReadFile(path.Join("builtin", e.Name()))
		if err == nil {
			out[i], err = Parse(id, text)
		}
		if err != nil {
			panic("profile: the embedded " + e.Name() + " is broken: " + err.Error())
		}
	}
	return out
}

// Known returns the profiles among the documents, and the built-in ones that
// none of them replaces. A document that cannot be read is left out.
func Known(docs []geo.Doc) []Profile {
	var out []Profile
	for i := range docs {
		if p, err := Parse(docs[i].ID, docs[i].Body); err == nil {
			p.Title = cmp.Or(p.Title, docs[i].Title)
			out = append(out, p)
		}
	}
	for _, p := range Builtin() {
		if !slices.ContainsFunc(out, func(o Profile) bool { return o.ID == p.ID }) {
			out = append(out, p)
		}
	}
	return out
}

// Matching returns the profiles that know the columns, the one that names most
// of them first.
func Matching(known []Profile, columns []string) []Profile {
	there := map[string]bool{}
	for _, c := range columns {
		there[plain(c)] = true
	}
	has := func(c string) bool { return there[plain(c)] }
	var out []Profile
	for _, p := range known {
		if !slices.ContainsFunc(p.All, func(c string) bool { return !has(c) }) && (len(p.Any) == 0 || slices.ContainsFunc(p.Any, has)) {
			out = append(out, p)
		}
	}
	score := func(p Profile) int {
		n := len(p.All)
		for _, o := range p.Fields {
			if slices.ContainsFunc(o.From, has) {
				n++
			}
		}
		return n
	}
	slices.SortStableFunc(out, func(a, b Profile) int { return cmp.Or(score(b)-score(a), strings.Compare(a.ID, b.ID)) })
	return out
}

// plain makes names comparable, as the loader of files does.
func plain(name string) string { return load.PlainName(name) }

// Choice chooses a profile for files.
type Choice struct {
	Known []Profile
	ID    string // "" is the one that knows the columns best, None none

	Matched []string // ids of those that know the columns of the last file
}

// Check refuses an id that nobody knows.
func (c *Choice) Check() error {
	if c.ID == "" || c.ID == None || slices.ContainsFunc(c.Known, func(p Profile) bool { return p.ID == c.ID }) {
		return nil
	}
	var ids []string
	for _, p := range c.Known {
		ids = append(ids, p.ID)
	}
	return geo.ErrorOf(geo.NotFound, "profile", noProfile, strconv.Quote(c.ID), strings.Join(ids, ", "), None)
}

// Recipe is how a file of the columns is read, as load.Options ask for it.
func (c *Choice) Recipe(columns []string) *load.Recipe {
	c.Matched = nil
	matching := Matching(c.Known, columns)
	for _, p := range matching {
		c.Matched = append(c.Matched, p.ID)
	}
	switch {
	case c.ID == None:
		return nil
	case c.ID != "":
		for _, p := range c.Known {
			if p.ID == c.ID {
				return p.recipe()
			}
		}
		return nil
	case len(matching) > 0:
		return matching[0].recipe()
	}
	return nil
}

func (p *Profile) recipe() *load.Recipe {
	r := &load.Recipe{Name: p.ID, Collection: p.Collection, Fields: map[string]load.Origin{}, Drop: p.Drop, IDFrom: p.IDFrom, Longitude: p.Longitude, Latitude: p.Latitude}
	for name, o := range p.Fields {
		r.Fields[name] = load.Origin(o)
	}
	return r
}
