package auditlog_test

import (
	"testing"

	"loket/store"
	"loket/store/auditlog"
	"loket/store/fixture"
	"loket/store/sealedkv"
)

// TestNote checks that a note is read back from the log, cannot be changed unseen, is forgotten
// with its customer, and is not kept without one.
func TestNote(t *testing.T) {
	l := newLedger(t)
	for _, e := range []store.AuditEntry{{Flow: "add note", Customer: "K1", Note: "belt later terug"}, {Flow: "add note", Note: "van niemand"}} {
		fixture.MustUpdate(t, l.Store, func(tx *store.Tx) { tx.RecordAudit(e) })
		l.fold(t)
	}
	all := l.entries(t)
	fixture.RequireEqual(t, all[0].Note, "belt later terug")
	fixture.RequireEqual(t, all[1].Note, "")
	fixture.RequireEqual(t, l.verify(t).Fault, nil)

	key := store.LogTable + "/0000000000000000"
	var kept auditlog.EntryRecord
	fixture.MustUpdate(t, l.Store, func(tx *store.Tx) {
		kept, _ = sealedkv.Get[auditlog.EntryRecord](tx.SealedTx(), key)
		changed := kept
		changed.Note = "belt nooit terug"
		sealedkv.Put(tx.SealedTx(), key, changed)
	})
	if l.verify(t).Fault == nil {
		t.Error("another note is not noticed")
	}
	fixture.MustUpdate(t, l.Store, func(tx *store.Tx) { sealedkv.Put(tx.SealedTx(), key, kept) })

	if _, err := auditlog.ForgetCustomers(t.Context(), l.Store, "K1"); err != nil {
		t.Fatal(err)
	}
	fixture.RequireEqual(t, l.entries(t)[0].Note, "")
	fixture.RequireEqual(t, l.verify(t).Fault, nil)
}
