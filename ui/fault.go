package ui

import (
	tea "charm.land/bubbletea/v2"

	"loket/ui/panics"
)

// programFault is what was caught of a fault in the program. As a message it has the kiosk
// apologise.
type programFault struct{ panics.Trace }

// catchPanic does something, and returns the fault if that panics; nil otherwise.
func catchPanic(do func()) (caught *programFault) {
	defer func() {
		if p := recover(); p != nil {
			caught = &programFault{panics.Of(p)}
		}
	}()
	do()
	return nil
}

// catchInCmd returns a command that gives its message, or the fault that it came to,
// after as changed it.
func catchInCmd(cmd tea.Cmd, as func(tea.Msg) tea.Msg) tea.Cmd {
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
				msg[i] = catchInCmd(each, as)
			}
			return msg
		default:
			return as(msg)
		}
	}
}
