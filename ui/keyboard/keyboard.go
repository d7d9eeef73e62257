package keyboard

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"loket/flows/text"
	"loket/ui/keys"
	"loket/ui/screen"
	"loket/ui/theme"
)

// Keyboard is the on-screen keyboard of a visit. The zero value is closed.
type Keyboard struct {
	isOpen       bool
	isDeclined   bool // isDeclined is true if the visitor closed the keyboard, so that a first press on a field does not open it.
	capitals     capitals
	showsSigns   bool
	wantsLetters bool // wantsLetters is true if the visitor chose letters for a line that needs only digits.
	hasDigits    bool // hasDigits is true if the keyboard had only digits, when it was last drawn.

	isMarked bool             // isMarked is true if the marker is on a key.
	marked   int              // marked is the index in zones of the key at the marker.
	zones    []screen.KeyZone // zones are the keys, when the keyboard was last drawn.
}

// IsOpen reports whether the keyboard is shown for lines to type in.
func (k *Keyboard) IsOpen() bool { return k.isOpen }

// Toggle opens or closes the keyboard, because the visitor asked for that.
func (k *Keyboard) Toggle() { *k = Keyboard{isOpen: !k.isOpen, isDeclined: k.isOpen} }

// IsDeclined reports whether the visitor closed the keyboard.
func (k *Keyboard) IsDeclined() bool { return k.isDeclined }

// Restore opens the keyboard or not, as it was earlier in the visit.
func (k *Keyboard) Restore(isOpen, isDeclined bool) {
	*k = Keyboard{isOpen: isOpen, isDeclined: isDeclined}
}

// Offer opens the keyboard, unless the visitor closed it earlier in the visit.
func (k *Keyboard) Offer() { k.isOpen = k.isOpen || !k.isDeclined }

// Reopen opens the keyboard, also if the visitor closed it earlier in the visit.
func (k *Keyboard) Reopen() { k.isOpen, k.isDeclined = true, false }

// ShowsChoice reports whether somebody who sees the screen can see which key will be pressed, because it is marked.
func (k *Keyboard) ShowsChoice() bool { return k.isOpen && k.isMarked }

// MarkedKey returns the key at the marker. It reports whether the marker is on a key.
func (k *Keyboard) MarkedKey() (screen.KeyZone, bool) {
	if !k.isOpen || !k.isMarked || k.marked >= len(k.zones) {
		return screen.KeyZone{}, false
	}
	return k.zones[k.marked], true
}

// BetraysSecret reports whether somebody who hears that a key is pressed knows more about a secret that is typed: the key types
// a sign, or shows other signs.
func BetraysSecret(z screen.KeyZone) bool {
	switch action := z.Action.(type) {
	case Press:
		return action.Text != ""
	case Action:
		return action != CloseKeyboard
	}
	return false
}

// Handle carries out an action of a key of the keyboard.
func (k *Keyboard) Handle(action Action) {
	switch action {
	case ChangeCapitals:
		k.capitals = (k.capitals + 1) % (allCapitals + 1)
	case ChangeSigns:
		k.showsSigns, k.wantsLetters = !k.showsSigns && !k.hasDigits, true
	case CloseKeyboard:
		k.Toggle()
	}
}

// RecordTyped records that a sign was typed. It ends a capital that is meant for one letter.
func (k *Keyboard) RecordTyped() {
	if k.capitals == nextCapital {
		k.capitals = noCapitals
	}
}

// RecordLine records that another line is typed in. It takes the marker away, and begins with the usual signs.
func (k *Keyboard) RecordLine() {
	k.isMarked, k.showsSigns, k.wantsLetters, k.capitals = false, false, false, noCapitals
}

// HandleKey handles a key while the keyboard is shown: arrows move the marker, and Enter returns the action of the key at the
// marker. isHandled is false if the key is for the screen, because the marker is not on the keyboard or has just left it.
func (k *Keyboard) HandleKey(msg tea.KeyPressMsg) (action tea.Msg, isHandled bool) {
	switch {
	case !k.isMarked:
		if keys.Down.Matches(msg) && len(k.zones) > 0 {
			k.isMarked, k.marked = true, 0
			return nil, true
		}
		return nil, false
	case keys.Enter.Matches(msg), keys.Space.Matches(msg):
		return k.zones[k.marked].Action, true
	case keys.Left.Matches(msg):
		k.marked = (k.marked + len(k.zones) - 1) % len(k.zones)
	case keys.Right.Matches(msg):
		k.marked = (k.marked + 1) % len(k.zones)
	case keys.Up.Matches(msg):
		k.isMarked = k.moveMarker(-1)
	case keys.Down.Matches(msg):
		if k.isMarked = k.moveMarker(1); !k.isMarked {
			return nil, false
		}
	default:
		return nil, false
	}
	return nil, true
}

