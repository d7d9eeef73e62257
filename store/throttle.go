package store

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"time"

	"loket/store/sealedkv"
)

// Attempts counts the wrong answers in a row about one subject: a username or an
// activation number, whether or not it exists.
type Attempts struct {
	Wrong     int       `cbor:"1,keyasint"`
	NotBefore time.Time `cbor:"2,keyasint,omitzero"` // until then no answer is looked at
	Last      time.Time `cbor:"3,keyasint,omitzero"` // when the last of them came; zero in records from before this was kept

	At map[string]Attempts `cbor:"4,keyasint,omitempty"` // those at each terminal, of a subject about which terminals keep each other out of nothing
}

// mostTerminals is at how many terminals the wrong answers about one subject are kept:
// beyond that the one where the last was longest ago begins anew.
const mostTerminals = 256

// TerminalAttempts keeps what went wrong lately at one terminal.
type TerminalAttempts struct {
	Wrong       []time.Time `cbor:"1,keyasint,omitempty"`
	PausedUntil time.Time   `cbor:"2,keyasint,omitzero"`
}

// GlobalRate counts the wrong answers of one minute, over all terminals.
type GlobalRate struct {
	Minute int64 `cbor:"1,keyasint"` // Unix time, in minutes
	Wrong  int   `cbor:"2,keyasint"`
}

// GlobalRateShards is over how many records the wrong answers of all terminals are
// counted, so that terminals seldom write the same one.
const GlobalRateShards = 8

// Requests counts how often something was asked for somebody in one day, and keeps
// until when a letter with it is on its way.
type Requests struct {
	Day     string    `cbor:"1,keyasint"` // ISO 8601
	Asked   int       `cbor:"2,keyasint"`
	Arrives time.Time `cbor:"3,keyasint,omitzero"` // the day by which the last letter of it should have arrived
}

func (tx *Tx) attemptsKey(subject string) string {
	return tx.sealed.Keys.LookupKey(AttemptsTable, subject)
}
func (tx *Tx) terminalKey(terminal string) string {
	return tx.sealed.Keys.LookupKey(TerminalTable, terminal)
}
func (tx *Tx) globalRateKey(shard int) string { return GlobalRateTable + "/" + strconv.Itoa(shard) }
func (tx *Tx) requestsKey(what string) string { return tx.sealed.Keys.LookupKey(RequestsTable, what) }

// Within is t as it is to be read: the wait is over in longest from now, the setting
// that bounds it, and no wrong answer is still to come. A wait that lasts longer was begun
// by a clock that was ahead and has been put right, or when the setting was longer.
func (t Attempts) Within(longest time.Duration, now time.Time) Attempts {
	t.NotBefore, t.Last = earliest(t.NotBefore, now.Add(longest)), earliest(t.Last, now)
	t.At = maps.Clone(t.At)
	for terminal, here := range t.At {
		t.At[terminal] = here.Within(longest, now)
	}
	return t
}

// Any reports whether there were wrong answers that count.
func (t Attempts) Any() bool { return t.Wrong > 0 || len(t.At) > 0 }

// Waits is until when the next answer waits, somewhere.
func (t Attempts) Waits() time.Time {
	last := t.NotBefore
	for _, here := range t.At {
		if here.NotBefore.After(last) {
			last = here.NotBefore
		}
	}
	return last
}

// Put has t keep what went wrong at a terminal; nothing, if that is zero.
func (t *Attempts) Put(terminal string, here Attempts) {
	if here.Wrong == 0 {
		delete(t.At, terminal)
		return
	}
	if _, is := t.At[terminal]; !is && len(t.At) >= mostTerminals {
		delete(t.At, slices.MinFunc(slices.Collect(maps.Keys(t.At)), func(a, b string) int {
			return cmp.Or(t.At[a].Last.Compare(t.At[b].Last), cmp.Compare(a, b))
		}))
	}
	if t.At == nil {
		t.At = map[string]Attempts{}
	}
	t.At[terminal] = here
}

