package api

import (
	"context"
	"crypto/tls"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// Limits of a connection. A head of more than maxHeadBytes is refused by
// net/http itself with a 431; a shorter one with a long address by the guard.
const (
	headTimeout  = 10 * time.Second
	idleTimeout  = 2 * time.Minute
	maxHeadBytes = 256 << 10
	graceTime    = 10 * time.Second // for running answers, when the server is to stop
)

// Serve answers requests from the listener until ctx ends. Then it takes no
// new ones, ends the streams of events, lets the other answers that run finish
// for ten seconds, and cuts the rest. With Config.TLS it speaks HTTPS, by TLS
// 1.2 or later. It is called once.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	running, cut := context.WithCancel(context.WithoutCancel(ctx))
	defer cut()
	h := &http.Server{
		Handler: s, ReadHeaderTimeout: headTimeout, IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeadBytes,
		// For answers without a body; one with a body sets its own for each piece.
		WriteTimeout: s.config.Stall,
		BaseContext:  func(net.Listener) context.Context { return running },
		ErrorLog:     slog.NewLogLogger(s.config.Log.Handler(), slog.LevelWarn),
	}
	defer s.WatchChanges()()
	// Streams have no end of their own to wait for.
	h.RegisterOnShutdown(s.streams.end)
	served := make(chan error, 1)
	go func() {
		if s.config.TLS == nil {
			served <- h.Serve(l)
			return
		}
		h.TLSConfig = s.config.TLS.Clone()
		h.TLSConfig.MinVersion = max(h.TLSConfig.MinVersion, tls.VersionTLS12)
		served <- h.ServeTLS(l, "", "")
	}()
	select {
	case err := <-served:
		return err
	case <-ctx.Done():
	}
	grace, done := context.WithTimeout(running, graceTime)
	defer done()
	err := h.Shutdown(grace)
	s.jobs.Close()
	s.sender.Close()
	s.hooks.Close()
	s.archives.close()
	if errors.Is(err, context.DeadlineExceeded) {
		cut()
		err = h.Close()
	}
	<-served
	return err
}
