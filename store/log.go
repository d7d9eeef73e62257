package store

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"loket/store/sealedkv"
)

// The audit log is a Merkle log (RFC 6962), so that what was logged can neither
// be altered nor taken out unseen (X6). A transaction only queues its entries
// (Tx.Record). Store.Fold gives them their numbers, from 0 on, and keeps
//
//   - each entry as it is hashed (leaf), under its number;
//   - the hashes of 256 entries at a time (a tile);
//   - the head: how many entries there are, the right edge of the tree over them,
//     which is all that it takes to let it grow, and the newest checkpoint;
//   - every 1024 entries a checkpoint, so that a fault can be narrowed down.
//
// A checkpoint (checkpoint.go) is the number of entries and the root of the tree
// over them, signed. Copies of it go elsewhere: package maintenance writes them to the
// journal. Store.VerifyLog works everything out anew from the entries.
//
// What can be forgotten is not hashed. In place of the number of a customer
// stands a commitment to it, sha256(nonce ‖ number), and nonce and number are
// kept beside it. When they are dropped (Store.ForgetInLog) nobody can tell any
// more whom the entry was about, and the tree is the same. What became too old
// is dropped but for its hash (Store.ForgetLogBefore): the oldest entries only,
// and every checkpoint says up to which one.
//
// Somebody who changes the log behind our back may have
//
//   - the database. They can write no record, but remove some, and put back at
//     its place what stood there before. It is found which entry was changed,
//     removed or put in. They can also put back the whole log as it once was, for
//     example the whole file: only a checkpoint from outside that is newer shows
//     that, and names the first entry that was cut off.
//   - the database and the key file. They can write and sign any log: it is found
//     by a checkpoint from outside that was made before. Its signature says that
//     it is ours if the public key was written down elsewhere as well; with the
//     one in the key file they could replace both. What came after the newest
//     checkpoint outside is theirs to change.
//   - the key file alone. They can sign what we never did, but change nothing.
//     Whoever gets such a checkpoint sees that the log does not fit it.
//
// Two things show nowhere: what somebody with the database took out of the queue
// in the moment before it was folded, and whom an entry was about once that is
// forgotten, whoever had it forgotten. And who has the key file too can let go
// of the oldest entries, as retention does; checkpoints outside tell when the
// log had them last.

// ErrLogDamaged says that the audit log is not as it was left. Nothing is added
// to it or taken out of it then, which would make that harder to see.
var ErrLogDamaged = errors.New("the audit log was changed behind our back")

// damagedLog is ErrLogDamaged over what it is that tells.
func damagedLog(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrLogDamaged, fmt.Sprintf(format, args...))
}

// LogEntry is an entry of the audit log.
type LogEntry struct {
	AuditEntry
	Number    int64
	Hash      tlog.Hash // sha256(0 ‖ Leaf), as RFC 6962 has it
	Leaf      []byte    // CBOR: a map of 1 time, 2 terminal, 3 visit, 4 flow, 5 step, 6 outcome, 7 commitment, 8 operator
	Nonce     []byte    // the commitment is sha256(Nonce ‖ Customer)
	Forgotten bool      // it was about a customer, and Nonce and Customer are gone
}

// leaf is an entry as it is hashed.
type leaf struct {
	At         time.Time `cbor:"1,keyasint"`
	Terminal   string    `cbor:"2,keyasint"`
	Visit      string    `cbor:"3,keyasint"`
	Flow       string    `cbor:"4,keyasint"`
	Step       string    `cbor:"5,keyasint"`
	Outcome    string    `cbor:"6,keyasint"`
	Commitment []byte    `cbor:"7,keyasint,omitempty"` // to the customer whom it is about
	Operator   string    `cbor:"8,keyasint,omitempty"`
}

// logRecord is how an entry is kept.
type logRecord struct {
	Leaf     []byte     `cbor:"1,keyasint"`
	Nonce    []byte     `cbor:"2,keyasint,omitempty"`
	Customer CustomerID `cbor:"3,keyasint,omitempty"`
}

const nonceSize = 16 // bytes: that many cannot be guessed

func commitment(nonce []byte, id CustomerID) []byte {
	sum := sha256.Sum256(append(nonce[:len(nonce):len(nonce)], id...))
	return sum[:]
}

// newLogRecord is e as it is to be kept in the log.
func newLogRecord(e AuditEntry) (r logRecord, err error) {
	l := leaf{
		At: e.At.UTC(), Terminal: e.Terminal, Visit: e.Visit,
		Flow: e.Flow, Step: e.Step, Outcome: e.Outcome, Operator: e.Operator,
	}
	if e.Customer != "" {
		r.Nonce, r.Customer = make([]byte, nonceSize), e.Customer
		rand.Read(r.Nonce)
		l.Commitment = commitment(r.Nonce, r.Customer)
	}
	r.Leaf, err = sealedkv.Marshal(l)
	return r, err
}

// hash is that of the entry in the tree.
func (r logRecord) hash() tlog.Hash { return tlog.RecordHash(r.Leaf) }

// forget drops whom the entry is about.
func (r logRecord) forget() logRecord { return logRecord{Leaf: r.Leaf} }

