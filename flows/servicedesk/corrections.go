package servicedesk

import (
	"strings"
	"time"

	"loket/flows/contact"
	"loket/flows/desk"
	"loket/flows/dutch"
	"loket/flows/fields"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/store"
)

// Outcomes of correcting a fact.
const (
	outcomeEmailSet     flow.Outcome = "e-mail address set"
	outcomeEmailRemoved flow.Outcome = "e-mail address removed"
	outcomeTelephoneSet flow.Outcome = "telephone number set"
	outcomeLanguageSet  flow.Outcome = "language set"
	outcomePrintSet     flow.Outcome = "letter print set"
)

// SetEmail sets or removes the e-mail address of a customer. The address before gets a notice. The
// new one gets nothing until its owner confirms it, or for some days: see desk.IsUnconfirmed.
func SetEmail(v *flow.Visit) *flow.Flow {
	var address string
	field := makeFieldOptional(fields.NewEmailField(&address, ""), func(given bool) {
		if !given {
			address = ""
		}
	})
	field.Hint = text.NewFunc("Leeg haalt het adres weg. Dan gaat alles per brief", "Empty removes the address. Everything then goes by letter")
	field.Help = text.New("Laat de beller het adres spellen, en lees het terug.", "Have the caller spell the address, and read it back.")
	return operatorAct{
		title: text.New("E-mailadres verbeteren", "Correct e-mail address"),
		body: func() text.Text {
			wait := text.DescribeWait(v.Settings.EmailUnconfirmed)
			return text.New(
				"Het oude adres krijgt bericht. Naar het nieuwe adres sturen we nog niets: de klant bevestigt het aan een loket, of wacht "+wait.NL+". Tot dan gaat alles per brief.",
				"The old address is told. We send nothing to the new one yet: the customer confirms it at a desk, or waits "+wait.EN+". Until then everything goes by letter.")
		},
		fields: []flow.Field{field},
		do: func(tx *store.Tx, c store.Customer) flow.Outcome {
			if strings.EqualFold(c.Email, address) {
				return outcomeFactUnchanged
			}
			v.NotifyCustomer(tx, c.ID, desk.TemplateEmailCorrected, nil) // The notice goes to the old address.
			before := c
			if c.Email, c.UnconfirmedSince = address, tx.Now; address == "" {
				c.UnconfirmedSince = time.Time{}
			}
			c.NoteDeskChanges(before)
			tx.PutCustomer(c)
			if address == "" {
				return outcomeEmailRemoved
			}
			return outcomeEmailSet
		},
		endings: map[flow.Outcome]actEnding{
			outcomeEmailSet: {
				title:        text.New("Het e-mailadres is veranderd", "The e-mail address has been changed"),
				body:         text.NewFunc("Zeg de klant: bevestig het adres aan een loket, bij Mijn gegevens. Tot dan komt alles per brief.", "Tell the customer: confirm the address at a desk, under My details. Until then everything comes by letter."),
				activityText: emailCorrectedText,
			},
			outcomeEmailRemoved: {
				title:        text.New("Het e-mailadres is weggehaald", "The e-mail address has been removed"),
				body:         text.NewFunc("Alle berichten gaan voortaan per brief.", "From now on all messages go by letter."),
				activityText: emailCorrectedText,
			},
			outcomeFactUnchanged: unchangedEnding,
		},
	}.beginActFlow(v, place.SetEmail)
}

var emailCorrectedText = text.New("Wij veranderden je e-mailadres", "We changed your e-mail address")

// SetTelephone sets or removes the telephone number of a customer, who gets a notice.
func SetTelephone(v *flow.Visit) *flow.Flow {
	var phone dutch.Telephone
	field := contact.TelephoneField(&phone, v.Telephone)
	field.Hint = text.NewFunc("Leeg haalt het nummer weg", "Empty removes the number")
	return operatorAct{
		title:  text.New("Telefoonnummer verbeteren", "Correct telephone number"),
		body:   text.NewFunc("Op dit nummer bellen we de klant terug. De klant krijgt bericht van de verandering.", "We call the customer back on this number. The customer is told of the change."),
		fields: []flow.Field{field},
		do: func(tx *store.Tx, c store.Customer) flow.Outcome {
			return setCustomerFact(tx, v, c, outcomeTelephoneSet, "phone", func(c *store.Customer) { c.Phone = string(phone) })
		},
		endings: map[flow.Outcome]actEnding{
			outcomeTelephoneSet:  {title: text.New("Het telefoonnummer is veranderd", "The telephone number has been changed"), activityText: text.New("Wij veranderden je telefoonnummer", "We changed your telephone number")},
			outcomeFactUnchanged: unchangedEnding,
		},
	}.beginActFlow(v, place.SetTelephone)
}

