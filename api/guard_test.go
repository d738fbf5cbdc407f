package api_test

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"regexp"
	"slices"
	"strings"
	"testing"

	"bivouac/api"
	"bivouac/api/proxy"
)

// TestHost refuses names that a page of another site may have pointed here.
func TestHost(t *testing.T) {
	s, _ := serve(t, api.Config{BaseURL: "http://camp.example:9000", Hosts: []string{"gis.local", "Other.Local:80"}}, mixed(t))
	for host, status := range map[string]int{
		"127.0.0.1": 200, "127.0.0.1:8080": 200, "127.9.9.9": 200, "localhost:8080": 200, "LOCALHOST": 200, "[::1]:8080": 200, "[::1]": 200,
		"camp.example": 200, "camp.example:9000": 200, "gis.local:1": 200, "other.local": 200, "10.1.2.3:8080": 200,
		"evil.example": 403, "evil.example:8080": 403, "127.0.0.1.evil.example": 403, "localhost.evil.example": 403,
		"10.9.9.9": 403, "": 403, "127.0.0.1:80\"x": 403, "[::1": 200, "[fe80::1]:80": 403, "[::ffff:127.0.0.1]": 200,
	} {
		r := request(http.MethodGet, "/api", "Host", host)
		r = r.WithContext(context.WithValue(r.Context(), http.LocalAddrContextKey, &net.TCPAddr{IP: net.IPv4(10, 1, 2, 3), Port: 8080}))
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if w.Code != status {
			t.Errorf("Host %q: %d, want %d: %.200s", host, w.Code, status, w.Body)
		}
	}
}

// TestProxyNames writes links as the asker knows the server, where a trusted
// proxy says so and the name is ours.
func TestProxyNames(t *testing.T) {
	trusted := proxy.Trusted{netip.MustParsePrefix("192.0.2.1/32")}
	behind, _ := serve(t, api.Config{Proxies: trusted, Hosts: []string{"camp.example"}}, mixed(t))
	based, _ := serve(t, api.Config{Proxies: trusted, BaseURL: "https://gis.example/map"}, mixed(t))
	stranger, _ := serve(t, api.Config{Proxies: proxy.Loopback, Hosts: []string{"camp.example"}}, mixed(t))
	const forwarded = `for="[2001:db8::1]:4711";proto=https;host="camp.example:8443"`
	for _, c := range []struct {
		desc    string
		server  *api.Server
		headers []string
		base    string // "" is a refusal
	}{
		{"RFC 7239", behind, []string{"Forwarded", forwarded}, "https://camp.example:8443"},
		{"before RFC 7239", behind, []string{"X-Forwarded-For", "1.2.3.4", "X-Forwarded-Proto", "https", "X-Forwarded-Host", "camp.example"}, "https://camp.example"},
		{"from no proxy", stranger, []string{"Forwarded", forwarded}, "http://127.0.0.1:8080"},
		{"a name that is not ours", behind, []string{"X-Forwarded-Host", "evil.example"}, ""},
		{"a name of ours before one that is not", behind, []string{"X-Forwarded-Host", "camp.example", "Host", "evil.example"}, ""},
		{"a header that is broken", behind, []string{"Forwarded", `for="`}, ""},
		{"a base is told", based, []string{"X-Forwarded-For", "1.2.3.4", "X-Forwarded-Proto", "http", "X-Forwarded-Host", "gis.example"}, "https://gis.example/map"},
	} {
		w := get(c.server, "/api/collections", c.headers...)
		if c.base == "" {
			if w.Code != http.StatusForbidden && w.Code != http.StatusBadRequest {
				t.Errorf("%s: %d", c.desc, w.Code)
			}
			continue
		}
		hrefs := regexp.MustCompile(`"href":"(.*?)"`).FindAllStringSubmatch(w.Body.String(), -1)
		for _, href := range hrefs {
			if !strings.HasPrefix(href[1], c.base+"/") && !strings.HasPrefix(href[1], "http://www.opengis.net/") {
				t.Errorf("%s: a link to %s", c.desc, href[1])
			}
		}
		w = post(c.server, "/api/processes/echo/execution", "{}", append(c.headers, "Prefer", "respond-async")...)
		if location := w.Header().Get("Location"); len(hrefs) == 0 || !strings.HasPrefix(location, c.base+"/api/jobs/") {
			t.Errorf("%s: %d links, Location %q: %d %s", c.desc, len(hrefs), location, w.Code, w.Body)
		}
	}
}

