package courier

import (
	"fmt"
	"io"
	"net/textproto"
	"os"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/emersion/go-smtp"

	"loket/flows/courier/couriertest"
	"loket/flows/courier/delivery"
	"loket/store"
)

// breaks has the ways in which a server can break off e-mails to some addressees.
var breaks = map[string]func(s *couriertest.Server, over func(to string) bool){
	"421 on RCPT": func(s *couriertest.Server, over func(string) bool) {
		s.OnRcpt = func(to string) error { return closing(over(to)) }
	},
	"421 on DATA": func(s *couriertest.Server, over func(string) bool) {
		s.OnData = func(r couriertest.ReceivedMail) error { return closing(over(r.To)) }
	},
	"closed on RCPT": func(s *couriertest.Server, over func(string) bool) {
		var at *smtp.Conn
		s.OnRcptConn = func(c *smtp.Conn) { at = c }
		s.OnRcpt = func(to string) error {
			if over(to) {
				at.Close()
			}
			return nil
		}
	},
}

func closing(is bool) error {
	if is {
		return &smtp.SMTPError{Code: 421, EnhancedCode: smtp.EnhancedCode{4, 3, 2}, Message: "closing"}
	}
	return nil
}

// first returns a function that reports whether an addressee is one of the first n.
func first(n int) func(to string) bool {
	bad := couriertest.FirstRecipients(couriertest.ManyMessages(n))
	return func(to string) bool { return slices.Contains(bad, to) }
}

// TestBreakingMessages tests that messages at which the server breaks off do not delay others. A few such messages cause no
// outage. If there are enough of them to cause one, the outage ends with the next message that is sent.
func TestBreakingMessages(t *testing.T) {
	for name, breaks := range breaks {
		for _, bad := range []int{1, outageThreshold - 1, outageThreshold + 1} {
			t.Run(fmt.Sprintf("%s, %d times", name, bad), func(t *testing.T) {
				o, s := newOffice(t), couriertest.NewServer(t)
				breaks(s, first(bad))
				o.Settings.FirstOutage = time.Hour
				o.Settings.LastOutage = time.Hour
				if bad >= outageThreshold {
					o.Settings.FirstOutage = 10 * time.Millisecond
				}
				o.over(s)
				o.post(t, couriertest.ManyMessages(bad+2)...)
				stop := o.run(t)
				came := s.AwaitMail(t, 2)
				stop()
				if got, want := couriertest.MailRecipients(came), couriertest.FirstRecipients(couriertest.ManyMessages(bad + 2)[bad:]); !slices.Equal(got, want) {
					t.Errorf("went to %q, want %q", got, want)
				}
				o.expect(t, map[store.MessageState]int{store.MessageSent: 2, store.MessageWaiting: bad})
				for _, m := range o.outbox(t) {
					if m.SendState() == store.MessageWaiting && (m.Attempts != 1 || !m.Due.After(m.Written)) {
						t.Errorf("waits as %+v", m)
					}
				}
				if outage, is := o.outage(t, store.ByEmail); is {
					t.Errorf("in outage %+v", outage)
				}
			})
		}
	}
}

// TestBreakingMessagesOnce tests that SendDueOnce tries every message, regardless of the messages at which the server breaks off.
func TestBreakingMessagesOnce(t *testing.T) {
	for name, breaks := range breaks {
		for _, bad := range []int{1, outageThreshold, 3*outageThreshold + 1} {
			t.Run(fmt.Sprintf("%s, %d times", name, bad), func(t *testing.T) {
				o, s := newOffice(t), couriertest.NewServer(t)
				breaks(s, first(bad))
				o.over(s)
				o.post(t, couriertest.ManyMessages(bad+2)...)
				if tally, err := o.SendDueOnce(t.Context()); err != nil || tally != (ResultCount{Sent: 2, Failed: bad}) {
					t.Errorf("%+v, %v", tally, err)
				}
				if outage, is := o.outage(t, store.ByEmail); is {
					t.Errorf("in outage %+v", outage)
				}
			})
		}
	}
}

