package proxy

import (
	"net/http"
	"strings"

	"bivouac/geo"
)

// maxHops is more than any chain of proxies has.
const maxHops = 32

// xForwarded reads the headers that came before RFC 7239. Scheme and name
// belong to an address counted from the end; where one is missing, the first
// that is said stands for those before it.
func xForwarded(h http.Header) ([]hop, error) {
	from, protos, hosts := parts(h["X-Forwarded-For"]), parts(h["X-Forwarded-Proto"]), parts(h["X-Forwarded-Host"])
	if len(from) == 0 && (len(protos) > 0 || len(hosts) > 0) {
		from = []string{""}
	}
	if len(from) > maxHops {
		return nil, tooManyHops("X-Forwarded-For")
	}
	hops := make([]hop, len(from))
	for i := range hops {
		back := len(hops) - i
		hops[i] = hop{from: from[i], proto: fromEnd(protos, back), host: fromEnd(hosts, back)}
	}
	return hops, nil
}

func tooManyHops(header string) error {
	return geo.Errorf(geo.Invalid, header, "more than %d proxies are named; let the first proxy write the header anew", maxHops)
}

// parts splits the values of a header at their commas.
func parts(values []string) (list []string) {
	for _, v := range values {
		for part := range strings.SplitSeq(v, ",") {
			list = append(list, strings.Trim(part, " \t"))
		}
	}
	return list
}

// fromEnd returns the nth from the end, the first where there are fewer.
func fromEnd(list []string, n int) string {
	if len(list) == 0 {
		return ""
	}
	return list[max(len(list)-n, 0)]
}

// forwarded reads Forwarded as RFC 7239, section 4 writes it. It is strict: a
// quote that a client leaves open would swallow what the proxy adds behind it.
func forwarded(h http.Header) (hops []hop, err error) {
	for _, value := range h["Forwarded"] {
		p := pairs{rest: value}
		for more := true; more; {
			var one hop
			if one, more = p.hop(); p.broken {
				return nil, geo.Errorf(geo.Invalid, "Forwarded", "the header is not as RFC 7239 writes it, such as for=192.0.2.7;proto=https;host=camp.example; let the proxy write it anew")
			}
			if len(hops) == maxHops {
				return nil, tooManyHops("Forwarded")
			}
			hops = append(hops, one)
		}
	}
	return hops, nil
}

// pairs reads name=value;name=value, and so on.
type pairs struct {
	rest   string
	broken bool
}

// hop reads the pairs of one proxy, and whether a comma follows.
func (p *pairs) hop() (h hop, more bool) {
	seen := map[string]bool{}
	for {
		p.space()
		name := strings.ToLower(p.token())
		if name == "" || seen[name] || !p.take('=') {
			p.broken = true
			return h, false
		}
		seen[name] = true
		value := p.value()
		switch name {
		case "for":
			h.from = value
		case "proto":
			h.proto = value
		case "host":
			h.host = value
		}
		p.space()
		switch {
		case p.broken || p.rest == "":
			return h, false
		case p.take(','):
			return h, true
		case !p.take(';'):
			p.broken = true
			return h, false
		}
	}
}

func (p *pairs) space() { p.rest = strings.TrimLeft(p.rest, " \t") }

func (p *pairs) take(c byte) bool {
	if p.rest == "" || p.rest[0] != c {
		return false
	}
	p.rest = p.rest[1:]
	return true
}

// token reads the characters that need no quotes (RFC 7230, section 3.2.6). An
// address with a port needs them, but many write host=camp.example:8443.
func (p *pairs) token() string {
	end := strings.IndexFunc(p.rest, func(r rune) bool { return r <= ' ' || r >= 0x7f || strings.ContainsRune("\"(),/;<=>?@[\\]{}", r) })
	if end < 0 {
		end = len(p.rest)
	}
	text := p.rest[:end]
	p.rest = p.rest[end:]
	return text
}

// value reads a token or what stands in quotes.
func (p *pairs) value() string {
	if !p.take('"') {
		text := p.token()
		p.broken = p.broken || text == ""
		return text
	}
	var text []byte
	for i := 0; i < len(p.rest); i++ {
		switch c := p.rest[i]; {
		case c == '"':
			p.rest = p.rest[i+1:]
			return string(text)
		case c == '\\' && i+1 < len(p.rest):
			i++
			text = append(text, p.rest[i])
		default:
			text = append(text, c)
		}
	}
	p.broken = true
	return ""
}
