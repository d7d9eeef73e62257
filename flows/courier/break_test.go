package courier

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/emersion/go-smtp"

	"loket/flows/courier/couriertest"
	"loket/flows/courier/delivery"
	"loket/store"
)

// breaks are the ways in which a server breaks off over e-mails to some.
var breaks = map[string]func(s *couriertest.Server, over func(to string) bool){
	"421 on RCPT": func(s *couriertest.Server, over func(string) bool) {
		s.OnRcpt = func(to string) error { return closing(over(to)) }
	},
	"421 on DATA": func(s *couriertest.Server, over func(string) bool) {
		s.OnData = func(r couriertest.Received) error { return closing(over(r.To)) }
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

// first holds for the addressees of the first n of many.
func first(n int) func(to string) bool {
	bad := couriertest.Addressed(couriertest.Many(n))
	return func(to string) bool { return slices.Contains(bad, to) }
}

// TestBreakingMessages: messages over which the server breaks off hold up no
// other, while a desk is open. As long as they are few it is no outage, and one
// that it is taken for is over as soon as something leaves.
func TestBreakingMessages(t *testing.T) {
	for name, breaks := range breaks {
		for _, bad := range []int{1, several - 1, several + 1} {
			t.Run(fmt.Sprintf("%s, %d times", name, bad), func(t *testing.T) {
				o, s := newOffice(t), couriertest.NewServer(t)
				breaks(s, first(bad))
				o.Settings.FirstOutage = time.Hour
				o.Settings.LastOutage = time.Hour
				if bad >= several {
					o.Settings.FirstOutage = 10 * time.Millisecond
				}
				o.over(s)
				o.post(t, couriertest.Many(bad+2)...)
				stop := o.run(t)
				came := s.Await(t, 2)
				stop()
				if got, want := couriertest.Addressees(came), couriertest.Addressed(couriertest.Many(bad + 2)[bad:]); !slices.Equal(got, want) {
					t.Errorf("went to %q, want %q", got, want)
				}
				o.expect(t, map[store.MessageState]int{store.MessageSent: 2, store.MessageWaiting: bad})
				for _, m := range o.outbox(t) {
					if m.State() == store.MessageWaiting && (m.Attempts != 1 || !m.Due.After(m.Written)) {
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

// TestBreakingMessagesOnce: trying once tries every message, whichever ones the
// server breaks off over.
func TestBreakingMessagesOnce(t *testing.T) {
	for name, breaks := range breaks {
		for _, bad := range []int{1, several, 3*several + 1} {
			t.Run(fmt.Sprintf("%s, %d times", name, bad), func(t *testing.T) {
				o, s := newOffice(t), couriertest.NewServer(t)
				breaks(s, first(bad))
				o.over(s)
				o.post(t, couriertest.Many(bad+2)...)
				if tally, err := o.Once(t.Context()); err != nil || tally != (Tally{Sent: 2, Failed: bad}) {
					t.Errorf("%+v, %v", tally, err)
				}
				if outage, is := o.outage(t, store.ByEmail); is {
					t.Errorf("in outage %+v", outage)
				}
			})
		}
	}
}

// TestBreakingOverAll: a server that breaks off over everything is an outage.
func TestBreakingOverAll(t *testing.T) {
	for name, breaks := range breaks {
		t.Run(name, func(t *testing.T) {
			o, s := newOffice(t), couriertest.NewServer(t)
			breaks(s, func(string) bool { return true })
			o.over(s)
			o.post(t, couriertest.Many(several)...)
			if tally, err := o.Once(t.Context()); err == nil || tally != (Tally{Failed: several}) {
				t.Errorf("%+v, %v", tally, err)
			}
			if _, is := o.outage(t, store.ByEmail); !is {
				t.Error("there is no outage")
			}
		})
	}
}

// TestSilentOverAll: trying once does not wait for each of many messages over
// which a server says nothing.
func TestSilentOverAll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, s := newOffice(t), newStand()
		s.takes = func(store.Message) error { return os.ErrDeadlineExceeded }
		o.post(t, couriertest.Many(10)...)
		r := newWorker(o.Courier, store.ByEmail, s, 0)
		tally, err := r.once(t.Context(), o.Clock.Now())
		if want := "email: the mail server does not answer"; err == nil || err.Error() != want || tally != (Tally{Failed: several}) {
			t.Errorf("%+v, %v", tally, err)
		}
	})
}

// TestBreakingAgainAndAgain: messages that break the channel each time that they
// are tried, together or apart, hold up who comes meanwhile for no longer than
// two first outages.
func TestBreakingAgainAndAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, s := newOffice(t), newStand()
		const bad, good = several + 1, 30
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
		o.post(t, couriertest.Many(bad)...)
		go func() {
			for i := range good {
				time.Sleep(time.Duration(i+3) * 7 * time.Second)
				o.post(t, couriertest.Numbered(bad+i))
			}
		}()
		o.attended(t, s, 2*time.Hour)
		o.expect(t, map[store.MessageState]int{store.MessageSent: good, store.MessageWaiting: bad})
		if outage, is := o.outage(t, store.ByEmail); is {
			t.Errorf("in outage %+v", outage)
		}
	})
}

// refusedAs is a server that refuses some addressees with one code.
func refusedAs(s *couriertest.Server, code *smtp.SMTPError, bad func(to string) bool) {
	s.OnRcpt = func(to string) error {
		if bad(to) {
			return code
		}
		return nil
	}
}

// TestRefusedAlike: a channel that refuses several addressees in the same words, and
// takes none in between, is in trouble itself: no message ends by that.
func TestRefusedAlike(t *testing.T) {
	gone := &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such user"}
	relay := &smtp.SMTPError{Code: 554, EnhancedCode: smtp.EnhancedCode{5, 7, 1}, Message: "relay access denied"}
	for name, code := range map[string]*smtp.SMTPError{"no such user": gone, "relay access denied": relay} {
		t.Run(name, func(t *testing.T) {
			o, s := newOffice(t), couriertest.NewServer(t)
			refusedAs(s, code, func(string) bool { return true })
			o.over(s)
			o.post(t, couriertest.Many(2*several)...)
			if tally, err := o.Once(t.Context()); err == nil || tally != (Tally{Failed: 2 * several}) {
				t.Errorf("%+v, %v", tally, err)
			}
			o.expect(t, map[store.MessageState]int{store.MessageWaiting: 2 * several})
			outage, is := o.outage(t, store.ByEmail)
			if !is || !strings.HasPrefix(outage.Trouble, "everybody is refused alike: ") {
				t.Errorf("outage %v, %+v", is, outage)
			}
		})
	}
}

// TestRefusedApart: as long as the channel takes others, or those that are refused are
// few, a refusal is the addressee's, and holds up nobody.
func TestRefusedApart(t *testing.T) {
	gone := &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such user"}
	for name, c := range map[string]struct {
		n   int
		bad []int
	}{
		"one alone":         {1, []int{0}},
		"two alone":         {2, []int{0, 1}},
		"two of many":       {9, []int{4, 5}},
		"with some taken":   {9, []int{0, 1, 3, 4, 6, 7}},
		"two at the end":    {5, []int{3, 4}},
		"the same one":      {4, []int{0, 0, 0, 0}},
		"others in a round": {70, []int{30, 31, 60, 61}},
	} {
		t.Run(name, func(t *testing.T) {
			o, s := newOffice(t), couriertest.NewServer(t)
			messages := couriertest.Many(c.n)
			if name == "the same one" {
				messages = slices.Repeat(messages[:1], c.n)
			}
			var bad []string
			for _, i := range c.bad {
				bad = append(bad, messages[i].To[0])
			}
			refusedAs(s, gone, func(to string) bool { return slices.Contains(bad, to) })
			o.over(s)
			o.post(t, messages...)
			if tally, err := o.Once(t.Context()); err != nil || tally != (Tally{Sent: c.n - len(c.bad), Dead: len(c.bad)}) {
				t.Errorf("%+v, %v", tally, err)
			}
			if outage, is := o.outage(t, store.ByEmail); is {
				t.Errorf("in outage %+v", outage)
			}
		})
	}
}

// TestRefusedAlikeEnds: what waits because the channel refused everybody leaves once
// that is mended, and others never wait for those of whom it is true.
func TestRefusedAlikeEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, s := newOffice(t), newStand()
		mended := false
		bad := first(several)
		s.takes = func(m store.Message) error {
			if !mended || bad(m.To[0]) {
				return &delivery.Refusal{Why: "no such user", ForGood: true, Replied: true}
			}
			return nil
		}
		o.post(t, couriertest.Many(3*several)...)
		o.attended(t, s, 10*time.Minute)
		o.expect(t, map[store.MessageState]int{store.MessageWaiting: 3 * several})
		mended = true
		o.attended(t, s, 25*time.Hour)
		o.expect(t, map[store.MessageState]int{store.MessageSent: 2 * several, store.MessageDead: several})
		if outage, is := o.outage(t, store.ByEmail); is {
			t.Errorf("in outage %+v", outage)
		}
	})
}
