package courier

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"loket/flows/courier/couriertest"
	"loket/store"
)

// TestRefusals tests that a refused e-mail does not delay others.
func TestRefusals(t *testing.T) {
	busy := &smtp.SMTPError{Code: 450, EnhancedCode: smtp.EnhancedCode{4, 2, 1}, Message: "n1@example.org is busy"}
	gone := &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no n3@example.org here"}
	full := &smtp.SMTPError{Code: 452, EnhancedCode: smtp.NoEnhancedCode, Message: "n5@example.org has no room"}
	spam := &smtp.SMTPError{Code: 554, EnhancedCode: smtp.EnhancedCode{5, 7, 1}, Message: "BCDF-GHJK-LMNP looks like spam"}
	o := newOffice(t)
	s := couriertest.NewServer(t, func(s *couriertest.Server) {
		s.OnRcpt = func(to string) error { return map[string]error{"n1@example.org": busy, "n3@example.org": gone}[to] }
		s.OnData = func(r couriertest.ReceivedMail) error {
			return map[string]error{"n5@example.org": full, "n6@example.org": spam}[r.To]
		}
	})
	o.over(s)
	messages := couriertest.ManyMessages(8)
	o.post(t, messages...)
	if tally, err := o.SendDueOnce(t.Context()); err != nil || tally != (ResultCount{Sent: 4, Failed: 3, Dead: 1}) {
		t.Fatalf("%+v, %v", tally, err)
	}
	want := []string{"n0@example.org", "n2@example.org", "n4@example.org", "n7@example.org"}
	if got := couriertest.MailRecipients(s.AllMail()); !slices.Equal(got, want) || s.Sessions != 1 {
		t.Errorf("over %d connections went %q", s.Sessions, got)
	}
	var troubles []string
	for i, m := range o.outbox(t) {
		if m.LastError != "" {
			troubles = append(troubles, fmt.Sprintf("%d %s: %s", i, m.SendState(), m.LastError))
		}
		if waits := m.SendState() == store.MessageWaiting; waits && !m.Due.After(o.Clock.Now().Add(3*time.Second)) {
			t.Errorf("%d is tried again at %v", i, m.Due)
		}
		if sent := m.SendState() == store.MessageSent; sent == (m.Facts != nil) {
			t.Errorf("%d is %s with facts %v", i, m.SendState(), m.Facts)
		}
	}
	if want := []string{
		"1 waiting: the mail server refuses the addressee for now: 450 4.2.1",
		"3 dead: the mail server refuses the addressee for good: 550 5.1.1",
		"5 waiting: the mail server refuses the message for now: 452",
		"6 waiting: the mail server refuses this desk or the message for now: 554 5.7.1",
	}; !slices.Equal(troubles, want) {
		t.Errorf("trouble is %q", troubles)
	}
	if log := o.log.String(); strings.Contains(log, "example.org") || strings.Contains(log, "BCDF-GHJK") {
		t.Errorf("the log tells\n%s", log)
	}
}

// TestServerInTrouble makes a server stop, break off e-mails before and after the dot, and reply with arbitrary codes. No
// e-mail may be lost. An e-mail arrives twice only if the server broke off after the dot, and then with the same Message-ID.
func TestServerInTrouble(t *testing.T) {
	const n = 40
	o := newOffice(t)
	o.hasty()
	calls, cut := 0, 0
	answers := []error{
		nil, &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: "later"}, nil,
		&smtp.SMTPError{Code: 421, EnhancedCode: smtp.EnhancedCode{4, 3, 2}, Message: "closing"},
	}
	s := couriertest.NewServer(t)
	s.OnRcptConn = func(c *smtp.Conn) {
		if calls++; calls%7 == 0 {
			c.Close() // The server closes the connection before the dot that ends the e-mail.
		}
	}
	s.OnData = func(couriertest.ReceivedMail) error { return answers[calls%len(answers)] }
	s.OnAccepted = func(c *smtp.Conn) {
		if calls%5 == 0 {
			cut++
			c.Close() // The server closes the connection after the dot that ends the e-mail.
		}
	}
	o.over(s)
	sent := o.observed()
	o.post(t, couriertest.ManyMessages(n/2)...)
	stop := o.run(t)
	s.AwaitMail(t, 3)
	s.Close()
	o.post(t, couriertest.ManyMessages(n)[n/2:]...)
	s.Restart(t)
	sent(t, n)
	stop()
	o.expect(t, map[store.MessageState]int{store.MessageSent: n})

	came := map[string][]string{} // came maps each addressee to the Message-IDs of the e-mails that arrived.
	for _, r := range s.AllMail() {
		came[r.To] = append(came[r.To], r.Header("Message-Id"))
	}
	repeated := 0
	for to, ids := range came {
		repeated += len(ids) - 1
		if len(slices.Compact(ids)) != 1 {
			t.Errorf("to %s came %q", to, ids)
		}
	}
	// Besides the e-mails that were cut off, one may arrive twice because the server stopped.
	if len(came) != n || repeated > cut+1 {
		t.Errorf("%d of %d came, and %d again; %d were cut off after the dot", len(came), n, repeated, cut)
	}
	if _, is := o.outage(t, store.ByEmail); is {
		t.Error("the outage is not over")
	}
	o.discreet(t, couriertest.ManyMessages(n)...)
}

