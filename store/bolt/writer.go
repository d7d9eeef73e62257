package bolt

import (
	"context"
	"fmt"
	"iter"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"

	"go.etcd.io/bbolt"

	"loket/store/kvdb"
)

// A writer is the one goroutine that changes a database: it commits the queued jobs, and
// replaces the file.
type writer struct {
	path           string // of the file, with links resolved
	givenPath      string // path by which it was opened, which may be a link
	options        Options
	canReplaceOpen bool // whether an open file can be replaced by a rename

	mu           sync.RWMutex // guards current
	current      *file        // changed by runQueue alone
	retiredFiles sync.WaitGroup

	failureCount int                   // failed commits in a row, except for a full disk; for runQueue alone
	lastError    atomic.Pointer[error] // the error of the last commit; nil if it succeeded

	queue      chan *job // unbuffered: the callers blocked on it are the queue
	swaps      chan fileSwap
	serveGroup sync.WaitGroup

	lifetime context.Context // done when the writer stops; its cause says why
	stop     context.CancelCauseFunc
}

func startWriter(given, path string, f *file, o Options) *writer {
	w := &writer{path: path, givenPath: given, options: o, canReplaceOpen: runtime.GOOS != "windows", current: f, queue: make(chan *job), swaps: make(chan fileSwap)}
	w.lifetime, w.stop = context.WithCancelCause(context.Background())
	w.serveGroup.Go(w.runQueue)
	return w
}

// acquireFile returns the current file, which stays open until the caller releases it,
// even if it is replaced.
func (w *writer) acquireFile() *file {
	w.mu.RLock()
	defer w.mu.RUnlock()
	w.current.holders.Add(1)
	return w.current
}

// maxJobs limits a commit, so that callers that fail and come back at once do not delay
// the others.
const maxJobs = 1024

// A job is one caller's part in a commit. Its channels are used in this order, once each.
type job struct {
	lentTx      chan *bbolt.Tx    // lends the transaction to the caller for reading; closed if there is no transaction
	writes      chan []kvdb.Entry // returns the transaction, with what to write; closed without a value if the caller failed
	done        chan error        // the result of the commit
	fillPercent float64           // bbolt's fill percentage for the pages that the job splits
	commitEmpty bool              // commits even if there is nothing to write, to see whether that works
}

// commit calls decide with the database as it is after all earlier jobs, and returns once
// the entries that decide returned are on disk. It calls decide in the caller's
// goroutine, so that a panic there does not stop the writer.
func (w *writer) commit(ctx context.Context, fill float64, decide func(*bbolt.Tx) ([]kvdb.Entry, error)) error {
	return w.runJob(ctx, newJob(fill), decide)
}

func newJob(fill float64) *job {
	return &job{lentTx: make(chan *bbolt.Tx), writes: make(chan []kvdb.Entry), done: make(chan error, 1), fillPercent: fill}
}

func (w *writer) runJob(ctx context.Context, j *job, decide func(*bbolt.Tx) ([]kvdb.Entry, error)) error {
	if err := w.enqueue(ctx, j); err != nil {
		return err
	}
	tx, lent := <-j.lentTx
	if !lent {
		return context.Cause(w.lifetime)
	}
	if err := j.runTurn(tx, decide); err != nil {
		return err
	}
	return <-j.done
}

// enqueue waits until the job j may run. It checks ctx and the engine first, because select
// chooses among ready cases at random.
func (w *writer) enqueue(ctx context.Context, j *job) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if w.lifetime.Err() != nil {
		return context.Cause(w.lifetime)
	}
	select {
	case w.queue <- j:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	case <-w.lifetime.Done():
		return context.Cause(w.lifetime)
	}
}

// runTurn calls decide, and returns the transaction even if decide panics.
func (j *job) runTurn(tx *bbolt.Tx, decide func(*bbolt.Tx) ([]kvdb.Entry, error)) error {
	defer close(j.writes)
	entries, err := decide(tx)
	if err == nil {
		j.writes <- entries
	}
	return err
}

// runQueue commits queued jobs, and replaces the file, until the writer stops.
func (w *writer) runQueue() {
	debug.SetPanicOnFault(true) // for tryCommit
	for w.lifetime.Err() == nil {
		select {
		case first := <-w.queue:
			w.commitBatch(first)
		case s := <-w.swaps:
			s.done <- w.swapFile(s.newFile)
		case <-w.lifetime.Done():
		}
	}
}

// commitBatch commits first and the jobs that are queued behind it. It answers them when
// the outcome of the commit is known, or cannot be known.
func (w *writer) commitBatch(first *job) {
	tx, err := w.begin()
	if err != nil {
		w.stopWith(err)
		close(first.lentTx)
		return
	}
	id := uint64(tx.ID())
	var jobs []*job
	committed, err := w.tryCommit(tx, first, &jobs)
	switch {
	case err != nil:
		err = w.resolveFailedCommit(id, committed, err)
	case committed:
		err = w.confirmCommit(id)
	}
	if err == nil {
		w.current.releasePages()
	}
	for _, j := range jobs {
		j.done <- err
	}
}

// begin begins a write transaction, after checking that the file is the one that was
// opened and is as this writer left it.
func (w *writer) begin() (tx *bbolt.Tx, err error) {
	if err := w.checkInPlace(w.current); err != nil {
		return nil, err
	}
	if err := w.current.checkUnchanged(); err != nil {
		return nil, err
	}
	return w.current.begin(true)
}

// tryCommit lends tx to the jobs and commits what they decide. It reports whether it
// tried to commit. bbolt panics when it reads an invalid page.
func (w *writer) tryCommit(tx *bbolt.Tx, first *job, jobs *[]*job) (committed bool, err error) {
	defer rollback(tx) // unless it was committed; a failed Commit may leave it open
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: %w", errPanicked, damageError(p))
		}
	}()
	wrote, err := w.runJobs(tx, first, jobs)
	if err != nil || !wrote {
		return false, err
	}
	if err := w.current.checkUnchanged(); err != nil {
		return false, err
	}
	committed = true
	return committed, tx.Commit()
}

// rollback rolls tx back as far as a damaged database allows, to release its locks.
func rollback(tx *bbolt.Tx) {
	defer func() { _ = recover() }()
	tx.Rollback()
}

// runJobs lends tx to one job after another and puts what each decides. It appends to
// jobs those that had their turn, and reports whether there is anything to commit.
func (w *writer) runJobs(tx *bbolt.Tx, first *job, jobs *[]*job) (wrote bool, err error) {
	for j := range w.queuedJobs(first) {
		j.lentTx <- tx
		entries := <-j.writes
		*jobs = append(*jobs, j)
		wrote = wrote || len(entries) > 0 || j.commitEmpty
		if err := putEntries(tx, entries, j.fillPercent); err != nil {
			return wrote, err
		}
	}
	return wrote, nil
}

// queuedJobs yields first and then the jobs that are waiting by then.
func (w *writer) queuedJobs(first *job) iter.Seq[*job] {
	return func(yield func(*job) bool) {
		runtime.Gosched() // callers of the last commit may be about to come back
		j := first
		for range maxJobs {
			if !yield(j) {
				return
			}
			select {
			case j = <-w.queue:
			default:
				return
			}
		}
	}
}

// stopWith stops the writer because of err, and returns the error that callers get from
// then on.
func (w *writer) stopWith(err error) error {
	w.stop(fmt.Errorf("%w: %w", kvdb.ErrStopped, err))
	return context.Cause(w.lifetime)
}
