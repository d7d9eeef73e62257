package ui

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"charm.land/lipgloss/v2"

	"loket/flows/dutch"
	"loket/flows/text"
	"loket/ui/theme"
	"loket/ui/words"
)

// How many lines stand above and below the page.
const (
	headerHeight = 2
	footerHeight = 3
)

// header names the desk and tells date and time, above a rule.
func (a *App) header(f frame) []string {
	left := f.Theme.House.Render("mijn.nn") + "  " + f.say(words.Desk)
	if a.options.Demo != nil {
		left += "  " + f.Theme.Demo.Render("DEMO")
	}
	return []string{between(left, f.moment(f.Width-lipgloss.Width(left)-2), f.Width), f.rule(theme.Rising, a.sight.above())}
}

// moment is date and time, in the longest form that fits.
func (f frame) moment(width int) string {
	now := f.Now.In(dutch.Amsterdam)
	date := dutch.DateOf(f.Now)
	for _, day := range []text.Text{date.Full(), date.Long()} {
		if both := f.say(day) + "  " + now.Format("15:04"); lipgloss.Width(both) <= width {
			return both
		}
	}
	return now.Format("15:04")
}

// rule is a line from side to side, with a mark at its end if there is more to
// see beyond it.
func (f frame) rule(arrow string, more bool) string {
	if !more {
		return f.Theme.Across(f.Width)
	}
	mark := " " + arrow + " " + f.say(text.New("meer", "more")) + " "
	return f.Theme.Across(f.Width-lipgloss.Width(mark)-2) + f.Theme.Strong.Render(mark) + f.Theme.Across(2)
}

// footer names the keys: those of whatever goes first, and under them those
// that do the same on every screen.
func (a *App) footer(f frame) []string {
	a.sight.keys = nil
	keys := a.top().Keys()
	if d := a.question(); d != nil {
		keys = d.Keys()
	}
	y := headerHeight + f.Height + 1
	return []string{
		f.rule(theme.Falling, a.sight.below()),
		a.hints(f, keys, y),
		a.hints(f, a.everywhere(), y+1),
	}
}

// everywhere is the keys of every screen, the least important last.
func (a *App) everywhere() []hint {
	keys := []hint{
		{keyLanguage, text.New("English", "Nederlands")},
		{keyHelp, text.New("hulp", "help")},
		{keyTheme, text.New("beeld", "view")},
	}
	if a.renamed {
		keys[len(keys)-1].Does = a.theme.Says()
	}
	if a.options.Demo != nil {
		keys = append(keys, hint{keyDemo, text.Same("demo")})
	}
	return keys
}

// hints writes as many hints as fit, and remembers where they stand.
func (a *App) hints(f frame, hints []hint, y int) string {
	var line strings.Builder
	x, gap := 0, f.hintGap(hints)
	for _, h := range hints {
		width := f.hintWidth(h)
		if x+width > f.Width {
			break
		}
		line.WriteString(f.Theme.Key.Render(h.Key) + " " + f.Theme.Muted.Render(f.say(h.Does)) + strings.Repeat(" ", gap))
		if key, is := pressOf[h.Key]; is {
			a.sight.keys = append(a.sight.keys, zone{a.sight.x + x, y, width + gap, key})
		}
		x += width + gap
	}
	return strings.TrimRight(line.String(), " ")
}

// lower begins a text with a small letter, as hints do.
func lower(t text.Text) text.Text { return text.New(lowered(t.NL), lowered(t.EN)) }

func lowered(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToLower(first)) + s[size:]
}

func (f frame) hintWidth(h hint) int {
	return lipgloss.Width(h.Key) + 1 + lipgloss.Width(f.say(h.Does))
}

// hintGap is how far hints stand apart: three cells, if that leaves room for all.
func (f frame) hintGap(hints []hint) int {
	const wide, narrow = 3, 2
	width := -wide
	for _, h := range hints {
		width += f.hintWidth(h) + wide
	}
	if width > f.Width {
		return narrow
	}
	return wide
}
