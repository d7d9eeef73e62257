package bars

import (
	"loket/flows/dutch"
	"loket/flows/text"
	"loket/ui/keys"
	"loket/ui/screen"
	"loket/ui/theme"
	"loket/ui/words"
)

// HeaderHeight is the number of lines of the header.
const HeaderHeight = 2

// A Header shows the name of the desk, the customer who is logged in, the key that logs out (R30), and the time.
type Header struct {
	Demo         bool
	ServiceDesk  bool   // ServiceDesk is true at the screen of the service desk, where a card is open instead of a login.
	SlowMode     bool   // SlowMode is true if the visitor chose longer time limits.
	CustomerName string // CustomerName is the name of the customer who is logged in, or whose card is open; or "".
	HasMoreAbove bool   // HasMoreAbove is true if the page continues above the visible part.
	// Notice is a message in place of the horizontal line, in several lengths. The longest that fits is shown. It may be nil.
	Notice []text.Text
}

// Draw draws the header, and returns where its keys can be clicked.
func (h Header) Draw(f screen.Frame) (lines []string, zones []screen.KeyZone) {
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

const headerGap = 2 // headerGap is the number of cells between two parts of the header.

// drawTitle draws the first line of the header. If there is not enough room, it first leaves out the weekday, and then the
// name of the desk, the time, the longer name of the key that logs out, the words before the name of the
// customer, and the end of a long name.
func (h Header) drawTitle(f screen.Frame) (line string, zones []screen.KeyZone) {
	t := h.chooseTexts()
	status, key := f.Translate(t.without), 0
	if h.CustomerName != "" {
		status, key = f.Translate(t.with), headerGap+newHint(f, t.leave).width
	}
	width := screen.Width(status+h.CustomerName) + key
	for _, long := range []bool{true, false} {
		left := h.drawLeftPart(f, long)
		if when := fitDateTime(f, f.Width-screen.Width(left)-2*headerGap-width); when != "" {
			return h.joinTitleParts(f, left, status, h.CustomerName, "  "+when)
		}
	}
	left := h.drawLeftPart(f, false)
	room := f.Width - screen.Width(left) - headerGap - key
	if h.CustomerName != "" && width-key > room {
		f.FunctionKeys = true
		room += key - headerGap - newHint(f, t.leave).width
	}
	if h.CustomerName != "" && width-key > room {
		status = ""
	}
	return h.joinTitleParts(f, left, status, f.Truncate(h.CustomerName, room-screen.Width(status)), "")
}

// drawLeftPart returns the left part of the header: the name of the bank and, if long is true, the name of the desk.
func (h Header) drawLeftPart(f screen.Frame, long bool) string {
	left := f.Theme.BankName.Render(words.BankName)
	if long {
		left += "  " + f.Translate(h.chooseTexts().desk)
	}
	if h.Demo {
		left += "  " + f.Theme.Strong.Render("DEMO")
	}
	if h.SlowMode {
		left += "  " + f.Translate(words.SlowModeText)
	}
	return left
}

// joinTitleParts adds the right part of the header to the left part: the login status, the key that logs out, and the time.
func (h Header) joinTitleParts(f screen.Frame, left, status, who, when string) (line string, zones []screen.KeyZone) {
	right := status + f.Theme.Strong.Render(who)
	if h.CustomerName != "" {
		right += "  "
		var key string
		leave := newHint(f, h.chooseTexts().leave)
		key, zones = leave.draw(f, f.Width-screen.Width(when)-leave.width)
		right += key
	}
	return screen.AlignBothEnds(left, right+when, f.Width), zones
}

// headerTexts has the words of a header.
type headerTexts struct {
	desk    text.Text    // desk is the name of the desk.
	with    text.Text    // with stands before the name of a customer.
	without text.Text    // without says that there is no customer.
	leave   keys.Binding // leave is the key by which the customer leaves.
}

var (
	visitorTexts     = headerTexts{words.DeskName, words.LoggedInLabel, words.NotLoggedIn, keys.LogOut}
	serviceDeskTexts = headerTexts{words.ServiceDeskName, words.CustomerCardLabel, words.NoCardOpen, keys.CloseCard}
)

func (h Header) chooseTexts() headerTexts {
	if h.ServiceDesk {
		return serviceDeskTexts
	}
	return visitorTexts
}

// fitDateTime returns the date and time in the longest form that fits in width cells, or "" if none fits.
func fitDateTime(f screen.Frame, width int) string {
	now := f.Now.In(dutch.AmsterdamZone).Format("15:04")
	date := dutch.DateOf(f.Now)
	for _, day := range []text.Text{date.LongWeekdayText(), date.LongText()} {
		if both := f.Translate(day) + "  " + now; screen.Width(both) <= width {
			return both
		}
	}
	if screen.Width(now) > width {
		return ""
	}
	return now
}

// drawNotice draws a message over the full width, as a bar that stands out.
func drawNotice(f screen.Frame, all []text.Text) (line string) {
	for _, each := range all {
		if line = theme.ProblemMark + " " + f.Translate(each); screen.Width(line) <= f.Width {
			break
		}
	}
	return f.Theme.Notice.Render(screen.Pad(line, f.Width))
}
