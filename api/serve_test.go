package api_test

import (
	"bufio"
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"bivouac/api"
	"bivouac/geo"
	"bivouac/geo/layer"
	"bivouac/geo/layer/layertest"
	"bivouac/geo/process"
)

// running is a server on a port of its own.
type running struct {
	address string
	stop    context.CancelFunc
	done    chan error
}

func run(t *testing.T, s *api.Server) *running {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	r := &running{l.Addr().String(), stop, make(chan error, 1)}
	go func() { r.done <- s.Serve(ctx, l) }()
	t.Cleanup(func() { stop() })
	return r
}

func (r *running) wait(t *testing.T) {
	t.Helper()
	select {
	case err := <-r.done:
		if err != nil {
			t.Errorf("the server ends with %v", err)
		}
	case <-time.After(2 * time.Minute):
		t.Fatal("the server does not end")
	}
}

func TestServe(t *testing.T) {
	s, _ := serve(t, api.Config{}, yard(t, 3000))
	r := run(t, s)
	client := &http.Client{Transport: &http.Transport{}}
	defer client.CloseIdleConnections()
	res, err := client.Get("http://" + r.address + "/api/collections/yard/items?limit=3000")
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK || !res.Uncompressed || !strings.HasSuffix(string(text), "]}\n") || res.ProtoMajor != 1 {
		t.Errorf("%d, %d bytes, %v", res.StatusCode, len(text), err)
	}
	if !strings.Contains(string(text), "http://"+r.address+"/api/collections/yard/items") {
		t.Error("the links do not start with the address that was asked")
	}
	r.stop()
	r.wait(t)
	if _, err := net.Dial("tcp", r.address); err == nil {
		t.Error("the port is still open")
	}
}

// TestStopFinishesAnswers stops the server while an answer runs.
func TestStopFinishesAnswers(t *testing.T) {
	began, finish := make(chan struct{}), make(chan struct{})
	p := echoProcess()
	p.Run = func(context.Context, process.World, geo.Values, process.Progress) (process.Result, error) {
		close(began)
		<-finish
		return process.Result{Output: geo.Values{"count": geo.Int(7)}}, nil
	}
	s, _ := serve(t, api.Config{Processes: mustRegistry(t, p)}, mixed(t))
	r := run(t, s)
	answer := make(chan string, 1)
	go func() {
		res, err := http.Post("http://"+r.address+"/api/processes/echo/execution", "application/json", strings.NewReader("{}"))
		if err != nil {
			answer <- err.Error()
			return
		}
		text, _ := io.ReadAll(res.Body)
		answer <- string(text)
	}()
	<-began
	r.stop()
	time.Sleep(20 * time.Millisecond) // the stop gets ahead, if it can
	close(finish)
	if text := <-answer; !strings.Contains(text, `"count":7`) {
		t.Errorf("the answer that ran was lost: %s", text)
	}
	r.wait(t)
}

// fat has records whose answer no buffer of a connection holds.
func fat(t *testing.T, n int) *layer.Layer {
	t.Helper()
	b := layer.NewBuilder(geo.Schema{Name: "fat", Title: "Fat", Fields: []geo.Field{{Name: "text", Kind: geo.KindString}}})
	for i := range n {
		layertest.Add(t, b, geo.Feature{Key: geo.Key(i + 1), Rev: 1, Values: []geo.Value{geo.String(strings.Repeat(fmt.Sprint(i, " "), 4000))}})
	}
	return layertest.Finish(t, b)
}

