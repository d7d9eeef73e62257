package operator

import (
	"context"

	"loket/flows/desk"
	"loket/store"
)

// Outcomes of ResumeTerminal in the audit log.
const (
	outcomeResumed   = "resumed"
	outcomeNotPaused = "no pause to end"
)

// ResumeTerminal ends the pause of a terminal, and clears the wrong answers that led to the pause. It reports whether there
// was a pause or any wrong answer.
func ResumeTerminal(ctx context.Context, d *desk.Desk, terminal string) (wasPaused bool, err error) {
	err = d.Store.Update(ctx, func(tx *store.Tx) error {
		t := tx.TerminalAttempts(terminal, d.Settings.TerminalPause)
		wasPaused = len(t.Wrong) > 0 || tx.Now.Before(t.PausedUntil)
		outcome := outcomeNotPaused
		if wasPaused {
			outcome = outcomeResumed
			tx.PutTerminalAttempts(terminal, store.TerminalAttempts{})
		}
		recordAction(d, tx, "", "terminal resume", outcome)
		return nil
	})
	return wasPaused, err
}
