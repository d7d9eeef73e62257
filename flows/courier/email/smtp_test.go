package email

import (
	"errors"
	"net"
	"net/textproto"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"loket/flows/clock"
	"loket/flows/courier/couriertest"
	"loket/flows/courier/delivery"
	"loket/store"
)

// carrierTo returns a carrier to a server on this machine, without TLS.
func carrierTo(s *couriertest.Server) *Carrier {
	host, port, _ := net.SplitHostPort(s.Addr)
	return &Carrier{
		Server:  &SMTP{Host: host, Port: port, TLS: NoTLS, From: "noreply@mijn.example.org"},
		Support: couriertest.SupportLine, Clock: clock.New(), AnswerTimeout: time.Minute, StopTimeout: time.Minute,
	}
}

// send sends messages over one session, and returns an error for each message. If the session cannot be opened, it returns
// only that error.
func send(t *testing.T, c *Carrier, messages ...store.Message) (came []error) {
	t.Helper()
	line, err := c.Open(t.Context())
	if err != nil {
		return slices.Repeat([]error{err}, len(messages))
	}
	defer line.Close()
	for _, m := range messages {
		text, err := c.Compose(m)
		if err != nil {
			came = append(came, err)
			continue
		}
		leave, err := line.Prepare(t.Context(), m, text)
		if err == nil {
			err = leave()
		}
		came = append(came, err)
	}
	return came
}

// TestLocal tests that servers on this machine are distinguished from other servers, to which a password must not be sent
// unencrypted.
func TestLocal(t *testing.T) {
	for host, want := range map[string]bool{
		"localhost": true, "127.0.0.1": true, "127.8.8.8": true, "::1": true,
		"": false, "mail.example.org": false, "localhost.example.org": false, "128.0.0.1": false, "::2": false, "10.0.0.1": false,
	} {
		if got := (&SMTP{Host: host}).IsLocal(); got != want {
			t.Errorf("%q is local: %v", host, got)
		}
	}
}

