package desk_test

import (
	"testing"
	"time"

	"loket/flows/desk"
)

// TestPace tests that the response time depends on earlier answers, in multiples of the shortest time. An answer that took
// longer changes the time at once. The time does not get shorter until its validity ends.
func TestPace(t *testing.T) {
	const ms = time.Millisecond
	p, now := new(desk.ResponseTimes), time.Date(2027, 1, 4, 9, 15, 0, 0, time.UTC)
	for i, c := range []struct {
		pass, want, took time.Duration
	}{
		{0, 500 * ms, 30 * ms},
		{0, 500 * ms, 390 * ms},
		{0, 500 * ms, 500 * ms}, // An answer that takes exactly the chosen time does not change that time.
		{0, 500 * ms, 501 * ms},
		{0, 1000 * ms, 800 * ms},
		{time.Minute, 1000 * ms, 4900 * ms},
		{0, 6500 * ms, 30 * ms},
		{4 * time.Minute, 6500 * ms, 900 * ms},
		{2 * time.Minute, 6500 * ms, 30 * ms}, // The slow answer of 4.9 s still counts, because it is recent.
		{6 * time.Minute, 1500 * ms, 30 * ms}, // The slow answer of 4.9 s no longer counts, but the answer of 0.9 s does.
		{6 * time.Minute, 500 * ms, time.Hour},
		{0, 10_000 * ms, 30 * ms}, // The response time never exceeds 20 times the shortest time.
		{-time.Hour, 10_000 * ms, 30 * ms},
		{6 * time.Minute, 500 * ms, 30 * ms},
	} {
		now = now.Add(c.pass)
		if got := p.AnswerDurationFor("log in", 500*ms, now); got != c.want {
			t.Errorf("answer %d takes %v, want %v", i, got, c.want)
		}
		if p.RecordWorkDuration("log in", c.took); p.AnswerDurationFor("activate", 500*ms, now) != 500*ms {
			t.Fatalf("answer %d moves those of another step", i)
		}
	}
	if got := (*desk.ResponseTimes)(nil).AnswerDurationFor("log in", 500*ms, now); got != 500*ms {
		t.Errorf("without one an answer takes %v", got)
	}
	if got := p.AnswerDurationFor("other", 0, now); got != 0 {
		t.Errorf("without a shortest time an answer takes %v", got)
	}
}
