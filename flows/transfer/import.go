package transfer

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"strings"

	"loket/flows/desk"
	"loket/flows/dutch"
	"loket/flows/transfer/lines"
	"loket/store"
	"loket/store/parallel"
	"loket/store/reindex"
)

// ErrUnfinished means that an import was stopped while it was writing.
var ErrUnfinished = errors.New("the import was stopped while it was writing; the same import again completes it")

// batchesAhead is the maximum number of batches that are read before they are judged.
const batchesAhead = 16

// memoryLimit is the number of bytes of memory above which an import collects garbage more often. Memory outside the Go heap,
// such as the cached pages of files, is not included.
const memoryLimit = 288 << 20

// importGCPercent makes an import collect garbage as it nears memoryLimit, and seldom before.
const importGCPercent = 400

// Import imports a file from r, and returns a summary of its lines. If lines have problems, the error is a *Problems, and
// nothing is stored unless Options.SeparateBadLines is set. Nobody else may write to the store during the import. When ctx is
// done, Import returns, even if a Read of r still blocks.
func Import(ctx context.Context, d *desk.Desk, r io.Reader, o Options) (Summary, error) {
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(memoryLimit))
	defer debug.SetGCPercent(debug.SetGCPercent(importGCPercent))
	return judgeAndImport(ctx, d, r, o, false, func(_ *importer, g *store.BulkGathering) error {
		return reindex.Guard(ctx, d.Store, func(ctx context.Context) error {
			return g.Load(ctx, func(done, all int) { o.reportProgress(PhaseWriting, int64(done), int64(all)) })
		})
	})
}

// judgeAndImport judges a file, and then calls take to store it. If spools is true, the lines that change something are kept in
// im.notes for take.
func judgeAndImport(ctx context.Context, d *desk.Desk, r io.Reader, o Options, spools bool, take func(*importer, *store.BulkGathering) error) (_ Summary, err error) {
	im := &importer{Options: o, notes: newImportNotes(d.Store.SpillPlace()), problems: newProblems(d.Store.SpillPlace()), spools: spools}
	defer func() {
		if err = cmp.Or(err, im.notes.Close()); !errors.Is(err, im.problems) {
			err = cmp.Or(err, im.problems.Close())
		}
	}()
	g := d.Store.BeginGathering()
	defer func() { err = cmp.Or(err, g.Close()) }()
	if err := im.judgeAllLines(ctx, d.Store, g, r); err != nil {
		return im.summary, err
	}
	if err = take(im, g); err == nil {
		err = im.importNotifiedLines(ctx, d)
	}
	if err == nil {
		err = im.endNotedCustomers(ctx, d)
	}
	if err == nil {
		err = im.forgetErasures(ctx, d)
	}
	if err != nil {
		return im.summary, fmt.Errorf("%w: %w", ErrUnfinished, err)
	}
	if im.problems.Count > 0 {
		im.problems.RestImported = true
		return im.summary, im.problems
	}
	return im.summary, nil
}

// judgeAllLines judges all lines of a file. The store records that this needs are read ahead.
func (im *importer) judgeAllLines(ctx context.Context, s *store.Store, g *store.BulkGathering, r io.Reader) error {
	if err := im.findErasures(ctx, s); err != nil {
		return err
	}
	in, today := lines.NewReader(r), dutch.DateOf(s.Now())
	for b := range parallel.MapInOrder(ctx, batchesAhead, in.ReadBatches(), func(b lines.Batch) (read readBatch) {
		read.err = s.View(ctx, func(tx *store.Tx) error {
			read = prefetchBatch(tx.NewPrefetcher(recordsPerLine*len(b.Lines)), b, today)
			return nil
		})
		return read
	}) {
		if b.err != nil {
			return b.err
		}
		if err := g.View(ctx, func(tx *store.Tx) error { return im.importBatch(tx, b, today) }); err != nil {
			return err
		}
		im.reportProgress(PhaseReading, b.bytes, 0)
	}
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case in.Err != nil:
		return fmt.Errorf("read line %d: %w", in.Number, in.Err)
	case im.problems.Count > 0 && !im.SeparateBadLines:
		return im.problems
	}
	last, err := im.endRemovedRecords(ctx, g, in.Number)
	if err != nil {
		return err
	}
	if im.Full {
		if err := im.endMissingRecords(ctx, s, g, last); err != nil {
			return err
		}
	}
	return g.View(ctx, recordChanges)
}

