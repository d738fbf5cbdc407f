package api

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"bivouac/api/auth"
)

// cookieName is that of the session.
const cookieName = "bivouac_session"

func sessionCookie(r *http.Request) string {
	if c, err := r.Cookie(cookieName); err == nil {
		return c.Value
	}
	return ""
}

// setSession hands the cookie out, for as long as the session may rest.
func (s *Server) setSession(c echo.Context, cookie string) {
	s.setCookie(c, http.Cookie{
		Name: cookieName, Value: cookie, Path: "/", SameSite: http.SameSiteStrictMode,
		MaxAge: int(time.Duration(auth.Idle*1000) / time.Second),
	})
}

// setCookie sets a cookie that no script reads and, where there is TLS, no plain
// connection carries.
func (s *Server) setCookie(c echo.Context, cookie http.Cookie) {
	cookie.HttpOnly, cookie.Secure = true, isSecure(c.Request())
	http.SetCookie(visitOf(c), &cookie)
}
