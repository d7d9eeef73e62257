package courier

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"loket/flows/courier/couriertest"
	"loket/flows/courier/delivery"
	"loket/store"
)

// TestOutage tests that a broken channel is tried again at the right times, that no message is blamed for the outage, and that
// messages are given up after a day.
func TestOutage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, s := newOffice(t), newStand()
		s.opens = func() error { return delivery.OperatorError("closed") }
		o.post(t, couriertest.ManyMessages(100)...)
		o.attended(t, s, 23*time.Hour)
		want := []time.Duration{0, 5, 15, 35, 75, 155, 275, 395}
		for i := range want {
			want[i] *= time.Second
		}
		if got := s.opened[:len(want)]; !slices.Equal(got, want) {
			t.Errorf("tried at %v, want %v", got, want)
		}
		for _, m := range o.outbox(t) {
			if m.SendState() != store.MessageWaiting || m.Attempts != 0 || !m.Due.Equal(m.Written) {
				t.Fatalf("left as %+v", m)
			}
		}
		young := couriertest.ExampleMessage("username", store.ByEmail)
		o.post(t, young)
		o.attended(t, s, 2*time.Hour)
		o.expect(t, map[store.MessageState]int{store.MessageDead: 100, store.MessageWaiting: 1})
		if m := o.outbox(t)[0]; m.LastError != "given up after 24h0m0s: closed" || m.Facts == nil {
			t.Errorf("left as %+v", m)
		}
		if outage, is := o.outage(t, store.ByEmail); !is || outage.LastError != "closed" || outage.Since.Sub(s.began) > time.Minute {
			t.Errorf("outage is %+v", outage)
		}
		s.opens = func() error { return nil }
		o.attended(t, s, time.Hour)
		o.expect(t, map[store.MessageState]int{store.MessageDead: 100, store.MessageSent: 1})
		if outage, is := o.outage(t, store.ByEmail); is {
			t.Errorf("still in outage %+v", outage)
		}
	})
}

// TestOutageAfterTraffic tests that the waits of an outage start again at the shortest wait after a message has been sent.
func TestOutageAfterTraffic(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, s := newOffice(t), newStand()
		works := map[int]bool{3: true} // works lists the attempts, counted from 1, at which the channel can be opened.
		s.opens = func() error {
			if works[len(s.opened)] {
				return nil
			}
			return delivery.OperatorError("closed")
		}
		s.takes = func(m store.Message) error {
			if m.To[0] == couriertest.NthMessage(0).To[0] {
				o.post(t, couriertest.NthMessage(1))
				return nil
			}
			// A ChannelError is a failure that no message can have caused.
			return &delivery.ChannelError{Err: delivery.OperatorError("closed")}
		}
		o.post(t, couriertest.NthMessage(0))
		o.attended(t, s, time.Minute)
		want := []time.Duration{0, 5 * time.Second, 15 * time.Second, 15 * time.Second, 20 * time.Second, 30 * time.Second, 50 * time.Second}
		if !slices.Equal(s.opened, want) {
			t.Errorf("tried at %v, want %v", s.opened, want)
		}
	})
}

// TestSlowServer tests that a worker sends a message only while it holds the lease of that message.
func TestSlowServer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, s := newOffice(t), newStand()
		s.takes = func(m store.Message) error {
			if o.Clock.Now().After(m.Due) {
				t.Errorf("sent at %v what is free since %v", o.Clock.Now(), m.Due)
			}
			time.Sleep(50 * time.Second)
			return nil
		}
		o.post(t, couriertest.ManyMessages(20)...)
		o.attended(t, s, time.Hour)
		if len(s.offered) != 20 {
			t.Errorf("sent %d times", len(s.offered))
		}
		o.expect(t, map[store.MessageState]int{store.MessageSent: 20})
	})
}

// TestPauseInAnOutage tests that an outage continues as long as workers keep trying. If nobody has tried for longer than that,
// a new outage begins.
func TestPauseInAnOutage(t *testing.T) {
	for over, same := range map[time.Duration]bool{0: true, time.Second: false} {
		synctest.Test(t, func(t *testing.T) {
			o := newOffice(t)
			w, began := newWorker(o.Courier, store.ByEmail, newStand(), 0), o.Clock.Now()
			for range 2 {
				if err := w.startOutage(t.Context(), delivery.OperatorError("closed")); err == nil {
					t.Error("there is no outage")
				}
				time.Sleep(o.Settings.LastOutage + o.Settings.Answer + o.Settings.Poll + over)
			}
			if outage, _ := o.outage(t, store.ByEmail); outage.Since.Equal(began) != same {
				t.Errorf("after a pause of %v more it is since %v, began at %v", over, outage.Since, began)
			}
		})
	}
}

// TestEndOfAnOutage tests that a sent message ends an outage of its worker once, and does not end a later outage of other
// workers.
func TestEndOfAnOutage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(t)
		w := newWorker(o.Courier, store.ByEmail, newStand(), 0)
		for _, ends := range []bool{true, false} {
			if err := o.Store.Update(t.Context(), func(tx *store.Tx) error {
				tx.PutOutage(store.ByEmail, store.Outage{LastError: "closed"})
				return nil
			}); err != nil {
				t.Fatal(err)
			}
			if err := w.commitOutcome(t.Context(), w.decideOutcome(claimedMessage{Message: couriertest.NthMessage(0)}, nil, nil)); err != nil {
				t.Fatal(err)
			}
			if _, is := o.outage(t, store.ByEmail); is == ends {
				t.Errorf("the outage is over: %v, want %v", !is, ends)
			}
		}
		if n := strings.Count(o.log.String(), "message sent"); n != 2 {
			t.Errorf("the log tells of %d messages", n)
		}
	})
}
