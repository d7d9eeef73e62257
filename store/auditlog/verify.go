package auditlog

import (
	"context"
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/note"

	"loket/store"
	"loket/store/checkpoint"
)

// Verify recomputes the hashes of the audit log from its entries, and compares them with the stored hashes, checkpoints and
// head, and with checkpoints from outside (see checkpoint.VerifyNote). Signatures are verified with verifier, which is usually
// s.Verifier(). A fault in the log is part of the result and not an error. Verify reads one snapshot. The memory that it needs
// does not grow with the log, except for the checkpoints.
func Verify(ctx context.Context, s *store.Store, verifier string, outside []checkpoint.Checkpoint) (found Verification, err error) {
	by, err := note.NewVerifier(verifier)
	if err != nil {
		return found, fmt.Errorf("public key %q: %w", verifier, err)
	}
	err = s.View(ctx, func(tx *store.Tx) error {
		w := logVerification{tx: tx, verifier: by}
		err := w.verifyLog(outside)
		found = w.result
		return err
	})
	if fault, is := errors.AsType[*LogFault](err); is {
		found.Fault, err = fault, nil
	}
	return found, err
}
