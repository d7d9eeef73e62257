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

// A writer is the one goroutine that changes a database: it commits what is queued,
// and puts new files in place.
type writer struct {
	path    string // of the file, wherever links to it are
	given   string // path by which it was opened, which may be a link
	options Options
	moves   bool // whether a file can be moved over one that is open

	mu      sync.RWMutex // guards current
	current *file        // changed by serve alone
	retired sync.WaitGroup

	failures int                   // failed commits in a row for another reason than want of room; for serve alone
	failed   atomic.Pointer[error] // that of the last commit; nil if it succeeded

	queue   chan *job // unbuffered: the callers blocked on it are the queue
	swaps   chan fileSwap
	serving sync.WaitGroup

	life context.Context // done once the writer is stopped, or has stopped; its cause says why
	stop context.CancelCauseFunc
}

func startWriter(given, path string, f *file, o Options) *writer {
	w := &writer{path: path, given: given, options: o, moves: runtime.GOOS != "windows", current: f, queue: make(chan *job), swaps: make(chan fileSwap)}
	w.life, w.stop = context.WithCancelCause(context.Background())
	w.serving.Go(w.runQueue)
	return w
}

// acquireFile returns the file as it is now, which stays open until it is let go, whatever
// replaces it.
func (w *writer) acquireFile() *file {
	w.mu.RLock()
	defer w.mu.RUnlock()
	w.current.held.Add(1)
	return w.current
}

// maxJobs bounds a commit, so that callers who fail and come straight back do
// not hold up those who wait for it to end.
const maxJobs = 1024

// A job is one caller's part in a commit. Its channels are used in this order,
// and once each.
type job struct {
	turn   chan *bbolt.Tx    // lends the transaction for reading; closed if there is nothing to lend
	writes chan []kvdb.Entry // gives it back, with what to write; closed, with nothing, if the caller failed
	done   chan error        // how the commit went
	fill   float64           // bbolt's fill percentage for the pages that the job splits
	probe  bool              // commits also if there is nothing to write, to see that it can be done
}

// commit has decide look at the database, as it is after all earlier jobs, and
// returns once the entries that it decided on are on disk. It calls decide in
// the caller's goroutine, so that a panic in it harms nobody else.
func (w *writer) commit(ctx context.Context, fill float64, decide func(*bbolt.Tx) ([]kvdb.Entry, error)) error {
	return w.do(ctx, newJob(fill), decide)
}

func newJob(fill float64) *job {
	return &job{turn: make(chan *bbolt.Tx), writes: make(chan []kvdb.Entry), done: make(chan error, 1), fill: fill}
}

func (w *writer) do(ctx context.Context, j *job, decide func(*bbolt.Tx) ([]kvdb.Entry, error)) error {
	if err := w.enqueue(ctx, j); err != nil {
		return err
	}
	tx, lent := <-j.turn
	if !lent {
		return context.Cause(w.life)
	}
	if err := j.runTurn(tx, decide); err != nil {
		return err
	}
	return <-j.done
}

// enqueue returns when it is j's turn. What is over already goes before a
// select, which would choose among what is ready at random.
func (w *writer) enqueue(ctx context.Context, j *job) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if w.life.Err() != nil {
		return context.Cause(w.life)
	}
	select {
	case w.queue <- j:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	case <-w.life.Done():
		return context.Cause(w.life)
	}
}

// runTurn gives the transaction back even when decide panics.
func (j *job) runTurn(tx *bbolt.Tx, decide func(*bbolt.Tx) ([]kvdb.Entry, error)) error {
	defer close(j.writes)
	entries, err := decide(tx)
	if err == nil {
		j.writes <- entries
	}
	return err
}

// runQueue commits what is queued, and puts new files in place, until the writer stops.
func (w *writer) runQueue() {
	debug.SetPanicOnFault(true) // for attempt
	for w.life.Err() == nil {
		select {
		case first := <-w.queue:
			w.commitBatch(first)
		case s := <-w.swaps:
			s.done <- w.swapFile(s.next)
		case <-w.life.Done():
		}
	}
}

// commitBatch commits first and whoever is queued behind it. They are answered once
// it is known what became of the commit, as far as that can be known.
func (w *writer) commitBatch(first *job) {
	tx, err := w.begin()
	if err != nil {
		w.stopWith(err)
		close(first.turn)
		return
	}
	id := uint64(tx.ID())
	var jobs []*job
	committed, err := w.tryCommit(tx, first, &jobs)
	switch {
	case err != nil:
		err = w.settle(id, committed, err)
	case committed:
		err = w.confirm(id)
	}
	if err == nil {
		w.current.releasePages()
	}
	for _, j := range jobs {
		j.done <- err
	}
}

// begin begins a transaction that writes, if the file is the one that was opened and
// as this writer left it.
func (w *writer) begin() (tx *bbolt.Tx, err error) {
	if err := w.inPlace(w.current); err != nil {
		return nil, err
	}
	if err := w.current.untouched(); err != nil {
		return nil, err
	}
	return w.current.begin(true)
}

// tryCommit lends tx to the jobs and commits what they decide. It reports whether it came
// to the commit. bbolt panics when it comes upon a page that makes no sense.
func (w *writer) tryCommit(tx *bbolt.Tx, first *job, jobs *[]*job) (committed bool, err error) {
	defer rollback(tx) // unless it was committed; a Commit that fails may leave it as it is
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: %w", errPanicked, damageError(p))
		}
	}()
	wrote, err := w.runJobs(tx, first, jobs)
	if err != nil || !wrote {
		return false, err
	}
	if err := w.current.untouched(); err != nil {
		return false, err
	}
	committed = true
	return committed, tx.Commit()
}

// rollback rolls tx back as far as a damaged database lets it, for the sake of
// the locks that it holds.
func rollback(tx *bbolt.Tx) {
	defer func() { _ = recover() }()
	tx.Rollback()
}

// runJobs lends tx to one job after another and puts in what each decides. It
// adds to jobs those that had their turn, and reports whether there is anything to
// commit.
func (w *writer) runJobs(tx *bbolt.Tx, first *job, jobs *[]*job) (wrote bool, err error) {
	for j := range w.queuedJobs(first) {
		j.turn <- tx
		entries := <-j.writes
		*jobs = append(*jobs, j)
		wrote = wrote || len(entries) > 0 || j.probe
		if err := putEntries(tx, entries, j.fill); err != nil {
			return wrote, err
		}
	}
	return wrote, nil
}

// queuedJobs yields first and then whoever is waiting by that time.
func (w *writer) queuedJobs(first *job) iter.Seq[*job] {
	return func(yield func(*job) bool) {
		runtime.Gosched() // those whom the last commit let go may be about to come back
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

// stopWith stops the writer over err, and returns what callers are told from then on.
func (w *writer) stopWith(err error) error {
	w.stop(fmt.Errorf("%w: %w", kvdb.ErrStopped, err))
	return context.Cause(w.life)
}
