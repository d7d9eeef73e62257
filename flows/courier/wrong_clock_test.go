package courier

import (
	"testing"
	"testing/synctest"
	"time"

	"loket/flows/courier/couriertest"
	"loket/flows/courier/delivery"
	"loket/store"
)

const tenYears = 3653 * 24 * time.Hour

// TestAfterClockAhead tests that a message that failed while the clock was ten years ahead is sent within the longest wait
// after the clock is corrected.
func TestAfterClockAhead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, s := newOffice(t), newStand()
		busy := true
		s.takes = func(store.Message) error {
			if busy {
				return &delivery.Refusal{Why: "busy"}
			}
			return nil
		}
		o.Clock.Advance(tenYears)
		o.post(t, couriertest.ManyMessages(1)...)
		o.attended(t, s, time.Minute)
		o.Clock.Advance(-tenYears)
		busy = false
		o.attended(t, s, o.Settings.LastWait+time.Minute)
		o.expect(t, map[store.MessageState]int{store.MessageSent: 1})
	})
}

// TestGiveUpAfterClockAhead tests that a message that was posted while the clock was ahead is given up as soon as any other.
func TestGiveUpAfterClockAhead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, s := newOffice(t), newStand()
		s.takes = func(store.Message) error { return &delivery.Refusal{Why: "busy"} }
		o.Clock.Advance(tenYears)
		o.post(t, couriertest.ManyMessages(1)...)
		o.attended(t, s, time.Minute)
		o.Clock.Advance(-tenYears)
		o.attended(t, s, o.Settings.GiveUp+3*o.Settings.LastWait)
		o.expect(t, map[store.MessageState]int{store.MessageDead: 1})
	})
}

// TestNothingGivenUp tests that no message is given up while the clock is implausible, whether a message fails or a channel is
// in an outage. A smaller jump of the clock gives up no message either.
func TestNothingGivenUp(t *testing.T) {
	for name, off := range map[string]time.Duration{"ten years ahead": tenYears, "ten years behind": -tenYears, "a few days ahead": 72 * time.Hour} {
		for trouble, has := range map[string]func(*stand, error){
			"a message": func(s *stand, err error) { s.takes = func(store.Message) error { return err } },
			"an outage": func(s *stand, err error) { s.opens = func() error { return err } },
		} {
			t.Run(trouble+" "+name, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					o, s := newOffice(t), newStand()
					o.Clock.SetReference(o.Clock.MachineNow())
					has(s, &delivery.Refusal{Why: "busy"})
					o.post(t, couriertest.ManyMessages(3)...)
					for range 2 {
						o.attended(t, s, 10*time.Minute)
						o.Clock.Advance(off)
						o.attended(t, s, 2*time.Hour)
						o.Clock.Advance(-off)
					}
					o.expect(t, map[store.MessageState]int{store.MessageWaiting: 3})
				})
			})
		}
	}
}
