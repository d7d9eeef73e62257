package outbox

import (
	"context"
	"fmt"
	"slices"

	"loket/store"
	"loket/ui/command/console"
	"loket/ui/command/database"
)

// itemsPerTx is how many messages go into one transaction. Each takes one read and three writes
// (kvdb.MaxKeys).
const itemsPerTx = 30

// applyToEach calls do for each message, and says for how many do returned true. The error names
// the first message for which it returned false.
func applyToEach(ctx context.Context, c *database.Session, o console.Outcome, s *store.Store, ids []string, refusalText, doneText string, do func(*store.Tx, string) bool) error {
	done, refused := 0, []string{}
	for chunk := range slices.Chunk(ids, itemsPerTx) {
		var changed, unchanged []string
		if err := s.Update(ctx, func(tx *store.Tx) error {
			changed, unchanged = nil, nil
			for _, id := range chunk {
				if do(tx, id) {
					changed = append(changed, id)
				} else {
					unchanged = append(unchanged, id)
				}
			}
			return nil
		}); err != nil {
			return err
		}
		done, refused = done+len(changed), append(refused, unchanged...)
	}
	facts := map[string]any{"messages": done, "done": doneText, "refused": append([]string{}, refused...)}
	if err := o.Tell(c.Console, facts, console.CountText(done, "message")+" "+doneText); err != nil {
		return err
	}
	if len(refused) > 0 {
		return fmt.Errorf("message %s %s", refused[0], refusalText)
	}
	return nil
}
