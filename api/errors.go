package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"bivouac/api/auth"
	"bivouac/api/encode"
	"bivouac/api/ledger"
	"bivouac/api/params"
	"bivouac/geo"
	"bivouac/geo/geojson"
)

// statusGone is what the log says of a reader who left; nobody receives it.
const statusGone = 499

// statuses is the one table from codes to HTTP.
var statuses = map[geo.Code]int{
	geo.Invalid:       http.StatusBadRequest,
	geo.Unauthorized:  http.StatusUnauthorized,
	geo.Forbidden:     http.StatusForbidden,
	geo.NotFound:      http.StatusNotFound,
	geo.Gone:          http.StatusGone,
	geo.NotAllowed:    http.StatusMethodNotAllowed,
	geo.Unacceptable:  http.StatusNotAcceptable,
	geo.Conflict:      http.StatusConflict,
	geo.Precondition:  http.StatusPreconditionFailed,
	geo.Unconditional: http.StatusPreconditionRequired,
	geo.Delayed:       http.StatusTooManyRequests,
	geo.TooLarge:      http.StatusRequestEntityTooLarge,
	geo.Unsupported:   http.StatusUnsupportedMediaType,
	geo.Cancelled:     statusGone,
	geo.Internal:      http.StatusInternalServerError,
	geo.Unavailable:   http.StatusServiceUnavailable,
}

// problem is an error as RFC 9457 writes it.
type problem struct {
	Type      string `json:"type"`
	Title     string `json:"title"`
	Status    int    `json:"status"`
	Detail    string `json:"detail"`
	Code      string `json:"code"`
	Parameter string `json:"parameter,omitempty"`

	Said    *geojson.Told `json:"said,omitempty"` // the detail by a code, for other languages
	Request string        `json:"request"`

	Clashes []ledger.Clash `json:"clashes,omitempty"` // of an undo
}

// Types of problems that OGC API Processes names.
const (
	noSuchProcess = "http://www.opengis.net/def/exceptions/ogcapi-processes-1/1.0/no-such-process"
	notReadyYet   = "http://www.opengis.net/def/exceptions/ogcapi-processes-1/1.0/result-not-ready"
	noSuchJob     = "http://www.opengis.net/def/exceptions/ogcapi-processes-1/1.0/no-such-job"
)

// urlTooLong is the one error whose status is not that of its code alone.
const urlTooLong = "url"

// fail answers a request that went wrong. It reports whether the answer had
// begun, or has nobody to go to: then the connection is to be cut.
func (s *Server) fail(v *visit, r *http.Request, err error) (cut bool) {
	e := forPeople(err)
	if e.Code == geo.NotAllowed && s.config.Sink == nil && wouldWrite(r) {
		e = errReadOnly
	}
	if v.status != 0 {
		return true
	}
	if e.Code == geo.Cancelled {
		v.status = statusGone
		return true
	}
	p := problem{
		Type: "about:blank", Status: statuses[e.Code], Detail: e.Text, Code: string(e.Code), Parameter: e.Where, Request: v.id(), Said: geojson.TellError(e),
	}
	p.refine(e)
	p.Clashes = s.clashes(e.Clashes)
	p.Title = http.StatusText(p.Status)
	h := v.Header()
	for _, name := range []string{"Etag", "Link", "Location", "Content-Encoding", "Content-Length", "Ogc-Numbermatched", "Ogc-Numberreturned", params.ContentCRS, versionHeader} {
		h.Del(name)
	}
	h.Set("Content-Type", encode.Problem)
	h.Set("Cache-Control", "no-store")
	setRetry(h, p.Status, e)
	v.forget()
	for i := range e.Clashes {
		v.markRecords(e.Clashes[i].Yours, e.Clashes[i].Theirs)
	}
	b := v.bodyOf(r, p.Status)
	b.B = appendJSON(b.B, p)
	if _, err := b.Close(); err != nil {
		return true
	}
	return false
}

// setRetry says what a program is to do next.
func setRetry(h http.Header, status int, e *geo.Error) {
	var wait auth.Wait
	switch {
	case errors.As(e, &wait):
		h.Set("Retry-After", strconv.Itoa(int(wait.Duration().Seconds())))
	case status == http.StatusServiceUnavailable:
		h.Set("Retry-After", "2")
	case status == http.StatusUnauthorized:
		h.Set("WWW-Authenticate", "Bearer")
	}
}

// refine gives what the standards want to be told apart.
func (p *problem) refine(e *geo.Error) {
	switch {
	case e.Code == geo.TooLarge && e.Where == urlTooLong:
		p.Status = http.StatusRequestURITooLong
	case e.Code == geo.NotFound && e.Where == "process":
		p.Type = noSuchProcess
	case e.Code == geo.NotFound && e.Where == "results":
		p.Type = notReadyYet
	case (e.Code == geo.NotFound || e.Code == geo.Gone) && e.Where == "job":
		p.Type = noSuchJob
	}
}

// clashes tells what others have made of the records of an undo.
func (s *Server) clashes(list []geo.Clash) []ledger.Clash {
	if len(list) == 0 {
		return nil
	}
	snap, err := s.snapshot()
	if err != nil {
		return nil
	}
	told, err := ledger.NewClashes(list, schemasOf(snap))
	if err != nil {
		return nil // the refusal itself is what counts
	}
	return told
}

// forPeople returns the error that may be shown. What is inside an error of
// ours is for the log alone.
func forPeople(err error) *geo.Error {
	var e *geo.Error
	var h *echo.HTTPError
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return geo.Errorf(geo.Cancelled, "", "the asker went away")
	case errors.As(err, &e) && e.Code != geo.Internal:
		return e
	case errors.As(err, &h):
		return routeError(h)
	}
	return geo.Errorf(geo.Internal, "", "this is a fault of the server, not of the question; its log says more under the number of the request")
}

// whereOf returns what an error names as wrong.
func whereOf(err error) string {
	var e *geo.Error
	if errors.As(err, &e) {
		return e.Where
	}
	return ""
}

func routeError(h *echo.HTTPError) *geo.Error {
	switch h.Code {
	case http.StatusNotFound:
		return geo.Errorf(geo.NotFound, "path", "there is nothing at this address; /api lists what there is")
	case http.StatusMethodNotAllowed:
		return geo.Errorf(geo.NotAllowed, "method", "this resource does not take that method; the Allow header says which it takes")
	}
	return geo.Errorf(geo.Invalid, "request", "%s (%s)", strings.ToLower(http.StatusText(h.Code)), strconv.Itoa(h.Code))
}

// appendJSON adds a document that encoding/json can always write.
func appendJSON(b []byte, document any) []byte {
	w := appender(b)
	e := json.NewEncoder(&w)
	e.SetEscapeHTML(false)
	if err := e.Encode(document); err != nil {
		panic("api: " + err.Error())
	}
	return w
}

type appender []byte

func (a *appender) Write(p []byte) (int, error) {
	*a = append(*a, p...)
	return len(p), nil
}
