package layer

import (
	"bufio"
	"context"
	"fmt"
	"math"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkt"

	"bivouac/geo"
)

const postgresBin = "/usr/lib/postgresql/15/bin"

// TestAgainstPostGIS counts points in 40 boxes, 40 circles and 20 polygons as
// PostGIS does: boxes and polygons with straight edges, circles on the
// spheroid.
func TestAgainstPostGIS(t *testing.T) {
	db := startPostGIS(t)
	r := newRand(t)
	features := points(0)
	for k := range 20_000 {
		p := orb.Point{-12 + 16*r.Float64(), 10 + 15*r.Float64()}
		if k%4 == 0 {
			p = orb.Point{r.Float64()*360 - 180, r.Float64()*180 - 90}
		}
		features = append(features, geo.Feature{Key: geo.Key(k + 1), Geometry: p})
	}
	l := build(t, features...)
	db.load(t, features)
	ctx := context.Background()
	var ours []int
	var questions []string
	ask := func(n int, err error, sql string, args ...any) {
		if err != nil {
			t.Fatal(err)
		}
		ours = append(ours, n)
		questions = append(questions, fmt.Sprintf("select count(*) from p where "+sql, args...))
	}
	for i := range 40 {
		w, s := r.Float64()*300-180, r.Float64()*120-80
		b := geo.NewBox(w, s, min(w+r.Float64()*60, 180), min(s+r.Float64()*40, 90))
		n, err := l.Count(ctx, geo.Selection{Box: b})
		ask(n, err, "g && ST_MakeEnvelope(%v,%v,%v,%v,4326) and g @ ST_MakeEnvelope(%v,%v,%v,%v,4326)",
			b.West, b.South, b.East, b.North, b.West, b.South, b.East, b.North)
		c, radius := randomPlace(r), r.Float64()*900_000
		if i%2 == 0 {
			c = orb.Point{-12 + 16*r.Float64(), 10 + 15*r.Float64()}
		}
		n, err = l.CountWithin(ctx, c, radius, geo.Selection{})
		ask(n, err, "ST_DWithin(g::geography, 'SRID=4326;POINT(%v %v)'::geography, %v, true)", c[0], c[1], radius)
	}
	for range 20 {
		ring := star(r.Float64(), orb.Point{-4 + 4*r.Float64(), 17 + 3*r.Float64()})
		n, err := l.CountWithin(ctx, orb.Polygon{ring}, 0, geo.Selection{})
		ask(n, err, "ST_Intersects(g, 'SRID=4326;%s'::geometry)", wkt.MarshalString(orb.Polygon{ring}))
	}
	for i, theirs := range db.counts(t, questions) {
		if ours[i] != theirs {
			t.Errorf("%s: %d, we say %d", questions[i], theirs, ours[i])
		}
	}
}

// star is a ring of 24 corners, every other one nearer to the middle.
func star(turn float64, c orb.Point) orb.Ring {
	var ring orb.Ring
	for i := range 24 {
		a := (turn + float64(i)/24) * 2 * math.Pi
		arm := 3.0
		if i%2 == 1 {
			arm = 1.2
		}
		s, cos := math.Sincos(a)
		ring = append(ring, orb.Point{c[0] + arm*cos, c[1] + arm*s})
	}
	return append(ring, ring[0])
}

type postGIS struct{ port string }

// startPostGIS runs a server of its own in a temporary folder, as the user
// postgres where the test runs as root, which PostgreSQL refuses.
func startPostGIS(t *testing.T) postGIS {
	t.Helper()
	if _, err := os.Stat(filepath.Join(postgresBin, "postgres")); err != nil {
		if os.Getenv("BIVOUAC_REQUIRE_CLIENTS") == "1" {
			t.Fatal("PostgreSQL 15 with PostGIS is not installed: .ci/install does it")
		}
		t.Skip("PostgreSQL 15 with PostGIS is not installed, so nothing is compared with it; make test installs it")
	}
	dir, err := os.MkdirTemp("", "bivouac-postgis")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	db := postGIS{freePort(t)}
	data := filepath.Join(dir, "data")
	own(t, dir)
	asPostgres(t, "initdb", "-D", data, "-A", "trust", "-E", "UTF8", "--locale=C", "-U", "postgres", "--no-sync")
	asPostgres(t, "pg_ctl", "-D", data, "-l", filepath.Join(dir, "log"), "-w", "-o",
		fmt.Sprintf("-c listen_addresses=127.0.0.1 -c port=%s -c unix_socket_directories=%s -c fsync=off", db.port, dir), "start")
	t.Cleanup(func() { asPostgres(t, "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop") })
	return db
}

func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return strconv.Itoa(l.Addr().(*net.TCPAddr).Port)
}

func own(t *testing.T, dir string) {
	t.Helper()
	if os.Getuid() != 0 {
		return
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		t.Fatal(err)
	}
	uid, _ := strconv.Atoi(u.Uid)
	gid, _ := strconv.Atoi(u.Gid)
	if err := os.Chown(dir, uid, gid); err != nil {
		t.Fatal(err)
	}
}

func asPostgres(t *testing.T, program string, args ...string) {
	t.Helper()
	args = append([]string{filepath.Join(postgresBin, program)}, args...)
	if os.Getuid() == 0 {
		args = append([]string{"runuser", "-u", "postgres", "--"}, args...)
	}
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Dir = os.TempDir()
	// A server that was started keeps its output open: it goes to a file, so
	// that waiting for this command does not wait for the server.
	out, err := os.CreateTemp(t.TempDir(), "out")
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	cmd.Stdout, cmd.Stderr = out, out
	if err := cmd.Run(); err != nil {
		text, _ := os.ReadFile(out.Name())
		t.Fatalf("%s: %v\n%s", program, err, text)
	}
}

func (db postGIS) psql(t *testing.T, input string) string {
	t.Helper()
	cmd := exec.Command(filepath.Join(postgresBin, "psql"), "-h", "127.0.0.1", "-p", db.port, "-U", "postgres", "-qAt", "-v", "ON_ERROR_STOP=1")
	cmd.Stdin = strings.NewReader(input)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("psql: %v\n%s", err, out)
	}
	return string(out)
}

func (db postGIS) load(t *testing.T, features []geo.Feature) {
	t.Helper()
	var b strings.Builder
	b.WriteString("create extension postgis; create table p(x float8, y float8, g geometry(Point,4326) generated always as (ST_SetSRID(ST_MakePoint(x,y),4326)) stored);\ncopy p(x,y) from stdin;\n")
	for i := range features {
		p := features[i].Geometry.(orb.Point)
		fmt.Fprintf(&b, "%v\t%v\n", p[0], p[1])
	}
	b.WriteString("\\.\n")
	db.psql(t, b.String())
}

func (db postGIS) counts(t *testing.T, questions []string) []int {
	t.Helper()
	var out []int
	lines := bufio.NewScanner(strings.NewReader(db.psql(t, strings.Join(questions, ";\n")+";")))
	for lines.Scan() {
		n, err := strconv.Atoi(lines.Text())
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, n)
	}
	if len(out) != len(questions) {
		t.Fatalf("%d answers to %d questions", len(out), len(questions))
	}
	return out
}
