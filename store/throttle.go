package store

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"time"

	"loket/store/sealedkv"
)

// Attempts counts consecutive wrong answers about one subject: a username or an activation number, whether or not it exists.
type Attempts struct {
	Wrong     int       `cbor:"1,keyasint"`
	NotBefore time.Time `cbor:"2,keyasint,omitzero"` // NotBefore is the time until which answers are refused.
	Last      time.Time `cbor:"3,keyasint,omitzero"` // Last is the time of the last wrong answer; zero in old records.

	// PerTerminal has the attempts at each terminal, for a subject that is throttled separately at each terminal.
	PerTerminal map[string]Attempts `cbor:"4,keyasint,omitempty"`
}

// maxSubjectTerminals is the maximum number of terminals whose wrong answers about one subject are counted. Beyond that, the terminal
// with the oldest last wrong answer is forgotten.
const maxSubjectTerminals = 256

// RecentTimes has the times of what is counted under one name: wrong answers at a terminal or of an operator, wrong answers of callers
// about one customer, or cards that an operator opened. Each time counts for a fixed period, so that later ones do not keep the earlier
// ones counting.
type RecentTimes struct {
	Times       []time.Time `cbor:"1,keyasint,omitempty"` // Times are sorted, oldest first.
	PausedUntil time.Time   `cbor:"2,keyasint,omitzero"`  // PausedUntil is the end of the pause of a terminal.
}

// CountPrefix begins the name of each RecentTimes that is not about a terminal. The name of a terminal has no control characters. So
// an operator who ends the pause of a terminal cannot name another count.
const CountPrefix = "\x00"

// GlobalRate counts the wrong answers at all terminals in one minute.
type GlobalRate struct {
	Minute int64 `cbor:"1,keyasint"` // Minute is the Unix time in minutes.
	Wrong  int   `cbor:"2,keyasint"`
}

// GlobalRateShards is the number of records over which the wrong answers of all terminals are counted. With several records,
// two terminals seldom write the same one.
const GlobalRateShards = 8

// DailyRequests counts how often a thing was requested for one person on a day. It also says until when a letter with the
// thing is on its way.
type DailyRequests struct {
	Day   string `cbor:"1,keyasint"` // Day is in ISO 8601.
	Count int    `cbor:"2,keyasint"`
	// LetterArrivesBy is the day by which the last letter should have arrived.
	LetterArrivesBy time.Time `cbor:"3,keyasint,omitzero"`
}

func (tx *Tx) attemptsKey(subject string) string {
	return tx.sealed.Keys.LookupKey(WrongAttemptsTable, subject)
}
func (tx *Tx) recentTimesKey(name string) string {
	return tx.sealed.Keys.LookupKey(RecentTimesTable, name)
}
func (tx *Tx) globalRateKey(shard int) string { return GlobalRateTable + "/" + strconv.Itoa(shard) }
func (tx *Tx) requestsKey(what string) string { return tx.sealed.Keys.LookupKey(RequestsTable, what) }

// WithBoundedTimes returns t with its times limited by now: the wait ends no later than longest from now, and no wrong answer
// is in the future. The parameter longest is the current setting. A longer wait was stored by a clock that was ahead, or under
// a longer setting.
func (t Attempts) WithBoundedTimes(longest time.Duration, now time.Time) Attempts {
	t.NotBefore, t.Last = earlierTime(t.NotBefore, now.Add(longest)), earlierTime(t.Last, now)
	t.PerTerminal = maps.Clone(t.PerTerminal)
	for terminal, here := range t.PerTerminal {
		t.PerTerminal[terminal] = here.WithBoundedTimes(longest, now)
	}
	return t
}

// HasWrong reports whether any wrong answers are counted.
func (t Attempts) HasWrong() bool { return t.Wrong > 0 || len(t.PerTerminal) > 0 }

// LatestWaitEnd returns the latest end of a wait at any terminal.
func (t Attempts) LatestWaitEnd() time.Time {
	last := t.NotBefore
	for _, here := range t.PerTerminal {
		if here.NotBefore.After(last) {
			last = here.NotBefore
		}
	}
	return last
}

// SetTerminalAttempts stores the attempts at a terminal in t, or removes them if no answer was wrong.
func (t *Attempts) SetTerminalAttempts(terminal string, here Attempts) {
	if here.Wrong == 0 {
		delete(t.PerTerminal, terminal)
		return
	}
	if _, is := t.PerTerminal[terminal]; !is && len(t.PerTerminal) >= maxSubjectTerminals {
		delete(t.PerTerminal, slices.MinFunc(slices.Collect(maps.Keys(t.PerTerminal)), func(a, b string) int {
			return cmp.Or(t.PerTerminal[a].Last.Compare(t.PerTerminal[b].Last), cmp.Compare(a, b))
		}))
	}
	if t.PerTerminal == nil {
		t.PerTerminal = map[string]Attempts{}
	}
	t.PerTerminal[terminal] = here
}

