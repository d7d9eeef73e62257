package auditlog

import (
	"context"
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/note"

	"loket/store"
	"loket/store/checkpoint"
)

// Verification is what was found of the audit log.
type Verification struct {
	Newest    checkpoint.Checkpoint // the head of the log; the zero one while nothing was ever folded
	Forgotten int                   // entries about a customer who was forgotten
	Queued    int                   // entries that are not folded yet, which nothing vouches for
	Outside   int                   // checkpoints from outside that the log fits
	Fault     *Fault                // the first one; nil if the log is sound
}

// Fault is what is wrong with the audit log. The first bad entry is from First
// up to Last: one and the same if it is known which one, and both NoEntry if it
// is none of them.
type Fault struct {
	First, Last int64
	What        string
}

// NoEntry is the number of what is wrong with no entry.
const NoEntry = -1

func (f *Fault) Error() string {
	switch {
	case f.First == NoEntry:
		return f.What
	case f.First == f.Last:
		return fmt.Sprintf("entry %d %s", f.First, f.What)
	}
	return fmt.Sprintf("one of the entries %d to %d %s", f.First, f.Last, f.What)
}

func badEntry(number int64, format string, args ...any) error {
	return &Fault{number, number, fmt.Sprintf(format, args...)}
}

func badLog(format string, args ...any) error { return badEntry(NoEntry, format, args...) }

// Verify works out the audit log anew from its entries, and holds it against
// the hashes, the checkpoints and the head that are kept of it, and against
// checkpoints from outside (see OpenCheckpoint). Signatures must be those that
// verifier is for; usually that is s.Verifier(). A log that is not sound is no
// error. It looks at one snapshot, and takes as much memory whatever the size of
// the log, but for its checkpoints.
func Verify(ctx context.Context, s *store.Store, verifier string, outside []checkpoint.Checkpoint) (found Verification, err error) {
	by, err := note.NewVerifier(verifier)
	if err != nil {
		return found, fmt.Errorf("public key %q: %w", verifier, err)
	}
	err = s.View(ctx, func(tx *store.Tx) error {
		w := walk{tx: tx, by: by}
		err := w.verify(outside)
		found = w.found
		return err
	})
	if fault, is := errors.AsType[*Fault](err); is {
		found.Fault, err = fault, nil
	}
	return found, err
}
