package auditlog

import (
	"context"
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/note"

	"loket/store"
	"loket/store/checkpoint"
)

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
		w := verification{tx: tx, by: by}
		err := w.verify(outside)
		found = w.found
		return err
	})
	if fault, is := errors.AsType[*Fault](err); is {
		found.Fault, err = fault, nil
	}
	return found, err
}
