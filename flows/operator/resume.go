package operator

import (
	"context"
	"strings"

	"loket/flows/desk"
	"loket/store"
)

// Outcomes of ResumeTerminal in the audit log.
const (
	outcomeTerminalResumed   = "resumed"
	outcomeTerminalNotPaused = "no pause to end"
)

// ResumeTerminal ends the pause of a terminal, and clears the wrong answers that led to the pause. It reports whether there
// was a pause or any wrong answer.
func ResumeTerminal(ctx context.Context, d *desk.Desk, terminal string) (wasPaused bool, err error) {
	err = d.Store.Update(ctx, func(tx *store.Tx) error {
		outcome := outcomeTerminalNotPaused
		if wasPaused = EndTerminalPause(tx, d, terminal); wasPaused {
			outcome = outcomeTerminalResumed
		}
		recordOperatorAction(d, tx, "", "terminal resume", outcome)
		return nil
	})
	return wasPaused, err
}

// EndTerminalPause ends the pause of a terminal as ResumeTerminal does. A name that begins with store.CountPrefix is no name of a
// terminal, and an operator must not clear other counts by it.
func EndTerminalPause(tx *store.Tx, d *desk.Desk, terminal string) (wasPaused bool) {
	if strings.HasPrefix(terminal, store.CountPrefix) {
		return false
	}
	t := tx.RecentTimes(terminal, d.Settings.TerminalPause)
	if wasPaused = len(t.Times) > 0 || tx.Now.Before(t.PausedUntil); wasPaused {
		tx.DeleteRecentTimes(terminal)
	}
	return wasPaused
}
