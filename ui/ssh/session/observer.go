package session

// An Observer counts events. A kind is one of Kinds. The reason of an end is one of
// EndReasons, and that of a refusal one of limits.Refusals.
type Observer interface {
	SessionBegan(kind string)
	SessionEnded(kind, why string)
	Refused(why string)
	CountFrame()
	CountBytesWritten(bytes int)
}

// Kinds are the kinds of sessions.
var Kinds = []string{KindDemo, KindTerminal, KindOperator}

// The kinds of sessions.
const (
	KindDemo     = "demo"
	KindTerminal = "terminal"
	KindOperator = "operator"
)

// NoObserver counts nothing.
type NoObserver struct{}

// SessionBegan does nothing, like the other methods.
func (NoObserver) SessionBegan(string)         {}
func (NoObserver) SessionEnded(string, string) {}
func (NoObserver) Refused(string)              {}
func (NoObserver) CountFrame()                 {}
func (NoObserver) CountBytesWritten(int)       {}
