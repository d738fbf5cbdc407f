package callback_test

import (
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"bivouac/api/callback"
	"bivouac/geo"
)

func TestParseHosts(t *testing.T) {
	for _, good := range []string{"example.org", "example.org:8443", "192.0.2.1", "127.0.0.1:9000", "[::1]:9000", "10.1.2.3:80"} {
		if _, err := callback.ParseHosts([]string{good}); err != nil {
			t.Errorf("%s: %v", good, err)
		}
	}
	for _, bad := range []string{"", "http://example.org", "example.org/path", "a@example.org", "127.0.0.1", "[::1]", "10.1.2.3", "169.254.169.254", "::ffff:127.0.0.1", "example.org:port"} {
		if _, err := callback.ParseHosts([]string{bad}); geo.CodeOf(err) != geo.Invalid {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestCheck(t *testing.T) {
	hosts, err := callback.ParseHosts([]string{"Example.org", "two.example:8443", "127.0.0.1:9000"})
	if err != nil {
		t.Fatal(err)
	}
	for uri, want := range map[string]bool{
		"https://example.org/x?y=z": true, "http://EXAMPLE.org.:81/": true, "https://two.example:8443/": true, "http://127.0.0.1:9000/": true,
		"https://two.example/": false, "https://sub.example.org/": false, "http://127.0.0.1:9001/": false, "http://127.0.0.1/": false, "http://example.org.evil.example/": false,
		"ftp://example.org/": false, "//example.org/": false, "": false, "https://ana:secret@example.org/": false, "https://example.org@evil.example/": false,
		"http://localhost:9000/": false, "http://2130706433:9000/": false, "https://example.org/" + strings.Repeat("x", 2000): false, "http://[::1/": false,
	} {
		var e *geo.Error
		err := hosts.Check("subscriber.successUri", uri)
		if bad := errors.As(err, &e); bad == want || bad && (e.Code != geo.Invalid || e.Where != "subscriber.successUri") {
			t.Errorf("%q: %v", uri, err)
		}
	}
	if err := callback.Hosts(nil).Check("subscriber.successUri", "https://example.org/"); err == nil {
		t.Error("no host is allowed, and one is taken")
	}
}

// subscriber counts what it is told, and answers with each status in turn, the
// last one from then on.
func subscriber(t *testing.T, statuses ...int) (address string, asked *atomic.Int64) {
	asked = &atomic.Int64{}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n := int(asked.Add(1))
		if body, err := io.ReadAll(r.Body); err != nil || string(body) != "{}" || r.Method != http.MethodPost || r.Header.Get("Content-Type") != "application/json" {
			t.Errorf("%s %v %q", r.Method, r.Header, body)
		}
		w.Header().Set("Location", "/elsewhere")
		w.WriteHeader(statuses[min(n, len(statuses))-1])
	}))
	t.Cleanup(s.Close)
	return strings.TrimPrefix(s.URL, "http://"), asked
}

func TestSend(t *testing.T) {
	for _, c := range []struct {
		desc     string
		statuses []int
		allow    string // "" is the very address
		name     string // in the address that is sent to
		tries    int64
		log      string
	}{
		{"taken", []int{200}, "", "", 1, "level=INFO"},
		{"taken in the end", []int{503, 429, 204}, "", "", 3, "level=INFO"},
		{"never taken", []int{500}, "", "", 3, "answers 500"},
		{"a redirect", []int{307}, "", "", 1, "no redirect is followed"},
		{"not found", []int{404}, "", "", 1, "answers 404"},
		{"a name that leads to this machine", []int{200}, "localhost", "localhost", 0, "address of this machine"},
		{"with another port of it named", []int{200}, "127.0.0.1:1,localhost", "localhost", 0, "address of this machine"},
	} {
		address, asked := subscriber(t, c.statuses...)
		allow := address
		if c.allow != "" {
			allow = c.allow
		}
		hosts, err := callback.ParseHosts(strings.Split(allow, ","))
		if err != nil {
			t.Fatal(err)
		}
		var log strings.Builder
		s := callback.NewSender(hosts, slog.New(slog.NewTextHandler(&log, nil)))
		s.Backoff = []time.Duration{0, 0}
		if c.name != "" {
			_, port, _ := strings.Cut(address, ":")
			address = c.name + ":" + port
		}
		s.Send("one", "http://"+address+"/path?key=secret", []byte("{}"))
		s.Wait()
		if asked.Load() != c.tries || !strings.Contains(log.String(), c.log) || strings.Contains(log.String(), "secret") {
			t.Errorf("%s: %d tries, %s", c.desc, asked.Load(), log.String())
		}
	}
}

// TestPrivate holds what no name may lead to.
func TestPrivate(t *testing.T) {
	hosts, err := callback.ParseHosts([]string{"example.org", "10.0.0.7:8000", "[fd00::7]:8000"})
	if err != nil {
		t.Fatal(err)
	}
	for address, want := range map[string]bool{
		"198.51.100.4:443": true, "[2a00:1450::1]:443": true, "10.0.0.7:8000": true, "[::ffff:10.0.0.7]:8000": true, "[fd00::7]:8000": true,
		"10.0.0.7:8001": false, "127.0.0.1:443": false, "0.0.0.0:443": false, "[::]:443": false, "[::1]:443": false, "[::ffff:127.0.0.1]:443": false,
		"169.254.169.254:80": false, "[fe80::1%eth0]:80": false, "192.168.1.1:80": false, "172.16.0.1:80": false, "100.64.0.1:80": false,
		"224.0.0.1:80": false, "255.255.255.255:80": false, "[64:ff9b::7f00:1]:80": false, "[2002:7f00:1::]:80": false, "[::7f00:1]:80": false, "[fd00::8]:8000": false, "nonsense": false,
	} {
		if err := callback.Reach(hosts, address); (err == nil) != want {
			t.Errorf("%s: %v", address, err)
		}
	}
}
