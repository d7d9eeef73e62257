package courier

import (
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"loket/flows/courier/couriertest"
	"loket/flows/courier/delivery"
	"loket/store"
)

// onlooker counts the results that an observer gets.
type onlooker map[Result]int

func (o onlooker) ObserveResult(channel store.Channel, result Result) {
	if channel != store.ByEmail || !slices.Contains(Results, result) {
		panic(string(channel) + " " + string(result))
	}
	o[result]++
}

// TestObserver tests that the observer gets every outage, and the same results as the worker counts.
func TestObserver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, s, sees := newOffice(t), newStand(), onlooker{}
		o.Observer = sees
		busy := true
		s.takes = func(m store.Message) error {
			switch m.Facts["name"] {
			case "gone":
				return &delivery.Refusal{Why: "no such address", IsPermanent: true}
			case "busy":
				if busy {
					busy = false
					return &delivery.Refusal{Why: "busy"}
				}
			}
			return nil
		}
		for _, name := range []string{"fine", "gone", "busy"} {
			m := couriertest.ExampleMessage("username", store.ByEmail)
			m.Facts["name"] = name
			o.post(t, m)
		}
		o.attended(t, s, time.Minute)
		if sees[ResultSent] != 2 || sees[ResultDead] != 1 || sees[ResultFailed] != 1 || sees[ResultOutage] != 0 {
			t.Errorf("was told of %v", sees)
		}

		clear(sees)
		s.opens = func() error { return errors.New("no server") }
		o.post(t, couriertest.ExampleMessage("username", store.ByEmail))
		o.attended(t, s, 25*time.Hour)
		if sees[ResultDead] != 1 || sees[ResultSent]+sees[ResultFailed] != 0 || sees[ResultOutage] < 100 {
			t.Errorf("in an outage it was told of %v", sees)
		}
	})
}
