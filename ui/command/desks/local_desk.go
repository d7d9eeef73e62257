package desks

import (
	"context"
	"os"
	"runtime"

	"loket/flows/desk"
	"loket/ui"
	"loket/ui/command/console"
	"loket/ui/faces"
	"loket/ui/plain"
	"loket/ui/tty"
	"loket/ui/words"
)

// localDesk is a desk on a terminal of this machine, with the full screen and lines of text.
type localDesk struct {
	desk    *desk.Desk
	options ui.Options
	console *console.Console
}

// run runs a desk that begins line by line, or on the full screen. On a terminal that can draw, visitors can go from one to the other.
func (d *localDesk) run(ctx context.Context, beginsPlain, canDraw bool) error {
	input, isFile := d.console.In.(*os.File)
	if !canDraw || !isFile || runtime.GOOS == "windows" { // On Windows, a secret cannot be typed at a LineInput.
		return d.runOnlyFace(ctx, beginsPlain)
	}
	screens := func(o ui.Options) error { return d.runFullScreen(ctx, o) }
	lines := func(o plain.Options) error { return d.runLines(ctx, o, input) }
	clear := func() { tty.ClearTerminal(d.console.TerminalWriter()) }
	endsPlain, err := faces.Run(d.options, beginsPlain, screens, lines, clear)
	switch {
	case endsPlain && d.options.WalkIn:
		d.localTerminal().ShowMessages(words.DeskClosedText)
	case endsPlain && !beginsPlain:
		clear() // Whoever began on the full screen expects that it leaves nothing.
	}
	return err
}

// runOnlyFace runs a desk on a terminal that has only one face.
func (d *localDesk) runOnlyFace(ctx context.Context, isPlain bool) error {
	switch {
	case isPlain:
		return plain.Run(ctx, d.desk, faces.PlainOptions(d.options), d.console.In, d.console.TerminalWriter())
	case runtime.GOOS == "windows": // On Windows, Bubble Tea sets up the console itself.
		return ui.Run(ctx, d.desk, d.options, tty.WithoutQueries(d.console.TerminalWriter()))
	}
	return d.runFullScreen(ctx, d.options)
}

// runFullScreen runs the full screen, until the visitor stops the desk or goes on line by line.
func (d *localDesk) runFullScreen(ctx context.Context, options ui.Options) error {
	options.Terminal = d.localTerminal()
	return ui.Run(ctx, d.desk, options)
}

func (d *localDesk) localTerminal() *tty.LocalTerminal {
	return &tty.LocalTerminal{In: d.console.In, Out: d.console.TerminalWriter(), IsConsole: os.Getenv("TERM") == "linux"}
}

// runLines runs the desk line by line, until the visitor stops the desk or continues on the full screen.
func (d *localDesk) runLines(ctx context.Context, options plain.Options, input *os.File) error {
	in, err := tty.OpenLineInput(input, d.options.WalkIn)
	if err != nil {
		return err
	}
	defer in.Close()
	return plain.Run(ctx, d.desk, options, in, d.console.TerminalWriter())
}
