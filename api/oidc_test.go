package api_test

import (
	"crypto/rand"
	"crypto/rsa"
	"io"
	"net/http"
	"net/http/cookiejar"
	"strings"
	"testing"
	"time"

	"bivouac/api/auth"
	"bivouac/geo"
)

// elsewhere is a server with an identity provider, and a browser.
type elsewhere struct {
	issuer  *issuer
	desk    *desk
	address string
	browser *http.Client
}

func newElsewhere(t *testing.T, subject string) *elsewhere {
	t.Helper()
	e := &elsewhere{issuer: newIssuer(t), desk: newDesk()}
	e.desk.time.Store(time.Now().UnixMicro()) // the issuer has its own clock
	e.desk.grant("somebody", geo.Viewer, geo.Reader{})
	e.desk.grant("Desk officer", geo.Analyst, cleared)
	e.desk.change("Desk officer", func(g *geo.Grant) { g.Subject, g.Hash = subject, [32]byte{} })
	p, err := auth.NewProvider(auth.Issuer{URL: e.issuer.URL, ClientID: clientID, Secret: clientSecret})
	if err != nil {
		t.Fatal(err)
	}
	config := e.desk.config()
	config.OIDC = p
	s, _ := serve(t, config, mixed(t))
	e.address = "http://" + run(t, s).address
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	e.browser = &http.Client{Jar: jar, Transport: &http.Transport{DisableKeepAlives: true}}
	return e
}

// ask returns the status and text of what a browser gets in the end.
func (e *elsewhere) ask(t *testing.T, path string) (int, string) {
	t.Helper()
	res, err := e.browser.Get(e.address + path)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, textOf(t, res)
}

