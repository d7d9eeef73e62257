package ui

import (
	tea "charm.land/bubbletea/v2"

	"loket/flows/place"
	"loket/ui/keys"
	"loket/ui/screen"
)

// press handles a key. Arrows and Tab move, Enter goes on.
func (f *form) press(msg tea.KeyPressMsg) tea.Cmd {
	switch {
	case keys.Esc.Matches(msg):
		return screen.Send(screen.Back{})
	case keys.Up.Matches(msg):
		f.step(-1)
	case keys.Down.Matches(msg):
		f.step(1)
	case keys.ShiftTab.Matches(msg):
		f.move(-1)
	case keys.Tab.Matches(msg):
		f.move(1)
	case keys.Left.Matches(msg), keys.Right.Matches(msg), keys.Space.Matches(msg), keys.Digit.Matches(msg):
		f.choose(msg)
	case keys.Reveal.Matches(msg):
		f.reveal = !f.reveal
	case keys.Enter.Matches(msg):
		return f.enterKey()
	default:
		f.typeIn(msg)
	}
	return nil
}

// typeIn edits the field that has the focus.
func (f *form) typeIn(msg tea.KeyPressMsg) {
	if typed := f.typed(); typed != nil && f.options() == nil {
		typed.Press(msg)
		typed.edited()
	}
}

// enterKey goes to the next field, and from the last one on.
func (f *form) enterKey() tea.Cmd {
	switch offer := f.focus - f.firstOffer(); {
	case f.focus == nowhere:
	case f.focus < len(f.fields)-1:
		f.move(1)
	case offer < 0:
		return f.Submit()
	case offer < len(f.offers()):
		return screen.Send(screen.GoTo{Place: f.offers()[offer]})
	}
	return nil
}

// firstOffer is the focus of the first offer: after the fields and what submits, if
// the step does not go on by itself.
func (f *form) firstOffer() int {
	if f.pending() {
		return len(f.fields)
	}
	return len(f.fields) + 1
}

// click handles a press on the page.
func (f *form) click(at screen.ClickMsg) tea.Cmd {
	i := screen.RowAt(f.rows, at.Y)
	if i < 0 {
		return nil
	}
	f.leaveField()
	f.focus = i
	if i < len(f.fields) {
		if option := screen.RowAt(f.fields[i].rows, at.Y); option >= 0 {
			f.fields[i].pick(option)
		}
		return nil
	}
	return f.enterKey()
}

// typed is the field that has the focus, or nil if something else has.
func (f *form) typed() *field {
	if f.focus == nowhere || f.focus >= len(f.fields) {
		return nil
	}
	return f.fields[f.focus]
}

func (f *form) offers() []place.ID { return f.seen.offers }

// move goes on to what is next or before, round and round.
func (f *form) move(by int) {
	f.leaveField()
	if f.focus == nowhere && by < 0 {
		f.focus = 0 // from which it is round to the last
	}
	if all := f.firstOffer() + len(f.offers()); all > 0 {
		f.focus = (f.focus + by + all) % all
	}
}

// leaveField looks at what was typed into a field once the visitor leaves it,
// and at the fields that looked wrong beside it.
func (f *form) leaveField() {
	if typed := f.typed(); typed != nil && !typed.Empty() {
		typed.problem = typed.Problem(typed.Value())
	}
	for _, each := range f.fields {
		each.mended()
	}
}

// edited looks at a field that was changed: what no longer fits is said at once.
func (each *field) edited() {
	if each.TooLong() {
		each.problem = each.Problem(each.Value())
	}
	each.mended()
}

// mended takes a problem away as soon as it is one no longer.
func (each *field) mended() {
	if each.problem != nil && each.Problem(each.Value()) == nil {
		each.problem = nil
	}
}
