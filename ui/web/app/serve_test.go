package app

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

// TestServe checks that phones are served over TLS at whatever address they connect to, and that no phone is served after the
// server has stopped.
func TestServe(t *testing.T) {
	example := httptest.NewTLSServer(nil) // This server is only started for its certificate.
	example.Close()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := newSite(t, "https://example.com")
	ctx, stop := context.WithCancel(t.Context())
	server := Serve(ctx, tls.NewListener(l, &tls.Config{Certificates: example.TLS.Certificates}), s.pages)
	trusted := x509.NewCertPool()
	trusted.AddCert(example.Certificate())
	client := http.Client{Transport: &http.Transport{
		TLSClientConfig: &tls.Config{RootCAs: trusted},
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, "tcp", server.Addr)
		},
	}}
	defer client.CloseIdleConnections()
	for range 2 {
		response, err := client.Get("https://example.com/")
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode != http.StatusOK || response.Header.Get("Strict-Transport-Security") == "" {
			t.Errorf("%s %v", response.Status, response.Header)
		}
	}
	began := time.Now()
	stop()
	server.WaitUntilStopped()
	if took := time.Since(began); took > time.Second {
		t.Errorf("to stop took %v", took)
	}
	if _, err := client.Get("https://example.com/"); err == nil {
		t.Error("it still answers")
	}
}
