package auditlog

import (
	"context"
	"fmt"

	"golang.org/x/mod/sumdb/note"

	"loket/store"
	"loket/store/checkpoint"
	"loket/store/sealedkv"
)

// HeadRecord is the stored head of the audit log.
type HeadRecord struct {
	Edge checkpoint.Edge `cbor:"1,keyasint"`
	// Newest is the newest signed checkpoint. Only it says which entries are still stored.
	Newest string `cbor:"2,keyasint"`
}

const headKey = store.AuditHeadTable + "/newest"

// A verifiedHead is the head of the audit log after its checkpoint has been verified.
type verifiedHead struct {
	edge   checkpoint.Edge
	newest checkpoint.Checkpoint
	found  bool // found is false if nothing was ever folded. Then newest is not signed.
}

// loadHead loads the head of the audit log. The error is ErrDamaged if its tree does not match its checkpoint. Without this
// check, new entries would be added to one tree and signed with another.
func loadHead(tx *store.Tx) (head verifiedHead, err error) {
	sealed, found := tx.SealedTx().KV.Get(headKey)
	if !found {
		return head, nil
	}
	record, err := sealedkv.Decode[HeadRecord](tx.SealedTx().Keys, headKey, sealed)
	if err != nil {
		return head, newDamageError("its head cannot be read: %v", err)
	}
	verifier, err := note.NewVerifier(tx.SealedTx().Keys.Verifier())
	if err != nil {
		return head, err
	}
	return record.verifyHead(verifier)
}

// verifyHead checks that the tree in r matches its signed checkpoint.
func (r HeadRecord) verifyHead(by note.Verifier) (head verifiedHead, err error) {
	head = verifiedHead{edge: r.Edge, found: true}
	if head.newest, err = checkpoint.VerifyNoteWith(r.Newest, by); err != nil {
		return head, newDamageError("its newest checkpoint: %v", err)
	}
	if err := head.edge.CheckSize(); err != nil {
		return head, newDamageError("its head has %v", err)
	}
	root, err := head.edge.TreeRoot()
	if err != nil {
		return head, err
	}
	if head.edge.Size != head.newest.Size || root != head.newest.Root {
		return head, newDamageError("its head has another tree of %d entries than its newest checkpoint, of %d", head.edge.Size, head.newest.Size)
	}
	return head, nil
}

// signAndPutHead signs the new state of the log and stores it. Signing takes some tens of microseconds and never blocks. So it can be
// done in the transaction, and there is never a tree without a checkpoint.
func signAndPutHead(tx *store.Tx, grown checkpoint.Edge, kept int64) (checkpoint.Checkpoint, error) {
	root, err := grown.TreeRoot()
	if err != nil {
		return checkpoint.Checkpoint{}, err
	}
	signer, err := tx.SealedTx().Keys.Signer()
	if err != nil {
		return checkpoint.Checkpoint{}, fmt.Errorf("sign the audit log: %w", err)
	}
	newest, err := checkpoint.Checkpoint{Size: grown.Size, Root: root, FirstKept: kept}.Sign(signer)
	if err != nil {
		return newest, fmt.Errorf("sign the audit log: %w", err)
	}
	sealedkv.Put(tx.SealedTx(), headKey, HeadRecord{grown, newest.Note})
	return newest, nil
}

// NewestCheckpoint returns the newest checkpoint of the audit log. If no entries have been folded yet, found is false.
func NewestCheckpoint(ctx context.Context, s *store.Store) (newest checkpoint.Checkpoint, found bool, err error) {
	err = s.View(ctx, func(tx *store.Tx) error {
		head, err := loadHead(tx)
		newest, found = head.newest, head.found
		return err
	})
	return newest, found, err
}
