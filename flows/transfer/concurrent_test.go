package transfer_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"loket/flows/transfer"
	"loket/store"
)

// takeConcurrently imports a file while others write, and calls between after each few lines.
func takeConcurrently(t *testing.T, ctx context.Context, s *store.Store, file string, between func()) (transfer.Summary, error) {
	t.Helper()
	return transfer.ImportConcurrent(ctx, deskOf(s), strings.NewReader(file), transfer.Options{Progress: func(phase transfer.Phase, _, _ int64) {
		if phase == transfer.PhaseWriting {
			between()
		}
	}})
}

// others are so many customers whom nothing else refers to.
func others(count int) string {
	return strings.ReplaceAll(crowd(count, "Utrecht"), `"id":"K`, `"id":"C`)
}

// TestConcurrentHides: what is applied for further on in the file is never seen before.
func TestConcurrentHides(t *testing.T) {
	s := tempStore(t)
	one := tempStore(t)
	file := anna + bram + joint + others(1000) + both + number("A1", "K1", "000000000001", "2026-11-01")
	want := mustTake(t, one, file)
	pieces, held := 0, false
	got, err := takeConcurrently(t, t.Context(), s, file, func() {
		pieces++
		mustUpdate(t, s, func(tx *store.Tx) error {
			c, _ := tx.Customer("K1")
			h := c.Holding("P1")
			held = held || h != nil
			if h != nil && h.IsVisible() {
				t.Errorf("P1 shows after piece %d", pieces)
			}
			return nil
		})
	})
	if err != nil || pieces < 3 || !held {
		t.Fatalf("%d pieces, held %t, %v", pieces, held, err)
	}
	same(t, "summary", got, want)
	same(t, "store", look(t, s), look(t, one))
}

// TestConcurrentImpossible: a line that a visitor made impossible meanwhile is set apart, with
// those that need it, and the others go in.
func TestConcurrentImpossible(t *testing.T) {
	s := tempStore(t)
	mustTake(t, s, bram)
	file := anna + others(500) + account("K1", "anna") + policy
	first := true
	_, err := takeConcurrently(t, t.Context(), s, file, func() {
		if first {
			mustUpdate(t, s, func(tx *store.Tx) error {
				tx.PutAccount(store.Account{Customer: "K2", Username: "ANNA"})
				return nil
			})
		}
		first = false
	})
	problems, are := errors.AsType[*transfer.Problems](err)
	if !are || !problems.RestImported || problems.Lines != 1 || allProblems(t, problems)[0].Field != "username" || allProblems(t, problems)[0].Line != 502 {
		t.Fatalf("problems %+v", err)
	}
	if e := look(t, s); len(e.Products) != 1 || e.Accounts[0].Customer != "K2" {
		t.Errorf("%d products, accounts %+v", len(e.Products), e.Accounts)
	}
}

// TestConcurrentStopped: one that was stopped after any piece is completed by the same command.
func TestConcurrentStopped(t *testing.T) {
	file := anna + bram + joint + others(900) + account("K1", "anna") + both + number("A1", "K1", "000000000001", "2026-11-01")
	whole := tempStore(t)
	mustTake(t, whole, file)
	for stop := 1; stop < 5; stop++ {
		s, pieces := tempStore(t), 0
		ctx, cancel := context.WithCancel(t.Context())
		_, err := takeConcurrently(t, ctx, s, file, func() {
			if pieces++; pieces == stop {
				cancel()
			}
		})
		if !errors.Is(err, transfer.ErrUnfinished) {
			t.Fatalf("stopped after piece %d: %v", stop, err)
		}
		if _, err := takeConcurrently(t, t.Context(), s, file, func() {}); err != nil {
			t.Fatal(err)
		}
		same(t, fmt.Sprintf("after piece %d", stop), look(t, s), look(t, whole))
	}
}

// TestConcurrentUnchanged: what is in already is not written again.
func TestConcurrentUnchanged(t *testing.T) {
	s := tempStore(t)
	file := whole + others(300)
	mustTake(t, s, file)
	pieces := 0
	if _, err := takeConcurrently(t, t.Context(), s, file, func() { pieces++ }); err != nil || pieces > 1 {
		t.Errorf("%d pieces, %v", pieces, err)
	}
}
