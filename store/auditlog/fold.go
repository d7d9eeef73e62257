package auditlog

import (
	"context"
	"fmt"

	"loket/store"
	"loket/store/checkpoint"
	"loket/store/kvdb"
	"loket/store/sealedkv"
)

const (
	// maxFoldBatch is the number of entries that one transaction adds to the log. Each entry takes one read and two writes.
	// The transaction also touches the head, two tiles, a checkpoint and the key of the next entry, and must stay within
	// kvdb.MaxKeys.
	maxFoldBatch = (kvdb.MaxKeys - 4) / 2

	// checkpointInterval is the number of entries between two stored checkpoints.
	checkpointInterval = 1024
)

// FoldQueued adds all queued entries to the audit log, oldest first, and returns their number. Several processes may call it
// at the same time: each entry is added only once. The error is ErrDamaged if the log was changed from outside; then the
// entries stay in the queue.
func FoldQueued(ctx context.Context, s *store.Store) (folded int, err error) {
	for {
		n := 0
		if err := s.Update(ctx, func(tx *store.Tx) (err error) { n, err = foldBatch(tx); return err }); err != nil {
			return folded, fmt.Errorf("fold entries into the audit log: %w", err)
		}
		if n == 0 {
			return folded, nil
		}
		folded += n
	}
}

// foldBatch adds as many queued entries as fit into one transaction. It stops at a size of which a checkpoint is stored.
func foldBatch(tx *store.Tx) (folded int, err error) {
	head, err := loadHead(tx)
	if err != nil {
		return 0, err
	}
	most := min(maxFoldBatch, checkpointInterval-head.edge.Size%checkpointInterval)
	queued, err := listQueued(tx, int(most))
	if err != nil || len(queued) == 0 {
		return 0, err
	}
	log, err := loadLogEnd(tx, head)
	if err != nil {
		return 0, err
	}
	for _, q := range queued {
		if err := log.appendEntry(tx, q.QueuedEntry); err != nil {
			return 0, err
		}
		tx.SealedTx().Delete(q.key)
	}
	sealedkv.Put(tx.SealedTx(), tileKey(log.edge.Size-1), log.tile)
	newest, err := signAndPutHead(tx, log.edge, head.newest.FirstKept)
	if err != nil {
		return 0, err
	}
	if log.edge.Size%checkpointInterval == 0 {
		sealedkv.Put(tx.SealedTx(), numberedKey(store.CheckpointTable, log.edge.Size), newest.Note)
	}
	return len(queued), nil
}

type queuedEntry struct {
	key string
	store.QueuedEntry
}

// listQueued returns at most most queued entries, oldest first.
func listQueued(tx *store.Tx, most int) (oldest []queuedEntry, err error) {
	for key, sealed := range tx.SealedTx().KV.Scan(store.QueueTable + "/") {
		e, err := store.DecodeQueued(tx.SealedTx().Keys, key, sealed)
		if err != nil {
			return nil, newDamageError("an entry that waits to be added cannot be read: %v", err)
		}
		if oldest = append(oldest, queuedEntry{key, e}); len(oldest) == most {
			break
		}
	}
	return oldest, nil
}

// A logEnd is the end of the audit log while entries are being added.
type logEnd struct {
	edge checkpoint.Edge
	tile Tile // tile is the last tile.
}

// loadLogEnd loads the end of the audit log, and checks that it was not changed from outside.
func loadLogEnd(tx *store.Tx, head verifiedHead) (log logEnd, err error) {
	next := head.edge.Size
	log.edge = head.edge
	if log.tile, err = findTile(tx, next); err != nil {
		return log, err
	}
	if int64(len(log.tile)) != next%tileSize {
		return log, newDamageError("it has %d hashes after entry %d, and not %d", len(log.tile), next-next%tileSize, next%tileSize)
	}
	if _, taken := tx.SealedTx().KV.Get(numberedKey(store.LogTable, next)); taken {
		return log, newDamageError("entry %d comes after its end", next)
	}
	return log, nil
}

func (l *logEnd) appendEntry(tx *store.Tx, e store.QueuedEntry) error {
	r, err := newEntryRecord(e)
	if err != nil {
		return err
	}
	if len(l.tile) == tileSize {
		sealedkv.Put(tx.SealedTx(), tileKey(l.edge.Size-1), l.tile)
		l.tile = nil
	}
	sealedkv.Put(tx.SealedTx(), numberedKey(store.LogTable, l.edge.Size), r)
	l.tile = append(l.tile, r.leafHash())
	return l.edge.AddEntry(r.leafHash())
}
