package ui

import (
	"errors"
	"log/slog"

	tea "charm.land/bubbletea/v2"

	"loket/ui/panics"
)

// ErrFault is that a fault of the program ended a kiosk. What it was is in the log.
var ErrFault = errors.New("a fault of the program, which is in the log")

// recoverModel is between a kiosk and Bubble Tea, which would print whatever fails on the
// terminal. App makes an apology of nearly every fault; one that comes as far as
// this ends the program.
type recoverModel struct {
	app   *App
	stop  func()
	fault *fault
}

// Init begins.
func (e *recoverModel) Init() tea.Cmd { return e.app.Init() }

// Update has the kiosk handle a message.
func (e *recoverModel) Update(msg tea.Msg) (m tea.Model, cmd tea.Cmd) {
	m = e
	defer e.catch()
	if e.fault == nil {
		_, cmd = e.app.Update(msg)
	}
	return e, caught(cmd)
}

// View draws the kiosk, or nothing any more.
func (e *recoverModel) View() (v tea.View) {
	v.AltScreen = true
	defer e.catch()
	if e.fault == nil {
		return e.app.View()
	}
	return v
}

// catch ends the program after a fault.
func (e *recoverModel) catch() {
	if p := recover(); p != nil {
		f := faultOf(p)
		e.fault = &f
		e.stop()
	}
}

// result is why the program ended. A fault is in the log by then, unless that is
// what failed.
func (e *recoverModel) result(err error, log *slog.Logger) error {
	if e.fault == nil && errors.Is(err, tea.ErrProgramPanic) { // and Bubble Tea told of it
		e.fault = &fault{panics.Trace{What: err.Error()}}
	}
	if e.fault == nil {
		return err
	}
	func() {
		defer func() { _ = recover() }()
		log.Error("fault ends the kiosk", "what", e.fault.What, "where", e.fault.Where)
	}()
	return ErrFault
}

// caught turns a fault in a command into a message for the kiosk.
func caught(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() (msg tea.Msg) {
		defer func() {
			if p := recover(); p != nil {
				msg = faultOf(p)
			}
		}()
		msg = cmd()
		if batch, is := msg.(tea.BatchMsg); is {
			for i, each := range batch {
				batch[i] = caught(each)
			}
		}
		return msg
	}
}
