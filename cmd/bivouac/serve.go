package main

import (
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"strings"
	"time"

	"bivouac/api"
	"bivouac/api/callback"
	"bivouac/data/profile"
	"bivouac/geo"
	"bivouac/geo/alert"
	"bivouac/geo/indicator"
	"bivouac/geo/layer"
	"bivouac/geo/roads"
	"bivouac/geo/scenario"
	"bivouac/web"
)

type serveCmd struct {
	Addr    string   `help:"Address to listen on, ${default} unless told; port 0 takes a free one. Any but loopback needs tokens and HTTPS." default:"127.0.0.1:8080" placeholder:"HOST:PORT"`
	BaseURL string   `name:"base-url" help:"Address of the server as its users write it, for the links in answers." placeholder:"URL"`
	Host    []string `help:"A further name under which the server may be asked. May be repeated." placeholder:"NAME"`
	Load    []string `help:"Files to serve instead of the sample world: GeoJSON, JSON, CSV, plain or in gzip or zip." type:"existingfile" placeholder:"FILE"`
	Log     string   `help:"Log of requests: text, json or none." enum:"text,json,none" default:"text"`
	Ceiling string   `help:"Highest classification that is served: ${enum}. Whoever can reach the address sees it." enum:"unclassified,confidential,strictly_confidential" default:"unclassified"`
	Store   string   `help:"The store to serve, which can be edited: a GeoPackage, made where there is none. One of another program is served read only." placeholder:"FILE.gpkg"`
	Sample  bool     `help:"Fill a new store with the sample world."`
	IfMatch bool     `name:"require-if-match" help:"Refuse changes that do not say which revision of the record they are of."`

	CallbackAllow []string          `name:"callback-allow" help:"Hosts that may be told when a run ends, on request. An address of this machine or its network is to be named as IP:PORT. None unless told." placeholder:"HOST[:PORT],..."`
	Webhook       map[string]string `help:"A name for an address that rules may tell of alerts; rules say the name, and the address is shown to nobody. May be repeated. An address of this machine or its network is to be given with IP and port." placeholder:"NAME=URL"`
	KeepAlerts    int               `name:"keep-alerts" help:"At most so many alerts are kept, the newest; those of high and critical severity that nobody has acknowledged go last, and the log names them. All unless told." placeholder:"N"`
	KeepAlertDays int               `name:"keep-alert-days" help:"Alerts are kept for so many days; those of high and critical severity until somebody has acknowledged them. For ever unless told." placeholder:"DAYS"`
	accessFlags
	sourceFlags
}

// Run loads the world, serves it until it is told to stop, and lets running
// answers finish.
func (k serveCmd) Run(ctx context.Context, c console) (err error) {
	security, err := k.tls(time.Now())
	if err != nil {
		return err
	}
	local, err := isLoopback(k.Addr)
	if err != nil {
		return err
	}
	var listener net.Listener
	if local {
		// The port is taken before the long work, so that a port that is in use
		// is said at once; nobody is answered before the world is loaded.
		if listener, err = k.listen(); err != nil {
			return err
		}
		defer listener.Close()
	}
	w, err := k.open(ctx, c)
	if err != nil {
		return err
	}
	defer func() {
		if closed := w.close(); err == nil {
			err = closed
		}
	}()
	grants, err := w.grants()
	if err != nil {
		return err
	}
	if !local {
		if err := k.checkReach(k.Addr, grants, geo.TimeOf(time.Now())); err != nil {
			return err
		}
		if listener, err = k.listen(); err != nil {
			return err
		}
		defer listener.Close()
	}
	return k.serve(ctx, c, w, len(grants) > 0, security, listener)
}

func (k serveCmd) listen() (net.Listener, error) {
	listener, err := net.Listen("tcp", k.Addr)
	if err != nil {
		return nil, geo.Errorf(geo.Unavailable, "--addr", "cannot listen on %s: %v; another program may use the port, choose one with --addr", k.Addr, err)
	}
	return listener, nil
}

func (k serveCmd) serve(ctx context.Context, c console, w *world, guarded bool, security *tls.Config, listener net.Listener) error {
	ceiling, err := geo.ParseClass(k.Ceiling)
	if err != nil {
		return err
	}
	reader := geo.Reader{Ceiling: ceiling}
	seen, hidden, err := w.contents(ctx, reader)
	if err != nil {
		return err
	}
	log := api.NewLines(c.err)
	defer log.Close()
	server, err := k.server(w, reader, security, log)
	if err != nil {
		return err
	}
	k.greet(c, w, seen, hidden, guarded, listener.Addr())
	if err := server.Serve(ctx, listener); err != nil {
		return err
	}
	c.say("Stopped.")
	return nil
}

