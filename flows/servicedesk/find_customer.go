package servicedesk

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"loket/flows/desk"
	"loket/flows/dutch"
	"loket/flows/fields"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/store"
)

// findCustomerFlow holds the caller's answers, and the customer whom all of them fit.
type findCustomerFlow struct {
	visit         *flow.Visit
	person        store.Person
	hasHouse      bool // hasHouse reports whether the caller gave a house number.
	productNumber string
	known         string // known is a username, an e-mail address, or the number of a customer, an application or an activation.
	surname       string
	found         store.Customer // found is the customer whose card opens; it is zero if no customer or several customers fit.
}

// Outcomes of looking for a customer.
const (
	outcomeCardOpened        flow.Outcome = "card opened"
	outcomeNoCustomerMatches flow.Outcome = "answers match nobody"
	outcomeSeveralCustomers  flow.Outcome = "answers match several"
	outcomeTooFewAnswers     flow.Outcome = "no house number, product number or e-mail address"
	outcomeCardQuotaSpent    flow.Outcome = "too many cards this hour"
	cardCountPeriod                       = time.Hour
	callerThrottlePrefix                  = "callers of "
	cardCountPrefix                       = "cards of "
)

// askCallerHelp is the help about every answer of the caller.
var askCallerHelp = text.New("Vraag dit aan de beller. Zeg zelf niets voor.", "Ask the caller. Do not prompt.")

// FindCustomer opens the card of the customer whom all answers of a caller fit: birth date,
// postcode, and a house number, a product number or an e-mail address. Other facts only narrow whom
// they fit. All are exact, and found by an index. A wrong combination gets the same answer whichever part was
// wrong. It counts against the operator's key until a right answer, and against the customer asked
// after, at every key, for one day. So a caller who lies gains nothing by the right answers of others.
func FindCustomer(v *flow.Visit) *flow.Flow {
	const (
		askCaller  flow.State = "ask caller"
		cardOpened flow.State = "card open"
	)
	c := &findCustomerFlow{visit: v}
	f := &flow.Flow{Name: string(place.FindCustomer), Start: askCaller}
	f.Steps = map[flow.State]flow.Step{
		askCaller: {
			Title:            text.NewFunc("Wie belt er?", "Who is calling?"),
			Body:             text.NewFunc("Vraag geboortedatum, postcode, en huisnummer, productnummer of e-mailadres. De kaart openen komt in het logboek.", "Ask for date of birth, postcode, and house number, product number or e-mail address. Opening the card is logged."),
			ThrottleKey:      func() string { return callerThrottlePrefix + v.Operator },
			ThrottleSubjects: c.throttleSubjects,
			IsNeutral:        true,
			MinKeys:          store.KeyCounts{Read: 15, Written: 11},
			Do: func(tx *store.Tx) (flow.Outcome, error) {
				outcome := c.findMatchingCustomer(tx)
				f.AuditCustomer = c.found.ID
				return outcome, nil
			},
			Next: map[flow.Outcome]flow.Edge{
				outcomeCardOpened:        {To: cardOpened, Verdict: flow.VerdictRight, SkipsDelay: true, OnCommit: func() { v.OpenCard(c.found) }},
				outcomeNoCustomerMatches: {To: askCaller, Verdict: flow.VerdictWrong, Note: text.NewFunc("Dit klopt niet met wat wij weten. Zeg de beller niet wat er niet klopt.", "This does not fit what we know. Do not tell the caller what is wrong.")},
				outcomeSeveralCustomers:  {To: askCaller, Field: "surname", Note: text.NewFunc("Dit past bij meer dan één klant. Vraag de achternaam en een productnummer.", "This fits more than one customer. Ask for the surname and a product number.")},
				outcomeTooFewAnswers:     {To: askCaller, Field: "product number", Note: text.NewFunc("Vraag het huisnummer, een productnummer of het e-mailadres.", "Ask for the house number, a product number or the e-mail address.")},
				outcomeCardQuotaSpent:    {To: askCaller, Note: text.NewFunc("Je hebt dit uur te veel kaarten geopend. Wacht even, of vraag een collega.", "You opened too many cards this hour. Wait a little, or ask a colleague.")},
			},
		},
		cardOpened: {
			Title:      text.NewFunc("De kaart is open", "The card is open"),
			Offers:     []place.ID{place.Card},
			AutoSubmit: true,
		},
	}
	fields.SetAddressFields(f, v, askCaller, c.callerAnswerFields)
	return f.Begin(v)
}

// callerAnswerFields asks for what the caller knows. Somebody abroad has no house number of their own.
func (c *findCustomerFlow) callerAnswerFields(abroad bool) []flow.Field {
	c.hasHouse = false
	all := append([]flow.Field{fields.BirthDateField(c.visit, &c.person.BirthDate)}, fields.PostcodeFields(abroad, &c.person.Postcode, &c.person.HouseNumber)...)
	for i, each := range all {
		if each.Name == "house number" {
			all[i] = makeFieldOptional(each, func(given bool) { c.hasHouse = given })
		}
	}
	all = append(all,
		makeFieldOptional(fields.ProductNumberField(&c.productNumber), func(given bool) {
			if !given {
				c.productNumber = ""
			}
		}),
		optionalLineField("known", text.New("Ander gegeven", "Other fact"), text.New("Niet verplicht: gebruikersnaam, e-mail of een nummer", "Optional: username, e-mail or a number"), &c.known),
		optionalLineField("surname", text.New("Achternaam", "Surname"), text.New("Niet verplicht: als er meer klanten passen", "Optional: when several customers fit"), &c.surname),
	)
	for i := range all {
		all[i].Help = askCallerHelp
	}
	return all
}

