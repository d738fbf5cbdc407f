package encode_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"

	"bivouac/api/encode"
	"bivouac/geo"
)

func TestCodingOf(t *testing.T) {
	for accept, want := range map[string]encode.Coding{
		"": encode.Plain, "gzip": encode.Gzip, "gzip, deflate, br": encode.Gzip, "br;q=1, GZIP;q=0.5": encode.Gzip,
		"gzip;q=0": encode.Plain, "deflate": encode.Plain, "identity": encode.Plain, "*": encode.Gzip, "gzip;q=x": encode.Plain,
		"xgzip": encode.Plain, "zstd": encode.Zstd, "gzip, deflate, br, zstd": encode.Zstd, "ZSTD, gzip": encode.Zstd,
		"zstd;q=0.5, gzip": encode.Gzip, "zstd;q=0, gzip;q=0.1": encode.Gzip, "zstd;q=0, *": encode.Gzip, "zstd;q=0.4, *;q=0.5": encode.Gzip,
		"gzip;q=0, *": encode.Plain, "zstd;q=0": encode.Plain, "identity, gzip;q=0.5": encode.Plain, "identity;q=0.5, gzip;q=0.5": encode.Gzip,
		"identity;q=0, zstd;q=0.001": encode.Zstd, "gzip;q=0.2, zstd;q=0.2": encode.Zstd, "zstdx, x-zstd": encode.Plain,
	} {
		if got := encode.CodingOf(accept); got != want {
			t.Errorf("%q: %q, want %q", accept, got, want)
		}
	}
}

func TestNegotiate(t *testing.T) {
	const chrome = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
	for _, c := range []struct {
		desc, accept string
		offers       []string
		want         string
	}{
		{"OWSLib", "*/*", []string{encode.GeoJSON, encode.JSON}, encode.GeoJSON},
		{"nothing said", "", []string{encode.JSON, encode.HTML}, encode.JSON},
		{"GDAL at items", "application/geo+json, application/json", []string{encode.GeoJSON, encode.JSON}, encode.GeoJSON},
		{"GDAL at queryables", "application/json", []string{encode.JSONSchema, encode.JSON}, encode.JSON},
		{"QGIS at queryables", "application/schema+json", []string{encode.JSONSchema, encode.JSON}, encode.JSONSchema},
		{"a browser where there is HTML", chrome, []string{encode.JSON, encode.HTML}, encode.HTML},
		{"a browser where there is none", chrome, []string{encode.GeoJSON, encode.JSON}, encode.GeoJSON},
		{"GDAL at the API", "application/vnd.oai.openapi+json;version=3.0, application/json", []string{encode.OpenAPI}, encode.OpenAPI},
		{"a range", "application/*;q=0.2", []string{encode.GeoJSON}, encode.GeoJSON},
		{"the more specific counts", "application/json;q=0.1, */*", []string{encode.JSON, encode.HTML}, encode.HTML},
		{"refused by its name", "application/geo+json;q=0, */*;q=0.1", []string{encode.GeoJSON, encode.JSON}, encode.JSON},
		{"in capitals", "Application/JSON", []string{encode.HTML, encode.JSON}, encode.JSON},
	} {
		if got, err := encode.Negotiate(c.accept, c.offers...); err != nil || got != c.want {
			t.Errorf("%s: %q, %v; want %q", c.desc, got, err, c.want)
		}
	}
	for _, accept := range []string{"image/png", "text/html", "application/json;q=0", ";;,"} {
		if got, err := encode.Negotiate(accept, encode.GeoJSON); geo.CodeOf(err) != geo.Unacceptable {
			t.Errorf("%q: %q, %v", accept, got, err)
		}
	}
}

func TestTag(t *testing.T) {
	if encode.Tag([]byte("ab"), []byte("c")) == encode.Tag([]byte("a"), []byte("bc")) {
		t.Error("parts run into each other")
	}
	tag := encode.Tag([]byte("x"))
	for header, want := range map[string]bool{
		"": false, tag: true, "W/" + tag: true, "*": true, `"other", ` + tag: true, `W/"a",W/` + tag + `,"b"`: true,
		`"other"`: false, strings.Trim(tag, `"`): false, `"` + tag[1:len(tag)-1]: false, "nonsense, " + tag: false,
	} {
		if got := encode.Matches(header, tag); got != want {
			t.Errorf("%q against %s: %v", header, tag, got)
		}
	}
}

// FuzzMatches has no oracle: it must end and not fall over.
func FuzzMatches(f *testing.F) {
	f.Add(`W/"a", "b"`, `"b"`)
	f.Fuzz(func(t *testing.T, header, tag string) {
		encode.Matches(header, tag)
		encode.CodingOf(header)
		if media, err := encode.Negotiate(header, encode.JSON, encode.HTML); err == nil && media == "" {
			t.Fatalf("%q is answered with nothing", header)
		}
	})
}