func TestConnections(t *testing.T) {
	certificate, roots := couriertest.NewCertificate(t)
	_, others := couriertest.NewCertificate(t)
	secured := func(s *couriertest.Server) { s.TLSConfig = certificate }
	full := func(s *couriertest.Server) { secured(s); s.FullTLS = true }
	insecure := func(s *couriertest.Server) { s.AllowInsecureAuth = true }
	only := func(mechanism string) func(*couriertest.Server) {
		return func(s *couriertest.Server) { s.Mechanisms = []string{mechanism} }
	}
	for name, c := range map[string]struct {
		server  []func(*couriertest.Server)
		client  func(*SMTP)
		trouble string
	}{
		"STARTTLS": {[]func(*couriertest.Server){secured}, func(e *SMTP) { e.TLS, e.Roots = StartTLS, roots }, ""},
		"TLS":      {[]func(*couriertest.Server){full}, func(e *SMTP) { e.TLS, e.Roots = FullTLS, roots }, ""},
		"none":     {nil, func(*SMTP) {}, ""},
		"PLAIN over STARTTLS": {[]func(*couriertest.Server){secured, only("PLAIN")}, func(e *SMTP) {
			e.TLS, e.Roots, e.User, e.Password = StartTLS, roots, couriertest.ServerUsername, couriertest.ServerPassword
		}, ""},
		"LOGIN over TLS": {[]func(*couriertest.Server){full, only("LOGIN")}, func(e *SMTP) {
			e.TLS, e.Roots, e.User, e.Password = FullTLS, roots, couriertest.ServerUsername, couriertest.ServerPassword
		}, ""},
		"plain over TLS": {[]func(*couriertest.Server){full, only("plain")}, func(e *SMTP) {
			e.TLS, e.Roots, e.User, e.Password = FullTLS, roots, couriertest.ServerUsername, couriertest.ServerPassword
		}, ""},
		"PLAIN to this machine": {[]func(*couriertest.Server){insecure}, func(e *SMTP) { e.User, e.Password = couriertest.ServerUsername, couriertest.ServerPassword }, ""},
		"no STARTTLS":           {nil, func(e *SMTP) { e.TLS, e.Roots = StartTLS, roots }, "the mail server offers no STARTTLS"},
		"another's certificate": {[]func(*couriertest.Server){secured}, func(e *SMTP) { e.TLS, e.Roots = StartTLS, others }, "the mail server's certificate is not good: it is signed by nobody that is known here"},
		"another name":          {[]func(*couriertest.Server){full}, func(e *SMTP) { e.TLS, e.Roots, e.Host = FullTLS, roots, "localhost" }, "the mail server's certificate is not good: it is for another name"},
		"no TLS at all":         {nil, func(e *SMTP) { e.TLS, e.Roots = FullTLS, roots }, "the mail server does not speak TLS with us"},
		"wrong password":        {[]func(*couriertest.Server){secured}, func(e *SMTP) { e.TLS, e.Roots, e.User, e.Password = StartTLS, roots, couriertest.ServerUsername, "x" }, "the mail server answers 535 5.7.8"},
		"no authentication":     {nil, func(e *SMTP) { e.User, e.Password = couriertest.ServerUsername, couriertest.ServerPassword }, "the mail server takes no user name and password"},
		"no sender like that":   {[]func(*couriertest.Server){func(s *couriertest.Server) { s.OnMail = func() error { return smtp.ErrAuthRequired } }}, func(*SMTP) {}, "the mail server answers 502 5.7.0"},
		"nobody there":          {nil, func(e *SMTP) { e.Port = "1" }, "no connection with the mail server: connect: connection refused"},
	} {
		t.Run(name, func(t *testing.T) {
			s := couriertest.NewServer(t, c.server...)
			to := carrierTo(s)
			c.client(to.Server)
			m := couriertest.ExampleMessage("activation_number", store.ByEmail)
			err := send(t, to, m)[0]
			if c.trouble != "" {
				if delivery.DescribeError(err) != c.trouble || len(s.AllMail()) > 0 {
					t.Errorf("error %v: %q", err, delivery.DescribeError(err))
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			got := s.AllMail()[0]
			if got.TLS != (to.Server.TLS != NoTLS) || got.User != to.Server.User || got.From != to.Server.From || got.To != m.To[0] {
				t.Errorf("came over TLS %v, by %q, from %q to %q", got.TLS, got.User, got.From, got.To)
			}
			if !strings.Contains(got.Text, "4816 2095 7733") {
				t.Errorf("came as\n%s", got.Text)
			}
		})
	}
}

// TestRefusedAtRcpt tests that no message is given up at the first attempt if the refusal may be about this desk, even if the
// server refuses only at RCPT.
func TestRefusedAtRcpt(t *testing.T) {
	const ours, theirs = "for now: the mail server refuses this desk or the addressee for now: ", "for good: the mail server refuses the addressee for good: "
	coded := func(code, class, subject, detail int, text string) *smtp.SMTPError {
		return &smtp.SMTPError{Code: code, EnhancedCode: smtp.EnhancedCode{class, subject, detail}, Message: text}
	}
	bare := func(code int, text string) *smtp.SMTPError {
		return &smtp.SMTPError{Code: code, EnhancedCode: smtp.NoEnhancedCode, Message: text}
	}
	for name, c := range map[string]struct {
		answer *smtp.SMTPError
		want   string
	}{
		"relay access denied":      {coded(554, 5, 7, 1, "<x>: Relay access denied"), ours + "554 5.7.1"},
		"name after EHLO":          {coded(504, 5, 5, 2, "<host>: Helo command rejected: need fully-qualified hostname"), ours + "504 5.5.2"},
		"authentication":           {coded(530, 5, 7, 0, "Authentication required"), ours + "530 5.7.0"},
		"client on a blocklist":    {coded(550, 5, 7, 1, "Service unavailable; client host blocked"), ours + "550 5.7.1"},
		"authentication, no code":  {bare(530, "authentication required"), ours + "530"},
		"parameter, no code":       {bare(504, "need fully-qualified hostname"), ours + "504"},
		"several lines":            {coded(550, 5, 7, 1, "not\nfrom there"), ours + "550 5.7.1"},
		"code on the second line":  {bare(550, "we are sorry\n5.7.26 unauthenticated"), ours + "550 5.7.26"},
		"spaces":                   {bare(550, "  \t5.7.1  no"), ours + "550 5.7.1"},
		"hash":                     {bare(550, "#5.7.1 your access has been rejected"), ours + "550 5.7.1"},
		"code alone":               {bare(554, "5.5.1"), ours + "554 5.5.1"},
		"greylisted":               {coded(450, 4, 7, 1, "greylisted"), ours + "450 4.7.1"},
		"no such user":             {coded(550, 5, 1, 1, "no such user"), theirs + "550 5.1.1"},
		"mailbox full":             {coded(552, 5, 2, 2, "mailbox full"), theirs + "552 5.2.2"},
		"disabled":                 {coded(550, 5, 2, 1, "mailbox disabled"), theirs + "550 5.2.1"},
		"no such domain":           {coded(550, 5, 1, 2, "no such domain"), theirs + "550 5.1.2"},
		"null MX":                  {coded(556, 5, 1, 10, "takes no mail"), theirs + "556 5.1.10"},
		"sender refused":           {coded(550, 5, 1, 8, "sender's domain not found"), ours + "550 5.1.8"},
		"sender's syntax":          {coded(553, 5, 1, 7, "bad sender"), ours + "553 5.1.7"},
		"two classes":              {coded(550, 4, 1, 1, "not yet"), ours + "550 4.1.1"},
		"routing":                  {coded(550, 5, 4, 6, "loop"), ours + "550 5.4.6"},
		"mail system":              {coded(554, 5, 3, 0, "broken"), ours + "554 5.3.0"},
		"undefined":                {coded(550, 5, 0, 0, "no"), ours + "550 5.0.0"},
		"parameter, of addressee":  {coded(504, 5, 1, 1, "what"), ours + "504 5.1.1"},
		"mailbox busy":             {coded(450, 4, 2, 1, "busy"), "for now: the mail server refuses the addressee for now: 450 4.2.1"},
		"no code":                  {bare(550, "no such user"), ours + "550"},
		"a number in the sentence": {bare(550, "see 5.1.1 of our policy"), ours + "550"},
		"longer numbers":           {bare(550, "5.1234.7 no"), ours + "550"},
	} {
		t.Run(name, func(t *testing.T) {
			s := couriertest.NewServer(t, func(s *couriertest.Server) { s.OnRcpt = func(string) error { return c.answer } })
			refused, is := errors.AsType[*delivery.Refusal](send(t, carrierTo(s), couriertest.ManyMessages(1)...)[0])
			if !is {
				t.Fatal("it is no refusal")
			}
			when := "for now: "
			if refused.IsPermanent {
				when = "for good: "
			}
			if got := when + refused.Why; got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

// TestClosesAtRcpt tests that a reply that closes the connection is a failure of the server, regardless of its enhanced code.
func TestClosesAtRcpt(t *testing.T) {
	err := &textproto.Error{Code: replyNotAvailable, Msg: "4.7.0 too many connections"}
	if got := convertToRefusal("the addressee", err); got != error(err) {
		t.Errorf("taken for %v", got)
	}
}

// TestNoExtension tests that an e-mail uses no unnecessary extension of the server, because the next servers may lack that
// extension.
func TestNoExtension(t *testing.T) {
	var wire couriertest.LogBuffer // A LogBuffer is necessary because the server writes its last reply while this test continues.
	s := couriertest.NewServer(t, func(s *couriertest.Server) { s.EnableSMTPUTF8, s.Debug = true, &wire })
	c := carrierTo(s)
	if err := send(t, c, couriertest.ManyMessages(1)...)[0]; err != nil {
		t.Fatal(err)
	}
	s.Close()
	for _, offered := range []string{"8BITMIME", "SMTPUTF8"} {
		if !strings.Contains(wire.String(), "250-"+offered+"\r\n") {
			t.Errorf("%s is not offered", offered)
		}
	}
	if want := "\r\nMAIL FROM:<" + c.Server.From + ">\r\n"; !strings.Contains(wire.String(), want) {
		t.Errorf("no %q in\n%s", want, wire.String())
	}
}

// TestSilentServer tests that a server may not take longer than AnswerTimeout for a message.
func TestSilentServer(t *testing.T) {
	silent := make(chan struct{})
	defer close(silent)
	s := couriertest.NewServer(t, func(s *couriertest.Server) { s.OnRcpt = func(string) error { <-silent; return nil } })
	c := carrierTo(s)
	c.AnswerTimeout = time.Millisecond
	if got := delivery.DescribeError(send(t, c, couriertest.ManyMessages(1)...)[0]); got != "the mail server does not answer" {
		t.Errorf("said %q", got)
	}
}

func TestIsName(t *testing.T) {
	for name, want := range map[string]bool{
		"desk.example.org": true, "[192.0.2.1]": true, "[IPv6:2001:db8::1]": true,
		"desk": false, "": false, "192.0.2.1": false, "[desk.example.org]": false, "[192.0.2.1": false, "desk.example.org\r\nRSET": false, "a b.nl": false,
	} {
		if got := IsGreetingName(name); got != want {
			t.Errorf("%q: %v", name, got)
		}
	}
}
