package courier

import (
	"context"
	"errors"
	"math"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"loket/flows/courier/couriertest"
	"loket/flows/courier/delivery"
	"loket/store"
)

// stand is a carrier that does what a test says, in no time.
type stand struct {
	opens   func() error
	writes  func(m store.Message) error
	takes   func(m store.Message) error
	began   time.Time
	opened  []time.Duration // since it began
	offered []time.Duration
}

func (s *stand) Open(context.Context) (delivery.Line, error) {
	s.opened = append(s.opened, time.Since(s.began))
	return s, s.opens()
}

func (s *stand) Write(m store.Message) ([]byte, error) { return []byte(m.Facts["name"]), s.writes(m) }

func (s *stand) Load(_ context.Context, m store.Message, _ []byte) (func() error, error) {
	return func() error {
		s.offered = append(s.offered, time.Since(s.began))
		return s.takes(m)
	}, nil
}

func (s *stand) Close() {}

func newStand() *stand {
	return &stand{
		opens: func() error { return nil }, began: time.Now(),
		writes: func(store.Message) error { return nil }, takes: func(store.Message) error { return nil },
	}
}

// attended runs a route over s for so long.
func (o *office) attended(t *testing.T, s *stand, d time.Duration) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), d)
	defer cancel()
	var running sync.WaitGroup
	running.Go(func() {
		newWorker(o.Courier, store.ByEmail, s, 0).run(ctx)
	})
	running.Wait()
}

// near tells whether times are as wanted, less up to a fifth of each wait.
func near(got, want []time.Duration) bool {
	if len(got) < len(want) {
		return false
	}
	var before, wanted time.Duration
	for i, w := range want {
		wait, nominal := got[i]-before, w-wanted
		if wait > nominal || wait < nominal-nominal/5 {
			return false
		}
		before, wanted = got[i], w
	}
	return true
}

// TestBackOff sees when a message is tried again that is refused for now, and
// that it is given up.
func TestBackOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, s := newOffice(t), newStand()
		s.takes = func(store.Message) error { return &delivery.Refusal{Why: "busy"} }
		o.post(t, couriertest.Message("username", store.ByEmail))
		o.attended(t, s, 48*time.Hour)
		var want []time.Duration
		for i, at := 0, time.Duration(0); i < 20; i++ {
			want = append(want, at)
			at += min(5*time.Second<<i, time.Hour)
		}
		if !near(s.offered, want) {
			t.Errorf("tried at %v, want %v", s.offered, want)
		}
		last := s.offered[len(s.offered)-1]
		if last < 23*time.Hour || last > 24*time.Hour {
			t.Errorf("tried last at %v", last)
		}
		m := o.outbox(t)[0]
		if m.State() != store.MessageDead || m.Trouble != "given up after 24h0m0s: busy" || m.Attempts != len(s.offered) || m.Facts == nil {
			t.Errorf("left as %+v", m)
		}
	})
}

// TestJitter sees that messages that were refused together come back apart.
func TestJitter(t *testing.T) {
	s, waits := defaults(), map[time.Duration]int{}
	for range 200 {
		waits[s.wait(store.Message{ID: time.Now().String(), Attempts: 3})]++
	}
	if len(waits) < 100 {
		t.Errorf("200 messages wait for %d different times", len(waits))
	}
	for wait := range waits {
		if wait > 40*time.Second || wait < 32*time.Second {
			t.Errorf("waits %v", wait)
		}
	}
	if w := s.wait(store.Message{Attempts: math.MaxInt}); w > time.Hour || w < 48*time.Minute {
		t.Errorf("waits %v in the end", w)
	}
}

