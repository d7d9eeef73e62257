package courier

import (
	"bytes"
	"crypto/tls"
	"errors"
	"fmt"
	"net/textproto"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"loket/store"
)

// many are so many e-mails, each to somebody else.
func many(n int) (messages []store.Message) {
	for i := range n {
		messages = append(messages, numbered(i))
	}
	return messages
}

// addressees are to whom e-mails went, in order.
func addressees(all []received) (to []string) {
	for _, r := range all {
		to = append(to, r.to)
	}
	return to
}

func TestConnections(t *testing.T) {
	certificate, roots := certified(t)
	_, others := certified(t)
	secured := func(s *mailServer) { s.TLSConfig = certificate }
	full := func(s *mailServer) { secured(s); s.full = true }
	insecure := func(s *mailServer) { s.AllowInsecureAuth = true }
	only := func(mechanism string) func(*mailServer) {
		return func(s *mailServer) { s.mechanisms = []string{mechanism} }
	}
	for name, c := range map[string]struct {
		server  []func(*mailServer)
		client  func(*SMTP)
		trouble string
	}{
		"STARTTLS":              {[]func(*mailServer){secured}, func(e *SMTP) { e.TLS, e.Roots = StartTLS, roots }, ""},
		"TLS":                   {[]func(*mailServer){full}, func(e *SMTP) { e.TLS, e.Roots = FullTLS, roots }, ""},
		"none":                  {nil, func(*SMTP) {}, ""},
		"PLAIN over STARTTLS":   {[]func(*mailServer){secured, only("PLAIN")}, func(e *SMTP) { e.TLS, e.Roots, e.User, e.Password = StartTLS, roots, mailUser, mailPassword }, ""},
		"LOGIN over TLS":        {[]func(*mailServer){full, only("LOGIN")}, func(e *SMTP) { e.TLS, e.Roots, e.User, e.Password = FullTLS, roots, mailUser, mailPassword }, ""},
		"plain over TLS":        {[]func(*mailServer){full, only("plain")}, func(e *SMTP) { e.TLS, e.Roots, e.User, e.Password = FullTLS, roots, mailUser, mailPassword }, ""},
		"PLAIN to this machine": {[]func(*mailServer){insecure}, func(e *SMTP) { e.User, e.Password = mailUser, mailPassword }, ""},
		"no STARTTLS":           {nil, func(e *SMTP) { e.TLS, e.Roots = StartTLS, roots }, "the mail server offers no STARTTLS"},
		"another's certificate": {[]func(*mailServer){secured}, func(e *SMTP) { e.TLS, e.Roots = StartTLS, others }, "the mail server's certificate is not good: it is signed by nobody that is known here"},
		"another name":          {[]func(*mailServer){full}, func(e *SMTP) { e.TLS, e.Roots, e.Host = FullTLS, roots, "localhost" }, "the mail server's certificate is not good: it is for another name"},
		"no TLS at all":         {nil, func(e *SMTP) { e.TLS, e.Roots = FullTLS, roots }, "the mail server does not speak TLS with us"},
		"wrong password":        {[]func(*mailServer){secured}, func(e *SMTP) { e.TLS, e.Roots, e.User, e.Password = StartTLS, roots, mailUser, "x" }, "the mail server answers 535 5.7.8"},
		"no authentication":     {nil, func(e *SMTP) { e.User, e.Password = mailUser, mailPassword }, "the mail server takes no user name and password"},
		"no sender like that":   {[]func(*mailServer){func(s *mailServer) { s.onMail = func() error { return smtp.ErrAuthRequired } }}, func(*SMTP) {}, "the mail server answers 502 5.7.0"},
		"nobody there":          {nil, func(e *SMTP) { e.Port = "1" }, "no connection with the mail server: connect: connection refused"},
	} {
		t.Run(name, func(t *testing.T) {
			o, s := newOffice(t), newServer(t, c.server...)
			e := o.over(s)
			c.client(e)
			m := message("activation_number", store.ByEmail)
			o.post(t, m)
			tally, err := o.Once(t.Context())
			if c.trouble != "" {
				outage, is := o.outage(t, store.ByEmail)
				if err == nil || err.Error() != "email: "+c.trouble || !is || outage.Trouble != c.trouble || len(s.all()) > 0 {
					t.Errorf("%+v, error %v, outage %+v", tally, err, outage)
				}
				o.expect(t, map[store.MessageState]int{store.MessageWaiting: 1})
				return
			}
			if err != nil || tally != (Tally{Sent: 1}) {
				t.Fatalf("%+v, %v", tally, err)
			}
			got := s.all()[0]
			if got.tls != (e.TLS != NoTLS) || got.user != e.User || got.from != e.From || got.to != m.To[0] {
				t.Errorf("came over TLS %v, by %q, from %q to %q", got.tls, got.user, got.from, got.to)
			}
			if !strings.Contains(got.text, "4816 2095 7733") {
				t.Errorf("came as\n%s", got.text)
			}
			o.discreet(t, m)
		})
	}
}

