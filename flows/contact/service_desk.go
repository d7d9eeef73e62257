package contact

import (
	"maps"

	"loket/flows/flow"
	"loket/flows/text"
	"loket/store"
)

// The service desk is who answers the lines. It reads Dutch.
const (
	serviceDesk = "Servicedesk mijn.nn"
	deskReads   = text.Dutch
)

// askServiceDesk puts a message for the service desk into the outbox: an e-mail
// or, where no address of theirs is set, a letter, which they have the same day.
func askServiceDesk(v *flow.Visit, tx *store.Tx, template string, facts map[string]string) {
	m := store.Message{
		Customer: v.Customer(), Channel: store.ByLetter, Template: template, Language: string(deskReads),
		To: []string{serviceDesk}, Facts: map[string]string{"name": serviceDesk}, Arrives: tx.Now,
	}
	if to := v.Settings.ServiceEmail; to != "" {
		m.Channel, m.To = store.ByEmail, []string{string(to)}
	}
	maps.Copy(m.Facts, facts)
	tx.PutMessage(m)
}
