package ssh

import "slices"

// A Watch counts what happens here, in words of Kinds, Ends and Refusals.
type Watch interface {
	SessionBegan(kind string)
	SessionEnded(kind, why string)
	Refused(why string)
	Frame()
	Wrote(bytes int)
}

// Kinds are the kinds of sessions.
var Kinds = []string{kindDemo, kindTerminal, kindOperator}

const (
	kindDemo     = "demo"
	kindTerminal = "terminal"
	kindOperator = "operator"
)

// Ends are why sessions end.
var Ends = []string{endedByVisitor, endedByFault, errGone.Error(), errReplaced.Error(), errIdle.Error(), errTooMuch.Error(), errKeyGone.Error(), errClosing.Error()}

// Why a session ends, besides the causes that end it.
const (
	endedByVisitor = "the visitor left"
	endedByFault   = "a fault"
)

// ended is why a session is over, in words of Ends.
func ended(cause error) string {
	if cause != nil && slices.Contains(Ends, cause.Error()) {
		return cause.Error()
	}
	return endedByVisitor
}

// Refusals are why connections and sessions are refused.
var Refusals = []string{refusedRate, refusedConnections, refusedHandshake, refusedAddress, refusedFull, refusedKey, refusedInput}

// unwatched counts nothing.
type unwatched struct{}

func (unwatched) SessionBegan(string)         {}
func (unwatched) SessionEnded(string, string) {}
func (unwatched) Refused(string)              {}
func (unwatched) Frame()                      {}
func (unwatched) Wrote(int)                   {}
