package kvdb

import (
	"context"
	"errors"
	"iter"
)

// MaxKeys is the largest number of keys that one Update may read, and the largest number
// that it may write, on any engine: etcd allows 128 operations in a transaction, and the
// engine needs some itself. A key counts once, and not as read if the Update wrote it
// before. A scanned prefix counts as one, in addition to the keys that it yielded.
const MaxKeys = 120

// The errors of engines, besides their own faults.
var (
	ErrReadOnly = errors.New("write in a read-only transaction")
	ErrTooLarge = errors.New("transaction touches too many keys")
	ErrBusy     = errors.New("too many conflicting transactions")
	ErrInUse    = errors.New("another process has the database open")
	ErrNoFile   = errors.New("no such database")
	ErrStopped  = errors.New("the database takes nothing any more")
	ErrClosed   = errors.New("database is closed")

	// ErrOutcomeUnknown is an error of Update. After any other error nothing was written.
	ErrOutcomeUnknown = errors.New("nobody knows whether the commit was done")
)

// Engine stores ordered keys in serializable transactions. A key is the name of a table,
// a slash and one or more arbitrary bytes; values are opaque.
//
// View and Update return the error of ctx once it is done, unless an Update has already
// decided what to write. A panic in fn reaches the caller, and nothing is written. fn
// must not open another transaction, and must not use its KV later.
type Engine interface {
	// View runs fn on one snapshot. It may read any number of keys.
	View(ctx context.Context, fn func(KV) error) error

	// Update runs fn serializably, and returns once its writes are durable. fn touches at
	// most MaxKeys keys, may run more than once and has no effect outside its KV. If it
	// fails, nothing is written.
	Update(ctx context.Context, fn func(KV) error) error

	// Load writes many entries, sorted by key within each table, in as few transactions
	// as the engine can; a nil value deletes its key. If it is interrupted, the first of
	// them are written.
	Load(ctx context.Context, entries iter.Seq2[string, []byte]) error

	// Replace replaces all entries at once: every other transaction sees either all old
	// entries or exactly the new ones, also after a crash. It calls fill once, which
	// passes each entry to put, sorted by key within each table. If fill or any put
	// fails, nothing changes. Others can write in the meantime; what they write before
	// the switch is lost.
	Replace(ctx context.Context, fill func(put func(key string, value []byte) error) error) error

	// Check looks for damage in the engine's files, and calls found with each fault,
	// which contains no keys or values. Updates may have to wait for it. The error says
	// why it could not check everything.
	Check(ctx context.Context, found func(damage error)) error

	// Scrub makes what was overwritten or deleted until now unreadable, also in the
	// engine's files. If the error is ErrBusy, the caller must try again later.
	Scrub(ctx context.Context) error

	// CheckWritable checks whether updates can be stored where the next process to open the
	// database will find them. It returns why not, and ends LifetimeContext if that is
	// permanent.
	CheckWritable(ctx context.Context) error

	// LifetimeContext returns a context that is done once the engine accepts no more
	// transactions. Its cause is ErrClosed, or wraps ErrStopped after a fault that only
	// reopening the database mends. A temporary fault does not end it.
	LifetimeContext() context.Context

	// Close waits for running transactions. Later ones fail. It may be called again.
	Close() error
}

// KV is one transaction on ordered keys. The first failure is kept: every later call
// yields nothing, and View or Update returns that failure, so that callers need not check
// after each call. Slices that it returns or is given belong to the caller.
type KV interface {
	// Get returns the value of key. An empty value is found too.
	Get(key string) (value []byte, found bool)

	// GetMany returns the values of keys, in their order, nil for one that is not found. In a
	// View several goroutines may call it at once, beside one that calls the rest.
	GetMany(keys []string) (values [][]byte)

	// Scan yields the entries under prefix, which is a table's name, a slash
	// and any bytes, in the order of their keys: those there were when the loop
	// over it began, with the transaction's own writes.
	Scan(prefix string) iter.Seq2[string, []byte]

	// ScanAfter is Scan of the keys after another key, for a caller that reads a table in
	// several transactions. After "" it yields all.
	ScanAfter(prefix, after string) iter.Seq2[string, []byte]

	// Put writes value at key. A nil value is stored as empty.
	Put(key string, value []byte)

	// Delete removes key, if it exists.
	Delete(key string)
}
