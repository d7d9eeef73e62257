package store_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"loket/store"
	"loket/store/fixture"
)

// checkBacklog counts the outbox message by message, and compares the result with Backlog
// and DeadMessages.
func checkBacklog(r *rapid.T, tx *store.Tx) {
	waiting, dead := map[store.Channel]store.Backlog{}, map[store.Channel]int{}
	for m := range tx.Messages() {
		switch m.SendState() {
		case store.MessageWaiting:
			b := waiting[m.Channel]
			if b.Waiting == 0 || m.Written.Before(b.Oldest) {
				b.Oldest = m.Written.UTC()
			}
			b.Waiting++
			waiting[m.Channel] = b
		case store.MessageDead:
			dead[m.Channel]++
		}
	}
	for _, channel := range store.Channels {
		if diff := cmp.Diff(waiting[channel], tx.Backlog(channel)); diff != "" {
			r.Errorf("by %s waits\n%s", channel, diff)
		}
	}
	if diff := cmp.Diff(dead, tx.DeadMessages()); diff != "" {
		r.Errorf("dead are\n%s", diff)
	}
}

// TestEntryOfNothing: an invalid message ID has no time.
func TestEntryOfNothing(t *testing.T) {
	for _, id := range []string{"", "000", "not hexadecimal!"} {
		if at, err := (store.DueEntry{Message: id}).WrittenAt(); err == nil || !at.IsZero() {
			t.Errorf("%q was written at %v, %v", id, at, err)
		}
	}
}

// TestBacklogTakesNoLongerThanItMay: Backlog ends with its context.
func TestBacklogTakesNoLongerThanItMay(t *testing.T) {
	o := newOutbox(t)
	fixture.MustUpdate(t, o.Store, func(tx *store.Tx) { tx.PutMessage(fixture.SecretMessage) })
	ctx, cancel := context.WithCancel(t.Context())
	err := o.View(ctx, func(tx *store.Tx) error {
		cancel()
		if b := tx.Backlog(store.ByEmail); b.Waiting != 0 {
			t.Errorf("counted %+v", b)
		}
		return nil
	})
	if err == nil {
		t.Error("no error")
	}
}

// BenchmarkBacklog counts 100,000 waiting messages, without and with opening them.
func BenchmarkBacklog(b *testing.B) {
	o := newOutbox(b)
	if err := o.BulkUpdate(b.Context(), func(tx *store.Tx) error {
		for range 100_000 {
			tx.PutMessage(fixture.SecretMessage)
		}
		return nil
	}, func(int, int) {}); err != nil {
		b.Fatal(err)
	}
	o.now = o.now.Add(time.Hour)
	b.Run("waiting", func(b *testing.B) {
		for b.Loop() {
			fixture.MustView(b, o.Store, func(tx *store.Tx) { _ = tx.Backlog(store.ByEmail) })
		}
	})
	b.Run("dead", func(b *testing.B) {
		for b.Loop() {
			fixture.MustView(b, o.Store, func(tx *store.Tx) { _ = tx.DeadMessages() })
		}
	})
}
