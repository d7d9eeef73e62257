package flow

import (
	"context"
	"hash/fnv"
	"time"

	"loket/flows/desk"
	"loket/flows/text"
	"loket/store"
)

// Guessing is throttled on three levels (X5): per subject, which is the
// username or the number that is guessed at, whether or not it exists; per
// terminal; and over all terminals. What is counted stands in the store, so
// that neither a restart nor starting anew wipes it out. All waits are bounded,
// so that nobody can shut somebody else out for ever (OWASP ASVS 6.3.1).

// Verdict is what an outcome says of the answer.
type Verdict int

const (
	Undecided      Verdict = iota
	Wrong                  // counts as a guess
	WrongElsewhere         // counts as a guess too, but at something else than the subject
	Right                  // clears the count of its subject
)

// Outcomes of the throttle itself, which every step with a ThrottleKey can have.
const (
	TooSoon Outcome = "too soon after a wrong answer"
	Paused  Outcome = "terminal pauses after many wrong answers"
)

// guard gives every step with a ThrottleKey the edges of the throttle.
func (f *Flow) guard() {
	for state, step := range f.Steps {
		if step.ThrottleKey != nil {
			step.Next[TooSoon] = Edge{To: state, Note: f.visit.waitNote}
			step.Next[Paused] = Edge{To: state, Note: f.visit.waitNote}
		}
	}
}

// waitNote counts down to the moment when the next answer is looked at.
func (v *Visit) waitNote() text.Text {
	left := min(v.wait.Sub(v.Clock.Now()), max(v.Settings.LongestWait, v.Settings.TerminalPause))
	if left <= 0 {
		return text.New("Er is te vaak iets verkeerds ingevuld. Je kunt het nu opnieuw proberen.", "Too many wrong answers were given. You can try again now.")
	}
	wait := text.Wait(left)
	return text.New(
		"Er is te vaak iets verkeerds ingevuld. Wacht nog "+wait.NL+" en probeer het dan opnieuw.",
		"Too many wrong answers were given. Wait "+wait.EN+" and then try again.",
	)
}

// throttle looks whether the answer must wait, before anybody looks at it: so
// guesses made side by side learn no more than guesses made in turn.
func (f *Flow) throttle(tx *store.Tx, step Step) (Outcome, bool) {
	if step.ThrottleKey == nil {
		return "", false
	}
	s := f.visit.Settings
	f.visit.wait = tx.Pause(f.visit.Terminal, s.TerminalPause)
	if tx.Now.Before(f.visit.wait) {
		return Paused, true
	}
	if subject := step.ThrottleKey(); subject != "" {
		f.visit.wait = tx.Wait(subject, s.LongestWait)
		if tx.Now.Before(f.visit.wait) {
			return TooSoon, true
		}
	}
	return "", false
}

// keepVerdict keeps the verdict on an answer.
func (f *Flow) keepVerdict(tx *store.Tx, step Step, verdict Verdict) {
	if step.ThrottleKey == nil || verdict == Undecided {
		return
	}
	s, subject := f.visit.Settings, step.ThrottleKey()
	if verdict == Right {
		if subject != "" && tx.Attempts(subject, s.LongestWait).Wrong > 0 {
			tx.PutAttempts(subject, store.Attempts{})
		}
		return
	}
	if subject != "" && verdict == Wrong {
		tx.PutAttempts(subject, attemptsAfter(s, tx.Attempts(subject, s.LongestWait), tx.Now))
	}
	tx.PutTerminalAttempts(f.visit.Terminal, terminalAttemptsAfter(s, tx.TerminalAttempts(f.visit.Terminal, s.TerminalPause), tx.Now))
	shard := shardOf(f.visit.Terminal)
	tx.PutGlobalRate(shard, globalRateAfter(tx.GlobalRate(shard), tx.Now))
}

// attemptsAfter is t with one more wrong answer: from the FreeTries-th on the next one
// waits a second, then two, four, and LongestWait at most.
func attemptsAfter(s desk.Settings, t store.Attempts, now time.Time) store.Attempts {
	t.Wrong, t.Last = t.Wrong+1, now
	if over := t.Wrong - s.FreeTries; over >= 0 {
		t.NotBefore = now.Add(min(time.Second<<min(over, 30), s.LongestWait))
	}
	return t
}

// terminalAttemptsAfter is t with one more wrong answer at that terminal, which pauses as
// soon as there were TerminalTries within TerminalWindow.
func terminalAttemptsAfter(s desk.Settings, t store.TerminalAttempts, now time.Time) store.TerminalAttempts {
	t.Wrong = append(t.Wrong, now)
	if extra := len(t.Wrong) - s.TerminalTries; extra > 0 {
		t.Wrong = t.Wrong[extra:]
	}
	if len(t.Wrong) == s.TerminalTries && now.Sub(t.Wrong[0]) < s.TerminalWindow {
		t.PausedUntil = now.Add(s.TerminalPause)
	}
	return t
}

func globalRateAfter(r store.GlobalRate, now time.Time) store.GlobalRate {
	minute := now.Unix() / 60
	if r.Minute != minute {
		r = store.GlobalRate{Minute: minute}
	}
	r.Wrong++
	return r
}

// shardOf spreads the terminals over the counters.
func shardOf(terminal string) int {
	h := fnv.New32a()
	h.Write([]byte(terminal))
	return int(h.Sum32() % store.GlobalRateShards)
}

// slowDown makes every answer wait while the desk as a whole is guessed at:
// longer the more wrong answers there were this minute, RushWait at most.
func (f *Flow) slowDown(ctx context.Context, step Step) error {
	if step.ThrottleKey == nil {
		return nil
	}
	wrong := 0
	err := f.visit.Store.View(ctx, func(tx *store.Tx) error {
		wrong = 0
		for shard := range store.GlobalRateShards {
			if r := tx.GlobalRate(shard); r.Minute == tx.Now.Unix()/60 {
				wrong += r.Wrong
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	wait := globalWait(f.visit.Settings, wrong)
	if wait > 0 {
		throttledBy(f.visit.Desk, desk.GlobalRate)
	}
	return f.visit.Clock.Wait(ctx, wait)
}

func globalWait(s desk.Settings, wrong int) time.Duration {
	over := wrong - s.RushTries
	if over <= 0 {
		return 0
	}
	return min(s.RushWait*time.Duration(over)/time.Duration(s.RushTries), s.RushWait)
}

// observe tells the desk's observer what came of the step.
func (f *Flow) observe(outcome Outcome, took time.Duration) {
	if f.visit.Observer == nil {
		return
	}
	f.visit.Observer.Stepped(f.Name, string(f.at), string(outcome), took)
	if by, was := throttles[outcome]; was {
		throttledBy(f.visit.Desk, by)
	}
}

func throttledBy(d *desk.Desk, by desk.Throttle) {
	if d.Observer != nil {
		d.Observer.Throttled(by)
	}
}

// throttles are those that are outcomes too.
var throttles = map[Outcome]desk.Throttle{TooSoon: desk.TooSoon, Paused: desk.Paused}

// Anonymous guards a step whose answer tells nothing: every one counts, right
// or wrong, at the terminal and over all.
func Anonymous() string { return "" }
