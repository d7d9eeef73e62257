package flow

import (
	"context"
	"hash/fnv"
	"slices"
	"time"

	"loket/flows/desk"
	"loket/flows/text"
	"loket/store"
)

// Guessing is throttled on three levels (X5): per subject, per terminal, and for all terminals together. The subject is the
// guessed username or number, whether or not it exists. The counts are in the store, so that a restart or a new visit does not
// clear them. All waits are bounded, so that an attacker cannot lock out a customer for ever (OWASP ASVS 6.3.1).
//
// Wrong passwords are counted per username and terminal. So a terminal's answers about a username depend only on the attempts
// at that terminal, and guesses at one terminal do not lock out the owner at another. After TriesHere wrong passwords at a
// terminal, the password no longer works there. A second count covers all terminals, and turns the password off everywhere
// when it gets too high. Each terminal adds at most TriesHere to that count.

// waitNote tells visitors how long they must wait until the throttle accepts the next answer.
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

// checkThrottle reports whether the throttle refuses an answer, and with which outcome. It runs before the answer is checked,
// so that guesses in parallel reveal no more than guesses in sequence.
func (v *Visit) checkThrottle(tx *store.Tx, step Step) (Outcome, bool) {
	if step.ThrottleKey == nil {
		return "", false
	}
	s := v.Settings
	v.throttledUntil = tx.PauseEnd(v.throttleTerminalName(), s.TerminalPause)
	if tx.Now.Before(v.throttledUntil) {
		return OutcomePaused, true
	}
	if subject := step.ThrottleKey(); subject != "" {
		v.throttledUntil = tx.AttemptsWaitEnd(subject, v.throttleScopeTerminal(step), s.LongestWait)
	}
	for _, subject := range step.throttleSubjects() {
		if until := subjectWaitEnd(s, tx.RecentTimes(subject, 0)); until.After(v.throttledUntil) {
			v.throttledUntil = until
		}
	}
	if tx.Now.Before(v.throttledUntil) {
		return OutcomeTooSoon, true
	}
	return "", false
}

func (s Step) throttleSubjects() []string {
	if s.ThrottleSubjects == nil {
		return nil
	}
	return s.ThrottleSubjects()
}

// recordVerdict adds the verdict on an answer to the counts of the throttle.
func (v *Visit) recordVerdict(tx *store.Tx, step Step, verdict AnswerVerdict) {
	if step.ThrottleKey == nil || verdict == VerdictNone {
		return
	}
	s, subject := v.Settings, step.ThrottleKey()
	if subject != "" && verdict != VerdictWrongAtTerminal {
		known := tx.WrongAttempts(subject, s.LongestWait)
		if verdict == VerdictWrong || known.HasWrong() {
			tx.PutAttempts(subject, v.attemptsAfterVerdict(step, known, verdict, tx.Now))
		}
	}
	if verdict == VerdictRight {
		return
	}
	for _, subject := range step.throttleSubjects() {
		tx.PutRecentTimes(subject, addSubjectAttempt(s, tx.RecentTimes(subject, 0), tx.Now))
	}
	terminal := v.throttleTerminalName()
	tx.PutRecentTimes(terminal, addTerminalAttempt(s, tx.RecentTimes(terminal, s.TerminalPause), tx.Now))
	shard := rateShardForTerminal(v.Terminal)
	tx.PutGlobalRate(shard, addToGlobalRate(tx.GlobalRate(shard), tx.Now))
}

// throttleScopeTerminal returns the terminal whose wrong answers count for a step, or "" for all terminals.
func (v *Visit) throttleScopeTerminal(step Step) string {
	if step.ThrottlePerTerminal {
		return v.Terminal
	}
	return ""
}

// attemptsAfterVerdict returns the count of wrong answers about a subject after another verdict.
func (v *Visit) attemptsAfterVerdict(step Step, all store.Attempts, verdict AnswerVerdict, now time.Time) store.Attempts {
	switch here := all.PerTerminal[v.Terminal]; {
	case !step.ThrottlePerTerminal && verdict == VerdictRight:
		return store.Attempts{}
	case !step.ThrottlePerTerminal:
		return addWrongAttempt(v.Settings, all, now)
	case verdict == VerdictRight:
		all.Wrong = 0
		all.SetTerminalAttempts(v.Terminal, store.Attempts{})
	default:
		if here.Wrong < v.Settings.TriesHere {
			all.Wrong++
		}
		all.Last = now
		all.SetTerminalAttempts(v.Terminal, addWrongAttempt(v.Settings, here, now))
	}
	return all
}

