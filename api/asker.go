package api

import (
	"net"
	"net/http"
	"net/url"
	"strings"

	"bivouac/api/auth"
	"bivouac/geo"
)

// now is the moment by the server's clock.
func (s *Server) now() geo.Time { return geo.TimeOf(s.config.Clock()) }

// from is the address of the asker. Behind a proxy it is what that one added
// to the list, the last: what stands before it anybody may have written.
func (s *Server) from(r *http.Request) string {
	if s.config.BehindProxy {
		if list := r.Header.Values("X-Forwarded-For"); len(list) > 0 {
			return strings.TrimSpace(lastOf(list))
		}
	}
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

// isSecure reports whether the asker came by TLS, to us or to the proxy.
func (s *Server) isSecure(r *http.Request) bool {
	if s.config.BehindProxy {
		if list := r.Header.Values("X-Forwarded-Proto"); len(list) > 0 {
			return strings.EqualFold(strings.TrimSpace(lastOf(list)), "https")
		}
	}
	return r.TLS != nil
}

// lastOf returns the last part of a header with commas.
func lastOf(list []string) string {
	last := list[len(list)-1]
	return last[strings.LastIndexByte(last, ',')+1:]
}

// tokenNames are the parameters by which other programs take tokens.
var tokenNames = []string{"token", "access_token"}

// refuseTokenIn refuses a token in an address, where histories, logs and proxies
// keep it.
func refuseTokenIn(u *url.URL) error {
	query, err := url.QueryUnescape(u.RawQuery)
	if err != nil {
		query = u.RawQuery
	}
	if auth.Mentions(u.Path) || auth.Mentions(query) {
		return tokenInAddress("url")
	}
	for part := range strings.SplitSeq(u.RawQuery, "&") {
		name, _, _ := strings.Cut(part, "=")
		for _, known := range tokenNames {
			if plain, err := url.QueryUnescape(name); err == nil && strings.EqualFold(plain, known) {
				return tokenInAddress(known)
			}
		}
	}
	return nil
}

func tokenInAddress(where string) error {
	return geo.Errorf(geo.Invalid, where, "a token in an address is kept by logs and histories, so it is not taken; have it revoked, and send a new one as Authorization: Bearer")
}
