package ui

import (
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"loket/flows/text"
	"loket/ui/keys"
	"loket/ui/screen"
	"loket/ui/theme"
	"loket/ui/words"
)

// A dialog is a question that goes before everything else on the screen. Esc
// leaves everything as it was.
type dialog struct {
	asks, tells text.Text
	choices     []choice
	chosen      int
	keys        []keys.Binding // in the footer, if not the usual ones
}

// A choice is one of the answers.
type choice struct {
	label text.Text
	then  func() tea.Cmd // may be nil
}

// ask handles a key while a question is open.
func (a *App) ask(msg tea.KeyPressMsg) tea.Cmd {
	d := a.dialog
	switch {
	case keys.Left.Matches(msg), keys.Up.Matches(msg), keys.ShiftTab.Matches(msg):
		d.chosen = (d.chosen + len(d.choices) - 1) % len(d.choices)
	case keys.Right.Matches(msg), keys.Down.Matches(msg), keys.Tab.Matches(msg):
		d.chosen = (d.chosen + 1) % len(d.choices)
	case keys.Esc.Matches(msg):
		a.dialog = nil
	case keys.Enter.Matches(msg), keys.Space.Matches(msg):
		a.dialog = nil
		if then := d.choices[d.chosen].then; then != nil {
			return then()
		}
	}
	return nil
}

// ifSure leaves the screen on top, but asks first if the visitor would lose
// something by it (R16).
func (a *App) ifSure(loses bool, leave func() tea.Cmd) tea.Cmd {
	if !loses {
		return leave()
	}
	a.dialog = &dialog{
		asks:  words.Sure,
		tells: words.SureTells,
		choices: []choice{
			{label: words.StayHere},
			{label: words.Leave, then: leave},
		},
	}
	return nil
}

// askToStop asks whether to stop the kiosk, if its keyboard may. Where there is
// no room for a question, it stops.
func (a *App) askToStop() tea.Cmd {
	switch {
	case a.options.WalkIn:
		return nil
	case a.tooSmall():
		return tea.Quit
	}
	a.dialog = &dialog{
		asks:  text.New("Loket stoppen?", "Stop the desk?"),
		tells: text.New("Het bezoek wordt afgesloten.", "The visit will be closed."),
		choices: []choice{
			{label: words.Stop, then: func() tea.Cmd { return tea.Quit }},
			{label: text.New("Doorgaan", "Continue")},
		},
	}
	return nil
}

// Keys names the keys that answer.
func (d *dialog) Keys() []keys.Binding {
	if d.keys != nil {
		return d.keys
	}
	if len(d.choices) == 1 {
		return []keys.Binding{keys.Enter.As(words.Lower(d.choices[0].label))}
	}
	return []keys.Binding{keys.LeftRight, keys.Enter.As(text.New("bevestigen", "confirm")), keys.Esc}
}

// dialogWidth is how wide a question is at most, with its frame.
const dialogWidth = 56

// draw draws the dialog, and tells where in it the cursor is.
func (d *dialog) draw(f screen.Frame) (box string, cursor tea.Position) {
	style := f.Theme.Dialog
	inner := min(dialogWidth, f.Width) - style.GetHorizontalFrameSize()
	lines := f.Wrap(f.Theme.Title.Render(f.Say(d.asks)), inner)
	lines = append(lines, "")
	lines = append(lines, f.Wrap(f.Say(d.tells), inner)...)
	lines = append(lines, "")

	row, x := "", 0
	for i, c := range d.choices {
		label, mark := f.Say(c.label), "  "
		if i == d.chosen {
			label, mark = f.Theme.Chosen.Render(label), f.Theme.Accent.Render(theme.Marker)+" "
			x = lipgloss.Width(row)
		}
		row += mark + label + "    "
	}
	cursor.X = style.GetBorderLeftSize() + style.GetPaddingLeft() + x
	cursor.Y = style.GetBorderTopSize() + style.GetPaddingTop() + len(lines)
	lines = append(lines, screen.Pad(row, inner))
	return style.Render(lipgloss.JoinVertical(lipgloss.Left, lines...)), cursor
}
