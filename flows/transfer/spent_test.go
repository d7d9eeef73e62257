package transfer_test

import (
	"testing"

	"loket/store"
)

// TestSpentNumbers: a number that was used or revoked stays so when it was forgotten and
// the same feed comes again, also when the application is another one there; one that
// nobody used comes back.
func TestSpentNumbers(t *testing.T) {
	const number = `{"type":"activation_number","application":"A1","customer":"K1","number":"481620957733","issued":"2026-11-19","expires":"2096-05-19"}` + "\n"
	const moved = `{"type":"application","id":"A1","product":"P1","applicants":["K1","K2"],"submitted":"2020-02-01"}` + "\n"
	feed := anna + bram + joint + both + number
	for name, c := range map[string]struct {
		end   func(n *store.ActivationNumber, tx *store.Tx)
		again bool
	}{
		"used":       {func(n *store.ActivationNumber, tx *store.Tx) { n.Used = tx.Now }, false},
		"revoked":    {func(n *store.ActivationNumber, tx *store.Tx) { n.Revoked = tx.Now }, false},
		"never used": {func(*store.ActivationNumber, *store.Tx) {}, true},
	} {
		t.Run(name, func(t *testing.T) {
			s := tempStore(t)
			mustTake(t, s, feed)
			mustUpdate(t, s, func(tx *store.Tx) error {
				n, _ := tx.Number("481620957733")
				c.end(&n, tx)
				tx.PutNumber(n)
				tx.DeleteNumber(n.ID)
				return nil
			})
			for _, file := range []string{feed, moved + number} {
				mustTake(t, s, file)
				mustUpdate(t, s, func(tx *store.Tx) error {
					if _, found := tx.Number("481620957733"); found != c.again {
						t.Errorf("it is there again: %t", found)
					}
					return nil
				})
			}
		})
	}
}
