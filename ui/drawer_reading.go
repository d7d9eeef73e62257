package ui

import (
	tea "charm.land/bubbletea/v2"

	"loket/flows/demo"
	"loket/flows/dutch"
	"loket/ui/theme"
)

// reading is a message that somebody opened in the mailbox of the demo. It is
// read in the language that it went out in, and can be in the other one.
type reading struct {
	mail demo.Mail
	pager
}

func newReading(m demo.Mail) *reading { return &reading{mail: m} }

func (r *reading) Keys() []hint {
	return []hint{
		{theme.UpDown, either("bladeren", "scroll")},
		{"Enter", either("in de andere taal", "in the other language")},
		{"Esc", either("terug", "back")},
	}
}

func (r *reading) Update(msg tea.Msg) tea.Cmd {
	key, pressed := msg.(tea.KeyPressMsg)
	if !pressed {
		return nil
	}
	switch key.String() {
	case "esc":
		return to(back{})
	case "enter":
		r.mail.Language, r.top = r.mail.Language.Other(), 0
	default:
		r.press(key.String())
	}
	return nil
}

func (r *reading) View(f frame) page {
	inside := f // the envelope
	inside.Lang = r.mail.Language
	lines := styled(f.Theme.Title, f.wrap(inside.say(r.mail.Subject), f.Width))
	lines = append(lines, f.Theme.Muted.Render(f.cut(f.addressee(r.mail), f.Width)), f.Theme.Across(f.Width))
	lines = append(lines, f.wrap(inside.say(r.mail.Body), f.Width)...)

	return page{Lines: lines, Focus: r.sight(len(lines), f.Height)}
}

// addressee says what kind of message it is, to whom, and when they had it.
func (f frame) addressee(m demo.Mail) string {
	nl, en := dutch.DateOf(m.Arrives).Full()
	return f.say(channelNames[m.Channel]) + " " + f.say(either("aan ", "to ")) + f.record(m.Name) +
		" " + theme.Between + " " + f.say(either(nl, en))
}

// pager is how far something that is read by scrolling is scrolled.
type pager struct {
	top int // the first line in sight

	// As drawn last, since only a frame has a height.
	end  int // what top is at the end
	leap int // lines to a page
}

// press handles a key that scrolls.
func (p *pager) press(key string) {
	switch key {
	case "up":
		p.top--
	case "down":
		p.top++
	case "pgup":
		p.top -= p.leap
	case "pgdown", "space":
		p.top += p.leap
	case "home":
		p.top = 0
	case "end":
		p.top = p.end
	}
}

// sight is what is to be seen of so many lines.
func (p *pager) sight(lines, height int) span {
	p.end, p.leap = max(lines-height, 0), max(height-1, 1)
	p.top = min(max(p.top, 0), p.end)
	return span{p.top, min(p.top+height, lines) - 1}
}
