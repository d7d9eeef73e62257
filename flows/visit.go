package flows

import (
	"context"
	"crypto/rand"
	"time"

	"loket/store"
)

// A Visit is what one visitor does at a terminal, until they leave. It is
// never stored: what must survive it are facts in the store.
type Visit struct {
	*Desk
	ID string // names the visit in the audit log, and says nothing else

	customer store.CustomerID
	wait     time.Time // until when the throttle looks at no answer
}

// Visit begins one.
func (d *Desk) Visit() *Visit {
	return &Visit{Desk: d, ID: rand.Text()[:8]}
}

// LoggedIn tells whether the visitor has shown who they are.
func (v *Visit) LoggedIn() bool { return v.customer != "" }

// Idle is how long the visitor may do nothing before they are warned.
func (v *Visit) Idle() time.Duration {
	if v.LoggedIn() {
		return v.Settings.IdleAfter
	}
	return v.Settings.IdleBefore
}

// Leave forgets who the visitor is, and notes in the audit log that a customer
// who was logged in left, and why: the customer chose to, or stayed away.
func (v *Visit) Leave(ctx context.Context, why Leaving) error {
	if !v.LoggedIn() {
		return nil
	}
	customer := v.customer
	v.customer = ""
	return v.Store.Update(ctx, func(tx *store.Tx) error {
		tx.Record(store.AuditEntry{
			Terminal: v.Terminal, Visit: v.ID, Customer: customer,
			Flow: "visit", Step: "logged in", Outcome: string(why),
		})
		return nil
	})
}

// Leaving is why a visit of a customer who was logged in ended.
type Leaving string

const (
	LoggedOut    Leaving = "logged out"
	StayedIdle   Leaving = "idle for too long"
	TookTooLong  Leaving = "at its longest"
	Disconnected Leaving = "terminal gone"
)

// begin puts the visitor at the first step of f.
func (v *Visit) begin(f *Flow) *Flow {
	f.visit = v
	f.Steps[visitOver] = Step{
		Says:   say("Dit duurde te lang", "That took too long"),
		Tells:  say("Begin gerust opnieuw. Er is niets veranderd.", "Please start again. Nothing was changed."),
		Offers: []Place{Home},
	}
	f.guard()
	f.follow(Edge{To: f.Start})
	return f
}
