package demo

import (
	"context"

	"loket/flows/demo"
	"loket/flows/text"
	"loket/ui/plain/dialogue"
	"loket/ui/plain/pages"
	"loket/ui/plain/spoken"
	"loket/ui/view"
	"loket/ui/words"
)

// mailbox lists all mail that was sent in the sandbox.
type mailbox struct{}

func (m *mailbox) Show(s *dialogue.Session) (dialogue.NextAction, error) {
	mail, ok, err := fetchMail(s)
	if err != nil {
		return dialogue.NextAction{}, err
	}
	s.SayHeading(words.MailboxTitle(mail))
	switch {
	case !ok:
		s.Say(words.MailFailedText)
	case len(mail) == 0:
		s.Say(words.NoMail)
	}
	var choices []dialogue.Choice
	for _, each := range mail {
		c := dialogue.Choice{Name: words.Capitalise(words.AddresseeText(each)), About: words.ArrivalText(each), Next: dialogue.NextAction{Open: &mailScreen{each}}}
		if each.Arrived {
			c.About = each.Subject
		}
		choices = append(choices, c)
	}
	return s.Choose(choices, true)
}

// mailScreen reads a message out. It begins in the language in which the message was sent, and the visitor can switch to the
// other language. The figures of the message are written as its own language says them.
type mailScreen struct{ mail demo.Mail }

func (r *mailScreen) Show(s *dialogue.Session) (dialogue.NextAction, error) {
	if !r.mail.Arrived {
		return pages.ShowPage(s, view.MessagePage(r.mail))
	}
	other, read := r.mail, r.mail
	other.Language = other.Language.Other()
	read.Body = text.New(spoken.RewriteForSpeech(read.Body.NL, text.Dutch), spoken.RewriteForSpeech(read.Body.EN, text.English))
	return pages.ShowPage(s, view.MessagePage(read), dialogue.Choice{Name: words.Capitalise(words.OtherLanguage), Next: dialogue.NextAction{Replace: &mailScreen{other}}})
}

// fetchMail fetches all mail that was sent in the sandbox, newest first. If that fails, it logs the error and ok is false.
func fetchMail(s *dialogue.Session) (mail []demo.Mail, ok bool, err error) {
	ok, err = s.Fetch("fetch the mail of the demo", func(ctx context.Context) (err error) {
		mail, err = s.Options.Demo.ReadMailbox(ctx)
		return err
	})
	return mail, ok, err
}
