package auditlog

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"loket/store"
	"loket/store/checkpoint"
	"loket/store/sealedkv"
)

// A logVerification verifies the audit log from its first entry to its last.
type logVerification struct {
	tx       *store.Tx
	verifier note.Verifier
	result   Verification

	head               verifiedHead
	checkpoints        []knownCheckpoint // checkpoints are sorted by size.
	matchedOutsideSize int64             // matchedOutsideSize is the size of the largest checkpoint from outside that fits the log.
	matchedSize        int64             // matchedSize is the size of the largest checkpoint that fits the log.
	suspectedFault     *LogFault         // suspectedFault is explained at checkCheckpoint.

	tree checkpoint.Edge // tree is the hash tree over the entries so far.
	tile Tile            // tile is the tile of the next entry.
}

// A knownCheckpoint is a checkpoint that the log must fit.
type knownCheckpoint struct {
	checkpoint.Checkpoint
	isOutside bool
}

func (w *logVerification) verifyLog(outside []checkpoint.Checkpoint) error {
	if err := w.readHead(); err != nil {
		return err
	}
	if err := w.gatherCheckpoints(outside); err != nil {
		return err
	}
	for _, look := range []func() error{w.checkCheckpoints, w.addForgottenHashes, w.checkEntries, w.checkNoSurplusHashes, w.checkNoLaterEntries, w.countQueue} {
		if err := look(); err != nil {
			return w.earliestFault(err)
		}
	}
	return w.earliestFault(nil)
}

// earliestFault returns the suspected fault, if there is one, because it comes before any fault found later. Otherwise it returns
// err.
func (w *logVerification) earliestFault(err error) error {
	if _, is := errors.AsType[*LogFault](err); w.suspectedFault != nil && (is || err == nil) {
		return w.suspectedFault
	}
	return err
}

func (w *logVerification) readHead() error {
	sealed, found := w.tx.SealedTx().KV.Get(headKey)
	if !found {
		return w.checkNeverFolded()
	}
	record, err := sealedkv.Decode[HeadRecord](w.tx.SealedTx().Keys, headKey, sealed)
	if err != nil {
		return newLogFault("the head of the log cannot be read: %v", err)
	}
	if w.head, err = record.verifyHead(w.verifier); err != nil {
		return newLogFault("%v", err)
	}
	w.result.Newest = w.head.newest
	return nil
}

// checkNeverFolded returns a fault if the log has no head although entries were folded. This is so if customers have activity, but
// there is neither a log nor a queue.
func (w *logVerification) checkNeverFolded() error {
	// Later checks report faults in these tables.
	for _, table := range []string{store.QueueTable, store.LogTable, store.TileTable} {
		for range w.tx.SealedTx().KV.Scan(table + "/") {
			return nil
		}
	}
	for range w.tx.SealedTx().KV.Scan(store.ActivityTable + "/") {
		return newEntryFault(0, "is gone, with all that came after it: what customers did is kept, and nothing that was logged")
	}
	return nil
}

// gatherCheckpoints lists the checkpoints that the log must fit: those from outside, those stored with the log, and the newest
// one. At the same size, checkpoints from outside come first.
func (w *logVerification) gatherCheckpoints(outside []checkpoint.Checkpoint) error {
	for _, c := range outside {
		w.checkpoints = append(w.checkpoints, knownCheckpoint{c, true})
	}
	if err := w.gatherStoredCheckpoints(); err != nil {
		return err
	}
	if w.head.found {
		w.checkpoints = append(w.checkpoints, knownCheckpoint{w.head.newest, false})
	}
	slices.SortStableFunc(w.checkpoints, func(a, b knownCheckpoint) int { return cmp.Compare(a.Size, b.Size) })
	return nil
}

