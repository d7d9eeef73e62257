package ui

import (
	"log/slog"

	"loket/flows/text"
	"loket/ui/demo"
	"loket/ui/fleet"
	"loket/ui/handover"
	"loket/ui/speech"
	"loket/ui/theme"
	"loket/ui/tty"
)

// Options are the options of a kiosk. The zero value is for a kiosk that was started by hand.
type Options struct {
	Language    text.Language           // Language is the language in which every visit begins. Empty means Dutch.
	Theme       theme.Name              // Theme is the theme with which every visit begins. Empty means Normal.
	WalkIn      bool                    // WalkIn is true if the keyboard must not be able to stop the kiosk.
	Demo        *demo.Sandbox           // Demo is the sandbox of a demo. It is nil if the kiosk is not a demo.
	Log         *slog.Logger            // Log receives errors, without personal data. It may be nil.
	Terminal    *tty.LocalTerminal      // Terminal is a local terminal that only the kiosk uses. It may be nil.
	ReportAlive func()                  // ReportAlive is called when the first frame is drawn, and at every tick. It may be nil.
	Presence    *fleet.TerminalPresence // Presence is told where the visitor is, and when there is input. It may be nil.
	Speaker     *speech.Speaker         // Speaker speaks for visitors who turn speech on. It is nil if the desk cannot speak.
	IsHeadset   bool                    // IsHeadset is true if only the visitor hears the Speaker.
	Handover    *handover.Relay         // Handover takes visits to the plain face and back. It is nil if the terminal has no plain face.
	OnDraw      func()                  // OnDraw is called whenever a frame is drawn. It may be nil.
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
