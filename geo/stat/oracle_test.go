package stat_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"testing"
)

// scipy runs testdata/oracle.py's function of the name on each question, and
// reads its answers. It skips the test where Debian's Python has no scipy.
func scipy(t *testing.T, function string, questions, answers any) {
	t.Helper()
	const python = "/usr/bin/python3"
	if exec.Command(python, "-c", "import scipy").Run() != nil {
		if os.Getenv("BIVOUAC_REQUIRE_CLIENTS") == "1" {
			t.Fatal(python + " has no scipy: .ci/install does it")
		}
		t.Skip(python + " has no scipy, so these figures are not compared with its; make test installs it")
	}
	text, err := json.Marshal(questions)
	if err != nil {
		t.Fatal(err)
	}
	run := exec.Command(python, "testdata/oracle.py", function)
	run.Stdin = bytes.NewReader(text)
	var failed bytes.Buffer
	run.Stderr = &failed
	out, err := run.Output()
	if err != nil {
		t.Fatal(err, failed.String())
	}
	if err := json.Unmarshal(out, answers); err != nil {
		t.Fatal(err)
	}
}
