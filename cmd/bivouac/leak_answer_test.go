package main

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	varint "encoding/binary"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"bivouac/geo"
)

// question is one request. A name in curly brackets stands for the key of that
// record, which the two worlds may give differently.
type question struct {
	method, target, body string
	headers              []string
}

// reply is an answer, without the number of its request.
type reply struct {
	code   int
	header http.Header
	raw    []byte
}

var named = regexp.MustCompile(`\{(=[A-Za-z ,]+|[A-Za-z]+(?:-[A-Z])?(?:-\d+)?)\}`)

// fill puts this world's keys in place of names.
func (s *stage) fill(text string) string {
	return named.ReplaceAllStringFunc(text, func(m string) string {
		name := m[1 : len(m)-1]
		key, known := s.keys[name]
		if reason, isStep := strings.CutPrefix(name, "="); isStep {
			var v geo.Version
			v, known = s.steps[reason]
			key = geo.Key(v)
		}
		if !known {
			s.t.Fatalf("%s names no record", m)
		}
		return strconv.FormatInt(int64(key), 10)
	})
}

func (s *stage) request(token string, q question) *http.Request {
	r := httptest.NewRequest(q.method, "http://127.0.0.1:8080"+s.fill(q.target), strings.NewReader(s.fill(q.body)))
	r.Header.Set("Authorization", "Bearer "+token)
	if q.body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(q.headers); i += 2 {
		r.Header.Set(q.headers[i], q.headers[i+1])
	}
	return r
}

func (s *stage) ask(token string, q question) reply {
	w := httptest.NewRecorder()
	s.server.ServeHTTP(w, s.request(token, q))
	r := reply{w.Code, w.Header().Clone(), w.Body.Bytes()}
	if w.Code >= http.StatusBadRequest {
		r.raw = requestNumber.ReplaceAll(r.raw, []byte(`"request":""`))
		r.header.Del("Content-Length")
	}
	return r
}

var requestNumber = regexp.MustCompile(`"request":"[^"]*"`)

// text is the answer without what two worlds may differ in.
func (s *stage) text(r reply) string {
	if r.header.Get("Content-Type") == "application/vnd.mapbox-vector-tile" {
		return s.tileText(r.raw)
	}
	text := unpackedBundle.ReplaceAllStringFunc(string(r.raw), func(m string) string { return s.bundleText(unpackedBundle.FindStringSubmatch(m)[1]) })
	if strings.HasPrefix(r.header.Get("Content-Type"), "text/csv") {
		text = rowKey.ReplaceAllStringFunc(text, func(key string) string { return s.name(key, 10) })
	}
	return s.masked(text)
}

var unpackedBundle = regexp.MustCompile(`"bundle":"([A-Za-z0-9+/=]+)"`)

// bundleText is what the files of a bundle hold. Tables are left out: their
// keys stand in columns, and the answers beside them hold the same rows.
func (s *stage) bundleText(text string) string {
	packed, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		s.t.Fatal(err)
	}
	files, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	if err != nil {
		s.t.Fatal(err)
	}
	var b strings.Builder
	for _, f := range files.File {
		fmt.Fprintf(&b, "\n%s %s\n", f.Name, f.Modified)
		if strings.HasSuffix(f.Name, ".csv") {
			continue
		}
		r, err := f.Open()
		if err == nil {
			_, err = io.Copy(&b, r)
		}
		if err != nil {
			s.t.Fatal(err)
		}
	}
	return b.String()
}

// Where keys stand in answers: in members, addresses, cursors and sentences.
var (
	oneKey    = regexp.MustCompile(`((?:items/|"type":"Feature","id":|"(?:key|target|into|asset)":|(?:record|bases?|places|routes?|roads) (?:\\")?|\.(?:incidents|bases)\.|<Placemark id="k|<SimpleData name="id_*">|<b:id_*>))(\d+)`)
	resultID  = regexp.MustCompile(`"id":(\d+),"properties":\{[^{}]*\}`) // of a feature of an analysis: a key, or a number
	manyKeys  = regexp.MustCompile(`("(?:keys|bases|routes|in_time_of)":\[)([\d,]+)`)
	rowKey    = regexp.MustCompile(`(?m)^\d+`)                                 // of a table
	importID  = regexp.MustCompile(`((?:/api/imports/|"id":"))[a-z2-7]{26}\b`) // drawn by lot
	importAge = regexp.MustCompile(`"created":"[^"]*","updated":"[^"]*","expires":"[^"]*"`)
	cursorKey = regexp.MustCompile(`(after=(?:[pd][0-9a-f]+|s[^"&<>;]*)\.)([0-9a-z]+)`)
)