// SetLanguage sets the language of a customer's messages.
func SetLanguage(v *flow.Visit) *flow.Flow {
	var language string
	return operatorAct{
		title: text.New("Taal van berichten", "Language of messages"),
		body:  text.NewFunc("In deze taal krijgt de klant e-mails en brieven.", "The customer gets e-mails and letters in this language."),
		fields: []flow.Field{flow.ChoiceField(&language, flow.Field{
			Name: "language", Label: text.New("Taal", "Language"), Options: fields.Languages, InitialAnswer: v.Language,
			Help: text.New("De taal van onze e-mails en brieven.", "The language of our e-mails and letters."),
		})},
		do: func(tx *store.Tx, c store.Customer) flow.Outcome {
			return setCustomerFact(tx, v, c, outcomeLanguageSet, "language", func(c *store.Customer) { c.Language = language })
		},
		endings: map[flow.Outcome]actEnding{
			outcomeLanguageSet:   {title: text.New("De taal is veranderd", "The language has been changed"), activityText: text.New("Wij veranderden de taal van je berichten", "We changed the language of your messages")},
			outcomeFactUnchanged: unchangedEnding,
		},
	}.beginActFlow(v, place.SetLanguage)
}

// SetLetterPrint sets whether a customer gets letters in large print.
func SetLetterPrint(v *flow.Visit) *flow.Flow {
	var print store.LetterPrint
	return operatorAct{
		title:  text.New("Letters in brieven", "Print of letters"),
		body:   text.NewFunc("Voor klanten die slecht zien: grote letters zijn ruim anderhalf keer zo groot als gewone.", "For customers who do not see well: large print is more than one and a half times as large as normal print."),
		fields: []flow.Field{fields.LetterPrintField(&print, v.LetterPrint)},
		do: func(tx *store.Tx, c store.Customer) flow.Outcome {
			return setCustomerFact(tx, v, c, outcomePrintSet, "letter_print", func(c *store.Customer) { c.LetterPrint = print })
		},
		endings: map[flow.Outcome]actEnding{
			outcomePrintSet:      {title: text.New("De letters zijn veranderd", "The print has been changed"), activityText: text.New("Wij veranderden de grootte van de letters in je brieven", "We changed the size of the print in your letters")},
			outcomeFactUnchanged: unchangedEnding,
		},
	}.beginActFlow(v, place.SetLetterPrint)
}

// setCustomerFact changes a fact of a customer, and sends a notice that the service desk did.
func setCustomerFact(tx *store.Tx, v *flow.Visit, c store.Customer, changed flow.Outcome, name string, change func(*store.Customer)) flow.Outcome {
	before := c
	if change(&c); c.LineFingerprint() == before.LineFingerprint() {
		return outcomeFactUnchanged
	}
	v.NotifyAtAddress(tx, before, desk.TemplateDetailsChanged, map[string]string{"changed": name})
	c.NoteDeskChanges(before)
	tx.PutCustomer(c)
	return changed
}

// PostalAddressAdvice says where a customer's postal address is changed, because letters with secrets go
// there.
func PostalAddressAdvice(v *flow.Visit) *flow.Flow {
	const told flow.State = "told"
	f := &flow.Flow{Name: string(place.PostalAddress), Start: told, Steps: map[flow.State]flow.Step{told: {
		Title: text.NewFunc("Postadres veranderen", "Change postal address"),
		Body: text.NewFunc(
			"Het postadres is van de bank en kan hier niet veranderd worden, want brieven met geheime gegevens gaan ernaartoe. Geef de verhuizing door in de klantadministratie van de bank. Die stuurt het nieuwe adres naar dit loket. Stuur tot dan niets per brief, en noteer het.",
			"The postal address is the bank's and cannot be changed here, because letters with confidential details go there. Report the move in the customer administration of the bank, which sends the new address to this desk. Send nothing by letter until then, and make a note."),
		Offers: []place.ID{place.AddNote, place.Card, place.Home},
	}}}
	return f.Begin(v)
}
