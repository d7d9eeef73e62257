package courier

import (
	"context"
	"errors"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"loket/flows/courier/couriertest"
	"loket/flows/courier/delivery"
	"loket/flows/courier/email"
	"loket/flows/courier/letter"
	"loket/flows/text"
	"loket/store"
	"loket/store/kvdb"
)

// stand is a carrier whose behaviour a test chooses. It takes no time.
type stand struct {
	opens   func() error
	writes  func(m store.Message) error
	takes   func(m store.Message) error
	began   time.Time
	opened  []time.Duration // opened has the times of the calls of Open, since began.
	closed  int
	offered []time.Duration
}

func (s *stand) Open(context.Context) (delivery.Session, error) {
	s.opened = append(s.opened, time.Since(s.began))
	return s, s.opens()
}

func (s *stand) Compose(m store.Message) ([]byte, error) { return []byte(m.Facts["name"]), s.writes(m) }

func (s *stand) Prepare(_ context.Context, m store.Message, _ []byte) (func() error, error) {
	return func() error {
		s.offered = append(s.offered, time.Since(s.began))
		return s.takes(m)
	}, nil
}

func (s *stand) Close() { s.closed++ }

func newStand() *stand {
	return &stand{
		opens: func() error { return nil }, began: time.Now(),
		writes: func(store.Message) error { return nil }, takes: func(store.Message) error { return nil },
	}
}

// attended runs a courier with the carrier s for the duration d.
func (o *office) attended(t *testing.T, s *stand, d time.Duration) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), d)
	defer cancel()
	var running sync.WaitGroup
	running.Go(func() {
		newWorker(o.Courier, store.ByEmail, s, 0).runLoop(ctx)
	})
	running.Wait()
}

// near reports whether the times in got equal those in want, where each wait may be up to a fifth shorter.
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

// TestBackOff tests that a temporarily refused message is retried at the right times, and given up eventually.
func TestBackOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, s := newOffice(t), newStand()
		s.takes = func(store.Message) error { return &delivery.Refusal{Why: "busy"} }
		o.post(t, couriertest.ExampleMessage("username", store.ByEmail))
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
		if m.SendState() != store.MessageDead || m.LastError != "given up after 24h0m0s: busy" || m.Attempts != len(s.offered) || m.Facts == nil {
			t.Errorf("left as %+v", m)
		}
	})
}

// TestJitter tests that messages that were refused together are not retried together.
func TestJitter(t *testing.T) {
	s, waits := defaults(), map[time.Duration]int{}
	for range 200 {
		waits[s.retryDelay(store.Message{ID: time.Now().String(), Attempts: 3})]++
	}
	if len(waits) < 100 {
		t.Errorf("200 messages wait for %d different times", len(waits))
	}
	for wait := range waits {
		if wait > 40*time.Second || wait < 32*time.Second {
			t.Errorf("waits %v", wait)
		}
	}
	if w := s.retryDelay(store.Message{Attempts: math.MaxInt}); w > time.Hour || w < 48*time.Minute {
		t.Errorf("waits %v in the end", w)
	}
}

// TestCarries tests that CanSend reports which channels have a carrier.
func TestCarries(t *testing.T) {
	for _, c := range []struct {
		courier        Courier
		email, letters bool
	}{
		{Courier{}, false, false},
		{Courier{Email: &email.SMTP{}}, true, false},
		{Courier{Letters: &letter.Spool{}}, false, true},
		{Courier{Email: &email.SMTP{}, Letters: &letter.Spool{}}, true, true},
	} {
		if mail, post := c.courier.CanSend(store.ByEmail), c.courier.CanSend(store.ByLetter); mail != c.email || post != c.letters || c.courier.CanSend("pigeon") {
			t.Errorf("with %v and %v it carries e-mails: %v, letters: %v", c.courier.Email, c.courier.Letters, mail, post)
		}
	}
}

// TestNobodyTried tests that the time in which Loket was not running does not count towards giving up a message.
func TestNobodyTried(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, s := newOffice(t), newStand()
		s.opens = func() error { return delivery.OperatorError("closed") }
		o.post(t, couriertest.ManyMessages(3)...)
		o.attended(t, s, time.Hour)
		time.Sleep(48 * time.Hour)
		o.attended(t, s, time.Hour)
		o.expect(t, map[store.MessageState]int{store.MessageWaiting: 3})
	})
}

// TestPoison tests that a message that breaks the channel each time does not delay others, and is given up eventually.
func TestPoison(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, s := newOffice(t), newStand()
		s.takes = func(m store.Message) error {
			if m.To[0] == "n0@example.org" {
				return errors.New("broken off")
			}
			return nil
		}
		o.post(t, couriertest.ManyMessages(50)...)
		o.attended(t, s, time.Second)
		o.expect(t, map[store.MessageState]int{store.MessageWaiting: 1, store.MessageSent: 49})
		o.attended(t, s, 48*time.Hour)
		o.expect(t, map[store.MessageState]int{store.MessageDead: 1, store.MessageSent: 49})
	})
}

