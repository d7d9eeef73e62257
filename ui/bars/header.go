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

// title draws the first line. Where there is too little room, it leaves out the weekday, then the
// name of the desk, the time, what stands before the name of the customer, and the end of a long
// name.
func (h Header) title(f screen.Frame) (line string, zones []screen.Zone) {
	status, key := f.Say(notLoggedIn), 0
	if h.Who != "" {
		status, key = f.Say(loggedIn), gap+hintWidth(f, keys.LogOut)
	}
	width := lipgloss.Width(status+h.Who) + key
	for _, long := range []bool{true, false} {
		left := h.left(f, long)
		if when := moment(f, f.Width-lipgloss.Width(left)-2*gap-width); when != "" {
			return h.joined(f, left, status, h.Who, "  "+when)
		}
	}
	left := h.left(f, false)
	room := f.Width - lipgloss.Width(left) - gap - key
	if h.Who != "" && width-key > room {
		status = ""
	}
	return h.joined(f, left, status, f.Cut(h.Who, room-lipgloss.Width(status)), "")
}

// left is what stands at the left: the house and, where it may be long, the desk.
func (h Header) left(f screen.Frame, long bool) string {
	left := f.Theme.House.Render(words.House)
	if long {
		left += "  " + f.Say(words.Desk)
	}
	if h.Demo {
		left += "  " + f.Theme.Strong.Render("DEMO")
	}
	if h.Slow {
		left += "  " + f.Say(words.TakeYourTime)
	}
	return left
}

// joined puts at the right of left whether somebody is logged in, the key that logs them out, and
// the time.
func (h Header) joined(f screen.Frame, left, status, who, when string) (line string, zones []screen.Zone) {
	right := status + f.Theme.Strong.Render(who)
	if h.Who != "" {
		right += "  "
		var key string
		key, zones = hint(f, f.Width-lipgloss.Width(when)-hintWidth(f, keys.LogOut), keys.LogOut)
		right += key
	}
	return screen.JoinEnds(left, right+when, f.Width), zones
}

var (
	loggedIn    = text.New("Ingelogd: ", "Logged in: ")
	notLoggedIn = text.New("Niet ingelogd", "Not logged in")
)

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
