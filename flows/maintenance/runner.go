package maintenance

import (
	"context"
	"crypto/rand"
	"log/slog"
	"time"

	"loket/flows/desk"
	"loket/store"
)

// Settings are for how long records are kept. Each is declared once: the tags give
// its default, and what a command line says about it. Zero is for ever.
type Settings struct {
	UsedNumbers    time.Duration `default:"8784h" help:"How long activation numbers are kept after they were used or revoked, or expired; 0 is for ever, as with the others."`
	ClosedProducts time.Duration `default:"8784h" help:"How long customers see products after those have ended."`
	SentMessages   time.Duration `default:"720h" help:"How long it is kept that a message was sent. What it told is gone as soon as it is."`
	WrongAnswers   time.Duration `default:"720h" help:"How long wrong answers are kept after the last of them. Those that put a password off stay."`
	Challenges     time.Duration `default:"24h" help:"How long it is kept, after it expired, what phones were asked and answered."`
	Audit          time.Duration `default:"61368h" help:"How long entries of the audit log are kept; seven years, with their leap days. Not less than 30 days."`
}

// ShortestAudit is the least time for which entries of the audit log are kept.
const ShortestAudit = 30 * 24 * time.Hour

// Shortest is the shortest of these times.
func (s Settings) Shortest() time.Duration {
	return min(s.UsedNumbers, s.ClosedProducts, s.SentMessages, s.WrongAnswers, s.Challenges, s.Audit)
}

// A Runner looks after a store.
type Runner struct {
	*desk.Desk
	Log      *slog.Logger // told of counts and failures
	Settings Settings
	Copies   []string // files that have the store as it was before a migration, if they are there

	State    string                // folder for what must stay; without it no checkpoint is kept
	Tell     func(sentence string) // tells the operator what they must know at once; may be nil
	Observer Observer              // may be nil

	name string // by which the store knows who has which lease
}

// New returns a runner for the store of a desk.
func New(desk *desk.Desk, settings Settings, log *slog.Logger) *Runner {
	return &Runner{Desk: desk, Log: log, Settings: settings, name: rand.Text()[:10]}
}

// acquire acquires a lease for a while, unless another process has it, for no more than
// the longest.
func (r *Runner) acquire(ctx context.Context, l store.Lease, lasts, longest time.Duration) (mine bool, until time.Time, err error) {
	err = r.Store.Update(ctx, func(tx *store.Tx) error {
		mine, until = tx.AcquireLease(l, r.name, lasts, longest)
		return nil
	})
	return mine, until, err
}

// recordOutcome has the audit log say what came of a step.
func (r *Runner) recordOutcome(ctx context.Context, step, outcome string) error {
	return r.Store.Update(ctx, func(tx *store.Tx) error {
		tx.RecordAudit(store.AuditEntry{Terminal: "upkeep", Flow: "upkeep", Step: step, Outcome: outcome})
		return nil
	})
}
