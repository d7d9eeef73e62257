package desks

import (
	"context"
	"os"
	"runtime"

	"loket/flows/desk"
	"loket/ui"
	"loket/ui/command/console"
	"loket/ui/handover"
	"loket/ui/plain"
	"loket/ui/tty"
	"loket/ui/words"
)

// faces are the two faces of a desk on one terminal of this machine: the full screen, and lines of text.
type faces struct {
	desk    *desk.Desk
	options ui.Options
	console *console.Console
}

// run runs a desk that begins line by line, or on the full screen. On a terminal that can draw, visitors can go from one to the other.
func (f *faces) run(ctx context.Context, beginsPlain, canDraw bool) error {
	input, isFile := f.console.In.(*os.File)
	if !canDraw || !isFile || runtime.GOOS == "windows" { // On Windows, a secret cannot be typed at a LineInput.
		return f.runOnlyFace(ctx, beginsPlain)
	}
	f.options.Handover = &handover.Relay{}
	screens := func() error { return f.runFullScreen(ctx) }
	lines := func() error { return f.runLines(ctx, input) }
	clear := func() { tty.ClearTerminal(f.console.TerminalWriter()) }
	endsPlain, err := f.options.Handover.Run(screens, lines, beginsPlain, clear)
	switch {
	case endsPlain && f.options.WalkIn:
		f.localTerminal().ShowMessages(words.DeskClosedText)
	case endsPlain && !beginsPlain:
		clear() // Whoever began on the full screen expects that it leaves nothing.
	}
	return err
}

// runOnlyFace runs a desk on a terminal that has only one face.
func (f *faces) runOnlyFace(ctx context.Context, isPlain bool) error {
	switch {
	case isPlain:
		return plain.Run(ctx, f.desk, f.plainOptions(), f.console.In, f.console.TerminalWriter())
	case runtime.GOOS == "windows": // On Windows, Bubble Tea sets up the console itself.
		return ui.Run(ctx, f.desk, f.options, tty.WithoutQueries(f.console.TerminalWriter()))
	}
	return f.runFullScreen(ctx)
}

// runFullScreen runs the full screen, until the visitor stops the desk or goes on line by line.
func (f *faces) runFullScreen(ctx context.Context) error {
	options := f.options
	options.Terminal = f.localTerminal()
	return ui.Run(ctx, f.desk, options)
}

func (f *faces) localTerminal() *tty.LocalTerminal {
	return &tty.LocalTerminal{In: f.console.In, Out: f.console.TerminalWriter(), IsConsole: os.Getenv("TERM") == "linux"}
}

// runLines runs the desk line by line, until the visitor stops the desk or continues on the full screen.
func (f *faces) runLines(ctx context.Context, input *os.File) error {
	in, err := tty.OpenLineInput(input, f.options.WalkIn)
	if err != nil {
		return err
	}
	defer in.Close()
	return plain.Run(ctx, f.desk, f.plainOptions(), in, f.console.TerminalWriter())
}

func (f *faces) plainOptions() plain.Options {
	o := plain.Options{
		Language: f.options.Language, WalkIn: f.options.WalkIn, Log: f.options.Log, Presence: f.options.Presence,
		ReportAlive: f.options.ReportAlive, Handover: f.options.Handover,
	}
	if f.options.Demo != nil {
		o.Demo = f.options.Demo.Sandbox
	}
	return o
}
