package api_test

import (
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"

	"bivouac/api"
)

const qgisSession = "testdata/qgis-session.txt"

// exchange is a request of a session, with the comment before it.
type exchange struct {
	before         string
	method, target string
	headers        []string
	body           string
}

// TestQGISSession replays an edit session and holds every answer to the file;
// run with -update to write it anew, and read the difference.
func TestQGISSession(t *testing.T) {
	text, err := os.ReadFile(qgisSession)
	if err != nil {
		t.Fatal(err)
	}
	s, _ := serveStore(t, api.Config{Build: "test"}, sites(t))
	var b strings.Builder
	steps := parseSession(string(text))
	for _, e := range steps {
		w := send(s, e.method, e.target, e.body, e.headers...)
		b.WriteString(e.String())
		fmt.Fprintf(&b, "< %d\n", w.Code)
		for _, name := range []string{"Allow", "Accept-Patch", "Location", "Content-Type", "Etag", "Bivouac-Version"} {
			if v := w.Header().Get(name); v != "" {
				fmt.Fprintf(&b, "< %s: %s\n", http.CanonicalHeaderKey(name), v)
			}
		}
		b.Write(maskRequest(w.Body.Bytes()))
	}
	if len(steps) < 9 {
		t.Errorf("only %d requests were found", len(steps))
	}
	if *update {
		if err := os.WriteFile(qgisSession, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if b.String() != string(text) {
		t.Errorf("the session differs from %s:\n%s", qgisSession, firstDifference(b.String(), string(text)))
	}
}

// parseSession reads the requests of a session and passes the answers over.
func parseSession(text string) []exchange {
	var out []exchange
	var e exchange
	answered := false
	for line := range strings.Lines(text) {
		request, isRequest := strings.CutPrefix(strings.TrimSpace(line), "> ")
		switch {
		case isRequest && e.method == "":
			e.method, e.target, _ = strings.Cut(request, " ")
		case isRequest:
			name, value, _ := strings.Cut(request, ": ")
			e.headers = append(e.headers, name, value)
		case strings.HasPrefix(line, "<"):
			answered = true
		case strings.HasPrefix(line, "#") || strings.TrimSpace(line) == "":
			if e.method != "" {
				out, e, answered = append(out, e), exchange{}, false
			}
			e.before += line
		case !answered:
			e.body += strings.TrimSpace(line)
		}
	}
	if e.method != "" {
		out = append(out, e)
	}
	return out
}

// String writes the request as the file has it.
func (e exchange) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s> %s %s\n", e.before, e.method, e.target)
	for i := 0; i < len(e.headers); i += 2 {
		fmt.Fprintf(&b, "> %s: %s\n", e.headers[i], e.headers[i+1])
	}
	if e.body != "" {
		b.WriteString(e.body + "\n")
	}
	return b.String()
}