func (w *logVerification) gatherStoredCheckpoints() error {
	due := int64(checkpointInterval)
	for key, sealed := range w.tx.SealedTx().KV.Scan(store.CheckpointTable + "/") {
		if key != numberedKey(store.CheckpointTable, due) {
			break // checkNoLaterEntries reports this.
		}
		signed, err := sealedkv.Decode[string](w.tx.SealedTx().Keys, key, sealed)
		if err != nil {
			return newLogFault("the checkpoint that is kept of %d entries cannot be read: %v", due, err)
		}
		c, err := checkpoint.VerifyNoteWith(signed, w.verifier)
		if err == nil && c.Size != due {
			err = fmt.Errorf("it is of %d entries", c.Size)
		}
		if err != nil {
			return newLogFault("the checkpoint that is kept of %d entries: %v", due, err)
		}
		w.checkpoints = append(w.checkpoints, knownCheckpoint{c, false})
		due += checkpointInterval
	}
	if due <= w.head.edge.Size {
		return newLogFault("the checkpoint that is kept of %d entries is missing", due)
	}
	return nil
}

// addForgottenHashes adds the hashes of deleted entries to the tree. Only checkpoints can show whether they are right.
func (w *logVerification) addForgottenHashes() error {
	for w.tree.Size < w.head.newest.FirstKept {
		hash, err := w.nextStoredHash()
		if err != nil {
			return err
		}
		if err := w.addHash(hash); err != nil {
			return err
		}
	}
	return nil
}

// nextStoredHash returns the stored hash of the next entry.
func (w *logVerification) nextStoredHash() (hash tlog.Hash, err error) {
	next := w.tree.Size
	if next%tileSize == 0 {
		if w.tile, err = findTile(w.tx, next); err != nil {
			return hash, newEntryFault(next, "has a hash that cannot be read: %v", err)
		}
	}
	if int(next%tileSize) >= len(w.tile) {
		return hash, newEntryFault(next, "has lost its hash")
	}
	return w.tile[next%tileSize], nil
}

func (w *logVerification) checkEntries() error {
	for key, sealed := range w.tx.SealedTx().KV.Scan(store.LogTable + "/") {
		number, err := parseNumber(store.LogTable, key)
		next := w.tree.Size
		switch {
		case err != nil:
			return newEntryFault(next, "has a record before it that was put in, under the key %q", key)
		case number < w.head.newest.FirstKept:
			return newEntryFault(number, "is there, and entries before %d were let go", w.head.newest.FirstKept)
		case next < w.head.edge.Size && number > next:
			return newEntryFault(next, "is missing")
		case number >= w.head.edge.Size:
			return newEntryFault(number, "comes after the end of the log, which has %d", w.head.edge.Size)
		}
		if err := w.checkEntry(number, key, sealed); err != nil {
			return err
		}
	}
	if next := w.tree.Size; next < w.head.edge.Size {
		return newEntryFault(next, "is missing, and all that came after it")
	}
	return nil
}

func (w *logVerification) checkEntry(number int64, key string, sealed []byte) error {
	logged, err := w.nextStoredHash()
	if err != nil {
		return err
	}
	r, err := sealedkv.Decode[EntryRecord](w.tx.SealedTx().Keys, key, sealed)
	if err != nil {
		return newEntryFault(number, "cannot be read: %v", err)
	}
	if r.leafHash() != logged {
		return newEntryFault(number, "does not have the hash that was logged")
	}
	e, err := r.decodeEntry(number)
	if err != nil {
		return newEntryFault(number, "was changed: %v", err)
	}
	if e.Erased {
		w.result.Erased++
	}
	return w.addHash(logged)
}

func (w *logVerification) addHash(hash tlog.Hash) error {
	if err := w.tree.AddEntry(hash); err != nil {
		return err
	}
	return w.checkCheckpoints()
}

// checkCheckpoints compares the tree with all checkpoints of its current size.
func (w *logVerification) checkCheckpoints() error {
	for len(w.checkpoints) > 0 && w.checkpoints[0].Size == w.tree.Size {
		m := w.checkpoints[0]
		w.checkpoints = w.checkpoints[1:]
		root, err := w.tree.TreeRoot()
		if err != nil {
			return err
		}
		if err := w.checkCheckpoint(m, root); err != nil {
			return err
		}
	}
	return nil
}