func TestSmallBody(t *testing.T) {
	for _, coding := range []encode.Coding{encode.Plain, encode.Gzip, encode.Zstd} {
		w := httptest.NewRecorder()
		b := encode.NewBody(w, http.StatusOK, coding, time.Second)
		b.B = append(b.B, "hello"...)
		sent, err := b.Close()
		if err != nil || sent != 5 || w.Body.String() != "hello" || w.Header().Get("Content-Length") != "5" || w.Header().Get("Content-Encoding") != "" {
			t.Errorf("%q: %d bytes, %v, %v, %s", coding, sent, err, w.Header(), w.Body)
		}
	}
}

func TestLongBody(t *testing.T) {
	piece := []byte(strings.Repeat("0123456789abcdef", 100))
	for _, coding := range []encode.Coding{encode.Plain, encode.Gzip, encode.Zstd} {
		w := httptest.NewRecorder()
		b := encode.NewBody(w, http.StatusTeapot, coding, time.Second)
		for range 500 {
			b.B = append(b.B, piece...)
			if err := b.Spill(); err != nil {
				t.Fatal(err)
			}
			if len(b.B) > 300<<10 {
				t.Fatalf("%d bytes wait", len(b.B))
			}
		}
		if _, err := b.Close(); err != nil {
			t.Fatal(err)
		}
		if w.Code != http.StatusTeapot || w.Header().Get("Content-Length") != "" {
			t.Errorf("%q: %d %v", coding, w.Code, w.Header())
		}
		if got := unpack(t, w); !bytes.Equal(got, bytes.Repeat(piece, 500)) {
			t.Errorf("%q: %d bytes, not the ones that were written", coding, len(got))
		}
	}
}

func unpack(t *testing.T, w *httptest.ResponseRecorder) []byte {
	t.Helper()
	packed := io.Reader(w.Body)
	var err error
	switch coding := w.Header().Get("Content-Encoding"); coding {
	case "gzip":
		packed, err = gzip.NewReader(w.Body)
	case "zstd":
		packed, err = zstd.NewReader(w.Body)
	case "":
	default:
		t.Fatalf("packed by %q", coding)
	}
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(packed)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// TestTakes is asked where bytes lie packed already.
func TestTakes(t *testing.T) {
	for accept, want := range map[string]bool{"": false, "gzip": true, "zstd, gzip;q=0.1": true, "gzip;q=0, *": false, "*": true, "zstd": false, "*;q=0": false} {
		if got := encode.Takes(accept, encode.Gzip); got != want {
			t.Errorf("%q: %t", accept, got)
		}
	}
}

// TestPackersAreReused packs answers one after the other: nothing of one is
// left in the next.
func TestPackersAreReused(t *testing.T) {
	for _, coding := range []encode.Coding{encode.Gzip, encode.Zstd} {
		for i := range 50 {
			text := bytes.Repeat([]byte{byte('a' + i%26)}, 2000+i*10_000)
			w := httptest.NewRecorder()
			b := encode.NewBody(w, http.StatusOK, coding, time.Second)
			if i%7 == 3 {
				b.B = append(b.B, make([]byte, 1<<20)...)
				if err := b.Spill(); err != nil || !b.Drop() {
					t.Fatalf("%s: a cut answer: %v", coding, err)
				}
				continue
			}
			if err := b.All(text); err != nil {
				t.Fatal(err)
			}
			if got := unpack(t, w); !bytes.Equal(got, text) || w.Header().Get("Content-Encoding") != string(coding) {
				t.Fatalf("%s: answer %d: %d bytes, want %d", coding, i, len(got), len(text))
			}
		}
	}
}

func TestAll(t *testing.T) {
	text := []byte(strings.Repeat("x", 200_000))
	for _, coding := range []encode.Coding{encode.Plain, encode.Gzip, encode.Zstd} {
		w := httptest.NewRecorder()
		if err := encode.NewBody(w, http.StatusOK, coding, time.Second).All(text); err != nil {
			t.Fatal(err)
		}
		if hasLength := w.Header().Get("Content-Length") == "200000"; hasLength != (coding == encode.Plain) {
			t.Errorf("%q: %v", coding, w.Header())
		}
		if got := unpack(t, w); !bytes.Equal(got, text) {
			t.Errorf("%q: %d bytes came through", coding, len(got))
		}
	}
}

// deaf is a reader that has gone.
type deaf struct{ http.ResponseWriter }

var errGone = errors.New("gone")

func (deaf) Write([]byte) (int, error) { return 0, errGone }

func TestGoneReader(t *testing.T) {
	for _, coding := range []encode.Coding{encode.Plain, encode.Gzip, encode.Zstd} {
		b := encode.NewBody(deaf{httptest.NewRecorder()}, http.StatusOK, coding, time.Second)
		var err error
		for range 1000 {
			b.B = append(b.B, bytes.Repeat([]byte{byte(len(b.B))}, 10_000)...)
			if err = b.Spill(); err != nil {
				break
			}
		}
		if !errors.Is(err, errGone) {
			t.Errorf("%q: %v", coding, err)
		}
		if !b.Drop() {
			t.Errorf("%q: something had been sent, so the answer is cut", coding)
		}
	}
	if encode.NewBody(httptest.NewRecorder(), http.StatusOK, encode.Plain, 0).Drop() {
		t.Error("nothing had been sent")
	}
}
