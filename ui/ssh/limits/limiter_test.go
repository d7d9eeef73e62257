package limits

import (
	"fmt"
	"net"
	"net/netip"
	"slices"
	"testing"
	"time"
)

// TestAddress checks which IP addresses count as one address.
func TestAddress(t *testing.T) {
	for from, want := range map[string]string{
		"192.0.2.7":            "192.0.2.7/32",
		"::ffff:192.0.2.7":     "192.0.2.7/32",
		"2001:db8:1:2:3:4:5:6": "2001:db8:1:2::/64",
		"2001:db8:1:2:ffff::1": "2001:db8:1:2::/64",
		"fe80::1%eth0":         "fe80::/64",
	} {
		ip := netip.MustParseAddr(from)
		if got := clientPrefix(net.TCPAddrFromAddrPort(netip.AddrPortFrom(ip, 1))); got.String() != want {
			t.Errorf("%s: %s, want %s", from, got, want)
		}
	}
	if got := clientPrefix(&net.UnixAddr{Name: "x"}); got.IsValid() {
		t.Errorf("of a socket: %v", got)
	}
}

// TestLimiterForgets checks that the limiter keeps no entry for an address without connections.
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
	stays.HandshakeDone(false)
	if refused := stays.BeginSession(false); refused != "" {
		t.Fatal(refused)
	}
	for i := range 200 {
		admit(fmt.Sprintf("198.51.100.%d", i)).Release()
	}
	now = now.Add(time.Hour)
	stays.EndSession(false)
	stays.Release()
	if connections, handshakes, sessions := l.Counts(); len(l.addresses) != 1 || connections != 0 || handshakes != 0 || sessions != 0 {
		t.Errorf("%d addresses, %d connections, %d handshakes, %d sessions", len(l.addresses), connections, handshakes, sessions)
	}
}

// TestManyHandshakes checks the order of eviction if there are more pending handshakes than slots: first the oldest connection
// that has sent nothing, and then a slow one.
func TestManyHandshakes(t *testing.T) {
	now := time.Unix(0, 0)
	l := NewLimiter(Settings{Sessions: 10, SessionsPerAddress: 10, ConnectRate: 10, ConnectBurst: 10, Handshakes: 4}, func() time.Time { return now })
	var hungUp []string
	comes := func(name, want string) *Admission {
		t.Helper()
		a, refused := l.Admit(nil, func() { hungUp = append(hungUp, name) })
		if refused != want {
			t.Errorf("%s: %q, want %q", name, refused, want)
		}
		return a
	}
	a := comes("a", "") // One address may have half of the slots.
	a.RecordFirstData()
	b := comes("b", "")
	c := comes("c", "") // This connection evicts b.
	c.RecordFirstData()
	comes("d", RefusedHandshake) // Connections a and c are too young to be evicted.
	now = now.Add(slowHandshakeAge)
	comes("e", "") // This connection evicts a.
	b.HandshakeDone(false)
	b.Release() // Connection b no longer counts.
	now = now.Add(greetingTimeout)
	comes("f", "") // This connection evicts e.
	c.HandshakeDone(true)
	comes("g", "") // After a known key, the address may have more slots.
	if want := []string{"b", "a", "e"}; !slices.Equal(hungUp, want) {
		t.Errorf("hung up on %v, want %v", hungUp, want)
	}
	if connections, handshakes, _ := l.Counts(); connections != 3 || handshakes != 2 {
		t.Errorf("%d connections, %d handshakes", connections, handshakes)
	}
}

// TestStrangersAtTheDoor makes strangers connect to a branch, from its own address or from others, while its terminals
// connect. No terminal may be refused or evicted.
func TestStrangersAtTheDoor(t *testing.T) {
	const here = "192.0.2.1"
	for name, c := range map[string]struct {
		// addresses is the number of strangers' addresses, and each is the number of connections from each of them per second.
		addresses, each int
		speak, keyed    bool
	}{
		"from here, silent":               {1, 20, false, false},
		"from here, speaking":             {1, 20, true, false},
		"from here, silent, many":         {1, 400, false, true},
		"from here, speaking, after keys": {1, 40, true, true},
		"from elsewhere, silent":          {15, 20, false, false},
		"from elsewhere, speaking":        {15, 20, true, true},
	} {
		t.Run(name, func(t *testing.T) {
			now := time.Unix(0, 0)
			l := NewLimiter(Settings{Sessions: 256, SessionsPerAddress: 8, ConnectRate: 10, ConnectBurst: 40, Handshakes: 128}, func() time.Time { return now })
			lost := 0
			admit := func(from string, lose *int) *Admission {
				a, refused := l.Admit(net.TCPAddrFromAddrPort(netip.AddrPortFrom(netip.MustParseAddr(from), 1)), func() { *lose++ })
				if refused != "" {
					*lose++
					return nil
				}
				return a
			}
			if c.keyed {
				first := admit(here, &lost)
				first.HandshakeDone(true)
				first.Release()
			}
			var strangers int
			pending := map[int]*Admission{} // pending has the terminals by the time at which their handshakes end.
			const tick = 50 * time.Millisecond
			for i := range 60 * int(time.Second/tick) {
				for n := range c.addresses {
					for range c.each / int(time.Second/tick) {
						from := fmt.Sprintf("198.51.100.%d", n)
						if c.addresses == 1 {
							from = here
						}
						if a := admit(from, &strangers); a != nil && c.speak {
							a.RecordFirstData()
						}
					}
				}
				if a := pending[i]; a != nil {
					if a.isReleased {
						lost++
					}
					a.HandshakeDone(true)
				}
				if i%20 == 0 { // Some terminals connect over a slow link.
					pending[i+30] = admit(here, new(int))
				}
				if a := pending[i+29]; a != nil && i%20 == 1 && (a.isReleased || a.RecordFirstData() != "") {
					lost++
				}
				now = now.Add(tick)
			}
			if lost > 0 {
				t.Errorf("%d terminals of 60 did not get in", lost)
			}
		})
	}
}

// TestHandshakeRate checks the rate at which an address may begin handshakes. A connection that sends nothing does not count,
// and an address with a known key may begin more.
func TestHandshakeRate(t *testing.T) {
	now := time.Unix(0, 0)
	l := NewLimiter(Settings{Sessions: 1000, SessionsPerAddress: 1000, ConnectRate: 1, ConnectBurst: 2, Handshakes: 1000}, func() time.Time { return now })
	begins := func(speaks bool) (refused string) {
		a, refused := l.Admit(nil, nil)
		if refused == "" && speaks {
			refused = a.RecordFirstData()
		}
		a.Release()
		return refused
	}
	many := func(speaks bool) (n int) {
		for range 100 {
			if begins(speaks) == "" {
				n++
			}
		}
		return n
	}
	if silent, speaking := many(false), many(true); silent != 100 || speaking != 2*handshakesPerSession {
		t.Errorf("of 100 begin %d silent ones, and %d that speak", silent, speaking)
	}
	terminal, _ := l.Admit(nil, nil)
	terminal.HandshakeDone(true)
	now = now.Add(time.Hour)
	if n := many(true); n != 2*handshakesWithKey {
		t.Errorf("of 100 begin %d where a key came from", n)
	}
	terminal.Release()
	now = now.Add(recentKeyTime + time.Hour)
	other, _ := l.Admit(&net.TCPAddr{IP: net.IPv4(192, 0, 2, 9), Port: 1}, nil)
	other.Release()
	if n := many(true); n != 2*handshakesPerSession {
		t.Errorf("of 100 begin %d when that was long ago", n)
	}
}
