package demo

import (
	tea "charm.land/bubbletea/v2"

	"loket/flows/demo"
	"loket/ui/keys"
	"loket/ui/pages"
	"loket/ui/screen"
	"loket/ui/view"
	"loket/ui/words"
)

// mailScreen shows a message of the demo's mailbox. It begins in the language in which the message was sent, and the visitor
// can switch to the other language.
type mailScreen struct {
	mail demo.Mail
	screen.Scroller
}

func newMailScreen(m demo.Mail) *mailScreen { return &mailScreen{mail: m} }

func (r *mailScreen) Keys() []keys.Binding {
	return r.Scroller.Keys(keys.Enter.WithHint(words.OtherLanguage), keys.Esc)
}

func (r *mailScreen) Update(msg tea.Msg) tea.Cmd {
	key, pressed := msg.(tea.KeyPressMsg)
	if !pressed {
		return nil
	}
	switch {
	case keys.Esc.Matches(key):
		return screen.Send(screen.Back{})
	case keys.Enter.Matches(key):
		r.mail.Language = r.mail.Language.Other()
		r.ScrollToStart()
	default:
		r.Scroll(key)
	}
	return nil
}

func (r *mailScreen) View(f screen.Frame) screen.Page {
	return r.VisiblePage(f, pages.DrawPage(f, view.MessagePage(r.mail), nil).Lines)
}
