package ssh

import (
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
		if got := address(net.TCPAddrFromAddrPort(netip.AddrPortFrom(ip, 1))); got.String() != want {
			t.Errorf("%s: %s, want %s", from, got, want)
		}
	}
	if got := address(&net.UnixAddr{Name: "x"}); got.IsValid() {
		t.Errorf("of a socket: %v", got)
	}
}

// TestHouseForgets holds that of addresses from which nobody is there nothing is kept.
func TestHouseForgets(t *testing.T) {
	now := time.Unix(0, 0)
	h := newHouse(Limits{Sessions: 1000, SessionsPerAddress: 10, ConnectRate: 1, ConnectBurst: 10, Handshakes: 1000}, func() time.Time { return now })
	stays := &guest{from: netip.MustParsePrefix("192.0.2.1/32")}
	if why := h.knock(stays); why != "" {
		t.Fatal(why)
	}
	h.in(stays, false)
	if why := h.enter(stays, false); why != "" {
		t.Fatal(why)
	}
	for i := range 200 {
		g := &guest{from: netip.PrefixFrom(netip.AddrFrom4([4]byte{198, 51, 100, byte(i)}), 32)}
		if why := h.knock(g); why != "" {
			t.Fatal(why)
		}
		h.gone(g)
	}
	now = now.Add(time.Hour)
	h.left(stays, false)
	h.gone(stays)
	if len(h.by) != 1 || h.guests != 0 || h.sessions != 0 {
		t.Errorf("%d addresses, %d guests, %d sessions", len(h.by), h.guests, h.sessions)
	}
}

// TestCrowdAtTheDoor has more clients at once than there is room for that have yet to
// show who they are. Those who dawdle make room for others.
func TestCrowdAtTheDoor(t *testing.T) {
	now := time.Unix(0, 0)
	h := newHouse(Limits{Sessions: 10, SessionsPerAddress: 10, ConnectRate: 10, ConnectBurst: 10, Handshakes: 2}, func() time.Time { return now })
	var hungUp []string
	come := func(name string) *guest {
		return &guest{hangUp: func() { hungUp = append(hungUp, name) }}
	}
	knocks := func(name, want string) *guest {
		t.Helper()
		g := come(name)
		if why := h.knock(g); why != want {
			t.Errorf("%s: %q, want %q", name, why, want)
		}
		return g
	}
	a := knocks("a", "")
	b := knocks("b", "")
	knocks("c", refusedHandshake)
	now = now.Add(dawdling)
	knocks("d", "")
	h.gone(a)
	h.in(b, false)
	knocks("e", "")
	knocks("f", refusedHandshake)
	if len(hungUp) != 1 || hungUp[0] != "a" {
		t.Errorf("hung up on %v", hungUp)
	}
}
