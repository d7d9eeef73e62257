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

// Errors of Restore, besides store.ErrWrongKeys and keyring.ErrKeysReserved. After any of them the store has not changed.
var (
	ErrNotBackup        = errors.New("it is not a backup of loket")
	ErrDamaged          = errors.New("the backup is damaged or cut off")
	ErrBackupKeyDropped = errors.New("the backup is sealed under a key that is not in the key file any more")
	ErrEarlierSchema    = errors.New("the backup has an earlier schema, which cannot be put in place of one that is open")
)

// RestoreOptions are the options of Restore.
type RestoreOptions struct {
	// SendWaiting sends the messages that wait in the backup. They may have been sent after the backup was made. Therefore,
	// without this option their delivery is given up, and an operator can decide about them.
	SendWaiting bool

	// LeaveDamaged restores all records except the damaged ones, whose names it records in the audit log. When records are
	// left out, the seal of the backup cannot be checked, so somebody may have removed records from it or mixed two backups.
	LeaveDamaged bool
}

// AuditStepRestore is the step of the audit entry saying that the store was restored from a backup.
const AuditStepRestore = "restore"

const outcomeRestoredFrom = "restored from a backup of "

// IsReplacement reports whether an audit entry says that Restore or Copy has replaced the whole store.
func IsReplacement(e store.AuditEntry) bool {
	return e.Step == AuditStepRestore && strings.HasPrefix(e.Outcome, outcomeRestoredFrom) || e.Step == AuditStepCopy && e.Outcome == outcomeCopied
}

// RestoreResult is the result of Restore.
type RestoreResult struct {
	Made            time.Time // Made is when the backup was made.
	Schema          int
	Entries         int
	MessagesGivenUp int // MessagesGivenUp counts the messages that waited in the backup and whose delivery was given up.
	LeftOut         Damage
}

// heldBackReason is the LastError of a message whose delivery Restore gave up.
const heldBackReason = "restored from a backup: it may have been sent after that was made"

// Restore replaces the whole store by a backup in one step, while others may use it. The store then has the audit log of the
// backup, with an additional entry about the restore. Nothing changes until the whole backup has been read and is intact.
// Restore wakes the receivers of Store.MessagePosted and Store.AuditQueuedSignal. A visit continues if the password of its
// account has the same generation as in the backup.
func Restore(ctx context.Context, s *store.Store, r io.Reader, how RestoreOptions) (RestoreResult, error) {
	restored, err := restoreBackup(ctx, s.Engine(), s.Keys(), s.Now, r, how, store.Version)
	if err != nil {
		return restored, err
	}
	s.WakeWaiters()
	return restored, nil
}

// RestoreToEngine is like Restore, for an engine on which no store is open. The backup may have an earlier schema, which the
// restored store then also has.
func RestoreToEngine(ctx context.Context, engine kvdb.Engine, keys *keyring.Keys, now func() time.Time, r io.Reader, how RestoreOptions) (RestoreResult, error) {
	return restoreBackup(ctx, engine, keys, now, r, how, 1)
}

func restoreBackup(ctx context.Context, engine kvdb.Engine, keys *keyring.Keys, now func() time.Time, r io.Reader, how RestoreOptions, earliest int) (RestoreResult, error) {
	release, err := keys.ReserveRotation()
	if err != nil {
		return RestoreResult{}, err
	}
	defer release()
	defer keys.BeginSealing()()
	b := &reader{
		in: bufio.NewReaderSize(r, bufferSize), sum: sha256.New(), options: how, keys: keys,
		earliestSchema: earliest, now: now().UTC().Truncate(time.Microsecond), foundMeta: map[string]bool{},
	}
	b.summedInput = io.TeeReader(b.in, b.sum)
	if err := engine.Replace(ctx, b.readAll); err != nil {
		return RestoreResult{}, err
	}
	return b.restored, b.recordLeftOut(ctx, engine)
}

// A reader reads a backup, one chunk of entries at a time.
type reader struct {
	in             *bufio.Reader
	summedInput    io.Reader // summedInput reads from in and adds the data to sum.
	sum            hash.Hash
	options        RestoreOptions
	keys           *keyring.Keys
	earliestSchema int // earliestSchema is the lowest schema version that is accepted.
	now            time.Time
	restored       RestoreResult
	// leftOutKeys are the keys of damaged accounts and activation numbers, whose versions are in the audit log.
	leftOutKeys []string
	keyIDs      []uint32        // keyIDs are the IDs of the keys when the backup was made.
	foundMeta   map[string]bool // foundMeta has the schema version and the seal if they were found.
}

