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

// A writer runs the one goroutine that changes a database: it commits the queued jobs, and replaces the file.
type writer struct {
	path           string // path is the path of the file, with symbolic links resolved.
	givenPath      string // givenPath is the path with which the file was opened, which may be a symbolic link.
	options        Options
	canReplaceOpen bool // canReplaceOpen reports whether a rename can replace an open file on this system.

	mu           sync.RWMutex // mu guards the field current.
	current      *file        // current is the open database file; only runJobQueue's goroutine changes it.
	retiredFiles sync.WaitGroup

	// failureCount is the number of commits that failed in a row, except for a full disk. Only runJobQueue's goroutine uses it.
	failureCount int
	lastError    atomic.Pointer[error] // lastError is the error of the last commit, or nil if it succeeded.

	queue        chan *commitJob // queue is unbuffered: the goroutines that are blocked sending on it form the queue.
	swapRequests chan fileSwapRequest
	serveGroup   sync.WaitGroup

	lifetime context.Context // lifetime is done when the writer stops; its cause is the reason.
	stop     context.CancelCauseFunc
}

func startWriter(given, path string, f *file, o Options) *writer {
	w := &writer{path: path, givenPath: given, options: o, canReplaceOpen: runtime.GOOS != "windows", current: f, queue: make(chan *commitJob), swapRequests: make(chan fileSwapRequest)}
	w.lifetime, w.stop = context.WithCancelCause(context.Background())
	w.serveGroup.Go(w.runJobQueue)
	return w
}

// acquireFile returns the current database file, which stays open until the caller releases it, even if it is replaced in the
// meantime.
func (w *writer) acquireFile() *file {
	w.mu.RLock()
	defer w.mu.RUnlock()
	w.current.holders.Add(1)
	return w.current
}

// maxJobs limits the number of jobs in a commit, so that callers that fail and retry at once do not delay the others.
const maxJobs = 1024

// A commitJob is one caller's part in a commit. Its channels are used once each, in the order of the fields.
type commitJob struct {
	lentTx chan *bbolt.Tx // lentTx lends the transaction to the caller for reading. It is closed if there is no transaction.
	// writes gives the transaction back, with the entries to write. It is closed without a value if the caller failed.
	writes      chan []kvdb.Entry
	done        chan error // done receives the result of the commit.
	fillPercent float64    // fillPercent is bbolt's fill percentage for pages that the job splits.
	commitEmpty bool       // commitEmpty asks for a commit even if there is nothing to write, to find out whether the disk works.
}

// commitEntries calls decide with the database as all earlier jobs left it, and returns once the entries that decide returned are on
// disk. commit calls decide in the caller's goroutine, so that a panic in decide does not stop the writer.
func (w *writer) commitEntries(ctx context.Context, fill float64, decide func(*bbolt.Tx) ([]kvdb.Entry, error)) error {
	return w.runJob(ctx, newCommitJob(fill), decide)
}

func newCommitJob(fill float64) *commitJob {
	return &commitJob{lentTx: make(chan *bbolt.Tx), writes: make(chan []kvdb.Entry), done: make(chan error, 1), fillPercent: fill}
}

func (w *writer) runJob(ctx context.Context, j *commitJob, decide func(*bbolt.Tx) ([]kvdb.Entry, error)) error {
	if err := w.enqueue(ctx, j); err != nil {
		return err
	}
	tx, lent := <-j.lentTx
	if !lent {
		return context.Cause(w.lifetime)
	}
	if err := j.runJobTurn(tx, decide); err != nil {
		return err
	}
	return <-j.done
}

// enqueue waits until the job j may run. It checks ctx and the engine's lifetime first, because a select chooses among ready
// cases at random.
func (w *writer) enqueue(ctx context.Context, j *commitJob) error {
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

// runJobTurn calls decide with tx, and gives the transaction back even if decide panics.
func (j *commitJob) runJobTurn(tx *bbolt.Tx, decide func(*bbolt.Tx) ([]kvdb.Entry, error)) error {
	defer close(j.writes)
	entries, err := decide(tx)
	if err == nil {
		j.writes <- entries
	}
	return err
}

// runJobQueue commits queued jobs and replaces the file on request, until the writer stops.
func (w *writer) runJobQueue() {
	debug.SetPanicOnFault(true) // A fault in tryCommit, which reads mapped memory, must be a panic that it can recover.
	for w.lifetime.Err() == nil {
		select {
		case first := <-w.queue:
			w.commitBatch(first)
		case s := <-w.swapRequests:
			s.done <- w.swapFile(s.newFile)
		case <-w.lifetime.Done():
		}
	}
}

// commitBatch commits first together with the jobs that are queued behind it. It answers the jobs once it knows the outcome of
// the commit, or knows that the outcome cannot be known.
func (w *writer) commitBatch(first *commitJob) {
	tx, err := w.beginWriteTransaction()
	if err != nil {
		w.stopWithError(err)
		close(first.lentTx)
		return
	}
	id := uint64(tx.ID())
	var jobs []*commitJob
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

// beginWriteTransaction begins a write transaction, after checking that the file is still the one that was opened and that no other program
// wrote to it.
func (w *writer) beginWriteTransaction() (tx *bbolt.Tx, err error) {
	if err := w.checkFileInPlace(w.current); err != nil {
		return nil, err
	}
	if err := w.current.checkUnchanged(); err != nil {
		return nil, err
	}
	return w.current.beginTransaction(true)
}

// tryCommit lends tx to the jobs in turn and commits the entries that they return. It reports whether it tried to commit. It
// returns an error if bbolt panics because of an invalid page.
func (w *writer) tryCommit(tx *bbolt.Tx, first *commitJob, jobs *[]*commitJob) (committed bool, err error) {
	defer rollback(tx) // A failed Commit may leave the transaction open.
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

// rollback rolls tx back as far as a damaged database allows, so that bbolt releases its locks.
func rollback(tx *bbolt.Tx) {
	defer func() { _ = recover() }()
	tx.Rollback()
}

// runJobs lends tx to one job after another and puts the entries that each job returns. It appends every job that had its turn
// to jobs, and reports whether there is anything to commit.
func (w *writer) runJobs(tx *bbolt.Tx, first *commitJob, jobs *[]*commitJob) (wrote bool, err error) {
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

// queuedJobs yields first, and then the jobs that are waiting in the queue, up to maxJobs.
func (w *writer) queuedJobs(first *commitJob) iter.Seq[*commitJob] {
	return func(yield func(*commitJob) bool) {
		runtime.Gosched() // Callers of the last commit may be about to queue their next job.
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

// stopWithError stops the writer because of err, and returns the error that all callers get from then on.
func (w *writer) stopWithError(err error) error {
	w.stop(fmt.Errorf("%w: %w", kvdb.ErrStopped, err))
	return context.Cause(w.lifetime)
}
