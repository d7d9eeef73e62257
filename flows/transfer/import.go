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
)

// Phase is what an import is busy with.
type Phase string

const (
	PhaseReading   Phase = "reading" // done counts bytes of the file; how many there are only the caller knows
	PhaseWriting   Phase = "writing" // done and all count entries in the store
	PhaseNotifying Phase = "telling" // done and all count customers who are told of a change
)

// ErrUnfinished says that an import was stopped while it was writing.
var ErrUnfinished = errors.New("the import was stopped while it was writing; the same import again completes it")

// batchesAhead is how many batches may be read before they are judged.
const batchesAhead = 16

// memoryLimit is how many bytes of memory an import may take before garbage is collected
// more often. What else counts as memory of the process, such as the pages of files that it
// reads, comes on top of that.
const memoryLimit = 288 << 20

// collectAtPercent makes an import collect garbage as it nears memoryLimit, and seldom before.
const collectAtPercent = 400

// Options say how a file goes in.
type Options struct {
	SeparateBadLines bool                               // lines with problems, from the others, which go in
	KeepLineTexts    bool                               // of lines with problems are wanted too
	Full             bool                               // the file has all that the bank has: what is not in it has ended
	MayEnd           int                                // how much may end in a full file; 0 for as much as is usual
	Progress         func(phase Phase, done, all int64) // is called often, if it is not nil
}

func (o Options) progress(phase Phase, done, all int64) {
	if o.Progress != nil {
		o.Progress(phase, done, all)
	}
}

// Import takes in a file from r, and says what became of its lines. What is
// wrong with them is a *Problems. Then nothing was stored, unless those lines are to
// be set apart. Nobody else may write to the store meanwhile. Once ctx is done Import returns,
// although a Read of r may still hang.
func Import(ctx context.Context, d *desk.Desk, r io.Reader, o Options) (Summary, error) {
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(memoryLimit))
	defer debug.SetGCPercent(debug.SetGCPercent(collectAtPercent))
	return importWith(ctx, d, r, o, false, func(_ *importer, g *store.Gathering) error {
		return g.Load(ctx, func(done, all int) { o.progress(PhaseWriting, int64(done), int64(all)) })
	})
}

// importWith judges a file, and then has take store it. If it spools, take finds the lines that
// change something.
func importWith(ctx context.Context, d *desk.Desk, r io.Reader, o Options, spools bool, take func(*importer, *store.Gathering) error) (_ Summary, err error) {
	im := &importer{Options: o, notes: newNotes(d.Store.Spills()), spools: spools}
	defer func() { err = cmp.Or(err, im.notes.Close()) }()
	g := d.Store.Gather()
	defer func() { err = cmp.Or(err, g.Close()) }()
	if err := im.readLines(ctx, d.Store, g, r); err != nil {
		return im.summary, err
	}
	if err = take(im, g); err == nil {
		err = im.importWithNotice(ctx, d)
	}
	if err == nil {
		err = im.takeEnded(ctx, d)
	}
	if err != nil {
		return im.summary, fmt.Errorf("%w: %w", ErrUnfinished, err)
	}
	if len(im.problems.All) > 0 {
		im.problems.RestImported = true
		return im.summary, &im.problems
	}
	return im.summary, nil
}

// readLines judges all lines of a file. What that looks at of the store is read ahead.
func (im *importer) readLines(ctx context.Context, s *store.Store, g *store.Gathering, r io.Reader) error {
	in, today := lines.NewReader(r), dutch.DateOf(s.Now())
	for b := range parallel.Map(ctx, batchesAhead, in.Batches(), func(b lines.Batch) (read readBatch) {
		read.err = s.View(ctx, func(tx *store.Tx) error {
			read = readAhead(tx.NewPrefetcher(recordsPerLine*len(b.Lines)), b, today)
			return nil
		})
		return read
	}) {
		if b.err != nil {
			return b.err
		}
		if err := g.View(ctx, func(tx *store.Tx) error { return im.takeBatch(tx, b, today) }); err != nil {
			return err
		}
		im.progress(PhaseReading, b.bytes, 0)
	}
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case in.Err != nil:
		return fmt.Errorf("read line %d: %w", in.Number, in.Err)
	case len(im.problems.All) > 0 && !im.SeparateBadLines:
		return &im.problems
	}
	if im.Full {
		if err := im.endMissing(ctx, s, g, in.Number); err != nil {
			return err
		}
	}
	return g.View(ctx, recordChanges)
}

func (im *importer) takeBatch(tx *store.Tx, b readBatch, today dutch.Date) error {
	im.tx = tx
	tx.UsePrefetched(b.ahead)
	for _, l := range b.lines {
		before := tx.Puts()
		im.takeRead(l, today)
		if im.spools && tx.Puts() > before {
			im.notes.spool(l.text)
		}
	}
	return im.notes.Err()
}

func recordChanges(tx *store.Tx) error {
	tx.RecordChanges(store.AuditEntry{Terminal: store.AuditOperator, Flow: store.AuditOperator, Step: "import", Outcome: "changed accounts or numbers"})
	return nil
}

// takeRead takes in a line that was read ahead. If it is one that is in already, it changes
// nothing, unless an earlier line of the file was about the same record.
func (im *importer) takeRead(l line, today dutch.Date) {
	if l.known != "" && !im.tx.SealedTx().IsGathered(l.known) {
		if _, again := im.notes.seen(l.Ref); !again {
			im.notes.saw(l.Ref, seenRecord{l.Line, l.Origin, effectUnchanged})
			im.summary.countEffect(l.Ref.Type, effectUnchanged)
			return
		}
	}
	if l.known != "" {
		l.ParsedLine = lines.Parse(l.text, today)
	}
	im.takeLine(l.ParsedLine)
}

// takeLine takes one line in, or notes what speaks against it.
func (im *importer) takeLine(p lines.ParsedLine) {
	im.line, im.hasProblem = p, false
	im.tx.SealedTx().Weigh(len(p.Text))
	for _, problem := range p.Problems {
		im.addProblem(problem.Field, "%s", problem.Reason)
	}
	if p.Facts != nil {
		im.applyRecord(p.Record)
	}
	if im.hasProblem {
		im.notes.refuse(p.Ref)
		im.hasUnidentified = im.hasUnidentified || p.Ref.ID == ""
	}
}

// applyRecord brings a record into the store, unless the file had the same before.
func (im *importer) applyRecord(r lines.Record) {
	earlier, again := im.notes.seen(r.Ref)
	if im.notes.judged && earlier.line == im.line.Line {
		again = false
	}
	if again && earlier.origin != r.Origin {
		im.addProblem("", "is about the same %s as line %d, and says something else", strings.ReplaceAll(r.Ref.Type, "_", " "), earlier.line)
		return
	}
	effect := effectUnchanged
	if !again {
		if effect = im.storeFacts(r.Facts); im.hasProblem {
			return
		}
		im.notes.saw(r.Ref, seenRecord{im.line.Line, r.Origin, effect})
	}
	im.summary.countEffect(r.Ref.Type, effect)
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
	case lines.Removal:
		return im.remove(f)
	}
	panic(fmt.Sprintf("there is no way to store a %T", facts))
}