// TestRefusals sees that an e-mail that is refused holds up no other.
func TestRefusals(t *testing.T) {
	busy := &smtp.SMTPError{Code: 450, EnhancedCode: smtp.EnhancedCode{4, 2, 1}, Message: "n1@example.org is busy"}
	gone := &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no n3@example.org here"}
	full := &smtp.SMTPError{Code: 452, EnhancedCode: smtp.NoEnhancedCode, Message: "n5@example.org has no room"}
	spam := &smtp.SMTPError{Code: 554, EnhancedCode: smtp.EnhancedCode{5, 7, 1}, Message: "BCDF-GHJK-LMNP looks like spam"}
	o := newOffice(t)
	s := newServer(t, func(s *mailServer) {
		s.onRcpt = func(to string) error { return map[string]error{"n1@example.org": busy, "n3@example.org": gone}[to] }
		s.onData = func(r received) error {
			return map[string]error{"n5@example.org": full, "n6@example.org": spam}[r.to]
		}
	})
	o.over(s)
	messages := many(8)
	o.post(t, messages...)
	if tally, err := o.Once(t.Context()); err != nil || tally != (Tally{Sent: 4, Failed: 2, Dead: 2}) {
		t.Fatalf("%+v, %v", tally, err)
	}
	want := []string{"n0@example.org", "n2@example.org", "n4@example.org", "n7@example.org"}
	if got := addressees(s.all()); !slices.Equal(got, want) || s.sessions != 1 {
		t.Errorf("over %d connections went %q", s.sessions, got)
	}
	var troubles []string
	for i, m := range o.outbox(t) {
		if m.Trouble != "" {
			troubles = append(troubles, fmt.Sprintf("%d %s: %s", i, m.State(), m.Trouble))
		}
		if waits := m.State() == store.MessageWaiting; waits && !m.Due.After(o.Clock.Now().Add(3*time.Second)) {
			t.Errorf("%d is tried again at %v", i, m.Due)
		}
		if sent := m.State() == store.MessageSent; sent == (m.Facts != nil) {
			t.Errorf("%d is %s with facts %v", i, m.State(), m.Facts)
		}
	}
	if want := []string{
		"1 waiting: the mail server refuses the addressee for now: 450 4.2.1",
		"3 dead: the mail server refuses the addressee for good: 550 5.1.1",
		"5 waiting: the mail server refuses the message for now: 452",
		"6 dead: the mail server refuses the message for good: 554 5.7.1",
	}; !slices.Equal(troubles, want) {
		t.Errorf("trouble is %q", troubles)
	}
	if log := o.log.String(); strings.Contains(log, "example.org") || strings.Contains(log, "BCDF-GHJK") {
		t.Errorf("the log tells\n%s", log)
	}
}

