package ui

import (
	"slices"
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"loket/flows"
	"loket/flows/dutch"
	"loket/flows/place"
	"loket/flows/text"
	"loket/ui/keys"
	"loket/ui/screen"
	"loket/ui/theme"
	"loket/ui/words"
)

// What a walk-in kiosk shows, in both languages at once, while nobody is there.
// All of it moves once a minute, so that nothing burns into the screen.
const (
	offersShown  = 10 * time.Second
	offersAtOnce = 3
	staysPut     = time.Minute
)

// rest shows that nobody is there, on a walk-in kiosk.
func (a *App) rest() { a.attract = a.options.WalkIn }

// welcomed tells whether a message is for who is not there yet. Any key, click or
// paste begins a visit and does nothing else, but for choosing the language.
func (a *App) welcomed(msg tea.Msg) bool {
	if !a.attract {
		return false
	}
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		if keys.Language.Matches(msg) {
			a.language = a.language.Other()
		}
	case tea.MouseClickMsg, tea.PasteMsg:
	case tea.MouseWheelMsg:
		return true
	default:
		return false
	}
	a.attract = false
	a.idle.touch()
	return true
}

// inviting draws the attract screen, where it stands right now.
func (a *App) inviting(f screen.Frame) string {
	moved := int(a.idle.alone / staysPut)
	lines := a.invitation(f, moved)
	width := 0
	for _, line := range lines {
		width = max(width, lipgloss.Width(line))
	}
	right, down := a.terminal.width-width, a.terminal.height-len(lines)
	x, y := bounce(right/2+5*moved, right), bounce(down/2+moved, down)
	for i, line := range lines {
		if line != "" {
			lines[i] = strings.Repeat(" ", x+(width-lipgloss.Width(line))/2) + line
		}
	}
	return strings.Repeat("\n", y) + strings.Join(lines, "\n")
}

// bounce goes from 0 to most and back as n grows.
func bounce(n, most int) int {
	if most <= 0 {
		return 0
	}
	n %= 2 * most
	return min(n, 2*most-n)
}

// tallInvitation is how high a terminal is on which the time is large.
const tallInvitation = 30

// invitation is what there is to read, with the name of the house above it or,
// every other time, below.
func (a *App) invitation(f screen.Frame, moved int) []string {
	var p screen.Page
	p.Add(inBoth(f, words.Desk), "")
	p.Add(a.offers(f)...)
	p.Add("")
	p.Add(screen.Styled(f.Theme.Strong, []string{f.Say(text.Same(words.AnyKey.NL)), f.Say(text.Same(words.AnyKey.EN))})...)
	p.Add("")
	p.Add(a.today(f)...)
	p.Add(f.Theme.Key.Render(keys.Language.Name()) + " " + f.Theme.Muted.Render(f.Say(keys.Language.Does)))
	house := screen.Styled(f.Theme.House, theme.House())
	if moved%2 == 1 {
		return slices.Concat(p.Lines, []string{""}, house)
	}
	return slices.Concat(house, []string{""}, p.Lines)
}

// today is day and time, which is large if there is room.
func (a *App) today(f screen.Frame) []string {
	now, day := f.Now.In(dutch.Amsterdam).Format("15:04"), inBoth(f, dayOf(f.Now))
	if a.terminal.height < tallInvitation {
		return []string{day + " " + theme.Between + " " + now}
	}
	large := theme.Large(now)
	return append(screen.EqualWidths(large[:]), day)
}

// dayOf is the day without its year: "zondag 22 november".
func dayOf(at time.Time) text.Text {
	date := dutch.DateOf(at)
	year := " " + strconv.Itoa(date.Year)
	full := date.Full()
	return text.New(strings.TrimSuffix(full.NL, year), strings.TrimSuffix(full.EN, year))
}

// offers are some of the things that can be done here.
func (a *App) offers(f screen.Frame) []string {
	leads := flows.MenuAt(a.visit, place.Home).Leads
	from := int(a.idle.alone/offersShown) * offersAtOnce
	var lines []string
	for i := range offersAtOnce {
		place := leads[(from+i)%len(leads)]
		lines = append(lines, inBoth(f, flows.At(place).Name))
	}
	return lines
}

// inBoth is a text in Dutch and in English.
func inBoth(f screen.Frame, t text.Text) string {
	return f.Say(text.Same(t.NL + " " + theme.Between + " " + t.EN))
}
