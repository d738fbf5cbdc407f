package intake_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bivouac/data/intake"
	"bivouac/geo"
	"bivouac/geo/staging"
)

// TestReceive sends a file in pieces, with breaks, over a restart.
func TestReceive(t *testing.T) {
	d := newDesk(t)
	i, err := d.imports.Begin(editor, "../../towns.csv", int64(len(towns)), asPlaces)
	if err != nil {
		t.Fatal(err)
	}
	if i, err = d.imports.Receive(i.ID, editor, 0, strings.NewReader(towns[:20])); err != nil || i.Received != 20 {
		t.Fatal(i.Received, err)
	}
	if _, err := d.imports.Receive(i.ID, editor, 10, strings.NewReader("x")); geo.CodeOf(err) != geo.Conflict {
		t.Errorf("a piece from elsewhere: %v", err)
	}
	i, err = d.imports.Receive(i.ID, editor, 20, &cut{strings.NewReader(towns[20:30])})
	if geo.CodeOf(err) != geo.Invalid || i.Received != 30 {
		t.Errorf("a piece that broke off: %d, %v", i.Received, err)
	}
	d.reopen()
	if i, err = d.imports.Find(i.ID, editor); err != nil || i.Received != 30 || i.State != staging.Receiving {
		t.Fatalf("after a restart: %+v, %v", i, err)
	}
	if _, err := d.imports.Receive(i.ID, editor, 30, strings.NewReader(towns[30:]+"more")); geo.CodeOf(err) != geo.TooLarge {
		t.Errorf("more than was said: %v", err)
	}
	if i, err = d.imports.Find(i.ID, editor); err == nil && i.State == staging.Receiving {
		i, err = d.imports.Receive(i.ID, editor, i.Received, strings.NewReader(""))
	}
	if err != nil {
		t.Fatal(err)
	}
	d.want(d.settled(i.ID, editor), "3/0/0/0/0")
	d.reopen()
	d.want(d.settled(i.ID, editor), "3/0/0/0/0")
	if _, err := os.Stat(filepath.Join(filepath.Dir(d.path), "towns.csv")); err == nil {
		t.Error("the file was written beside the store")
	}
}

// cut is a reader whose line breaks off.
type cut struct{ r *strings.Reader }

func (c *cut) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	if err != nil {
		return n, fmt.Errorf("the line broke off")
	}
	return n, nil
}

// TestBounds lets go what is old, and refuses what is too much.
func TestBounds(t *testing.T) {
	d := newDesk(t)
	i := d.send(editor, "towns.csv", towns, asPlaces)
	if _, err := d.imports.Begin(editor, "x.csv", intake.MostBytes+1, asPlaces); geo.CodeOf(err) != geo.TooLarge {
		t.Errorf("too large: %v", err)
	}
	for range intake.MostOwner - 1 {
		if _, err := d.imports.Begin(editor, "x.csv", 9, asPlaces); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := d.imports.Begin(editor, "x.csv", 9, asPlaces); geo.CodeOf(err) != geo.Delayed {
		t.Errorf("too many: %v", err)
	}
	d.now += intake.Age + 1
	d.reopen()
	if _, err := d.imports.Find(i.ID, editor); geo.CodeOf(err) != geo.NotFound {
		t.Errorf("an old one is kept: %v", err)
	}
	if left, _ := os.ReadDir(intake.Folder(d.path)); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// TestFileOfApprovedGoes ends the program after an import was noted as approved,
// and before what was sent was removed: it goes when the folder is opened again.
func TestFileOfApprovedGoes(t *testing.T) {
	d := newDesk(t)
	i := d.send(editor, "towns.csv", "source_id,name,lon,lat\na,Gao,1,1\n", asPlaces)
	d.approve(i, editor)
	sent := filepath.Join(intake.Folder(d.path), i.ID, "file")
	if err := os.MkdirAll(sent, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(sent, "towns.csv"), []byte("left"), 0o600); err != nil {
		t.Fatal(err)
	}
	d.reopen()
	if _, err := os.Stat(sent); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("what was sent is still there: %v", err)
	}
	if i, err := d.imports.Find(i.ID, editor); err != nil || i.State != staging.Approved {
		t.Errorf("%v %v", i.State, err)
	}
}
