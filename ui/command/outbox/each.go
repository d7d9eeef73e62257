package outbox

import (
	"context"
	"fmt"
	"slices"

	"loket/store"
	"loket/ui/command/console"
	"loket/ui/command/database"
)

// messagesPerTx is the number of messages in one transaction. Each message needs two reads and three writes, and kvdb.MaxKeys
// limits the total.
const messagesPerTx = 30

// applyToMessages calls do for each message, and prints for how many of them do returned true. If do returned false for a message,
// the error names the first such message.
func applyToMessages(ctx context.Context, c *database.CommandSession, o console.OutcomePrinter, s *store.Store, ids []string, refusalText, doneText string, do func(*store.Tx, string) bool) error {
	done, refused := 0, []string{}
	for chunk := range slices.Chunk(ids, messagesPerTx) {
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
	if err := o.PrintOutcome(c.Console, facts, console.CountText(done, "message")+" "+doneText); err != nil {
		return err
	}
	if len(refused) > 0 {
		return fmt.Errorf("message %s %s", refused[0], refusalText)
	}
	return nil
}
