// Package metrics answers how the server is doing: how many requests of which
// route ended how, how long they took and how many rows they looked at.
//
// It is the only place that knows Prometheus. Each [Route] looks its series up
// once, so that counting costs a request some atomic additions.
package metrics

import (
	"net/http"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Set is the series of one server, in a registry of its own.
type Set struct {
	registry *prometheus.Registry
	seconds  *prometheus.HistogramVec
	rows     *prometheus.CounterVec
	nodes    *prometheus.CounterVec
	running  prometheus.Gauge
}

// buckets reach from a 304 to an analysis that takes a minute.
var buckets = []float64{.0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10, 60}

// New returns an empty Set for the given build of the program.
func New(build string) *Set {
	s := &Set{
		registry: prometheus.NewRegistry(),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "bivouac_request_seconds", Help: "Time from the head of a request to the end of its answer.", Buckets: buckets,
		}, []string{"route", "method", "status"}),
		rows: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "bivouac_rows_visited_total", Help: "Rows that answers looked at one by one.",
		}, []string{"route"}),
		nodes: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "bivouac_nodes_visited_total", Help: "Nodes of R-trees that answers looked at.",
		}, []string{"route"}),
		running: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "bivouac_requests_running", Help: "Requests that are being answered.",
		}),
	}
	info := prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "bivouac_build_info", Help: "Always 1; its label names the build.", ConstLabels: prometheus.Labels{"build": build},
	})
	info.Set(1)
	s.registry.MustRegister(s.seconds, s.rows, s.nodes, s.running, info,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return s
}

// Handler serves the series in the text form of Prometheus.
func (s *Set) Handler() http.Handler {
	return promhttp.HandlerFor(s.registry, promhttp.HandlerOpts{})
}

// Route is the series of one route.
type Route struct {
	set         *Set
	name        string
	rows, nodes prometheus.Counter
	seconds     [len(labelled)][600]atomic.Pointer[prometheus.Observer] // by method and status
}

// Route returns the series of a route, which is named by its pattern.
func (s *Set) Route(pattern string) *Route {
	return &Route{set: s, name: pattern, rows: s.rows.WithLabelValues(pattern), nodes: s.nodes.WithLabelValues(pattern)}
}

// Begin counts a request that is being answered.
func (r *Route) Begin() { r.set.running.Inc() }

// End counts an answer.
func (r *Route) End(method string, status int, took time.Duration, rows, nodes int) {
	r.set.running.Dec()
	r.observer(method, status).Observe(took.Seconds())
	r.rows.Add(float64(rows))
	r.nodes.Add(float64(nodes))
}

// labelled are the methods with a label of their own; whatever else comes
// shares the last one, since anybody can invent methods.
var labelled = [...]string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, "other"}

func labelOf(method string) int {
	for i, label := range labelled {
		if method == label {
			return i
		}
	}
	return len(labelled) - 1
}

func (r *Route) observer(method string, status int) prometheus.Observer {
	m := labelOf(method)
	status = max(0, min(status, len(r.seconds[m])-1))
	at := &r.seconds[m][status]
	if o := at.Load(); o != nil {
		return *o
	}
	o := r.set.seconds.WithLabelValues(r.name, labelled[m], strconv.Itoa(status))
	at.Store(&o)
	return o
}
