package backup

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
	"strings"
	"time"

	"loket/store"
	"loket/store/keyring"
	"loket/store/kvdb"
	"loket/store/sealedkv"
)

// Why a backup cannot be restored, besides store.ErrWrongKeys and keyring.ErrRotating. Nothing
// has changed then.
var (
	ErrNotBackup     = errors.New("it is not a backup of loket")
	ErrDamaged       = errors.New("the backup is damaged or cut off")
	ErrForgottenKey  = errors.New("the backup is sealed under a key that is not in the key file any more")
	ErrEarlierSchema = errors.New("the backup has an earlier schema, which cannot be put in place of one that is open")
)

// Options is how to restore a backup.
type Options struct {
	// SendWaiting has messages sent that wait in the backup. They may have been
	// sent after it was made: so without it they are given up, for an operator to
	// look at.
	SendWaiting bool

	// LeaveDamaged restores all but what is damaged, of which the audit log tells. Then
	// nothing shows that other records were not taken out of the backup, or put into it
	// out of another one.
	LeaveDamaged bool
}

// StepRestore is the step in the audit log after which all of it is from a backup.
const StepRestore = "restore"

const restoredFrom = "restored from a backup of "

// Replaced reports whether an entry of the audit log tells that all of it was put there by
// Restore or Copy.
func Replaced(e store.AuditEntry) bool {
	return e.Step == StepRestore && strings.HasPrefix(e.Outcome, restoredFrom) || e.Step == StepCopy && e.Outcome == copied
}

// RestoreResult is what was restored.
type RestoreResult struct {
	Made    time.Time // when the backup was made
	Schema  int
	Entries int
	GivenUp int // messages that waited, and were given up
	Left    Damage
}

// heldBackReason is the trouble of a message that Restore gave up.
const heldBackReason = "restored from a backup: it may have been sent after that was made"

// Restore puts a backup in place of all that there is, at once, while others go
// on; the audit log, which is then that of the backup, says so. Until all of the
// backup has been read and found right nothing changes. Whoever waits on
// Store.Posted or Store.Recorded is told to look. A visit stands as long as the password of the account
// is of the generation that it was.
func Restore(ctx context.Context, s *store.Store, r io.Reader, how Options) (RestoreResult, error) {
	restored, err := restore(ctx, s.Engine(), s.Keys(), s.Now, r, how, store.Version)
	if err != nil {
		return restored, err
	}
	s.WakeWaiters()
	return restored, nil
}

// RestoreTo is Restore for an engine that no store is open over: then the backup may
// be of an earlier schema, and so is the store then.
func RestoreTo(ctx context.Context, engine kvdb.Engine, keys *keyring.Keys, now func() time.Time, r io.Reader, how Options) (RestoreResult, error) {
	return restore(ctx, engine, keys, now, r, how, 1)
}

func restore(ctx context.Context, engine kvdb.Engine, keys *keyring.Keys, now func() time.Time, r io.Reader, how Options, earliest int) (RestoreResult, error) {
	release, err := keys.ReserveRotation()
	if err != nil {
		return RestoreResult{}, err
	}
	defer release()
	defer keys.BeginUse()()
	b := &reader{
		in: bufio.NewReaderSize(r, bufferSize), sum: sha256.New(), how: how, keys: keys,
		earliest: earliest, now: now().UTC().Truncate(time.Microsecond), known: map[string]bool{},
	}
	b.summed = io.TeeReader(b.in, b.sum)
	if err := engine.Replace(ctx, b.readAll); err != nil {
		return RestoreResult{}, err
	}
	return b.restored, b.noteLeft(ctx, engine)
}

// reader reads a backup, of which it holds one entry at a time.
type reader struct {
	in       *bufio.Reader
	summed   io.Reader // in, with all that is read from it in sum
	sum      hash.Hash
	how      Options
	keys     *keyring.Keys
	earliest int // schema
	now      time.Time
	restored RestoreResult
	left     []string        // keys of what is damaged, of the tables whose versions the audit log has
	sealed   []uint32        // ids of the keys that there were when it was made
	known    map[string]bool // which of the entries were there that say what the store is
}

