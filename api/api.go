// Package api answers over HTTP: OGC API Features and Processes for programs,
// the map for people, and what a watchman asks.
//
// The way of a request: a guard lets it in, params turns its text into a typed
// question or an error, one Snapshot is loaded, a tag that the asker has
// already ends it, a pure function of geo answers it, and encode streams the
// answer out. routes.go lists every route; a handler is short, since it holds
// none of the work.
//
// The package knows neither the store nor the page: it asks for a Source and a
// file system, and cmd joins them.
package api

import (
	"crypto/rand"
	"crypto/tls"
	"io/fs"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/labstack/echo/v4"

	"bivouac/api/auth"
	"bivouac/api/callback"
	"bivouac/api/job"
	"bivouac/api/metrics"
	"bivouac/api/ogc"
	"bivouac/api/params"
	"bivouac/api/proxy"
	"bivouac/api/styles"
	"bivouac/api/watch"
	"bivouac/api/webpage"
	"bivouac/geo"
	"bivouac/geo/alert"
	"bivouac/geo/layer"
	"bivouac/geo/process"
	"bivouac/geo/scenario"
)

// Source is where answers come from.
type Source interface {
	// Snapshot returns the newest state. It is asked once a request.
	Snapshot() *layer.Snapshot
	// Ready returns why answers would not be right yet, nil when they are.
	Ready() error
}

// Config is what a Server needs. Source alone is required.
type Config struct {
	Source    Source
	Processes *process.Registry // nil for none
	Formats   []Format          // of files to export, the first the one for those who name none; nil for none
	Page      fs.FS             // the built page; nil, or without index.html, gives a page that says how to build it
	Log       *slog.Logger      // nil logs nothing
	Reader    geo.Reader        // whom requests are answered as while there are no grants

	// What a store adds: nil where records cannot be changed.
	Sink     Sink
	Past     Past
	Grants   Grants   // nil, or without any grant, lets everybody in who reaches the address
	Audit    Auditor  // nil writes no audit
	AuditLog AuditLog // nil where it cannot be read
	Imports  Imports  // nil takes no files

	// Documents says of kinds of documents what is wrong with one before it is
	// kept; a kind that it does not name takes any JSON object.
	Documents map[string]func(*layer.Snapshot, *geo.Doc) error

	Scenarios *scenario.Worlds // nil keeps no world of a scenario from one request to the next

	Jobs       job.Keeper        // nil keeps none over a restart
	Follow     watch.Source      // whose changes the rules of alerts are asked of; nil with Alerts
	Alerts     watch.Keeper      // nil raises none
	KeepAlerts alert.Bound       // none unless set
	Callbacks  callback.Hosts    // that word of runs may be sent to; nil for none
	Webhooks   callback.Webhooks // that rules may tell of alerts

	OIDC    *auth.Provider   // nil for none
	TLS     *tls.Config      // nil serves plain HTTP
	Proxies proxy.Trusted    // whose Forwarded and X-Forwarded headers are believed
	Clock   func() time.Time // nil is time.Now

	// RequireIfMatch refuses changes that do not say which revision they are of.
	RequireIfMatch bool

	// BaseURL is the address of the server as its users write it, such as
	// https://camp.example:8443; links start with it. "" takes the scheme and
	// Host of each request.
	BaseURL string
	// Hosts are further names that the Host header may hold. Loopback names,
	// BaseURL's host and the address that a connection came to are always
	// right; any other name is refused, since a page of another site can make
	// its own name point here.
	Hosts []string

	Title       string // "" is Bivouac
	Description string
	Attribution []string
	World       string // name of what was loaded; the landing page adds what of it the reader sees
	Build       string // of the program; a part of every entity tag

	// Stall is how long a reader may take for one piece of an answer before
	// the connection is cut. 0 is 30 s.
	Stall time.Duration
}

