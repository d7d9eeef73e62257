package web

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"loket/flows/clock"
	"loket/ui/web/httpserver"
)

// A site is a desk that is served over HTTP.
type site struct {
	*testing.T
	*httpserver.Server
	ready   *ReadinessCheck
	metrics *Metrics
	stop    context.CancelFunc
}

func newSite(t *testing.T) *site {
	t.Helper()
	s, _ := newStore(t, clock.New())
	w := &site{T: t, ready: NewReadinessCheck(s, nil), metrics: newMetrics()}
	var ctx context.Context
	ctx, w.stop = context.WithCancel(t.Context())
	var err error
	if w.Server, err = httpserver.Serve(ctx, "0", Handler(w.metrics, w.ready)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.stop(); w.WaitUntilStopped() })
	return w
}

// says sends a request unchanged. It returns the status line and the headers of the response, and its body.
func (w *site) says(request string) (head, body string) {
	w.Helper()
	c := w.connects()
	defer c.Close()
	if _, err := io.WriteString(c, request); err != nil {
		w.Fatal(err)
	}
	all, err := io.ReadAll(c)
	if err != nil && len(all) == 0 {
		w.Fatal(err)
	}
	head, body, _ = strings.Cut(string(all), "\r\n\r\n")
	return head, body
}

func (w *site) connects() net.Conn {
	w.Helper()
	c, err := net.Dial("tcp", w.Addr)
	if err != nil {
		w.Fatal(err)
	}
	c.SetDeadline(time.Now().Add(20 * time.Second))
	return c
}

func (w *site) asks(method, path string) (head, body string) {
	w.Helper()
	return w.says(method + " " + path + " HTTP/1.1\r\nHost: loket\r\n\r\n")
}

// TestPages tests the answer to every kind of request.
func TestPages(t *testing.T) {
	w := newSite(t)
	for _, test := range []struct{ method, path, status, body string }{
		{"GET", "/healthz", "200 OK", "ok\n"},
		{"GET", "/readyz", "200 OK", "ready\n"},
		{"GET", "/healthz?probe=1", "200 OK", "ok\n"},
		{"HEAD", "/healthz", "200 OK", ""},
		{"HEAD", "/readyz", "200 OK", ""},
		{"HEAD", "/metrics", "200 OK", ""},
		{"GET", "http://elsewhere.example.org/healthz", "200 OK", "ok\n"},

		{"POST", "/healthz", "405 Method Not Allowed", "method not allowed\n"},
		{"PUT", "/metrics", "405 Method Not Allowed", "method not allowed\n"},
		{"DELETE", "/readyz", "405 Method Not Allowed", "method not allowed\n"},
		{"OPTIONS", "/metrics", "405 Method Not Allowed", "method not allowed\n"},
		{"TRACE", "/healthz", "405 Method Not Allowed", "method not allowed\n"},
		{"LOKET", "/healthz", "405 Method Not Allowed", "method not allowed\n"},

		{"GET", "/", "404 Not Found", "not found\n"},
		{"GET", "/healthz/", "404 Not Found", "not found\n"},
		{"GET", "//healthz", "404 Not Found", "not found\n"},
		{"GET", "/metrics/../healthz", "404 Not Found", "not found\n"},
		{"GET", "/metrics/..%2fhealthz", "404 Not Found", "not found\n"},
		{"GET", "/HEALTHZ", "404 Not Found", "not found\n"},
		{"GET", "/healthz%00", "404 Not Found", "not found\n"},
		{"GET", "/debug/pprof/", "404 Not Found", "not found\n"},
		{"GET", "/../../etc/passwd", "404 Not Found", "not found\n"},
		{"POST", "/", "404 Not Found", "not found\n"},
		{"OPTIONS", "*", "404 Not Found", "not found\n"},
		{"CONNECT", "elsewhere.example.org:443", "404 Not Found", "not found\n"},
	} {
		head, body := w.asks(test.method, test.path)
		if !strings.HasPrefix(head, "HTTP/1.1 "+test.status+"\r\n") || body != test.body {
			t.Errorf("%s %s: %q %q", test.method, test.path, head, body)
		}
		if !strings.Contains(head, "Cache-Control: no-store\r\n") {
			t.Errorf("%s %s may be kept: %q", test.method, test.path, head)
		}
		for _, tells := range []string{"Server:", "Go", "oket", "Location:"} {
			if strings.Contains(head, tells) {
				t.Errorf("%s %s tells %q: %q", test.method, test.path, tells, head)
			}
		}
	}
	if head, _ := w.asks("POST", "/metrics"); !strings.Contains(head, "Allow: GET, HEAD\r\n") {
		t.Errorf("it does not say what is allowed: %q", head)
	}
}

