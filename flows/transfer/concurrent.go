package transfer

import (
	"context"
	"errors"
	"io"

	"loket/flows/desk"
	"loket/flows/dutch"
	"loket/flows/transfer/lines"
	"loket/store"
)

// ImportConcurrent is Import while others write. All of the file is judged first. Then the
// lines that change something are taken in a few at a time, each few after they were judged
// again. So nobody waits for long, and what visitors did meanwhile stands. A line that
// somebody made impossible meanwhile is set apart. The summary is that of the first time.
func ImportConcurrent(ctx context.Context, d *desk.Desk, r io.Reader, o Options) (Summary, error) {
	return importWith(ctx, d, r, o, true, func(im *importer, g *store.Gathering) error {
		if err := g.Close(); err != nil {
			return err
		}
		return im.takePieces(ctx, d)
	})
}

const (
	// pieceLines is how many lines are judged again together, and pieceBytes how many bytes of
	// lines at most, unless there is one that has more.
	pieceLines = 200
	pieceBytes = 256 << 10

	// maxAttempts is how often that is done because somebody changed a record that was about
	// to be changed.
	maxAttempts = 20
)

// takePieces takes in the lines that were kept.
func (im *importer) takePieces(ctx context.Context, d *desk.Desk) error {
	im.notes.judged = true
	var piece lines.Batch
	size, done := 0, 0
	take := func() error {
		if err := im.takePiece(ctx, d, piece); err != nil {
			return err
		}
		done += len(piece.Lines)
		im.progress(PhaseWriting, int64(done), int64(im.notes.spooled))
		piece, size = lines.Batch{}, 0
		return nil
	}
	for l := range im.notes.spooledLines() {
		piece.Lines, size = append(piece.Lines, l), size+len(l.Text)
		if len(piece.Lines) < pieceLines && size < pieceBytes {
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

// takePiece takes in a few lines, as the store is by now.
func (im *importer) takePiece(ctx context.Context, d *desk.Desk, piece lines.Batch) (err error) {
	var again *importer
	for range maxAttempts {
		again = &importer{Options: Options{SeparateBadLines: true, KeepLineTexts: im.KeepLineTexts}, notes: im.notes, hasUnidentified: im.hasUnidentified}
		err = d.Store.BulkConcurrent(ctx, func(tx *store.Tx) error {
			today := dutch.DateOf(tx.Now)
			if err := again.takeBatch(tx, readAhead(tx.NewPrefetcher(recordsPerLine*len(piece.Lines)), piece, today), today); err != nil {
				return err
			}
			return recordChanges(tx)
		}, func(int, int) {})
		if !errors.Is(err, store.ErrChanged) {
			break
		}
	}
	im.problems.All = append(im.problems.All, again.problems.All...)
	im.problems.Lines += again.problems.Lines
	return err
}