// addWrongAttempt returns t with one more wrong answer.
func addWrongAttempt(s desk.Settings, t store.Attempts, now time.Time) store.Attempts {
	t.Wrong, t.Last = t.Wrong+1, now
	if wait := waitAfterWrong(s, t.Wrong); wait > 0 {
		t.NotBefore = now.Add(wait)
	}
	return t
}

// mostDoublings is how often the wait after a wrong answer doubles at most.
const mostDoublings = 30

// waitAfterWrong returns how long the next answer must wait after a number of wrong answers. After FreeTries of them, it is one
// second, then two, then four, up to LongestWait.
func waitAfterWrong(s desk.Settings, wrong int) time.Duration {
	over := wrong - s.FreeTries
	if over < 0 {
		return 0
	}
	return min(time.Second<<min(over, mostDoublings), s.LongestWait)
}

// subjectCountPeriod is how long each wrong answer about one of Step.ThrottleSubjects counts. No right answer clears the count. The
// period of a wrong answer is fixed, so that somebody who errs now and then cannot make everybody wait for ever.
const subjectCountPeriod = 24 * time.Hour

// addSubjectAttempt returns t with one more wrong answer about one of Step.ThrottleSubjects, without those whose period is over. The
// times are bounded in number: later ones would not make the wait longer.
func addSubjectAttempt(s desk.Settings, t store.RecentTimes, now time.Time) store.RecentTimes {
	t.Times = slices.DeleteFunc(t.Times, func(at time.Time) bool { return now.Sub(at) >= subjectCountPeriod })
	t.Times = appendRecent(t.Times, now, s.FreeTries+mostDoublings)
	return t
}

// subjectWaitEnd returns until when answers about a subject are refused. It follows from the result t of addSubjectAttempt.
func subjectWaitEnd(s desk.Settings, t store.RecentTimes) (until time.Time) {
	if n := len(t.Times); n > 0 {
		until = t.Times[n-1].Add(waitAfterWrong(s, n))
	}
	return until
}

// addTerminalAttempt returns t with one more wrong answer at a terminal. The terminal pauses after TerminalTries wrong answers
// within TerminalWindow.
func addTerminalAttempt(s desk.Settings, t store.RecentTimes, now time.Time) store.RecentTimes {
	t.Times = appendRecent(t.Times, now, s.TerminalTries)
	if len(t.Times) == s.TerminalTries && now.Sub(t.Times[0]) < s.TerminalWindow {
		t.PausedUntil = now.Add(s.TerminalPause)
	}
	return t
}

// appendRecent returns the latest times, at most most of them, of which now is the last.
func appendRecent(times []time.Time, now time.Time, most int) []time.Time {
	times = append(times, now)
	return times[max(len(times)-most, 0):]
}

func addToGlobalRate(r store.GlobalRate, now time.Time) store.GlobalRate {
	minute := now.Unix() / 60
	if r.Minute != minute {
		r = store.GlobalRate{Minute: minute}
	}
	r.Wrong++
	return r
}

// rateShardForTerminal returns the index of the counter for a terminal. The terminals are spread over several counters, so that their
// transactions seldom conflict.
func rateShardForTerminal(terminal string) int {
	h := fnv.New32a()
	h.Write([]byte(terminal))
	return int(h.Sum32() % store.GlobalRateShards)
}

// delayDuringRush delays every answer while there are many wrong answers at all terminals together. The delay grows with the
// number of wrong answers in the current minute, up to RushWait.
func (v *Visit) delayDuringRush(ctx context.Context, step Step) error {
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
	wait := globalThrottleWait(v.Settings, wrong)
	if wait > 0 {
		v.reportThrottle(desk.ThrottledGlobally)
	}
	return v.Clock.Wait(ctx, wait)
}

func globalThrottleWait(s desk.Settings, wrong int) time.Duration {
	over := wrong - s.RushTries
	if over <= 0 {
		return 0
	}
	return min(s.RushWait*time.Duration(over)/time.Duration(s.RushTries), s.RushWait)
}

func (v *Visit) reportThrottle(by desk.ThrottleReason) {
	if v.Observer != nil {
		v.Observer.ObserveThrottle(by)
	}
}

// AnonymousThrottleKey is the ThrottleKey of steps that do not reveal whether an answer is right. Every answer counts at the
// terminal and for all terminals together.
func AnonymousThrottleKey() string { return "" }
