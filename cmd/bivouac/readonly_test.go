//go:build linux

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestFilesThatCannotBeWritten: who may not write a store is told so, and the
// file is left as it is.
func TestFilesThatCannotBeWritten(t *testing.T) {
	bin, store := binary(t), sampleStore(t)
	before, err := os.ReadFile(store)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		desc         string
		file, folder os.FileMode
		says         string
	}{
		{"the folder is read only", 0o666, 0o555, "cannot be locked"},
		{"the file is read only", 0o444, 0o777, "cannot be written"},
		{"the file is another user's", 0o600, 0o777, "cannot be opened"},
	} {
		folder := t.TempDir()
		path := filepath.Join(folder, "mission.gpkg")
		if err := os.WriteFile(path, before, c.file); err != nil {
			t.Fatal(err)
		}
		// Root may write anything, so that the program runs as nobody.
		for dir, mode := range map[string]os.FileMode{filepath.Dir(folder): 0o755, filepath.Dir(bin): 0o755, filepath.Dir(filepath.Dir(bin)): 0o755, bin: 0o755, path: c.file, folder: c.folder} {
			if err := os.Chmod(dir, mode); err != nil {
				t.Fatal(err)
			}
		}
		serve := exec.Command(bin, "serve", "--store", path, "--addr", "127.0.0.1:0", "--log", "none")
		if os.Getuid() == 0 {
			serve.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
		} else if c.file == 0o600 {
			continue // one's own file cannot be another user's
		}
		out, err := serve.CombinedOutput()
		if err == nil || !strings.Contains(string(out), c.says) || !strings.Contains(string(out), path) {
			t.Errorf("%s: %v, %s", c.desc, err, out)
		}
		if now, err := os.ReadFile(path); err != nil || string(now) != string(before) {
			t.Errorf("%s: the file was changed, %v", c.desc, err)
		}
	}
}
