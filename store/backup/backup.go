package backup

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

	"loket/store"
	"loket/store/keyring"
	"loket/store/kvdb"
	"loket/store/sealedkv"
)

// backupMagic is the beginning of a backup. A backup is a stream of bytes:
//
//	"loket backup 1\n"
//	header   CBOR (type header), after its length
//	entries  the key and the value of each entry, both after their lengths; no key is
//	         empty; the schema version and the seal of the keys come first
//	0        a zero instead of the length of a key
//	sum      the SHA-256 hash of everything before it
//	seal     the sum and the number of entries, sealed, after its length
//
// Lengths have 4 bytes, big-endian. Values are sealed as in the database, so that a backup
// can be read with the key file alone, and contains nothing that is readable without it.
// The seal proves that the backup was made with the keys: an attacker without the keys can
// neither leave out records nor insert old ones.
const backupMagic = "loket backup 1\n"

// A header describes a backup.
type header struct {
	Made   time.Time `cbor:"1,keyasint"`
	Schema int       `cbor:"2,keyasint"`
	KeyIDs []uint32  `cbor:"3,keyasint"` // KeyIDs are the IDs of the keys when the backup was made. Some of them may not be needed.
}

const (
	maxHeaderSize = 1 << 16  // maxHeaderSize is the maximum size of a header in bytes.
	maxKeySize    = 1 << 15  // maxKeySize is the maximum size of a key in bytes.
	maxValueSize  = 64 << 20 // maxValueSize is the maximum size of a value in bytes.
	endSealKey    = "backup" // endSealKey takes the place of a record's key when the end of a backup is sealed.
)

// Write writes one snapshot of the whole store to w, while others may write to the store. It returns the number of entries,
// and checks that every value can be unsealed. If the error is a *Damage, w has a backup in which the same records are damaged
// as in the store, and Restore can leave them out. After any other error w has no usable backup.
func Write(ctx context.Context, s *store.Store, w io.Writer) (entries int, err error) {
	b := newWriter(w)
	if err := s.Engine().View(ctx, func(kv kvdb.KV) error { return b.writeAll(s, kv) }); err != nil {
		return 0, fmt.Errorf("write backup: %w", err)
	}
	if err := b.writeSeal(s.Keys()); err != nil {
		return 0, fmt.Errorf("write backup: %w", err)
	}
	return b.entries, b.damage.errOrNil()
}

func (b *writer) writeAll(s *store.Store, kv kvdb.KV) error {
	schema, err := store.SchemaOf(kv)
	if err != nil {
		return err
	}
	head := header{Made: s.Now().UTC().Truncate(time.Second), Schema: schema, KeyIDs: s.Keys().KeyIDs()}
	if err := b.writeHeader(head); err != nil {
		return err
	}
	for _, table := range store.AllTables() { // AllTables starts with MetaTable.
		for chunk := range kvdb.EntryChunks(kv, table, entriesPerChunk) {
			b.damage.addDamaged(findDamagedKeys(s.Keys(), chunk))
			for _, e := range chunk {
				if needsForgottenKey(s.Keys(), head.KeyIDs, e) {
					return ErrKeyDroppedMeanwhile
				}
				if err := b.writeEntry(e.Key, e.Value); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// ErrKeyDroppedMeanwhile means that a key was forgotten while the backup was made, so that parts of the backup would be unreadable.
var ErrKeyDroppedMeanwhile = errors.New("a key was forgotten while the backup was made: make it again")

// A writer writes the parts of a backup.
type writer struct {
	out         *bufio.Writer // out writes to destination and to sum.
	destination io.Writer
	sum         hash.Hash
	entries     int
	damage      Damage
}

const bufferSize = 64 << 10 // bufferSize is the size of the write buffer in bytes.

func newWriter(w io.Writer) *writer {
	sum := sha256.New()
	return &writer{out: bufio.NewWriterSize(io.MultiWriter(w, sum), bufferSize), destination: w, sum: sum}
}

func (b *writer) writeHeader(head header) error {
	text, err := sealedkv.Marshal(head)
	if err != nil {
		return err
	}
	if _, err := b.out.WriteString(backupMagic); err != nil {
		return err
	}
	return writeBlock(b.out, text)
}

func (b *writer) writeEntry(key string, value []byte) error {
	if len(key) > maxKeySize || len(value) > maxValueSize {
		return fmt.Errorf("a record of %s is too large", kvdb.TableFromKey(key))
	}
	b.entries++
	if err := writeBlock(b.out, []byte(key)); err != nil {
		return err
	}
	return writeBlock(b.out, value)
}

// writeSeal writes the end of the backup, which proves that no entries are missing.
func (b *writer) writeSeal(keys *keyring.Keys) error {
	if err := writeBlock(b.out, nil); err != nil {
		return err
	}
	if err := b.out.Flush(); err != nil {
		return err
	}
	sum := b.sum.Sum(nil)
	seal, err := keys.Seal(endSealKey, endSealContent(sum, b.entries))
	if err != nil {
		return err
	}
	out := bufio.NewWriter(b.destination)
	out.Write(sum)
	return errors.Join(writeBlock(out, seal), out.Flush())
}

// endSealContent returns the content of the seal at the end of a backup: the sum and the number of entries.
func endSealContent(sum []byte, entries int) []byte {
	return binary.BigEndian.AppendUint64(sum[:len(sum):len(sum)], uint64(entries))
}

// writeBlock writes the length of a text and then the text.
func writeBlock(w *bufio.Writer, text []byte) error {
	if _, err := w.Write(binary.BigEndian.AppendUint32(w.AvailableBuffer(), uint32(len(text)))); err != nil {
		return err
	}
	_, err := w.Write(text)
	return err
}
