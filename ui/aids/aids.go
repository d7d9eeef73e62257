package aids

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"loket/flows/text"
	"loket/ui/handover"
	"loket/ui/keyboard"
	"loket/ui/scanning"
	"loket/ui/screen"
	"loket/ui/words"
)

// Aids are the ways to work the desk without a keyboard that the visitor chose. They last for the whole visit (R34). The zero value
// has no aid.
type Aids struct {
	Keyboard keyboard.Keyboard
	Scanner  scanning.Scanner
	Light    scanning.Light // Light is what was lit when the screen was last drawn.

	// IgnoresRepeats is true if the visitor asked to ignore a key that is pressed twice or held down.
	IgnoresRepeats bool

	drawn    drawnScreen
	target   any              // target is the screen or question that has the focus.
	line     screen.TypedLine // line is the line that is typed in now.
	isTyping bool             // isTyping is true if there is a line to type in.
	hold     scanning.Hold    // hold notices that the switch is held down.
	takenAt  time.Time        // takenAt is when the switch was last pressed.
	ticks    bool             // ticks is true if a ScanTick is on its way.
}

// AreUsed reports whether the visitor chose an aid.
func (a *Aids) AreUsed() bool { return a.Keyboard.IsOpen() || a.Scanner.IsOn() || a.IgnoresRepeats }

// TurnOff turns all aids off at the end of a visit.
func (a *Aids) TurnOff() { *a = Aids{ticks: a.ticks} }

// HandOver returns the aids that the visitor chose, for the plain face, on which they have no effect. A visitor who scans does not go
// there.
func (a *Aids) HandOver() handover.Aids {
	return handover.Aids{HasKeyboard: a.Keyboard.IsOpen(), DeclinesKeyboard: a.Keyboard.IsDeclined(), IgnoresRepeats: a.IgnoresRepeats}
}

// TakeOver sets the aids that the visitor chose before the visit went to the plain face.
func (a *Aids) TakeOver(given handover.Aids) {
	a.Keyboard.Restore(given.HasKeyboard, given.DeclinesKeyboard)
	a.IgnoresRepeats = given.IgnoresRepeats
}

// FollowFocus records which screen or question has the focus, and in which line the visitor types, if any.
func (a *Aids) FollowFocus(target any, line screen.TypedLine, isTyping bool, now time.Time) {
	if line.Name != a.line.Name || line.Secret != a.line.Secret {
		a.Keyboard.RecordLine()
	}
	a.line, a.isTyping = line, isTyping
	if target != a.target {
		a.target = target
		a.Scanner.Restart(now)
	}
}

// IsKeyboardShown reports whether the on-screen keyboard is shown.
func (a *Aids) IsKeyboardShown() bool { return a.isTyping && a.Keyboard.IsOpen() }

// HandleKey handles a key that moves the marker of the on-screen keyboard, or that presses the key at the marker. In that case
// isHandled is true, and action is what the pressed key does, or nil.
func (a *Aids) HandleKey(msg tea.KeyPressMsg) (action tea.Msg, isHandled bool) {
	if !a.IsKeyboardShown() {
		return nil, false
	}
	return a.Keyboard.HandleKey(msg)
}

// MarkedKey returns the key of the on-screen keyboard at the marker. It reports whether there is a marker.
func (a *Aids) MarkedKey() (screen.KeyZone, bool) {
	if !a.IsKeyboardShown() {
		return screen.KeyZone{}, false
	}
	return a.Keyboard.MarkedKey()
}

// HandleAction carries out an action that changes an aid. It reports whether the action is of that kind.
func (a *Aids) HandleAction(action tea.Msg, now time.Time) (isHandled bool) {
	switch action := action.(type) {
	case keyboard.Action:
		a.Keyboard.Handle(action)
	case scanning.Action:
		a.changeScanning(action, now)
	default:
		return false
	}
	return true
}

// Drawn are the lines of the aids, between the page and the footer.
type Drawn struct {
	Lines    []string
	Keyboard []screen.KeyZone // Keyboard are the zones of the on-screen keyboard.
	Zones    []screen.KeyZone // Zones are the other zones.
	NameBar  scanning.Target  // NameBar is the place for the name of what is lit.
}

// An Offer is a way to log in without typing a secret. The zero value is no offer.
type Offer struct {
	Name   text.Text
	Action tea.Msg // Action is the message that is sent when the visitor takes the offer.
}

// minPageLines is the least number of lines of a page above the on-screen keyboard: a label, its field, and what is wrong.
const minPageLines = 3

// Draw draws the aids that the visitor chose, below a page in frame f. offer is what a visitor may do instead of typing in the line
// that has the focus.
func (a *Aids) Draw(f screen.Frame, offer Offer) (d Drawn) {
	var below []string
	if a.Scanner.IsOn() {
		var line string
		line, d.NameBar.Width, d.Zones = scanning.DrawBar(f, a.Scanner.Pace())
		below = []string{line}
	}
	if a.IsKeyboardShown() {
		d.Lines, d.Keyboard = a.Keyboard.Draw(f, a.line, a.keyboardNotice(offer))
		if len(d.Lines)+len(below)+minPageLines > f.Height {
			a.Keyboard.Hide()
			d.Lines, d.Keyboard = screen.StyleLines(f.Theme.Strong, f.Wrap(f.Translate(words.NoRoomForKeyboard), f.Width)), nil
		}
	}
	d.Zones = screen.MoveZones(d.Zones, 0, len(d.Lines))
	d.NameBar.Y, d.NameBar.Height = len(d.Lines), 1
	d.Lines = append(d.Lines, below...)
	return d
}

// keyboardNotice returns what a visitor must know before typing a secret on the screen: if a light or a marker shows which key
// is pressed, others can read the secret. A phone is a way to log in without typing.
func (a *Aids) keyboardNotice(offer Offer) keyboard.Notice {
	if !a.line.Secret || !a.Scanner.IsOn() && !a.Keyboard.ShowsChoice() {
		return keyboard.Notice{}
	}
	return keyboard.Notice{Text: words.OthersCanSee, Offer: offer.Name, OfferAction: offer.Action}
}
