// Package callback tells other programs how a run goes: where may word of it be
// sent, and how does it reach nobody else? An operator names the hosts; a name
// that leads into the network of the server is not followed there.
package callback

import (
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"bivouac/geo"
)

// Hosts are those to which callbacks may go. The zero value has none.
type Hosts []host

type host struct{ name, port string } // port "" is any

// ParseHosts reads HOST, HOST:PORT, IP and IP:PORT, as --callback-allow takes
// them. An address that is not public is to be named with its port.
func ParseHosts(list []string) (Hosts, error) {
	var out Hosts
	for _, text := range list {
		h, err := parseHost(strings.TrimSpace(text))
		if err != nil {
			return nil, err
		}
		out = append(out, h)
	}
	return out, nil
}

func parseHost(text string) (host, error) {
	u, err := url.Parse("http://" + text)
	if err != nil || u.Host != text || u.Hostname() == "" {
		return host{}, geo.Errorf(geo.Invalid, "--callback-allow", "must be HOST or HOST:PORT, not %q", text)
	}
	h := host{plain(u.Hostname()), u.Port()}
	if ip, err := netip.ParseAddr(h.name); err == nil && !isPublic(ip) && h.port == "" {
		return host{}, geo.Errorf(geo.Invalid, "--callback-allow", "%s is an address of this machine or its network; name the one port that may be reached, as in %s", text, net.JoinHostPort(h.name, "8000"))
	}
	return h, nil
}

// plain is a host as it is compared.
func plain(name string) string { return strings.ToLower(strings.TrimSuffix(name, ".")) }

// Names returns the hosts as they were named, in their order.
func (h Hosts) Names() []string {
	out := make([]string, len(h))
	for i, o := range h {
		if out[i] = o.name; o.port != "" {
			out[i] = net.JoinHostPort(o.name, o.port)
		}
	}
	return out
}

const mostURI = 2000 // letters

// Check refuses an address that no callback may go to.
func (h Hosts) Check(where, uri string) error {
	u, err := url.Parse(uri)
	switch {
	case len(h) == 0:
		return geo.Errorf(geo.Invalid, where, "this server sends no callbacks; ask /api/jobs/{id} how far a run is, or have it started with --callback-allow")
	case err != nil || len(uri) > mostURI || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil:
		return geo.Errorf(geo.Invalid, where, "must be an address that begins with http:// or https://, without a name and password, of at most %d letters", mostURI)
	}
	name, port := plain(u.Hostname()), portOf(u)
	if !slices.ContainsFunc(h, func(o host) bool { return o.name == name && (o.port == "" || o.port == port) }) {
		return geo.Errorf(geo.Invalid, where, "no callback may go to this host; ask whoever runs the server to name it with --callback-allow")
	}
	return nil
}

func portOf(u *url.URL) string {
	switch {
	case u.Port() != "":
		return u.Port()
	case u.Scheme == "https":
		return "443"
	}
	return "80"
}

// reach refuses to connect to an address that is not public and not named
// itself. It is asked with what a name led to, at the moment of connecting, so
// that a name cannot lead elsewhere after it was looked at.
func (h Hosts) reach(address string) error {
	to, err := netip.ParseAddrPort(address)
	if err == nil {
		name, port, _ := net.SplitHostPort(netip.AddrPortFrom(to.Addr().Unmap(), to.Port()).String())
		if isPublic(to.Addr()) || slices.Contains(h, host{name, port}) {
			return nil
		}
	}
	return geo.Errorf(geo.Forbidden, "subscriber", "the host leads to an address of this machine or its network")
}

// special are what netip does not tell apart from public addresses (RFC 6890
// and those that it lists), among them those that carry another address.
var special = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("192.0.0.0/24"),
	netip.MustParsePrefix("198.18.0.0/15"), netip.MustParsePrefix("240.0.0.0/4"),
	netip.MustParsePrefix("::/96"), netip.MustParsePrefix("64:ff9b::/96"), netip.MustParsePrefix("64:ff9b:1::/48"),
	netip.MustParsePrefix("2001::/23"), netip.MustParsePrefix("2002::/16"), netip.MustParsePrefix("fec0::/10"),
}

func isPublic(ip netip.Addr) bool {
	ip = ip.Unmap().WithZone("")
	return ip.IsGlobalUnicast() && !ip.IsPrivate() && !slices.ContainsFunc(special, func(p netip.Prefix) bool { return p.Contains(ip) })
}
