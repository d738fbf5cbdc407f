package api

import (
	"encoding/json"
	"net/http"

	"github.com/labstack/echo/v4"

	"bivouac/api/auth"
	"bivouac/api/encode"
	"bivouac/geo"
)

// sessionState is what the page knows of who looks at it.
type sessionState struct {
	Name     *string  `json:"name"` // null for nobody
	Role     *string  `json:"role"`
	Ceiling  string   `json:"ceiling"`
	Missions []string `json:"missions"` // null for all
	Expires  *string  `json:"expires"`  // null for never
	SignedIn bool     `json:"signedIn"` // by a token or a session
	Required bool     `json:"required"` // nobody is answered who has not signed in
	Token    bool     `json:"token"`    // ways to sign in
	OIDC     bool     `json:"oidc"`
	Editable bool     `json:"editable"` // by who asks
}

func (s *Server) sessionState(who auth.Identity, required bool) sessionState {
	state := sessionState{
		Ceiling: who.Reader.Ceiling.String(), Missions: who.Reader.Missions, SignedIn: who.Grant != "", Required: required,
		Token: true, OIDC: s.config.OIDC != nil, Editable: s.config.Sink != nil && who.Rank >= geo.Editor,
	}
	if who.Known() {
		role := who.Rank.String()
		state.Name, state.Role = &who.Name, &role
	}
	if who.Expires != 0 {
		at := who.Expires.String()
		state.Expires = &at
	}
	return state
}

// session answers who is signed in.
func (s *Server) session(c echo.Context) error {
	if _, err := takes(c); err != nil {
		return err
	}
	grants, err := s.grants()
	if err != nil {
		return err
	}
	return s.tellSession(c, s.identityOf(c), len(grants) > 0)
}

func (s *Server) tellSession(c echo.Context, who auth.Identity, required bool) error {
	v := visitOf(c)
	v.Header().Set("Content-Type", encode.JSON)
	v.Header().Set("Cache-Control", "no-store")
	return v.body(c.Request()).All(appendJSON(nil, s.sessionState(who, required)))
}

// signIn begins a session with a token.
func (s *Server) signIn(c echo.Context) error {
	if _, err := takes(c); err != nil {
		return err
	}
	grants, err := s.grants()
	if err != nil {
		return err
	}
	if len(grants) == 0 {
		return geo.Errorf(geo.Conflict, "token", "this server has no tokens, and whoever reaches it is let in; there is nothing to sign in to")
	}
	body, err := s.readBody(c, questionForm)
	if err != nil {
		return err
	}
	var asked struct {
		Token string `json:"token"`
	}
	if err := json.Unmarshal(body, &asked); err != nil {
		return geo.Errorf(geo.Invalid, "body", `must be {"token":"bvk_..."}`)
	}
	grant, err := s.checkToken(c, grants, asked.Token)
	if err != nil {
		return err
	}
	if err := s.begin(c, grant, "session by token "+auth.Public(asked.Token)); err != nil {
		return err
	}
	return s.tellSession(c, auth.IdentityOf(grant), true)
}

// begin lets somebody in who has proved to hold the grant, in place of whoever
// was signed in before.
func (s *Server) begin(c echo.Context, grant *geo.Grant, how string) error {
	if err := s.record(c, geo.Entry{Act: geo.ActSignIn, Who: grant.Name, Question: how}); err != nil {
		return err
	}
	s.gate.Meet(grant, fromOf(c.Request()), s.now())
	if old := sessionCookie(c.Request()); old != "" {
		s.gate.End(old)
	}
	s.setSession(c, s.gate.Begin(grant, s.now()))
	return nil
}

// signOut ends the session, if there is one.
func (s *Server) signOut(c echo.Context) error {
	if _, err := takes(c); err != nil {
		return err
	}
	if cookie := sessionCookie(c.Request()); cookie != "" {
		s.gate.End(cookie)
		// Who sits here next shall not find in the browser what was answered.
		visitOf(c).Header().Set("Clear-Site-Data", `"cache"`)
		s.setCookie(c, http.Cookie{Name: cookieName, Path: "/", SameSite: http.SameSiteStrictMode, MaxAge: -1})
		if s.identityOf(c).Grant != "" {
			// It has ended, with or without the entry.
			_ = s.record(c, geo.Entry{Act: geo.ActSignOut, Question: "session"})
		}
	}
	return c.NoContent(http.StatusNoContent)
}
