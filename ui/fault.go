package ui

import (
	tea "charm.land/bubbletea/v2"

	"loket/ui/panics"
)

// programFault is the message that code of the kiosk panicked. It makes the kiosk apologise.
type programFault struct{ panics.Trace }

// catchPanic calls do. If do panics, it returns the fault, and otherwise nil.
func catchPanic(do func()) (caught *programFault) {
	defer func() {
		if p := recover(); p != nil {
			caught = &programFault{panics.TraceOf(p)}
		}
	}()
	do()
	return nil
}

// catchCmdPanic returns a command that runs cmd and passes its message to as. If cmd panics, the message is the fault. It
// treats each command of a batch in the same way.
func catchCmdPanic(cmd tea.Cmd, as func(tea.Msg) tea.Msg) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() (msg tea.Msg) {
		if f := catchPanic(func() { msg = cmd() }); f != nil {
			return as(*f)
		}
		switch msg := msg.(type) {
		case nil:
			return nil
		case tea.BatchMsg:
			for i, each := range msg {
				msg[i] = catchCmdPanic(each, as)
			}
			return msg
		default:
			return as(msg)
		}
	}
}
