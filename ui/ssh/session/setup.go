package session

import (
	"golang.org/x/time/rate"

	"loket/flows/clock"
	"loket/flows/text"
	"loket/ui/ssh/limits"
)

// A Setup is what all sessions of a server share.
type Setup struct {
	Limits   limits.Settings
	Turns    *rate.Limiter // of all visitors together
	Cells    *limits.CellBudget
	Clock    *clock.Clock
	Watch    Observer
	Language text.Language // where the client does not say
}
