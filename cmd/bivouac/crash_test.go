//go:build linux

package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"bivouac/geo/randtest"
)

// binary builds the program as users run it, without the race detector.
func binary(t testing.TB) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "bivouac")
	if out, err := exec.Command("go", "build", "-o", path, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return path
}

// life is a server in a process of its own.
type life struct {
	*exec.Cmd
	address string
}

// launch starts the program's server on a store, by way of another program
// where some is given, and waits until it answers.
func launch(t testing.TB, bin, store string, by ...string) *life {
	t.Helper()
	args := append(by, bin, "serve", "--store", store, "--addr", "127.0.0.1:0", "--log", "none")
	p := &life{Cmd: exec.Command(args[0], args[1:]...)}
	p.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	out, err := p.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	errs := &bytes.Buffer{}
	p.Stderr = errs
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		p.kill()
	})
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if m := serves.FindStringSubmatch(lines.Text()); m != nil {
			p.address = m[1]
			go io.Copy(io.Discard, out)
			return p
		}
	}
	t.Fatalf("the server did not start: %s", errs)
	return nil
}

// kill ends the process, and the one that it was started by, at once.
func (p *life) kill() {
	_ = syscall.Kill(-p.Process.Pid, syscall.SIGKILL)
	_ = p.Wait()
}

// pair is two records that one commit adds, and maybe another removes: both or
// none of them may ever be seen.
type pair struct {
	name    string
	keys    []int64
	removed bool // its removal was asked for
	gone    bool // and acknowledged
}

// ledger is what was acknowledged.
type ledger struct {
	mu    sync.Mutex
	pairs map[string]*pair
	next  int
}

func post(address, path string, body any, into any) error {
	b, err := json.Marshal(body)
	if err != nil {
		return err
	}
	resp, err := http.Post(address+path, "application/json", bytes.NewReader(b))
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		text, _ := io.ReadAll(resp.Body)
		return fmt.Errorf("%s: %s", resp.Status, text)
	}
	return json.NewDecoder(resp.Body).Decode(into)
}

type object = map[string]any

// addPair asks for a new pair, and enters it when it is acknowledged.
func (l *ledger) addPair(address string, r *rand.Rand) error {
	l.mu.Lock()
	l.next++
	p := &pair{name: fmt.Sprint("pair ", l.next)}
	l.mu.Unlock()
	one := object{"op": "add", "collection": "places", "feature": object{
		"type": "Feature", "geometry": object{"type": "Point", "coordinates": []float64{360*r.Float64() - 180, 180*r.Float64() - 90}},
		"properties": object{"name": p.name},
	}}
	var answer struct{ Keys []int64 }
	if err := post(address, "/api/changes", object{"reason": "crash test", "changes": []object{one, one}}, &answer); err != nil {
		return err
	}
	p.keys = answer.Keys
	l.mu.Lock()
	defer l.mu.Unlock()
	l.pairs[p.name] = p
	return nil
}

// removePair asks for the end of an acknowledged pair.
func (l *ledger) removePair(address string) error {
	p := l.someStanding()
	if p == nil {
		return nil
	}
	var changes []object
	for _, k := range p.keys {
		changes = append(changes, object{"op": "remove", "collection": "places", "key": k})
	}
	var answer object
	if err := post(address, "/api/changes", object{"changes": changes}, &answer); err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	p.gone = true
	return nil
}

func (l *ledger) someStanding() *pair {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, p := range l.pairs {
		if !p.removed {
			p.removed = true
			return p
		}
	}
	return nil
}

// edit changes the store from some clients until it is killed.
func (l *ledger) edit(address string, seed uint64) *sync.WaitGroup {
	var clients sync.WaitGroup
	for i := range 4 {
		clients.Go(func() {
			r := rand.New(rand.NewPCG(seed, uint64(i)))
			for {
				act := func() error { return l.addPair(address, r) }
				if r.IntN(4) == 0 {
					act = func() error { return l.removePair(address) }
				}
				if act() != nil {
					return
				}
			}
		})
	}
	return &clients
}

type placeItem struct {
	ID         int64
	Geometry   struct{ Coordinates []float64 }
	Properties struct{ Name string }
}

