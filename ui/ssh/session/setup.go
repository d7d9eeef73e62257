package session

import (
	"golang.org/x/time/rate"

	"loket/flows/clock"
	"loket/flows/text"
	"loket/ui/ssh/limits"
)

// A SharedSettings has the settings that all sessions of a server share.
type SharedSettings struct {
	Limits        limits.Settings
	CommonLimiter *rate.Limiter // CommonLimiter limits the turns that all visitors share.
	Cells         *limits.CellBudget
	Clock         *clock.Clock
	Observer      Observer
	Language      text.Language // Language is the language for clients that ask for no language.
}