// readAll calls put with every entry that is to be restored. It returns nil only if the whole backup is intact.
func (b *reader) readAll(put func(key string, value []byte) error) error {
	if err := b.readHeader(); err != nil {
		return err
	}
	records, err := b.restoreAuditEntries(outcomeRestoredFrom + b.restored.Made.Format(time.RFC3339))
	if err != nil {
		return err
	}
	all := merger{putEntry: put, pending: records}
	for more := true; more; {
		var some []kvdb.Entry
		if some, more, err = b.readChunk(); err != nil {
			return err
		}
		if err := b.restoreChunk(some, all.addStreamEntry); err != nil {
			return err
		}
	}
	if err := b.judgeDamage(b.readEndSeal()); err != nil {
		return err
	}
	return all.flushRestPending()
}

// readChunk reads a chunk of entries, and reports whether more entries may follow.
func (b *reader) readChunk() (some []kvdb.Entry, more bool, err error) {
	for size := 0; len(some) < entriesPerChunk && size < bytesPerChunk; {
		key, value, err := b.readEntry()
		if err != nil || key == "" {
			return some, false, err
		}
		some = append(some, kvdb.Entry{Key: key, Value: value})
		size += len(key) + len(value)
	}
	return some, true, nil
}

// restoreChunk calls add with the entries of a chunk that are to be restored.
func (b *reader) restoreChunk(some []kvdb.Entry, add func(key string, value []byte) error) error {
	for _, e := range some {
		if needsForgottenKey(b.keys, b.keyIDs, e) {
			return ErrBackupKeyDropped
		}
	}
	damaged := map[string]bool{}
	for _, key := range findDamagedKeys(b.keys, some) {
		damaged[key] = true
	}
	for _, e := range some {
		value, err := b.checkRestoredEntry(e.Key, e.Value, damaged[e.Key])
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

// judgeDamage returns an error for a damaged backup, unless damaged records are to be left out.
func (b *reader) judgeDamage(end error) error {
	switch left := &b.restored.LeftOut; {
	case !b.foundMeta[store.SchemaKey] || !b.foundMeta[store.SealMarkKey]:
		return newDamageError("it is not of a whole store")
	case b.options.LeaveDamaged && errors.Is(end, ErrDamaged):
		return nil
	case end != nil && left.Count > 0:
		return fmt.Errorf("%w; %w", end, left)
	case left.Count > 0 && !b.options.LeaveDamaged:
		return fmt.Errorf("%w: %w", ErrDamaged, left)
	}
	return end
}

// recordLeftOut records in the audit log which damaged records were left out.
func (b *reader) recordLeftOut(ctx context.Context, engine kvdb.Engine) error {
	if b.restored.LeftOut.Count == 0 {
		return nil
	}
	entries, err := b.restoreAuditEntries("left out what is damaged: "+b.restored.LeftOut.Error(), b.leftOutKeys...)
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

// readHeader reads everything before the first entry.
func (b *reader) readHeader() error {
	begins := make([]byte, len(backupMagic))
	if _, err := io.ReadFull(b.summedInput, begins); err != nil && !isTruncated(err) {
		return err
	}
	if string(begins) != backupMagic {
		return ErrNotBackup
	}
	text, err := b.readBlock(b.summedInput, maxHeaderSize)
	if err != nil {
		return err
	}
	var head header
	if err := sealedkv.Unmarshal(text, &head); err != nil || head.Schema < 1 {
		return newDamageError("its head makes no sense")
	}
	b.restored.Made, b.restored.Schema, b.keyIDs = head.Made.UTC(), head.Schema, head.KeyIDs
	switch {
	case head.Schema > store.Version:
		return fmt.Errorf("the backup has schema version %d and this program knows version %d: use the loket that wrote it, or a newer one", head.Schema, store.Version)
	case head.Schema < b.earliestSchema:
		return ErrEarlierSchema
	case !slices.ContainsFunc(head.KeyIDs, b.keys.HasKey):
		return store.ErrWrongKeys
	}
	return nil
}

// readEntry reads an entry. The key is empty after the last entry.
func (b *reader) readEntry() (key string, value []byte, err error) {
	name, err := b.readBlock(b.summedInput, maxKeySize)
	if err != nil || len(name) == 0 {
		return "", nil, err
	}
	if value, err = b.readBlock(b.summedInput, maxValueSize); err != nil {
		return "", nil, err
	}
	b.restored.Entries++
	return string(name), value, nil
}

// checkRestoredEntry checks a single entry, and returns the value to restore, or nil if the entry is not to be restored. If the schema
// version or the seal is damaged and damaged records are left out, checkRestoredEntry recreates the value: the header has the same
// schema version, and the keys open the other records.
func (b *reader) checkRestoredEntry(key string, value []byte, isDamaged bool) ([]byte, error) {
	schema := strconv.Itoa(b.restored.Schema)
	isDamaged = isDamaged || key == store.SchemaKey && string(value) != schema
	if key == store.SchemaKey || key == store.SealMarkKey {
		b.foundMeta[key] = true
	}
	if isDamaged {
		b.restored.LeftOut.addDamaged([]string{key})
		if table := kvdb.TableFromKey(key); table == store.AccountTable || table == store.NumberTable {
			b.leftOutKeys = append(b.leftOutKeys, key)
		}
	}
	switch table := kvdb.TableFromKey(key); {
	case key == store.SchemaKey:
		return []byte(schema), nil
	case key == store.SealMarkKey && isDamaged:
		return store.NewSealMark(b.keys)
	case isDamaged:
		return nil, nil
	case !b.options.SendWaiting && table == store.ScheduleTable:
		return nil, nil
	case !b.options.SendWaiting && table == store.OutboxTable:
		return b.holdBackMessage(key, value)
	}
	return value, nil
}

// holdBackMessage gives up the delivery of a waiting message.
func (b *reader) holdBackMessage(key string, sealed []byte) ([]byte, error) {
	m, err := sealedkv.Decode[store.Message](b.keys, key, sealed)
	if err != nil {
		return nil, err
	}
	if m.SendState() != store.MessageWaiting {
		return sealed, nil
	}
	m.Dead, m.Due, m.LastError = b.now, time.Time{}, heldBackReason
	b.restored.MessagesGivenUp++
	return sealedkv.Encode(b.keys, key, m)
}

// readEndSeal reads and checks the part of the backup after the entries.
func (b *reader) readEndSeal() error {
	sum := b.sum.Sum(nil)
	theirs := make([]byte, len(sum))
	if _, err := io.ReadFull(b.in, theirs); err != nil {
		return newTruncationError(err)
	}
	if !bytes.Equal(sum, theirs) {
		return newDamageError("its sum is wrong")
	}
	signed, err := b.readBlock(b.in, maxHeaderSize)
	if err != nil {
		return err
	}
	sealed, err := b.keys.Unseal(endSealKey, signed)
	if err != nil || !bytes.Equal(sealed, endSealContent(sum, b.restored.Entries)) {
		return newDamageError("it was not made by who has the key file")
	}
	switch _, err := b.in.ReadByte(); {
	case err == nil:
		return newDamageError("something comes after its end")
	case !errors.Is(err, io.EOF):
		return err
	}
	return nil
}

// restoreAuditEntries returns the database entries that record the outcome of a restore in the audit log.
func (b *reader) restoreAuditEntries(outcome string, gone ...string) ([]kvdb.Entry, error) {
	return store.SealedAuditEntries(b.now, b.keys, store.AuditEntry{
		Terminal: store.AuditOperator, Flow: store.AuditOperator, Step: AuditStepRestore, Outcome: outcome,
	}, gone...)
}

// readBlock reads a length and then as many bytes. It allocates no more memory than there are bytes to read.
func (b *reader) readBlock(from io.Reader, longest uint32) ([]byte, error) {
	size := make([]byte, 4)
	if _, err := io.ReadFull(from, size); err != nil {
		return nil, newTruncationError(err)
	}
	length := binary.BigEndian.Uint32(size)
	if length > longest {
		return nil, newDamageError("a piece of it has %d bytes", length)
	}
	var text bytes.Buffer
	text.Grow(int(min(length, bufferSize)))
	if _, err := io.CopyN(&text, from, int64(length)); err != nil {
		return nil, newTruncationError(err)
	}
	return text.Bytes(), nil
}

func isTruncated(err error) bool {
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
}

// newTruncationError returns an error that wraps ErrDamaged if err means that the backup ends too early. It returns any other
// error unchanged.
func newTruncationError(err error) error {
	if isTruncated(err) {
		return newDamageError("it ends too early")
	}
	return err
}

// newDamageError returns an error that wraps ErrDamaged and describes the damage.
func newDamageError(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrDamaged, fmt.Sprintf(format, args...))
}
