package api

import (
	"net"
	"net/http"
	"net/netip"
	"strings"

	"github.com/labstack/echo/v4"

	"bivouac/geo"
)

// maxURLBytes leaves room for a shape of some thousand vertices in near.
const maxURLBytes = 80 << 10

// Headers of every answer, shared so that setting them costs nothing.
var (
	anyOrigin      = []string{"*"}
	exposed        = []string{"Allow, Bivouac-Classification, Bivouac-Not-Held, Bivouac-Version, Content-Crs, Content-Disposition, ETag, Link, Location, OGC-NumberMatched, OGC-NumberReturned, Retry-After, WWW-Authenticate"}
	readMethods    = []string{"GET, HEAD, OPTIONS"}
	readHeaders    = []string{"Accept, Authorization, If-None-Match"}
	noSniff        = []string{"nosniff"}
	preflightAge   = []string{"600"}
	varying        = []string{"Accept, Accept-Encoding, Origin"}
	checkEachTime  = []string{"private, no-cache"}
	noReferrer     = []string{"no-referrer"}
	sameOrigin     = []string{"same-origin"}
	secFetchHeader = "Sec-Fetch-Site"
)

// guard decides who is let in: requests to a name of this server, that are not
// too long, and writes only from its own page or from no page at all. Pages of
// other sites may read: with a token of their own, and without the cookie or
// the place of whoever looks at them.
func (s *Server) guard(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		h := c.Response().Header()
		h["X-Content-Type-Options"] = noSniff
		r, err := s.throughProxy(c.Request())
		if err != nil {
			return err
		}
		c.SetRequest(r)
		visitOf(c).request = r
		if err := s.checkHosts(r); err != nil {
			return err
		}
		switch r.Method {
		case http.MethodGet, http.MethodHead:
			allowReading(h)
		case http.MethodOptions:
			allowReading(h)
			h["Access-Control-Allow-Methods"], h["Access-Control-Allow-Headers"] = readMethods, readHeaders
			h["Access-Control-Max-Age"] = preflightAge
		default:
			if s.isForeign(r) {
				return geo.Errorf(geo.Forbidden, "Origin", "a page of another site may read here, but not write or run; open the page of this server itself")
			}
		}
		if len(r.RequestURI) > maxURLBytes {
			return geo.Errorf(geo.TooLarge, urlTooLong, "the address has %d bytes, and at most %d are taken; give near a shape with fewer vertices", len(r.RequestURI), maxURLBytes)
		}
		return next(c)
	}
}

func allowReading(h http.Header) {
	h["Access-Control-Allow-Origin"], h["Access-Control-Expose-Headers"] = anyOrigin, exposed
}

// checkHosts refuses a name that is not ours, also one that a proxy passes on.
// Host is looked at beside it: a page whose name points to the proxy may write
// X-Forwarded-Host, but not Host.
func (s *Server) checkHosts(r *http.Request) error {
	for _, host := range []string{r.Host, hostOf(r)} {
		if !s.knowsHost(host, r) {
			return geo.Errorf(geo.Forbidden, "Host", "this server does not answer to the name %q; use its address, or let the server be started with that name", hostOnly(host))
		}
	}
	return nil
}

// knowsHost refuses names that are not this server's. A site can let its own
// name point to this address and would then pass for our page (DNS rebinding);
// an address in numbers cannot be made to point elsewhere.
func (s *Server) knowsHost(named string, r *http.Request) bool {
	host := hostOnly(named)
	if host == "127.0.0.1" || s.hosts[strings.ToLower(host)] {
		return true
	}
	ip, err := netip.ParseAddr(host)
	if err != nil {
		return false
	}
	if ip.IsLoopback() {
		return true
	}
	local, ok := r.Context().Value(http.LocalAddrContextKey).(*net.TCPAddr)
	return ok && local.AddrPort().Addr().Unmap() == ip.Unmap()
}

// hostOnly returns the host of host:port, brackets of IPv6 taken off, and ""
// where the port is none: what is let through here is written into links.
func hostOnly(host string) string {
	name, port, err := net.SplitHostPort(host)
	if err != nil {
		name = strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
	}
	if strings.Trim(port, "0123456789") != "" {
		return ""
	}
	return name
}

// isForeign reports whether a page of another site asks, in the name of
// whoever looks at it. Programs send no Origin and are none.
func (s *Server) isForeign(r *http.Request) bool {
	site := r.Header.Get(secFetchHeader)
	origin := r.Header.Get("Origin")
	if origin == "" {
		return site != "" && site != "same-origin" && site != "none"
	}
	return site == "cross-site" || site == "same-site" || !s.isOwn(origin, r)
}

func (s *Server) isOwn(origin string, r *http.Request) bool {
	if secure := isSecure(r); strings.EqualFold(origin, "http://"+hostOf(r)) && !secure || strings.EqualFold(origin, "https://"+hostOf(r)) && secure {
		return true
	}
	return s.base != "" && strings.EqualFold(origin, originOf(string(s.base)))
}

// originOf cuts the path off an address.
func originOf(base string) string {
	_, rest, _ := strings.Cut(base, "://")
	if i := strings.IndexByte(rest, '/'); i >= 0 {
		return base[:len(base)-len(rest)+i]
	}
	return base
}