// Server answers requests. It is an http.Handler; Serve runs it.
type Server struct {
	config    Config
	about     ogc.About
	fileForms []string // kinds of files that a page of records leaves in, too
	base      ogc.Base // "" to take it from each request
	hosts     map[string]bool
	echo      *echo.Echo
	metrics   *metrics.Set
	series    map[string]*metrics.Route // by pattern
	gate      auth.Gate
	extents   extents
	encoders  encoders
	archives  archives
	streams   *streams
	jobs      *job.Queue
	sender    *callback.Sender            // of word of runs
	hooks     *callback.Sender            // of alerts
	watch     atomic.Pointer[watch.Watch] // nil while nobody follows
	seen      watch.Seen
	land      func() webpage.Land // of small maps, read when the first is drawn
	faces     func() map[string][]styles.Face
	boot      string // tells the requests of this run from those of another
	serial    atomic.Int64
}

// New returns a Server. A BaseURL that is no absolute http address is an
// error.
func New(c Config) (*Server, error) {
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Processes == nil {
		c.Processes = &process.Registry{}
	}
	if c.Title == "" {
		c.Title = "Bivouac"
	}
	if c.Build == "" {
		c.Build = "unknown"
	}
	if c.Stall == 0 {
		c.Stall = 30 * time.Second
	}
	if c.Clock == nil {
		c.Clock = time.Now
	}
	s := &Server{
		config: c, hosts: map[string]bool{"localhost": true}, echo: echo.New(), metrics: metrics.New(c.Build),
		series: map[string]*metrics.Route{}, streams: newStreams(), boot: strings.ToLower(rand.Text()[:6]),
		about: ogc.About{Title: c.Title, Description: c.Description, Build: c.Build, Attribution: c.Attribution},
	}
	s.sender, s.hooks = callback.NewSender(c.Callbacks, c.Log), callback.NewSender(c.Webhooks.Hosts(), c.Log)
	jobs, err := job.NewQueue(s.now, c.Jobs, s.tell, func(id string, err error) {
		c.Log.Warn("job", "job", id, "error", "it is over and stands in memory, but could not be kept: "+err.Error())
	})
	if err != nil {
		return nil, err
	}
	s.jobs = jobs
	for _, h := range c.Hosts {
		s.hosts[strings.ToLower(hostOnly(h))] = true
	}
	for _, f := range c.Formats {
		s.about.Formats = append(s.about.Formats, f.Format)
		if f.ID != "geojson" && f.ID != params.JSONFG {
			s.fileForms = append(s.fileForms, f.ID)
		}
	}
	if len(c.Formats) > 0 {
		s.about.Formats = append(s.about.Formats, archiveFormat)
	}
	s.land = sync.OnceValue(func() webpage.Land { return readLand(c.Page) })
	s.faces = sync.OnceValue(func() map[string][]styles.Face { return readFaces(c.Page) })
	if err := s.setBase(c.BaseURL); err != nil {
		return nil, err
	}
	s.echo.Pre(trimSlash)
	s.echo.Use(s.observe, s.guard, s.identify)
	s.route()
	return s, nil
}

func (s *Server) setBase(base string) error {
	if base == "" {
		return nil
	}
	u, err := url.Parse(base)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return geo.Errorf(geo.Invalid, "base-url", "must be an absolute address such as https://camp.example:8443, not %q", base)
	}
	s.base = ogc.Base(strings.TrimRight(base, "/"))
	s.hosts[strings.ToLower(u.Hostname())] = true
	return nil
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.echo.ServeHTTP(w, r) }

// baseOf returns what the links of an answer start with.
func (s *Server) baseOf(r *http.Request) ogc.Base {
	switch {
	case s.base != "":
		return s.base
	case isSecure(r):
		return ogc.Base("https://" + hostOf(r))
	}
	return ogc.Base("http://" + hostOf(r))
}

// trimSlash takes a slash at the end of an API path away: QGIS tries both.
func trimSlash(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if u := c.Request().URL; strings.HasPrefix(u.Path, "/api") && strings.HasSuffix(u.Path, "/") {
			u.Path, u.RawPath = strings.TrimRight(u.Path, "/"), strings.TrimRight(u.RawPath, "/")
		}
		return next(c)
	}
}
