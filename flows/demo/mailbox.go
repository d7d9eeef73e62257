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

// Mail is a message as its addressee has it. A letter that is still on its way
// has no words: neither a subject nor a body.
type Mail struct {
	ID       string
	Channel  store.Channel
	Name     string        // of the addressee
	Language text.Language // that it goes out in
	Written  time.Time
	Arrives  time.Time // at the latest
	Arrived  bool

	Subject, Body text.Text // in both languages, whichever it goes out in
}

// Mailbox returns everything that was written to anybody, newest first.
func (s *Sandbox) Mailbox(ctx context.Context) (mailbox []Mail, err error) {
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

// newMail hands m over, if it has arrived by now.
func (s *Sandbox) newMail(m store.Message, now time.Time) (Mail, error) {
	mail := Mail{
		ID: m.ID, Channel: m.Channel, Name: m.Facts["name"], Language: text.Language(m.Language),
		Written: m.Written, Arrives: m.Arrives, Arrived: !now.Before(m.Arrives),
	}
	if !mail.Arrived {
		return mail, nil
	}
	nl, err := render.Message(m, text.Dutch, contact.SupportLine(s.Desk))
	if err != nil {
		return mail, err
	}
	en, err := render.Message(m, text.English, contact.SupportLine(s.Desk))
	mail.Subject, mail.Body = text.Text{NL: nl.Subject, EN: en.Subject}, text.Text{NL: nl.Text(), EN: en.Text()}
	return mail, err
}
