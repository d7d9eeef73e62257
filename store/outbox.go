package store

import (
	"fmt"
	"iter"
	"strconv"
	"strings"
	"time"

	"loket/store/sealedkv"
)

// A Turn is when a waiting message is to be tried next. Turns are kept in order,
// so that finding what is due costs the same however much waits.
type Turn struct {
	Message string // its ID
	At      time.Time
}

// turn is the record of a Turn, all of which is in its key.
type turn struct{}

func turnPrefix(channel Channel) string { return TurnTable + "/" + string(channel) + "/" }

// turnKey tells nothing about anybody that the keys of the outbox do not.
func turnKey(channel Channel, at time.Time, message string) string {
	return fmt.Sprintf("%s%0*x%s", turnPrefix(channel), instantDigits, at.UnixMicro(), message)
}

// instantDigits is how long an instant is in a key.
const instantDigits = 16

// Turns yields the turns of a channel, the earliest first, future ones included.
func (tx *Tx) Turns(channel Channel) iter.Seq[Turn] {
	prefix := turnPrefix(channel)
	return func(yield func(Turn) bool) {
		for key := range tx.sealed.KV.Scan(prefix) {
			t, err := parseTurn(strings.TrimPrefix(key, prefix))
			if err != nil {
				tx.sealed.Fail(fmt.Errorf("turn of a message: %w", err))
				return
			}
			if !yield(t) {
				return
			}
		}
	}
}

func parseTurn(s string) (t Turn, err error) {
	if len(s) <= instantDigits {
		return t, fmt.Errorf("a key of %d bytes", len(s))
	}
	micros, err := strconv.ParseInt(s[:instantDigits], 16, 64)
	return Turn{Message: s[instantDigits:], At: time.UnixMicro(micros).UTC()}, err
}

// schedule keeps m, to be tried then, and has the courier look.
func (tx *Tx) schedule(m Message, at time.Time) Message {
	tx.unschedule(m)
	m.Due = at.UTC().Truncate(time.Microsecond)
	sealedkv.Put(tx.sealed, turnKey(m.Channel, m.Due, m.ID), turn{})
	sealedkv.Put(tx.sealed, messageKey(m.ID), m)
	if !m.Due.After(tx.Now) {
		tx.posted = append(tx.posted, m.Channel)
	}
	return m
}

// unschedule takes away the turn of m.
func (tx *Tx) unschedule(m Message) {
	if !m.Due.IsZero() {
		tx.sealed.Delete(turnKey(m.Channel, m.Due, m.ID))
	}
}

// TakeMessage gives a message whose turn has come to one who will try it, and to
// nobody else before then: if nothing is heard of it until then, it is due
// again. A turn that is nobody's any more goes.
func (tx *Tx) TakeMessage(channel Channel, t Turn, until time.Time) (m Message, taken bool) {
	m, found := tx.Message(t.Message)
	if !found || m.Channel != channel || m.State() != MessageWaiting || !m.Due.Equal(t.At) {
		tx.sealed.Delete(turnKey(channel, t.At, t.Message))
		return Message{}, false
	}
	if t.At.After(tx.Now) {
		return Message{}, false
	}
	if m.Tried.IsZero() {
		m.Tried = tx.Now
	}
	return tx.schedule(m, until), true
}

// MarkSent keeps of a message that was taken that it was sent, and wipes to whom
// it went and what it told them.
func (tx *Tx) MarkSent(taken Message) {
	m, found := tx.Message(taken.ID)
	if !found || m.State() == MessageSent {
		return // dropped meanwhile, or sent by one who took it later
	}
	tx.unschedule(m)
	m.Tries++
	m.Sent, m.Dead, m.Due = tx.Now, time.Time{}, time.Time{}
	m.To, m.Facts, m.Trouble = nil, nil, ""
	sealedkv.Put(tx.sealed, messageKey(m.ID), m)
}

// MarkFailed keeps the trouble that a message that was taken met, and when to
// try it again.
func (tx *Tx) MarkFailed(taken Message, trouble string, again time.Time) {
	if m, ours := tx.stillTaken(taken); ours {
		m.Tries++
		m.Trouble = trouble
		tx.schedule(m, again)
	}
}

// MarkDead gives up a message that was taken. It keeps all that it takes to
// revive it.
func (tx *Tx) MarkDead(taken Message, trouble string) {
	if m, ours := tx.stillTaken(taken); ours {
		tx.unschedule(m)
		m.Tries++
		m.Trouble, m.Dead, m.Due = trouble, tx.Now, time.Time{}
		sealedkv.Put(tx.sealed, messageKey(m.ID), m)
	}
}

// HandBack undoes taking a message that was not tried after all. It is due when
// it was before.
func (tx *Tx) HandBack(taken Message, due time.Time) {
	if m, ours := tx.stillTaken(taken); ours {
		tx.schedule(m, due)
	}
}

// stillTaken is a message as it is, unless it was dropped or somebody else has
// taken it since.
func (tx *Tx) stillTaken(taken Message) (Message, bool) {
	m, found := tx.Message(taken.ID)
	return m, found && m.State() == MessageWaiting && m.Due.Equal(taken.Due)
}

// ReviveMessage has a dead message tried anew, as if it never was. It says
// whether there was one.
func (tx *Tx) ReviveMessage(id string) bool {
	m, found := tx.Message(id)
	if !found || m.State() != MessageDead {
		return false
	}
	m.Tries, m.Tried, m.Dead = 0, time.Time{}, time.Time{}
	tx.schedule(m, tx.Now)
	return true
}

// DropMessage takes a message that was not sent out of the outbox, with all that
// it says. It tells whether there was one.
func (tx *Tx) DropMessage(id string) bool {
	m, found := tx.Message(id)
	if !found || m.State() == MessageSent {
		return false
	}
	tx.DeleteMessage(id)
	return true
}

// Outage is a time in which nothing can leave over a channel.
type Outage struct {
	Since   time.Time `cbor:"1,keyasint"` // the first try that failed
	Last    time.Time `cbor:"2,keyasint"` // the last one
	Trouble string    `cbor:"3,keyasint"` // as that of a message
}

func outageKey(channel Channel) string { return outages + "/" + string(channel) }

// Outage finds the one that a channel is in.
func (tx *Tx) Outage(channel Channel) (Outage, bool) {
	return sealedkv.Get[Outage](tx.sealed, outageKey(channel))
}

// PutOutage keeps o.
func (tx *Tx) PutOutage(channel Channel, o Outage) { sealedkv.Put(tx.sealed, outageKey(channel), o) }

// EndOutage says that messages leave again.
func (tx *Tx) EndOutage(channel Channel) { tx.sealed.Delete(outageKey(channel)) }
