package transfer_test

import (
	"fmt"
	"strings"
	"testing"

	"loket/flows/transfer"
	"loket/store"
)

// TestManyChanges: the audit log has every change of an import that makes more of them than it keeps in memory. Here each
// number revokes the one that was issued two lines before it.
func TestManyChanges(t *testing.T) {
	const numbers = 2*2_000 + 300
	var file strings.Builder
	file.WriteString(anna + policy + asks)
	for n := range numbers {
		file.WriteString(number("A1", "K1", fmt.Sprintf("%012d", n), "2026-11-01"))
	}
	s := tempStore(t)
	if _, err := transfer.Import(t.Context(), deskOf(s), strings.NewReader(file.String()), transfer.Options{}); err != nil {
		t.Fatal(err)
	}
	changed := map[string]bool{}
	if err := s.View(t.Context(), func(tx *store.Tx) error {
		for key, sealed := range tx.SealedTx().KV.Scan(store.QueueTable + "/") {
			e, err := store.DecodeQueued(tx.SealedTx().Keys, key, sealed)
			if err != nil {
				return err
			}
			for _, c := range e.Changes {
				changed[string(c.Key)] = true
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if len(changed) != numbers-2 {
		t.Errorf("%d changes, want %d", len(changed), numbers-2)
	}
}
