package flow

import (
	"context"
	"hash/fnv"
	"time"

	"loket/flows/desk"
	"loket/flows/text"
	"loket/store"
)

// Guessing is throttled on three levels (X5): per subject, per terminal, and over all terminals
// together. The subject is the username or the number that is guessed at, whether or not it
// exists. The counts are in the store, so that neither a restart nor a new visit clears them.
// All waits are bounded, so that an attacker cannot lock a customer out for ever (OWASP ASVS
// 6.3.1).
//
// Wrong passwords are counted per username and terminal. So what a terminal says about a
// username depends only on what was typed there, and guesses at one terminal do not keep the
// owner out at another. A count over all terminals turns the password off. One terminal adds at
// most TriesHere to that count. After TriesHere wrong passwords the password is off at that
// terminal.

// waitNote says how long the visitor must wait until the throttle accepts the next answer.
func (v *Visit) waitNote() text.Text {
	left := min(v.throttledUntil.Sub(v.Clock.Now()), max(v.Settings.LongestWait, v.Settings.TerminalPause))
	if left <= 0 {
		return text.New("Er is te vaak iets fout ingevuld. Je kunt het nu opnieuw proberen.", "Too many wrong answers were given. You can try again now.")
	}
	wait := text.DescribeWait(left)
	return text.New(
		"Er is te vaak iets fout ingevuld. Probeer het over "+wait.NL+" opnieuw.",
		"Too many wrong answers were given. Try again in "+wait.EN+".",
	)
}

// checkThrottle reports whether the throttle refuses the answer, and with which outcome. It runs
// before the answer is checked. So parallel guesses learn no more than guesses in turn.
func (v *Visit) checkThrottle(tx *store.Tx, step Step) (Outcome, bool) {
	if step.ThrottleKey == nil {
		return "", false
	}
	s := v.Settings
	v.throttledUntil = tx.TerminalPause(v.throttledTerminal(), s.TerminalPause)
	if tx.Now.Before(v.throttledUntil) {
		return OutcomePaused, true
	}
	if subject := step.ThrottleKey(); subject != "" {
		v.throttledUntil = tx.AttemptsWait(subject, v.countingTerminal(step), s.LongestWait)
		if tx.Now.Before(v.throttledUntil) {
			return OutcomeTooSoon, true
		}
	}
	return "", false
}

// recordVerdict counts the verdict on an answer.
func (v *Visit) recordVerdict(tx *store.Tx, step Step, verdict Verdict) {
	if step.ThrottleKey == nil || verdict == VerdictNone {
		return
	}
	s, subject := v.Settings, step.ThrottleKey()
	if subject != "" && verdict != VerdictTerminalWrong {
		known := tx.WrongAttempts(subject, s.LongestWait)
		if verdict == VerdictWrong || known.HasWrong() {
			tx.PutAttempts(subject, v.attemptsAfterVerdict(step, known, verdict, tx.Now))
		}
	}
	if verdict == VerdictRight {
		return
	}
	terminal := v.throttledTerminal()
	tx.PutTerminalAttempts(terminal, addTerminalAttempt(s, tx.TerminalAttempts(terminal, s.TerminalPause), tx.Now))
	shard := counterShard(v.Terminal)
	tx.PutGlobalRate(shard, addToGlobalRate(tx.GlobalRate(shard), tx.Now))
}

// countingTerminal returns the terminal whose wrong answers count for a step; "" is all terminals.
func (v *Visit) countingTerminal(step Step) string {
	if step.ThrottlePerTerminal {
		return v.Terminal
	}
	return ""
}

// attemptsAfterVerdict returns the attempts at a subject after a verdict on an answer about it.
func (v *Visit) attemptsAfterVerdict(step Step, all store.Attempts, verdict Verdict, now time.Time) store.Attempts {
	switch here := all.PerTerminal[v.Terminal]; {
	case !step.ThrottlePerTerminal && verdict == VerdictRight:
		return store.Attempts{}
	case !step.ThrottlePerTerminal:
		return addWrongAttempt(v.Settings, all, now)
	case verdict == VerdictRight:
		all.Wrong = 0
		all.PutAtTerminal(v.Terminal, store.Attempts{})
	default:
		if here.Wrong < v.Settings.TriesHere {
			all.Wrong++
		}
		all.Last = now
		all.PutAtTerminal(v.Terminal, addWrongAttempt(v.Settings, here, now))
	}
	return all
}

// addWrongAttempt returns t with one more wrong answer. From the FreeTries-th on, the next answer
// must wait a second, then two, four, and LongestWait at most.
func addWrongAttempt(s desk.Settings, t store.Attempts, now time.Time) store.Attempts {
	t.Wrong, t.Last = t.Wrong+1, now
	if over := t.Wrong - s.FreeTries; over >= 0 {
		t.NotBefore = now.Add(min(time.Second<<min(over, 30), s.LongestWait))
	}
	return t
}

// addTerminalAttempt returns t with one more wrong answer at that terminal. The terminal
// pauses after TerminalTries wrong answers within TerminalWindow.
func addTerminalAttempt(s desk.Settings, t store.TerminalAttempts, now time.Time) store.TerminalAttempts {
	t.Wrong = append(t.Wrong, now)
	if extra := len(t.Wrong) - s.TerminalTries; extra > 0 {
		t.Wrong = t.Wrong[extra:]
	}
	if len(t.Wrong) == s.TerminalTries && now.Sub(t.Wrong[0]) < s.TerminalWindow {
		t.PausedUntil = now.Add(s.TerminalPause)
	}
	return t
}

func addToGlobalRate(r store.GlobalRate, now time.Time) store.GlobalRate {
	minute := now.Unix() / 60
	if r.Minute != minute {
		r = store.GlobalRate{Minute: minute}
	}
	r.Wrong++
	return r
}

// counterShard returns the counter of a terminal. Terminals share several counters, so that they
// rarely conflict.
func counterShard(terminal string) int {
	h := fnv.New32a()
	h.Write([]byte(terminal))
	return int(h.Sum32() % store.GlobalRateShards)
}

// delayGlobally delays every answer while there are many wrong answers at all terminals
// together. The delay grows with the wrong answers of this minute, to RushWait at most.
func (v *Visit) delayGlobally(ctx context.Context, step Step) error {
	if step.ThrottleKey == nil {
		return nil
	}
	wrong := 0
	err := v.Store.View(ctx, func(tx *store.Tx) error {
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
	wait := globalWait(v.Settings, wrong)
	if wait > 0 {
		v.reportThrottle(desk.ThrottledGlobally)
	}
	return v.Clock.Wait(ctx, wait)
}

func globalWait(s desk.Settings, wrong int) time.Duration {
	over := wrong - s.RushTries
	if over <= 0 {
		return 0
	}
	return min(s.RushWait*time.Duration(over)/time.Duration(s.RushTries), s.RushWait)
}

func (v *Visit) reportThrottle(by desk.Throttle) {
	if v.Observer != nil {
		v.Observer.ObserveThrottle(by)
	}
}

// AnonymousThrottleKey is for a step that does not tell right answers from wrong ones. Every
// answer counts at the terminal and over all terminals.
func AnonymousThrottleKey() string { return "" }