func places(t *testing.T, address, query string) []placeItem {
	t.Helper()
	var out []placeItem
	next := address + "/api/collections/places/items?limit=10000" + query
	for next != "" {
		var page struct {
			Features []placeItem
			Links    []struct{ Rel, Href string }
		}
		getJSON(t, next, &page)
		out, next = append(out, page.Features...), ""
		for _, link := range page.Links {
			if link.Rel == "next" {
				next = link.Href
			}
		}
	}
	return out
}

// verify compares what the server holds with what was acknowledged, and its
// index with a look at every record.
func (l *ledger) verify(t *testing.T, address string, r *rand.Rand) {
	t.Helper()
	all := places(t, address, "")
	seen := map[string]int{}
	for _, p := range all {
		seen[p.Properties.Name]++
	}
	for name, n := range seen {
		if strings.HasPrefix(name, "pair ") && n != 2 || strings.HasPrefix(name, "load ") && n != loadRows {
			t.Errorf("%d records of %s: a part of a commit", n, name)
		}
	}
	for name, p := range l.pairs {
		switch {
		case !p.removed && seen[name] == 0:
			t.Errorf("%s was acknowledged and is lost", name)
		case p.gone && seen[name] > 0:
			t.Errorf("%s was removed and is back", name)
		case p.removed && !p.gone:
			// Asked for when the server died: either is right, and known now.
			p.gone = seen[name] == 0
			p.removed = p.gone
		}
	}
	west, south := 340*r.Float64()-180, 160*r.Float64()-90
	inside := 0
	for _, p := range all {
		if c := p.Geometry.Coordinates; len(c) > 1 && c[0] >= west && c[0] <= west+20 && c[1] >= south && c[1] <= south+20 {
			inside++
		}
	}
	if n := len(places(t, address, fmt.Sprintf("&bbox=%v,%v,%v,%v", west, south, west+20, south+20))); n != inside {
		t.Errorf("the index finds %d records in a box that holds %d", n, inside)
	}
}

// loadRows is how many rows an import of the test has.
const loadRows = 300

// load imports a file and kills the import at a random moment, or not in time.
func (l *ledger) load(t *testing.T, bin, store string, r *rand.Rand) {
	t.Helper()
	l.next++
	name := fmt.Sprint("load ", l.next)
	var csv strings.Builder
	csv.WriteString("source_id,name,lon,lat\n")
	for i := range loadRows {
		fmt.Fprintf(&csv, "%d-%d,%s,%v,%v\n", l.next, i, name, 360*r.Float64()-180, 180*r.Float64()-90)
	}
	file := filepath.Join(t.TempDir(), "load.csv")
	if err := os.WriteFile(file, []byte(csv.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	c := exec.Command(bin, "import", file, "--collection", "places", "--store", store)
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	kill := time.AfterFunc(time.Duration(r.IntN(250))*time.Millisecond, func() { _ = c.Process.Kill() })
	err := c.Wait()
	kill.Stop()
	if err == nil {
		l.pairs[name] = &pair{name: name}
	}
}

// kills is how often the test kills: make proof asks for more than a quick run
// does.
func kills() int {
	if os.Getenv("BIVOUAC_PROOF") == "1" {
		return 200
	}
	return 8
}

// TestKilledAtAnyMoment kills real servers and imports with SIGKILL, and looks
// after each: every acknowledged write is there, none is there by half, the
// index equals a look at all records, and the file is sound.
func TestKilledAtAnyMoment(t *testing.T) {
	bin := binary(t)
	store := filepath.Join(t.TempDir(), "mission.gpkg")
	seed := randtest.Seed(t)
	r := rand.New(rand.NewPCG(seed, 99))
	l := &ledger{pairs: map[string]*pair{}}
	for i := range kills() {
		if i%4 == 3 {
			l.load(t, bin, store, r)
		} else {
			p := launch(t, bin, store)
			l.verify(t, p.address, r)
			clients := l.edit(p.address, seed+uint64(i))
			time.Sleep(time.Duration(20+r.IntN(150)) * time.Millisecond)
			p.kill()
			clients.Wait()
		}
		if out, err := exec.Command(bin, "check", store).CombinedOutput(); err != nil && !strings.Contains(string(out), "there is no such file") {
			t.Fatalf("after %d kills: %v\n%s", i+1, err, out)
		}
		if t.Failed() {
			t.Fatalf("after %d kills", i+1)
		}
	}
	if len(l.pairs) < kills() {
		t.Errorf("only %d commits were acknowledged: the test proves little", len(l.pairs))
	}
	t.Logf("%d commits acknowledged in %d lives", len(l.pairs), kills())
}
