package transfer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"strings"

	"loket/flows/dutch"
	"loket/flows/transfer/lines"
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

// batchesAhead is how many batches may be read before they are judged.
const batchesAhead = 64

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
	return importInto(ctx, s.Bulk, r, progress)
}

// maxAttempts is how often an import is begun anew because somebody changed a record
// that it was about to lineEffect.
const maxAttempts = 20

// ImportConcurrent is Import while others write. It takes a file that is small and there
// as a whole, because it may have to be judged again after somebody changed what it is
// about; what it stored until then it does not store again. The summary is that of the
// first time.
func ImportConcurrent(ctx context.Context, s *store.Store, file []byte, progress func(phase Phase, done, all int64)) (Summary, error) {
	first, err := importInto(ctx, s.BulkConcurrent, bytes.NewReader(file), progress)
	for times := 1; errors.Is(err, store.ErrChanged) && times < maxAttempts; times++ {
		_, err = importInto(ctx, s.BulkConcurrent, bytes.NewReader(file), progress)
	}
	return first, err
}

// bulkFunc is Store.Bulk or Store.BulkBeside.
type bulkFunc func(ctx context.Context, fn func(*store.Tx) error, wrote func(done, all int)) error

func importInto(ctx context.Context, into bulkFunc, r io.Reader, progress func(phase Phase, done, all int64)) (Summary, error) {
	im := &importer{seen: map[lines.RecordRef]seenRecord{}, refused: map[lines.RecordRef]bool{}, given: map[newHolding]bool{}}
	judged := false
	err := into(ctx, func(tx *store.Tx) error {
		im.tx = tx
		err := im.readLines(ctx, r, progress)
		judged = err == nil
		return err
	}, func(done, all int) { progress(Writing, int64(done), int64(all)) })
	if err != nil && judged {
		err = fmt.Errorf("%w: %w", ErrUnfinished, err)
	}
	return im.summary, err
}

func (im *importer) readLines(ctx context.Context, r io.Reader, progress func(Phase, int64, int64)) error {
	in, today := lines.NewReader(r), dutch.DateOf(im.tx.Now)
	for b := range parallel.Map(ctx, batchesAhead, in.Batches(), func(b lines.Batch) parsedBatch {
		all := make([]lines.ParsedLine, len(b.Lines))
		for i, l := range b.Lines {
			all[i] = lines.Parse(l, today)
		}
		return parsedBatch{all, b.Bytes}
	}) {
		for _, p := range b.lines {
			im.takeLine(p)
		}
		progress(Reading, b.bytes, 0)
	}
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case in.Err != nil:
		return fmt.Errorf("read line %d: %w", in.Number, in.Err)
	case im.problems.Count > 0:
		return &im.problems
	}
	im.tx.RecordChanges(store.AuditEntry{Terminal: store.ByOperator, Flow: store.ByOperator, Step: "import", Outcome: "changed accounts or numbers"})
	return nil
}

// A parsedBatch is a lines.Batch that was parsed.
type parsedBatch struct {
	lines []lines.ParsedLine
	bytes int64
}

// takeLine takes one line in, or notes what speaks against it.
func (im *importer) takeLine(p lines.ParsedLine) {
	im.line, im.about = p.Line, p.About
	before := im.problems.Count
	for _, problem := range p.Problems {
		im.addProblem("%s", problem)
	}
	if p.Facts != nil {
		im.applyRecord(p.Record)
	}
	if im.problems.Count > before {
		im.refused[p.About] = true
		im.lost = im.lost || p.About.ID == ""
	}
}

// applyRecord brings a record into the store, unless the file had the same before.
func (im *importer) applyRecord(r lines.Record) {
	earlier, again := im.seen[r.About]
	if again && earlier.origin != r.Origin {
		im.addProblem("is about the same %s as line %d, and says something else", strings.ReplaceAll(r.About.Type, "_", " "), earlier.line)
		return
	}
	effect := unchanged
	if !again {
		effect = im.storeFacts(r.Facts)
		im.seen[r.About] = seenRecord{im.line, r.Origin, effect}
	}
	im.summary.countEffect(r.About.Type, effect)
}

// storeFacts brings the store to what a line says. It notes what speaks against that.
func (im *importer) storeFacts(facts any) lineEffect {
	switch f := facts.(type) {
	case store.Customer:
		return im.importCustomer(f)
	case store.Product:
		return im.importProduct(f)
	case store.Application:
		return im.importApplication(f)
	case store.Account:
		return im.importAccount(f)
	case store.ActivationNumber:
		return im.importNumber(f)
	}
	panic(fmt.Sprintf("there is no way to store a %T", facts))
}
