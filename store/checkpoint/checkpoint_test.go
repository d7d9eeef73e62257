package checkpoint

import (
	"crypto/rand"
	"errors"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="

// pair makes a signer and the public key that verifies its signatures.
func pair(t *testing.T, name string) (note.Signer, string) {
	t.Helper()
	private, public, err := note.GenerateKey(rand.Reader, name)
	if err != nil {
		t.Fatal(err)
	}
	signer, err := note.NewSigner(private)
	if err != nil {
		t.Fatal(err)
	}
	return signer, public
}

// TestText checks that a checkpoint is written in the specified format, and that parsing it gives the same checkpoint.
func TestText(t *testing.T) {
	signer, public := pair(t, "loket-1")
	hash, err := tlog.ParseHash(root)
	if err != nil {
		t.Fatal(err)
	}
	for kept, want := range map[int64]string{
		0: "loket-1\n20852\n" + root + "\n\n— loket-1 ",
		1: "loket-1\n20852\n" + root + "\nkept-from 1\n\n— loket-1 ",
	} {
		signed, err := Checkpoint{Size: 20852, Root: hash, FirstKept: kept}.Sign(signer)
		if err != nil || !strings.HasPrefix(signed.Note, want) || signed.Origin != "loket-1" {
			t.Fatalf("%+v, %v", signed, err)
		}
		for _, end := range []string{"", "\n", "\r\n\r\n"} {
			if opened, err := VerifyNote(signed.Note+end, public); err != nil || opened != signed {
				t.Errorf("%+v, %v, want %+v", opened, err, signed)
			}
		}
	}
	if _, err := VerifyNote("", "no key"); err == nil || errors.Is(err, ErrInvalid) {
		t.Errorf("with no key: %v", err)
	}
}

// TestRefused checks that a text that is not in canonical form is not a checkpoint, even if it is signed.
func TestRefused(t *testing.T) {
	signer, public := pair(t, "loket-1")
	other, _ := pair(t, "loket-1")
	open := func(signer note.Signer, text string) error {
		t.Helper()
		signed, err := note.Sign(&note.Note{Text: text}, signer)
		if err != nil {
			t.Fatal(err)
		}
		_, err = VerifyNote(string(signed), public)
		return err
	}
	for text, says := range map[string]string{
		"loket-1\n3\n" + root + "\n":                               "",
		"loket-1\n0\n" + root + "\nkept-from 0\n":                  "", // A log without entries may have the kept-from line.
		"loket-1\n3\n" + root + "\nkept-from 3\n":                  "",
		"loket-1\n3\n" + root + "\nsomething of a later version\n": "",
		"loket-1\n3\n" + root + "\nkept-from 4\n":                  "more entries were let go",
		"loket-1\n3\n" + root + "\nkept-from x\n":                  "no number of entries",
		"loket-1\n3\n" + root + "\nkept-from -1\n":                 "no number of entries",
		"loket-1\n-1\n" + root + "\n":                              "no number of entries",
		"loket-1\n03\n" + root + "\n":                              "no number of entries",
		"loket-1\n+3\n" + root + "\n":                              "no number of entries",
		"loket-1\n3\n":                                             "lacks a line",
		"\n3\n" + root + "\n":                                      "lacks a line",
		"loket-1\n3\nshort\n":                                      "root is no hash",
		// The unused bits of the base64 text are not zero.
		"loket-1\n3\n" + strings.Replace(root, "I=", "J=", 1) + "\n":      "root is no hash",
		"loket-2\n3\n" + root + "\n":                                      `it is one of "loket-2"`,
		"loket-1\n99999999999999999999\n" + root + "\n":                   "no number of entries",
		"loket-1\n3\n" + root + "\n" + strings.Repeat("x", 64<<10) + "\n": "too long",
	} {
		switch err := open(signer, text); {
		case says == "" && err != nil:
			t.Errorf("%.80q: %v", text, err)
		case says != "" && (!errors.Is(err, ErrInvalid) || !strings.Contains(err.Error(), says)):
			t.Errorf("%.80q: got %v, want %q", text, err, says)
		}
	}
	if err := open(other, "loket-1\n3\n"+root+"\n"); !errors.Is(err, ErrInvalid) {
		t.Errorf("by another signer: %v", err)
	}
}

// TestLongestNote checks that a note of the largest size is parsed, and that a note with one more byte is not.
func TestLongestNote(t *testing.T) {
	signer, public := pair(t, "loket-1")
	begins := "loket-1\n3\n" + root + "\n"
	empty, err := note.Sign(&note.Note{Text: begins + "\n"}, signer)
	if err != nil {
		t.Fatal(err)
	}
	for more, want := range map[int]bool{0: true, 1: false} {
		signed, err := note.Sign(&note.Note{Text: begins + strings.Repeat("x", maxNoteSize-len(empty)+more) + "\n"}, signer)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := VerifyNote(string(signed), public); (err == nil) != want {
			t.Errorf("of %d bytes: %v", len(signed), err)
		}
	}
}

// hashes has all hashes of a Merkle tree, in memory.
type hashes []tlog.Hash

func (h hashes) ReadHashes(indexes []int64) (read []tlog.Hash, err error) {
	for _, i := range indexes {
		read = append(read, h[i])
	}
	return read, nil
}

// TestEdge checks that a tree that grows from only its edge has the same roots as one with all hashes.
func TestEdge(t *testing.T) {
	var e Edge
	var whole hashes
	for n := range int64(300) {
		want, err := tlog.TreeHash(n, whole)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := e.TreeRoot(); err != nil || got != want || e.Size != n || e.CheckSize() != nil {
			t.Fatalf("root of %d entries: %v, %v, want %v", n, got, err, want)
		}
		data := []byte{byte(n), byte(n >> 8)}
		more, err := tlog.StoredHashes(n, data, whole)
		if err != nil {
			t.Fatal(err)
		}
		whole = append(whole, more...)
		if err := e.AddEntry(tlog.RecordHash(data)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := e.ReadHashes([]int64{0}); err == nil {
		t.Error("a hash that is not on the edge is read")
	}
	for name, bad := range map[string]Edge{
		"one too few": {Size: 3, Hashes: make([]tlog.Hash, 1)}, "one too many": {Size: 2, Hashes: make([]tlog.Hash, 2)}, "less than nothing": {Size: -1, Hashes: make([]tlog.Hash, 64)},
	} {
		if bad.CheckSize() == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
