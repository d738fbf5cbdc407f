//go:build linux

package main

import (
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"bivouac/geo/randtest"
)

// staged is what the tests read of an import over HTTP.
type staged struct {
	ID       string
	State    string
	Received int64
	Problem  json.RawMessage
	Counts   *struct{ Added, Changed, Same, Deleted, Refused int }
}

// ask sends a request and returns the answer's status, headers and body; an
// error is a server that went away.
func ask(method, url string, body io.Reader, headers ...string) (*http.Response, []byte, error) {
	r, err := http.NewRequest(method, url, body)
	if err != nil {
		return nil, nil, err
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil, nil, err
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	return resp, text, err
}

// begin makes room for a file on the server.
func begin(t *testing.T, address string, size int) staged {
	t.Helper()
	resp, text, err := ask("POST", address+"/api/imports", strings.NewReader(fmt.Sprintf(
		`{"name":"load.csv","size":%d,"options":{"collection":"places"}}`, size)), "Content-Type", "application/json")
	var i staged
	if err != nil || resp.StatusCode != http.StatusCreated || json.Unmarshal(text, &i) != nil {
		t.Fatalf("%v %s", err, text)
	}
	return i
}

// arrived asks how much of the file has come.
func arrived(t *testing.T, address, id string) int {
	t.Helper()
	resp, text, err := ask("HEAD", address+"/api/imports/"+id+"/file", nil)
	if err != nil || resp.StatusCode != http.StatusNoContent {
		t.Fatalf("%v %s", err, text)
	}
	n, err := strconv.Atoi(resp.Header.Get("Upload-Offset"))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// upload sends what a file has from an offset on in pieces, each as slowly as a
// poor line, until all has come or the server is gone.
func upload(t *testing.T, address, id, text string, at int) (whole bool) {
	t.Helper()
	const piece = 64 << 10
	for at < len(text) {
		end := min(len(text), at+piece)
		resp, body, err := ask("PATCH", address+"/api/imports/"+id+"/file", &slow{text: text[at:end]}, "Content-Type", "application/offset+octet-stream", "Upload-Offset", strconv.Itoa(at))
		if err != nil {
			return false
		}
		if resp.StatusCode != http.StatusNoContent {
			t.Fatalf("the piece at %d: %s", at, body)
		}
		at = end
	}
	return true
}

// slow is a text that comes 4 KiB every other millisecond.
type slow struct{ text string }

func (s *slow) Read(p []byte) (int, error) {
	if s.text == "" {
		return 0, io.EOF
	}
	time.Sleep(2 * time.Millisecond)
	n := copy(p[:min(len(p), 4<<10)], s.text)
	s.text = s.text[n:]
	return n, nil
}

// settled waits until an import is neither read nor taken.
func settled(t *testing.T, address, id string) staged {
	t.Helper()
	for {
		var i staged
		getJSON(t, address+"/api/imports/"+id, &i)
		if i.State != "reading" && i.State != "taking" {
			return i
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// underFire is a server that is killed at random moments and started again.
type underFire struct {
	t          *testing.T
	r          *rand.Rand
	bin, store string
	life       *life
	kills      int
}

// during runs work against the server, which is killed within the time or not at
// all; then a sound store is served again.
func (u *underFire) during(within time.Duration, work func(address string)) {
	u.t.Helper()
	if within > 0 {
		kill := time.AfterFunc(time.Duration(u.r.Int64N(int64(within))), func() { _ = u.life.Process.Kill() })
		work(u.life.address)
		if !kill.Stop() {
			u.kills++
		}
	} else {
		work(u.life.address)
	}
	u.life.kill()
	if out, err := exec.Command(u.bin, "check", u.store).CombinedOutput(); err != nil && !strings.Contains(string(out), "there is no such file") {
		u.t.Fatalf("after %d kills: %v\n%s", u.kills, err, out)
	}
	u.life = launch(u.t, u.bin, u.store)
}

// held counts the records of the server, which no kill may lose or double.
func (u *underFire) held() int {
	u.t.Helper()
	seen := map[string]bool{}
	all := places(u.t, u.life.address, "")
	for _, p := range all {
		if seen[p.Properties.Name] {
			u.t.Fatalf("%q is there twice", p.Properties.Name)
		}
		seen[p.Properties.Name] = true
	}
	return len(all)
}

// send uploads a file until all of it has come, and returns how often it was cut
// off within.
func (u *underFire) send(id, text string) (cut int) {
	u.t.Helper()
	got := 0
	for tries, whole := 0, false; !whole; tries++ {
		u.during(time.Duration(80+120*tries)*time.Millisecond, func(address string) { whole = upload(u.t, address, id, text, got) })
		got = arrived(u.t, u.life.address, id)
		if !whole && got > 0 && got < len(text) {
			cut++
		}
		whole = whole || got == len(text)
	}
	return cut
}

// approve has an import taken in until it is, and returns how often the server
// died between the commit and its note of it.
func (u *underFire) approve(id string, rows int) (unheard int) {
	u.t.Helper()
	for tries, done := 0, false; !done; tries++ {
		i := settled(u.t, u.life.address, id)
		if i.State == "approved" {
			return unheard
		}
		if i.State != "staged" || i.Counts == nil || i.Counts.Added+i.Counts.Same != rows {
			u.t.Fatalf("the import is %s: %+v %s", i.State, i.Counts, i.Problem)
		}
		switch i.Counts.Same {
		case 0:
		case rows:
			unheard++
		default:
			u.t.Fatalf("%d of %d rows were taken in: a part of an import", i.Counts.Same, rows)
		}
		u.during(time.Duration(60*(tries+1))*time.Millisecond, func(address string) {
			resp, body, err := ask("POST", address+"/api/imports/"+id+"/approval", nil)
			if done = err == nil; done && resp.StatusCode != http.StatusOK {
				u.t.Fatalf("%s", body)
			}
		})
	}
	return unheard
}

// TestUploadKilledAtAnyMoment sends files in pieces to a real server that is
// killed with SIGKILL while they come, while they are compared and while they are
// taken in. The upload goes on where the server says, and in the end each row is
// there once, whether the answer to the approval was heard or not.
func TestUploadKilledAtAnyMoment(t *testing.T) {
	seed := randtest.Seed(t)
	u := &underFire{t: t, r: rand.New(rand.NewPCG(seed, 11)), bin: binary(t), store: filepath.Join(t.TempDir(), "mission.gpkg")}
	u.life = launch(t, u.bin, u.store)
	const rows = 4000
	held, cut, unheard := 0, 0, 0
	for round := range max(2, kills()/16) {
		head := [2]string{"source_id,name,lon,lat\n", "ref,name,lon,lat\n"}[round%2] // with ids of the sender's, and without
		text := []byte(head)
		for n := range rows {
			text = fmt.Appendf(text, "%[1]d,row %[1]d,%[2]v,%[3]v\n", round*rows+n, 360*u.r.Float64()-180, 180*u.r.Float64()-90)
		}
		id := begin(t, u.life.address, len(text)).ID
		cut += u.send(id, string(text))
		// Killed while it is compared: it is compared anew.
		u.during(30*time.Millisecond, func(string) { time.Sleep(30 * time.Millisecond) })
		unheard += u.approve(id, rows)
		held += rows
		if got := u.held(); got != held {
			t.Fatalf("round %d: the store holds %d records of %d", round, got, held)
		}
	}
	t.Logf("%d kills, %d amid an upload, %d after a commit that nobody heard of", u.kills, cut, unheard)
	if cut == 0 || u.kills < 4 {
		t.Error("hardly anything was killed: the test proves little")
	}
	left, err := filepath.Glob(filepath.Join(u.store+".imports", "*", "file", "*"))
	if err != nil || len(left) > 0 {
		t.Errorf("files of approved imports are still there: %v %v", left, err)
	}
}