// TestStalledReader asks for much and reads nothing: the connection is cut and
// the request ends.
func TestStalledReader(t *testing.T) {
	var log logged
	s, _ := serve(t, api.Config{Stall: 100 * time.Millisecond, Log: log.logger()}, fat(t, 2000))
	r := run(t, s)
	conn, err := net.Dial("tcp", r.address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprintf(conn, "GET /api/collections/fat/items?limit=2000 HTTP/1.1\r\nHost: %s\r\n\r\n", r.address)
	for start := time.Now(); !strings.Contains(log.String(), `"msg":"request"`); time.Sleep(10 * time.Millisecond) {
		if time.Since(start) > 20*time.Second {
			t.Fatal("the request of a reader that stopped reading goes on")
		}
	}
	if line := log.last(t); !strings.Contains(fmt.Sprint(line["error"]), "timeout") {
		t.Errorf("log: %v", line)
	}
	// What had left parses as cut: the last chunk is missing.
	res, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := io.Copy(io.Discard, res.Body); err == nil {
		t.Errorf("%d bytes pass for a whole answer", n)
	}
	r.stop()
	r.wait(t)
}

// TestSlowReader reads slowly but steadily, for longer than one piece may
// take, and gets all of it.
func TestSlowReader(t *testing.T) {
	s, _ := serve(t, api.Config{Stall: 2 * time.Second}, fat(t, 1500))
	r := run(t, s)
	conn, err := net.Dial("tcp", r.address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprintf(conn, "GET /api/collections/fat/items?limit=1500 HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n", r.address)
	res, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	buf := make([]byte, 256<<10)
	var n int
	for start := time.Now(); err == nil; {
		var m int
		m, err = io.ReadFull(res.Body, buf)
		n += m
		if time.Since(start) < 2500*time.Millisecond {
			time.Sleep(100 * time.Millisecond)
		}
	}
	if err != io.EOF && err != io.ErrUnexpectedEOF || n < 20<<20 {
		t.Errorf("%d bytes, then %v", n, err)
	}
	r.stop()
	r.wait(t)
}

// TestHugeHead sends more than net/http takes.
func TestHugeHead(t *testing.T) {
	s, _ := serve(t, api.Config{}, mixed(t))
	r := run(t, s)
	for length, status := range map[int]int{200_000: http.StatusRequestURITooLong, 600_000: http.StatusRequestHeaderFieldsTooLarge} {
		res, err := http.Get("http://" + r.address + "/api/collections/mixed/items?near=" + strings.Repeat("1", length))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, res.Body); err != nil || res.StatusCode != status {
			t.Errorf("%d bytes: %d, %v", length, res.StatusCode, err)
		}
	}
	r.stop()
	r.wait(t)
}

// TestSlowQuestion sends half a question and waits.
func TestSlowQuestion(t *testing.T) {
	s, _ := serve(t, api.Config{Stall: 100 * time.Millisecond}, mixed(t))
	r := run(t, s)
	conn, err := net.Dial("tcp", r.address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprintf(conn, "POST /api/processes/echo/execution HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{", r.address)
	if err := conn.SetReadDeadline(time.Now().Add(20 * time.Second)); err != nil {
		t.Fatal(err)
	}
	res, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil || res.StatusCode != http.StatusBadRequest {
		t.Fatalf("%v, %v", res, err)
	}
	r.stop()
	r.wait(t)
}

// TestServeTLS speaks HTTPS, and no old version of it.
func TestServeTLS(t *testing.T) {
	known := httptest.NewTLSServer(nil) // for its certificate, and a client that trusts it
	known.Close()
	d := newDesk()
	token := d.grant("desk", geo.Viewer, geo.Reader{})
	config := d.config()
	config.TLS = &tls.Config{Certificates: known.TLS.Certificates, MinVersion: tls.VersionTLS10}
	s, _ := serve(t, config, mixed(t))
	r := run(t, s)
	client := known.Client()
	res, err := client.Post("https://"+r.address+"/api/session", "application/json", strings.NewReader(`{"token":"`+token+`"}`))
	if err != nil {
		t.Fatal(err)
	}
	if c := cookieNamed(res.Cookies(), "bivouac_session"); res.StatusCode != http.StatusOK || c == nil || !c.Secure || !strings.Contains(textOf(t, res), `"name":"desk"`) {
		t.Errorf("%d %v", res.StatusCode, res.Header)
	}
	client.Transport.(*http.Transport).CloseIdleConnections()
	for version, taken := range map[uint16]bool{tls.VersionTLS11: false, tls.VersionTLS12: true, tls.VersionTLS13: true} {
		old := client.Transport.(*http.Transport).TLSClientConfig.Clone()
		old.MinVersion, old.MaxVersion = tls.VersionTLS10, version
		conn, err := tls.Dial("tcp", r.address, old)
		if (err == nil) != taken {
			t.Errorf("%s: %v", tls.VersionName(version), err)
		}
		if err == nil {
			conn.Close()
		}
	}
	r.stop()
	r.wait(t)
}
