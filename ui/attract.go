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
		if slices.Contains(languageKeys, msg.String()) {
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
func (a *App) inviting(f frame) string {
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
func (a *App) invitation(f frame, moved int) []string {
	var p page
	p.add(f.both(words.Desk), "")
	p.add(a.offers(f)...)
	p.add("")
	p.add(styled(f.Theme.Strong, []string{f.say(text.Same(words.AnyKey.NL)), f.say(text.Same(words.AnyKey.EN))})...)
	p.add("")
	p.add(a.today(f)...)
	language := a.everywhere()[0]
	p.add(f.Theme.Key.Render(language.Key) + " " + f.Theme.Muted.Render(f.say(language.Does)))
	house := styled(f.Theme.House, theme.House())
	if moved%2 == 1 {
		return slices.Concat(p.Lines, []string{""}, house)
	}
	return slices.Concat(house, []string{""}, p.Lines)
}

// today is day and time, which is large if there is room.
func (a *App) today(f frame) []string {
	now, day := f.Now.In(dutch.Amsterdam).Format("15:04"), f.both(dayOf(f.Now))
	if a.terminal.height < tallInvitation {
		return []string{day + " " + theme.Between + " " + now}
	}
	large := theme.Large(now)
	return append(squared(large[:]), day)
}

// dayOf is the day without its year: "zondag 22 november".
func dayOf(at time.Time) text.Text {
	date := dutch.DateOf(at)
	year := " " + strconv.Itoa(date.Year)
	full := date.Full()
	return text.New(strings.TrimSuffix(full.NL, year), strings.TrimSuffix(full.EN, year))
}

// offers are some of the things that can be done here.
func (a *App) offers(f frame) []string {
	leads := flows.MenuAt(a.visit, place.Home).Leads
	from := int(a.idle.alone/offersShown) * offersAtOnce
	var lines []string
	for i := range offersAtOnce {
		place := leads[(from+i)%len(leads)]
		lines = append(lines, f.both(flows.At(place).Name))
	}
	return lines
}

// both is a text in Dutch and in English.
func (f frame) both(t text.Text) string {
	return f.say(text.Same(t.NL + " " + theme.Between + " " + t.EN))
}

// squared makes lines equally long, so that centring does not move them apart.
func squared(lines []string) []string {
	width := 0
	for _, line := range lines {
		width = max(width, lipgloss.Width(line))
	}
	for i, line := range lines {
		lines[i] = pad(line, width)
	}
	return lines
}
