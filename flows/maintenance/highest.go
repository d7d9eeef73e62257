package maintenance

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/mod/sumdb/note"

	"loket/store"
	"loket/store/auditlog"
	"loket/store/backup"
	"loket/store/checkpoint"
	"loket/store/durable"
)

// An Observer is notified whether the audit log is older than when this machine last saw it, or is a different log. Its
// methods do not block.
type Observer interface{ AuditOlder(older bool) }

// seenCheckpoint is the highest checkpoint of an audit log that this machine has seen, as stored in the folder for permanent
// state. An attacker who replaces the database with an old copy would have to replace that folder too, and the folder may be
// on another disk.
type seenCheckpoint struct {
	Checkpoint string    `json:"checkpoint"`
	At         time.Time `json:"at"` // At is when the checkpoint was the newest.
}

// A highestCheckpoint stores the highest checkpoint of the audit log that this machine has seen, and compares newer ones with
// it.
type highestCheckpoint struct {
	*Runner
	verified checkpoint.Checkpoint // verified is the last checkpoint that was found to belong to this log.
	isOlder  bool                  // isOlder is the last result that was reported.
}

// saveNewestCheckpoint stores the newest checkpoint as the highest, or reports that the audit log is older than the stored checkpoint.
// The log may be older after an operator has restored or copied the database. In that case saveNewestCheckpoint lowers the stored
// checkpoint and records this in the audit log.
func (h *highestCheckpoint) saveNewestCheckpoint(ctx context.Context, newest checkpoint.Checkpoint) {
	if h.StateDir == "" || h.verified.Note != "" && h.verified.Note == newest.Note {
		return
	}
	before, found, err := h.readCheckpoint()
	grew := found && before.Checkpoint == h.verified.Note && newest.Size >= h.verified.Size
	if err == nil && found && !grew {
		err = h.compareWithLog(ctx, before, newest)
	}
	switch {
	case ctx.Err() != nil:
	case errors.Is(err, errAuditLogOlder):
		h.reportOlder(true, err)
	case err != nil:
		h.Log.Error("the audit log cannot be held against what this machine saw of it", "error", err)
	case newest.Note != "":
		h.reportOlder(false, nil)
		if err := h.writeCheckpoint(newest); err != nil {
			h.Log.Error("the highest checkpoint of the audit log cannot be kept", "error", err)
			return
		}
		h.verified = newest
	}
}

// errAuditLogOlder means that the audit log is older than when this machine last saw it, or is a different log.
var errAuditLogOlder = errors.New("the database was put back as it once was, or is another one: its audit log is older than this machine saw it before")

// reportOlder notifies the observer whether the audit log is older than before. When a log becomes older, reportOlder logs the
// error once.
func (h *highestCheckpoint) reportOlder(older bool, err error) {
	if h.Observer != nil {
		h.Observer.AuditOlder(older)
	}
	if older && !h.isOlder {
		h.Log.Error("the audit log is older than it was", "error", err)
		if h.TellOperator != nil {
			h.TellOperator(err.Error() + "; see loket manual backup")
		}
	}
	h.isOlder = older
}

// compareWithLog returns an error if the audit log does not contain the checkpoint before, unless the database has been restored or
// copied since.
func (h *highestCheckpoint) compareWithLog(ctx context.Context, before seenCheckpoint, newest checkpoint.Checkpoint) error {
	c, err := checkpoint.VerifyNote(before.Checkpoint, h.Store.Verifier())
	if err != nil {
		return fmt.Errorf("%s: %w", h.checkpointPath(), err)
	}
	fits, replaced := false, false
	if err := h.Store.View(ctx, func(tx *store.Tx) (err error) {
		if fits, err = auditlog.FitsCheckpoint(tx, c); err == nil && !fits {
			replaced = wasReplacedSince(tx, before.At)
		}
		return err
	}); err != nil {
		return err
	}
	switch {
	case fits:
		return nil
	case !replaced:
		return fmt.Errorf("%w: it has %d entries, and a checkpoint of %d that was seen at %s does not fit it", errAuditLogOlder, newest.Size, c.Size, before.At.Format(time.RFC3339))
	}
	says := fmt.Sprintf("set back from %d entries to %d", c.Size, newest.Size)
	h.Log.Warn("the highest checkpoint of the audit log is set back, because the database was restored or copied", "from", c.Size, "to", newest.Size)
	return h.recordAuditOutcome(ctx, "checkpoint", says)
}

// wasReplacedSince reports whether an entry of the audit log says that an operator restored or copied the database after the
// time at.
func wasReplacedSince(tx *store.Tx, at time.Time) bool {
	for e := range auditlog.NewestFirst(tx) {
		if !e.At.After(at) {
			return false
		}
		if e.Flow == store.AuditOperator && backup.IsReplacement(e) {
			return true
		}
	}
	return false
}

// checkpointPath returns the path of the file with the highest checkpoint. The file name contains the name of the key, so that each key
// file has its own checkpoint file.
func (h *highestCheckpoint) checkpointPath() string {
	verifier, err := note.NewVerifier(h.Store.Verifier())
	if err != nil {
		return filepath.Join(h.StateDir, "checkpoint")
	}
	return filepath.Join(h.StateDir, "checkpoint."+verifier.Name())
}

func (h *highestCheckpoint) readCheckpoint() (before seenCheckpoint, found bool, err error) {
	text, err := os.ReadFile(h.checkpointPath())
	if errors.Is(err, fs.ErrNotExist) {
		return before, false, nil
	}
	if err == nil {
		err = json.Unmarshal(text, &before)
	}
	if err != nil {
		return before, false, fmt.Errorf("read %s: %w", h.checkpointPath(), err)
	}
	return before, true, nil
}

func (h *highestCheckpoint) writeCheckpoint(newest checkpoint.Checkpoint) error {
	text, err := json.Marshal(seenCheckpoint{newest.Note, h.Clock.Now().UTC()})
	if err != nil {
		return err
	}
	if err := os.MkdirAll(h.StateDir, 0o700); err != nil {
		return err
	}
	return durable.WriteFilled(h.checkpointPath(), durable.MayReplace, func(w io.Writer) error { _, err := w.Write(text); return err })
}