// throttleSubjects returns the keys that count wrong answers about the customer asked after.
func (c *findCustomerFlow) throttleSubjects() []string {
	a := desk.CallerAnswers{BirthDate: c.person.BirthDate, Postcode: c.person.Postcode, ProductNumber: c.productNumber, Known: desk.ExtractEmail(c.known)}
	if c.hasHouse {
		a.HouseNumber = strconv.Itoa(c.person.HouseNumber)
	}
	return a.ThrottleKeys()
}

// findMatchingCustomer finds the customer whom all answers fit, and counts the card that opens.
func (c *findCustomerFlow) findMatchingCustomer(tx *store.Tx) flow.Outcome {
	c.found = store.Customer{}
	opened := c.recentCards(tx)
	if !c.hasHouse && c.productNumber == "" && !strings.Contains(c.known, "@") {
		return outcomeTooFewAnswers
	}
	if len(opened) >= c.visit.Settings.CardsPerHour {
		return outcomeCardQuotaSpent
	}
	switch matches := c.matchingCustomers(tx); len(matches) {
	case 0:
		return outcomeNoCustomerMatches
	case 1:
		c.found = matches[0]
	default:
		return outcomeSeveralCustomers
	}
	tx.PutRecentTimes(c.cardCountKey(), store.RecentTimes{Times: append(opened, tx.Now)})
	return outcomeCardOpened
}

// cardCountKey returns the name of the RecentTimes of the cards that the operator's key opened.
func (c *findCustomerFlow) cardCountKey() string { return c.visit.OperatorCountName(cardCountPrefix) }

// recentCards returns when the operator's key opened cards in the last hour.
func (c *findCustomerFlow) recentCards(tx *store.Tx) []time.Time {
	all := tx.RecentTimes(c.cardCountKey(), 0).Times
	return slices.DeleteFunc(all, func(at time.Time) bool { return tx.Now.Sub(at) >= cardCountPeriod })
}

// matchingCustomers returns the customers whom all answers fit: none, one, or persons who live together and
// were born on one day.
func (c *findCustomerFlow) matchingCustomers(tx *store.Tx) (all []store.Customer) {
	holders := c.productHolders(tx)
	var candidates []store.CustomerID
	switch {
	case c.hasHouse:
		candidates = tx.CustomersByPerson(c.person)
	case c.productNumber != "":
		candidates = holders
	default:
		candidates = c.confirmedEmailOwners(tx)
	}
	for _, id := range candidates {
		owner, found := tx.Customer(id)
		switch {
		case !found, owner.BirthDate != c.person.BirthDate, owner.Postcode != c.person.Postcode:
		case c.productNumber != "" && !slices.Contains(holders, id):
		case c.known != "" && !c.matchesKnownFact(tx, owner):
		case c.surname != "" && !isSurname(owner, c.surname):
		default:
			all = append(all, owner)
		}
	}
	return all
}

// productHolders returns who hold a product with the number that the caller gave.
func (c *findCustomerFlow) productHolders(tx *store.Tx) (ids []store.CustomerID) {
	if c.productNumber == "" {
		return nil
	}
	for _, p := range tx.ProductsByNumber(c.productNumber) {
		ids = append(ids, p.Holders...)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// maxEmailOwners is the number of customers with the same e-mail address who are looked at. A feed may have one address for very
// many, whom it does not tell apart.
const maxEmailOwners = 20

// confirmedEmailOwners returns the customers with the e-mail address that the caller gave. An address that the service desk set and
// nobody confirmed finds nobody, because a caller who lied once could have had it set.
func (c *findCustomerFlow) confirmedEmailOwners(tx *store.Tx) []store.CustomerID {
	return slices.DeleteFunc(tx.CustomersByEmail(desk.ExtractEmail(c.known), maxEmailOwners), func(id store.CustomerID) bool {
		owner, _ := tx.Customer(id)
		return !owner.UnconfirmedSince.IsZero()
	})
}

// matchesKnownFact reports whether the other fact is one of a customer.
func (c *findCustomerFlow) matchesKnownFact(tx *store.Tx, owner store.Customer) bool {
	if strings.EqualFold(c.known, string(owner.ID)) || owner.Email != "" && strings.EqualFold(desk.ExtractEmail(c.known), owner.Email) {
		return true
	}
	if a, has := tx.AccountByUsername(c.known); has && a.Customer == owner.ID {
		return true
	}
	if digits, ok := desk.ParseActivationNumber(c.known); ok {
		n, found := tx.Number(digits)
		return found && n.Customer == owner.ID
	}
	a, found := tx.Application(store.ApplicationID(strings.ToUpper(c.known)))
	return found && slices.Contains(a.Applicants, owner.ID)
}

// isSurname reports whether a name is the surname of a customer, with or without its prefix.
func isSurname(c store.Customer, name string) bool {
	fold := func(s string) string { return store.FoldUsername(dutch.TidyTypedText(s)) }
	return fold(name) == fold(c.Surname) || fold(name) == fold(c.Prefix+" "+c.Surname)
}
