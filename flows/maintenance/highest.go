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

// An Observer is told whether the audit log is older than this machine saw it before, or
// is another log. Its methods do not block.
type Observer interface{ AuditOlder(older bool) }

// seenCheckpoint is the highest checkpoint of an audit log that this machine saw, as stored in the
// folder for permanent state. An attacker who puts an old database back would have to put
// that folder back too, and it may be on another disk.
type seenCheckpoint struct {
	Checkpoint string    `json:"checkpoint"`
	At         time.Time `json:"at"` // when it was the newest
}

// A highestCheckpoint keeps the highest checkpoint of the audit log.
type highestCheckpoint struct {
	*Runner
	verified checkpoint.Checkpoint // the last one that was found to be of this log
	isOlder  bool                  // the last report
}

// saveNewest stores the newest checkpoint as the highest, or reports that the log is older than
// that. After a restore or a copy by an operator the log may be older: then the stored
// checkpoint is set back, and the audit log gets an entry.
func (h *highestCheckpoint) saveNewest(ctx context.Context, newest checkpoint.Checkpoint) {
	if h.StateDir == "" || h.verified.Note != "" && h.verified.Note == newest.Note {
		return
	}
	before, found, err := h.read()
	grew := found && before.Checkpoint == h.verified.Note && newest.Size >= h.verified.Size
	if err == nil && found && !grew {
		err = h.compare(ctx, before, newest)
	}
	switch {
	case ctx.Err() != nil:
	case errors.Is(err, errLogOlder):
		h.reportOlder(true, err)
	case err != nil:
		h.Log.Error("the audit log cannot be held against what this machine saw of it", "error", err)
	case newest.Note != "":
		h.reportOlder(false, nil)
		if err := h.write(newest); err != nil {
			h.Log.Error("the highest checkpoint of the audit log cannot be kept", "error", err)
			return
		}
		h.verified = newest
	}
}

// errLogOlder says that the audit log is older than it was, or is another one.
var errLogOlder = errors.New("the database was put back as it once was, or is another one: its audit log is older than this machine saw it before")

// reportOlder passes on whether the log is older. It logs a change to older once.
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

// compare returns an error if the log does not contain the checkpoint seen before, unless
// the store was restored or copied since.
func (h *highestCheckpoint) compare(ctx context.Context, before seenCheckpoint, newest checkpoint.Checkpoint) error {
	c, err := checkpoint.Open(before.Checkpoint, h.Store.Verifier())
	if err != nil {
		return fmt.Errorf("%s: %w", h.path(), err)
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
		return fmt.Errorf("%w: it has %d entries, and a checkpoint of %d that was seen at %s does not fit it", errLogOlder, newest.Size, c.Size, before.At.Format(time.RFC3339))
	}
	says := fmt.Sprintf("set back from %d entries to %d", c.Size, newest.Size)
	h.Log.Warn("the highest checkpoint of the audit log is set back, because the database was restored or copied", "from", c.Size, "to", newest.Size)
	return h.recordOutcome(ctx, "checkpoint", says)
}

// wasReplacedSince reports whether the log has an entry that an operator restored or copied
// the database after at.
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

// path returns the file of the highest checkpoint. It is named after the key file, so
// that each has its own.
func (h *highestCheckpoint) path() string {
	verifier, err := note.NewVerifier(h.Store.Verifier())
	if err != nil {
		return filepath.Join(h.StateDir, "checkpoint")
	}
	return filepath.Join(h.StateDir, "checkpoint."+verifier.Name())
}

func (h *highestCheckpoint) read() (before seenCheckpoint, found bool, err error) {
	text, err := os.ReadFile(h.path())
	if errors.Is(err, fs.ErrNotExist) {
		return before, false, nil
	}
	if err == nil {
		err = json.Unmarshal(text, &before)
	}
	if err != nil {
		return before, false, fmt.Errorf("read %s: %w", h.path(), err)
	}
	return before, true, nil
}

func (h *highestCheckpoint) write(newest checkpoint.Checkpoint) error {
	text, err := json.Marshal(seenCheckpoint{newest.Note, h.Clock.Now().UTC()})
	if err != nil {
		return err
	}
	if err := os.MkdirAll(h.StateDir, 0o700); err != nil {
		return err
	}
	return durable.WriteWith(h.path(), durable.MayReplace, func(w io.Writer) error { _, err := w.Write(text); return err })
}
