package demo

import (
	"context"
	"fmt"
	"slices"
	"time"

	"loket/flows/contact"
	"loket/flows/courier/render"
	"loket/flows/text"
	"loket/store"
)

// Mail is a message as its addressee sees it. A letter has no subject and no body until it arrives.
type Mail struct {
	ID        string
	Channel   store.Channel
	Print     store.LetterPrint
	Name      string        // Name is the name of the addressee.
	Language  text.Language // Language is the language in which the message is sent.
	Written   time.Time
	ArrivesBy time.Time // ArrivesBy is the latest time at which the message arrives.
	Arrived   bool

	Subject, Body text.Text // Subject and Body are in both languages, so that any visitor can read them.
}

// ReadMailbox returns the messages to all customers of the demo, newest first.
func (s *Sandbox) ReadMailbox(ctx context.Context) (mailbox []Mail, err error) {
	err = s.Store.View(ctx, func(tx *store.Tx) error {
		mailbox = nil
		for m := range tx.Messages() {
			mail, err := s.newMail(m, tx.Now)
			if err != nil {
				return fmt.Errorf("deliver message %s: %w", m.ID, err)
			}
			mailbox = append(mailbox, mail)
		}
		return nil
	})
	slices.Reverse(mailbox)
	return mailbox, err
}

// newMail returns a message as Mail. It fills in the text only if the message has arrived by now.
func (s *Sandbox) newMail(m store.Message, now time.Time) (Mail, error) {
	mail := Mail{
		ID: m.ID, Channel: m.Channel, Print: m.LetterPrint, Name: m.Facts["name"], Language: text.Language(m.Language),
		Written: m.Written, ArrivesBy: m.ArrivesBy, Arrived: !now.Before(m.ArrivesBy),
	}
	if !mail.Arrived {
		return mail, nil
	}
	nl, err := render.RenderMessage(m, text.Dutch, contact.SupportLine(s.Desk))
	if err != nil {
		return mail, err
	}
	en, err := render.RenderMessage(m, text.English, contact.SupportLine(s.Desk))
	mail.Subject, mail.Body = text.Text{NL: nl.Subject, EN: en.Subject}, text.Text{NL: nl.Text(), EN: en.Text()}
	return mail, err
}
