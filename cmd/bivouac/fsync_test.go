package main

import (
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Lines of strace -f -y. A call that another thread interrupts stands on two
// of them.
var (
	logWritten = regexp.MustCompile(`pwrite64\(\d+<[^>]*-wal>`)
	logSynced  = regexp.MustCompile(`^(\d+) +(?:fsync|fdatasync)\(\d+<[^>]*-wal>(\)\s+= 0| <unfinished)`)
	syncEnded  = regexp.MustCompile(`^(\d+) +<\.\.\. (?:fsync|fdatasync) resumed>.*= 0`)
	answered   = regexp.MustCompile(`write\(\d+<(?:TCP|socket)[^"]*"HTTP/1\.1 200 OK`)
)

// TestSyncComesBeforeTheAnswer reads the system calls of a real server: before
// it acknowledges a change, its log was synced to the disk. A killed process
// cannot show that, since the system keeps what it wrote.
func TestSyncComesBeforeTheAnswer(t *testing.T) {
	if _, err := exec.LookPath("strace"); err != nil {
		if os.Getenv("BIVOUAC_REQUIRE_CLIENTS") == "1" {
			t.Fatal("strace is not installed: .ci/install does it")
		}
		t.Skip("strace is not installed, so that nobody looks whether changes are synced; make test installs it")
	}
	bin, trace := binary(t), filepath.Join(t.TempDir(), "trace")
	p := launch(t, bin, filepath.Join(t.TempDir(), "mission.gpkg"), "strace", "-f", "-y", "-s", "40", "-o", trace, "-e", "trace=pwrite64,fsync,fdatasync,write")
	const edits = 25
	for i := range edits {
		one := object{"op": "add", "collection": "places", "feature": object{"type": "Feature", "geometry": nil, "properties": object{"name": fmt.Sprint(i)}}}
		var answer object
		if err := post(p.address, "/api/changes", object{"changes": []object{one}}, &answer); err != nil {
			t.Fatal(err)
		}
	}
	http.DefaultClient.CloseIdleConnections()
	text, err := os.ReadFile(trace)
	if err != nil {
		t.Fatal(err)
	}
	if acknowledged := readTrace(t, string(text)); acknowledged < edits {
		t.Errorf("%d of %d answers found in the trace: the test proves nothing", acknowledged, edits)
	}
}

// readTrace counts the answers, each of which must find the log synced.
func readTrace(t *testing.T, text string) (acknowledged int) {
	dirty, written := false, 0
	syncing := map[string]int{} // by thread: what was written when its sync began
	for line := range strings.Lines(text) {
		switch {
		case logWritten.MatchString(line):
			dirty = true
			written++
		case syncEnded.MatchString(line):
			if at, ours := syncing[syncEnded.FindStringSubmatch(line)[1]]; ours && at == written {
				dirty = false
			}
		case logSynced.MatchString(line):
			m := logSynced.FindStringSubmatch(line)
			if syncing[m[1]] = written; strings.HasPrefix(m[2], ")") {
				dirty = false
			}
		case answered.MatchString(line):
			acknowledged++
			if dirty {
				t.Errorf("answered before the log was synced: %s", line)
			}
		}
	}
	return acknowledged
}
