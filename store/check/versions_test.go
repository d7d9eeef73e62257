package check_test

import (
	"slices"
	"strings"
	"testing"

	"loket/store"
	"loket/store/auditlog"
	"loket/store/fixture"
	"loket/store/kvdb"
)

// steps are changes of an account and of an activation number, each in a transaction with an entry in the audit log.
var steps = []func(tx *store.Tx){
	func(tx *store.Tx) { use(tx, func(n *store.ActivationNumber) { n.Used = tx.Now }) },
	func(tx *store.Tx) {
		a, _ := tx.Account(fixture.CustomerBerg.ID)
		a.PasswordHash, a.PasswordGeneration = "another", a.PasswordGeneration+1
		tx.PutAccount(a)
	},
}

func use(tx *store.Tx, change func(*store.ActivationNumber)) {
	n, _ := tx.Number(fixture.ActivationNumber.Number)
	change(&n)
	tx.PutNumber(n)
}

// TestRolledBack checks that a record that an attacker has put back or removed does not fit the audit log, whether the log is
// folded or not.
func TestRolledBack(t *testing.T) {
	for _, folded := range []bool{false, true} {
		s := fixture.NewFilledStore(t)
		before := fixture.ListEntries(t, s.Engine)
		for _, step := range steps {
			fixture.MustUpdate(t, s.Store, func(tx *store.Tx) { step(tx); tx.RecordAudit(store.AuditEntry{Flow: "log in"}) })
		}
		if folded {
			if _, err := auditlog.FoldQueued(t.Context(), s.Store); err != nil {
				t.Fatal(err)
			}
		}
		fixture.RequireNoProblems(t, s.Store)
		changed := map[string]string{}
		for key, value := range fixture.ListEntries(t, s.Engine) {
			if table := kvdb.TableFromKey(key); before[key] != value && (table == store.AccountTable || table == store.NumberTable) {
				changed[key] = value
			}
		}
		if len(changed) != len(steps) {
			t.Fatalf("%d records were changed", len(changed))
		}
		for key, now := range changed {
			table, record := store.RecordName(key)
			put := func(value string) {
				if err := s.Engine.Update(t.Context(), func(kv kvdb.KV) error {
					if kv.Delete(key); value != "" {
						kv.Put(key, []byte(value))
					}
					return nil
				}); err != nil {
					t.Fatal(err)
				}
			}
			for was, says := range map[string]string{before[key]: "was put back as it once was: it has version 1, and the audit log has version 2 of it", "": "was taken away: the audit log has version 2 of it"} {
				put(was)
				if problems := fixture.FindProblems(t, s.Store); !slices.Contains(problems, table+" "+record+": "+says) {
					t.Errorf("folded %t: %s", folded, strings.Join(problems, "\n"))
				}
			}
			put(now)
		}
		fixture.RequireNoProblems(t, s.Store)
	}
}

// TestRemoved checks that a deleted record is not reported as missing, whether or not the deletion has an audit entry of its
// own, and that a record that is created again starts at version 1.
func TestRemoved(t *testing.T) {
	s := fixture.NewFilledStore(t)
	for _, step := range steps {
		fixture.MustUpdate(t, s.Store, func(tx *store.Tx) { step(tx); tx.RecordAudit(store.AuditEntry{Flow: "log in"}) })
	}
	fixture.MustUpdate(t, s.Store, func(tx *store.Tx) { tx.DeleteNumber(tx.NumberID(fixture.ActivationNumber.Number)) })
	fixture.RequireNoProblems(t, s.Store)
	if _, err := auditlog.FoldQueued(t.Context(), s.Store); err != nil {
		t.Fatal(err)
	}
	fixture.RequireNoProblems(t, s.Store)
	fixture.MustUpdate(t, s.Store, func(tx *store.Tx) {
		n := fixture.ActivationNumber
		n.Expires = tx.Now
		tx.IssueNumber(n)
		tx.RecordAudit(store.AuditEntry{Flow: "operator"})
	})
	fixture.RequireNoProblems(t, s.Store)
	if v, err := auditlog.Verify(t.Context(), s.Store, s.Verifier(), nil); err != nil || v.Fault != nil {
		t.Errorf("the log: %v, %v", v.Fault, err)
	}
}

// TestForgottenChanges checks that no entry in the log has the key of a customer's account once the customer is forgotten.
func TestForgottenChanges(t *testing.T) {
	s := fixture.NewFilledStore(t)
	id := fixture.CustomerBerg.ID
	fixture.MustUpdate(t, s.Store, func(tx *store.Tx) { steps[1](tx); tx.RecordAudit(store.AuditEntry{Flow: "log in"}) })
	fixture.MustUpdate(t, s.Store, func(tx *store.Tx) { tx.DeleteAccount(id) })
	if _, err := auditlog.ForgetCustomers(t.Context(), s.Store, id); err != nil {
		t.Fatal(err)
	}
	fixture.MustView(t, s.Store, func(tx *store.Tx) {
		for e := range auditlog.LoggedEntries(tx) {
			if strings.Contains(string(e.Changes), tx.AccountKey(id)) {
				t.Errorf("entry %d has it", e.Number)
			}
		}
	})
	if v, err := auditlog.Verify(t.Context(), s.Store, s.Verifier(), nil); err != nil || v.Fault != nil {
		t.Errorf("the log: %v, %v", v.Fault, err)
	}
}