// TestUnwritable tests that a message that cannot be composed, or that makes a library panic, does not delay others and
// reveals nothing in the log.
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
		o.post(t, couriertest.ManyMessages(40)...)
		o.attended(t, s, time.Second)
		o.expect(t, map[store.MessageState]int{store.MessageDead: 2, store.MessageSent: 38})
		var troubles []string
		for _, m := range o.outbox(t) {
			if m.LastError != "" {
				troubles = append(troubles, m.LastError)
			}
		}
		slices.Sort(troubles)
		if want := []string{"no template", `write "temporary_password": it makes no sense`}; !slices.Equal(troubles, want) {
			t.Errorf("trouble is %q", troubles)
		}
	})
}

// TestFromAnotherProcess tests that a worker sends messages that another process posted, and messages that a killed process
// had claimed.
func TestFromAnotherProcess(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, s := newOffice(t), newStand()
		o.post(t, couriertest.ManyMessages(2)...)
		<-o.Store.MessagePostedSignal(store.ByEmail) // The test consumes the signal, as if another process had posted the message.
		if err := o.Store.Update(t.Context(), func(tx *store.Tx) error {
			for turn := range tx.DueEntries(store.ByEmail) {
				// The test claims a message, as if a process had been killed while sending.
				tx.ClaimDueMessage(store.ByEmail, turn, tx.Now.Add(o.Settings.Lease))
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

// TestLatency tests that an e-mail is sent as soon as it is committed.
func TestLatency(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, s := newOffice(t), newStand()
		go func() {
			time.Sleep(time.Hour + 1500*time.Millisecond)
			s.began = time.Now()
			o.post(t, couriertest.ManyMessages(1)...)
		}()
		o.attended(t, s, 2*time.Hour)
		if len(s.offered) != 1 || s.offered[0] > 0 {
			t.Errorf("left after %v", s.offered)
		}
	})
}

// TestShortLease tests that a message is sent only if its lease outlasts the time that sending may take.
func TestShortLease(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, s := newOffice(t), newStand()
		o.Settings.Lease = o.Settings.Answer
		o.post(t, couriertest.ManyMessages(1)...)
		o.attended(t, s, time.Second)
		if len(s.offered) != 1 {
			t.Errorf("it leaves %d times", len(s.offered))
		}
	})
}

// TestGiveUp tests that a message is given up after being tried for longer than Settings.GiveUp.
func TestGiveUp(t *testing.T) {
	for after, want := range map[time.Duration]ResultCount{0: {Failed: 1}, 1: {Dead: 1}} {
		synctest.Test(t, func(t *testing.T) {
			o, s := newOffice(t), newStand()
			w := newWorker(o.Courier, store.ByEmail, s, 0)
			m := couriertest.NthMessage(0)
			m.FirstTried = o.Clock.Now().Add(o.Settings.retryDelay(m)).Add(-o.Settings.GiveUp - after)
			refused := &delivery.Refusal{Why: "busy"}
			w.decideOutcome(claimedMessage{Message: m}, refused, refused)
			if w.resultCount != want {
				t.Errorf("%v after the last moment: %+v, want %+v", after, w.resultCount, want)
			}
		})
	}
}

// TestHangsUp tests that no session stays open, whether or not there were messages to send.
func TestHangsUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, s := newOffice(t), newStand()
		s.takes = func(store.Message) error { time.Sleep(time.Minute); return nil }
		o.post(t, couriertest.ManyMessages(1)...)
		o.attended(t, s, time.Second) // After one second, the courier stops while it is sending a message.
		if len(s.opened) != 1 || s.closed != 1 {
			t.Errorf("%d lines were opened and %d closed", len(s.opened), s.closed)
		}
	})
}

// TestScrubInTrouble tests that a failed scrub is logged, unless an open reader is the only reason.
func TestScrubInTrouble(t *testing.T) {
	for err, told := range map[error]bool{nil: false, kvdb.ErrTooManyConflicts: false, errors.New("the disk is broken"): true} {
		synctest.Test(t, func(t *testing.T) {
			o, f := newFrailOffice(t)
			f.scrubs = func() error { return err }
			o.post(t, couriertest.ManyMessages(1)...)
			o.attended(t, newStand(), time.Second)
			if got := strings.Contains(o.log.String(), "may still be read"); got != told {
				t.Errorf("with %v the log is\n%s", err, o.log)
			}
		})
	}
}

// TestReceiptsInTrouble tests that nothing is sent while the old receipts are unreadable, and that reading them is retried
// soon.
func TestReceiptsInTrouble(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, began := newOffice(t), time.Now()
		o.Letters = &letter.Spool{Dir: filepath.Join(t.TempDir(), "post")}
		var left []time.Duration
		o.Observer = tried(func(result Result) { left = append(left, time.Since(began)) })
		broken := o.Receipts + "-0"
		if err := os.Mkdir(broken, 0o700); err != nil { // A folder with the name of the file makes the receipts unreadable.
			t.Fatal(err)
		}
		o.post(t, couriertest.ExampleLetter("username", text.Dutch))
		stop := o.run(t)
		time.Sleep(7 * time.Second) // The receipts were read after 0 and 5 seconds, and are read again after 15 seconds.
		if err := os.Remove(broken); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Minute)
		stop()
		if !slices.Equal(left, []time.Duration{15 * time.Second}) {
			t.Errorf("left after %v", left)
		}
		if n := strings.Count(o.log.String(), "receipts cannot be used"); n != 2 {
			t.Errorf("told %d times", n)
		}
	})
}

// tried is an observer that passes on only the results.
type tried func(Result)

func (t tried) ObserveResult(_ store.Channel, result Result) { t(result) }
