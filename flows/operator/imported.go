package operator

import (
	"strings"

	"loket/flows/desk"
	"loket/flows/text"
	"loket/store"
)

// importStep is the step of what an import changes of a customer.
const importStep = "import"

// importTold is what customers are told of a fact that an import changed, by the outcome.
var importTold = map[string]text.Text{
	"changed email":    text.New("Wij veranderden je e-mailadres", "We changed your e-mail address"),
	"changed phone":    text.New("Wij veranderden je telefoonnummer", "We changed your telephone number"),
	"changed language": text.New("Wij veranderden de taal van je berichten", "We changed the language of your messages"),
}

// TellOfImport tells a customer, and the audit log, that an import changed facts. The message
// goes to where they got messages before, and also to where they get them now. It
// repeats no fact, because who reads it there is not known.
func TellOfImport(tx *store.Tx, d *desk.Desk, before, now store.Customer, changed []store.SharedFact) {
	var names []string
	for _, f := range changed {
		names = append(names, f.Name)
		recordAction(d, tx, now.ID, importStep, "changed "+f.Name)
	}
	facts := map[string]string{"changed": strings.Join(names, " ")}
	d.TellAt(tx, before, desk.DetailsChanged, facts)
	if before.Email != now.Email {
		d.TellAt(tx, now, desk.DetailsChanged, facts)
	}
}
