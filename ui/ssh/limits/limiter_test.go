package limits

import (
	"fmt"
	"net"
	"net/netip"
	"testing"
	"time"
)

// TestAddress holds what counts as one address.
func TestAddress(t *testing.T) {
	for from, want := range map[string]string{
		"192.0.2.7":            "192.0.2.7/32",
		"::ffff:192.0.2.7":     "192.0.2.7/32",
		"2001:db8:1:2:3:4:5:6": "2001:db8:1:2::/64",
		"2001:db8:1:2:ffff::1": "2001:db8:1:2::/64",
		"fe80::1%eth0":         "fe80::/64",
	} {
		ip := netip.MustParseAddr(from)
		if got := prefixOf(net.TCPAddrFromAddrPort(netip.AddrPortFrom(ip, 1))); got.String() != want {
			t.Errorf("%s: %s, want %s", from, got, want)
		}
	}
	if got := prefixOf(&net.UnixAddr{Name: "x"}); got.IsValid() {
		t.Errorf("of a socket: %v", got)
	}
}

// TestLimiterForgets holds that of addresses from which nobody is there nothing is kept.
func TestLimiterForgets(t *testing.T) {
	now := time.Unix(0, 0)
	l := NewLimiter(Settings{Sessions: 1000, SessionsPerAddress: 10, ConnectRate: 1, ConnectBurst: 10, Handshakes: 1000}, func() time.Time { return now })
	admit := func(address string) *Admission {
		t.Helper()
		a, refused := l.Admit(net.TCPAddrFromAddrPort(netip.AddrPortFrom(netip.MustParseAddr(address), 1)), nil)
		if refused != "" {
			t.Fatal(refused)
		}
		return a
	}
	stays := admit("192.0.2.1")
	stays.Shook(false)
	if refused := stays.BeginSession(false); refused != "" {
		t.Fatal(refused)
	}
	for i := range 200 {
		admit(fmt.Sprintf("198.51.100.%d", i)).Release()
	}
	now = now.Add(time.Hour)
	stays.EndSession(false)
	stays.Release()
	if connections, handshakes, sessions := l.InUse(); len(l.addresses) != 1 || connections != 0 || handshakes != 0 || sessions != 0 {
		t.Errorf("%d addresses, %d connections, %d handshakes, %d sessions", len(l.addresses), connections, handshakes, sessions)
	}
}

// TestManyHandshakes has more clients at once than there is room for that have yet to
// show who they are. Those that are slow make room for others.
func TestManyHandshakes(t *testing.T) {
	now := time.Unix(0, 0)
	l := NewLimiter(Settings{Sessions: 10, SessionsPerAddress: 10, ConnectRate: 10, ConnectBurst: 10, Handshakes: 2}, func() time.Time { return now })
	var hungUp []string
	comes := func(name, want string) *Admission {
		t.Helper()
		a, refused := l.Admit(nil, func() { hungUp = append(hungUp, name) })
		if refused != want {
			t.Errorf("%s: %q, want %q", name, refused, want)
		}
		return a
	}
	a := comes("a", "")
	b := comes("b", "")
	comes("c", RefusedHandshake)
	now = now.Add(slowHandshake)
	comes("d", "")
	a.Release()
	b.Shook(false)
	comes("e", "")
	comes("f", RefusedHandshake)
	if len(hungUp) != 1 || hungUp[0] != "a" {
		t.Errorf("hung up on %v", hungUp)
	}
}
