package ui

import (
	tea "charm.land/bubbletea/v2"

	"loket/flows/demo"
	"loket/flows/text"
	"loket/ui/theme"
	"loket/ui/words"
)

// reading is a message that somebody opened in the mailbox of the demo. It is
// read in the language that it went out in, and can be in the other one.
type reading struct {
	mail demo.Mail
	scroller
}

func newReading(m demo.Mail) *reading { return &reading{mail: m} }

func (r *reading) Keys() []hint {
	return r.hints(hint{"Enter", words.OtherLanguage}, hint{"Esc", text.New("terug", "back")})
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
		r.scroll(key.String())
	}
	return nil
}

func (r *reading) View(f frame) page {
	inside := f // the envelope
	inside.Lang = r.mail.Language
	lines := styled(f.Theme.Title, f.wrap(inside.say(r.mail.Subject), f.Width))
	lines = append(lines, f.Theme.Muted.Render(f.cut(f.addressee(r.mail), f.Width)), f.Theme.Across(f.Width))
	lines = append(lines, f.wrap(inside.say(r.mail.Body), f.Width)...)
	return r.part(f, lines)
}

// addressee says what kind of message it is, to whom, and when they had it.
func (f frame) addressee(m demo.Mail) string {
	return f.say(words.Addressee(m)) + " " + theme.Between + " " + f.say(words.ArrivedOn(m))
}
