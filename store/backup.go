package store

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"io"
	"time"

	"loket/store/keyring"
	"loket/store/kvdb"
	"loket/store/sealedkv"
)

// A backup is a stream of bytes:
//
//	"loket backup 1\n"
//	head     CBOR (backupHead), after its length
//	entries  key and value of each, both after their lengths, of which no key has 0:
//	         the version of the schema and the seal of the keys, and then all others
//	0        in place of the length of a key
//	sum      SHA-256 of all of the above
//	seal     the sum and the number of entries, sealed; after its length
//
// Lengths have 4 bytes, of which the first counts most. Values are as they are in the
// database, so that a backup can be read with the key file alone, and holds
// nothing that is readable without it. The seal shows that it was made by who has
// the keys: nobody else can leave records out, or put back others of ours.
const backupMagic = "loket backup 1\n"

// backupHead says what a backup is of.
type backupHead struct {
	Made   time.Time `cbor:"1,keyasint"`
	Schema int       `cbor:"2,keyasint"`
	Keys   []uint32  `cbor:"3,keyasint"` // ids of the keys that there were: older ones are perhaps not needed
}

const (
	longestHead  = 1 << 16  // bytes
	longestKey   = 1 << 15  // bytes
	longestValue = 64 << 20 // bytes
	backupSeal   = "backup" // in place of the key of a record
)

// Backup writes all that there is to w, as it is in one snapshot, while others go
// on, and tells how many entries that are. What was written is a backup only if
// there is no error.
func (s *Store) Backup(ctx context.Context, w io.Writer) (entries int, err error) {
	b := newBackupWriter(w)
	if err := s.engine.View(ctx, func(kv kvdb.KV) error { return s.backup(b, kv) }); err != nil {
		return 0, fmt.Errorf("write backup: %w", err)
	}
	if err := b.end(s.keys); err != nil {
		return 0, fmt.Errorf("write backup: %w", err)
	}
	return b.entries, nil
}

func (s *Store) backup(b *backupWriter, kv kvdb.KV) error {
	head := backupHead{Made: s.now().UTC().Truncate(time.Second), Schema: Version, Keys: s.keys.IDs()}
	if err := b.begin(head); err != nil {
		return err
	}
	for _, table := range allTables() { // of which meta comes first
		for key, value := range kv.Scan(table + "/") {
			if err := b.entry(key, value); err != nil {
				return err
			}
		}
	}
	return nil
}

// backupWriter writes a backup, of which it holds a piece at a time.
type backupWriter struct {
	out     *bufio.Writer // to w and to sum
	w       io.Writer
	sum     hash.Hash
	entries int
}

const backupPiece = 64 << 10 // bytes

func newBackupWriter(w io.Writer) *backupWriter {
	sum := sha256.New()
	return &backupWriter{out: bufio.NewWriterSize(io.MultiWriter(w, sum), backupPiece), w: w, sum: sum}
}

func (b *backupWriter) begin(head backupHead) error {
	text, err := sealedkv.Marshal(head)
	if err != nil {
		return err
	}
	if _, err := b.out.WriteString(backupMagic); err != nil {
		return err
	}
	return writePiece(b.out, text)
}

func (b *backupWriter) entry(key string, value []byte) error {
	if len(key) > longestKey || len(value) > longestValue {
		return fmt.Errorf("a record of %s is too large", kvdb.TableOf(key))
	}
	b.entries++
	if err := writePiece(b.out, []byte(key)); err != nil {
		return err
	}
	return writePiece(b.out, value)
}

// end shows that nothing is missing.
func (b *backupWriter) end(keys *keyring.Keys) error {
	if err := writePiece(b.out, nil); err != nil {
		return err
	}
	if err := b.out.Flush(); err != nil {
		return err
	}
	sum := b.sum.Sum(nil)
	seal, err := keys.Seal(backupSeal, sealedSum(sum, b.entries))
	if err != nil {
		return err
	}
	out := bufio.NewWriter(b.w)
	out.Write(sum)
	return errors.Join(writePiece(out, seal), out.Flush())
}

// sealedSum is what the seal of a backup is about.
func sealedSum(sum []byte, entries int) []byte {
	return binary.BigEndian.AppendUint64(sum[:len(sum):len(sum)], uint64(entries))
}

// writePiece writes bytes after their length.
func writePiece(w *bufio.Writer, text []byte) error {
	if _, err := w.Write(binary.BigEndian.AppendUint32(w.AvailableBuffer(), uint32(len(text)))); err != nil {
		return err
	}
	_, err := w.Write(text)
	return err
}