// TestRefusedAtRcpt sees that what a server may hold against this desk, though it
// says so only at RCPT, ends no message at the first try.
func TestRefusedAtRcpt(t *testing.T) {
	const ours, theirs = "waiting: the mail server refuses this desk or the addressee for now: ", "dead: the mail server refuses the addressee for good: "
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
		"no code":                  {bare(550, "no such user"), theirs + "550"},
		"a number in the sentence": {bare(550, "see 5.7.1 of our policy"), theirs + "550"},
		"longer numbers":           {bare(550, "5.1234.7 no"), theirs + "550"},
	} {
		t.Run(name, func(t *testing.T) {
			o, calls := newOffice(t), 0
			s := newServer(t, func(s *mailServer) {
				s.onRcpt = func(string) error {
					if calls++; calls == 1 {
						return c.answer
					}
					return nil
				}
			})
			o.over(s)
			o.hasty()
			o.post(t, many(1)...)
			if _, err := o.Once(t.Context()); err != nil {
				t.Fatal(err)
			}
			m := o.outbox(t)[0]
			if got := string(m.State()) + ": " + m.Trouble; got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
			if m.State() == store.MessageWaiting {
				stop := o.run(t)
				s.await(t, 1)
				stop()
			}
		})
	}
}

// TestClosesAtRcpt sees that a server that closes is in trouble itself, whatever
// its enhanced code is about.
func TestClosesAtRcpt(t *testing.T) {
	err := &textproto.Error{Code: serviceNotAvailable, Msg: "4.7.0 too many connections"}
	if got := repliedAtRcpt(err); got != error(err) {
		t.Errorf("taken for %v", got)
	}
}

// TestNoExtension sees that an e-mail asks a server for no extension that it does
// not need, because servers to come may lack it.
func TestNoExtension(t *testing.T) {
	var wire bytes.Buffer
	o, s := newOffice(t), newServer(t, func(s *mailServer) { s.EnableSMTPUTF8, s.Debug = true, &wire })
	o.over(s)
	o.post(t, many(1)...)
	if tally, err := o.Once(t.Context()); err != nil || tally != (Tally{Sent: 1}) {
		t.Fatalf("%+v, %v", tally, err)
	}
	s.Close()
	for _, offered := range []string{"8BITMIME", "SMTPUTF8"} {
		if !strings.Contains(wire.String(), "250-"+offered+"\r\n") {
			t.Errorf("%s is not offered", offered)
		}
	}
	if want := "\r\nMAIL FROM:<" + o.Email.From + ">\r\n"; !strings.Contains(wire.String(), want) {
		t.Errorf("no %q in\n%s", want, wire.String())
	}
}

// TestServerInTrouble lets a server stop, break off in the midst of e-mails,
// before and after the dot, and answer anything in turn. Nothing is lost. What
// comes twice was cut off after the dot, and bears the same Message-ID.
func TestServerInTrouble(t *testing.T) {
	const n = 40
	o := newOffice(t)
	o.hasty()
	calls, cut := 0, 0
	answers := []error{
		nil, &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: "later"}, nil,
		&smtp.SMTPError{Code: 421, EnhancedCode: smtp.EnhancedCode{4, 3, 2}, Message: "closing"},
	}
	s := newServer(t)
	s.onRcptConn = func(c *smtp.Conn) {
		if calls++; calls%7 == 0 {
			c.Close() // before the dot
		}
	}
	s.onData = func(received) error { return answers[calls%len(answers)] }
	s.onTook = func(c *smtp.Conn) {
		if calls%5 == 0 {
			cut++
			c.Close() // after the dot
		}
	}
	o.over(s)
	o.post(t, many(n/2)...)
	stop := o.run(t)
	s.await(t, 3)
	s.Close()
	o.post(t, many(n)[n/2:]...)
	s.restart(t)
	o.settled(t)
	stop()
	o.expect(t, map[store.MessageState]int{store.MessageSent: n})

	came := map[string][]string{} // addressee → Message-IDs
	for _, r := range s.all() {
		came[r.to] = append(came[r.to], r.header("Message-Id"))
	}
	repeated := 0
	for to, ids := range came {
		repeated += len(ids) - 1
		if len(slices.Compact(ids)) != 1 {
			t.Errorf("to %s came %q", to, ids)
		}
	}
	if len(came) != n || repeated > cut+1 { // one may have been cut off by the stop
		t.Errorf("%d of %d came, and %d again; %d were cut off after the dot", len(came), n, repeated, cut)
	}
	if _, is := o.outage(t, store.ByEmail); is {
		t.Error("the outage is not over")
	}
	o.discreet(t, many(n)...)
}