// moveMarker moves the marker up or down, to the key that is nearest to it. It returns false if there is no such row.
func (k *Keyboard) moveMarker(by int) bool {
	at, nearest := k.zones[k.marked], -1
	distance := func(i int) int {
		between := (k.zones[i].X*2 + k.zones[i].Width) - (at.X*2 + at.Width)
		return max(between, -between)
	}
	for i, z := range k.zones {
		if z.Y == at.Y+by && (nearest < 0 || distance(i) < distance(nearest)) {
			nearest = i
		}
	}
	if nearest >= 0 {
		k.marked = nearest
	}
	return nearest >= 0
}

// A Notice is what the visitor must know before using the keyboard. Its text stands above the keys.
type Notice struct {
	Text        text.Text
	Offer       text.Text // Offer is a better way, which has a key of its own below the others. It may be empty.
	OfferAction tea.Msg   // OfferAction is the message that is sent when the visitor takes the offer.
}

// Hide records that there is no room for the keyboard, so that keys do not move its marker.
func (k *Keyboard) Hide() { k.isMarked, k.zones = false, nil }

// Draw draws the keys for a line to type in, and returns their zones.
func (k *Keyboard) Draw(f screen.Frame, line screen.TypedLine, notice Notice) (lines []string, zones []screen.KeyZone) {
	d := drawing{Frame: f, keyboard: k}
	if f.Height > lowHeight {
		d.lines = append(d.lines, f.Theme.DrawRule(f.Width))
	}
	if notice.Text != (text.Text{}) {
		d.lines = append(d.lines, screen.StyleLines(f.Theme.Strong, f.Wrap(f.Translate(notice.Text), f.Width))...)
	}
	signs, others := k.rows(line)
	k.hasDigits = k.showsDigits(line)
	for _, row := range signs {
		d.addRow(row)
	}
	d.addRow(others)
	if notice.Offer != (text.Text{}) { // Below the keys, it does not make scanning slower.
		d.addRow([]key{namedKey(notice.Offer, notice.OfferAction)})
	}
	if k.zones = d.zones; k.marked >= len(k.zones) {
		k.isMarked, k.marked = false, 0
	}
	return d.lines, d.zones
}

// lowHeight is the number of lines up to which the keyboard has no horizontal line above it, so that digits fit.
const lowHeight = 7

// drawing is the keyboard while it is being drawn.
type drawing struct {
	screen.Frame
	keyboard *Keyboard
	lines    []string
	zones    []screen.KeyZone
}

// wideWidth is the least width of the column, in cells, for wide keys.
const wideWidth = 60

// addRow draws keys on a line, and on more lines if they do not fit.
func (d *drawing) addRow(row []key) {
	line, x := "", 0
	for _, each := range row {
		drawn, width := d.drawKey(each)
		if x > 0 && x+width > d.Width {
			d.lines, line, x = append(d.lines, line), "", 0
		}
		zone := screen.KeyZone{X: x, Y: len(d.lines), Width: width, Action: each.action, Name: each.name}
		d.zones = append(d.zones, zone)
		line, x = line+drawn, x+width
		if d.Width >= wideWidth || !each.isSign {
			line, x = line+" ", x+1
		}
	}
	d.lines = append(d.lines, strings.TrimRight(line, " "))
}

// drawKey draws a key, and returns its width in cells.
func (d *drawing) drawKey(each key) (drawn string, width int) {
	label, space := d.Translate(each.label), ""
	if d.Width >= wideWidth {
		space = " "
	}
	width = screen.Width("[" + space + label + space + "]")
	if d.keyboard.isMarked && d.keyboard.marked == len(d.zones) {
		return d.Theme.Chosen.Render(theme.FocusMarker + space + label + space + "]"), width
	}
	return d.Theme.Rule.Render("[") + space + d.Theme.Strong.Render(label) + space + d.Theme.Rule.Render("]"), width
}
