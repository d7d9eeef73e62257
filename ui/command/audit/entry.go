package audit

import (
	"context"
	"errors"
	"time"

	"loket/flows/dutch"
	"loket/store"
	"loket/store/auditlog"
	"loket/ui/command/console"
	"loket/ui/command/database"
)

// withFlushedLog calls fn on the store of the database d, after adding all queued entries to the audit log. If the log is
// damaged, it tells the operator and calls fn without adding the entries.
func withFlushedLog(ctx context.Context, c *database.CommandSession, d database.Database, fn func(*store.Store) error) error {
	return d.WithStore(ctx, c, func(s *store.Store) error {
		_, err := auditlog.FoldQueued(ctx, s)
		switch {
		case errors.Is(err, auditlog.ErrDamaged):
			c.PrintNotice("%v", err)
		case err != nil:
			return err
		}
		return fn(s)
	})
}

// Entry is an entry of the audit log as JSON. Times are in the zone of Amsterdam.
type Entry struct {
	Number   int64            `json:"number"`
	At       time.Time        `json:"at,omitzero"`
	Terminal string           `json:"terminal,omitempty"`
	Operator string           `json:"operator,omitempty"`
	Visit    string           `json:"visit,omitempty"`
	Flow     string           `json:"flow,omitempty"`
	Step     string           `json:"step,omitempty"`
	Outcome  string           `json:"outcome,omitempty"`
	Customer store.CustomerID `json:"customer,omitempty"`
	Note     string           `json:"note,omitempty"`      // Note is what the operator wrote about the customer.
	Erased   bool             `json:"forgotten,omitempty"` // Erased is true if the entry was about a customer who was erased.
}

func listedEntry(e auditlog.Entry) Entry {
	return Entry{
		Number: e.Number, At: e.At.In(dutch.AmsterdamZone), Terminal: e.Terminal, Operator: e.Operator, Visit: e.Visit,
		Flow: e.Flow, Step: e.Step, Outcome: e.Outcome, Customer: e.Customer, Note: e.Note, Erased: e.Erased,
	}
}

func (l Entry) tableRow() console.Row {
	customer := string(l.Customer)
	if l.Erased {
		customer = "forgotten"
	}
	return console.Row{
		l.Number, console.FormatToSecond(l.At), l.Terminal, l.Operator, l.Visit, l.Flow, l.Step, l.Outcome, customer, l.Note,
	}
}

func entryCountText(n int64) string {
	if n == 1 {
		return "1 entry"
	}
	return console.Count(n).String() + " entries"
}
