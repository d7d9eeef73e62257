package store

import (
	"errors"
	"fmt"
	"iter"
	"strconv"
	"strings"
	"time"

	"loket/store/sealedkv"
)

// A DueEntry says when a waiting message is tried next. The schedule of a channel has these entries in order of time, so that
// finding due messages takes the same work however many messages wait.
type DueEntry struct {
	Message string // Message is the ID of the message.
	At      time.Time
}

// ScheduleRecord is the value stored for a DueEntry. It is empty, because the key contains everything.
type ScheduleRecord struct{}

func schedulePrefix(channel Channel) string { return ScheduleTable + "/" + string(channel) + "/" }

// ScheduleKey returns the key in the database of a due entry. It reveals no more than the keys of the outbox do.
func ScheduleKey(channel Channel, at time.Time, message string) string {
	return fmt.Sprintf("%s%0*x%s", schedulePrefix(channel), instantDigits, at.UnixMicro(), message)
}

// DueEntries yields the due entries of a channel, earliest first, including future ones.
func (tx *Tx) DueEntries(channel Channel) iter.Seq[DueEntry] {
	prefix := schedulePrefix(channel)
	return func(yield func(DueEntry) bool) {
		for key := range tx.sealed.KV.Scan(prefix) {
			t, err := parseDueEntry(strings.TrimPrefix(key, prefix))
			if err != nil {
				tx.sealed.Fail(fmt.Errorf("schedule of a channel: %w", err))
				return
			}
			if !yield(t) {
				return
			}
		}
	}
}

// DueEntriesAfter returns the due entries of a channel that are later than at, but not more than most.
func (tx *Tx) DueEntriesAfter(channel Channel, at time.Time, most int) (entries []DueEntry) {
	prefix := schedulePrefix(channel)
	for key := range tx.sealed.KV.ScanAfter(prefix, ScheduleKey(channel, at.Add(time.Microsecond), "")) {
		t, err := parseDueEntry(strings.TrimPrefix(key, prefix))
		if err != nil {
			tx.sealed.Fail(fmt.Errorf("schedule of a channel: %w", err))
			return nil
		}
		if entries = append(entries, t); len(entries) == most {
			break
		}
	}
	return entries
}

// RescheduleMessage changes the time at which a waiting message is due. The entry t is its current due entry.
func (tx *Tx) RescheduleMessage(channel Channel, t DueEntry, at time.Time) {
	if m, found := tx.Message(t.Message); found && m.Channel == channel && m.SendState() == MessageWaiting && m.Due.Equal(t.At) {
		tx.scheduleMessage(m, at)
	}
}

// ParseScheduleKey parses the result of ScheduleKey.
func ParseScheduleKey(key string) (channel Channel, t DueEntry, err error) {
	for _, channel := range Channels {
		if rest, is := strings.CutPrefix(key, schedulePrefix(channel)); is {
			t, err := parseDueEntry(rest)
			return channel, t, err
		}
	}
	return "", t, errors.New("of no channel")
}

func parseDueEntry(s string) (t DueEntry, err error) {
	if len(s) <= instantDigits {
		return t, fmt.Errorf("a key of %d bytes", len(s))
	}
	micros, err := strconv.ParseInt(s[:instantDigits], 16, 64)
	return DueEntry{Message: s[instantDigits:], At: time.UnixMicro(micros).UTC()}, err
}

// PutMessage adds m to the end of the outbox, to be sent at once.
func (tx *Tx) PutMessage(m Message) {
	m.ID, m.Written = tx.newOrderedKey(OutboxTable)[len(OutboxTable)+1:], tx.Now
	tx.addToAddressee(m)
	tx.scheduleMessage(m, tx.Now)
}

// DeleteMessage deletes a message from the outbox, in any state.
func (tx *Tx) DeleteMessage(id string) {
	if m, found := tx.Message(id); found {
		tx.unscheduleMessage(m)
		tx.sealed.Delete(MessageKey(id))
		if m.Customer != "" {
			sealedkv.RemoveFromIndex(tx.sealed, tx.AddresseeKey(m.Customer), id)
		}
	}
}

// scheduleMessage stores m, to be tried at a time. If that time has come, the courier is notified after the commit.
func (tx *Tx) scheduleMessage(m Message, at time.Time) Message {
	tx.unscheduleMessage(m)
	m.Due = at.UTC().Truncate(time.Microsecond)
	sealedkv.Put(tx.sealed, ScheduleKey(m.Channel, m.Due, m.ID), ScheduleRecord{})
	sealedkv.Put(tx.sealed, MessageKey(m.ID), m)
	if !m.Due.After(tx.Now) {
		tx.postedChannels = append(tx.postedChannels, m.Channel)
	}
	return m
}

// unscheduleMessage deletes the due entry of m.
func (tx *Tx) unscheduleMessage(m Message) {
	if !m.Due.IsZero() {
		tx.sealed.Delete(ScheduleKey(m.Channel, m.Due, m.ID))
	}
}

