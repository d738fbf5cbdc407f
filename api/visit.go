package api

import (
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"bivouac/api/auth"
	"bivouac/api/encode"
	"bivouac/geo"
	"bivouac/geo/layer"
)

// visit is one request on its way: the writer of its answer, and what the log
// will say of it.
type visit struct {
	http.ResponseWriter
	server   *Server
	request  *http.Request
	start    time.Time
	serial   int64
	identity auth.Identity // who asks
	status   int           // 0 until the answer begins
	bytes    int64
	tally    layer.Tally
	version  geo.Version // of the data in the answer
	past     bool        // the answer is of a past state, or of none that ever was
	scenario string      // in which it is what would be
	inputs   []byte      // what the body asked, as JSON
	act      geo.Act     // what the audit calls the answer; "" is a read
	leaving  int         // records that leave in a file
	refused  error       // why the answer may not begin
	err      error       // why it failed
}

// visitOf returns the visit that observe began.
func visitOf(c echo.Context) *visit { return c.Response().Writer.(*visit) }

// Unwrap lets http.ResponseController find the connection.
func (v *visit) Unwrap() http.ResponseWriter { return v.ResponseWriter }

// WriteHeader notes the status. It writes nothing where the answer may not
// begin; Write then says why.
func (v *visit) WriteHeader(status int) {
	if v.status == 0 {
		if v.refused = v.begin(status); v.refused != nil {
			return
		}
		v.status = status
	}
	v.ResponseWriter.WriteHeader(status)
}

// Write counts the bytes.
func (v *visit) Write(p []byte) (int, error) {
	if v.status == 0 && v.refused == nil {
		v.WriteHeader(http.StatusOK)
	}
	if v.refused != nil {
		return 0, v.refused
	}
	n, err := v.ResponseWriter.Write(p)
	v.bytes += int64(n)
	return n, err
}

// id names the request for people who ask about it.
func (v *visit) id() string { return v.server.boot + "-" + strconv.FormatInt(v.serial, 36) }

// body returns the empty body of a good answer.
func (v *visit) body(r *http.Request) *encode.Body { return v.bodyOf(r, http.StatusOK) }

func (v *visit) bodyOf(r *http.Request, status int) *encode.Body {
	return encode.NewBody(v, status, codingOf(r), v.server.config.Stall)
}

func codingOf(r *http.Request) encode.Coding {
	return encode.CodingOf(r.Header.Get("Accept-Encoding"))
}
