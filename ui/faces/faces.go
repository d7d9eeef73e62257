// Package faces runs the two faces of a desk on one terminal: the full screen (package ui) and lines of text (package plain), which do
// not know each other. Start at Run.
package faces

import (
	"loket/ui"
	"loket/ui/handover"
	"loket/ui/plain"
)

// PlainOptions returns the options of lines of text at a desk whose full screen has options o.
func PlainOptions(o ui.Options) plain.Options {
	p := plain.Options{
		Language: o.Language, WalkIn: o.WalkIn, Log: o.Log, Presence: o.Presence, ReportAlive: o.ReportAlive, Handover: o.Handover,
	}
	if o.Demo != nil {
		p.Demo = o.Demo.Sandbox
	}
	return p
}

// Run runs a desk whose visitors can go from the full screen to lines of text and back. It begins with one of the two. runScreen and
// runLines run one face until the visitor stops the desk or goes to the other face. clear removes from the terminal what a face has left there. Run
// reports whether the desk ended line by line.
func Run(o ui.Options, beginsPlain bool, runScreen func(ui.Options) error, runLines func(plain.Options) error, clear func()) (endsPlain bool, err error) {
	o.Handover = &handover.Relay{}
	screen := func() error { return runScreen(o) }
	lines := func() error { return runLines(PlainOptions(o)) }
	return o.Handover.Run(screen, lines, beginsPlain, clear)
}
