package demo

import (
	tea "charm.land/bubbletea/v2"

	"loket/flows/demo"
	"loket/ui/keys"
	"loket/ui/screen"
	"loket/ui/theme"
	"loket/ui/words"
)

// reading is a message that somebody opened in the mailbox of the demo. It is
// read in the language that it went out in, and can be in the other one.
type reading struct {
	mail demo.Mail
	screen.Scroller
}

func newReading(m demo.Mail) *reading { return &reading{mail: m} }

func (r *reading) Keys() []keys.Binding {
	return r.Scroller.Keys(keys.Enter.As(words.OtherLanguage), keys.Esc)
}

func (r *reading) Update(msg tea.Msg) tea.Cmd {
	key, pressed := msg.(tea.KeyPressMsg)
	if !pressed {
		return nil
	}
	switch {
	case keys.Esc.Matches(key):
		return screen.Send(screen.Back{})
	case keys.Enter.Matches(key):
		r.mail.Language = r.mail.Language.Other()
		r.Rewind()
	default:
		r.Scroll(key)
	}
	return nil
}

func (r *reading) View(f screen.Frame) screen.Page {
	inside := f // the envelope
	inside.Lang = r.mail.Language
	lines := screen.Styled(f.Theme.Title, f.Wrap(inside.Say(r.mail.Subject), f.Width))
	lines = append(lines, f.Theme.Muted.Render(f.Cut(addressee(f, r.mail), f.Width)), f.Theme.Across(f.Width))
	lines = append(lines, f.Wrap(inside.Say(r.mail.Body), f.Width)...)
	return r.Part(f, lines)
}

// addressee says what kind of message it is, to whom, and when they had it.
func addressee(f screen.Frame, m demo.Mail) string {
	return f.Say(words.Addressee(m)) + " " + theme.Between + " " + f.Say(words.ArrivedOn(m))
}
