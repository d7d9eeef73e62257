package ui

import (
	"log/slog"

	"loket/flows/text"
	"loket/ui/demo"
	"loket/ui/theme"
	"loket/ui/tty"
)

// Options are how a kiosk is set up. The zero value suits a terminal that
// somebody started by hand.
type Options struct {
	Language text.Language      // that every visit begins in: Dutch, if none
	Theme    theme.Name         // that every visit begins with: Normal, if none
	WalkIn   bool               // nobody can stop the kiosk from its keyboard
	Demo     *demo.Sandbox      // what the demo panel shows; none outside the demo
	Log      *slog.Logger       // what goes wrong, with nothing personal in it; none
	Terminal *tty.LocalTerminal // the terminal, if the kiosk has it for its own; or nil
	Alive    func()             // called when the first frame is drawn, and at every tick; none
	Drawn    func()             // called when a frame is drawn anew; none
}

// withDefaults returns o with what was left out.
func (o Options) withDefaults() Options {
	if o.Language == "" {
		o.Language = text.Dutch
	}
	if o.Theme == "" {
		o.Theme = theme.Normal
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Alive == nil {
		o.Alive = func() {}
	}
	if o.Drawn == nil {
		o.Drawn = func() {}
	}
	return o
}
