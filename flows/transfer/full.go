package transfer

import (
	"context"
	"encoding/json"
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

// Without an operator's permission, one in usualShare of the records from earlier files may end, or alwaysMayEnd records if
// that is more.
const (
	usualShare   = 100
	alwaysMayEnd = 100
)

// mayEnd returns how many of the known records may end.
func (o Options) mayEnd(known int) int {
	if o.MayEnd > 0 {
		return o.MayEnd
	}
	return max(known/usualShare, alwaysMayEnd)
}

// endMissing ends the records from earlier files that are missing in this full file. A record is not missing if a line with
// problems describes it. If there is a line with problems that could be about any record, nothing ends.
func (im *importer) endMissing(ctx context.Context, s *store.Store, g *store.Gathering, last int) error {
	known, missing := 0, 0
	if err := s.InFeed(ctx, func(r store.FeedRecord) error {
		known++
		about := lines.RecordRef{Type: typeOfTable[r.Table], ID: r.ID}
		if _, seen := im.notes.seen(about); !seen && !im.notes.isRefused(about) {
			im.notes.lack(about)
			missing++
		}
		return im.notes.Err()
	}); err != nil {
		return err
	}
	if im.hasUnidentified && missing > 0 {
		im.summary.end(leftUnread, missing)
		return nil
	}
	if missing > im.mayEnd(known) {
		return TooManyEnd{missing, known}
	}
	return im.notes.lacking(endedTogether, func(some []lines.RecordRef) error {
		return g.View(ctx, func(tx *store.Tx) error {
			im.tx = tx
			for _, about := range some {
				last++
				im.endOne(tx, about, last)
			}
			return nil
		})
	})
}

// typeOfTable maps the name of a table in the store to the type of the lines for its records.
var typeOfTable = map[string]string{
	store.ApplicationTable: lines.ApplicationType, store.ProductTable: lines.ProductType, store.CustomerTable: lines.CustomerType,
}

// endOne ends a record, as if the file had another line at its end that says that the record is removed.
func (im *importer) endOne(tx *store.Tx, about lines.RecordRef, number int) {
	before := tx.ChangeCount()
	im.remove(lines.Removal{RecordRef: about})
	if !im.spools || tx.ChangeCount() == before {
		return
	}
	text, err := json.Marshal(lines.RemovedOf(about.Type, about.ID))
	if err != nil {
		panic(err) // Three strings can always be marshalled.
	}
	im.notes.spool(lines.Line{Number: number, Text: text})
}
