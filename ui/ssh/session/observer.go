package session

// An Observer counts events. The kind of a session is one of Kinds, the reason for its end is one of EndReasons, and the
// reason for a refusal is one of limits.Refusals.
type Observer interface {
	SessionBegan(kind string)
	SessionEnded(kind, why string)
	CountRefusal(why string)
	CountFrame()
	CountBytesWritten(bytes int)
}

// Kinds lists the kinds of sessions.
var Kinds = []string{KindDemo, KindTerminal, KindOperator}

// The kinds of sessions.
const (
	KindDemo     = "demo"
	KindTerminal = "terminal"
	KindOperator = "operator"
)

// NoObserver is an Observer that does nothing.
type NoObserver struct{}

func (NoObserver) SessionBegan(string)         {}
func (NoObserver) SessionEnded(string, string) {}
func (NoObserver) CountRefusal(string)         {}
func (NoObserver) CountFrame()                 {}
func (NoObserver) CountBytesWritten(int)       {}
