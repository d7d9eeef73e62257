package demo

import (
	"context"
	"fmt"
	"slices"

	"loket/flows/desk"
	"loket/flows/dutch"
	"loket/flows/flow"
	"loket/flows/text"
	"loket/store"
)

// A Person is a fictional customer whom visitors of the demo can play.
type Person struct {
	Name        string
	Description text.Text     // Description describes the situation of the person in a sentence.
	Facts       []FieldAnswer // Facts are the person's answers to the questions of forms.
}

// A FieldAnswer is a person's answer to one field of a form.
type FieldAnswer struct {
	Label text.Text
	Value string
}

// FindAnswer returns the person's answer to a field, and reports whether the person has one.
func (p Person) FindAnswer(f flow.Field) (value string, known bool) {
	for _, fact := range p.Facts {
		if fact.Label == f.Label || fact.Label == passwordLabel && f.Kind == flow.KindSecret && f.Rules == nil {
			return fact.Value, true
		}
	}
	return "", false
}

// CanAnswerAll reports whether the person has an answer to every field. It returns false if there are no fields.
func (p Person) CanAnswerAll(fields []flow.Field) bool {
	return len(fields) > 0 && !slices.ContainsFunc(fields, func(f flow.Field) bool {
		_, known := p.FindAnswer(f)
		return !known
	})
}

// passwordLabel is the label of the fact that also answers a field for the current password.
var passwordLabel = text.New("Wachtwoord", "Password")

// demoPersonRole is the part of a demo customer that is not in the import: a description for the visitor, and the password whose hash is
// in the import.
type demoPersonRole struct {
	customer    store.CustomerID
	name        string
	description text.Text
	password    string
}

var demoPersonRoles = []demoPersonRole{
	{"K1000001", "Sanne Hoekstra", text.Text{
		NL: "Nieuw. Ze opende een spaarrekening met Bilal en kreeg een activatienummer.",
		EN: "New. She opened a savings account with Bilal and got an activation number."}, ""},
	{"K1000002", "Bilal Amrani", text.Text{
		NL: "De partner van Sanne. Hij heeft een eigen nummer voor dezelfde rekening.",
		EN: "Sanne's partner. He has a number of his own for the same account."}, ""},
	{"K1000003", "Truus van den Heuvel", text.Text{
		NL: "Liet haar brief te lang liggen: haar activatienummer is verlopen. Ze kan een nieuw aanvragen.",
		EN: "Left her letter lying too long: her activation number has expired. She can request a new one."}, ""},
	{"K1000004", "Wim Blaauw", text.Text{
		NL: "Kreeg twee keer een nieuw activatienummer. Het eerste werkt niet meer.",
		EN: "Got a new activation number twice. The first one no longer works."}, ""},
	{"K1000005", "Jayden Pinas", text.Text{
		NL: "Heeft zijn activatienummer al gebruikt. Een tweede keer werkt het niet.",
		EN: "Has used his activation number. It does not work a second time."}, "Waterkant88"},
	{"K1000006", "Marijke van der Zwan", text.Text{
		NL: "Heeft van alles wat: sparen, hypotheek, polissen, pensioen. Van haar polis uit 1994 zijn er nog geen details.",
		EN: "Has a bit of everything: savings, mortgage, policies, pension. Of her 1994 policy there are no details yet."}, "Duinpan44geel"},
	{"K1000007", "Dirk Oosterling", text.Text{
		NL: "Heeft geen e-mailadres. Alles komt per brief, in grote letters.",
		EN: "Has no e-mail address. Everything comes by letter, in large print."}, "Fietsbel-1968"},
	{"K1000008", "Fatma Yildirim", text.Text{
		NL: "Heeft een account, maar logde nog nooit in. Een tijdelijk wachtwoord komt dan altijd per brief.",
		EN: "Has an account, but never logged in. A temporary password then always comes by letter."}, ""},
	{"K1000009", "Anouk Tan", text.Text{
		NL: "Heeft een account, en een activatienummer om er een product aan toe te voegen.",
		EN: "Has an account, and an activation number to add a product to it."}, "Kruimeltje12"},
	{"K1000010", "Thijs Wiersma", text.Text{
		NL: "Heeft een hypotheek. Zijn productnummer is het leningnummer.",
		EN: "Has a mortgage. His product number is the loan number."}, "Bosrand2026!"},
	{"K1000011", "Priya Raman", text.Text{
		NL: "Krijgt haar e-mails en brieven in het Engels.",
		EN: "Gets her e-mails and letters in English."}, "Marsepein31"},
	{"K1000012", "Gerda Postma", text.Text{
		NL: "Is klant, maar werd nooit uitgenodigd. Ze kan zelf een account aanvragen.",
		EN: "Is a customer, but was never invited. She can request an account herself."}, ""},
	{"K1000013", "Noor Visscher", text.Text{
		NL: "Wil inloggen met haar telefoon. Log eerst in met haar wachtwoord. Kies Gegevens en Instellingen, dan Toegang en beveiliging, dan Telefoon koppelen. " +
			"Een browser op deze computer kan haar telefoon zijn: ga daarin naar het adres. Log daarna in met de NN App.",
		EN: "Wants to log in with her phone. First log in with her password. Choose Details and Settings, then Access and security, then Pair a phone. " +
			"A browser on this computer can be her phone: go to the address in it. After that, log in with the NN App."}, "Polderlicht7"},
}

// findPersons returns the persons of all roles, with their answers to forms.
func findPersons(ctx context.Context, s *store.Store, numbers numbersByCustomer) (persons []Person, err error) {
	err = s.View(ctx, func(tx *store.Tx) error {
		persons = nil
		for _, part := range demoPersonRoles {
			facts, err := part.collectAnswers(tx, numbers[part.customer])
			if err != nil {
				return err
			}
			persons = append(persons, Person{part.name, part.description, facts})
		}
		return nil
	})
	return persons, err
}

// collectAnswers returns a person's answers, in the order in which forms ask for them.
func (p demoPersonRole) collectAnswers(tx *store.Tx, numbers []string) (facts []FieldAnswer, err error) {
	c, found := tx.Customer(p.customer)
	if !found || len(c.Holdings) == 0 {
		return nil, fmt.Errorf("%s of the demo is not a customer with a product", p.name)
	}
	born, err := dutch.ParseDate(c.BirthDate)
	if err != nil {
		return nil, fmt.Errorf("%s of the demo: birth date: %w", p.name, err)
	}
	account, _ := tx.Account(c.ID)
	product, _ := tx.Product(c.Holdings[0].Product)
	house := dutch.HouseNumber{Number: c.HouseNumber, Addition: c.Addition}

	addFact := func(label text.Text, value string) {
		if value != "" {
			facts = append(facts, FieldAnswer{label, value})
		}
	}
	add := func(nl, en, value string) { addFact(text.New(nl, en), value) }
	if len(numbers) > 0 {
		add("Activatienummer", "Activation number", desk.GroupActivationNumber(numbers[0]))
	}
	// The two newest activation numbers both work, so the person needs a third one as an example of an old number.
	if last := len(numbers) - 1; last > 1 {
		add("Eerder nummer", "Earlier number", desk.GroupActivationNumber(numbers[last]))
	}
	add("Geboortedatum", "Date of birth", fmt.Sprintf("%02d-%02d-%d", born.Day, born.Month, born.Year))
	add("Postcode", "Postcode", c.Postcode)
	add("Huisnummer", "House number", house.String())
	add("Gebruikersnaam", "Username", account.Username)
	addFact(passwordLabel, p.password)
	add("Productnummer", "Product number", product.Number)
	return facts, nil
}
