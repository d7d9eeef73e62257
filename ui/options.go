package ui

import (
	"log/slog"

	"loket/flows/text"
	"loket/ui/demo"
	"loket/ui/fleet"
	"loket/ui/theme"
	"loket/ui/tty"
)

// Options set a kiosk up. The zero value suits a kiosk that was started by hand.
type Options struct {
	Language    text.Language      // in which every visit begins; Dutch if empty
	Theme       theme.Name         // with which every visit begins; Normal if empty
	WalkIn      bool               // the keyboard cannot stop the kiosk
	Demo        *demo.Sandbox      // what the demo panel shows; nil outside the demo
	Log         *slog.Logger       // gets errors without personal data; may be nil
	Terminal    *tty.LocalTerminal // a terminal that the kiosk has for itself; or nil
	ReportAlive func()             // called when the first frame is drawn, and at every tick; may be nil
	Presence    *fleet.Presence    // Presence is told where the visitor is, and when there is input. It may be nil.
	OnDraw      func()             // called whenever a frame is drawn; may be nil
}

// withDefaults returns o with defaults for its zero fields.
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
	if o.ReportAlive == nil {
		o.ReportAlive = func() {}
	}
	if o.OnDraw == nil {
		o.OnDraw = func() {}
	}
	return o
}
