// Package proxy answers who asks through the proxies that a server trusts, and
// by which scheme and name: from Forwarded (RFC 7239) or from the X-Forwarded
// headers that came before it. What anybody but a trusted proxy writes there
// is not looked at.
package proxy

import (
	"net/http"
	"net/netip"
	"strings"

	"bivouac/geo"
)

// Trusted are the addresses of the proxies that are believed. None believes
// nobody.
type Trusted []netip.Prefix

// Loopback trusts what runs on this machine.
var Loopback = Trusted{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}

// Parse reads prefixes such as 10.0.0.0/8, and single addresses.
func Parse(list []string) (Trusted, error) {
	t := make(Trusted, 0, len(list))
	for _, text := range list {
		p, err := netip.ParsePrefix(text)
		if err != nil {
			var one netip.Addr
			if one, err = netip.ParseAddr(text); err == nil && one.Zone() == "" {
				p = netip.PrefixFrom(one, one.BitLen())
			}
		}
		if !p.IsValid() || p.Addr().Is4In6() {
			return nil, geo.Errorf(geo.Invalid, "--trusted-proxy", "%q is neither an address nor a prefix, such as 10.0.0.7 or 10.0.0.0/24", text)
		}
		t = append(t, p.Masked())
	}
	return t, nil
}

// Has reports whether the address is of a trusted proxy.
func (t Trusted) Has(a netip.Addr) bool {
	a = a.Unmap().WithZone("")
	for _, p := range t {
		if p.Contains(a) {
			return true
		}
	}
	return false
}

// Asker is who asks, as the proxies say it.
type Asker struct {
	From  string // an address, or a name that a proxy gives instead of one; "" where no proxy says it
	Proto string // http or https; "" where no proxy says it
	Host  string // "" where no proxy says it
}

// hop is what one proxy says of whom it was asked by.
type hop struct{ from, proto, host string }

// Asker reads who asks. It is false where the connection is not of a trusted
// proxy, or none of the headers is there. From the last proxy back it is the
// first address that is not trusted: what stands before it anybody may have
// written. Proxies that say both kinds of headers must say the same, since one
// that sets only one kind lets the other through as a client wrote it.
func (t Trusted) Asker(r *http.Request) (Asker, bool, error) {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil || !t.Has(peer.Addr()) {
		return Asker{}, false, nil
	}
	old, err := xForwarded(r.Header)
	if err != nil {
		return Asker{}, false, err
	}
	standard, err := forwarded(r.Header)
	if err != nil {
		return Asker{}, false, err
	}
	switch {
	case len(old) == 0 && len(standard) == 0:
		return Asker{}, false, nil
	case len(old) == 0:
		return t.walk(standard, "Forwarded")
	case len(standard) == 0:
		return t.walk(old, "X-Forwarded-For")
	}
	a, _, err := t.walk(old, "X-Forwarded-For")
	if err != nil {
		return Asker{}, false, err
	}
	b, _, err := t.walk(standard, "Forwarded")
	if err == nil && a != b {
		err = geo.Errorf(geo.Invalid, "Forwarded", "Forwarded and X-Forwarded-For, -Proto and -Host do not say the same; let the proxy take away those that it does not set itself")
	}
	if err != nil {
		return Asker{}, false, err
	}
	return a, true, nil
}

// walk goes back to whom the trusted proxies were asked by.
func (t Trusted) walk(hops []hop, header string) (Asker, bool, error) {
	for i := len(hops) - 1; ; i-- {
		h := hops[i]
		from, addr, ok := node(h.from)
		if !ok {
			return Asker{}, false, geo.Errorf(geo.Invalid, header, "%.80q is no address of whoever asks; let the proxy write one, such as 192.0.2.7 or \"[2001:db8::7]:4711\"", h.from)
		}
		if i > 0 && addr.IsValid() && t.Has(addr) {
			continue
		}
		proto := strings.ToLower(h.proto)
		if proto != "" && proto != "http" && proto != "https" {
			return Asker{}, false, geo.Errorf(geo.Invalid, header, "%.80q is neither http nor https; let the proxy write by which of them it was asked", h.proto)
		}
		return Asker{From: from, Proto: proto, Host: h.host}, true, nil
	}
}

// node reads whom a proxy names: an address with or without a port, or a name
// that hides it (RFC 7239, section 6).
func node(text string) (string, netip.Addr, bool) {
	if text == "" || strings.EqualFold(text, "unknown") || text[0] == '_' {
		return text, netip.Addr{}, len(text) <= 64 && strings.Trim(text, hidden) == ""
	}
	bare := text
	if inside, rest, ok := strings.Cut(strings.TrimPrefix(text, "["), "]"); ok && text[0] == '[' {
		if rest != "" && !isPort(rest) {
			return "", netip.Addr{}, false
		}
		bare = inside
	} else if i := strings.IndexByte(text, ':'); i >= 0 && i == strings.LastIndexByte(text, ':') {
		if !isPort(text[i:]) {
			return "", netip.Addr{}, false
		}
		bare = text[:i]
	}
	addr, err := netip.ParseAddr(bare)
	if err != nil {
		return "", netip.Addr{}, false
	}
	addr = addr.Unmap().WithZone("")
	return addr.String(), addr, true
}

// hidden are the characters of a name that hides an address or a port.
const hidden = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-"

// isPort reports whether the text is a colon and a port.
func isPort(text string) bool {
	return len(text) > 1 && len(text) <= 64 && text[0] == ':' && strings.Trim(text[1:], hidden) == ""
}