// checkCheckpoint compares the root hash of the log at the size of m with m.
//
// A checkpoint from outside that does not fit causes a suspected fault, until the next checkpoint that is stored with the log.
// If that one does not fit either, the stored checkpoints before it are authentic and help to locate the fault. If it fits, an
// attacker has recreated the stored checkpoints, and only checkpoints from outside count.
func (w *logVerification) checkCheckpoint(m knownCheckpoint, root tlog.Hash) error {
	switch {
	case m.isOutside && root != m.Root:
		w.suspectedFault = cmp.Or(w.suspectedFault, newCheckpointFault(w.matchedOutsideSize, m, "from outside"))
		return nil
	case root != m.Root:
		fault := newCheckpointFault(w.matchedSize, m, "that is kept with it")
		if w.suspectedFault != nil {
			fault.Last = w.suspectedFault.Last
		}
		w.suspectedFault = nil
		return fault
	case w.suspectedFault != nil && m.isOutside:
		return nil
	case w.suspectedFault != nil:
		return w.suspectedFault
	case m.FirstKept > w.head.newest.FirstKept:
		return newEntryFault(w.head.newest.FirstKept, "is there, and a checkpoint of %d entries says that it was let go", m.Size)
	}
	w.matchedSize = m.Size
	if m.isOutside {
		w.matchedOutsideSize = m.Size
		w.result.MatchedOutside++
	}
	return nil
}

// newCheckpointFault returns the fault of a log that does not fit m, but fits a checkpoint of fits entries.
func newCheckpointFault(fits int64, m knownCheckpoint, whose string) *LogFault {
	if fits == m.Size {
		return &LogFault{NoEntry, NoEntry, fmt.Sprintf("the log fits one checkpoint of %d entries, and not another one %s", m.Size, whose)}
	}
	what := fmt.Sprintf("is not the one that was logged: the log does not fit the checkpoint of %d entries %s", m.Size, whose)
	return &LogFault{fits, m.Size - 1, what}
}

// checkNoSurplusHashes checks that no hashes are stored for entries beyond the end of the log.
func (w *logVerification) checkNoSurplusHashes() error {
	size := w.tree.Size
	if over := int64(len(w.tile)) - (size-1)%tileSize - 1; size > 0 && over > 0 {
		return newEntryFault(size, "is not there, and a hash is")
	}
	for key := range w.tx.SealedTx().KV.Scan(store.TileTable + "/") {
		if number, err := parseNumber(store.TileTable, key); err != nil || number*tileSize >= size {
			return newEntryFault(size, "is not there, and hashes are, under the key %q", key)
		}
	}
	return nil
}

// checkNoLaterEntries checks that no checkpoint has more entries than the log.
func (w *logVerification) checkNoLaterEntries() error {
	if len(w.checkpoints) > 0 {
		m := w.checkpoints[len(w.checkpoints)-1]
		return newEntryFault(w.tree.Size, "and what came after it was cut off: there is a checkpoint of %d entries", m.Size)
	}
	for key := range w.tx.SealedTx().KV.Scan(store.CheckpointTable + "/") {
		if size, err := parseNumber(store.CheckpointTable, key); err != nil || size > w.tree.Size {
			return newEntryFault(w.tree.Size, "is not there, and a checkpoint is, under the key %q", key)
		}
	}
	return nil
}

// countQueue counts the queued entries.
func (w *logVerification) countQueue() error {
	for key, sealed := range w.tx.SealedTx().KV.Scan(store.QueueTable + "/") {
		if _, err := sealedkv.Decode[store.AuditEntry](w.tx.SealedTx().Keys, key, sealed); err != nil {
			return newLogFault("an entry that is not folded yet cannot be read: %v", err)
		}
		w.result.Queued++
	}
	return nil
}
