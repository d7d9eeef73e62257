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
	Demo         bool
	SlowMode     bool        // the visitor takes their time
	CustomerName string      // is logged in; "" if nobody is
	HasMoreAbove bool        // there is more to see above the page
	Notice       []text.Text // in place of the rule, the longest that fits; nil for none
}

// Draw draws it, and returns where its keys can be pressed.
func (h Header) Draw(f screen.Frame) (lines []string, zones []screen.Zone) {
	title, zones := h.drawTitle(f)
	if h.Notice != nil {
		return []string{title, drawNotice(f, h.Notice)}, zones
	}
	line, ruleZones := drawRule(f, theme.RisingMark, h.HasMoreAbove, keys.PageUp)
	for i := range ruleZones {
		ruleZones[i].Y = 1
	}
	return []string{title, line}, append(zones, ruleZones...)
}

const headerGap = 2 // cells between two things in the header

// drawTitle draws the first line. Where there is too little room, it leaves out the weekday, then the
// name of the desk, the time, the longer name of the key that logs out, the label before the name of
// the customer, and the end of a long name.
func (h Header) drawTitle(f screen.Frame) (line string, zones []screen.Zone) {
	status, key := f.Say(words.NotLoggedIn), 0
	if h.CustomerName != "" {
		status, key = f.Say(words.LoggedInLabel), headerGap+hintWidth(f, keys.LogOut)
	}
	width := lipgloss.Width(status+h.CustomerName) + key
	for _, long := range []bool{true, false} {
		left := h.drawLeftPart(f, long)
		if when := fitDateTime(f, f.Width-lipgloss.Width(left)-2*headerGap-width); when != "" {
			return h.joined(f, left, status, h.CustomerName, "  "+when)
		}
	}
	left := h.drawLeftPart(f, false)
	room := f.Width - lipgloss.Width(left) - headerGap - key
	if h.CustomerName != "" && width-key > room {
		f.FunctionKeys = true
		room += key - headerGap - hintWidth(f, keys.LogOut)
	}
	if h.CustomerName != "" && width-key > room {
		status = ""
	}
	return h.joined(f, left, status, f.Cut(h.CustomerName, room-lipgloss.Width(status)), "")
}

// drawLeftPart is what stands at the left: the house and, where it may be long, the desk.
func (h Header) drawLeftPart(f screen.Frame, long bool) string {
	left := f.Theme.BankName.Render(words.House)
	if long {
		left += "  " + f.Say(words.DeskName)
	}
	if h.Demo {
		left += "  " + f.Theme.Strong.Render("DEMO")
	}
	if h.SlowMode {
		left += "  " + f.Say(words.SlowModeText)
	}
	return left
}

// joined puts at the right of left whether somebody is logged in, the key that logs them out, and
// the time.
func (h Header) joined(f screen.Frame, left, status, who, when string) (line string, zones []screen.Zone) {
	right := status + f.Theme.Strong.Render(who)
	if h.CustomerName != "" {
		right += "  "
		var key string
		key, zones = drawHint(f, f.Width-lipgloss.Width(when)-hintWidth(f, keys.LogOut), keys.LogOut)
		right += key
	}
	return screen.JoinEnds(left, right+when, f.Width), zones
}

// fitDateTime is date and time, in the longest form that fits; "" if none does.
func fitDateTime(f screen.Frame, width int) string {
	now := f.Now.In(dutch.Amsterdam).Format("15:04")
	date := dutch.DateOf(f.Now)
	for _, day := range []text.Text{date.LongWeekdayText(), date.LongText()} {
		if both := f.Say(day) + "  " + now; lipgloss.Width(both) <= width {
			return both
		}
	}
	if lipgloss.Width(now) > width {
		return ""
	}
	return now
}

// drawNotice draws what is to be noticed before all else, from side to side.
func drawNotice(f screen.Frame, all []text.Text) (line string) {
	for _, each := range all {
		if line = theme.ProblemMark + " " + f.Say(each); lipgloss.Width(line) <= f.Width {
			break
		}
	}
	return f.Theme.Notice.Render(screen.Pad(line, f.Width))
}
