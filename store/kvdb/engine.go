package kvdb

import (
	"context"
	"errors"
	"iter"
)

// MaxKeys is the most keys that one Update may read, and the most that it may
// write, on any engine: etcd takes 128 operations in a transaction, and some
// are kept for the engine itself. The same key counts once, and not as read if
// the Update wrote it before; a prefix that is scanned counts for one beside
// the keys that the Scan came to.
const MaxKeys = 120

// What an engine may report, besides faults of its own.
var (
	ErrReadOnly = errors.New("write in a read-only transaction")
	ErrTooLarge = errors.New("transaction touches too many keys")
	ErrBusy     = errors.New("too many conflicting transactions")
	ErrInUse    = errors.New("another process has the database open")
	ErrNoFile   = errors.New("no such database")
	ErrStopped  = errors.New("the database takes nothing any more")
	ErrClosed   = errors.New("database is closed")

	// ErrOutcomeUnknown is an Update's error alone. After any other nothing was written.
	ErrOutcomeUnknown = errors.New("nobody knows whether the commit was done")
)

// Engine keeps ordered keys in serializable transactions. A key is a table's
// name, a slash and one or more bytes of any kind; values are opaque.
//
// Both View and Update return the error of ctx once it is done, unless an
// Update has already decided what to write. A panic in fn reaches the caller,
// with nothing written. fn opens no other transaction, and does not keep its KV.
type Engine interface {
	// View runs fn over one snapshot. It reads as many keys as it likes.
	View(ctx context.Context, fn func(KV) error) error

	// Update runs fn serializably, and returns once what it wrote is durable.
	// fn touches at most MaxKeys keys, may run more than once and has no effect
	// outside its KV. If it fails, nothing is written.
	Update(ctx context.Context, fn func(KV) error) error

	// Load writes many entries, sorted by key within each table, in as few
	// transactions as the engine can; a nil value deletes its key. Interrupted,
	// it leaves the first of them written.
	Load(ctx context.Context, entries iter.Seq2[string, []byte]) error

	// Replace puts entries in place of all that there is, at once: every other
	// transaction sees either all that there was or exactly the new entries, also
	// after a crash. It calls fill once, which hands each entry to put, sorted by
	// key within each table. If fill or any put fails nothing has changed. Others
	// go on meanwhile; what they wrote until then is gone.
	Replace(ctx context.Context, fill func(put func(key string, value []byte) error) error) error

	// Check looks for damage in what the engine keeps below, and tells found each
	// that it comes upon, without what is in keys and values. Updates may wait for
	// it. The error says why it could not look at all there is.
	Check(ctx context.Context, found func(damage error)) error

	// Scrub makes sure that what was overwritten or deleted until now cannot be
	// read any more, not even by somebody who looks at what the engine keeps below. It may
	// say ErrBusy: then it is for the caller to come back.
	Scrub(ctx context.Context) error

	// Look looks whether updates can be kept, where the next process to open the
	// database will find them. It returns why not, and ends Life if that does not pass.
	Look(ctx context.Context) error

	// Lifetime is done once the engine takes no transactions any more. Its cause is
	// ErrClosed, or wraps ErrStopped: then a fault came first that only opening the
	// database anew mends. A fault that may pass by itself does not end it.
	Lifetime() context.Context

	// Close waits for the transactions that run. Those that come later fail.
	// It may be called again.
	Close() error
}

// KV is one transaction on ordered keys. The first failure sticks: every later
// call yields nothing, and View or Update returns that failure, so that nobody
// needs to check between calls. Slices that it returns are the caller's own, and
// so are those that it was given.
type KV interface {
	// Get finds the value of key. One that is empty is still found.
	Get(key string) (value []byte, found bool)

	// GetMany returns the values of keys, in their order, nil for one that is not found. In a
	// View several goroutines may call it at once, beside one that calls the rest.
	GetMany(keys []string) (values [][]byte)

	// Scan yields the entries under prefix, which is a table's name, a slash
	// and any bytes, in the order of their keys: those there were when the loop
	// over it began, with the transaction's own writes.
	Scan(prefix string) iter.Seq2[string, []byte]

	// ScanAfter is Scan of the keys that come after another one, for a caller that goes through
	// a table in several transactions. An empty one comes before all.
	ScanAfter(prefix, after string) iter.Seq2[string, []byte]

	// Put writes value at key. A nil one is empty.
	Put(key string, value []byte)

	// Delete removes key, if it is there.
	Delete(key string)
}
