// Package maintenance does what a process that has the store open has to do beside its
// visitors: it folds what happens into the audit log, and once a day it removes
// what has been kept for long enough.
//
// Start at Keeper. Then read retention.go, which says what is removed when,
// believe.go, which says when nothing is, or log.go, which has copies of the log's
// checkpoints stand outside the store.
package maintenance

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"sync"
	"time"

	"loket/flows/clock"
	"loket/flows/desk"
	"loket/store"
)

// Settings are for how long records are kept. Each is declared once: the tags give
// its default, and what a command line says about it. Zero is for ever.
type Settings struct {
	UsedNumbers  time.Duration `default:"8784h" help:"How long activation numbers are kept after they were used or revoked, or expired; 0 is for ever, as with the others."`
	SentMessages time.Duration `default:"720h" help:"How long it is kept that a message was sent. What it told is gone as soon as it is."`
	WrongAnswers time.Duration `default:"720h" help:"How long wrong answers are kept after the last of them. Those that put a password off stay."`
	Challenges   time.Duration `default:"24h" help:"How long it is kept, after it expired, what phones were asked and answered."`
	Audit        time.Duration `default:"61368h" help:"How long entries of the audit log are kept; seven years, with their leap days. Not less than 30 days."`
}

// ShortestAudit is the least time for which entries of the audit log are kept.
const ShortestAudit = 30 * 24 * time.Hour

// Shortest is the shortest of these times.
func (s Settings) Shortest() time.Duration {
	return min(s.UsedNumbers, s.SentMessages, s.WrongAnswers, s.Challenges, s.Audit)
}

// A Keeper looks after a store.
type Keeper struct {
	Store    *store.Store
	Clock    *clock.Clock
	Log      *slog.Logger // told of counts and trouble
	Settings Settings

	off  int    // wrong passwords in a row that put one off
	name string // by which the store knows who has which lease
}

// New gives a keeper for the store of a desk.
func New(desk *desk.Desk, settings Settings, log *slog.Logger) *Keeper {
	return &Keeper{Store: desk.Store, Clock: desk.Clock, Log: log, Settings: settings, off: desk.Settings.TriesUntilOff, name: rand.Text()[:10]}
}

// Run looks after the store until ctx is done. Of several processes one folds, and
// one tidies up; another takes that over when it is gone. It does no harm if two do
// so for a while: each transaction looks again at what it changes.
func (k *Keeper) Run(ctx context.Context) {
	var all sync.WaitGroup
	all.Go(func() { k.keepLog(ctx) })
	all.Go(func() { k.keepTidy(ctx) })
	all.Wait()
}

const (
	soon  = time.Minute // after the start, when whoever waits for a desk has it
	daily = 24 * time.Hour
	again = time.Hour // after trouble
)

// keepTidy has what was kept for long enough removed, once a day by one of all
// processes.
func (k *Keeper) keepTidy(ctx context.Context) {
	for wait := soon; k.Clock.Wait(ctx, wait) == nil; {
		switch until, err := k.tidyOnce(ctx); {
		case ctx.Err() != nil:
			return
		case errors.Is(err, errNew):
			wait = again
			k.Log.Info("retention waits", "because", err, "again", wait)
		case err != nil:
			wait = again
			k.Log.Error("retention did not succeed", "error", err, "again", wait)
		default:
			wait = max(until.Sub(k.Clock.Now()), time.Second)
		}
	}
}

// tidyOnce tidies up, unless somebody has done that in the last day or does it now,
// and tells when to look again.
func (k *Keeper) tidyOnce(ctx context.Context) (until time.Time, err error) {
	mine, until, err := k.acquire(ctx, store.Tidying, again)
	if err != nil || !mine {
		return until, err
	}
	forgotten, err := k.Forget(ctx)
	if err != nil {
		return until, err
	}
	k.Log.Info("retention done", "removed", forgotten)
	_, until, err = k.acquire(ctx, store.Tidying, daily)
	return until, err
}

// acquire acquires a lease for a while, unless another process has it.
func (k *Keeper) acquire(ctx context.Context, l store.Lease, lasts time.Duration) (mine bool, until time.Time, err error) {
	err = k.Store.Update(ctx, func(tx *store.Tx) error {
		mine, until = tx.Acquire(l, k.name, lasts)
		return nil
	})
	return mine, until, err
}
