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
	Edge   checkpoint.Edge `cbor:"1,keyasint"`
	Newest string          `cbor:"2,keyasint"` // the newest checkpoint, signed; only it says which entries are stored
}

const headKey = store.HeadTable + "/newest"

// A checkedHead is the head of the audit log, verified by its checkpoint.
type checkedHead struct {
	edge   checkpoint.Edge
	newest checkpoint.Checkpoint
	found  bool // false if nothing was ever folded: then newest is not signed
}

// loadHead loads the head. The error is ErrDamaged if edge and checkpoint do not match:
// otherwise entries would be added to the one and signed with the other.
func loadHead(tx *store.Tx) (head checkedHead, err error) {
	sealed, found := tx.SealedTx().KV.Get(headKey)
	if !found {
		return head, nil
	}
	record, err := sealedkv.Decode[HeadRecord](tx.SealedTx().Keys, headKey, sealed)
	if err != nil {
		return head, damageError("its head cannot be read: %v", err)
	}
	verifier, err := note.NewVerifier(tx.SealedTx().Keys.Verifier())
	if err != nil {
		return head, err
	}
	return record.verify(verifier)
}

// verify checks the record against its signature.
func (r HeadRecord) verify(by note.Verifier) (head checkedHead, err error) {
	head = checkedHead{edge: r.Edge, found: true}
	if head.newest, err = checkpoint.OpenWith(r.Newest, by); err != nil {
		return head, damageError("its newest checkpoint: %v", err)
	}
	if err := head.edge.Check(); err != nil {
		return head, damageError("its head has %v", err)
	}
	root, err := head.edge.Root()
	if err != nil {
		return head, err
	}
	if head.edge.Size != head.newest.Size || root != head.newest.Root {
		return head, damageError("its head has another tree of %d entries than its newest checkpoint, of %d", head.edge.Size, head.newest.Size)
	}
	return head, nil
}

// putHead signs the new state of the log, and stores it. Signing takes some tens of
// microseconds and waits for nothing, so it may be done in a transaction. So there is
// never a tree without a checkpoint.
func putHead(tx *store.Tx, grown checkpoint.Edge, kept int64) (checkpoint.Checkpoint, error) {
	root, err := grown.Root()
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

// Checkpoint returns the newest checkpoint of the audit log, once entries were folded.
func Checkpoint(ctx context.Context, s *store.Store) (newest checkpoint.Checkpoint, found bool, err error) {
	err = s.View(ctx, func(tx *store.Tx) error {
		head, err := loadHead(tx)
		newest, found = head.newest, head.found
		return err
	})
	return newest, found, err
}
