package desk

import (
	"maps"

	"loket/flows/text"
	"loket/store"
)

// Name and language of the service desk, which answers the helplines.
const (
	serviceDeskName     = "Servicedesk mijn.nn"
	ServiceDeskLanguage = text.Dutch
)

// NotifyServiceDesk puts a message for the service desk into the outbox. about is the customer concerned, and can be empty.
// The message is an e-mail or, if the service desk has no e-mail address, a letter that arrives the same day.
func (d *Desk) NotifyServiceDesk(tx *store.Tx, about store.CustomerID, template string, facts map[string]string) {
	m := newServiceDeskLetter(tx, about, template)
	if to := d.Settings.ServiceEmail; to != "" {
		m.Channel, m.To = store.ByEmail, []string{string(to)}
	}
	maps.Copy(m.Facts, facts)
	tx.PutMessage(m)
}

func newServiceDeskLetter(tx *store.Tx, about store.CustomerID, template string) store.Message {
	return store.Message{
		Customer: about, Channel: store.ByLetter, Template: template, Language: string(ServiceDeskLanguage),
		To: []string{serviceDeskName}, Facts: map[string]string{"name": serviceDeskName}, ArrivesBy: tx.Now,
	}
}

// isForServiceDesk reports whether messages of a template are for the service desk.
func isForServiceDesk(template string) bool {
	return template == TemplateCallBack || template == TemplateWriteBack || template == TemplateUndelivered
}
