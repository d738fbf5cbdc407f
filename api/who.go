package api

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"bivouac/api/auth"
	"bivouac/geo"
)

// whoAsks returns nobody where nothing was sent to know somebody by.
func (s *Server) whoAsks(c echo.Context) (auth.Identity, error) {
	r := c.Request()
	grants, err := s.grants()
	bearer, cookie := r.Header.Get("Authorization"), sessionCookie(r)
	switch {
	case err != nil:
		return auth.Nobody(), err
	case len(grants) == 0:
		return s.local(r), nil
	case bearer != "":
		return s.whoseToken(c, grants, bearer)
	case cookie != "":
		return s.whoseSession(c, grants, cookie)
	}
	return auth.Nobody(), nil
}

// local is who asks while there are no grants. A page of another site stands in
// front of the same screen, but is somebody else.
func (s *Server) local(r *http.Request) auth.Identity {
	who := auth.Local(s.config.Reader)
	if s.isForeign(r) {
		who.Name, who.Rank, who.Reader.Ceiling = "another site", geo.Viewer, geo.Unclassified
	}
	return who
}

// grants returns all grants, none where the server keeps none.
func (s *Server) grants() ([]geo.Grant, error) {
	if s.config.Grants == nil {
		return nil, nil
	}
	grants, err := s.config.Grants.Grants()
	if err != nil {
		return nil, &geo.Error{Code: geo.Unavailable, Text: "who may enter cannot be looked up now; ask again in a moment", Cause: err}
	}
	return grants, nil
}

func (s *Server) whoseToken(c echo.Context, grants []geo.Grant, header string) (auth.Identity, error) {
	scheme, token, _ := strings.Cut(header, " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return auth.Nobody(), geo.Errorf(geo.Unauthorized, "Authorization", "must be Bearer and a token, such as Authorization: Bearer bvk_...")
	}
	grant, err := s.checkToken(c, grants, strings.TrimSpace(token))
	if err != nil {
		return auth.Nobody(), err
	}
	if s.gate.Meet(grant, fromOf(c.Request()), s.now()) {
		err = s.record(c, geo.Entry{Act: geo.ActSignIn, Who: grant.Name, Question: "token " + auth.Public(token)})
	}
	return auth.IdentityOf(grant), err
}

// checkToken returns the grant of a token. Whoever shows a wrong one stands in
// the audit; whoever is held up for it does not, and who shows one that is over
// once only, so that nobody fills it.
func (s *Server) checkToken(c echo.Context, grants []geo.Grant, token string) (*geo.Grant, error) {
	from, now := fromOf(c.Request()), s.now()
	grant, err := s.gate.Token(grants, token, from, now)
	if geo.CodeOf(err) != geo.Unauthorized {
		return grant, err
	}
	refused := geo.Entry{Act: geo.ActRefused, Question: strings.TrimSpace("token " + auth.Public(token))}
	if grant != nil {
		refused.Who = grant.Name
	}
	if grant == nil || s.gate.Meet(grant, from, now) {
		// Nobody is let in, with or without the entry.
		_ = s.record(c, refused)
	}
	return nil, err
}

func (s *Server) whoseSession(c echo.Context, grants []geo.Grant, cookie string) (auth.Identity, error) {
	if s.isForeign(c.Request()) {
		return auth.Nobody(), geo.Errorf(geo.Forbidden, "Cookie", "a page of another site asks with the cookie of whoever looks at it; it may ask with a token of its own")
	}
	grant, renewed, err := s.gate.Session(grants, cookie, s.now())
	if err != nil {
		return auth.Nobody(), err
	}
	if renewed {
		s.setSession(c, cookie)
	}
	return auth.IdentityOf(grant), nil
}

func isOver(err error) bool { return geo.CodeOf(err) == geo.Unauthorized && whereOf(err) == "Cookie" }

// authorOf returns the name under which a change is kept.
func (s *Server) authorOf(c echo.Context) string { return s.identityOf(c).Name }

// goesOn reports whether who asked is still let in, for answers that last.
func (s *Server) goesOn(c echo.Context) bool {
	who := s.identityOf(c)
	grants, err := s.grants()
	if err != nil || who.Grant == "" {
		return err == nil && len(grants) == 0
	}
	if cookie := sessionCookie(c.Request()); cookie != "" && c.Request().Header.Get("Authorization") == "" {
		return s.gate.Alive(grants, cookie, s.now())
	}
	return auth.Holds(grants, who, s.now())
}
