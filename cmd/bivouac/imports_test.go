package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// wall says who may import a library that only some rooms know.
type wall struct {
	library string
	rooms   []string
}

var walls = []wall{
	{"github.com/tidwall/rtree", []string{"geo/index"}},
	{"github.com/paulmach/orb/planar", []string{"geo/shape"}},
	{"github.com/paulmach/orb/clip", []string{"geo/shape"}},
	{"github.com/twpayne/go-geom/xy", []string{"geo/shape"}},
	{"github.com/twpayne/go-geom", []string{"data", "geo/shape"}},
	{"github.com/peterstace/simplefeatures", []string{"geo/shape"}},
	{"golang.org/x/text", []string{"geo/filter", "data"}},
	{"github.com/labstack/echo", []string{"api"}},
	{"github.com/prometheus", []string{"api"}},
	{"github.com/coreos/go-oidc", []string{"api/auth"}},
	{"github.com/klauspost/compress", []string{"api/encode"}},
	{"github.com/parquet-go/parquet-go", []string{"data/export"}},
	{"github.com/google/flatbuffers", []string{"data"}},
	{"golang.org/x/oauth2", []string{"api/auth"}},
	{"modernc.org/sqlite", []string{"data"}},
}

// impure are the parts of the standard library through which the world gets
// into an answer.
var impure = []string{"net", "net/http", "os", "os/exec", "log", "log/slog", "embed", "syscall", "math/rand"}

// TestImports holds who may import whom. Each case is a rule of the house.
func TestImports(t *testing.T) {
	for file, imports := range importsOf(t, "../..") {
		room := filepath.ToSlash(filepath.Dir(file))
		for _, path := range imports {
			if why := forbidden(room, path); why != "" {
				t.Errorf("%s imports %s: %s", file, path, why)
			}
		}
	}
}

func forbidden(room, path string) string {
	for _, w := range walls {
		if within(path, w.library) && !slices.ContainsFunc(w.rooms, func(r string) bool { return within(room, r) }) &&
			!slices.ContainsFunc(walls, func(o wall) bool {
				return len(o.library) > len(w.library) && within(path, o.library)
			}) {
			return "only " + strings.Join(w.rooms, " and ") + " may"
		}
	}
	top, _, _ := strings.Cut(room, "/")
	own, isOwn := strings.CutPrefix(path, "bivouac/")
	switch {
	case top == "geo" && isOwn && !within(own, "geo"):
		return "geo imports only geo"
	case top == "geo" && !isOwn && !pure(path) && !strings.HasSuffix(room, "test"): // rooms for tests are in no answer
		return "geo imports only the pure standard library, orb, gonum and what stands behind a wall"
	case top == "data" && isOwn && !within(own, "geo") && !within(own, "data"):
		return "data imports only geo"
	case top == "api" && isOwn && !within(own, "geo") && !within(own, "api"):
		return "api imports only geo"
	case isOwn && within(own, "web") && top != "cmd":
		return "only cmd imports web"
	case isOwn && within(own, "cmd"):
		return "nothing imports cmd"
	}
	return ""
}

func pure(path string) bool {
	if !strings.Contains(strings.Split(path, "/")[0], ".") {
		return !slices.Contains(impure, path)
	}
	if within(path, "github.com/paulmach/orb") || within(path, "gonum.org/v1/gonum") {
		return true
	}
	return slices.ContainsFunc(walls, func(w wall) bool { return within(path, w.library) })
}

// within reports whether path is the folder or lies in it. A major version
// belongs to the module's path.
func within(path, folder string) bool {
	return path == folder || strings.HasPrefix(path, folder+"/")
}

// TestImportRulesBite proves that each rule refuses what it is there for.
func TestImportRulesBite(t *testing.T) {
	for _, c := range []struct{ room, path string }{
		{"geo/density", "bivouac/data"}, {"geo/density", "net/http"}, {"geo", "os"},
		{"geo/layer", "github.com/tidwall/rtree"}, {"geo/density", "github.com/labstack/echo/v4"},
		{"geo/measure", "github.com/peterstace/simplefeatures/geom"}, {"data/load", "bivouac/api"},
		{"api", "bivouac/data"}, {"data", "github.com/labstack/echo/v4"}, {"api/params", "bivouac/web"},
		{"api/encode", "github.com/twpayne/go-geom"}, {"geo/grid", "github.com/paulmach/orb/planar"},
	} {
		if forbidden(c.room, c.path) == "" {
			t.Errorf("%s may import %s", c.room, c.path)
		}
	}
	for _, c := range []struct{ room, path string }{
		{"geo/index", "github.com/tidwall/rtree"}, {"geo/shape", "github.com/paulmach/orb/planar"},
		{"geo/layer", "bivouac/geo/index"}, {"cmd/bivouac", "bivouac/web"}, {"geo", "github.com/paulmach/orb"},
		{"data/load", "github.com/twpayne/go-geom/encoding/wkb"}, {"geo/measure", "math"},
	} {
		if why := forbidden(c.room, c.path); why != "" {
			t.Errorf("%s may not import %s: %s", c.room, c.path, why)
		}
	}
}

// importsOf reads the imports of every Go file that is no test.
func importsOf(t *testing.T, root string) map[string][]string {
	t.Helper()
	found := map[string][]string{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || strings.HasPrefix(d.Name(), ".") && path != root) {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		for _, i := range f.Imports {
			p, err := strconv.Unquote(i.Path.Value)
			if err != nil {
				return err
			}
			found[rel] = append(found[rel], p)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(found) < 20 {
		t.Fatalf("only %d Go files found under %s", len(found), root)
	}
	return found
}

// TestNoCgo keeps the binary one that cross-compiles.
func TestNoCgo(t *testing.T) {
	for file, imports := range importsOf(t, "../..") {
		if slices.Contains(imports, "C") {
			t.Errorf("%s uses cgo", file)
		}
	}
}
