package callback

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"syscall"
	"time"

	"bivouac/geo"
)

// Limits of what is sent.
const (
	connectTime = 5 * time.Second
	answerTime  = 10 * time.Second
	mostAtOnce  = 32 // callbacks under way; more are not sent, and the log says so
)

// Sender sends callbacks beside the requests. It is safe for concurrent use.
type Sender struct {
	Hosts
	// Backoff is how long to wait before each further try.
	Backoff []time.Duration

	client *http.Client
	log    *slog.Logger
	room   chan struct{}
	all    context.Context
	end    context.CancelFunc
	under  sync.WaitGroup
	mu     sync.Mutex
	last   map[string]chan struct{} // closed when the last one of a run is over
}

// NewSender returns a Sender to the hosts alone, which tries three times.
func NewSender(h Hosts, log *slog.Logger) *Sender {
	s := &Sender{Hosts: h, Backoff: []time.Duration{time.Second, 5 * time.Second}, log: log, room: make(chan struct{}, mostAtOnce), last: map[string]chan struct{}{}}
	s.all, s.end = context.WithCancel(context.Background())
	dialer := &net.Dialer{Timeout: connectTime, Control: func(_, address string, _ syscall.RawConn) error { return h.reach(address) }}
	s.client = &http.Client{
		Timeout: answerTime,
		// No Proxy: it, and not we, would look at where a name leads.
		Transport:     &http.Transport{DialContext: dialer.DialContext, TLSHandshakeTimeout: connectTime, DisableKeepAlives: true, MaxResponseHeaderBytes: 16 << 10},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return s
}

// Close gives up what is under way and waits for it to end.
func (s *Sender) Close() {
	s.end()
	s.under.Wait()
}

// Send posts the JSON document, after all that was sent of the same id, and
// returns at once. What became of it stands in
// the log under the id, with the host alone: an address may hold a secret.
func (s *Sender) Send(id, uri string, body []byte) {
	select {
	case s.room <- struct{}{}:
	default:
		s.log.Warn("callback", "job", id, "error", "too many are under way, so it is not sent")
		return
	}
	s.under.Add(1)
	before, over := s.turn(id)
	go func() {
		defer s.under.Done()
		defer func() { <-s.room }()
		defer over()
		<-before
		if err := s.try(uri, body); err != nil {
			s.log.Warn("callback", "job", id, "error", err.Error())
			return
		}
		s.log.Info("callback", "job", id)
	}()
}

// turn returns what is closed when it is the turn of the next one of the id,
// and what to call when that is over.
func (s *Sender) turn(id string) (before <-chan struct{}, over func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	previous := s.last[id]
	if previous == nil {
		previous = make(chan struct{})
		close(previous)
	}
	mine := make(chan struct{})
	s.last[id] = mine
	return previous, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		close(mine)
		if s.last[id] == mine {
			delete(s.last, id)
		}
	}
}

// try posts until it is taken, refused for good, or tried often enough.
func (s *Sender) try(uri string, body []byte) error {
	err := s.post(uri, body)
	for _, wait := range s.Backoff {
		if err == nil || !mayPass(err) {
			return err
		}
		select {
		case <-time.After(wait):
		case <-s.all.Done():
			return err
		}
		err = s.post(uri, body)
	}
	return err
}

// mayPass reports whether a further try may end otherwise. That the host is
// busy or out of reach is no error of ours, and has another code.
func mayPass(err error) bool { return geo.CodeOf(err) == geo.Unavailable }

func (s *Sender) post(uri string, body []byte) error {
	return s.Deliver(s.all, uri, "application/json", "", body)
}

// Deliver posts once and waits for the answer. The key, "" for none, tells the
// receiver that two of them are one. An error that may pass is a
// geo.Unavailable.
func (s *Sender) Deliver(ctx context.Context, uri, media, key string, body []byte) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, uri, bytes.NewReader(body))
	if err != nil {
		return geo.Errorf(geo.Invalid, "subscriber", "the address cannot be asked")
	}
	r.Header.Set("Content-Type", media)
	if key != "" {
		r.Header.Set("Idempotency-Key", key)
	}
	r.Header.Set("User-Agent", "Bivouac")
	answer, err := s.client.Do(r)
	var refused *geo.Error
	switch {
	case errors.As(err, &refused):
		return refused
	case err != nil:
		return geo.Errorf(geo.Unavailable, "subscriber", "%s cannot be reached", r.URL.Host)
	}
	// Nothing of the answer is read.
	answer.Body.Close()
	switch code := answer.StatusCode; {
	case code < 300:
		return nil
	case code >= 500 || code == http.StatusTooManyRequests || code == http.StatusRequestTimeout:
		return geo.Errorf(geo.Unavailable, "subscriber", "%s answers %d", r.URL.Host, code)
	default:
		return geo.Errorf(geo.Forbidden, "subscriber", "%s answers %d, and no redirect is followed", r.URL.Host, code)
	}
}
