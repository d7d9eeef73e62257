package transfer

import (
	"context"
	"fmt"

	"loket/flows/transfer/lines"
	"loket/store"
)

// TooManyEnd is the error for a full file that lacks more known records than may end without an operator's permission. Nothing
// was stored.
type TooManyEnd struct{ Missing, Known int }

func (e TooManyEnd) Error() string {
	return fmt.Sprintf("%d of the %d records that earlier files brought are not in it, and would end", e.Missing, e.Known)
}

// Without an operator's permission, one in endedShareDivisor of the records from earlier files may end, or minAllowedEndings records if
// that is more.
const (
	endedShareDivisor = 100
	minAllowedEndings = 100
)

// maxEndings returns how many of the known records may end.
func (o Options) maxEndings(known int) int {
	if o.MayEnd != nil {
		return *o.MayEnd
	}
	return max(known/endedShareDivisor, minAllowedEndings)
}

// endMissingRecords ends the records from earlier files that are missing in this full file. A record is not missing if the file says
// that it is removed, or if a line with problems describes it. If there is a line with problems that could be about any record, nothing ends.
func (im *importer) endMissingRecords(ctx context.Context, s *store.Store, g *store.BulkGathering, last int) error {
	known, missing := 0, 0
	if err := forEachInFeed(ctx, s, func(about lines.RecordRef) error {
		known++
		_, seen := im.notes.findSeenRecord(about)
		_, removed := im.notes.findSeenRecord(lines.Removal{RecordRef: about}.LineRef())
		if !seen && !removed && !im.notes.isRecordRefused(about) {
			im.notes.noteMissingRecord(about)
			missing++
		}
		return im.notes.Err()
	}); err != nil {
		return err
	}
	if im.hasUnidentified && missing > 0 {
		im.summary.MissingKept = missing
		return nil
	}
	if missing > im.maxEndings(known) {
		return TooManyEnd{missing, known}
	}
	return im.notes.forMissingRecords(endedBatchSize, func(some []lines.RecordRef) error {
		return g.View(ctx, func(tx *store.Tx) error {
			im.tx = tx
			for _, about := range some {
				last++
				im.endRecord(tx, lines.Removal{RecordRef: about}, last)
			}
			return nil
		})
	})
}