// TestClosingServer sees that a server that closes after some e-mails gets the
// others over a new connection, at once.
func TestClosingServer(t *testing.T) {
	closing := &smtp.SMTPError{Code: 421, EnhancedCode: smtp.EnhancedCode{4, 4, 5}, Message: "enough for now"}
	for name, set := range map[string]func(s *mailServer, answer func() error){
		"before an e-mail": func(s *mailServer, answer func() error) { s.onMail = answer },
		"in an e-mail":     func(s *mailServer, answer func() error) { s.onRcpt = func(string) error { return answer() } },
	} {
		t.Run(name, func(t *testing.T) {
			o, calls := newOffice(t), 0
			s := newServer(t, func(s *mailServer) {
				set(s, func() error {
					if calls++; calls == 5 {
						return closing
					}
					return nil
				})
			})
			o.over(s)
			o.post(t, many(10)...)
			tally, err := o.Once(t.Context())
			if err != nil || tally.Sent < 9 || tally.Dead > 0 || s.sessions != 2 {
				t.Errorf("%+v over %d connections, %v", tally, s.sessions, err)
			}
			if _, is := o.outage(t, store.ByEmail); is {
				t.Error("taken for an outage")
			}
		})
	}
}

// TestOneConnection sees that a handful goes over one connection, in order.
func TestOneConnection(t *testing.T) {
	o, s := newOffice(t), newServer(t)
	o.over(s)
	o.post(t, many(3*handful)...)
	if _, err := o.Once(t.Context()); err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, m := range many(3 * handful) {
		want = append(want, m.To[0])
	}
	if got := addressees(s.all()); !slices.Equal(got, want) || s.sessions != 1 {
		t.Errorf("over %d connections went %q", s.sessions, got)
	}
}

// TestSeveralConnections sees that nothing is sent by two.
func TestSeveralConnections(t *testing.T) {
	o, s := newOffice(t), newServer(t)
	o.over(s).Connections = 4
	const n = 300
	o.waiting(t, n)
	stop := o.run(t)
	s.await(t, n)
	o.settled(t)
	stop()
	to := map[string]bool{}
	for _, a := range addressees(s.all()) {
		to[a] = true
	}
	if len(to) != n || len(s.all()) != n {
		t.Errorf("%d e-mails came to %d addressees", len(s.all()), len(to))
	}
}

// TestStopsWithoutAnAnswer: a server that says nothing does not keep loket from
// stopping, and the e-mail leaves another time.
func TestStopsWithoutAnAnswer(t *testing.T) {
	o := newOffice(t)
	o.Settings.Stop, o.Settings.Answer, o.Settings.Lease = 50*time.Millisecond, time.Hour, 3*time.Hour
	asked, silent := make(chan struct{}), make(chan struct{})
	s := newServer(t)
	s.onRcptConn = func(*smtp.Conn) {
		select {
		case asked <- struct{}{}:
			s.mu.Unlock()
			<-silent
			s.mu.Lock()
		default:
		}
	}
	t.Cleanup(func() { close(silent) })
	o.over(s)
	o.post(t, many(3)...)
	stop := o.run(t)
	<-asked
	stop()
	for _, m := range o.outbox(t) {
		if m.State() != store.MessageWaiting || !m.Due.Equal(m.Written) || m.Attempts != 0 {
			t.Errorf("handed back as %+v", m)
		}
	}
	if tally, err := o.Once(t.Context()); err != nil || tally != (Tally{Sent: 3}) {
		t.Errorf("%+v, %v", tally, err)
	}
}

func TestSentence(t *testing.T) {
	for _, c := range []struct {
		err  error
		want string
	}{
		{nil, ""},
		{errors.New("anna@example.org"), "the mail server makes no sense"},
		{fmt.Errorf("to anna@example.org: %w", trouble("no room")), "no room"},
		{tls.AlertError(40), "the mail server does not speak TLS with us"},
	} {
		if got := sentence(c.err); got != c.want {
			t.Errorf("%v: %q, want %q", c.err, got, c.want)
		}
	}
}
