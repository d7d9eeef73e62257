package operator

import (
	"strings"

	"loket/flows/desk"
	"loket/flows/text"
	"loket/store"
)

// importStep is the step of audit entries about what an import changed for a customer.
const importStep = "import"

// importActivityTexts maps the outcome of an audit entry to the text that customers read about a fact that an import changed.
var importActivityTexts = map[string]text.Text{
	"changed email":    text.New("Wij veranderden je e-mailadres", "We changed your e-mail address"),
	"changed phone":    text.New("Wij veranderden je telefoonnummer", "We changed your telephone number"),
	"changed language": text.New("Wij veranderden de taal van je berichten", "We changed the language of your messages"),

	"changed letter_print": text.New("Wij veranderden de grootte van de letters in je brieven", "We changed the size of the print in your letters"),
}

// NotifyOfImport sends a customer a message that an import changed facts about them, and records this in the audit log. The
// message goes to the old address and, if the address changed, also to the new one. It names the kinds of facts but not their
// values, because a stranger may read it.
func NotifyOfImport(tx *store.Tx, d *desk.Desk, before, now store.Customer, changed []store.SharedFact) {
	var names []string
	for _, f := range changed {
		names = append(names, f.Name)
		recordOperatorAction(d, tx, now.ID, importStep, "changed "+f.Name)
	}
	facts := map[string]string{"changed": strings.Join(names, " ")}
	d.NotifyAtAddress(tx, before, desk.TemplateDetailsChanged, facts)
	if before.Email != now.Email {
		d.NotifyAtAddress(tx, now, desk.TemplateDetailsChanged, facts)
	}
}
