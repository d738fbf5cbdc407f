package process_test

import (
	"testing"

	"bivouac/geo"
	"bivouac/geo/process"
)

// TestCodes: each warning has its place in the list, with nulls for one that is
// in English alone.
func TestCodes(t *testing.T) {
	list := process.Codes(append(process.Plain("Plain."), geo.Sentence("a: B {n}").With(1))).List()
	if len(list) != 2 || !list[0].Record()["code"].Null() || !list[0].Record()["values"].Null() || list[1].Record()["code"].Text() != "a" {
		t.Errorf("codes are %v", list)
	}
}
