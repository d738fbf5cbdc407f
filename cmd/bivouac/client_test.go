package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// lines collects what a command prints while it runs.
type lines struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

func (l *lines) reset() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.buf.Reset()
}

var serves = regexp.MustCompile(`Bivouac serves (http://\S+)/`)

// startServer runs bivouac serve on a free port until the test ends, and
// returns its address.
func startServer(t *testing.T, args ...string) string {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	out, errs := &lines{}, &lines{}
	done := make(chan int, 1)
	go func() {
		done <- run(ctx, append([]string{"serve", "--addr", "127.0.0.1:0", "--log", "none"}, args...), console{out, errs})
	}()
	t.Cleanup(func() {
		stop()
		if code := <-done; code != exitDone {
			t.Errorf("the server stopped with %d: %s", code, errs)
		}
	})
	for range 1200 {
		if m := serves.FindStringSubmatch(out.String()); m != nil {
			return m[1]
		}
		select {
		case code := <-done:
			done <- code
			t.Fatalf("the server did not start: %s%s", out, errs)
		case <-time.After(50 * time.Millisecond):
		}
	}
	t.Fatalf("the server did not say its address: %s%s", out, errs)
	return ""
}

func getJSON(t *testing.T, url string, into any) {
	t.Helper()
	resp, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s", url, resp.Status)
	}
	if err := json.NewDecoder(resp.Body).Decode(into); err != nil {
		t.Fatalf("%s: %v", url, err)
	}
}

type collection struct {
	ID        string
	ItemCount int
	Extent    struct {
		Spatial struct{ Bbox [][4]float64 }
	}
}

func ogrinfo(t *testing.T, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath("ogrinfo"); err != nil {
		if os.Getenv("BIVOUAC_REQUIRE_CLIENTS") == "1" {
			t.Fatal("ogrinfo is not installed: .ci/install does it")
		}
		t.Skip("ogrinfo is not installed, so GDAL does not read the server; make test installs it")
	}
	out, err := exec.Command("ogrinfo", args...).CombinedOutput()
	if err != nil {
		t.Fatalf("ogrinfo %v: %v\n%s", args, err, out)
	}
	if bytes.Contains(out, []byte("ERROR")) || bytes.Contains(out, []byte("Warning")) {
		t.Errorf("ogrinfo %v:\n%s", args, out)
	}
	return string(out)
}

// TestGDALSeesEveryCollection compares counts, extents and fields with what
// the server says of itself.
func TestGDALSeesEveryCollection(t *testing.T) {
	server := startServer(t)
	var all struct{ Collections []collection }
	getJSON(t, server+"/api/collections", &all)
	if len(all.Collections) < 5 {
		t.Fatalf("%d collections", len(all.Collections))
	}
	for _, c := range all.Collections {
		out := ogrinfo(t, "-so", "OAPIF:"+server+"/api", c.ID)
		if want := fmt.Sprintf("Feature Count: %d\n", c.ItemCount); !strings.Contains(out, want) {
			t.Errorf("%s: GDAL does not say %q:\n%s", c.ID, want, out)
		}
		b := c.Extent.Spatial.Bbox[0]
		if want := fmt.Sprintf("Extent: (%.6f, %.6f) - (%.6f, %.6f)", b[0], b[1], b[2], b[3]); !strings.Contains(out, want) {
			t.Errorf("%s: GDAL does not say %q:\n%s", c.ID, want, out)
		}
		var schema struct{ Properties map[string]any }
		getJSON(t, server+"/api/collections/"+c.ID+"/queryables", &schema)
		for name := range schema.Properties {
			if name != "geometry" && !strings.Contains(out, "\n"+name+": ") {
				t.Errorf("%s: GDAL sees no field %s", c.ID, name)
			}
		}
	}
}

// TestGDALReadsAllRows: page by page, whatever the size of its pages.
func TestGDALReadsAllRows(t *testing.T) {
	server := startServer(t)
	for _, size := range []string{"7", "100", "1000"} {
		out := ogrinfo(t, "-ro", "-al", "-q", "-oo", "PAGE_SIZE="+size, "OAPIF:"+server+"/api", "bases")
		if n := strings.Count(out, "OGRFeature(bases):"); n != 98 {
			t.Errorf("in pages of %s: %d bases", size, n)
		}
	}
	out := ogrinfo(t, "-ro", "-q", "OAPIF:"+server+"/api", "bases", "-where", "mission='MINUSMA' AND kind='battalion'")
	if n := strings.Count(out, "OGRFeature(bases):"); n != 6 {
		t.Errorf("%d battalions of MINUSMA", n)
	}
	out = ogrinfo(t, "-ro", "-q", "-fid", "2", "OAPIF:"+server+"/api", "bases")
	if !strings.Contains(out, "name (String) = Gao") || !strings.Contains(out, "POINT (-0.04 16.27)") {
		t.Errorf("base 2 reads as\n%s", out)
	}
}

