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

// magic is the beginning of a backup, which is a stream of bytes:
//
//	"loket backup 1\n"
//	head     CBOR (head), after its length
//	entries  key and value of each, both after their lengths; no key has length 0.
//	         The schema version and the seal of the keys come first
//	0        instead of the length of a key
//	sum      SHA-256 of all of the above
//	seal     the sum and the number of entries, sealed; after its length
//
// Lengths have 4 bytes, big-endian. Values are sealed as in the database, so that a
// backup can be read with the key file alone, and holds nothing that is readable without
// it. The seal proves that the backup was made with the keys: an attacker without them
// can neither leave records out nor put old records back.
const magic = "loket backup 1\n"

// header describes a backup.
type header struct {
	Made   time.Time `cbor:"1,keyasint"`
	Schema int       `cbor:"2,keyasint"`
	Keys   []uint32  `cbor:"3,keyasint"` // ids of the keys at that time: older ones may not be needed
}

const (
	maxHeaderSize = 1 << 16  // bytes
	maxKeySize    = 1 << 15  // bytes
	maxValueSize  = 64 << 20 // bytes
	sealKey       = "backup" // instead of the key of a record
)

// Write writes the whole store to w, as it is in one snapshot, while others go on
// writing. It returns the number of entries, and opens every seal. If the error is a
// *Damage, w has a backup in which some records are as damaged as here, and Restore can
// leave them out. After any other error w has no backup.
func Write(ctx context.Context, s *store.Store, w io.Writer) (entries int, err error) {
	b := newWriter(w)
	if err := s.Engine().View(ctx, func(kv kvdb.KV) error { return b.writeAll(s, kv) }); err != nil {
		return 0, fmt.Errorf("write backup: %w", err)
	}
	if err := b.writeSeal(s.Keys()); err != nil {
		return 0, fmt.Errorf("write backup: %w", err)
	}
	return b.entries, b.damage.orNil()
}

func (b *writer) writeAll(s *store.Store, kv kvdb.KV) error {
	schema, err := store.SchemaOf(kv)
	if err != nil {
		return err
	}
	head := header{Made: s.Now().UTC().Truncate(time.Second), Schema: schema, Keys: s.Keys().KeyIDs()}
	if err := b.writeHeader(head); err != nil {
		return err
	}
	for _, table := range store.AllTables() { // meta comes first
		for chunk := range kvdb.Chunks(kv, table, entriesPerChunk) {
			b.damage.add(findDamaged(s.Keys(), chunk))
			for _, e := range chunk {
				if needsForgottenKey(s.Keys(), head.Keys, e) {
					return ErrKeyForgotten
				}
				if err := b.writeEntry(e.Key, e.Value); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// ErrKeyForgotten says that a key was forgotten after the backup began, so that parts of it
// would be unreadable.
var ErrKeyForgotten = errors.New("a key was forgotten while the backup was made: make it again")

// writer writes a backup, in pieces.
type writer struct {
	out         *bufio.Writer // to w and to sum
	destination io.Writer
	sum         hash.Hash
	entries     int
	damage      Damage
}

const bufferSize = 64 << 10 // bytes

func newWriter(w io.Writer) *writer {
	sum := sha256.New()
	return &writer{out: bufio.NewWriterSize(io.MultiWriter(w, sum), bufferSize), destination: w, sum: sum}
}

func (b *writer) writeHeader(head header) error {
	text, err := sealedkv.Marshal(head)
	if err != nil {
		return err
	}
	if _, err := b.out.WriteString(magic); err != nil {
		return err
	}
	return writeBlock(b.out, text)
}

func (b *writer) writeEntry(key string, value []byte) error {
	if len(key) > maxKeySize || len(value) > maxValueSize {
		return fmt.Errorf("a record of %s is too large", kvdb.TableOf(key))
	}
	b.entries++
	if err := writeBlock(b.out, []byte(key)); err != nil {
		return err
	}
	return writeBlock(b.out, value)
}

// writeSeal writes the end of the backup, which proves that nothing is missing.
func (b *writer) writeSeal(keys *keyring.Keys) error {
	if err := writeBlock(b.out, nil); err != nil {
		return err
	}
	if err := b.out.Flush(); err != nil {
		return err
	}
	sum := b.sum.Sum(nil)
	seal, err := keys.Seal(sealKey, sealedSum(sum, b.entries))
	if err != nil {
		return err
	}
	out := bufio.NewWriter(b.destination)
	out.Write(sum)
	return errors.Join(writeBlock(out, seal), out.Flush())
}

// sealedSum returns what the seal of a backup contains.
func sealedSum(sum []byte, entries int) []byte {
	return binary.BigEndian.AppendUint64(sum[:len(sum):len(sum)], uint64(entries))
}

// writeBlock writes text after its length.
func writeBlock(w *bufio.Writer, text []byte) error {
	if _, err := w.Write(binary.BigEndian.AppendUint32(w.AvailableBuffer(), uint32(len(text)))); err != nil {
		return err
	}
	_, err := w.Write(text)
	return err
}
