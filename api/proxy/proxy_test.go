package proxy_test

import (
	"net/http"
	"net/netip"
	"strings"
	"testing"

	"bivouac/api/proxy"
)

func TestAsker(t *testing.T) {
	trusted, err := proxy.Parse([]string{"10.0.0.0/24", "fd00::1", "127.0.0.1"})
	if err != nil {
		t.Fatal(err)
	}
	const peer = "10.0.0.7:1"
	none := proxy.Asker{}
	for _, c := range []struct {
		desc, peer, headers string // a header a line
		want                proxy.Asker
	}{
		{"nothing said", peer, "", none},
		{"a stranger says", "192.0.2.1:1", "X-Forwarded-For: 6.6.6.6\nForwarded: for=6.6.6.6;host=evil.example", none},
		{"a stranger beside the prefix", "10.0.1.7:1", "X-Forwarded-For: 6.6.6.6", none},
		{"a stranger's broken header is not read", "192.0.2.1:1", `Forwarded: for="`, none},
		{"no address at all", "@", "X-Forwarded-For: 6.6.6.6", none},
		{"IPv4 on a socket of IPv6", "[::ffff:10.0.0.7]:1", "X-Forwarded-For: 192.0.2.9", proxy.Asker{From: "192.0.2.9"}},
		{"a proxy of IPv6", "[fd00::1]:1", "X-Forwarded-For: 192.0.2.9", proxy.Asker{From: "192.0.2.9"}},
		{"the last is the asker", peer, "X-Forwarded-For: 6.6.6.6, 192.0.2.9\nX-Forwarded-Proto: https", proxy.Asker{From: "192.0.2.9", Proto: "https"}},
		{"two lines", peer, "X-Forwarded-For: 6.6.6.6\nX-Forwarded-For: 192.0.2.9", proxy.Asker{From: "192.0.2.9"}},
		{"rubbish before it", peer, "X-Forwarded-For: <b>, 192.0.2.9", proxy.Asker{From: "192.0.2.9"}},
		{"through two proxies of ours", peer, "X-Forwarded-For: 6.6.6.6, 192.0.2.9, 10.0.0.8\nX-Forwarded-Proto: http, https, http\nX-Forwarded-Host: evil.example, camp.example, inner",
			proxy.Asker{From: "192.0.2.9", Proto: "https", Host: "camp.example"}},
		{"two proxies and one scheme", peer, "X-Forwarded-For: 192.0.2.9, 10.0.0.8\nX-Forwarded-Proto: https", proxy.Asker{From: "192.0.2.9", Proto: "https"}},
		{"all are ours", peer, "X-Forwarded-For: 10.0.0.9, 10.0.0.8", proxy.Asker{From: "10.0.0.9"}},
		{"with a port", peer, "X-Forwarded-For: 192.0.2.9:4711", proxy.Asker{From: "192.0.2.9"}},
		{"IPv6 bare", peer, "X-Forwarded-For: 2001:DB8::1", proxy.Asker{From: "2001:db8::1"}},
		{"IPv6 with a port", peer, "X-Forwarded-For: [2001:db8::1]:4711", proxy.Asker{From: "2001:db8::1"}},
		{"only a scheme", peer, "X-Forwarded-Proto: HTTPS", proxy.Asker{Proto: "https"}},
		{"RFC 7239", peer, "Forwarded: for=192.0.2.9;proto=https;host=camp.example", proxy.Asker{From: "192.0.2.9", Proto: "https", Host: "camp.example"}},
		{"names in capitals, spaces, unknown names", peer, `Forwarded: by=_x ; For="192.0.2.9:80" ;PROTO=https; secret="a,b;c=\"d"`, proxy.Asker{From: "192.0.2.9", Proto: "https"}},
		{"quoted IPv6", peer, `Forwarded: for=6.6.6.6, for="[2001:db8::1]:4711";host="camp.example:8443"`, proxy.Asker{From: "2001:db8::1", Host: "camp.example:8443"}},
		{"several hops", peer, `Forwarded: for=6.6.6.6;proto=http, for=192.0.2.9;proto=https;host=camp.example, for="[fd00::1]";proto=http;host=inner`,
			proxy.Asker{From: "192.0.2.9", Proto: "https", Host: "camp.example"}},
		{"a hidden asker", peer, "Forwarded: for=6.6.6.6, for=_a.b-c", proxy.Asker{From: "_a.b-c"}},
		{"an unknown asker", peer, "Forwarded: for=unknown", proxy.Asker{From: "unknown"}},
		{"both kinds say the same", peer, "X-Forwarded-For: 192.0.2.9\nForwarded: for=\"192.0.2.9:5\"", proxy.Asker{From: "192.0.2.9"}},
	} {
		got, ok, err := trusted.Asker(request(c.peer, c.headers))
		if got != c.want || ok != (c.want != none) || err != nil {
			t.Errorf("%s: %+v %v %v", c.desc, got, ok, err)
		}
	}
}

