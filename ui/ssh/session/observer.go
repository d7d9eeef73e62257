package session

// A Observer counts what happens, in words of Kinds, Ends and limits.Refusals.
type Observer interface {
	SessionBegan(kind string)
	SessionEnded(kind, why string)
	Refused(why string)
	Frame()
	BytesWritten(bytes int)
}

// Kinds are the kinds of sessions.
var Kinds = []string{KindDemo, KindTerminal, KindOperator}

// What a session is of.
const (
	KindDemo     = "demo"
	KindTerminal = "terminal"
	KindOperator = "operator"
)

// NoObserver counts nothing.
type NoObserver struct{}

// SessionBegan does nothing, and so do the others.
func (NoObserver) SessionBegan(string)         {}
func (NoObserver) SessionEnded(string, string) {}
func (NoObserver) Refused(string)              {}
func (NoObserver) Frame()                      {}
func (NoObserver) BytesWritten(int)            {}
