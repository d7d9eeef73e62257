package store_test

import (
	"testing"
	"time"

	"loket/store"
	"loket/store/fixture"
	"loket/store/sealedkv"
)

// TestTakenMessageIsNobodyElses: nobody else can take a message until its lease ends,
// because its taker may have died.
func TestTakenMessageIsNobodyElses(t *testing.T) {
	o := newOutbox(t)
	fixture.MustUpdate(t, o.Store, func(tx *store.Tx) { tx.PutMessage(fixture.SecretMessage) })
	first := o.take(t)
	turn := o.turns(t, store.ByEmail)[0]
	if !turn.At.Equal(fixture.MondayNoon.Add(2 * time.Minute)) {
		t.Errorf("due at %v", turn.At)
	}
	fixture.MustUpdate(t, o.Store, func(tx *store.Tx) {
		if _, taken := tx.ClaimDueMessage(store.ByEmail, turn, turn.At); taken {
			t.Error("taken by a second one")
		}
	})
	o.now = turn.At
	second := o.take(t)
	fixture.MustUpdate(t, o.Store, func(tx *store.Tx) {
		tx.MarkFailed(first, "too late", o.now)
		tx.MarkDead(first, "too late")
		tx.ReleaseClaimedMessage(first, fixture.MondayNoon)
	})
	if m := o.only(t); m.LastError != "" || !m.Due.Equal(second.Due) || m.Attempts != 0 {
		t.Errorf("the first one changed it to %+v", m)
	}
	fixture.MustUpdate(t, o.Store, func(tx *store.Tx) { tx.MarkSent(first) }) // it was sent after all
	fixture.MustUpdate(t, o.Store, func(tx *store.Tx) { tx.MarkFailed(second, "trouble", o.now) })
	if m := o.only(t); m.SendState() != store.MessageSent || len(o.turns(t, store.ByEmail)) > 0 {
		t.Errorf("it is %+v", m)
	}
}

// TestMarkSentTwice: a deleted message stays deleted, and a sent message was sent once,
// at the first time.
func TestMarkSentTwice(t *testing.T) {
	o := newOutbox(t)
	fixture.MustUpdate(t, o.Store, func(tx *store.Tx) { tx.PutMessage(fixture.SecretMessage) })
	taken := o.take(t)
	fixture.MustUpdate(t, o.Store, func(tx *store.Tx) { tx.MarkSent(taken) })
	once := o.only(t)
	o.now = o.now.Add(time.Hour)
	fixture.MustUpdate(t, o.Store, func(tx *store.Tx) { tx.MarkSent(taken) })
	fixture.RequireEqual(t, o.only(t), once)
	fixture.MustUpdate(t, o.Store, func(tx *store.Tx) {
		tx.DeleteMessage(taken.ID)
		tx.MarkSent(taken)
	})
	fixture.MustView(t, o.Store, func(tx *store.Tx) {
		for m := range tx.Messages() {
			t.Errorf("there is %+v", m)
		}
	})
}

// TestTakenMessageComesBack: a failed message is due at the given time, a released one at
// its old time, and a dead one not at all until it is revived.
func TestTakenMessageComesBack(t *testing.T) {
	again := fixture.MondayNoon.Add(time.Hour)
	for name, test := range map[string]struct {
		do   func(*store.Tx, store.Message)
		want store.Message
	}{
		"failed":      {func(tx *store.Tx, m store.Message) { tx.MarkFailed(m, "trouble", again) }, store.Message{Due: again, Attempts: 1, LastError: "trouble"}},
		"handed back": {func(tx *store.Tx, m store.Message) { tx.ReleaseClaimedMessage(m, fixture.MondayNoon) }, store.Message{Due: fixture.MondayNoon}},
		"dead":        {func(tx *store.Tx, m store.Message) { tx.MarkDead(m, "trouble") }, store.Message{Attempts: 1, LastError: "trouble", Dead: fixture.MondayNoon}},
		"revived":     {func(tx *store.Tx, m store.Message) { tx.MarkDead(m, "trouble"); tx.ReviveMessage(m.ID) }, store.Message{Due: fixture.MondayNoon, LastError: "trouble"}},
	} {
		o := newOutbox(t)
		fixture.MustUpdate(t, o.Store, func(tx *store.Tx) { tx.PutMessage(fixture.SecretMessage) })
		taken := o.take(t)
		fixture.MustUpdate(t, o.Store, func(tx *store.Tx) { test.do(tx, taken) })
		m := o.only(t)
		if !m.Due.Equal(test.want.Due) || m.Attempts != test.want.Attempts || m.LastError != test.want.LastError || !m.Dead.Equal(test.want.Dead) {
			t.Errorf("%s: %+v", name, m)
		}
		due := o.turns(t, store.ByEmail)
		if test.want.Due.IsZero() != (len(due) == 0) || len(due) > 0 && (len(due) != 1 || !due[0].At.Equal(test.want.Due)) {
			t.Errorf("%s: scheduled %+v", name, due)
		}
	}
}

// TestTakenOverItsChannel: a due entry of another channel than that of its message yields
// no message, and is deleted.
func TestTakenOverItsChannel(t *testing.T) {
	o := newOutbox(t)
	fixture.MustUpdate(t, o.Store, func(tx *store.Tx) { tx.PutMessage(fixture.SecretMessage) })
	due := o.turns(t, store.ByEmail)[0]
	fixture.MustUpdate(t, o.Store, func(tx *store.Tx) {
		sealedkv.Put(tx.SealedTx(), store.ScheduleKey(store.ByLetter, due.At, due.Message), store.ScheduleRecord{})
		if m, taken := tx.ClaimDueMessage(store.ByLetter, due, due.At.Add(time.Hour)); taken {
			t.Errorf("taken: %+v", m)
		}
	})
	fixture.RequireEqual(t, len(o.turns(t, store.ByLetter)), 0)
	fixture.RequireEqual(t, o.turns(t, store.ByEmail), []store.DueEntry{due})
}
