package ui

import (
	tea "charm.land/bubbletea/v2"

	"loket/flows"
	"loket/flows/place"
	"loket/ui/form"
	"loket/ui/keyboard"
	"loket/ui/keys"
	"loket/ui/scanning"
	"loket/ui/screen"
	"loket/ui/words"
)

// aids are the ways to work the desk without a keyboard that the visitor chose. They last for the whole visit (R34).
type aids struct {
	keyboard keyboard.Keyboard
	line     screen.TypedLine // line is the line that is typed in now.
	switchAid
}

// areUsed reports whether the visitor chose an aid.
func (s *aids) areUsed() bool { return s.keyboard.IsOpen() || s.scanner.IsOn() }

// typedLine returns the line that is typed in now. It reports whether there is one.
func (a *App) typedLine() (screen.TypedLine, bool) {
	if t, is := a.topScreen().(screen.Typist); is && a.dialog == nil {
		return t.TypedLine()
	}
	return screen.TypedLine{}, false
}

// isKeyboardShown reports whether the on-screen keyboard is shown.
func (a *App) isKeyboardShown() bool {
	_, typed := a.typedLine()
	return typed && a.aids.keyboard.IsOpen()
}

// followFocus tells the aids on which screen and in which line the visitor is.
func (a *App) followFocus() {
	if line, _ := a.typedLine(); line.Name != a.aids.line.Name || line.Secret != a.aids.line.Secret {
		a.aids.line = line
		a.aids.keyboard.RecordLine()
	}
	if on := a.keyTargetIdentity(); on != a.aids.target {
		a.aids.target = on
		a.aids.scanner.Restart(a.desk.Clock.RealNow())
	}
}

// handleAction does what a zone does that presses no key of the visitor's own keyboard.
func (a *App) handleAction(action tea.Msg) tea.Cmd {
	if a.isBusy() {
		return nil
	}
	switch action := action.(type) {
	case keyboard.Press:
		return a.typeOnScreen(tea.KeyPressMsg(action))
	case keyboard.Action:
		a.aids.keyboard.Handle(action)
	case scanning.Action:
		return a.changeScanning(action)
	case nil: // An arrow moved the marker.
	default:
		return a.navigate(action)
	}
	return nil
}

// typeOnScreen passes a press of the on-screen keyboard to the screen.
func (a *App) typeOnScreen(press tea.KeyPressMsg) tea.Cmd {
	if a.echoFilter.ShouldDrop(press, a.keyTargetIdentity(), a.desk.Clock.RealNow()) {
		return nil
	}
	cmd := a.bindToVisit(a.topScreen().Update(press))
	if press.Text != "" {
		a.aids.keyboard.RecordTyped()
	}
	return cmd
}

// drawnAids are the lines of the aids, between the page and the footer.
type drawnAids struct {
	lines     []string
	keyboard  []screen.KeyZone // keyboard are the zones of the on-screen keyboard.
	zones     []screen.KeyZone // zones are the other zones.
	nameWidth int              // nameWidth is the number of cells, in the last line, for the name of what is lit.
}

// minPageLines is the least number of lines of a page above the on-screen keyboard: a label, its field, and what is wrong.
const minPageLines = 3

// drawAids draws the aids that the visitor chose, below a page in frame f.
func (a *App) drawAids(f screen.Frame) (d drawnAids) {
	var below []string
	if a.aids.scanner.IsOn() {
		var line string
		line, d.nameWidth, d.zones = scanning.DrawBar(f, a.aids.scanner.Pace())
		below = []string{line}
	}
	if a.isKeyboardShown() {
		line, _ := a.typedLine()
		d.lines, d.keyboard = a.aids.keyboard.Draw(f, line, a.keyboardNotice(line))
		if len(d.lines)+len(below)+minPageLines > f.Height {
			a.aids.keyboard.Hide()
			d.lines, d.keyboard = screen.StyleLines(f.Theme.Strong, f.Wrap(f.Translate(words.NoRoomForKeyboard), f.Width)), nil
		}
	}
	d.zones = moveZones(d.zones, 0, len(d.lines))
	d.lines = append(d.lines, below...)
	return d
}

// keyboardNotice returns what a visitor must know before typing a secret on the screen: if a light or a marker shows which key
// is pressed, others can read the secret. A phone is a way to log in without typing.
func (a *App) keyboardNotice(line screen.TypedLine) (n keyboard.Notice) {
	if !line.Secret || !a.aids.scanner.IsOn() && !a.aids.keyboard.ShowsChoice() {
		return keyboard.Notice{}
	}
	n.Text = words.OthersCanSee
	f, is := a.topScreen().(*form.Form)
	if is && f.PlaceID() == place.LogIn && flows.IsPlaceOpen(a.visit, place.LogInWithApp) {
		n.Offer = flows.PlaceName(a.visit, place.LogInWithApp)
		n.OfferAction = screen.GoTo{Place: place.LogInWithApp}
	}
	return n
}

// isSwitchKey reports whether a key can be the switch with which a visitor scans.
func isSwitchKey(msg tea.KeyPressMsg) bool { return keys.Space.Matches(msg) || keys.Enter.Matches(msg) }