// readAll hands every entry that is to be restored to put. It returns no error only
// if the whole backup was right.
func (b *reader) readAll(put func(key string, value []byte) error) error {
	if err := b.readHeader(); err != nil {
		return err
	}
	records, err := b.auditRecord(restoredFrom + b.restored.Made.Format(time.RFC3339))
	if err != nil {
		return err
	}
	all := merger{put: put, among: records}
	for more := true; more; {
		var some []kvdb.Entry
		if some, more, err = b.some(); err != nil {
			return err
		}
		if err := b.take(some, all.add); err != nil {
			return err
		}
	}
	if err := b.verdict(b.readEnd()); err != nil {
		return err
	}
	return all.flushRest()
}

// some reads the next entries, and reports whether there may be more.
func (b *reader) some() (some []kvdb.Entry, more bool, err error) {
	for size := 0; len(some) < openedAtOnce && size < readAtOnce; {
		key, value, err := b.readEntry()
		if err != nil || key == "" {
			return some, false, err
		}
		some = append(some, kvdb.Entry{Key: key, Value: value})
		size += len(key) + len(value)
	}
	return some, true, nil
}

// take adds what is to be restored of some entries.
func (b *reader) take(some []kvdb.Entry, add func(key string, value []byte) error) error {
	for _, e := range some {
		if forgotten(b.keys, b.sealed, e) {
			return ErrForgottenKey
		}
	}
	damaged := map[string]bool{}
	for _, key := range damagedIn(b.keys, some) {
		damaged[key] = true
	}
	for _, e := range some {
		value, err := b.checkEntry(e.Key, e.Value, damaged[e.Key])
		if err != nil {
			return err
		}
		if value == nil {
			continue
		}
		if err := add(e.Key, value); err != nil {
			return err
		}
	}
	return nil
}

// verdict refuses a backup of which something is damaged, unless that is to be left.
func (b *reader) verdict(end error) error {
	switch left := &b.restored.Left; {
	case !b.known[store.SchemaKey] || !b.known[store.SealKey]:
		return damageError("it is not of a whole store")
	case b.how.LeaveDamaged && errors.Is(end, ErrDamaged):
		return nil
	case end != nil && left.Count > 0:
		return fmt.Errorf("%w; %w", end, left)
	case left.Count > 0 && !b.how.LeaveDamaged:
		return fmt.Errorf("%w: %w", ErrDamaged, left)
	}
	return end
}

// noteLeft has the audit log tell what was left out of what was restored.
func (b *reader) noteLeft(ctx context.Context, engine kvdb.Engine) error {
	if b.restored.Left.Count == 0 {
		return nil
	}
	entries, err := b.auditRecord("left out what is damaged: "+b.restored.Left.Error(), b.left...)
	if err != nil {
		return err
	}
	return engine.Update(ctx, func(kv kvdb.KV) error {
		for _, e := range entries {
			kv.Put(e.Key, e.Value)
		}
		return nil
	})
}

// readHeader reads all up to the first entry.
func (b *reader) readHeader() error {
	begins := make([]byte, len(magic))
	if _, err := io.ReadFull(b.summed, begins); err != nil && !isTruncated(err) {
		return err
	}
	if string(begins) != magic {
		return ErrNotBackup
	}
	text, err := b.readBlock(b.summed, maxHeaderSize)
	if err != nil {
		return err
	}
	var head header
	if err := sealedkv.Unmarshal(text, &head); err != nil || head.Schema < 1 {
		return damageError("its head makes no sense")
	}
	b.restored.Made, b.restored.Schema, b.sealed = head.Made.UTC(), head.Schema, head.Keys
	switch {
	case head.Schema > store.Version:
		return fmt.Errorf("the backup has schema version %d and this program knows version %d: use the loket that wrote it, or a newer one", head.Schema, store.Version)
	case head.Schema < b.earliest:
		return ErrEarlierSchema
	case !slices.ContainsFunc(head.Keys, b.keys.Has):
		return store.ErrWrongKeys
	}
	return nil
}

// readEntry reads an entry. An empty key says that there are no more.
func (b *reader) readEntry() (key string, value []byte, err error) {
	name, err := b.readBlock(b.summed, maxKeySize)
	if err != nil || len(name) == 0 {
		return "", nil, err
	}
	if value, err = b.readBlock(b.summed, maxValueSize); err != nil {
		return "", nil, err
	}
	b.restored.Entries++
	return string(name), value, nil
}

