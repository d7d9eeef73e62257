package upkeep

import (
	"context"
	"sync"
	"time"
)

const (
	gathering = 200 * time.Millisecond // so that a busy desk does not make a commit an entry
	telling   = time.Minute            // between two checkpoints that are told of
	troubled  = time.Minute            // after a fold that did not succeed
	leaving   = 2 * time.Second        // for the last fold and the last checkpoint
)

// keepLog folds what is recorded into the audit log until ctx is done, and tells
// the program's log of the newest checkpoint: when it begins, at most once a
// minute from then on, and when it ends. That log goes to the journal of the
// machine, and with it to wherever journals are gathered. So a copy stands where
// nobody who changes the database can reach it. Checkpoints finds them there.
func (k *Keeper) keepLog(ctx context.Context) {
	t := teller{Keeper: k}
	k.foldAll(ctx)
	t.tell(ctx)
	var both sync.WaitGroup
	both.Go(func() { k.foldAsRecorded(ctx) })
	both.Go(func() {
		for k.Clock.Wait(ctx, telling) == nil {
			t.tell(ctx)
		}
	})
	both.Wait()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), leaving)
	defer cancel()
	k.foldAll(ctx)
	t.tell(ctx)
}

// foldAsRecorded folds when something was recorded, and again after trouble.
func (k *Keeper) foldAsRecorded(ctx context.Context) {
	for k.recorded(ctx) {
		for !k.foldAll(ctx) {
			if k.Clock.Wait(ctx, troubled) != nil {
				return
			}
		}
	}
}

// recorded waits until there is something to fold, and then a little for more.
func (k *Keeper) recorded(ctx context.Context) bool {
	select {
	case <-k.Store.Recorded():
		return k.Clock.Wait(ctx, gathering) == nil
	case <-ctx.Done():
		return false
	}
}

// foldAll folds everything that is queued, and tells whether that succeeded.
func (k *Keeper) foldAll(ctx context.Context) bool {
	_, err := k.Store.Fold(ctx)
	if err != nil && ctx.Err() == nil {
		k.Log.Error("the audit log does not grow", "error", err, "again", troubled)
	}
	return err == nil
}

// A teller tells of each checkpoint once.
type teller struct {
	*Keeper
	told string // the checkpoint that was told of last
}

func (t *teller) tell(ctx context.Context) {
	newest, found, err := t.Store.Checkpoint(ctx)
	switch {
	case ctx.Err() != nil:
	case err != nil:
		t.Log.Error("the audit log has no checkpoint to tell of", "error", err)
	case found && newest.Note != t.told:
		t.Log.Info("audit log", "size", newest.Size, "root", newest.Root.String(), checkpointKey, newest.Note)
		t.told = newest.Note
	}
}
