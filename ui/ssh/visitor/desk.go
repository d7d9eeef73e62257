package visitor

import (
	"context"
	"errors"
	"io"

	tea "charm.land/bubbletea/v2"

	"loket/flows/desk"
	"loket/ui"
	"loket/ui/faces"
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

	input *session.Input           // input is the visitor's input, of which each face reads its part.
	sizes <-chan tea.WindowSizeMsg // sizes receives each new size of the terminal.
}

// run runs a desk that begins line by line, or on the full screen. In a terminal that can draw, visitors can go from one to the other.
// It reports whether the desk ended line by line.
func (d *visitorDesk) run(s *session.Session, beginsPlain bool) (endsPlain bool, err error) {
	d.input = s.ReadVisitorInput(d.onInput)
	lines := func(o plain.Options) error { return d.runPlain(s, o) }
	if !s.CanDraw() {
		return true, lines(faces.PlainOptions(d.options))
	}
	d.sizes = s.SizeChanges()
	screens := func(o ui.Options) error { return d.runScreens(s, o) }
	clear := func() { tty.ClearTerminal(s.ScreenOutput()) }
	endsPlain, err = faces.Run(d.options, beginsPlain, screens, lines, clear)
	if endsPlain && (d.options.WalkIn || !beginsPlain) {
		clear() // At a terminal of a branch, the connection can end while the text of a visit is on the screen.
	}
	return endsPlain, err
}

// runScreens runs the desk on the full screen.
func (d *visitorDesk) runScreens(s *session.Session, o ui.Options) error {
	return ui.RunRemote(s.Context(), d.Desk, o, renderer.Terminal{
		In: d.input, Out: s.ScreenOutput(), Env: s.Environ(), Size: s.Size(), Sizes: d.sizes,
	})
}

// runPlain runs the desk line by line. It returns nil if the client is gone.
func (d *visitorDesk) runPlain(s *session.Session, o plain.Options) error {
	o.IsEchoed = !s.HasTerminal()
	ctx, stopReading := context.WithCancel(s.Context())
	defer stopReading()
	var in io.Reader = d.input
	var out io.Writer = s.Output()
	if s.HasTerminal() {
		terminal := tty.NewLineDiscipline(ctx, d.input, out, func() (width, height int) {
			size := s.Size()
			return size.Width, size.Height
		})
		terminal.IsWalkIn = d.options.WalkIn
		in, out = terminal, terminal
	}
	if err := plain.Run(s.Context(), d.Desk, o, in, out); !errors.Is(err, plain.ErrOutputClosed) {
		return err
	}
	return nil
}
