package form

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"loket/flows/flow"
	"loket/flows/text"
	"loket/ui/keys"
	"loket/ui/screen"
)

// handleKey handles a key. Arrows and Tab move the focus, and Enter continues.
func (f *Form) handleKey(msg tea.KeyPressMsg) tea.Cmd {
	switch {
	case keys.Esc.Matches(msg):
		return screen.Send(screen.Back{})
	case keys.Up.Matches(msg):
		f.moveUpOrDown(-1)
	case keys.Down.Matches(msg):
		f.moveUpOrDown(1)
	case keys.ShiftTab.Matches(msg):
		f.moveFocus(-1)
	case keys.Tab.Matches(msg):
		f.moveFocus(1)
	case keys.Left.Matches(msg), keys.Right.Matches(msg), keys.Space.Matches(msg), keys.Digit.Matches(msg):
		f.handleChoiceKey(msg)
	case keys.RevealPassword.Matches(msg):
		f.revealsSecrets = !f.revealsSecrets
	case keys.Enter.Matches(msg):
		if options := f.focusedChoiceField(); options != nil {
			options.chooseOption(options.markedOption)
		}
		return f.handleEnter()
	default:
		f.typeKey(msg)
	}
	return nil
}

// typeKey edits the field that has the focus.
func (f *state) typeKey(msg tea.KeyPressMsg) {
	if typed := f.focusedField(); typed != nil && f.focusedChoiceField() == nil {
		typed.HandleInput(msg)
		typed.checkEditedAnswer()
	}
}

// handleEnter moves the focus to the next field, or submits the form from the last field. On an offer it goes to the place
// that is offered.
func (f *Form) handleEnter() tea.Cmd {
	switch offer := f.focus - f.firstOffer(); {
	case f.focus == noFocus:
	case f.focus < len(f.fields)-1:
		f.moveFocus(1)
	case offer < 0:
		return f.Submit()
	case offer < len(f.offeredPlaces()):
		return screen.Send(screen.GoTo{Place: f.offeredPlaces()[offer]})
	default:
		f.switchFields(offer - len(f.offeredPlaces()))
	}
	return nil
}

// handleClick handles a click on the page.
func (f *Form) handleClick(at screen.ClickMsg) tea.Cmd {
	i := screen.RowAt(f.rows, at.Y)
	if i < 0 {
		return nil
	}
	isFocused := i == f.focus
	f.leaveField()
	f.focus = i
	if i < len(f.fields) {
		if option := screen.RowAt(f.fields[i].optionRows, at.Y); option >= 0 {
			f.fields[i].chooseOption(option)
		}
		if _, typed := f.TypedLine(); typed {
			return screen.Send(screen.OfferKeyboard{IsFocused: isFocused})
		}
		return nil
	}
	return f.handleEnter()
}

// handleChoiceKey handles a key in a choice field: it moves the marker or chooses an option. In any other field it edits the
// text.
func (f *state) handleChoiceKey(msg tea.KeyPressMsg) {
	typed := f.focusedChoiceField()
	if typed == nil {
		f.typeKey(msg)
		return
	}
	switch {
	case keys.Left.Matches(msg):
		typed.markOption(typed.markedOption - 1)
	case keys.Right.Matches(msg):
		typed.markOption(typed.markedOption + 1)
	case keys.Space.Matches(msg):
		typed.chooseOption(typed.markedOption)
	default:
		typed.chooseOption(keys.DigitOf(msg) - 1)
	}
}

func (f *Form) Keys() []keys.Binding {
	named := []keys.Binding{keys.UpDown.WithHint(text.New("ander veld", "other field")), keys.Enter, keys.Esc}
	switch options := f.focusedChoiceField(); {
	case options != nil:
		if named[0].Hint = text.New("ander antwoord", "other answer"); options.markedOption != options.chosenIndex() {
			named[1].Hint = text.New("kiezen en verder", "choose and continue")
		}
	case f.isStepAutomatic() && len(f.offeredPlaces()) == 0:
		named = named[2:]
	case len(f.fields) == 0:
		named[0].Hint = text.New("kiezen", "choose")
		if f.focus == noFocus {
			named = slices.Delete(named, 1, 2)
		}
	}
	if slices.ContainsFunc(f.fields, func(each *field) bool { return each.Kind == flow.KindSecret }) {
		shows := keys.RevealPassword
		if f.revealsSecrets {
			shows = keys.ConcealPassword
		}
		named = append(named, shows)
	}
	return named
}
