package audit

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"

	"golang.org/x/mod/sumdb/tlog"

	"loket/store"
	"loket/store/auditlog"
	"loket/ui/command/console"
	"loket/ui/command/database"
)

// ExportCommand is the command that writes the audit log to a file, with the data that is needed to verify it.
type ExportCommand struct {
	database.Database      `embed:""`
	console.OutcomePrinter `embed:""`
	console.OutputFile     `embed:""`
}

// Help returns the detailed help of the command.
func (ExportCommand) Help() string {
	return `It writes a line of JSON for each entry, oldest first, and the newest signed checkpoint in the last line. Whoever has the file and the public key (see loket audit verify) can verify all of it. Whoever has it also knows the numbers of the customers in it, as long as they keep it: leave out customer and nonce in what is passed on to others, who can verify the rest as well.`
}

// ExportedEntry is a line of an export: an entry of the audit log with the data that is needed to verify it. Binary fields
// are in base64.
//
// H is SHA-256, and ‖ is concatenation (RFC 6962, section 2.1):
//
//   - hash = H(0x00 ‖ leaf). An entry that retention removed has only its hash, and no
//     leaf.
//   - The root over one entry is its hash; over n > 1 of them it is
//     H(0x01 ‖ root of the first k ‖ root of the others), where k is the largest
//     power of two that is less than n. A checkpoint has three lines: the name of the
//     signer, n, and the root.
//   - leaf is a CBOR map (RFC 8949): 1 time, as text in the form of RFC 3339; 2
//     terminal, 3 visit, 4 flow, 5 step, 6 outcome; 8 operator, if any;
//     7 commitment, in entries about a customer; and 9 changed, in entries with
//     changes.
//   - commitment = H(nonce ‖ customer), with the number of the customer in UTF-8.
//     After the customer is erased, the entry has no nonce and no customer.
//   - changed = H(nonce ‖ changes), where changes is a CBOR array of the accounts and
//     activation numbers that were changed. Each element is a map: 1 key, 2 version, and
//     3 true if it was deleted.
//   - The checkpoint is signed as in https://c2sp.org/signed-note. The command loket audit
//     verify prints the public key.
//
// The other fields repeat the contents of leaf.
type ExportedEntry struct {
	Entry
	Hash  tlog.Hash `json:"hash"`
	Leaf  []byte    `json:"leaf,omitempty"`
	Nonce []byte    `json:"nonce,omitempty"`

	Changes []byte `json:"changes,omitempty"`
}

// ExportedCheckpoint is the last line of an exported audit log: the checkpoint that covers all its entries.
type ExportedCheckpoint struct {
	Checkpoint string `json:"checkpoint"`
	Verifier   string `json:"verifier"` // Verifier is the public key. Trust it only if it equals a copy that was kept elsewhere.
}

// Run writes the audit log to the file.
func (a *ExportCommand) Run(ctx context.Context, c *database.CommandSession) error {
	if err := a.CheckWritable(c.Console); err != nil {
		return err
	}
	count := int64(0)
	err := withFlushedLog(ctx, c, a.Database, func(s *store.Store) error {
		return a.Write(c.Console, func(w io.Writer) (err error) {
			buffered := bufio.NewWriter(w)
			if count, err = exportLog(ctx, s, buffered); err != nil {
				return err
			}
			return buffered.Flush()
		})
	})
	if err != nil {
		return err
	}
	return a.PrintOutcomeToStderr(c.Console, map[string]int64{"entries": count}, "Exported "+entryCountText(count)+".")
}

// exportBatch is the number of entries that are read in one transaction. They are written after the transaction ends, because
// the reader may be slow.
const exportBatch = 1000

// exportLog writes the entries that the newest checkpoint covers, and then that checkpoint. The checkpoint is chosen when
// exportLog starts.
func exportLog(ctx context.Context, s *store.Store, w io.Writer) (entries int64, err error) {
	newest, found, err := auditlog.NewestCheckpoint(ctx, s)
	if err != nil || !found {
		return 0, err
	}
	lines := json.NewEncoder(w)
	lines.SetEscapeHTML(false)
	for from := int64(0); from < newest.Size; from += exportBatch {
		var part []ExportedEntry
		if err := s.View(ctx, func(tx *store.Tx) error {
			part = nil
			for e := range auditlog.EntriesInRange(tx, from, min(from+exportBatch, newest.Size)) {
				part = append(part, exportedEntry(e))
			}
			return nil
		}); err != nil {
			return 0, fmt.Errorf("read the audit log: %w", err)
		}
		for _, e := range part {
			if err := lines.Encode(e); err != nil {
				return 0, err
			}
		}
	}
	return newest.Size, lines.Encode(ExportedCheckpoint{newest.Note, s.Verifier()})
}

func exportedEntry(e auditlog.Entry) ExportedEntry {
	if e.Leaf == nil {
		return ExportedEntry{Entry: Entry{Number: e.Number}, Hash: e.Hash}
	}
	return ExportedEntry{listedEntry(e), e.Hash, e.Leaf, e.Nonce, e.Changes}
}
