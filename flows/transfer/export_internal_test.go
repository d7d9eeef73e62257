package transfer

import (
	"context"
	"io"

	"loket/store"
)

// ExportTogether is Export that reads so many records in one View.
func ExportTogether(ctx context.Context, s *store.Store, w io.Writer, together int) (ExportCounts, error) {
	e := newExporter(s, w)
	e.recordsPerView = together
	return e.finishExport(e.writeAllRecords(ctx))
}
