package courier

import (
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

// refusedAs makes a server refuse some addressees with the given reply.
func refusedAs(s *couriertest.Server, code *smtp.SMTPError, bad func(to string) bool) {
	s.OnRcpt = func(to string) error {
		if bad(to) {
			return code
		}
		return nil
	}
}

// TestRefusedAlike tests that the channel is blamed, and no message is given up, if it refuses several addressees with the
// same reply and accepts no message in between.
func TestRefusedAlike(t *testing.T) {
	gone := &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such user"}
	relay := &smtp.SMTPError{Code: 554, EnhancedCode: smtp.EnhancedCode{5, 7, 1}, Message: "relay access denied"}
	for name, code := range map[string]*smtp.SMTPError{"no such user": gone, "relay access denied": relay} {
		t.Run(name, func(t *testing.T) {
			o, s := newOffice(t), couriertest.NewServer(t)
			refusedAs(s, code, func(string) bool { return true })
			o.over(s)
			o.post(t, couriertest.ManyMessages(2*outageThreshold)...)
			if tally, err := o.SendDueOnce(t.Context()); err == nil || tally != (ResultCount{Failed: 2 * outageThreshold}) {
				t.Errorf("%+v, %v", tally, err)
			}
			o.expect(t, map[store.MessageState]int{store.MessageWaiting: 2 * outageThreshold})
			outage, is := o.outage(t, store.ByEmail)
			if !is || !strings.HasPrefix(outage.LastError, "everybody is refused alike: ") {
				t.Errorf("outage %v, %+v", is, outage)
			}
		})
	}
}

// TestRefusedApart tests that a refusal concerns only its addressee, and delays no other messages, as long as the channel
// accepts other messages or refuses only a few.
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
			messages := couriertest.ManyMessages(c.n)
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
			if tally, err := o.SendDueOnce(t.Context()); err != nil || tally != (ResultCount{Sent: c.n - len(c.bad), Dead: len(c.bad)}) {
				t.Errorf("%+v, %v", tally, err)
			}
			if outage, is := o.outage(t, store.ByEmail); is {
				t.Errorf("in outage %+v", outage)
			}
		})
	}
}

// TestRefusedAlikeEnds tests that messages that wait because the channel refused everybody are sent when the channel works
// again. Messages to other addressees never wait for them.
func TestRefusedAlikeEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, s := newOffice(t), newStand()
		mended := false
		bad := first(outageThreshold)
		s.takes = func(m store.Message) error {
			if !mended || bad(m.To[0]) {
				return &delivery.Refusal{Why: "no such user", IsPermanent: true, FromServer: true}
			}
			return nil
		}
		o.post(t, couriertest.ManyMessages(3*outageThreshold)...)
		o.attended(t, s, 10*time.Minute)
		o.expect(t, map[store.MessageState]int{store.MessageWaiting: 3 * outageThreshold})
		mended = true
		o.attended(t, s, 25*time.Hour)
		o.expect(t, map[store.MessageState]int{store.MessageSent: 2 * outageThreshold, store.MessageDead: outageThreshold})
		if outage, is := o.outage(t, store.ByEmail); is {
			t.Errorf("in outage %+v", outage)
		}
	})
}