// masked puts the names of records in place of their keys.
func (s *stage) masked(text string) string {
	text = importAge.ReplaceAllString(importID.ReplaceAllString(text, "$1*"), `"times":"*"`)
	text = oneKey.ReplaceAllStringFunc(text, func(m string) string {
		parts := oneKey.FindStringSubmatch(m)
		return parts[1] + s.name(parts[2], 10)
	})
	text = resultID.ReplaceAllStringFunc(text, func(m string) string {
		if !strings.Contains(m, `"key":`) {
			return m
		}
		// Its properties tell the key; whether the id is the same or counts is
		// told by the features before it.
		return `"id":*` + m[strings.IndexByte(m, ','):]
	})
	text = manyKeys.ReplaceAllStringFunc(text, func(m string) string {
		parts := manyKeys.FindStringSubmatch(m)
		keys := strings.Split(parts[2], ",")
		for i := range keys {
			keys[i] = s.name(keys[i], 10)
		}
		return parts[1] + strings.Join(keys, ",")
	})
	return cursorKey.ReplaceAllStringFunc(text, func(m string) string {
		parts := cursorKey.FindStringSubmatch(m)
		return parts[1] + s.name(parts[2], 36)
	})
}

func (s *stage) name(key string, base int) string {
	n, err := strconv.ParseInt(key, base, 64)
	if name, known := s.names[geo.Key(n)]; err == nil && known {
		return "<" + name + ">"
	}
	return key
}

// tileText writes a tile out, with the names of records for their ids.
func (s *stage) tileText(tile []byte) string {
	var b strings.Builder
	for field, value := range protobuf(s.t, tile) {
		fmt.Fprintf(&b, "layer %d\n", field)
		for field, value := range protobuf(s.t, value) {
			if field != 2 {
				fmt.Fprintf(&b, "  %d %q\n", field, value)
				continue
			}
			for field, value := range protobuf(s.t, value) {
				text := fmt.Sprintf("%x", value)
				if field == 1 {
					id, _ := varint.Uvarint(value)
					text = s.name(strconv.FormatUint(id, 10), 10)
				}
				fmt.Fprintf(&b, "    %d %s\n", field, text)
			}
		}
	}
	return b.String()
}

// protobuf walks the fields of a message. A number is given as it is written.
func protobuf(t *testing.T, b []byte) func(yield func(field uint64, value []byte) bool) {
	return func(yield func(uint64, []byte) bool) {
		for len(b) > 0 {
			tag, n := varint.Uvarint(b)
			b = b[n:]
			size, n := varint.Uvarint(b)
			value := b[:n]
			b = b[n:]
			switch tag & 7 {
			case 0:
			case 2:
				value, b = b[:size], b[size:]
			default:
				t.Fatalf("a tile holds a field of the type %d", tag&7)
			}
			if !yield(tag>>3, value) {
				return
			}
		}
	}
}

// compareReplies wants the answers of two worlds to be the same, but for keys.
// A tag may differ where a key does: its revision may not.
func compareReplies(t *testing.T, desc string, with, without *stage, got, want reply) {
	t.Helper()
	a, b := headerText(with, got.header), headerText(without, want.header)
	if !bytes.Equal(got.raw, want.raw) {
		if x, y := with.text(got), without.text(want); x != y {
			t.Errorf("%s: %d, want %d: %s", desc, got.code, want.code, apart(x, y))
		}
		a, b = withoutBytes(a), withoutBytes(b)
	}
	if got.code != want.code || !maps.Equal(a, b) {
		t.Errorf("%s: %d and the headers %v, want %d and %v", desc, got.code, a, want.code, b)
	}
}

func headerText(s *stage, h http.Header) map[string]string {
	out := map[string]string{}
	for name, values := range h {
		out[name] = strings.Join(values, "\n")
		if name == "Link" || name == "Location" {
			out[name] = s.masked(out[name])
		}
	}
	return out
}

// withoutBytes takes out what follows from the very bytes of an answer.
func withoutBytes(h map[string]string) map[string]string {
	delete(h, "Content-Length")
	if tag := h["Etag"]; tag != "" {
		rev, _, dashed := strings.Cut(tag, "-")
		if h["Etag"] = "of these bytes"; dashed {
			h["Etag"] = rev
		}
	}
	return h
}

// apart shows where two texts part.
func apart(a, b string) string {
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	from := max(0, n-200)
	return fmt.Sprintf("\n%.500s\nwant\n%.500s", a[from:], b[from:])
}

// nextPage is the address of the page that follows, "" for none.
func (r *reply) nextPage() string {
	for _, link := range r.header.Values("Link") {
		if address, rest, ok := strings.Cut(strings.TrimPrefix(link, "<"), ">"); ok && strings.Contains(rest, `rel="next"`) {
			return strings.TrimPrefix(address, "http://127.0.0.1:8080")
		}
	}
	return ""
}
