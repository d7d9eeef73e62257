package maintain

import (
	"encoding/json"
	"strings"
	"testing"

	"loket/flows/flow"
	"loket/store"
	"loket/ui/command/commandtest"
)

// TestStats checks the counts for an operator, and the numbers of records.
func TestStats(t *testing.T) {
	d := commandtest.DatabaseWithAccount(t)
	commandtest.IssueNumber(t, d, "K1", true)
	session := &commandtest.New("").CommandSession
	if err := d.WithStore(t.Context(), session, func(s *store.Store) error {
		return s.Update(t.Context(), func(tx *store.Tx) error {
			tx.RecordAudit(store.AuditEntry{Visit: "AAAA", Flow: "log in", Step: "ask credentials", Outcome: "wrong"})
			tx.RecordAudit(store.AuditEntry{Visit: "BBBB", Flow: "log in", Step: "ask credentials", Outcome: "right", Customer: "K2"})
			tx.RecordAudit(store.AuditEntry{Visit: "BBBB", Flow: flow.VisitEndFlow, Step: "logged in", Outcome: "the visitor left", Customer: "K2"})
			return nil
		})
	}); err != nil {
		t.Fatal(err)
	}
	wrote, _ := commandtest.MustRun(t, "", &StatsCommand{Database: d, JSON: true})
	var got statistics
	if err := json.Unmarshal([]byte(wrote), &got); err != nil {
		t.Fatal(err)
	}
	if got.Customers != 2 || got.Accounts != 1 || got.InUse != 1 || got.Today != (visitCounts{2, 1}) || got.Messages[store.ByLetter].Waiting != 1 {
		t.Errorf("counted %+v", got)
	}
	wrote, _ = commandtest.MustRun(t, "", &StatsCommand{Database: d})
	for _, line := range []string{"accounts in use", "log-ins that ended today", "by letter, waiting", "activation numbers, issued", "customer"} {
		if !strings.Contains(wrote, line) {
			t.Errorf("says nothing of %q:\n%s", line, wrote)
		}
	}
}