// ClaimDueMessage takes a due message for a caller that will try to send it. Nobody else can take the message before until. Then
// it is due again, unless the caller has recorded a result. ClaimDueMessage deletes a due entry without a message.
func (tx *Tx) ClaimDueMessage(channel Channel, t DueEntry, until time.Time) (m Message, taken bool) {
	m, found := tx.Message(t.Message)
	if !found || m.Channel != channel || m.SendState() != MessageWaiting || !m.Due.Equal(t.At) {
		tx.sealed.Delete(ScheduleKey(channel, t.At, t.Message))
		return Message{}, false
	}
	if t.At.After(tx.Now) {
		return Message{}, false
	}
	if m.FirstTried.IsZero() || m.FirstTried.After(tx.Now) { // A clock that was ahead may have stored a later time.
		m.FirstTried = tx.Now
	}
	return tx.scheduleMessage(m, until), true
}

// MarkSent marks a message as sent, and wipes its addressee and facts.
func (tx *Tx) MarkSent(taken Message) {
	m, found := tx.Message(taken.ID)
	if !found || m.SendState() == MessageSent {
		return // The message was deleted in the meantime, or sent by another process.
	}
	tx.unscheduleMessage(m)
	m.Attempts++
	m.Sent, m.Dead, m.Due = tx.Now, time.Time{}, time.Time{}
	m.To, m.Facts, m.LastError = nil, nil, ""
	sealedkv.Put(tx.sealed, MessageKey(m.ID), m)
}

// MarkFailed records the error of the last attempt to send a message, and makes the message due again at a time.
func (tx *Tx) MarkFailed(taken Message, cause string, again time.Time) {
	if m, ours := tx.findClaimedMessage(taken); ours {
		m.Attempts++
		m.LastError = cause
		tx.scheduleMessage(m, again)
	}
}

// MarkMessageUnclear is like MarkFailed, for an attempt after which it is unclear whether the message arrived.
func (tx *Tx) MarkMessageUnclear(taken Message, trouble string, again time.Time) {
	if m, ours := tx.findClaimedMessage(taken); ours {
		m.Attempts++
		m.UnclearAttempts++
		m.LastError = trouble
		tx.scheduleMessage(m, again)
	}
}

// MarkDead gives up the delivery of a message, and reports whether the caller still had it. The message keeps all data that is
// needed to revive it.
func (tx *Tx) MarkDead(taken Message, cause string) bool {
	m, ours := tx.findClaimedMessage(taken)
	if ours {
		tx.unscheduleMessage(m)
		m.Attempts++
		m.LastError, m.Dead, m.Due = cause, tx.Now, time.Time{}
		sealedkv.Put(tx.sealed, MessageKey(m.ID), m)
	}
	return ours
}

// MarkMessageReplaced records that another message replaces a dead one. It wipes the addressee and facts of the dead message, which
// can no longer be revived.
func (tx *Tx) MarkMessageReplaced(id, lastError string) {
	if m, found := tx.Message(id); found && m.SendState() == MessageDead {
		m.To, m.Facts, m.LastError = nil, nil, lastError
		sealedkv.Put(tx.sealed, MessageKey(id), m)
	}
}

// ReleaseClaimedMessage gives back a message that was taken but not tried. It is due at its old time again.
func (tx *Tx) ReleaseClaimedMessage(taken Message, due time.Time) {
	if m, ours := tx.findClaimedMessage(taken); ours {
		tx.scheduleMessage(m, due)
	}
}

// findClaimedMessage returns the current record of a taken message. The second result is false if the message was deleted or taken
// again in the meantime.
func (tx *Tx) findClaimedMessage(taken Message) (Message, bool) {
	m, found := tx.Message(taken.ID)
	return m, found && m.SendState() == MessageWaiting && m.Due.Equal(taken.Due)
}

// ReviveMessage makes a dead message due now, and resets its attempts. It returns false if there is no such message, or
// another message has replaced it.
func (tx *Tx) ReviveMessage(id string) bool {
	m, found := tx.Message(id)
	if !found || !m.CanRevive() {
		return false
	}
	m.Attempts, m.UnclearAttempts, m.FirstTried, m.Dead = 0, 0, time.Time{}, time.Time{}
	tx.scheduleMessage(m, tx.Now)
	return true
}

// ReaddressMessage gives a waiting message another addressee.
func (tx *Tx) ReaddressMessage(id string, to []string) {
	if m, found := tx.Message(id); found && m.SendState() == MessageWaiting {
		m.To = to
		sealedkv.Put(tx.sealed, MessageKey(id), m)
	}
}

// DeleteUnsent deletes a message that was not sent. It reports whether there was such a message.
func (tx *Tx) DeleteUnsent(id string) bool {
	m, found := tx.Message(id)
	if !found || m.SendState() == MessageSent {
		return false
	}
	tx.DeleteMessage(id)
	return true
}
