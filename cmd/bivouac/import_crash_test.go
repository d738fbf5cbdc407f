//go:build linux

package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bivouac/geo/randtest"
)

// importUnderFire imports a file, killed again and again, until one import comes
// through. It returns how often it was killed.
func importUnderFire(t *testing.T, r *rand.Rand, bin, file, store string) (killed int) {
	t.Helper()
	for ; ; killed++ {
		cmd := exec.Command(bin, "import", file, "--collection", "places", "--store", store)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		after := time.Duration(r.IntN(300*(killed+1))) * time.Millisecond
		kill := time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
		err := cmd.Wait()
		kill.Stop()
		if err == nil {
			return killed
		}
		if out, err := exec.Command(bin, "check", store).CombinedOutput(); err != nil && !strings.Contains(string(out), "there is no such file") {
			t.Fatalf("killed after %v: %v\n%s", after, err, out)
		}
	}
}

// TestImportKilledAtAnyMoment kills real imports with SIGKILL until one comes
// through, some with ids and some without, and wants each row once: none lost
// and none doubled, whether the kill came while the file was compared, while it
// was committed, or after that. What is left is nothing.
func TestImportKilledAtAnyMoment(t *testing.T) {
	bin := binary(t)
	r := randtest.New(t, 7)
	dir := t.TempDir()
	const rows = 6000
	for _, c := range []struct{ desc, head, row string }{
		{"with ids", "source_id,name,lon,lat", "%[1]d,row %[1]d,%[2]v,%[3]v\n"},
		{"without ids", "name,lon,lat", "row %[1]d,%[2]v,%[3]v\n"},
	} {
		store := filepath.Join(dir, strings.ReplaceAll(c.desc, " ", "-")+".gpkg")
		var held int
		killed := 0
		for round := range max(3, kills()/8) {
			text := []byte(c.head + "\n")
			for n := range rows {
				text = fmt.Appendf(text, c.row, round*rows+n, 360*r.Float64()-180, 180*r.Float64()-90)
			}
			file := filepath.Join(dir, "load.csv")
			if err := os.WriteFile(file, text, 0o600); err != nil {
				t.Fatal(err)
			}
			killed += importUnderFire(t, r, bin, file, store)
			held += rows
			out, err := exec.Command(bin, "check", store).CombinedOutput()
			if err != nil || !strings.Contains(string(out), fmt.Sprintf("%d places", held)) {
				t.Fatalf("%s: the store does not hold %d places: %v\n%s", c.desc, held, err, out)
			}
			if left, err := os.ReadDir(store + ".imports"); err == nil {
				t.Errorf("%s: left behind: %v", c.desc, left)
			}
		}
		t.Logf("%s: %d kills", c.desc, killed)
		if killed == 0 {
			t.Errorf("%s: nothing was killed: the test proves nothing", c.desc)
		}
	}
}