// checkEntry checks an entry as far as can be done with it alone, and returns what is to
// be restored of it, or nil if nothing is. The two that say what the store is are made
// anew if they are damaged and that is to be left: its head says the same, and so do the
// keys that open the others.
func (b *reader) checkEntry(key string, value []byte, isDamaged bool) ([]byte, error) {
	schema := strconv.Itoa(b.restored.Schema)
	isDamaged = isDamaged || key == store.SchemaKey && string(value) != schema
	if key == store.SchemaKey || key == store.SealKey {
		b.known[key] = true
	}
	if isDamaged {
		b.restored.Left.add([]string{key})
		if table := kvdb.TableOf(key); table == store.AccountTable || table == store.NumberTable {
			b.left = append(b.left, key)
		}
	}
	switch table := kvdb.TableOf(key); {
	case key == store.SchemaKey:
		return []byte(schema), nil
	case key == store.SealKey && isDamaged:
		return store.SealOf(b.keys)
	case isDamaged:
		return nil, nil
	case !b.how.SendWaiting && table == store.ScheduleTable:
		return nil, nil
	case !b.how.SendWaiting && table == store.OutboxTable:
		return b.holdBackMessage(key, value)
	}
	return value, nil
}

// holdBackMessage gives up a message that waits.
func (b *reader) holdBackMessage(key string, sealed []byte) ([]byte, error) {
	m, err := sealedkv.Decode[store.Message](b.keys, key, sealed)
	if err != nil {
		return nil, err
	}
	if m.State() != store.MessageWaiting {
		return sealed, nil
	}
	m.Dead, m.Due, m.LastError = b.now, time.Time{}, heldBackReason
	b.restored.GivenUp++
	return sealedkv.Encode(b.keys, key, m)
}

// readEnd reads what comes after the entries.
func (b *reader) readEnd() error {
	sum := b.sum.Sum(nil)
	theirs := make([]byte, len(sum))
	if _, err := io.ReadFull(b.in, theirs); err != nil {
		return orDamaged(err)
	}
	if !bytes.Equal(sum, theirs) {
		return damageError("its sum is wrong")
	}
	signed, err := b.readBlock(b.in, maxHeaderSize)
	if err != nil {
		return err
	}
	sealed, err := b.keys.Open(sealKey, signed)
	if err != nil || !bytes.Equal(sealed, sealedSum(sum, b.restored.Entries)) {
		return damageError("it was not made by who has the key file")
	}
	switch _, err := b.in.ReadByte(); {
	case err == nil:
		return damageError("something comes after its end")
	case !errors.Is(err, io.EOF):
		return err
	}
	return nil
}

// auditRecord returns the entries by which the audit log says what came of restoring.
func (b *reader) auditRecord(outcome string, gone ...string) ([]kvdb.Entry, error) {
	return store.AuditRecordEntries(b.now, b.keys, store.AuditEntry{
		Terminal: store.ByOperator, Flow: store.ByOperator, Step: StepRestore, Outcome: outcome,
	}, gone...)
}

// readBlock reads bytes after their length. It takes no more memory than what is there to
// be read.
func (b *reader) readBlock(from io.Reader, longest uint32) ([]byte, error) {
	size := make([]byte, 4)
	if _, err := io.ReadFull(from, size); err != nil {
		return nil, orDamaged(err)
	}
	length := binary.BigEndian.Uint32(size)
	if length > longest {
		return nil, damageError("a piece of it has %d bytes", length)
	}
	var text bytes.Buffer
	text.Grow(int(min(length, bufferSize)))
	if _, err := io.CopyN(&text, from, int64(length)); err != nil {
		return nil, orDamaged(err)
	}
	return text.Bytes(), nil
}

func isTruncated(err error) bool {
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
}

// orDamaged is ErrDamaged where err says that there is no more to read.
func orDamaged(err error) error {
	if isTruncated(err) {
		return damageError("it ends too early")
	}
	return err
}

// damageError is ErrDamaged over what it is that tells.
func damageError(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrDamaged, fmt.Sprintf(format, args...))
}
