package background

import (
	tea "charm.land/bubbletea/v2"

	"loket/ui/panics"
)

// Fault is the message that code of the kiosk panicked. It makes the kiosk apologise.
type Fault struct{ panics.Trace }

// CatchPanic calls do. If do panics, it returns the fault, and otherwise nil.
func CatchPanic(do func()) (caught *Fault) {
	defer func() {
		if p := recover(); p != nil {
			caught = &Fault{panics.TraceOf(p)}
		}
	}()
	do()
	return nil
}

// CatchCmdPanic returns a command that runs cmd and passes its message to as. If cmd panics, the message is the fault. It
// treats each command of a batch in the same way.
func CatchCmdPanic(cmd tea.Cmd, as func(tea.Msg) tea.Msg) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() (msg tea.Msg) {
		if f := CatchPanic(func() { msg = cmd() }); f != nil {
			return as(*f)
		}
		switch msg := msg.(type) {
		case nil:
			return nil
		case tea.BatchMsg:
			for i, each := range msg {
				msg[i] = CatchCmdPanic(each, as)
			}
			return msg
		default:
			return as(msg)
		}
	}
}
