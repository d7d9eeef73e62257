package ui

import (
	"errors"
	"log/slog"

	tea "charm.land/bubbletea/v2"

	"loket/ui/panics"
)

// ErrFault is that a fault of the program ended a kiosk. What it was is in the log.
var ErrFault = errors.New("a fault of the program, which is in the log")

// recoverModel stands between a kiosk and Bubble Tea, which would print a panic on the
// terminal. App makes an apology of nearly every fault; one that comes as far as this
// ends the program.
type recoverModel struct {
	app   *App
	stop  func()
	fault *programFault
}

// Init begins.
func (m *recoverModel) Init() tea.Cmd { return m.app.Init() }

// Update has the kiosk handle a message. A fault in what it is to do comes back to it as
// a message.
func (m *recoverModel) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	var cmd tea.Cmd
	m.runUnlessFaulty(func() { _, cmd = m.app.Update(msg) })
	return m, catchInCmd(cmd, func(msg tea.Msg) tea.Msg { return msg })
}

// View draws the kiosk, or nothing after a fault.
func (m *recoverModel) View() tea.View {
	v := tea.View{AltScreen: true}
	m.runUnlessFaulty(func() { v = m.app.View() })
	return v
}

// runUnlessFaulty does something, unless there was a fault. A fault ends the program.
func (m *recoverModel) runUnlessFaulty(do func()) {
	if m.fault != nil {
		return
	}
	if m.fault = catchPanic(do); m.fault != nil {
		m.stop()
	}
}

// endError returns why the program ended. A fault is in the log by then, unless the log is
// what failed.
func (m *recoverModel) endError(err error, log *slog.Logger) error {
	if m.fault == nil && errors.Is(err, tea.ErrProgramPanic) { // and Bubble Tea told of it
		m.fault = &programFault{panics.Trace{What: err.Error()}}
	}
	if m.fault == nil {
		return err
	}
	_ = catchPanic(func() { log.Error("fault ends the kiosk", "what", m.fault.What, "where", m.fault.Where) })
	return ErrFault
}