// TestOutage sees when a channel is tried again that does not work, that no
// message is blamed for it, and that messages are given up after a day of that.
func TestOutage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, s := newOffice(t), newStand()
		s.opens = func() error { return delivery.Error("closed") }
		o.post(t, couriertest.Many(100)...)
		o.attended(t, s, 23*time.Hour)
		want := []time.Duration{0, 5, 15, 35, 75, 155, 275, 395}
		for i := range want {
			want[i] *= time.Second
		}
		if got := s.opened[:len(want)]; !slices.Equal(got, want) {
			t.Errorf("tried at %v, want %v", got, want)
		}
		for _, m := range o.outbox(t) {
			if m.State() != store.MessageWaiting || m.Attempts != 0 || !m.Due.Equal(m.Written) {
				t.Fatalf("left as %+v", m)
			}
		}
		young := couriertest.Message("username", store.ByEmail)
		o.post(t, young)
		o.attended(t, s, 2*time.Hour)
		o.expect(t, map[store.MessageState]int{store.MessageDead: 100, store.MessageWaiting: 1})
		if m := o.outbox(t)[0]; m.Trouble != "given up after 24h0m0s: closed" || m.Facts == nil {
			t.Errorf("left as %+v", m)
		}
		if outage, is := o.outage(t, store.ByEmail); !is || outage.Trouble != "closed" || outage.Since.Sub(s.began) > time.Minute {
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

// TestNobodyTried sees that the time in which loket was off is no time of trying.
func TestNobodyTried(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, s := newOffice(t), newStand()
		s.opens = func() error { return delivery.Error("closed") }
		o.post(t, couriertest.Many(3)...)
		o.attended(t, s, time.Hour)
		time.Sleep(48 * time.Hour)
		o.attended(t, s, time.Hour)
		o.expect(t, map[store.MessageState]int{store.MessageWaiting: 3})
	})
}

// TestPoison sees that a message that breaks the channel each time holds up
// nobody, and is given up in the end.
func TestPoison(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, s := newOffice(t), newStand()
		s.takes = func(m store.Message) error {
			if m.To[0] == "n0@example.org" {
				return errors.New("broken off")
			}
			return nil
		}
		o.post(t, couriertest.Many(50)...)
		o.attended(t, s, time.Second)
		o.expect(t, map[store.MessageState]int{store.MessageWaiting: 1, store.MessageSent: 49})
		o.attended(t, s, 48*time.Hour)
		o.expect(t, map[store.MessageState]int{store.MessageDead: 1, store.MessageSent: 49})
	})
}

// TestUnwritable sees that a message that cannot be written holds up nobody, not
// even one over which a library panics, and that it tells nothing.
func TestUnwritable(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, s := newOffice(t), newStand()
		s.writes = func(m store.Message) error {
			switch m.To[0] {
			case "n1@example.org":
				panic(m.To[0])
			case "n2@example.org":
				return errors.New("no template")
			}
			return nil
		}
		o.post(t, couriertest.Many(40)...)
		o.attended(t, s, time.Second)
		o.expect(t, map[store.MessageState]int{store.MessageDead: 2, store.MessageSent: 38})
		var troubles []string
		for _, m := range o.outbox(t) {
			if m.Trouble != "" {
				troubles = append(troubles, m.Trouble)
			}
		}
		slices.Sort(troubles)
		if want := []string{"no template", `write "temporary_password": it makes no sense`}; !slices.Equal(troubles, want) {
			t.Errorf("trouble is %q", troubles)
		}
	})
}

// TestFromAnotherProcess sees that a message is found that this process was not
// told of, and one whose carrier is lost.
func TestFromAnotherProcess(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, s := newOffice(t), newStand()
		o.post(t, couriertest.Many(2)...)
		<-o.Store.Posted(store.ByEmail) // as if it was told to another
		if err := o.Store.Update(t.Context(), func(tx *store.Tx) error {
			for turn := range tx.Schedule(store.ByEmail) {
				tx.TakeMessage(store.ByEmail, turn, tx.Now.Add(o.Settings.Lease)) // and then it was killed
				return nil
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		o.attended(t, s, 3*time.Minute)
		if len(s.offered) != 2 || s.offered[0] > o.Settings.Poll || s.offered[1] < o.Settings.Lease || s.offered[1] > o.Settings.Lease+o.Settings.Poll {
			t.Errorf("sent after %v", s.offered)
		}
	})
}

// TestSlowServer sees that a message leaves only while it is nobody else's.
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
		o.post(t, couriertest.Many(20)...)
		o.attended(t, s, time.Hour)
		if len(s.offered) != 20 {
			t.Errorf("sent %d times", len(s.offered))
		}
		o.expect(t, map[store.MessageState]int{store.MessageSent: 20})
	})
}

// TestLatency sees that an e-mail leaves as soon as it is committed.
func TestLatency(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, s := newOffice(t), newStand()
		go func() {
			time.Sleep(time.Hour + 1500*time.Millisecond)
			s.began = time.Now()
			o.post(t, couriertest.Many(1)...)
		}()
		o.attended(t, s, 2*time.Hour)
		if len(s.offered) != 1 || s.offered[0] > 0 {
			t.Errorf("left after %v", s.offered)
		}
	})
}