// TestCeiling: what is classified above it does not exist, and the operator is
// told.
func TestCeiling(t *testing.T) {
	file := filepath.Join(t.TempDir(), "seen.csv")
	if err := os.WriteFile(file, []byte("id,lon,lat,category,classification\n1,0,15,ied,unclassified\n2,0,16,ied,confidential\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for ceiling, want := range map[string]int{"unclassified": 1, "confidential": 2} {
		server := startServer(t, "--load", file, "--collection", "incidents", "--ceiling", ceiling)
		var list struct{ NumberMatched int }
		getJSON(t, server+"/api/collections/incidents/items?resultType=hits", &list)
		if list.NumberMatched != want {
			t.Errorf("%d incidents up to %s, want %d", list.NumberMatched, ceiling, want)
		}
	}
}

// watch returns the address of a proxy before a server, and what is asked
// through it: path and query of each request, a line each.
func watch(t *testing.T, server string) (address string, seen *lines) {
	t.Helper()
	target, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	seen = &lines{}
	proxy := httptest.NewServer(&httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		fmt.Fprintln(seen, r.In.URL.Path+"?"+r.In.URL.RawQuery)
		r.SetURL(target)
		r.Out.Host = r.In.Host
	}})
	t.Cleanup(proxy.Close)
	return proxy.URL, seen
}

// TestGDALPushesFiltersDown: a filter must reach the server, and the rows be
// those that match.
func TestGDALPushesFiltersDown(t *testing.T) {
	server := startServer(t)
	watched, seen := watch(t, server)
	for _, c := range []struct{ where, filter string }{
		{"killed > 2 AND category = 'ied'", "killed > 2 AND category = 'ied'"},
		{"outcome ILIKE 'DET%' AND killed >= 5", "outcome ILIKE 'DET%' AND killed >= 5"},
		{"killed > 20 OR injured > 40", "killed > 20 OR injured > 40"},
	} {
		var want struct{ NumberMatched int }
		getJSON(t, server+"/api/collections/incidents/items?resultType=hits&filter="+url.QueryEscape(c.filter), &want)
		if want.NumberMatched == 0 || want.NumberMatched > 1000 {
			t.Errorf("%s: %d incidents say nothing", c.filter, want.NumberMatched)
		}
		out := ogrinfo(t, "-ro", "-q", "-oo", "PAGE_SIZE=100", "OAPIF:"+watched+"/api", "incidents", "-where", c.where)
		if n := strings.Count(out, "OGRFeature(incidents):"); n != want.NumberMatched {
			t.Errorf("%s: GDAL has %d rows, want %d", c.where, n, want.NumberMatched)
		}
		if !strings.Contains(seen.String(), "filter-lang=cql-text") {
			t.Errorf("%s: GDAL kept the filter to itself; the server saw\n%s", c.where, seen)
		}
		seen.reset()
	}
}

// TestGDALReadsTiles opens a zoom as GDAL's driver for vector tiles does: it
// finds metadata.json beside it, and by that the fields and their types.
func TestGDALReadsTiles(t *testing.T) {
	server := startServer(t)
	watched, seen := watch(t, server)
	for _, way := range []string{"", "/vsicurl/"} {
		out := ogrinfo(t, "-ro", "-al", "-q", "-oo", "CLIP=NO", "MVT:"+way+watched+"/api/collections/bases/xyz/4")
		bases := 0
		for _, m := range regexp.MustCompile(`count \(Real\) = (\d+)`).FindAllStringSubmatch(out, -1) {
			n, _ := strconv.Atoi(m[1])
			bases += n
		}
		if bases != 98 || !strings.Contains(out, "Layer name: bases") || !strings.Contains(out, "name (String) = ") {
			t.Errorf("%q: the tiles of zoom 4 hold %d bases of 98:\n%.2000s", way, bases, out)
		}
	}
	if !strings.Contains(seen.String(), "/xyz/metadata.json?") {
		t.Errorf("GDAL read no metadata.json: %s", seen)
	}
}
