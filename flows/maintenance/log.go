package maintenance

import (
	"context"
	"sync"
	"time"

	"loket/store"
	"loket/store/auditlog"
	"loket/store/lease"
)

const (
	// auditFoldDelay is the wait before queued entries are folded, so that a busy desk does not make a commit for each entry.
	auditFoldDelay        = 200 * time.Millisecond
	checkpointLogInterval = time.Minute     // checkpointLogInterval is the time between two checkpoints in the program's log.
	retryInterval         = time.Minute     // retryInterval is the wait before another attempt to fold entries into the audit log.
	shutdownTimeout       = 2 * time.Second // shutdownTimeout is the maximum time for the last work on the audit log before the process ends.
	// pollInterval is the time between two checks for entries that other processes have queued.
	pollInterval       = time.Second
	watchInterval      = 10 * time.Second // watchInterval is the time between two checks that the store can commit.
	sequencerLeaseTime = 10 * time.Second // sequencerLeaseTime is how long a process remains the only one that folds.
)

// maintainAuditLog folds queued entries into the audit log until ctx is done. It writes the newest checkpoint to the program's own
// log at the start, at most once a minute after that, and at the end. The program's log goes to the journal of the machine and
// may be collected elsewhere, where an attacker who changes the database cannot reach it. The function ReadLogCheckpoints reads these
// checkpoints back.
func (r *Runner) maintainAuditLog(ctx context.Context) {
	t := checkpointLogger{Runner: r, highest: highestCheckpoint{Runner: r}}
	s := auditSequencer{Runner: r}
	s.foldUnderLease(ctx)
	t.logNewestCheckpoint(ctx)
	var both sync.WaitGroup
	both.Go(func() { s.foldLoop(ctx) })
	both.Go(func() {
		for r.Clock.Wait(ctx, checkpointLogInterval) == nil {
			t.logNewestCheckpoint(ctx)
		}
	})
	both.Wait()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTimeout)
	defer cancel()
	r.foldQueuedAudit(ctx) // Fold without the lease too, so that the entries of this process do not have to wait.
	s.releaseFoldLease(ctx)
	t.logNewestCheckpoint(ctx)
}

// An auditSequencer folds queued entries into the audit log while this process holds the lease for folding.
type auditSequencer struct {
	*Runner
	leaseEnd time.Time // leaseEnd is when the lease of this process ends.
}

// foldLoop folds audit entries whenever this or another process has queued some. After a failure it tries again.
func (s *auditSequencer) foldLoop(ctx context.Context) {
	for s.awaitEntries(ctx) {
		for !s.foldUnderLease(ctx) {
			if s.Clock.Wait(ctx, retryInterval) != nil {
				return
			}
		}
	}
}

// awaitEntries waits until audit entries are queued, and then for auditFoldDelay. It returns false when ctx is done.
func (s *auditSequencer) awaitEntries(ctx context.Context) bool {
	look := time.NewTicker(pollInterval)
	defer look.Stop()
	for {
		select {
		case <-s.Store.AuditQueuedSignal():
		case <-look.C:
			if !s.hasQueued(ctx) {
				continue
			}
		case <-ctx.Done():
			return false
		}
		return s.Clock.Wait(ctx, auditFoldDelay) == nil
	}
}

// hasQueued reports whether audit entries are queued. It ignores read errors, because folding reports them.
func (s *auditSequencer) hasQueued(ctx context.Context) (waits bool) {
	err := s.Store.View(ctx, func(tx *store.Tx) error { waits = tx.HasQueuedAudit(); return nil })
	return waits && err == nil
}

// foldUnderLease folds all queued audit entries unless another process has the lease for folding. It returns false if there
// was an error.
func (s *auditSequencer) foldUnderLease(ctx context.Context) bool {
	if s.Clock.Now().Add(sequencerLeaseTime / 2).After(s.leaseEnd) {
		mine, until, err := s.acquireLease(ctx, lease.Audit, sequencerLeaseTime, sequencerLeaseTime)
		switch {
		case err != nil:
			return s.logFailure(ctx, err)
		case !mine:
			return true
		}
		s.leaseEnd = until
	}
	return s.foldQueuedAudit(ctx)
}

// releaseFoldLease gives up the lease for folding, so that another process can fold at once.
func (s *auditSequencer) releaseFoldLease(ctx context.Context) {
	if !s.leaseEnd.IsZero() {
		// If the update fails, the lease expires by itself.
		_ = s.Store.Update(ctx, func(tx *store.Tx) error { lease.Release(tx, lease.Audit, s.leaseOwner); return nil })
	}
}

// foldQueuedAudit folds all queued audit entries, and reports whether that succeeded.
func (r *Runner) foldQueuedAudit(ctx context.Context) bool {
	_, err := auditlog.FoldQueued(ctx, r.Store)
	return r.logFailure(ctx, err)
}

// logFailure logs an error of folding the audit log, and reports whether err is nil.
func (r *Runner) logFailure(ctx context.Context, err error) bool {
	if err != nil && ctx.Err() == nil {
		r.Log.Error("the audit log does not grow", "error", err, "again", retryInterval)
	}
	return err == nil
}

// A checkpointLogger writes each new checkpoint of the audit log to the program's log once.
type checkpointLogger struct {
	*Runner
	loggedNote string // loggedNote is the checkpoint that was logged last.
	highest    highestCheckpoint
}

func (t *checkpointLogger) logNewestCheckpoint(ctx context.Context) {
	newest, found, err := auditlog.NewestCheckpoint(ctx, t.Store)
	switch {
	case ctx.Err() != nil:
	case err != nil:
		t.Log.Error("the audit log has no checkpoint to tell of", "error", err)
	case found && newest.Note != t.loggedNote:
		t.Log.Info("audit log", "size", newest.Size, "root", newest.Root.String(), checkpointKey, newest.Note)
		t.loggedNote = newest.Note
	}
	if err == nil {
		t.highest.saveNewestCheckpoint(ctx, newest)
	}
}
