package gpkg

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"bivouac/data"
	"bivouac/geo"
	"bivouac/geo/randtest"
)

var spots = geo.Schema{Name: "spots", Title: "Spots", Geometry: geo.PointGeometry, Fields: []geo.Field{{Name: "text", Kind: geo.KindString}}}

var background = context.Background()

// begun makes a store with one collection.
func begun(t testing.TB) (*File, *data.Store) {
	t.Helper()
	f, err := Create(background, filepath.Join(t.TempDir(), "mission.gpkg"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f, opened(t, f, geo.Batch{Schemas: []geo.Schema{spots}})
}

func opened(t testing.TB, f *File, b geo.Batch) *data.Store {
	t.Helper()
	s, err := data.Open(background, f)
	if err == nil && len(b.Schemas) > 0 {
		_, err = s.Apply(background, b)
	}
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func spot(text string) geo.Batch {
	f := geo.Feature{Geometry: orb.Point{1, 2}, Values: []geo.Value{geo.String(text)}}
	return geo.Batch{Author: "ana", Changes: []geo.Change{{Collection: "spots", Op: geo.Add, Feature: f}}}
}

func rowsOf(s *data.Store) int {
	l, err := s.Snapshot().Layer("spots")
	if err != nil {
		return -1
	}
	return l.Rows()
}

// TestFilesThatAreNoStore: each is refused with a sentence, and left as it is.
func TestFilesThatAreNoStore(t *testing.T) {
	folder := t.TempDir()
	whole, s := begun(t)
	for i := range 40 {
		if _, err := s.Apply(background, spot(strings.Repeat("x", 2000+i))); err != nil {
			t.Fatal(err)
		}
	}
	if err := whole.Close(); err != nil {
		t.Fatal(err)
	}
	bytes, err := os.ReadFile(whole.path)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		desc, name string
		content    []byte
		want       geo.Code
		says       string
	}{
		{"empty", "empty.gpkg", []byte{}, geo.Invalid, "is empty"},
		{"of something else", "text.gpkg", []byte(strings.Repeat("no database ", 100)), geo.Invalid, "no GeoPackage"},
		{"cut off", "cut.gpkg", bytes[:len(bytes)/2], geo.Invalid, "damaged"},
		{"cut to its head", "head.gpkg", bytes[:100], geo.Invalid, "damaged"},
	} {
		path := filepath.Join(folder, c.name)
		if err := os.WriteFile(path, c.content, 0o600); err != nil {
			t.Fatal(err)
		}
		f, err := Open(background, path)
		if err == nil {
			_, err = data.Open(background, f)
			f.Close()
		}
		if geo.CodeOf(err) != c.want || !strings.Contains(fmt.Sprint(err), c.says) || !strings.Contains(fmt.Sprint(err), c.name) {
			t.Errorf("a file that is %s: %v", c.desc, err)
		}
		if now, err := os.ReadFile(path); err != nil || string(now) != string(c.content) {
			t.Errorf("a file that is %s was changed, %v", c.desc, err)
		}
	}
	if _, err := Open(background, filepath.Join(folder, "nowhere.gpkg")); geo.CodeOf(err) != geo.NotFound {
		t.Errorf("no file: %v", err)
	}
	if _, err := Open(background, folder); geo.CodeOf(err) != geo.Invalid {
		t.Errorf("a folder: %v", err)
	}
	if _, err := Create(background, whole.path); geo.CodeOf(err) != geo.Conflict {
		t.Errorf("made over a store: %v", err)
	}
}

// TestCreateAfterACut holds that a store is there whole or not at all: what a
// process left that was killed while it made one is in nobody's way.
func TestCreateAfterACut(t *testing.T) {
	path := filepath.Join(t.TempDir(), "mission.gpkg")
	half, err := connect(background, path+".part", false)
	if err != nil {
		t.Fatal(err)
	}
	if err := half.write(func(w *writer) error { w.run("CREATE TABLE gpkg_contents (half TEXT)"); return w.err }); err != nil {
		t.Fatal(err)
	}
	left, err := os.ReadFile(path + ".part-wal") // as a kill leaves it
	if err != nil || len(left) == 0 {
		t.Fatal(len(left), err)
	}
	if err := half.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path+".part-wal", left, 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := Create(background, path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if others, err := filepath.Glob(path + ".part*"); err != nil || others != nil {
		t.Errorf("left behind: %v, %v", others, err)
	}
}

func TestSecondProcessIsRefused(t *testing.T) {
	f, s := begun(t)
	if _, err := Open(background, f.path); geo.CodeOf(err) != geo.Conflict || !strings.Contains(err.Error(), "another Bivouac") {
		t.Errorf("opened twice: %v", err)
	}
	if _, err := s.Apply(background, spot("still")); err != nil {
		t.Errorf("the first one is disturbed: %v", err)
	}
}

func TestFullDiskLosesNothing(t *testing.T) {
	f, s := begun(t)
	if _, err := s.Apply(background, spot("before")); err != nil {
		t.Fatal(err)
	}
	limit := func(pages int) {
		if _, err := f.conn.ExecContext(background, fmt.Sprint("PRAGMA max_page_count=", pages)); err != nil {
			t.Fatal(err)
		}
	}
	limit(1) // SQLite takes it for as many as there are
	var err error
	for range 100 {
		if _, err = s.Apply(background, spot(strings.Repeat("x", 5000))); err != nil {
			break
		}
	}
	have := rowsOf(s)
	if geo.CodeOf(err) != geo.Unavailable || !strings.Contains(fmt.Sprint(err), "disk is full") {
		t.Fatalf("on a full disk: %v", err)
	}
	limit(1 << 30)
	if _, err := s.Apply(background, spot("after")); err != nil {
		t.Fatalf("when there is room again: %v", err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := Open(background, f.path)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if n := rowsOf(opened(t, again, geo.Batch{})); n != have+1 {
		t.Errorf("%d records, want %d", n, have+1)
	}
}

// TestFailedDiskStopsWriting: when nobody knows what the file holds, no change
// is acknowledged any more, and reading goes on.
func TestFailedDiskStopsWriting(t *testing.T) {
	f, s := begun(t)
	f.rollback(ioError(t))
	if _, err := s.Apply(background, spot("x")); geo.CodeOf(err) != geo.Unavailable || !strings.Contains(err.Error(), "takes no more changes") {
		t.Errorf("written after the disk failed: %v", err)
	}
	if rowsOf(s) != 0 {
		t.Error("readers see what was not written")
	}
}

// ioError is an error of SQLite about damaged pages.
func ioError(t *testing.T) error {
	t.Helper()
	path := filepath.Join(t.TempDir(), "broken")
	if err := os.WriteFile(path, []byte(strings.Repeat("broken", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := connect(background, path, false)
	if err == nil {
		t.Fatal("a broken file is opened")
	}
	for e := err; e != nil; {
		if unsure(e) {
			return e
		}
		u, ok := e.(interface{ Unwrap() error })
		if !ok {
			break
		}
		e = u.Unwrap()
	}
	t.Fatalf("not an error of damage: %v", err)
	return nil
}

func TestNewerFormatIsRefused(t *testing.T) {
	f, _ := begun(t)
	if err := f.write(func(w *writer) error {
		w.exec("UPDATE bivouac_store SET value='99' WHERE name='format'")
		return w.err
	}); err != nil {
		t.Fatal(err)
	}
	f.Close()
	if _, err := Open(background, f.path); geo.CodeOf(err) != geo.Conflict || !strings.Contains(err.Error(), "newer Bivouac") {
		t.Errorf("opened: %v", err)
	}
}

func TestMigrationsGoForwardFromACopy(t *testing.T) {
	f, s := begun(t)
	if _, err := s.Apply(background, spot("old")); err != nil {
		t.Fatal(err)
	}
	f.Close()
	steps := slices.Concat(migrations, []migration{
		func(w *writer) { w.run("CREATE TABLE bivouac_new (id INTEGER PRIMARY KEY)") },
		func(w *writer) { w.run("INSERT INTO bivouac_new VALUES (7)") },
	})
	broken := append(steps[:len(steps):len(steps)], func(w *writer) { w.run("no SQL") })
	if _, err := open(background, f.path, broken); err == nil {
		t.Fatal("a broken migration is taken for done")
	}
	if err := os.Remove(f.path + fmt.Sprintf(".format-%d.gpkg", format)); err != nil {
		t.Fatalf("no copy was taken first: %v", err)
	}
	g, err := open(background, f.path, steps)
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close()
	var n int
	if err := g.db.QueryRow("SELECT id FROM bivouac_new").Scan(&n); err != nil || n != 7 {
		t.Errorf("migrated to %d, %v", n, err)
	}
	if text, err := g.setting(background, "format"); err != nil || text != strconv.Itoa(format+2) {
		t.Errorf("the format is %s, %v", text, err)
	}
	old, err := Open(background, f.path+fmt.Sprintf(".format-%d.gpkg", format))
	if err != nil {
		t.Fatal(err)
	}
	defer old.Close()
	if rowsOf(opened(t, old, geo.Batch{})) != 1 {
		t.Error("the copy lacks the record")
	}
}

// TestLogCutAnywhere is a power cut: whatever part of the log was on the disk,
// the store opens with a beginning of what was committed.
func TestLogCutAnywhere(t *testing.T) {
	f, s := begun(t)
	if _, err := f.conn.ExecContext(background, "PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
		t.Fatal(err)
	}
	const n = 60
	for i := range n {
		b := spot(fmt.Sprint(i, strings.Repeat("x", i*40)))
		b.Changes = append(b.Changes, b.Changes[0]) // two together
		if _, err := s.Apply(background, b); err != nil {
			t.Fatal(err)
		}
	}
	file, err := os.ReadFile(f.path)
	if err != nil {
		t.Fatal(err)
	}
	log, err := os.ReadFile(f.path + "-wal")
	if err != nil || len(log) < n*1000 {
		t.Fatalf("the log has %d bytes, %v", len(log), err)
	}
	r := randtest.New(t, 1)
	some := false
	for i := range 52 {
		cut := r.IntN(len(log))
		switch i {
		case 50:
			cut = 0
		case 51:
			cut = len(log)
		}
		rows := recovered(t, file, log[:cut])
		some = some || rows > 0 && rows < 2*n
		if i == 51 && rows != 2*n {
			t.Errorf("with its whole log the store has %d records", rows)
		}
	}
	if !some {
		t.Error("no cut left a part of the commits: the test proves nothing")
	}
}

// recovered opens a copy of the store with the log, and returns how many
// records it holds. Half a commit is an error.
func recovered(t *testing.T, file, log []byte) int {
	t.Helper()
	path := filepath.Join(t.TempDir(), "copy.gpkg")
	for name, content := range map[string][]byte{path: file, path + "-wal": log} {
		if err := os.WriteFile(name, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	f, err := Open(background, path)
	if err != nil {
		t.Fatalf("cut at %d: %v", len(log), err)
	}
	s := opened(t, f, geo.Batch{})
	n := rowsOf(s)
	if version := int(s.Snapshot().Version); n != 2*(version-1) {
		t.Errorf("cut at %d: version %d with %d records: half a commit", len(log), version, n)
	}
	if _, err := s.Apply(background, spot("goes on")); err != nil {
		t.Errorf("cut at %d: no more changes: %v", len(log), err)
	}
	f.Close()
	h, err := Check(background, path)
	if err != nil || len(h.Faults) > 0 {
		t.Errorf("cut at %d: %v, %v", len(log), h, err)
	}
	return n
}

func TestAuditIsAChain(t *testing.T) {
	f, s := begun(t)
	if _, err := s.Apply(background, spot("x")); err != nil {
		t.Fatal(err)
	}
	for i := range 5 {
		if err := f.Audit(geo.Entry{Who: "ana", Act: geo.ActRead, Question: fmt.Sprint("GET ", i), Count: i, Highest: geo.Confidential}); err != nil {
			t.Fatal(err)
		}
	}
	f.Close()
	health := func() *Health {
		t.Helper()
		h, err := Check(background, f.path)
		if err != nil {
			t.Fatal(err)
		}
		return h
	}
	if h := health(); h.Audit != 7 || len(h.Faults) > 0 {
		t.Fatalf("two changes and five reads: %+v", h)
	}
	g, err := connect(background, f.path, false)
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close()
	acts := []string{"UPDATE bivouac_audit SET who='bob' WHERE id=4", "DELETE FROM bivouac_audit WHERE id=4"}
	for _, act := range acts {
		if _, err := g.conn.ExecContext(background, act); err == nil || !strings.Contains(err.Error(), "append-only") {
			t.Errorf("%s: %v", act, err)
		}
	}
	// Whoever owns the file can take the triggers out; the chain shows it.
	for _, act := range append([]string{"DROP TRIGGER bivouac_audit_kept", "DROP TRIGGER bivouac_audit_true"}, acts...) {
		if _, err := g.conn.ExecContext(background, act); err != nil {
			t.Fatal(err)
		}
		if h := health(); strings.HasPrefix(act, "DROP") != (len(h.Faults) == 0) {
			t.Errorf("%s: %+v", act, h)
		}
	}
}

// TestFullAuditRefuses: what is not written down is not read.
func TestFullAuditRefuses(t *testing.T) {
	f, _ := begun(t)
	f.mu.Lock() // the disk does not answer
	var err error
	for range 3 * auditRoom {
		if err = f.Audit(geo.Entry{Act: geo.ActRead}); err != nil {
			break
		}
	}
	f.mu.Unlock()
	if geo.CodeOf(err) != geo.Unavailable {
		t.Errorf("a full queue takes more: %v", err)
	}
}

func TestTokensBesideARunningServer(t *testing.T) {
	f, _ := begun(t)
	beside, err := OpenBeside(background, f.path)
	if err != nil {
		t.Fatal(err)
	}
	defer beside.Close()
	g := geo.Grant{ID: "abc", Name: "ana", Rank: geo.Editor, Hash: [32]byte{1, 2}, Reader: geo.Reader{Ceiling: geo.Confidential, Missions: []string{"UNMISS"}}, Made: 5, Expires: 9}
	if err := beside.AddGrant(&g, "root"); err != nil {
		t.Fatal(err)
	}
	if err := beside.AddGrant(&g, "root"); geo.CodeOf(err) != geo.Conflict {
		t.Errorf("two of one name: %v", err)
	}
	list, err := f.Grants()
	if err != nil || len(list) != 1 || fmt.Sprint(list[0]) != fmt.Sprint(g) {
		t.Errorf("the server sees %+v, %v", list, err)
	}
	if err := beside.RevokeGrant("ana", "root", 7); err != nil {
		t.Fatal(err)
	}
	f.grants.until = f.grants.until.Add(-grantsFresh)
	if list, err = f.Grants(); err != nil || list[0].Revoked != 7 {
		t.Errorf("revoked: %+v, %v", list, err)
	}
	if err := beside.RevokeGrant("ana", "root", 8); geo.CodeOf(err) != geo.NotFound {
		t.Errorf("revoked twice: %v", err)
	}
}

func TestBackupWhileOthersWrite(t *testing.T) {
	f, s := begun(t)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for i := range 200 {
			b := spot(fmt.Sprint(i))
			b.Changes = append(b.Changes, b.Changes[0])
			if _, err := s.Apply(background, b); err != nil {
				t.Error(err)
			}
		}
	}()
	for i := range 3 {
		to := filepath.Join(t.TempDir(), fmt.Sprint(i, ".gpkg"))
		if err := Backup(background, f.path, to); err != nil {
			t.Fatal(err)
		}
		if err := Backup(background, f.path, to); geo.CodeOf(err) != geo.Conflict {
			t.Errorf("copied over a file: %v", err)
		}
		if h, err := Check(background, to); err != nil || len(h.Faults) > 0 {
			t.Errorf("the copy: %+v, %v", h, err)
		}
		copied, err := Open(background, to)
		if err != nil {
			t.Fatal(err)
		}
		c := opened(t, copied, geo.Batch{})
		if n, v := rowsOf(c), int(c.Snapshot().Version); n != 2*(v-1) {
			t.Errorf("version %d with %d records", v, n)
		}
		if c.Snapshot().Store == s.Snapshot().Store {
			t.Error("the copy has the id of the store: its versions would pass for those of the other")
		}
		copied.Close()
	}
	<-done
}