func (im *importer) importBatch(tx *store.Tx, b readBatch, today dutch.Date) error {
	im.tx = tx
	tx.UsePrefetched(b.ahead)
	for _, l := range b.lines {
		before := tx.BulkChangeCount()
		im.importPrefetchedLine(l, today)
		if im.spools && tx.BulkChangeCount() > before {
			im.notes.spoolLine(l.text)
		}
	}
	if tx.CountNotedChanges() >= maxUnrecordedChanges {
		_ = recordChanges(tx)
	}
	return cmp.Or(im.notes.Err(), im.problems.all.Err())
}

// maxUnrecordedChanges is the number of changes that an import keeps in memory before it records them in the audit log. The entries
// are stored with everything else.
const maxUnrecordedChanges = 2_000

func recordChanges(tx *store.Tx) error {
	tx.RecordNotedChanges(store.AuditEntry{Terminal: store.AuditOperator, Flow: store.AuditOperator, Step: "import", Outcome: "changed accounts or numbers"})
	return nil
}

// importPrefetchedLine imports a line that was read ahead. A line whose record is unchanged has no effect, unless an earlier line of the
// file describes the same record.
func (im *importer) importPrefetchedLine(l importLine, today dutch.Date) {
	if l.known != "" && !im.tx.SealedTx().IsInBatch(l.known) {
		if _, again := im.notes.findSeenRecord(l.Ref); !again {
			im.notes.noteSeenRecord(l.Ref, seenRecord{l.Line, l.Origin, effectUnchanged})
			im.summary.countLineEffect(l.Ref.Type, effectUnchanged)
			return
		}
	}
	if l.known != "" {
		l.ParsedLine = lines.ParseLine(l.text, today)
	}
	im.importParsedLine(l.ParsedLine)
}

// importParsedLine imports one line, or records the problems of the line.
func (im *importer) importParsedLine(p lines.ParsedLine) {
	im.line, im.hasProblem = p, false
	im.tx.SealedTx().AddInputBytes(len(p.Text))
	im.noteListedErased(p.Ref)
	for _, problem := range p.Problems {
		im.addLineProblem(problem.Field, "%s", problem.Reason)
	}
	if p.Facts != nil {
		im.applyRecord(p.LineRecord)
	}
	if im.hasProblem {
		im.notes.noteRefusedRecord(p.Ref)
		im.hasUnidentified = im.hasUnidentified || p.Ref.ID == ""
	}
}

// applyRecord stores the record of a line, unless an earlier line of the file had the same record.
func (im *importer) applyRecord(r lines.LineRecord) {
	earlier, again := im.notes.findSeenRecord(r.Ref)
	again = again && !im.notes.judged // After the judgement, each line that has an effect comes once more.
	if again && earlier.origin != r.Origin {
		im.addLineProblem("", "is about the same %s as line %d, and says something else", strings.ReplaceAll(r.Ref.Type, "_", " "), earlier.line)
		return
	}
	if again {
		im.noteRepeatedLine(r, earlier.effect)
		im.summary.countLineEffect(r.Ref.Type, effectUnchanged)
		return
	}
	effect := im.storeLineFacts(r.Facts)
	if im.hasProblem {
		return
	}
	im.notes.noteSeenRecord(r.Ref, seenRecord{im.line.Line, r.Origin, effect})
	im.summary.countLineEffect(r.Ref.Type, effect)
}

// noteRepeatedLine notes that the current line says what an earlier line of the file says. A line between the two may remove the
// record, or describe what the two lines remove; then the later one of the two counts.
func (im *importer) noteRepeatedLine(r lines.LineRecord, effect lineEffect) {
	im.notes.noteSeenRecord(r.Ref, seenRecord{im.line.Line, r.Origin, effect})
	if removal, is := r.Facts.(lines.Removal); is {
		im.notes.noteRemoval(notedRemoval{removal, im.line.Line})
	}
}

// storeLineFacts stores the facts of a line, or records why they cannot be stored.
func (im *importer) storeLineFacts(facts any) lineEffect {
	switch f := facts.(type) {
	case store.Customer:
		return im.importCustomer(f)
	case store.Product:
		return im.importProduct(f)
	case lines.OpenedApplication:
		return im.importApplication(f)
	case store.Account:
		return im.importAccount(f)
	case store.ActivationNumber:
		return im.importNumber(f)
	case lines.Removal:
		if im.notes.judged {
			return im.removeRecord(f)
		}
		im.notes.noteRemoval(notedRemoval{f, im.line.Line})
		return effectUnchanged
	}
	panic(fmt.Sprintf("there is no way to store a %T", facts))
}
