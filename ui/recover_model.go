package ui

import (
	"errors"
	"log/slog"

	tea "charm.land/bubbletea/v2"

	"loket/ui/background"
	"loket/ui/panics"
)

// ErrProgramFault means that a panic ended a kiosk. The details are in the log.
var ErrProgramFault = errors.New("a fault of the program, which is in the log")

// recoverModel is a model around a kiosk that keeps panics away from Bubble Tea, which would print them on the terminal. App
// turns nearly every panic into an apology. Any other panic ends the program.
type recoverModel struct {
	app         *App
	stopProgram func()
	fault       *background.Fault
}

// Init starts the kiosk.
func (m *recoverModel) Init() tea.Cmd { return m.app.Init() }

// Update makes the kiosk handle a message. If a command panics, the kiosk receives the panic as a message.
func (m *recoverModel) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	var cmd tea.Cmd
	m.runUnlessFaulty(func() { _, cmd = m.app.Update(msg) })
	return m, background.CatchCmdPanic(cmd, func(msg tea.Msg) tea.Msg { return msg })
}

// View draws the kiosk, or an empty screen after a panic.
func (m *recoverModel) View() tea.View {
	v := tea.View{AltScreen: true}
	m.runUnlessFaulty(func() { v = m.app.View() })
	return v
}

// runUnlessFaulty calls do, unless there was a panic before. If do panics, the program ends.
func (m *recoverModel) runUnlessFaulty(do func()) {
	if m.fault != nil {
		return
	}
	if m.fault = background.CatchPanic(do); m.fault != nil {
		m.stopProgram()
	}
}

// programEndError returns the error with which the program ended, and logs a panic. If logging panics too, that panic is ignored.
func (m *recoverModel) programEndError(err error, log *slog.Logger) error {
	if m.fault == nil && errors.Is(err, tea.ErrProgramPanic) { // Bubble Tea itself recovered a panic.
		m.fault = &background.Fault{Trace: panics.Trace{What: err.Error()}}
	}
	if m.fault == nil {
		return err
	}
	_ = background.CatchPanic(func() { log.Error("fault ends the kiosk", "what", m.fault.What, "where", m.fault.Where) })
	return ErrProgramFault
}
