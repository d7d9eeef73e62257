package transfer

import (
	"cmp"
	"context"
	"errors"
	"io"

	"loket/flows/desk"
	"loket/flows/dutch"
	"loket/flows/transfer/lines"
	"loket/store"
	"loket/store/reindex"
)

// ImportConcurrent is like Import, but other processes may write to the store meanwhile. First it judges the whole file. Then
// it imports the lines that change something in small pieces, and judges each piece again just before storing it. So nobody
// waits for long, and changes that visitors make in the meantime are kept. A line that has become invalid is reported as a
// problem. The summary counts the results of the first judgement. If another import is storing its lines, ImportConcurrent waits.
func ImportConcurrent(ctx context.Context, d *desk.Desk, r io.Reader, o Options) (Summary, error) {
	return judgeAndImport(ctx, d, r, o, true, func(im *importer, g *store.BulkGathering) error {
		if err := g.Close(); err != nil {
			return err
		}
		return reindex.GuardConcurrent(ctx, d.Store, func(ctx context.Context) error { return im.importPieces(ctx, d) })
	})
}

const (
	// maxPieceLines is the maximum number of lines in a piece. fullPieceBytes is the size in bytes at which a piece is complete.
	maxPieceLines  = 200
	fullPieceBytes = 256 << 10

	// maxAttempts is how often a piece is tried again because another process has changed one of its records.
	maxAttempts = 20
)

// importPieces imports the spooled lines, piece by piece.
func (im *importer) importPieces(ctx context.Context, d *desk.Desk) error {
	im.notes.judged = true
	var piece lines.Batch
	size, done := 0, 0
	take := func() error {
		if err := im.importPiece(ctx, d, piece); err != nil {
			return err
		}
		done += len(piece.Lines)
		im.reportProgress(PhaseWriting, int64(done), int64(im.notes.spooled))
		piece, size = lines.Batch{}, 0
		return nil
	}
	for l := range im.notes.spooledLines() {
		piece.Lines, size = append(piece.Lines, l), size+len(l.Text)
		if len(piece.Lines) < maxPieceLines && size < fullPieceBytes {
			continue
		}
		if err := take(); err != nil {
			return err
		}
	}
	if err := im.notes.Err(); err != nil {
		return err
	}
	return take()
}

// importPiece imports one piece of the file, judging its lines against the current store.
func (im *importer) importPiece(ctx context.Context, d *desk.Desk, piece lines.Batch) (err error) {
	var again *importer
	for range maxAttempts {
		isPartStored := false
		again = &importer{Options: Options{SeparateBadLines: true, KeepLineTexts: im.KeepLineTexts}, notes: im.notes, problems: newProblems(d.Store.SpillPlace()), hasUnidentified: im.hasUnidentified}
		err = d.Store.BulkUpdateConcurrent(ctx, func(tx *store.Tx) error {
			today := dutch.DateOf(tx.Now)
			if err := again.importBatch(tx, prefetchBatch(tx.NewPrefetcher(recordsPerLine*len(piece.Lines)), piece, today), today); err != nil {
				return err
			}
			return recordChanges(tx)
		}, func(int, int) { isPartStored = true })
		if !errors.Is(err, store.ErrChanged) {
			break
		}
		if !isPartStored {
			continue
		}
		if failed := reindex.RequireMending(ctx, d.Store); failed != nil {
			err = failed
			break
		}
	}
	for p, failed := range again.problems.AllProblems() {
		if failed != nil {
			return cmp.Or(err, failed)
		}
		im.problems.addProblem(p)
	}
	return cmp.Or(err, again.problems.Close())
}
