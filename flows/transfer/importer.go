package transfer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"slices"
	"strings"

	"loket/flows/dutch"
	"loket/store"
	"loket/store/parallel"
)

// Phase is what an import is busy with.
type Phase string

const (
	Reading Phase = "reading" // done counts bytes of the file; how many there are only the caller knows
	Writing Phase = "writing" // done and all count entries in the store
)

// ErrUnfinished says that an import was stopped while it was writing.
var ErrUnfinished = errors.New("the import was stopped while it was writing; the same import again completes it")

// readAhead is how many batches may be read before they are judged.
const readAhead = 64

// gcPercent is how much garbage may lie beside what is kept, in percent of it.
const gcPercent = 200

// Import takes in a file from r, and says what became of its lines. What is
// wrong with them is a *Problems, and then nothing was stored. Nobody else may
// write to s meanwhile. Once ctx is done Import returns, although a Read of r
// may still hang. progress is called often.
func Import(ctx context.Context, s *store.Store, r io.Reader, progress func(phase Phase, done, all int64)) (Summary, error) {
	// What an import keeps, it keeps to the end: collecting garbage less often
	// makes it a seventh faster, for a tenth more memory.
	defer debug.SetGCPercent(debug.SetGCPercent(gcPercent))
	return take(ctx, s.Bulk, r, progress)
}

// mostTimes is how often an import is begun anew because somebody changed a record
// that it was about to change.
const mostTimes = 20

// ImportBeside is Import while others write. It takes a file that is small and there
// as a whole, since it may have to be judged again after somebody changed what it is
// about; what it stored until then it does not store again. The summary is that of the
// first time.
func ImportBeside(ctx context.Context, s *store.Store, file []byte, progress func(phase Phase, done, all int64)) (Summary, error) {
	first, err := take(ctx, s.BulkBeside, bytes.NewReader(file), progress)
	for times := 1; errors.Is(err, store.ErrChanged) && times < mostTimes; times++ {
		_, err = take(ctx, s.BulkBeside, bytes.NewReader(file), progress)
	}
	return first, err
}

// bulk is Store.Bulk or Store.BulkBeside.
type bulk func(ctx context.Context, fn func(*store.Tx) error, wrote func(done, all int)) error

func take(ctx context.Context, into bulk, r io.Reader, progress func(phase Phase, done, all int64)) (Summary, error) {
	im := &importer{seen: map[ref]sighting{}, refused: map[ref]bool{}, given: map[given]bool{}}
	judged := false
	err := into(ctx, func(tx *store.Tx) error {
		im.tx = tx
		err := im.read(ctx, r, progress)
		judged = err == nil
		return err
	}, func(done, all int) { progress(Writing, int64(done), int64(all)) })
	if err != nil && judged {
		err = fmt.Errorf("%w: %w", ErrUnfinished, err)
	}
	return im.summary, err
}

// importer judges one line after the other, in the one transaction of an import.
type importer struct {
	tx      *store.Tx
	line    int // that is being judged
	about   ref
	seen    map[ref]sighting
	refused map[ref]bool   // what lines with problems were about, so that nobody is told that it is unknown
	lost    bool           // there was a line with problems of which nobody knows what it was about
	given   map[given]bool // products that were there before, and customers got in this import

	problems Problems
	summary  Summary
}

// sighting is the line that something was first seen at.
type sighting struct {
	line   int
	origin uint64
	what   change
}

type given struct {
	customer store.CustomerID
	product  store.ProductID
}

func (im *importer) read(ctx context.Context, r io.Reader, progress func(Phase, int64, int64)) error {
	lines, today := newLineReader(r), dutch.DateOf(im.tx.Now)
	type parsedBatch struct {
		lines []parsed
		bytes int64
	}
	for b := range parallel.Map(ctx, readAhead, lines.batches(), func(b batch) parsedBatch {
		all := make([]parsed, len(b.lines))
		for i, l := range b.lines {
			all[i] = parse(l, today)
		}
		return parsedBatch{all, b.bytes}
	}) {
		for _, p := range b.lines {
			im.judge(p)
		}
		progress(Reading, b.bytes, 0)
	}
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case lines.err != nil:
		return fmt.Errorf("read line %d: %w", lines.number, lines.err)
	case im.problems.Count > 0:
		return &im.problems
	}
	return nil
}

// judge takes one line in, or notes what speaks against it.
func (im *importer) judge(p parsed) {
	im.line, im.about = p.line, p.about
	before := im.problems.Count
	for _, problem := range p.problems {
		im.problem("%s", problem)
	}
	if p.record != nil {
		im.apply(p.about, p.record)
	}
	if im.problems.Count > before {
		im.refused[p.about] = true
		im.lost = im.lost || p.about.id == ""
	}
}

// apply brings a record into the store, unless the file had the same before.
func (im *importer) apply(about ref, r record) {
	earlier, again := im.seen[about]
	if again && earlier.origin != r.origin() {
		im.problem("is about the same %s as line %d, and says something else", strings.ReplaceAll(about.kind, "_", " "), earlier.line)
		return
	}
	what := unchanged
	if !again {
		what = r.apply(im)
		im.seen[about] = sighting{im.line, r.origin(), what}
	}
	im.summary.count(about.kind, what)
}

func (im *importer) problem(format string, args ...any) {
	im.problems.add(im.line, fmt.Sprintf(format, args...))
}

// unknown reports that a line refers to what is neither in the store nor on an
// earlier line. If it was, or may have been, on one that has problems of its
// own, those suffice.
func (im *importer) unknown(what ref, role string) {
	if im.lost || im.refused[what] {
		im.refused[im.about] = true
		return
	}
	im.problem("%s %s is not known, here or in the store", role, what.id)
}

// customers finds those with these ids, and reports those that are not known.
func (im *importer) customers(role string, ids []store.CustomerID) (found []store.Customer) {
	for _, id := range ids {
		if c, known := im.tx.Customer(id); known {
			found = append(found, c)
		} else {
			im.unknown(ref{customerType, string(id)}, role)
		}
	}
	return found
}

// take takes what it is told from a customer's holdings.
func (im *importer) take(id store.CustomerID, what func(store.Holding) bool) {
	if c, known := im.tx.Customer(id); known && slices.ContainsFunc(c.Holdings, what) {
		c.Holdings = slices.DeleteFunc(slices.Clone(c.Holdings), what)
		im.tx.PutCustomer(c)
	}
}

// fresh tells whether a customer has a product only since this import.
func (im *importer) fresh(c store.CustomerID, p store.ProductID) bool {
	return im.given[given{c, p}] || im.seen[ref{productType, string(p)}].what == added
}

// became is what a line does that says these facts (their fingerprint) of a record
// that was there, with other facts or the same, or was not. A line with the same,
// such as one that was exported after the desk changed something, only becomes
// the line that the record is from.
func became(was bool, before, after uint64) change {
	switch {
	case !was:
		return added
	case before != after:
		return changed
	}
	return unchanged
}
