package audit

import (
	"context"

	"loket/flows/dutch"
	"loket/store"
	"loket/store/auditlog"
	"loket/ui/command/console"
	"loket/ui/command/database"
)

// ListCommand is the command that lists entries of the audit log.
type ListCommand struct {
	database.Database `embed:""`
	Customer          store.CustomerID `placeholder:"ID" help:"Only those about this customer."`
	Since             dutch.Date       `placeholder:"DATE" help:"Only those since the beginning of a day, as in 2026-11-22."`
	Flow              string           `help:"Only those of one flow, as in 'log in'."`
	Limit             int              `default:"100" placeholder:"N" help:"The newest so many of them; 0 is all."`
	JSON              bool             `name:"json" help:"Give the list as JSON."`
}

// Validate returns an error if the limit is negative.
func (a *ListCommand) Validate() error {
	if a.Limit < 0 {
		return console.UsageError("--limit cannot be less than 0")
	}
	return nil
}

// Run lists the entries, oldest first.
func (a *ListCommand) Run(ctx context.Context, c *database.CommandSession) error {
	var newest []Entry
	err := withFlushedLog(ctx, c, a.Database, func(s *store.Store) (err error) {
		newest, err = a.findEntries(ctx, s)
		return err
	})
	if err != nil {
		return err
	}
	if a.JSON {
		return c.PrintJSON(newest)
	}
	var rows []console.Row
	for _, l := range newest {
		rows = append(rows, l.tableRow())
	}
	if len(rows) > 0 {
		c.PrintTable([]string{"NUMBER", "TIME", "TERMINAL", "OPERATOR", "VISIT", "FLOW", "STEP", "OUTCOME", "CUSTOMER", "NOTE"}, rows)
	}
	c.PrintNotice("%s", entryCountText(int64(len(rows))))
	return nil
}

// findEntries returns the newest entries that match the flags.
func (a *ListCommand) findEntries(ctx context.Context, s *store.Store) (newest []Entry, err error) {
	err = s.View(ctx, func(tx *store.Tx) error {
		newest = []Entry{}
		for e := range auditlog.LoggedEntries(tx) {
			if !a.matches(e.AuditEntry) {
				continue
			}
			newest = append(newest, listedEntry(e))
			// Older entries are removed only now and then, because removing moves all that remain.
			if a.Limit > 0 && len(newest) == 2*a.Limit {
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

func (a *ListCommand) matches(e store.AuditEntry) bool {
	return (a.Customer == "" || a.Customer == e.Customer) && (a.Flow == "" || a.Flow == e.Flow) &&
		(a.Since.IsZero() || !dutch.DateOf(e.At).Before(a.Since))
}