// entry reads r, and checks that it is about whom it was logged to be about.
func (r logRecord) entry(number int64) (e LogEntry, err error) {
	var l leaf
	if err := sealedkv.Unmarshal(r.Leaf, &l); err != nil {
		return e, err
	}
	e = LogEntry{Number: number, Hash: r.hash(), Leaf: r.Leaf, Nonce: r.Nonce, AuditEntry: AuditEntry{
		At: l.At.UTC(), Terminal: l.Terminal, Visit: l.Visit,
		Flow: l.Flow, Step: l.Step, Outcome: l.Outcome, Operator: l.Operator, Customer: r.Customer,
	}}
	about := len(r.Nonce) > 0 || r.Customer != ""
	e.Forgotten = len(l.Commitment) > 0 && !about
	if about && subtle.ConstantTimeCompare(commitment(r.Nonce, r.Customer), l.Commitment) == 0 {
		return e, errors.New("it names another customer than when it was logged")
	}
	return e, nil
}

func numberedKey(table string, number int64) string {
	return fmt.Sprintf("%s/%0*x", table, numberDigits, number)
}

const numberDigits = 16

// parseNumber reads the number in a key of table.
func parseNumber(table, key string) (int64, error) {
	number, err := strconv.ParseInt(strings.TrimPrefix(key, table+"/"), 16, 64)
	if err == nil && numberedKey(table, number) != key {
		err = errors.New("not as we write it")
	}
	return number, err
}

// LogEntries yields the entries of the audit log in its order, as far as their
// content is kept.
func (tx *Tx) LogEntries() iter.Seq[LogEntry] {
	return func(yield func(LogEntry) bool) {
		for key, sealed := range tx.sealed.KV.Scan(logEntries + "/") {
			e, err := tx.logEntry(key, sealed)
			if err != nil {
				tx.sealed.Fail(err)
				return
			}
			if !yield(e) {
				return
			}
		}
	}
}

// NewestEntries yields what AuditEntries does, backwards.
func (tx *Tx) NewestEntries() iter.Seq[AuditEntry] {
	return func(yield func(AuditEntry) bool) {
		for _, e := range slices.Backward(slices.Collect(sealedkv.Scan[AuditEntry](tx.sealed, queuedEntries))) {
			if !yield(e) {
				return
			}
		}
		for e := range tx.newestLogEntries() {
			if !yield(e.AuditEntry) {
				return
			}
		}
	}
}

// newestLogEntries yields what LogEntries does, backwards. It reads a tile's worth of
// entries at a time, because engines scan forwards.
func (tx *Tx) newestLogEntries() iter.Seq[LogEntry] {
	return func(yield func(LogEntry) bool) {
		head, err := tx.logHead()
		if err != nil {
			tx.sealed.Fail(err)
			return
		}
		for until := head.edge.Size; until > head.newest.Kept; until = max(until-tileSize, 0) {
			part, err := tx.logEntriesIn(max(until-tileSize, 0), until)
			if err != nil {
				tx.sealed.Fail(err)
				return
			}
			for _, e := range slices.Backward(part) {
				if !yield(e) {
					return
				}
			}
		}
	}
}

// logEntriesIn lists the entries from a number up to another one, as far as their
// content is kept.
func (tx *Tx) logEntriesIn(from, until int64) (part []LogEntry, err error) {
	before := "" // the first
	if from > 0 {
		before = numberedKey(logEntries, from-1)
	}
	for key, sealed := range tx.sealed.KV.ScanAfter(logEntries+"/", before) {
		if key >= numberedKey(logEntries, until) {
			break
		}
		e, err := tx.logEntry(key, sealed)
		if err != nil {
			return nil, err
		}
		part = append(part, e)
	}
	return part, nil
}

func (tx *Tx) logEntry(key string, sealed []byte) (e LogEntry, err error) {
	number, err := parseNumber(logEntries, key)
	if err != nil {
		return e, damagedLog("a record of it has the key %q", key)
	}
	r, err := sealedkv.Decode[logRecord](tx.sealed.Keys, key, sealed)
	if err == nil {
		e, err = r.entry(number)
	}
	if err != nil {
		return e, damagedLog("entry %d cannot be read: %v", number, err)
	}
	return e, nil
}

// LogPart yields the entries from a number up to another one, which is not among
// them. Of those whose content was let go there is the hash alone.
func (tx *Tx) LogPart(from, until int64) iter.Seq[LogEntry] {
	return func(yield func(LogEntry) bool) {
		head, err := tx.logHead()
		for number := from; err == nil && number < min(until, head.edge.Size); number++ {
			var e LogEntry
			if number < head.newest.Kept {
				e.Number = number
				e.Hash, err = tx.loggedHash(number)
			} else {
				e, err = tx.asLogged(number)
			}
			if err == nil && !yield(e) {
				return
			}
		}
		if err != nil {
			tx.sealed.Fail(err)
		}
	}
}

// asLogged finds an entry, if it is still as it was logged.
func (tx *Tx) asLogged(number int64) (e LogEntry, err error) {
	key := numberedKey(logEntries, number)
	sealed, found := tx.sealed.KV.Get(key)
	if !found {
		return e, damagedLog("entry %d is missing", number)
	}
	if e, err = tx.logEntry(key, sealed); err != nil {
		return e, err
	}
	hash, err := tx.loggedHash(number)
	if err == nil && hash != e.Hash {
		err = damagedLog("entry %d is not the one that was logged", number)
	}
	return e, err
}
