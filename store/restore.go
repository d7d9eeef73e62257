package store

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"io"
	"slices"
	"strconv"
	"time"

	"loket/store/keyring"
	"loket/store/kvdb"
	"loket/store/sealedkv"
)

// Why a backup cannot be restored, besides ErrWrongKeys and keyring.ErrRotating. Nothing
// has changed then.
var (
	ErrNoBackup      = errors.New("it is not a backup of loket")
	ErrBadBackup     = errors.New("the backup is damaged or cut off")
	ErrForgottenKey  = errors.New("the backup is sealed under a key that is not in the key file any more")
	ErrEarlierSchema = errors.New("the backup has an earlier schema, which cannot be put in place of one that is open")
)

// Restoring is how to restore a backup.
type Restoring struct {
	// SendWaiting has messages sent that wait in the backup. They may have been
	// sent after it was made: so without it they are given up, for an operator to
	// look at.
	SendWaiting bool
}

// StepRestore is the step in the audit log after which all of it is from a backup.
const StepRestore = "restore"

// Restored is what was restored.
type Restored struct {
	Made    time.Time // when the backup was made
	Schema  int
	Entries int
	Held    int // messages that waited, and were given up
}

// heldBack is the trouble of a message that Restore gave up.
const heldBack = "restored from a backup: it may have been sent after that was made"

// Blank tells whether no store was ever made in engine, or begun to be copied there.
func Blank(ctx context.Context, engine kvdb.Engine) (blank bool, err error) {
	err = engine.View(ctx, func(kv kvdb.KV) error {
		_, found := kv.Get(schemaKey)
		_, begun := kv.Get(sealKey)
		blank = !found && !begun
		return nil
	})
	return blank, err
}

// Restore puts a backup in place of all that there is, at once, while others go
// on; the audit log, which is then that of the backup, says so. Until all of the
// backup has been read and found right nothing changes. Who waits on Posted or
// Recorded is told to look. A visit stands as long as the password of the account
// is of the generation that it was.
func (s *Store) Restore(ctx context.Context, r io.Reader, how Restoring) (Restored, error) {
	restored, err := restore(ctx, s.engine, s.keys, s.now, r, how, Version)
	if err != nil {
		return restored, err
	}
	for _, posted := range s.posted {
		signal(posted)
	}
	signal(s.recorded)
	return restored, nil
}

// Restore is Store.Restore for an engine that no store is open over: then the
// backup may be of an earlier schema, which Open migrates.
func Restore(ctx context.Context, engine kvdb.Engine, keys *keyring.Keys, now func() time.Time, r io.Reader, how Restoring) (Restored, error) {
	return restore(ctx, engine, keys, now, r, how, 1)
}

func restore(ctx context.Context, engine kvdb.Engine, keys *keyring.Keys, now func() time.Time, r io.Reader, how Restoring, earliest int) (Restored, error) {
	release, err := keys.Reserve()
	if err != nil {
		return Restored{}, err
	}
	defer release()
	defer keys.Use()()
	b := &backupReader{
		in: bufio.NewReaderSize(r, backupPiece), sum: sha256.New(), how: how, keys: keys,
		earliest: earliest, now: now().UTC().Truncate(time.Microsecond), known: map[string]bool{},
	}
	b.summed = io.TeeReader(b.in, b.sum)
	if err := engine.Replace(ctx, b.read); err != nil {
		return Restored{}, err
	}
	return b.restored, nil
}

// backupReader reads a backup, of which it holds one entry at a time.
type backupReader struct {
	in       *bufio.Reader
	summed   io.Reader // in, with all that is read from it in sum
	sum      hash.Hash
	how      Restoring
	keys     *keyring.Keys
	earliest int // schema
	now      time.Time
	restored Restored
	known    map[string]bool // which of the entries were there that say what the store is
}

// read hands every entry that is to be restored to put. It returns no error only
// if the whole backup was right.
func (b *backupReader) read(put func(key string, value []byte) error) error {
	if err := b.begin(); err != nil {
		return err
	}
	records, err := b.record()
	if err != nil {
		return err
	}
	all := merging{put: put, among: records}
	for {
		key, value, err := b.entry()
		if err != nil {
			return err
		}
		if key == "" {
			break
		}
		value, err = b.look(key, value)
		if err != nil {
			return err
		}
		if value == nil {
			continue
		}
		if err := all.add(key, value); err != nil {
			return err
		}
	}
	if err := b.end(); err != nil {
		return err
	}
	return all.rest()
}

