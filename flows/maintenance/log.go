package maintenance

import (
	"context"
	"sync"
	"time"

	"loket/store"
	"loket/store/auditlog"
)

const (
	foldDelay             = 200 * time.Millisecond // so that a busy desk does not make a commit an entry
	checkpointLogInterval = time.Minute            // between two checkpoints that are told of
	retryInterval         = time.Minute            // after a fold that did not succeed
	shutdownTimeout       = 2 * time.Second        // for the last fold and the last checkpoint
	pollInterval          = time.Second            // between two looks at what other processes recorded
	watching              = 10 * time.Second       // between two looks at the store itself
	sequencerLease        = 10 * time.Second       // for which a process that folds is the one that does
)

// maintainLog folds what is recorded into the audit log until ctx is done, and tells
// the program's log of the newest checkpoint: when it begins, at most once a
// minute from then on, and when it ends. That log goes to the journal of the
// machine, and with it to wherever journals are gathered. So a copy stands where
// nobody who changes the database can reach it. Checkpoints finds them there.
func (r *Runner) maintainLog(ctx context.Context) {
	t := checkpointLogger{Runner: r, highest: highest{Runner: r}}
	s := sequencer{Runner: r}
	s.fold(ctx)
	t.logNewest(ctx)
	var both sync.WaitGroup
	both.Go(func() { s.foldAsEntriesCome(ctx) })
	both.Go(func() {
		for r.Clock.Wait(ctx, checkpointLogInterval) == nil {
			t.logNewest(ctx)
		}
	})
	both.Wait()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTimeout)
	defer cancel()
	r.foldAll(ctx) // whoever has the lease: so nothing of this process waits for anybody
	s.release(ctx)
	t.logNewest(ctx)
}

// A sequencer folds, as long as it is the one of all processes that does.
type sequencer struct {
	*Runner
	until time.Time // up to which it is
}

// foldAsEntriesCome folds when something was recorded, here or by another process, and
// again after a failure.
func (s *sequencer) foldAsEntriesCome(ctx context.Context) {
	for s.awaitEntries(ctx) {
		for !s.fold(ctx) {
			if s.Clock.Wait(ctx, retryInterval) != nil {
				return
			}
		}
	}
}

// awaitEntries waits until there is something to fold, and then a little for more.
func (s *sequencer) awaitEntries(ctx context.Context) bool {
	look := time.NewTicker(pollInterval)
	defer look.Stop()
	for {
		select {
		case <-s.Store.AuditQueued():
		case <-look.C:
			if !s.queued(ctx) {
				continue
			}
		case <-ctx.Done():
			return false
		}
		return s.Clock.Wait(ctx, foldDelay) == nil
	}
}

// queued reports whether something waits. A failure of reading is told of when there is
// something to fold.
func (s *sequencer) queued(ctx context.Context) (waits bool) {
	err := s.Store.View(ctx, func(tx *store.Tx) error { waits = tx.HasQueuedAudit(); return nil })
	return waits && err == nil
}

// fold folds everything that is queued if nobody else does, and reports whether
// nothing went wrong.
func (s *sequencer) fold(ctx context.Context) bool {
	if s.Clock.Now().Add(sequencerLease / 2).After(s.until) {
		mine, until, err := s.acquire(ctx, store.AuditLease, sequencerLease, sequencerLease)
		switch {
		case err != nil:
			return s.logFailure(ctx, err)
		case !mine:
			return true
		}
		s.until = until
	}
	return s.foldAll(ctx)
}

// release has another process fold from now on.
func (s *sequencer) release(ctx context.Context) {
	if !s.until.IsZero() {
		// Else it does once the time is up.
		_ = s.Store.Update(ctx, func(tx *store.Tx) error { tx.ReleaseLease(store.AuditLease, s.name); return nil })
	}
}

// foldAll folds everything that is queued, and reports whether that succeeded.
func (r *Runner) foldAll(ctx context.Context) bool {
	_, err := auditlog.Fold(ctx, r.Store)
	return r.logFailure(ctx, err)
}

// logFailure logs a failure of the audit log, and reports whether err is nil.
func (r *Runner) logFailure(ctx context.Context, err error) bool {
	if err != nil && ctx.Err() == nil {
		r.Log.Error("the audit log does not grow", "error", err, "again", retryInterval)
	}
	return err == nil
}

// A checkpointLogger tells the log of each checkpoint once.
type checkpointLogger struct {
	*Runner
	logged  string // the checkpoint that was told of last
	highest highest
}

func (t *checkpointLogger) logNewest(ctx context.Context) {
	newest, found, err := auditlog.Checkpoint(ctx, t.Store)
	switch {
	case ctx.Err() != nil:
	case err != nil:
		t.Log.Error("the audit log has no checkpoint to tell of", "error", err)
	case found && newest.Note != t.logged:
		t.Log.Info("audit log", "size", newest.Size, "root", newest.Root.String(), checkpointKey, newest.Note)
		t.logged = newest.Note
	}
	if err == nil {
		t.highest.keep(ctx, newest)
	}
}