// open opens the store, or loads what is to be kept in memory.
func (k serveCmd) open(ctx context.Context, c console) (*world, error) {
	switch {
	case k.Store == "" && k.Sample:
		return nil, geo.Errorf(geo.Invalid, "--sample", "fills a new store; give its name with --store FILE.gpkg. Without a store the sample world is served anyway")
	case k.Store == "":
		return openWorld(ctx, c, k.Load, k.sourceFlags)
	case len(k.Load) > 0:
		return nil, geo.Errorf(geo.Invalid, "--load", "keeps files in memory, beside no store; take them in with bivouac import --store %s", k.Store)
	}
	w, err := openStore(ctx, c, k.Store)
	if err != nil || !k.Sample {
		return w, err
	}
	if err := w.fillWithSample(ctx); err != nil {
		w.close()
		return nil, err
	}
	return w, nil
}

// server joins the parts that do not know each other.
func (k serveCmd) server(w *world, reader geo.Reader, security *tls.Config, log io.Writer) (*api.Server, error) {
	supposed := scenario.NewWorlds(scenarios)
	registry, err := analyses(supposed)
	if err != nil {
		return nil, err
	}
	provider, err := k.provider(os.Getenv(oidcSecretEnv))
	if err != nil {
		return nil, err
	}
	proxies, err := k.proxies()
	if err != nil {
		return nil, err
	}
	w.store.KeepRoads()
	config := api.Config{
		Source: w.store, Processes: registry, Formats: formats(), Log: k.logger(log), Reader: reader,
		BaseURL: k.BaseURL, Hosts: k.Host,
		Title: "Bivouac", Description: w.description, Attribution: w.attribution, World: w.title(), Build: build(),
	}
	config.Documents = map[string]func(*layer.Snapshot, *geo.Doc) error{indicator.DocKind: indicator.Check, roads.DocKind: roads.CheckProfile, scenario.DocKind: scenario.Check, profile.Kind: profile.CheckDoc, api.ViewKind: api.CheckView}
	config.Scenarios = supposed
	config.TLS, config.Proxies, config.OIDC = security, proxies, provider
	config.RequireIfMatch = k.IfMatch
	if config.Callbacks, err = callback.ParseHosts(k.CallbackAllow); err != nil {
		return nil, err
	}
	if config.Webhooks, err = callback.ParseWebhooks(k.Webhook); err != nil {
		return nil, err
	}
	if k.KeepAlerts < 0 || k.KeepAlertDays < 0 {
		return nil, geo.Errorf(geo.Invalid, "--keep-alerts", "and --keep-alert-days must be whole numbers above 0, or be left out to keep all")
	}
	config.KeepAlerts = alert.Bound{Age: geo.Time(k.KeepAlertDays) * geo.Day, Most: k.KeepAlerts}
	if w.file != nil {
		config.Sink, config.Past, config.Grants, config.Audit, config.AuditLog, config.Jobs = w.store, w.store, w.file, w.file, w.file, w.file
		config.Follow, config.Alerts = w.store, w.file
		if err := w.openImports(); err != nil {
			return nil, err
		}
		config.Imports = w.imports
	}
	if web.Built() {
		config.Page = web.Dist()
	}
	return api.New(config)
}

func (k serveCmd) logger(to io.Writer) *slog.Logger {
	switch k.Log {
	case "json":
		return slog.New(slog.NewJSONHandler(to, nil))
	case "text":
		return slog.New(slog.NewTextHandler(to, nil))
	}
	return slog.New(slog.DiscardHandler)
}

// greet says where the server is, what it serves, and what it keeps back.
func (k serveCmd) greet(c console, w *world, seen string, hidden int, guarded bool, addr net.Addr) {
	scheme := "http"
	if k.TLSCert != "" {
		scheme = "https"
	}
	fmt.Fprintf(c.out, "Bivouac serves %s://%s/\n", scheme, addr)
	fmt.Fprintf(c.out, "%s.\n", seen)
	if w.sample {
		fmt.Fprintf(c.out, "%s\n", w.description)
	}
	if guarded {
		fmt.Fprintln(c.out, "Who comes in needs a token of this store; bivouac token makes them.")
	} else if hidden > 0 {
		fmt.Fprintf(c.out, "%d records are classified above %s and are not served; --ceiling raises it.\n", hidden, k.Ceiling)
	}
	if w.file == nil {
		fmt.Fprintln(c.out, "It is read only, and nothing leaves this machine"+k.exceptCallbacks()+". Stop it with Ctrl+C.")
		return
	}
	fmt.Fprintf(c.out, "Changes are kept in %s. Stop it with Ctrl+C.\n", w.file.Path())
}

// exceptCallbacks says what leaves the machine all the same.
func (k serveCmd) exceptCallbacks() string {
	if len(k.CallbackAllow) == 0 {
		return ""
	}
	return " but what runs tell " + strings.Join(k.CallbackAllow, ", ")
}