// WithBoundedTimes returns t with its times limited by now: the pause ends no later than longest from now, and no time is in
// the future. The parameter longest is the current setting.
func (t RecentTimes) WithBoundedTimes(longest time.Duration, now time.Time) RecentTimes {
	t.PausedUntil = earlierTime(t.PausedUntil, now.Add(longest))
	t.Times = slices.DeleteFunc(slices.Clone(t.Times), now.Before)
	return t
}

func earlierTime(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// WrongAttempts returns the wrong answers so far about a subject. Their waits end no later than longest from now. The result
// is zero for a subject without wrong answers.
func (tx *Tx) WrongAttempts(subject string, longest time.Duration) Attempts {
	t, _ := sealedkv.Get[Attempts](tx.sealed, tx.attemptsKey(subject))
	return t.WithBoundedTimes(longest, tx.Now)
}

// AttemptsWaitEnd returns until when answers about a subject are refused, but no later than longest from now. It does so for one
// terminal or, if terminal is "", for all. If it has to shorten a wait, it stores the shorter one, because otherwise the wait
// would start again at each read and never end.
func (tx *Tx) AttemptsWaitEnd(subject, terminal string, longest time.Duration) time.Time {
	kept, _ := sealedkv.Get[Attempts](tx.sealed, tx.attemptsKey(subject))
	t := kept.WithBoundedTimes(longest, tx.Now)
	if !t.LatestWaitEnd().Equal(kept.LatestWaitEnd()) {
		tx.PutAttempts(subject, t)
	}
	if terminal != "" {
		return t.PerTerminal[terminal].NotBefore
	}
	return t.NotBefore
}

// PutAttempts stores the attempts about a subject.
func (tx *Tx) PutAttempts(subject string, t Attempts) {
	sealedkv.Put(tx.sealed, tx.attemptsKey(subject), t)
}

// DeleteAttempts deletes the attempts about a subject.
func (tx *Tx) DeleteAttempts(subject string) { tx.sealed.Delete(tx.attemptsKey(subject)) }

// RecentTimes returns the times under a name: that of a terminal, or one that begins with CountPrefix. Their pause ends no later than
// longest from now.
func (tx *Tx) RecentTimes(name string, longest time.Duration) RecentTimes {
	t, _ := sealedkv.Get[RecentTimes](tx.sealed, tx.recentTimesKey(name))
	return t.WithBoundedTimes(longest, tx.Now)
}

// PauseEnd returns until when answers under a name are refused, but no later than longest from now. If it has to shorten the pause,
// it stores the shorter one, like AttemptsWaitEnd.
func (tx *Tx) PauseEnd(name string, longest time.Duration) time.Time {
	kept, _ := sealedkv.Get[RecentTimes](tx.sealed, tx.recentTimesKey(name))
	t := kept.WithBoundedTimes(longest, tx.Now)
	if !t.PausedUntil.Equal(kept.PausedUntil) {
		tx.PutRecentTimes(name, t)
	}
	return t.PausedUntil
}

// PutRecentTimes stores the times under a name.
func (tx *Tx) PutRecentTimes(name string, t RecentTimes) {
	sealedkv.Put(tx.sealed, tx.recentTimesKey(name), t)
}

// DeleteRecentTimes deletes the times under a name.
func (tx *Tx) DeleteRecentTimes(name string) { tx.sealed.Delete(tx.recentTimesKey(name)) }

// GlobalRate returns one of the GlobalRateShards counts of wrong answers.
func (tx *Tx) GlobalRate(shard int) GlobalRate {
	r, _ := sealedkv.Get[GlobalRate](tx.sealed, tx.globalRateKey(shard))
	return r
}

// PutGlobalRate stores one of the GlobalRateShards counts of wrong answers.
func (tx *Tx) PutGlobalRate(shard int, r GlobalRate) {
	sealedkv.Put(tx.sealed, tx.globalRateKey(shard), r)
}

// Requests returns how often a thing was requested today. The parameter what names the thing and the person, who need not
// exist.
func (tx *Tx) Requests(what string) DailyRequests {
	r, _ := sealedkv.Get[DailyRequests](tx.sealed, tx.requestsKey(what))
	return r
}

// PutRequests stores how often a thing was requested.
func (tx *Tx) PutRequests(what string, r DailyRequests) {
	sealedkv.Put(tx.sealed, tx.requestsKey(what), r)
}

// DeleteRequests deletes the count of requests for a thing.
func (tx *Tx) DeleteRequests(what string) { tx.sealed.Delete(tx.requestsKey(what)) }
