package api

import (
	"context"
	"net"
	"net/http"
	"net/url"
	"strings"

	"bivouac/api/auth"
	"bivouac/api/proxy"
	"bivouac/geo"
)

// now is the moment by the server's clock.
func (s *Server) now() geo.Time { return geo.TimeOf(s.config.Clock()) }

// askerKey finds in a request's context what its proxies say of who asks.
type askerKey struct{}

// throughProxy returns the request with what trusted proxies say of who asks.
func (s *Server) throughProxy(r *http.Request) (*http.Request, error) {
	asker, ok, err := s.config.Proxies.Asker(r)
	if err != nil || !ok {
		return r, err
	}
	return r.WithContext(context.WithValue(r.Context(), askerKey{}, &asker)), nil
}

// proxied returns what trusted proxies say of who asks, nil where none does.
func proxied(r *http.Request) *proxy.Asker {
	a, _ := r.Context().Value(askerKey{}).(*proxy.Asker)
	return a
}

// fromOf is the address of the asker, the one that trusted proxies name.
func fromOf(r *http.Request) string {
	if a := proxied(r); a != nil && a.From != "" {
		return a.From
	}
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

// isSecure reports whether the asker came by TLS, to us or to the proxy.
func isSecure(r *http.Request) bool {
	if a := proxied(r); a != nil && a.Proto != "" {
		return a.Proto == "https"
	}
	return r.TLS != nil
}

// hostOf is the name by which the asker knows us.
func hostOf(r *http.Request) string {
	if a := proxied(r); a != nil && a.Host != "" {
		return a.Host
	}
	return r.Host
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
