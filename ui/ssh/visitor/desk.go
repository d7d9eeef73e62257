package visitor

import (
	"errors"
	"io"

	"loket/flows/desk"
	"loket/ui"
	"loket/ui/plain"
	"loket/ui/renderer"
	"loket/ui/ssh/session"
	"loket/ui/tty"
)

// A visitorDesk is the desk of one visitor.
type visitorDesk struct {
	*desk.Desk
	options ui.Options
	onInput func() // onInput is called whenever input comes; it may be nil.
	cleanUp func() // cleanUp must be called when the visit ends.
}

// runScreens runs the desk on the full screen.
func (d *visitorDesk) runScreens(s *session.Session) error {
	return ui.RunRemote(s.Context(), d.Desk, d.options, renderer.Terminal{
		In: s.ReadVisitorInput(d.onInput), Out: s.ScreenOutput(), Env: s.Environ(), Size: s.Size(), Sizes: s.SizeChanges(),
	})
}

// runPlain runs the desk line by line. It returns nil if the client is gone.
func (d *visitorDesk) runPlain(s *session.Session) error {
	o := plain.Options{Language: d.options.Language, WalkIn: d.options.WalkIn, Log: d.options.Log, IsEchoed: !s.HasTerminal(), Presence: d.options.Presence, ReportAlive: d.options.ReportAlive}
	if d.options.Demo != nil {
		o.Demo = d.options.Demo.Sandbox
	}
	typed := s.ReadVisitorInput(d.onInput)
	var in io.Reader = typed
	var out io.Writer = s.Output()
	if s.HasTerminal() {
		terminal := tty.NewLineDiscipline(s.Context(), typed, out, func() (width, height int) {
			size := s.Size()
			return size.Width, size.Height
		})
		in, out = terminal, terminal
	}
	if err := plain.Run(s.Context(), d.Desk, o, in, out); !errors.Is(err, plain.ErrOutputClosed) {
		return err
	}
	return nil
}
