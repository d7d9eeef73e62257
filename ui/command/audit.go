package command

import (
	"context"
	"errors"
	"time"

	"loket/flows/dutch"
	"loket/store"
	"loket/store/auditlog"
)

// Audit is about the audit log.
type Audit struct {
	List   AuditList   `cmd:"" help:"Show what was done."`
	Verify AuditVerify `cmd:"" help:"Check that nothing in the log was changed, removed, put in or cut off."`
	Export AuditExport `cmd:"" help:"Write the log with all that it takes to verify it elsewhere."`
}

// withLog is with, when all that is queued was folded into the audit log. If the
// log was changed behind our back it is as it stands.
func (d Database) withLog(ctx context.Context, c *Console, fn func(*store.Store) error) error {
	return d.with(ctx, c, func(s *store.Store) error {
		_, err := auditlog.Fold(ctx, s)
		switch {
		case errors.Is(err, auditlog.ErrDamaged):
			c.say("%v", err)
		case err != nil:
			return err
		}
		return fn(s)
	})
}

// AuditList lists entries.
type AuditList struct {
	Database `embed:""`
	Customer store.CustomerID `placeholder:"ID" help:"Only those about this customer."`
	Since    dutch.Date       `placeholder:"DATE" help:"Only those since the beginning of a day, as in 2026-11-22."`
	Flow     string           `help:"Only those of one flow, as in 'log in'."`
	Limit    int              `default:"100" placeholder:"N" help:"The newest so many of them; 0 is all."`
	JSON     bool             `name:"json" help:"Give the list as JSON."`
}

// Validate refuses what cannot be meant.
func (a *AuditList) Validate() error {
	if a.Limit < 0 {
		return Usage("--limit cannot be less than 0")
	}
	return nil
}

// ListedEntry is an entry as a program gets it. Times are of Amsterdam.
type ListedEntry struct {
	Number    int64            `json:"number"`
	At        time.Time        `json:"at,omitzero"`
	Terminal  string           `json:"terminal,omitempty"`
	Operator  string           `json:"operator,omitempty"`
	Visit     string           `json:"visit,omitempty"`
	Flow      string           `json:"flow,omitempty"`
	Step      string           `json:"step,omitempty"`
	Outcome   string           `json:"outcome,omitempty"`
	Customer  store.CustomerID `json:"customer,omitempty"`
	Forgotten bool             `json:"forgotten,omitempty"` // it was about a customer who was erased
}

func listedEntry(e auditlog.Entry) ListedEntry {
	return ListedEntry{
		Number: e.Number, At: e.At.In(dutch.Amsterdam), Terminal: e.Terminal, Operator: e.Operator, Visit: e.Visit,
		Flow: e.Flow, Step: e.Step, Outcome: e.Outcome, Customer: e.Customer, Forgotten: e.Forgotten,
	}
}

func (l ListedEntry) row() row {
	customer := string(l.Customer)
	if l.Forgotten {
		customer = "forgotten"
	}
	return row{
		l.Number, l.At.Format(time.DateTime), l.Terminal, l.Operator, l.Visit, l.Flow, l.Step, l.Outcome, customer,
	}
}

func someEntries(n int64) string {
	if n == 1 {
		return "1 entry"
	}
	return count(n).String() + " entries"
}

// Run lists them, oldest first.
func (a *AuditList) Run(ctx context.Context, c *Console) error {
	var newest []ListedEntry
	err := a.withLog(ctx, c, func(s *store.Store) (err error) {
		newest, err = a.find(ctx, s)
		return err
	})
	if err != nil {
		return err
	}
	if a.JSON {
		return c.json(newest)
	}
	var rows []row
	for _, l := range newest {
		rows = append(rows, l.row())
	}
	if len(rows) > 0 {
		c.table([]string{"NUMBER", "TIME", "TERMINAL", "OPERATOR", "VISIT", "FLOW", "STEP", "OUTCOME", "CUSTOMER"}, rows)
	}
	c.say("%s", someEntries(int64(len(rows))))
	return nil
}

// find lists those that were asked for.
func (a *AuditList) find(ctx context.Context, s *store.Store) (newest []ListedEntry, err error) {
	err = s.View(ctx, func(tx *store.Tx) error {
		newest = []ListedEntry{}
		for e := range auditlog.Entries(tx) {
			if !a.asked(e.AuditEntry) {
				continue
			}
			newest = append(newest, listedEntry(e))
			if a.Limit > 0 && len(newest) == 2*a.Limit { // not for each, which would move all of them
				newest = append(newest[:0], newest[a.Limit:]...)
			}
		}
		return nil
	})
	if a.Limit > 0 {
		newest = newest[max(len(newest)-a.Limit, 0):]
	}
	return newest, err
}

func (a *AuditList) asked(e store.AuditEntry) bool {
	return (a.Customer == "" || a.Customer == e.Customer) && (a.Flow == "" || a.Flow == e.Flow) &&
		(a.Since.IsZero() || !dutch.DateOf(e.At).Before(a.Since))
}
