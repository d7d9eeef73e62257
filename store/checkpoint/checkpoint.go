package checkpoint

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// A Checkpoint is a signed statement of the state of the audit log at one time. Its text is in the format of
// https://c2sp.org/tlog-checkpoint:
//
//	loket-5d0a93c1                                 the origin: the name of the signing key
//	20852                                          the number of entries
//	CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=   the root of the Merkle tree over the entries
//	kept-from 1024                                 if the content of entries before 1024 was deleted
//
// The text is signed as a note (https://c2sp.org/signed-note).
type Checkpoint struct {
	Origin    string
	Size      int64 // Size is the number of entries in the log; the checkpoint covers entries 0 to Size-1.
	Root      tlog.Hash
	FirstKept int64  // FirstKept is the number of the first entry whose content was still stored.
	Note      string // Note is the whole signed note, with the signature.
}

const (
	keptFromPrefix = "kept-from "
	maxNoteSize    = 64 << 10 // maxNoteSize is in bytes; the notes of this program are far shorter.
)

// ErrInvalid means that a note is not a checkpoint of this log.
var ErrInvalid = errors.New("not a checkpoint of this log")

func (c Checkpoint) noteText() string {
	text := fmt.Sprintf("%s\n%d\n%s\n", c.Origin, c.Size, c.Root)
	if c.FirstKept > 0 {
		text += fmt.Sprintf("%s%d\n", keptFromPrefix, c.FirstKept)
	}
	return text
}

// Sign returns a copy of c with its note, signed by signer.
func (c Checkpoint) Sign(signer note.Signer) (Checkpoint, error) {
	c.Origin = signer.Name()
	signed, err := note.Sign(&note.Note{Text: c.noteText()}, signer)
	c.Note = string(signed)
	return c, err
}

// VerifyNote parses a signed note and verifies its signature. verifier is a public key in the format of note.NewVerifier. Open
// returns ErrInvalid if the note is not a checkpoint or the signature is not valid. It ignores blank lines at the end.
func VerifyNote(signed, verifier string) (Checkpoint, error) {
	by, err := note.NewVerifier(verifier)
	if err != nil {
		return Checkpoint{}, fmt.Errorf("public key %q: %w", verifier, err)
	}
	return VerifyNoteWith(signed, by)
}

// VerifyNoteWith does the same as VerifyNote with a verifier that is already parsed.
func VerifyNoteWith(signed string, by note.Verifier) (c Checkpoint, err error) {
	if len(signed) > maxNoteSize {
		return c, fmt.Errorf("%w: too long", ErrInvalid)
	}
	signed = strings.TrimRight(signed, "\r\n") + "\n"
	opened, err := note.Open([]byte(signed), note.VerifierList(by))
	if err != nil {
		return c, fmt.Errorf("%w: %w", ErrInvalid, err)
	}
	if c, err = parseNoteText(opened.Text); err != nil {
		return c, fmt.Errorf("%w: %w", ErrInvalid, err)
	}
	if c.Origin != by.Name() {
		return c, fmt.Errorf("%w: it is one of %q", ErrInvalid, c.Origin)
	}
	c.Note = signed
	return c, nil
}

// parseNoteText parses the text of a checkpoint. It skips unknown lines, which a later version of this program may add.
func parseNoteText(text string) (c Checkpoint, err error) {
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	if len(lines) < 3 || lines[0] == "" {
		return c, errors.New("it lacks a line")
	}
	c.Origin = lines[0]
	if c.Size, err = parseCount(lines[1]); err != nil {
		return c, err
	}
	if c.Root, err = tlog.ParseHash(lines[2]); err != nil || c.Root.String() != lines[2] {
		return c, errors.New("its root is no hash")
	}
	for _, line := range lines[3:] {
		digits, is := strings.CutPrefix(line, keptFromPrefix)
		if !is {
			continue
		}
		if c.FirstKept, err = parseCount(digits); err != nil {
			return c, err
		}
	}
	if c.FirstKept > c.Size {
		return c, errors.New("more entries were let go than there were")
	}
	return c, nil
}

// parseCount parses a non-negative decimal number without leading zeros.
func parseCount(digits string) (int64, error) {
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || n < 0 || strconv.FormatInt(n, 10) != digits {
		return 0, fmt.Errorf("%.40q is no number of entries", digits)
	}
	return n, nil
}