// TestBreakingOverAll tests that a server that breaks off at every message causes an outage.
func TestBreakingOverAll(t *testing.T) {
	for name, breaks := range breaks {
		t.Run(name, func(t *testing.T) {
			o, s := newOffice(t), couriertest.NewServer(t)
			breaks(s, func(string) bool { return true })
			o.over(s)
			o.post(t, couriertest.ManyMessages(outageThreshold)...)
			if tally, err := o.SendDueOnce(t.Context()); err == nil || tally != (ResultCount{Failed: outageThreshold}) {
				t.Errorf("%+v, %v", tally, err)
			}
			if _, is := o.outage(t, store.ByEmail); !is {
				t.Error("there is no outage")
			}
		})
	}
}

// TestSilentOverAll tests that SendDueOnce does not wait for each of many messages when the server does not answer.
func TestSilentOverAll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, s := newOffice(t), newStand()
		s.takes = func(store.Message) error { return os.ErrDeadlineExceeded }
		o.post(t, couriertest.ManyMessages(10)...)
		r := newWorker(o.Courier, store.ByEmail, s, 0)
		tally, err := r.sendDueOnce(t.Context(), o.Clock.Now())
		if want := "email: the mail server does not answer"; err == nil || err.Error() != want || tally != (ResultCount{Failed: outageThreshold}) {
			t.Errorf("%+v, %v", tally, err)
		}
	})
}

// TestBreakingAgainAndAgain tests that messages that break the channel at each attempt, together or separately, delay new
// messages by at most two times Settings.FirstOutage.
func TestBreakingAgainAndAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, s := newOffice(t), newStand()
		const bad, good = outageThreshold + 1, 30
		breaking := first(bad)
		s.takes = func(m store.Message) error {
			if breaking(m.To[0]) {
				return os.ErrDeadlineExceeded
			}
			if late := o.Clock.Now().Sub(m.Written); late > 2*o.Settings.FirstOutage {
				t.Errorf("%v late", late)
			}
			return nil
		}
		o.post(t, couriertest.ManyMessages(bad)...)
		go func() {
			for i := range good {
				time.Sleep(time.Duration(i+3) * 7 * time.Second)
				o.post(t, couriertest.NthMessage(bad+i))
			}
		}()
		o.attended(t, s, 2*time.Hour)
		o.expect(t, map[store.MessageState]int{store.MessageSent: good, store.MessageWaiting: bad})
		if outage, is := o.outage(t, store.ByEmail); is {
			t.Errorf("in outage %+v", outage)
		}
	})
}

// TestUnclear tests that a message that may have arrived is sent again a few times, and not for a whole day. A reply that
// closes the connection means that the server did not accept the message.
func TestUnclear(t *testing.T) {
	for name, c := range map[string]struct {
		err     error
		bounded bool
	}{
		"no sense":          {&delivery.UnclearDeliveryError{Err: &textproto.Error{Code: 354, Msg: "what"}}, true},
		"broken off":        {&delivery.UnclearDeliveryError{Err: io.EOF}, true},
		"broken off before": {io.EOF, false},
	} {
		synctest.Test(t, func(t *testing.T) {
			o, s := newOffice(t), newStand()
			s.takes = func(store.Message) error { return c.err }
			o.post(t, couriertest.ManyMessages(1)...)
			o.attended(t, s, 48*time.Hour)
			o.expect(t, map[store.MessageState]int{store.MessageDead: 1})
			if left := len(s.offered); (left == maxUnclearAttempts) != c.bounded || left < maxUnclearAttempts {
				t.Errorf("%s: it left %d times", name, left)
			}
		})
	}
}

// TestUnclearOnce tests that an unclear message can still be sent, and that a revived message may be unclear as often as a new
// one.
func TestUnclearOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, s := newOffice(t), newStand()
		s.takes = func(store.Message) error {
			if len(s.offered) < maxUnclearAttempts {
				return &delivery.UnclearDeliveryError{Err: io.EOF}
			}
			return nil
		}
		o.post(t, couriertest.ManyMessages(1)...)
		o.attended(t, s, 48*time.Hour)
		o.expect(t, map[store.MessageState]int{store.MessageSent: 1})
	})
}
