package api

import (
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"bivouac/api/auth"
	"bivouac/geo"
)

// flowCookie binds a sign-in at the identity provider to the browser that began
// it. The answer comes from another site, so it is lax where the session's is
// strict.
const (
	flowCookie = "bivouac_oidc"
	flowPath   = sessionPath + "/oidc"
)

// goElsewhere sends somebody to the identity provider.
func (s *Server) goElsewhere(c echo.Context) error {
	if _, err := takes(c); err != nil {
		return err
	}
	p, err := s.provider()
	if err != nil {
		return err
	}
	address, cookie, err := p.Begin(c.Request().Context(), s.callback(c), s.now())
	if err != nil {
		return err
	}
	s.setFlow(c, cookie, int(time.Duration(auth.FlowTime*1000)/time.Second))
	return redirect(c, address)
}

// comeBack takes the provider's answer, whatever else it says, and begins a
// session.
func (s *Server) comeBack(c echo.Context) error {
	p, err := s.provider()
	if err != nil {
		return err
	}
	grants, err := s.grants()
	if err != nil {
		return err
	}
	r := c.Request()
	cookie := ""
	if f, err := r.Cookie(flowCookie); err == nil {
		cookie = f.Value
	}
	s.setFlow(c, "", -1)
	grant, err := p.Finish(r.Context(), s.callback(c), cookie, r.URL.Query(), grants, s.now())
	if err != nil {
		if geo.CodeOf(err) == geo.Unauthorized && cookie != "" {
			// Nobody is let in, with or without the entry.
			_ = s.record(c, geo.Entry{Act: geo.ActRefused, Question: "identity provider"})
		}
		return err
	}
	if err := s.begin(c, grant, "session by identity provider"); err != nil {
		return err
	}
	return redirect(c, string(s.baseOf(r))+"/")
}

func (s *Server) provider() (*auth.Provider, error) {
	if s.config.OIDC == nil {
		return nil, geo.Errorf(geo.NotFound, "oidc", "this server knows no identity provider; sign in with a token, or let it be started with --oidc-issuer")
	}
	return s.config.OIDC, nil
}

// callback is where the provider sends its answer.
func (s *Server) callback(c echo.Context) string {
	return string(s.baseOf(c.Request())) + flowPath + "/callback"
}

func (s *Server) setFlow(c echo.Context, cookie string, seconds int) {
	s.setCookie(c, http.Cookie{Name: flowCookie, Value: cookie, Path: s.basePath() + flowPath, SameSite: http.SameSiteLaxMode, MaxAge: seconds})
}

// basePath is the path under which a proxy shows the server, "" for none.
func (s *Server) basePath() string {
	return strings.TrimPrefix(string(s.base), originOf(string(s.base)))
}

func redirect(c echo.Context, address string) error {
	h := visitOf(c).Header()
	h.Set("Cache-Control", "no-store")
	h["Referrer-Policy"] = noReferrer
	return c.Redirect(http.StatusSeeOther, address)
}
