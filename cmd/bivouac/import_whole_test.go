//go:build linux

package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestWholeTakesAwayManyRecords imports a file that lacks nearly all of a
// collection: each deletion can be undone, and the peak of memory stays near that
// of the import that brought the records. make proof takes ten times as many.
func TestWholeTakesAwayManyRecords(t *testing.T) {
	const stay, slackMB = 10, 100
	rows := 20_000
	if os.Getenv("BIVOUAC_PROOF") == "1" {
		rows = 200_000
	}
	bin, dir := binary(t), t.TempDir()
	store, head := filepath.Join(dir, "mission.gpkg"), "source_id,name,lon,lat\n"
	take := func(rows int) (said string, peakMB int64) {
		text := bytes.NewBufferString(head)
		for i := range rows {
			fmt.Fprintf(text, "%[1]d,row %[1]d,%[2]d,%[3]d\n", i, i%360-180, i%180-90)
		}
		file := filepath.Join(dir, "places.csv")
		if err := os.WriteFile(file, text.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command(bin, "import", file, "--whole", "--collection", "places", "--store", store)
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		used, _ := cmd.ProcessState.SysUsage().(*syscall.Rusage)
		return string(out), used.Maxrss >> 10
	}
	_, filled := take(rows)
	said, emptied := take(stay)
	if want := fmt.Sprintf("%d the same, %d deleted", stay, rows-stay); !strings.Contains(said, want) {
		t.Errorf("the import does not say %q:\n%s", want, said)
	}
	t.Logf("a peak of %d MB when %d records came, %d MB when they went", filled, rows, emptied)
	if emptied > filled+slackMB {
		t.Errorf("%d MB to take away what came with %d MB", emptied, filled)
	}
	if out, err := exec.Command(bin, "check", store).CombinedOutput(); err != nil || !strings.Contains(string(out), fmt.Sprintf("%d places", stay)) || !strings.Contains(string(out), fmt.Sprint(rows-stay)) {
		t.Errorf("the store does not hold %d places and %d former ones: %v\n%s", stay, rows-stay, err, out)
	}
	if said, _ := take(stay); !strings.Contains(said, "nothing is to be changed") {
		t.Errorf("the second time: %s", said)
	}
}