// TestForeignWrite is a page of another origin that tries to run something.
func TestForeignWrite(t *testing.T) {
	s, _ := serve(t, api.Config{}, mixed(t))
	proxied, _ := serve(t, api.Config{BaseURL: "https://camp.example/gis"}, mixed(t))
	const run = "/api/processes/echo/execution"
	for _, c := range []struct {
		desc    string
		server  *api.Server
		status  int
		headers []string
	}{
		{"a program", s, 200, nil},
		{"our own page", s, 200, []string{"Origin", "http://127.0.0.1:8080", "Sec-Fetch-Site", "same-origin"}},
		{"our own page in an old browser", s, 200, []string{"Origin", "http://127.0.0.1:8080"}},
		{"an address typed by hand", s, 200, []string{"Sec-Fetch-Site", "none"}},
		{"another site", s, 403, []string{"Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site"}},
		{"another site in an old browser", s, 403, []string{"Origin", "https://evil.example"}},
		{"another site that sends no origin", s, 403, []string{"Sec-Fetch-Site", "cross-site"}},
		{"another port of this machine", s, 403, []string{"Origin", "http://127.0.0.1:9999", "Sec-Fetch-Site", "same-site"}},
		{"the same name by another scheme", s, 403, []string{"Origin", "https://127.0.0.1:8080"}},
		{"a page from a file", s, 403, []string{"Origin", "null"}},
		{"our page behind a proxy", proxied, 200, []string{"Origin", "https://camp.example"}},
		{"another page behind a proxy", proxied, 403, []string{"Origin", "https://camp.example.evil"}},
	} {
		w := post(c.server, run, `{}`, c.headers...)
		if w.Code != c.status {
			t.Errorf("%s: %d %s", c.desc, w.Code, w.Body)
		}
		if w.Result().Header.Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s: a write allows other origins", c.desc)
		}
	}
}

func TestForeignRead(t *testing.T) {
	s, _ := serve(t, api.Config{}, mixed(t))
	w := get(s, "/api/collections/mixed/items", "Origin", "https://other.example", "Sec-Fetch-Site", "cross-site")
	h := w.Result().Header
	if w.Code != http.StatusOK || h.Get("Access-Control-Allow-Origin") != "*" || h.Get("Access-Control-Allow-Credentials") != "" ||
		!strings.Contains(h.Get("Access-Control-Expose-Headers"), "OGC-NumberMatched") {
		t.Errorf("%d %v", w.Code, h)
	}
}

// TestMethods wants the Allow header wherever it belongs.
func TestMethods(t *testing.T) {
	s, _ := serve(t, api.Config{}, mixed(t))
	reads := []string{"/api", "/api/", "/api/conformance", "/api/openapi", "/api/collections", "/api/collections/mixed", "/api/collections/mixed/items",
		"/api/collections/mixed/items/1", "/api/collections/mixed/queryables", "/api/collections/mixed/schema", "/api/processes", "/api/processes/echo", "/healthz", "/"}
	for _, target := range reads {
		wantAllow(t, s, target, "GET", "HEAD", "OPTIONS")
		for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, "BREW"} {
			w := httptest.NewRecorder()
			s.ServeHTTP(w, request(method, target))
			if w.Code != http.StatusMethodNotAllowed || !slices.Contains(words(w.Result().Header.Get("Allow")), "GET") || w.Result().Header.Get("Content-Type") != "application/problem+json" {
				t.Errorf("%s %s: %d %v", method, target, w.Code, w.Result().Header)
			}
		}
		wantHead(t, s, target)
	}
	wantAllow(t, s, "/api/processes/echo/execution", "POST", "OPTIONS")
	if w := get(s, "/api/processes/echo/execution"); w.Code != http.StatusMethodNotAllowed || !slices.Contains(words(w.Result().Header.Get("Allow")), "POST") {
		t.Errorf("GET of an execution: %d %v", w.Code, w.Result().Header)
	}
}

func words(allow string) []string {
	return strings.FieldsFunc(allow, func(r rune) bool { return r == ',' || r == ' ' })
}

func wantAllow(t *testing.T, s http.Handler, target string, methods ...string) {
	t.Helper()
	w := httptest.NewRecorder()
	s.ServeHTTP(w, request(http.MethodOptions, target))
	got := words(w.Result().Header.Get("Allow"))
	slices.Sort(got)
	slices.Sort(methods)
	if w.Code != http.StatusNoContent || !slices.Equal(got, methods) {
		t.Errorf("OPTIONS %s: %d, Allow %v, want %v", target, w.Code, got, methods)
	}
	w = httptest.NewRecorder()
	s.ServeHTTP(w, request(http.MethodOptions, target, "Origin", "https://other.example", "Access-Control-Request-Method", "POST"))
	if cors := w.Result().Header.Get("Access-Control-Allow-Methods"); strings.Contains(cors, "POST") {
		t.Errorf("OPTIONS %s lets other origins %s", target, cors)
	}
}

// wantHead compares HEAD with GET: net/http keeps the body back.
func wantHead(t *testing.T, s http.Handler, target string) {
	t.Helper()
	w := httptest.NewRecorder()
	s.ServeHTTP(w, request(http.MethodHead, target))
	whole := get(s, target)
	if w.Code != whole.Code || w.Result().Header.Get("Content-Type") != whole.Result().Header.Get("Content-Type") || w.Result().Header.Get("Etag") != whole.Result().Header.Get("Etag") {
		t.Errorf("HEAD %s: %d %v", target, w.Code, w.Result().Header)
	}
}
