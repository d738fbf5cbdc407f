package params

import (
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf8"

	"bivouac/geo"
	"bivouac/geo/staging"
)

// DefaultImportRows is the limit of a list of an import's rows.
const DefaultImportRows = 100

// Import is what a request says of a file that is to come.
type Import struct {
	Name    string
	Size    int64
	Options staging.Options
}

const importForm = `{"name":"incidents.csv","size":1234,"options":{"collection":"incidents"}}`

// ParseImport reads the body that begins an import.
func ParseImport(body []byte) (Import, error) {
	var asked struct {
		Name    *string         `json:"name"`
		Size    *int64          `json:"size"`
		Options staging.Options `json:"options"`
	}
	if err := decodeStrictly(body, &asked, importForm); err != nil {
		return Import{}, err
	}
	switch {
	case asked.Name == nil || strings.TrimSpace(*asked.Name) == "":
		return Import{}, geo.Errorf(geo.Invalid, "name", "is missing; say the name of the file, as in %s", importForm)
	case len(*asked.Name) > 255 || !utf8.ValidString(*asked.Name):
		return Import{}, geo.Errorf(geo.Invalid, "name", "must be at most 255 bytes of UTF-8")
	case asked.Size == nil || *asked.Size < 1:
		return Import{}, geo.Errorf(geo.Invalid, "size", "must be how many bytes the file has, a whole number from 1")
	}
	return Import{strings.TrimSpace(*asked.Name), *asked.Size, asked.Options}, nil
}

// ParseImportPatch reads other options of an import, as a merge patch (RFC
// 7396) of those that it has.
func ParseImportPatch(body []byte, old staging.Options) (o staging.Options, err error) {
	const form = `{"collection":"incidents","mapping":{"time":"event_date"}}`
	patch := map[string]any{}
	if err := decodeStrictly(body, &patch, form); err != nil {
		return old, err
	}
	text, err := json.Marshal(old)
	if err != nil {
		return old, err
	}
	target := map[string]any{}
	if err := json.Unmarshal(text, &target); err != nil {
		return old, err
	}
	if text, err = json.Marshal(merged(target, patch)); err != nil {
		return old, err
	}
	return o, decodeStrictly(text, &o, form)
}

func merged(target, patch map[string]any) map[string]any {
	for name, v := range patch {
		part, isObject := v.(map[string]any)
		old, was := target[name].(map[string]any)
		switch {
		case v == nil:
			delete(target, name)
		case isObject && was:
			target[name] = merged(old, part)
		case isObject:
			target[name] = merged(map[string]any{}, part)
		default:
			target[name] = v
		}
	}
	return target
}

// ImportRows is which rows of an import a request asks.
type ImportRows struct {
	staging.Query
	Form  string // json, geojson or csv
	Paged bool   // limit or after is given
}

// ParseImportRows reads kind, limit, after and f.
func ParseImportRows(raw string) (p ImportRows, err error) {
	p = ImportRows{Query: staging.Query{Limit: DefaultImportRows}, Form: "json"}
	q, err := ParseQuery(raw)
	if err != nil {
		return p, err
	}
	kind, _ := q.Take("kind")
	if p.Kind, err = staging.ParseKind(kind); err != nil {
		return p, err
	}
	if s, ok := q.Take("limit"); ok {
		n, ok := whole(s)
		if !ok || n < 1 {
			return p, geo.Errorf(geo.Invalid, "limit", "must be a whole number from 1 to %d, not %q", MaxLimit, clip(s))
		}
		p.Limit, p.Paged = min(n, MaxLimit), true
	}
	if p.After, _ = q.Take("after"); p.After != "" {
		p.Paged = true
	}
	if f, ok := q.Take("f"); ok {
		if p.Form, err = ParseFormat(f, "json", "geojson", "csv"); err != nil {
			return p, err
		}
	}
	if p.Form == "csv" && (p.Kind != staging.Refused || p.Paged) {
		return p, geo.Errorf(geo.Invalid, "f", "csv is the form of all refused rows; ask kind=refused without limit and after")
	}
	return p, q.Done("kind", "limit", "after", "f")
}

// ParseOffset reads the Upload-Offset header.
func ParseOffset(header string) (int64, error) {
	n, err := strconv.ParseInt(header, 10, 64)
	if err != nil || n < 0 {
		return 0, geo.Errorf(geo.Invalid, "Upload-Offset", "must say at which byte of the file the piece begins, a whole number from 0, not %q", clip(header))
	}
	return n, nil
}
