package httpserver

import (
	"context"
	"net"
	"net/http"
	"testing"
)

// TestAddress checks the addresses that ParseAddress returns, which are on this machine unless a host is given.
func TestAddress(t *testing.T) {
	for given, want := range map[string]string{
		"9100": "127.0.0.1:9100", ":9100": "127.0.0.1:9100", "localhost:9100": "localhost:9100",
		"0.0.0.0:9100": "0.0.0.0:9100", "[::]:9100": "[::]:9100", "10.0.0.5:80": "10.0.0.5:80",
		"": "", "localhost": "", "localhost:http": "", "1:2:3": "", "localhost:70000": "", "-1": "",
	} {
		if got, err := ParseAddress(given); got != want || (err == nil) != (want != "") {
			t.Errorf("%q is %q, %v, want %q", given, got, err, want)
		}
	}
	if _, err := Serve(t.Context(), "nowhere", nil); err == nil {
		t.Error("it listens nowhere")
	}
	ctx, stop := context.WithCancel(t.Context())
	s, err := Serve(ctx, "0", http.NotFoundHandler())
	if err != nil {
		t.Fatal(err)
	}
	if host, _, _ := net.SplitHostPort(s.Addr); host != "127.0.0.1" {
		t.Errorf("it listens at %s", s.Addr)
	}
	if _, err := Serve(t.Context(), s.Addr, nil); err == nil {
		t.Error("two listen in one place")
	}
	stop()
	s.WaitUntilStopped()
}
