package maintenance

import (
	"context"
	"crypto/rand"
	"log/slog"
	"time"

	"loket/flows/desk"
	"loket/store"
	"loket/store/lease"
)

// Settings says how long records of each kind are kept; 0 means forever. The tags hold the default of each setting and its
// help on the command line.
type Settings struct {
	UsedNumbers       time.Duration `default:"1y" help:"How long activation numbers are kept after they were used or revoked, or expired; 0 is for ever, as with the others."`
	ClosedProducts    time.Duration `default:"1y" help:"How long customers see products after those have ended."`
	EndedApplications time.Duration `default:"1y" help:"How long applications are kept, with their activation numbers, after the bank withdrew them."`
	EndedCustomers    time.Duration `default:"5y" help:"How long customers are kept after the bank removed them or they died, and after their last product ended. The Dutch law against money laundering (Wwft, article 33) asks for five years and no more."`
	SentMessages      time.Duration `default:"30d" help:"How long it is kept that a message was sent. What it told is gone as soon as it is."`
	WrongAnswers      time.Duration `default:"30d" help:"How long wrong answers are kept after the last of them. Those that put a password off stay."`
	Challenges        time.Duration `default:"24h" help:"How long it is kept, after it expired, what phones were asked and answered."`
	Audit             time.Duration `default:"7y" help:"How long entries of the audit log are kept. Not less than 30 days."`
}

// ShortestAuditRetention is the lowest allowed setting for how long entries of the audit log are kept.
const ShortestAuditRetention = 30 * 24 * time.Hour

// ShortestSetting returns the shortest of the retention times in s.
func (s Settings) ShortestSetting() time.Duration {
	return min(s.UsedNumbers, s.ClosedProducts, s.EndedApplications, s.EndedCustomers, s.SentMessages, s.WrongAnswers, s.Challenges, s.Audit)
}

// A Runner does the background work of a store.
type Runner struct {
	*desk.Desk
	Log      *slog.Logger // Log receives the counts of removed records, and failures.
	Settings Settings
	// MigrationCopies are the paths of copies of the store made before a migration. The files may not exist.
	MigrationCopies []string

	// StateDir is the folder for permanent state. If it is empty, the highest checkpoint of the audit log is not stored.
	StateDir     string
	TellOperator func(sentence string) // TellOperator shows the operator an urgent message. It may be nil.
	Observer     Observer              // Observer is notified about the age of the audit log. It may be nil.

	leaseOwner string // leaseOwner identifies this process as the holder of leases in the store.
}

// New returns a runner for the store of a desk.
func New(desk *desk.Desk, settings Settings, log *slog.Logger) *Runner {
	return &Runner{Desk: desk, Log: log, Settings: settings, leaseOwner: rand.Text()[:10]}
}

// acquireLease acquires a lease for the given time, unless another process holds it. A lease of another process that ends more
// than longest from now is ignored.
func (r *Runner) acquireLease(ctx context.Context, job lease.Job, lasts, longest time.Duration) (mine bool, until time.Time, err error) {
	err = r.Store.Update(ctx, func(tx *store.Tx) error {
		mine, until = lease.Acquire(tx, job, r.leaseOwner, lasts, longest)
		return nil
	})
	return mine, until, err
}

// recordAuditOutcome records in the audit log the outcome of a step.
func (r *Runner) recordAuditOutcome(ctx context.Context, step, outcome string) error {
	return r.Store.Update(ctx, func(tx *store.Tx) error {
		recordUpkeep(tx, step, outcome)
		return nil
	})
}

// recordUpkeep records in the audit log the outcome of a step in the transaction of that step.
func recordUpkeep(tx *store.Tx, step, outcome string) {
	tx.RecordAudit(store.AuditEntry{Terminal: "upkeep", Flow: "upkeep", Step: step, Outcome: outcome})
}
