package bars

import (
	"charm.land/lipgloss/v2"

	"loket/flows/dutch"
	"loket/flows/text"
	"loket/ui/keys"
	"loket/ui/screen"
	"loket/ui/theme"
	"loket/ui/words"
)

// HeaderHeight is how many lines the header has.
const HeaderHeight = 2

// A Header names the desk, whoever is logged in with the key that logs out (R30), and the time.
type Header struct {
	Demo   bool
	Slow   bool        // the visitor takes their time
	Who    string      // is logged in; "" if nobody is
	Above  bool        // there is more to see above the page
	Notice []text.Text // in place of the rule, the longest that fits; nil for none
}

// Draw draws it, and returns where its keys can be pressed.
func (h Header) Draw(f screen.Frame) (lines []string, zones []screen.Zone) {
	title, zones := h.title(f)
	if h.Notice != nil {
		return []string{title, notice(f, h.Notice)}, zones
	}
	line, its := rule(f, theme.RisingMark, h.Above, keys.PageUp)
	for i := range its {
		its[i].Y = 1
	}
	return []string{title, line}, append(zones, its...)
}

const gap = 2 // cells between two things in the header

// title draws the first line. Where there is too little room, the date goes first, then the
// name of the desk, the time, and what is left of a long name.
func (h Header) title(f screen.Frame) (line string, zones []screen.Zone) {
	if h.Who == "" {
		left := h.left(f, true)
		when := moment(f, f.Width-lipgloss.Width(left)-gap)
		if when == "" {
			left = h.left(f, false)
			when = moment(f, f.Width-lipgloss.Width(left)-gap)
		}
		return screen.JoinEnds(left, when, f.Width), nil
	}
	for _, long := range []bool{true, false} {
		left := h.left(f, long)
		room := f.Width - lipgloss.Width(left) - gap
		if when := moment(f, room-h.whoWidth(f, h.Who)-gap); when != "" {
			return h.loggedIn(f, left, h.Who, when)
		}
	}
	left := h.left(f, false)
	room := f.Width - lipgloss.Width(left) - gap
	return h.loggedIn(f, left, f.Cut(h.Who, room-h.whoWidth(f, "")), "")
}

// left is what stands at the left: the house and, where it may be long, the desk.
func (h Header) left(f screen.Frame, long bool) string {
	left := f.Theme.House.Render("mijn.nn")
	if long {
		left += "  " + f.Say(words.Desk)
	}
	if h.Demo {
		left += "  " + f.Theme.Demo.Render("DEMO")
	}
	if h.Slow {
		left += "  " + f.Say(words.TakeYourTime)
	}
	return left
}

// loggedIn draws who is logged in, how to log out and when it is, at the right of what
// stands left.
func (h Header) loggedIn(f screen.Frame, left, who, when string) (line string, zones []screen.Zone) {
	right := f.Say(loggedIn) + f.Theme.Strong.Render(who) + "  "
	width := h.whoWidth(f, who)
	if when != "" {
		width += gap + lipgloss.Width(when)
		when = "  " + when
	}
	drawn, zones := hint(f, f.Width-width+lipgloss.Width(right), keys.LogOut)
	return screen.JoinEnds(left, right+drawn+when, f.Width), zones
}

// whoWidth is how much room it takes to say that somebody is logged in, and how to log out.
func (h Header) whoWidth(f screen.Frame, who string) int {
	return lipgloss.Width(f.Say(loggedIn)) + lipgloss.Width(who) + gap + hintWidth(f, keys.LogOut)
}

var loggedIn = text.New("Ingelogd: ", "Logged in: ")

// moment is date and time, in the longest form that fits; "" if none does.
func moment(f screen.Frame, width int) string {
	now := f.Now.In(dutch.Amsterdam).Format("15:04")
	date := dutch.DateOf(f.Now)
	for _, day := range []text.Text{date.LongWithWeekday(), date.Long()} {
		if both := f.Say(day) + "  " + now; lipgloss.Width(both) <= width {
			return both
		}
	}
	if lipgloss.Width(now) > width {
		return ""
	}
	return now
}

// notice draws what is to be noticed before all else, from side to side.
func notice(f screen.Frame, all []text.Text) (line string) {
	for _, each := range all {
		if line = theme.ProblemMark + " " + f.Say(each); lipgloss.Width(line) <= f.Width {
			break
		}
	}
	return f.Theme.Notice.Render(screen.Pad(line, f.Width))
}
