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
	// maxFolded is how many entries go into the log in one transaction: each
	// takes one read and two writes, and beside them are read or written the
	// head, two tiles, a checkpoint and where the next entry comes (MaxKeys).
	maxFolded = (kvdb.MaxKeys - 4) / 2

	// keptCheckpoints is how many entries lie between checkpoints that are kept.
	keptCheckpoints = 1024
)

// Fold adds everything that is queued to the audit log, oldest first, and tells
// how many entries that were. Several may do so at once, in several processes:
// each entry gets in once. The error is ErrDamaged if the log is not as it
// was left; then the entries stay in the queue.
func Fold(ctx context.Context, s *store.Store) (folded int, err error) {
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

// foldBatch adds as many queued entries as one transaction can. It stops where a
// checkpoint is kept.
func foldBatch(tx *store.Tx) (folded int, err error) {
	head, err := loadHead(tx)
	if err != nil {
		return 0, err
	}
	most := min(maxFolded, keptCheckpoints-head.edge.Size%keptCheckpoints)
	queued, err := listQueued(tx, int(most))
	if err != nil || len(queued) == 0 {
		return 0, err
	}
	log, err := loadOpenLog(tx, head)
	if err != nil {
		return 0, err
	}
	for _, q := range queued {
		if err := log.appendEntry(tx, q.QueuedEntry); err != nil {
			return 0, err
		}
		tx.Sealed().Delete(q.key)
	}
	sealedkv.Put(tx.Sealed(), tileKey(log.edge.Size-1), log.tile)
	newest, err := putHead(tx, log.edge, head.newest.Kept)
	if err != nil {
		return 0, err
	}
	if log.edge.Size%keptCheckpoints == 0 {
		sealedkv.Put(tx.Sealed(), numberedKey(store.CheckpointTable, log.edge.Size), newest.Note)
	}
	return len(queued), nil
}

type queuedEntry struct {
	key string
	store.QueuedEntry
}

// listQueued lists the oldest entries that wait.
func listQueued(tx *store.Tx, most int) (oldest []queuedEntry, err error) {
	for key, sealed := range tx.Sealed().KV.Scan(store.QueueTable + "/") {
		e, err := store.QueuedOf(tx.Sealed().Keys, key, sealed)
		if err != nil {
			return nil, damageError("an entry that waits to be added cannot be read: %v", err)
		}
		if oldest = append(oldest, queuedEntry{key, e}); len(oldest) == most {
			break
		}
	}
	return oldest, nil
}

// A openLog is the end of the log while entries are added to it.
type openLog struct {
	edge checkpoint.Edge
	tile Tile // its last one
}

// loadOpenLog is the end of the log, if nobody has changed it.
func loadOpenLog(tx *store.Tx, head checkedHead) (log openLog, err error) {
	next := head.edge.Size
	log.edge = head.edge
	if log.tile, err = findTile(tx, next); err != nil {
		return log, err
	}
	if int64(len(log.tile)) != next%tileSize {
		return log, damageError("it has %d hashes after entry %d, and not %d", len(log.tile), next-next%tileSize, next%tileSize)
	}
	if _, taken := tx.Sealed().KV.Get(numberedKey(store.LogTable, next)); taken {
		return log, damageError("entry %d comes after its end", next)
	}
	return log, nil
}

func (l *openLog) appendEntry(tx *store.Tx, e store.QueuedEntry) error {
	r, err := newEntryRecord(e)
	if err != nil {
		return err
	}
	if len(l.tile) == tileSize {
		sealedkv.Put(tx.Sealed(), tileKey(l.edge.Size-1), l.tile)
		l.tile = nil
	}
	sealedkv.Put(tx.Sealed(), numberedKey(store.LogTable, l.edge.Size), r)
	l.tile = append(l.tile, r.leafHash())
	return l.edge.Add(r.leafHash())
}
