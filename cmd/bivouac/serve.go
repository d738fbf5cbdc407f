package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/netip"
	"strings"

	"bivouac/api"
	"bivouac/geo"
	"bivouac/web"
)

type serveCmd struct {
	Addr    string   `help:"Address to listen on, ${default} unless told; port 0 takes a free one. Loopback only." default:"127.0.0.1:8080" placeholder:"HOST:PORT"`
	BaseURL string   `name:"base-url" help:"Address of the server as its users write it, for the links in answers." placeholder:"URL"`
	Host    []string `help:"A further name under which the server may be asked. May be repeated." placeholder:"NAME"`
	Load    []string `help:"Files to serve instead of the sample world: GeoJSON, JSON, CSV, plain or in gzip or zip." type:"existingfile" placeholder:"FILE"`
	Log     string   `help:"Log of requests: text, json or none." enum:"text,json,none" default:"text"`
	Ceiling string   `help:"Highest classification that is served: ${enum}. Whoever can reach the address sees it." enum:"unclassified,confidential,strictly_confidential" default:"unclassified"`
	sourceFlags
}

// Run loads the world, serves it until it is told to stop, and lets running
// answers finish.
func (k serveCmd) Run(ctx context.Context, c console) error {
	if err := checkLoopback(k.Addr); err != nil {
		return err
	}
	// The port is taken before the long work, so that a port that is in use is
	// said at once; nobody is answered before the world is loaded.
	listener, err := net.Listen("tcp", k.Addr)
	if err != nil {
		return geo.Errorf(geo.Unavailable, "--addr", "cannot listen on %s: %v; another program may use the port, choose one with --addr", k.Addr, err)
	}
	defer listener.Close()
	w, err := openWorld(ctx, c, k.Load, k.sourceFlags)
	if err != nil {
		return err
	}
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
	server, err := k.server(w, reader, log)
	if err != nil {
		return err
	}
	k.greet(c, w, seen, hidden, listener.Addr())
	if err := server.Serve(ctx, listener); err != nil {
		return err
	}
	c.say("Stopped.")
	return nil
}

// server joins the parts that do not know each other.
func (k serveCmd) server(w *world, reader geo.Reader, log io.Writer) (*api.Server, error) {
	registry, err := processes()
	if err != nil {
		return nil, err
	}
	config := api.Config{
		Source: w.store, Processes: registry, Log: k.logger(log), Reader: reader,
		BaseURL: k.BaseURL, Hosts: k.Host,
		Title: "Bivouac", Description: w.description, Attribution: w.attribution, World: w.title(), Build: build(),
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
func (k serveCmd) greet(c console, w *world, seen string, hidden int, addr net.Addr) {
	fmt.Fprintf(c.out, "Bivouac serves http://%s/\n", addr)
	fmt.Fprintf(c.out, "%s.\n", seen)
	if w.sample {
		fmt.Fprintf(c.out, "%s\n", w.description)
	}
	if hidden > 0 {
		fmt.Fprintf(c.out, "%d records are classified above %s and are not served; --ceiling raises it.\n", hidden, k.Ceiling)
	}
	fmt.Fprintln(c.out, "It is read only, and nothing leaves this machine. Stop it with Ctrl+C.")
}

// checkLoopback refuses every address that others could reach: whoever asks is
// answered, so until there are tokens only this machine may ask.
func checkLoopback(addr string) error {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return geo.Errorf(geo.Invalid, "--addr", "%q is not HOST:PORT, such as 127.0.0.1:8080", addr)
	}
	ip, err := netip.ParseAddr(host)
	if strings.EqualFold(host, "localhost") || err == nil && ip.IsLoopback() {
		return nil
	}
	return geo.Errorf(geo.Forbidden, "--addr", "%s can be reached by other machines, and this version cannot tell who asks; use 127.0.0.1, localhost or [::1]", addr)
}