func request(peer, headers string) *http.Request {
	r := &http.Request{RemoteAddr: peer, Header: http.Header{}}
	for line := range strings.Lines(headers) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		r.Header.Add(name, value)
	}
	return r
}

// TestBroken is what no proxy writes, or what a client wrote to be taken for
// what a proxy adds.
func TestBroken(t *testing.T) {
	for _, headers := range []string{
		`Forwarded: for="6.6.6.6, for=192.0.2.9`, `Forwarded: for=6.6.6.6;x=", for=192.0.2.9;x="1"`, `Forwarded: for="6.6.6.6\`,
		"Forwarded: for=", "Forwarded: ,", "Forwarded: for", "Forwarded: for=1.2.3.4;", "Forwarded: for=1.2.3.4,", "Forwarded: for=1.2.3.4;for=4.3.2.1",
		"Forwarded: for=[2001:db8::1]", "Forwarded: for=1.2.3", `Forwarded: for="[::1"`, `Forwarded: for="[::1]x"`, `Forwarded: for="1.2.3.4:"`, "Forwarded: for=_<b>",
		"Forwarded: for=1.2.3.4;proto=ftp", "Forwarded: for=1.2.3.4 x",
		"X-Forwarded-For: me", "X-Forwarded-For: 1.2.3.4:5:6", "X-Forwarded-For: 1.2.3.4\nX-Forwarded-Proto: ws",
		"X-Forwarded-For: " + strings.Repeat("1.2.3.4,", 40), "Forwarded: for=1.2.3.4" + strings.Repeat(",for=1.2.3.4", 40),
		"X-Forwarded-For: 1.2.3.4\nForwarded: for=4.3.2.1", "X-Forwarded-For: 1.2.3.4\nForwarded: for=1.2.3.4;host=evil.example",
		"X-Forwarded-Host: evil.example\nForwarded: for=1.2.3.4",
	} {
		got, ok, err := proxy.Loopback.Asker(request("127.0.0.1:1", headers))
		if err == nil || ok || got != (proxy.Asker{}) {
			t.Errorf("%s: %+v %v", headers, got, ok)
		}
	}
}

func TestParse(t *testing.T) {
	for _, text := range []string{"", "proxy", "10.0.0.0/33", "10.0.0.1:80", "fe80::1%eth0", "::ffff:10.0.0.1", "::ffff:10.0.0.0/120"} {
		if _, err := proxy.Parse([]string{text}); err == nil {
			t.Errorf("%q is taken", text)
		}
	}
	for text, want := range map[string]bool{"10.9.9.9": true, "::ffff:10.1.1.1": true, "11.0.0.1": false, "fd00::7%eth0": true, "::1": false} {
		trusted, err := proxy.Parse([]string{"10.1.2.3/8", "fd00::7"})
		if err != nil || trusted.Has(netip.MustParseAddr(text)) != want {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// FuzzAsker wants no panic, and nobody named who is none.
func FuzzAsker(f *testing.F) {
	f.Add(`for="[2001:db8::1]:4711";proto=https`, "6.6.6.6, 192.0.2.9")
	f.Fuzz(func(t *testing.T, forwarded, old string) {
		r := &http.Request{RemoteAddr: "127.0.0.1:1", Header: http.Header{"Forwarded": {forwarded}}}
		if old != "" {
			r.Header["X-Forwarded-For"] = []string{old}
		}
		a, ok, err := proxy.Loopback.Asker(r)
		if ok && err != nil || a.Proto != "" && a.Proto != "http" && a.Proto != "https" || strings.ContainsAny(a.From, " \"<\n") {
			t.Errorf("%+v %v %v", a, ok, err)
		}
	})
}
