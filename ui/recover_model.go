package ui

import (
	"errors"
	"log/slog"

	tea "charm.land/bubbletea/v2"

	"loket/ui/panics"
)

// ErrFault says that a panic ended a kiosk. The details are in the log.
var ErrFault = errors.New("a fault of the program, which is in the log")

// recoverModel stands between a kiosk and Bubble Tea, which would print a panic on the
// terminal. App turns nearly every panic into an apology. A panic that App does not catch
// ends the program.
type recoverModel struct {
	app         *App
	stopProgram func()
	fault       *programFault
}

// Init starts the kiosk.
func (m *recoverModel) Init() tea.Cmd { return m.app.Init() }

// Update has the kiosk handle a message. A panic in a command comes back to the kiosk as a
// message.
func (m *recoverModel) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	var cmd tea.Cmd
	m.runUnlessFaulty(func() { _, cmd = m.app.Update(msg) })
	return m, catchCmdPanic(cmd, func(msg tea.Msg) tea.Msg { return msg })
}

// View draws the kiosk, or an empty screen after a panic.
func (m *recoverModel) View() tea.View {
	v := tea.View{AltScreen: true}
	m.runUnlessFaulty(func() { v = m.app.View() })
	return v
}

// runUnlessFaulty calls do, unless there was a panic before. A panic in do ends the program.
func (m *recoverModel) runUnlessFaulty(do func()) {
	if m.fault != nil {
		return
	}
	if m.fault = catchPanic(do); m.fault != nil {
		m.stopProgram()
	}
}

// endError returns why the program ended, and logs a panic. If the log itself panics, the
// panic is dropped.
func (m *recoverModel) endError(err error, log *slog.Logger) error {
	if m.fault == nil && errors.Is(err, tea.ErrProgramPanic) { // a panic that Bubble Tea recovered
		m.fault = &programFault{panics.Trace{What: err.Error()}}
	}
	if m.fault == nil {
		return err
	}
	_ = catchPanic(func() { log.Error("fault ends the kiosk", "what", m.fault.What, "where", m.fault.Where) })
	return ErrFault
}