func textOf(t *testing.T, res *http.Response) string {
	t.Helper()
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestSignInElsewhere(t *testing.T) {
	stranger, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	state := func(name string, value any) func(*issuer) {
		return func(i *issuer) { i.alter = func(c document) { c[name] = value } }
	}
	for _, c := range []struct {
		desc    string
		subject string // of the grant
		issuer  func(*issuer)
		says    string // part of the refusal; "" lets in
	}{
		{desc: "by the verified address, in any case", subject: "desk@camp.EXAMPLE"},
		{desc: "by the subject", subject: "user-17"},
		{desc: "verified as text", subject: "desk@camp.example", issuer: state("email_verified", "true")},
		{desc: "several audiences, made for us", subject: "user-17", issuer: func(i *issuer) {
			i.alter = func(c document) { c["aud"], c["azp"] = []string{"other", clientID}, clientID }
		}},
		{desc: "an address that is not verified", subject: "desk@camp.example", issuer: state("email_verified", false), says: "not verified"},
		{desc: "nothing said of verifying", subject: "desk@camp.example", issuer: func(i *issuer) {
			i.alter = func(c document) { delete(c, "email_verified") }
		}, says: "not verified"},
		{desc: "somebody unknown", subject: "other@camp.example", says: "no grant here is yours"},
		{desc: "another nonce", subject: "user-17", issuer: state("nonce", "x"), says: "another sign-in"},
		{desc: "no nonce", subject: "user-17", issuer: state("nonce", ""), says: "another sign-in"},
		{desc: "another audience", subject: "user-17", issuer: state("aud", "other"), says: "for this server"},
		{desc: "several audiences, made for nobody", subject: "user-17", issuer: state("aud", []string{"other", clientID}), says: "another program"},
		{desc: "made for another", subject: "user-17", issuer: state("azp", "other"), says: "another program"},
		{desc: "another issuer", subject: "user-17", issuer: state("iss", "https://evil.example"), says: "for this server"},
		{desc: "expired", subject: "user-17", issuer: state("exp", time.Now().Add(-time.Hour).Unix()), says: "expired"},
		{desc: "signed by a stranger", subject: "user-17", issuer: func(i *issuer) { i.sign = stranger }, says: "for this server"},
		{desc: "a code that is not taken back", subject: "user-17", issuer: func(i *issuer) { i.refuse = true }, says: "code"},
	} {
		e := newElsewhere(t, c.subject)
		if c.issuer != nil {
			c.issuer(e.issuer)
		}
		status, text := e.ask(t, "/api/session/oidc")
		_, after := e.ask(t, "/api/session")
		if c.says == "" {
			if status != http.StatusOK || !strings.Contains(text, "make web") || !strings.Contains(after, `"name":"Desk officer","role":"analyst"`) {
				t.Errorf("%s: %d %.300s, then %s", c.desc, status, text, after)
			}
			if acts := e.desk.acts(); acts != "sign-in Desk officer" {
				t.Errorf("%s: audit %q", c.desc, acts)
			}
			continue
		}
		if status != http.StatusUnauthorized || !strings.Contains(text, c.says) || !strings.Contains(after, `"name":null`) {
			t.Errorf("%s: %d %.300s, then %s; want %q", c.desc, status, text, after, c.says)
		}
		if acts := e.desk.acts(); acts != "sign-in-refused" {
			t.Errorf("%s: audit %q", c.desc, acts)
		}
	}
}

// TestForgedAnswers sends answers that the provider did not send, or not to
// this browser.
func TestForgedAnswers(t *testing.T) {
	e := newElsewhere(t, "user-17")
	stay := *e.browser
	stay.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	step := func(address string) *http.Response {
		t.Helper()
		res, err := stay.Get(address)
		if err != nil {
			t.Fatal(err)
		}
		return res
	}
	begin := func() (callback string) {
		t.Helper()
		res := step(e.address + "/api/session/oidc")
		c := res.Cookies()
		if res.StatusCode != http.StatusSeeOther || len(c) != 1 || !c[0].HttpOnly || c[0].SameSite != http.SameSiteLaxMode || c[0].MaxAge > 600 {
			t.Fatalf("begin: %d %v", res.StatusCode, c)
		}
		return step(res.Header.Get("Location")).Header.Get("Location")
	}
	const callback = "/api/session/oidc/callback"
	for _, c := range []struct {
		desc string
		path func() string
	}{
		{"without a beginning", func() string { return e.address + callback + "?code=x&state=y" }},
		{"another state", func() string { return strings.Replace(begin(), "state=", "state=a", 1) }},
		{"no state", func() string { begin(); return e.address + callback + "?code=x" }},
		{"the provider refuses", func() string {
			return strings.Replace(begin(), "code=", "error=access_denied&x=", 1)
		}},
		{"too late", func() string {
			at := begin()
			e.desk.pass(11 * time.Minute)
			return at
		}},
	} {
		if res := step(c.path()); res.StatusCode != http.StatusUnauthorized || len(res.Cookies()) > 1 {
			t.Errorf("%s: %d %v", c.desc, res.StatusCode, res.Cookies())
		}
	}
	e.desk.time.Store(time.Now().UnixMicro())
	at := begin()
	if res, err := http.Get(at); err != nil || res.StatusCode != http.StatusUnauthorized {
		t.Errorf("in another browser: %v, %v", res, err)
	}
	res := step(at)
	session := cookieNamed(res.Cookies(), "bivouac_session")
	if res.StatusCode != http.StatusSeeOther || res.Header.Get("Location") != e.address+"/" || session == nil ||
		!session.HttpOnly || session.SameSite != http.SameSiteStrictMode || session.Path != "/" {
		t.Errorf("the true answer: %d %v", res.StatusCode, res.Header)
	}
	if res := step(at); res.StatusCode != http.StatusUnauthorized {
		t.Errorf("a second time: %d", res.StatusCode)
	}
}

func cookieNamed(list []*http.Cookie, name string) *http.Cookie {
	for _, c := range list {
		if c.Name == name {
			return c
		}
	}
	return nil
}

// TestProviderOutOfReach starts without a link, says so, and signs in when it is
// there.
func TestProviderOutOfReach(t *testing.T) {
	d := newDesk()
	d.grant("somebody", geo.Viewer, geo.Reader{})
	i := newIssuer(t)
	address := i.URL
	i.Close()
	p, err := auth.NewProvider(auth.Issuer{URL: address, ClientID: clientID})
	if err != nil {
		t.Fatal(err)
	}
	config := d.config()
	config.OIDC = p
	s, _ := serve(t, config, mixed(t))
	for range 2 {
		w := get(s, "/api/session/oidc")
		if w.Code != http.StatusServiceUnavailable || !strings.Contains(w.Body.String(), "cannot be reached") || strings.Contains(w.Body.String(), address) {
			t.Errorf("%d %s", w.Code, w.Body)
		}
	}
	if w := get(s, "/api/session"); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), `"oidc":true`) {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	without, _ := serve(t, d.config(), mixed(t))
	if w := get(without, "/api/session/oidc"); w.Code != http.StatusNotFound {
		t.Errorf("without a provider: %d", w.Code)
	}
}
