package loopback

import (
	"errors"
	"net"
	"syscall"
	"testing"
)

// TestListenHere checks that no other program on this machine can listen on the same port, on either address of localhost.
func TestListenHere(t *testing.T) {
	all, err := Listen(t.Context(), Localhost, "0")
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range all {
		defer l.Close()
	}
	port := ListenerPort(all[0])
	for _, l := range all[1:] {
		if ListenerPort(l) != port {
			t.Errorf("port %s at %s", port, l.Addr())
		}
	}
	if _, err := Listen(t.Context(), Localhost, port); !errors.Is(err, syscall.EADDRINUSE) {
		t.Errorf("a port that is taken: %v", err)
	}
	six, err := net.Listen("tcp", "[::1]:0")
	if err != nil {
		t.Skip("this machine has no IPv6")
	}
	defer six.Close()
	if _, err := Listen(t.Context(), Localhost, ListenerPort(six)); !errors.Is(err, syscall.EADDRINUSE) {
		t.Errorf("a port that is taken at ::1: %v", err)
	}
}