// begin reads all up to the first entry.
func (b *backupReader) begin() error {
	magic := make([]byte, len(backupMagic))
	if _, err := io.ReadFull(b.summed, magic); err != nil && !cutOff(err) {
		return err
	}
	if string(magic) != backupMagic {
		return ErrNoBackup
	}
	text, err := b.piece(b.summed, longestHead)
	if err != nil {
		return err
	}
	var head backupHead
	if err := sealedkv.Unmarshal(text, &head); err != nil || head.Schema < 1 {
		return badBackup("its head makes no sense")
	}
	b.restored.Made, b.restored.Schema = head.Made.UTC(), head.Schema
	switch {
	case head.Schema > Version:
		return fmt.Errorf("the backup has schema version %d and this program knows version %d: use the loket that wrote it, or a newer one", head.Schema, Version)
	case head.Schema < b.earliest:
		return ErrEarlierSchema
	case !slices.ContainsFunc(head.Keys, b.keys.Has):
		return ErrWrongKeys
	}
	return nil
}

// entry reads an entry. There is none any more if the key is empty.
func (b *backupReader) entry() (key string, value []byte, err error) {
	name, err := b.piece(b.summed, longestKey)
	if err != nil || len(name) == 0 {
		return "", nil, err
	}
	if value, err = b.piece(b.summed, longestValue); err != nil {
		return "", nil, err
	}
	b.restored.Entries++
	return string(name), value, nil
}

// look checks an entry as far as can be done with it alone, and gives what is to
// be restored of it; nil if nothing is.
func (b *backupReader) look(key string, value []byte) ([]byte, error) {
	if key == schemaKey {
		if string(value) != strconv.Itoa(b.restored.Schema) {
			return nil, badBackup("its schema has two versions")
		}
		b.known[key] = true
		return value, nil
	}
	if !b.keys.Has(keyring.SealedUnder(value)) {
		return nil, ErrForgottenKey
	}
	switch table := kvdb.TableOf(key); {
	case key == sealKey:
		if _, err := b.keys.Open(key, value); err != nil {
			return nil, ErrWrongKeys
		}
		b.known[key] = true
	case !b.how.SendWaiting && table == turns:
		return nil, nil
	case !b.how.SendWaiting && table == messages:
		return b.holdBack(key, value)
	}
	return value, nil
}

// holdBack gives up a message that waits.
func (b *backupReader) holdBack(key string, sealed []byte) ([]byte, error) {
	m, err := sealedkv.Decode[Message](b.keys, key, sealed)
	if err != nil {
		return nil, err
	}
	if m.State() != MessageWaiting {
		return sealed, nil
	}
	m.Dead, m.Due, m.Trouble = b.now, time.Time{}, heldBack
	b.restored.Held++
	return sealedkv.Encode(b.keys, key, m)
}

// end reads what comes after the entries.
func (b *backupReader) end() error {
	sum := b.sum.Sum(nil)
	theirs := make([]byte, len(sum))
	if _, err := io.ReadFull(b.in, theirs); err != nil {
		return damagedBackup(err)
	}
	if !bytes.Equal(sum, theirs) {
		return badBackup("its sum is wrong")
	}
	if !b.known[schemaKey] || !b.known[sealKey] {
		return badBackup("it is not of a whole store")
	}
	seal, err := b.piece(b.in, longestHead)
	if err != nil {
		return err
	}
	sealed, err := b.keys.Open(backupSeal, seal)
	if err != nil || !bytes.Equal(sealed, sealedSum(sum, b.restored.Entries)) {
		return badBackup("it was not made by who has the key file")
	}
	switch _, err := b.in.ReadByte(); {
	case err == nil:
		return badBackup("something comes after its end")
	case !errors.Is(err, io.EOF):
		return err
	}
	return nil
}

// record returns the entries by which the audit log says that a backup was restored.
func (b *backupReader) record() ([]kvdb.Entry, error) {
	return recorded(b.now, b.keys, AuditEntry{
		Terminal: ByOperator, Flow: ByOperator, Step: StepRestore,
		Outcome: "restored from a backup of " + b.restored.Made.Format(time.RFC3339),
	})
}

// piece reads bytes after their length. It takes no more memory than there is to
// read.
func (b *backupReader) piece(from io.Reader, longest uint32) ([]byte, error) {
	size := make([]byte, 4)
	if _, err := io.ReadFull(from, size); err != nil {
		return nil, damagedBackup(err)
	}
	length := binary.BigEndian.Uint32(size)
	if length > longest {
		return nil, badBackup("a piece of it has %d bytes", length)
	}
	var text bytes.Buffer
	text.Grow(int(min(length, backupPiece)))
	if _, err := io.CopyN(&text, from, int64(length)); err != nil {
		return nil, damagedBackup(err)
	}
	return text.Bytes(), nil
}

func cutOff(err error) bool { return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) }

// damagedBackup is ErrBadBackup where err says that there is no more to read.
func damagedBackup(err error) error {
	if cutOff(err) {
		return badBackup("it ends too early")
	}
	return err
}

// badBackup is ErrBadBackup over what it is that tells.
func badBackup(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrBadBackup, fmt.Sprintf(format, args...))
}
