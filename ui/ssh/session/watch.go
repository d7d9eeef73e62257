package session

// A Watch counts what happens, in words of Kinds, Ends and limits.Refusals.
type Watch interface {
	SessionBegan(kind string)
	SessionEnded(kind, why string)
	Refused(why string)
	Frame()
	Wrote(bytes int)
}

// Kinds are the kinds of sessions.
var Kinds = []string{KindDemo, KindTerminal, KindOperator}

// What a session is of.
const (
	KindDemo     = "demo"
	KindTerminal = "terminal"
	KindOperator = "operator"
)

// Unwatched counts nothing.
type Unwatched struct{}

// SessionBegan does nothing, and so do the others.
func (Unwatched) SessionBegan(string)         {}
func (Unwatched) SessionEnded(string, string) {}
func (Unwatched) Refused(string)              {}
func (Unwatched) Frame()                      {}
func (Unwatched) Wrote(int)                   {}
