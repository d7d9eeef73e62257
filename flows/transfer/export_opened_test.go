package transfer_test

import (
	"context"
	"io"
	"strings"
	"testing"
	"time"

	"loket/flows/desk"
	"loket/flows/transfer"
	"loket/store"
)

// TestExportOpened checks that a second desk knows which applicants opened a product with an activation number, and that the
// line has no effect on an application that is there.
func TestExportOpened(t *testing.T) {
	exported := func(s *store.Store) string {
		file, _ := export(t, s)
		return file
	}
	at := today().Add(-3 * time.Hour).Add(123 * time.Microsecond)
	first := tempStore(t)
	mustTake(t, first, anna+bram+joint+both)
	before := exported(first)
	mustUpdate(t, first, func(tx *store.Tx) error {
		c, _ := tx.Customer("K2")
		c.Holding("P1").OpenedAt = at
		tx.PutCustomer(c)
		return nil
	})
	file := exported(first)
	if !strings.Contains(file, `"opened":[{"customer":"K2","at":"2026-11-23T07:00:00.000123Z"}]`) {
		t.Fatalf("exported\n%s", file)
	}
	for name, imports := range map[string]func(context.Context, *desk.Desk, io.Reader, transfer.Options) (transfer.Summary, error){
		"alone": transfer.Import, "beside others": transfer.ImportConcurrent,
	} {
		second := tempStore(t)
		take := func(file string) {
			if _, err := imports(t.Context(), deskOf(second), strings.NewReader(file), transfer.Options{}); err != nil {
				t.Fatal(name, err)
			}
		}
		take(file)
		if got := exported(second); got != file {
			t.Errorf("%s: it has\n%s\nwant\n%s", name, got, file)
		}
		take(strings.Replace(file, "2026-11-23T07", "2026-11-22T07", 1))
		take(before)
		if got := exported(second); got != file {
			t.Errorf("%s: after other lines it has\n%s", name, got)
		}
	}
}
