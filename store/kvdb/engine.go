package kvdb

import (
	"context"
	"errors"
	"iter"
)

// MaxKeys is the largest number of keys that one Update may read, and also the largest number that it may write, on any
// engine. The reason is that etcd allows 128 operations in a transaction, some of which the engine needs itself. Each key
// counts once, and does not count as read if the Update wrote it before. A scanned prefix counts as one key, in addition to
// the keys that the scan yields.
const MaxKeys = 120

// The errors of engines, apart from faults of the disk or the network.
var (
	ErrReadOnly         = errors.New("write in a read-only transaction")
	ErrTooLarge         = errors.New("transaction touches too many keys")
	ErrTooManyConflicts = errors.New("too many conflicting transactions")
	ErrInUse            = errors.New("another process has the database open")
	ErrNoFile           = errors.New("no such database")
	ErrStopped          = errors.New("the database takes nothing any more")
	ErrClosed           = errors.New("database is closed")

	// ErrOutcomeUnknown means that the writes of an Update may or may not have been committed. After any other error, nothing
	// was written.
	ErrOutcomeUnknown = errors.New("nobody knows whether the commit was done")
)

// Engine stores ordered keys in serializable transactions. A key consists of the name of a table, a slash and one or more
// arbitrary bytes; the engine does not interpret values. View and Update return the error of ctx once it is done, unless an
// Update has already decided what to write. If fn panics, the panic reaches the caller, and nothing is written. fn must not
// open another transaction, and must not use its KV after it returns.
type Engine interface {
	// View runs fn on one snapshot. fn may read any number of keys.
	View(ctx context.Context, fn func(KV) error) error

	// Update runs fn in a serializable transaction, and returns once the writes are durable. fn may use at most MaxKeys keys.
	// The engine may call fn more than once, so fn must have no effect except through its KV. If fn fails, nothing is written.
	Update(ctx context.Context, fn func(KV) error) error

	// Load writes many entries, sorted by key within each table, in as few transactions as the engine can. A nil value deletes
	// its key. If Load is interrupted, only the first entries are written.
	Load(ctx context.Context, entries iter.Seq2[string, []byte]) error

	// Replace replaces all entries at once: every other transaction sees either all old entries or all new ones, even after a
	// crash. Replace calls fill once; fill passes each entry to put, sorted by key within each table. If fill or any put
	// fails, nothing changes. Other transactions may write in the meantime, but their writes are lost when the entries are
	// replaced.
	Replace(ctx context.Context, fill func(put func(key string, value []byte) error) error) error

	// Check looks for damage in the engine's files, and calls found with a description of each fault, without keys or values.
	// It may block updates. It returns an error if it could not check everything.
	Check(ctx context.Context, found func(damage error)) error

	// Scrub makes all data that was overwritten or deleted so far unreadable, in the engine's files too. It returns ErrTooManyConflicts if
	// the caller must try again later.
	Scrub(ctx context.Context) error

	// CheckWritable returns an error unless updates can be stored where the next process to open the database will find them.
	// If the reason is permanent, CheckWritable also ends the context of LifetimeContext.
	CheckWritable(ctx context.Context) error

	// LifetimeContext returns a context that is done once the engine accepts no more transactions. Its cause is ErrClosed
	// after Close. It wraps ErrStopped after a fault that can only be repaired by opening the database again. A temporary
	// fault does not end the context.
	LifetimeContext() context.Context

	// Close waits for running transactions and closes the engine. Transactions that begin after it fail. Close may be called
	// more than once.
	Close() error
}

// KV is one transaction on ordered keys. After the first failure every call finds nothing, and View or Update returns that
// failure, so callers need not check for errors after each call. The caller owns all slices that it passes to a KV or gets
// from it.
type KV interface {
	// Get returns the value of key. found is also true for an empty value.
	Get(key string) (value []byte, found bool)

	// GetMany returns the values of keys, in the order of keys, with nil for a key that does not exist. In a View, several
	// goroutines may call GetMany at once, while one other goroutine calls the other methods.
	GetMany(keys []string) (values [][]byte)

	// Scan yields the entries under prefix in the order of their keys. prefix is a table's name, a slash and any bytes. Scan
	// yields the entries that exist when the loop over it begins, including the transaction's own writes.
	Scan(prefix string) iter.Seq2[string, []byte]

	// ScanAfter yields the entries under prefix whose keys are greater than the given key, for callers that read a table in
	// several transactions. If that key is empty, ScanAfter yields all entries, as Scan does.
	ScanAfter(prefix, after string) iter.Seq2[string, []byte]

	// Put sets the value of key. A nil value is stored as an empty one.
	Put(key string, value []byte)

	// Delete removes key. It does nothing if key does not exist.
	Delete(key string)
}
