package email

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"loket/flows/clock"
	"loket/flows/courier/couriertest"
	"loket/flows/courier/delivery"
)

// scripted returns a carrier to a server whose replies a test chooses by the first word of each command. The key "." stands
// for the dot that ends an e-mail.
func scripted(t *testing.T, greeting string, says map[string]string) (c *Carrier, wire *couriertest.LogBuffer) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	wire = &couriertest.LogBuffer{}
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go plays(conn, greeting, says, wire)
		}
	}()
	host, port, _ := net.SplitHostPort(l.Addr().String())
	return &Carrier{
		Server:  &SMTP{Host: host, Port: port, TLS: NoTLS, From: "noreply@mijn.example.org"},
		Support: couriertest.SupportLine, Clock: clock.New(), AnswerTimeout: time.Minute, StopTimeout: time.Second,
	}, wire
}

// plays answers the commands on a connection with the replies of a script. An empty reply closes the connection.
func plays(conn net.Conn, greeting string, says map[string]string, wire *couriertest.LogBuffer) {
	defer conn.Close()
	_, _ = io.WriteString(conn, greeting)
	data := false
	for lines := bufio.NewScanner(conn); lines.Scan(); {
		line := lines.Text()
		fmt.Fprintln(wire, line)
		word, _, _ := strings.Cut(line, " ")
		if data && line != "." {
			continue
		}
		data = word == "DATA"
		answer, given := says[word]
		if !given {
			answer = map[string]string{"DATA": "354 go on\r\n"}[word]
			if answer == "" {
				answer = "250 ok\r\n"
			}
		}
		if answer == "" {
			return
		}
		_, _ = io.WriteString(conn, answer)
	}
}

// TestBareReplies tests that a reply may consist of a code without text (RFC 5321, 4.2).
func TestBareReplies(t *testing.T) {
	c, _ := scripted(t, "220 test\r\n", map[string]string{"EHLO": "250\r\n", "MAIL": "250\r\n", "RCPT": "250\n", "DATA": "354\r\n", ".": "250\r\n", "RSET": "250\r\n"})
	for i, err := range send(t, c, couriertest.ManyMessages(3)...) {
		if err != nil {
			t.Errorf("%d: %v", i, err)
		}
	}
	c, _ = scripted(t, "220 test\r\n", map[string]string{"RCPT": "550\r\n"})
	if got := delivery.DescribeError(send(t, c, couriertest.ManyMessages(1)...)[0]); got != "the mail server refuses this desk or the addressee for now: 550" {
		t.Errorf("said %q", got)
	}
}

// TestNameAfterEHLO tests that the name in EHLO is one that other machines know.
func TestNameAfterEHLO(t *testing.T) {
	for name, want := range map[string]string{"": "EHLO mijn.example.org", "kiosk.example.net": "EHLO kiosk.example.net", "[192.0.2.1]": "EHLO [192.0.2.1]"} {
		c, wire := scripted(t, "220 test\r\n", nil)
		c.Server.Name = name
		send(t, c, couriertest.ManyMessages(1)...)
		if first, _, _ := strings.Cut(wire.String(), "\n"); first != want {
			t.Errorf("%q: %q, want %q", name, first, want)
		}
	}
}

// TestStages tests that an error reply before the server knows the addressee is a failure of the channel, regardless of its
// code. The same applies to a reply that is not SMTP.
func TestStages(t *testing.T) {
	for name, c := range map[string]struct {
		greeting string
		says     map[string]string
		unclear  bool
	}{
		"greeting":            {"554 5.1.1 no service here\r\n", nil, false},
		"no greeting":         {"\x16\x03\x01\r\n", nil, false},
		"EHLO":                {"220 test\r\n", map[string]string{"EHLO": "550 5.1.1 no\r\n", "HELO": "550 5.1.1 no\r\n"}, false},
		"MAIL":                {"220 test\r\n", map[string]string{"MAIL": "553 5.1.1 no\r\n"}, false},
		"MAIL, closing":       {"220 test\r\n", map[string]string{"MAIL": "421 4.7.0 no\r\n"}, false},
		"RCPT, closing":       {"220 test\r\n", map[string]string{"RCPT": "421 5.1.1 no\r\n"}, false},
		"RCPT, no reply":      {"220 test\r\n", map[string]string{"RCPT": "yes\r\n"}, false},
		"DATA, no reply":      {"220 test\r\n", map[string]string{"DATA": "250 what\r\n"}, false},
		"the dot, no reply":   {"220 test\r\n", map[string]string{".": "354 what\r\n"}, true},
		"the dot, closing":    {"220 test\r\n", map[string]string{".": "421 4.3.2 no\r\n"}, false},
		"the dot, broken off": {"220 test\r\n", map[string]string{".": ""}, true},
	} {
		t.Run(name, func(t *testing.T) {
			to, _ := scripted(t, c.greeting, c.says)
			err := send(t, to, couriertest.ManyMessages(1)...)[0]
			if _, is := errors.AsType[*delivery.Refusal](err); is || err == nil {
				t.Errorf("came to %v", err)
			}
			if _, unclear := errors.AsType[*delivery.UnclearDeliveryError](err); unclear != c.unclear {
				t.Errorf("%v may have arrived: %v", err, unclear)
			}
		})
	}
}
