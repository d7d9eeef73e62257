package transfer

import (
	"context"
	"encoding/json"
	"fmt"

	"loket/flows/transfer/lines"
	"loket/store"
)

// TooManyEnd says that a file which should have all that the bank has lacks more than may end
// without somebody saying so. Nothing was stored.
type TooManyEnd struct{ Missing, Known int }

func (e TooManyEnd) Error() string {
	return fmt.Sprintf("%d of the %d records that earlier files brought are not in it, and would end", e.Missing, e.Known)
}

// Of the records that earlier files brought one in usualShare may end unasked, and always
// alwaysMayEnd of them.
const (
	usualShare   = 100
	alwaysMayEnd = 100
)

// mayEnd is how many records may end of those that are known.
func (o Options) mayEnd(known int) int {
	if o.MayEnd > 0 {
		return o.MayEnd
	}
	return max(known/usualShare, alwaysMayEnd)
}

// endMissing ends what earlier files brought and this one lacks. What a line with problems is
// about is not lacking; where nobody can tell what one is about nothing ends.
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

// typeOfTable is the type of the lines that bring the records of a table.
var typeOfTable = map[string]string{
	store.ApplicationTable: lines.ApplicationType, store.ProductTable: lines.ProductType, store.CustomerTable: lines.CustomerType,
}

// endOne ends a record as a line after the last one would that says that it is removed.
func (im *importer) endOne(tx *store.Tx, about lines.RecordRef, number int) {
	before := tx.ChangeCount()
	im.remove(lines.Removal{RecordRef: about})
	if !im.spools || tx.ChangeCount() == before {
		return
	}
	text, err := json.Marshal(lines.RemovedOf(about.Type, about.ID))
	if err != nil {
		panic(err) // of three texts
	}
	im.notes.spool(lines.Line{Number: number, Text: text})
}