// TestMetricsPage tests that Prometheus can parse the metrics.
func TestMetricsPage(t *testing.T) {
	w := newSite(t)
	w.metrics.CountFrame()
	response, err := http.Get("http://" + w.Addr + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	page, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK || !strings.HasPrefix(response.Header.Get("Content-Type"), "text/plain; version=0.0.4") {
		t.Fatalf("%v, %v", response, err)
	}
	for _, want := range []string{"\nloket_frames_drawn_total 1\n", "\nloket_build_info{", "\ngo_goroutines ", "# HELP loket_steps_total "} {
		if !strings.Contains(string(page), want) {
			t.Errorf("no %q in\n%.2000s", want, page)
		}
	}
}

// TestNotReady tests that a desk that is not ready says so in one line, and is alive.
func TestNotReady(t *testing.T) {
	w := newSite(t)
	w.ready.MarkStopping()
	if head, body := w.asks("GET", "/readyz"); !strings.HasPrefix(head, "HTTP/1.1 503 ") || body != "the desk is stopping\n" {
		t.Errorf("%q %q", head, body)
	}
	if head, _ := w.asks("GET", "/healthz"); !strings.HasPrefix(head, "HTTP/1.1 200 ") {
		t.Errorf("%q", head)
	}
}

// TestBadRequests checks that a request that is invalid or too large is refused, and that other requests are served in the
// meantime.
func TestBadRequests(t *testing.T) {
	w := newSite(t)
	for request, want := range map[string]string{
		"GET /healthz HTTP/1.1\r\nHost: loket\r\nX: " + strings.Repeat("x", 3*httpserver.SmallLimits.HeaderBytes) + "\r\n\r\n": "HTTP/1.1 431 ",
		"GET /" + strings.Repeat("x", 3*httpserver.SmallLimits.HeaderBytes) + " HTTP/1.1\r\nHost: loket\r\n\r\n":               "HTTP/1.1 431 ",
		"GET /healthz HTTP/1.1\r\n\r\n":                                                  "HTTP/1.1 400 ",
		"GET /healthz HTTP/9.9\r\nHost: loket\r\n\r\n":                                   "HTTP/1.1 505 ",
		"SSH-2.0-OpenSSH_9.9\r\n\r\n":                                                    "HTTP/1.1 400 ",
		"GET /%zz HTTP/1.1\r\nHost: loket\r\n\r\n":                                       "HTTP/1.1 400 ",
		"POST /healthz HTTP/1.1\r\nHost: loket\r\nContent-Length: 1000000000000\r\n\r\n": "HTTP/1.1 405 ",
	} {
		if head, _ := w.says(request); !strings.HasPrefix(head, want) {
			t.Errorf("%.60q: %q, want %q", request, head, want)
		}
		if head, _ := w.asks("GET", "/healthz"); !strings.HasPrefix(head, "HTTP/1.1 200 ") {
			t.Errorf("after %.60q: %q", request, head)
		}
	}
}

// TestSlowClients checks that clients that never finish a request, or never read the response, delay others only for a moment.
func TestSlowClients(t *testing.T) {
	w := newSite(t)
	var slow sync.WaitGroup
	for n := range httpserver.SmallLimits.MaxClients {
		c := w.connects()
		defer c.Close()
		if _, err := fmt.Fprintf(c, "GET /metrics HTTP/1.1\r\nHost: loket %d\r\n", n); err != nil {
			t.Fatal(err)
		}
		slow.Go(func() {
			if answer, err := bufio.NewReader(c).ReadString('\n'); err == nil {
				t.Errorf("who asked nothing is answered %q", answer)
			}
		})
	}
	began := time.Now()
	if head, _ := w.asks("GET", "/healthz"); !strings.HasPrefix(head, "HTTP/1.1 200 ") {
		t.Errorf("%q", head)
	}
	if took := time.Since(began); took > 3*httpserver.SmallLimits.HeaderTimeout {
		t.Errorf("others waited %v", took)
	}
	slow.Wait()
}

// TestStops tests that the server stops within a second, whatever is going on, and that its port
// is free again.
func TestStops(t *testing.T) {
	w := newSite(t)
	c := w.connects()
	defer c.Close()
	if _, err := io.WriteString(c, "GET /healthz HTTP/1.1\r\n"); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	w.stop()
	w.WaitUntilStopped()
	if took := time.Since(began); took > time.Second {
		t.Errorf("that took %v", took)
	}
	l, err := net.Listen("tcp", w.Addr)
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
}