// Within is t as it is to be read: the pause is over in longest from now, the setting
// that bounds it, and what happens only later has not happened.
func (t TerminalAttempts) Within(longest time.Duration, now time.Time) TerminalAttempts {
	t.PausedUntil = earliest(t.PausedUntil, now.Add(longest))
	t.Wrong = slices.DeleteFunc(slices.Clone(t.Wrong), now.Before)
	return t
}

func earliest(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// WrongAttempts finds the wrong answers so far about subject, within the longest wait. A
// subject without any is no error.
func (tx *Tx) WrongAttempts(subject string, longest time.Duration) Attempts {
	t, _ := sealedkv.Get[Attempts](tx.sealed, tx.attemptsKey(subject))
	return t.Within(longest, tx.Now)
}

// AttemptsWait finds until when no answer about subject is looked at, within the longest
// wait: at one terminal, or, if that is "", at all of them. It keeps a wait that had
// to be bounded, because bounding it anew at each look would never let it end.
func (tx *Tx) AttemptsWait(subject, terminal string, longest time.Duration) time.Time {
	kept, _ := sealedkv.Get[Attempts](tx.sealed, tx.attemptsKey(subject))
	t := kept.Within(longest, tx.Now)
	if !t.Waits().Equal(kept.Waits()) {
		tx.PutAttempts(subject, t)
	}
	if terminal != "" {
		return t.At[terminal].NotBefore
	}
	return t.NotBefore
}

// PutAttempts keeps t for subject.
func (tx *Tx) PutAttempts(subject string, t Attempts) {
	sealedkv.Put(tx.sealed, tx.attemptsKey(subject), t)
}

// DeleteAttempts takes away what is known of subject.
func (tx *Tx) DeleteAttempts(subject string) { tx.sealed.Delete(tx.attemptsKey(subject)) }

// TerminalAttempts finds what went wrong at a terminal, within the longest pause.
func (tx *Tx) TerminalAttempts(terminal string, longest time.Duration) TerminalAttempts {
	t, _ := sealedkv.Get[TerminalAttempts](tx.sealed, tx.terminalKey(terminal))
	return t.Within(longest, tx.Now)
}

// TerminalPause finds until when a terminal pauses, within the longest pause. It keeps a
// pause that had to be bounded, as AttemptsWait does.
func (tx *Tx) TerminalPause(terminal string, longest time.Duration) time.Time {
	kept, _ := sealedkv.Get[TerminalAttempts](tx.sealed, tx.terminalKey(terminal))
	t := kept.Within(longest, tx.Now)
	if !t.PausedUntil.Equal(kept.PausedUntil) {
		tx.PutTerminalAttempts(terminal, t)
	}
	return t.PausedUntil
}

// PutTerminalAttempts keeps t for a terminal.
func (tx *Tx) PutTerminalAttempts(terminal string, t TerminalAttempts) {
	sealedkv.Put(tx.sealed, tx.terminalKey(terminal), t)
}

// GlobalRate finds the count in one of GlobalRateShards.
func (tx *Tx) GlobalRate(shard int) GlobalRate {
	r, _ := sealedkv.Get[GlobalRate](tx.sealed, tx.globalRateKey(shard))
	return r
}

// PutGlobalRate keeps r in one of GlobalRateShards.
func (tx *Tx) PutGlobalRate(shard int, r GlobalRate) {
	sealedkv.Put(tx.sealed, tx.globalRateKey(shard), r)
}

// Requests finds how often something was asked; what names it and for whom,
// whether or not they exist.
func (tx *Tx) Requests(what string) Requests {
	r, _ := sealedkv.Get[Requests](tx.sealed, tx.requestsKey(what))
	return r
}

// PutRequests keeps r.
func (tx *Tx) PutRequests(what string, r Requests) { sealedkv.Put(tx.sealed, tx.requestsKey(what), r) }

// DeleteRequests forgets how often something was asked.
func (tx *Tx) DeleteRequests(what string) { tx.sealed.Delete(tx.requestsKey(what)) }