// TestClosingServer tests that the remaining e-mails go over a new connection at once if the server closes the connection
// after some e-mails.
func TestClosingServer(t *testing.T) {
	closing := &smtp.SMTPError{Code: 421, EnhancedCode: smtp.EnhancedCode{4, 4, 5}, Message: "enough for now"}
	for name, set := range map[string]func(s *couriertest.Server, answer func() error){
		"before an e-mail": func(s *couriertest.Server, answer func() error) { s.OnMail = answer },
		"in an e-mail":     func(s *couriertest.Server, answer func() error) { s.OnRcpt = func(string) error { return answer() } },
	} {
		t.Run(name, func(t *testing.T) {
			o, calls := newOffice(t), 0
			s := couriertest.NewServer(t, func(s *couriertest.Server) {
				set(s, func() error {
					if calls++; calls == 5 {
						return closing
					}
					return nil
				})
			})
			o.over(s)
			o.post(t, couriertest.ManyMessages(10)...)
			tally, err := o.SendDueOnce(t.Context())
			if err != nil || tally.Sent < 9 || tally.Dead > 0 || s.Sessions != 2 {
				t.Errorf("%+v over %d connections, %v", tally, s.Sessions, err)
			}
			if _, is := o.outage(t, store.ByEmail); is {
				t.Error("taken for an outage")
			}
		})
	}
}

// TestOneConnection tests that a batch goes over one connection, in order.
func TestOneConnection(t *testing.T) {
	o, s := newOffice(t), couriertest.NewServer(t)
	o.over(s)
	o.post(t, couriertest.ManyMessages(3*batchSize)...)
	if _, err := o.SendDueOnce(t.Context()); err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, m := range couriertest.ManyMessages(3 * batchSize) {
		want = append(want, m.To[0])
	}
	if got := couriertest.MailRecipients(s.AllMail()); !slices.Equal(got, want) || s.Sessions != 1 {
		t.Errorf("over %d connections went %q", s.Sessions, got)
	}
}

// TestSeveralConnections tests that no message is sent by two workers.
func TestSeveralConnections(t *testing.T) {
	o, s := newOffice(t), couriertest.NewServer(t)
	o.over(s).Connections = 4
	const n = 300
	o.waiting(t, n)
	sent := o.observed()
	stop := o.run(t)
	sent(t, n)
	stop()
	to := map[string]bool{}
	for _, a := range couriertest.MailRecipients(s.AllMail()) {
		to[a] = true
	}
	if len(to) != n || len(s.AllMail()) != n {
		t.Errorf("%d e-mails came to %d addressees", len(s.AllMail()), len(to))
	}
}

// TestStopsWithoutAnAnswer tests that a silent server does not keep Loket from stopping, and that the e-mail is sent later.
func TestStopsWithoutAnAnswer(t *testing.T) {
	o := newOffice(t)
	o.Settings.Stop, o.Settings.Answer, o.Settings.Lease = 50*time.Millisecond, time.Hour, 3*time.Hour
	asked, silent := make(chan struct{}), make(chan struct{})
	s := couriertest.NewServer(t)
	s.OnRcptConn = func(*smtp.Conn) {
		select {
		case asked <- struct{}{}:
			s.Mu.Unlock()
			<-silent
			s.Mu.Lock()
		default:
		}
	}
	t.Cleanup(func() { close(silent) })
	o.over(s)
	o.post(t, couriertest.ManyMessages(3)...)
	stop := o.run(t)
	<-asked
	stop()
	for _, m := range o.outbox(t) {
		if m.SendState() != store.MessageWaiting || !m.Due.Equal(m.Written) || m.Attempts != 0 {
			t.Errorf("handed back as %+v", m)
		}
	}
	if tally, err := o.SendDueOnce(t.Context()); err != nil || tally != (ResultCount{Sent: 3}) {
		t.Errorf("%+v, %v", tally, err)
	}
}
