package store

import (
	"context"
	"fmt"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"loket/store/checkpoint"
	"loket/store/sealedkv"
)

// headRecord is what the audit log comes to.
type headRecord struct {
	Edge   checkpoint.Edge `cbor:"1,keyasint"`
	Newest string          `cbor:"2,keyasint"` // checkpoint, signed; nothing else says which entries are kept
}

const headKey = logHeads + "/newest"

// A logHead is the head of the audit log, checked.
type logHead struct {
	edge   checkpoint.Edge
	newest checkpoint.Checkpoint
	found  bool // false while nothing was ever folded: then newest is not signed
}

// logHead finds the head. It is ErrLogDamaged if edge and checkpoint do not
// belong together: otherwise what is added to the one would be signed in the other.
func (tx *Tx) logHead() (head logHead, err error) {
	sealed, found := tx.sealed.KV.Get(headKey)
	if !found {
		return head, nil
	}
	record, err := sealedkv.Decode[headRecord](tx.sealed.Keys, headKey, sealed)
	if err != nil {
		return head, damagedLog("its head cannot be read: %v", err)
	}
	verifier, err := note.NewVerifier(tx.sealed.Keys.Verifier())
	if err != nil {
		return head, err
	}
	return record.open(verifier)
}

// open checks the record against the signature on it.
func (r headRecord) open(by note.Verifier) (head logHead, err error) {
	head = logHead{edge: r.Edge, found: true}
	if head.newest, err = checkpoint.OpenBy(r.Newest, by); err != nil {
		return head, damagedLog("its newest checkpoint: %v", err)
	}
	if err := head.edge.Check(); err != nil {
		return head, damagedLog("its head has %v", err)
	}
	root, err := head.edge.Root()
	if err != nil {
		return head, err
	}
	if head.edge.Size != head.newest.Size || root != head.newest.Root {
		return head, damagedLog("its head has another tree of %d entries than its newest checkpoint, of %d", head.edge.Size, head.newest.Size)
	}
	return head, nil
}

// putLogHead signs what the log is now, and keeps it. Signing takes some tens of
// microseconds and waits for nothing, so that it may be done in a transaction:
// then there never is a tree that no checkpoint is of.
func (tx *Tx) putLogHead(grown checkpoint.Edge, kept int64) (checkpoint.Checkpoint, error) {
	root, err := grown.Root()
	if err != nil {
		return checkpoint.Checkpoint{}, err
	}
	signer, err := tx.sealed.Keys.Signer()
	if err != nil {
		return checkpoint.Checkpoint{}, fmt.Errorf("sign the audit log: %w", err)
	}
	newest, err := checkpoint.Checkpoint{Size: grown.Size, Root: root, Kept: kept}.Sign(signer)
	if err != nil {
		return newest, fmt.Errorf("sign the audit log: %w", err)
	}
	sealedkv.Put(tx.sealed, headKey, headRecord{grown, newest.Note})
	return newest, nil
}

// tileSize is how many hashes of entries are kept in one record.
const tileSize = 256

// tile is the hashes of entries, in their order. Only the last one is not full.
type tile []tlog.Hash

func tileKey(number int64) string { return numberedKey(logTiles, number/tileSize) }

// tileOf finds the tile that the hash of an entry is in or comes into.
func (tx *Tx) tileOf(number int64) (tile, error) {
	key := tileKey(number)
	sealed, found := tx.sealed.KV.Get(key)
	if !found {
		return nil, nil
	}
	t, err := sealedkv.Decode[tile](tx.sealed.Keys, key, sealed)
	if err != nil {
		return nil, damagedLog("the hashes of the entries from %d on cannot be read: %v", number-number%tileSize, err)
	}
	return t, nil
}

// loggedHash is the hash that is kept of an entry.
func (tx *Tx) loggedHash(number int64) (hash tlog.Hash, err error) {
	t, err := tx.tileOf(number)
	if err != nil {
		return hash, err
	}
	if at := number % tileSize; at < int64(len(t)) {
		return t[at], nil
	}
	return hash, damagedLog("entry %d has lost its hash", number)
}

// Checkpoint is the newest one of the audit log. None is found while nothing was
// ever folded into it.
func (s *Store) Checkpoint(ctx context.Context) (newest checkpoint.Checkpoint, found bool, err error) {
	err = s.View(ctx, func(tx *Tx) error {
		head, err := tx.logHead()
		newest, found = head.newest, head.found
		return err
	})
	return newest, found, err
}

// Verifier is the public key of whoever has the key file of s, with which its
// checkpoints are verified. It is no secret.
func (s *Store) Verifier() string { return s.keys.Verifier() }
