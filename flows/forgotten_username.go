package flows

import (
	"slices"

	"loket/flows/desk"
	"loket/flows/dutch"
	"loket/flows/fields"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/store"
)

// forgottenUsernameFlow is the state of the flow ForgottenUsername: the visitor's answers.
type forgottenUsernameFlow struct {
	visit         *flow.Visit
	person        store.Person
	productNumber string
	letterArrival dutch.Date // letterArrival is the day by which a letter that is sent now has arrived.
}

// ForgottenUsername sends the username to the customer with a given birth date, address and product number. Every visitor sees
// the same answer, whether or not a customer matches (F6–F8).
func ForgottenUsername(v *flow.Visit) *flow.Flow {
	const (
		askWho          flow.State = "ask who"
		messageUnderWay flow.State = "on its way"
	)
	u := &forgottenUsernameFlow{visit: v}
	f := &flow.Flow{Name: "forgotten username", Start: askWho}
	f.Steps = map[flow.State]flow.Step{
		askWho: {
			Title: text.NewFunc("Gebruikersnaam vergeten", "Forgot your username?"),
			Body: text.NewFunc(
				"Je productnummer staat op je polisblad, in je documenten en in eerdere e-mails van ons.",
				"Your product number is on your policy sheet, in your documents and in earlier e-mails from us."),
			ThrottleKey: flow.AnonymousThrottleKey,
			IsNeutral:   true,
			// The most keys are needed for twins who hold a product together.
			MinKeys: store.KeyCounts{Read: 14, Written: 12},
			Do: func(tx *store.Tx) (flow.Outcome, error) {
				u.letterArrival = v.LetterArrivalAbroad(tx.Now, v.Abroad)
				about, outcome := u.sendUsernames(tx)
				f.AuditCustomer = about
				return outcome, nil
			},
			Next: indistinguishableEdges(messageUnderWay, outcomeTexts{
				outcomeEmailSent:      text.New("Gebruikersnaam opgevraagd, per e-mail", "Asked for the username, by e-mail"),
				outcomeLetterSent:     text.New("Gebruikersnaam opgevraagd, per brief", "Asked for the username, by letter"),
				outcomePersonUnknown:  {},
				outcomePersonInactive: {},
				outcomeLetterUnderWay: text.New("Gebruikersnaam opgevraagd, terwijl er al een brief onderweg was", "Asked for the username while a letter was on its way already"),
				outcomeQuotaSpent:     text.New("Te vaak de gebruikersnaam opgevraagd", "Asked for the username too often"),
			}),
			Offers: []place.ID{place.Contact},
		},
		messageUnderWay: {
			Title: text.NewFunc("Kijk in je e-mail", "Check your e-mail"),
			Body: func() text.Text {
				letter := letterArrivalText(v, u.letterArrival)
				return text.New(
					"Klopt alles wat je hebt ingevuld? Dan krijg je binnen enkele minuten een e-mail met je gebruikersnaam. Kijk ook bij je ongewenste e-mail.\n\n"+
						"Is je e-mailadres onbekend of nieuw? "+letter.NL+"\n\n"+
						"Nog geen e-mail gekregen? Probeer het nog een keer, of neem contact op.",
					"Is everything you filled in correct? Then you will get an e-mail with your username within minutes. Check your spam folder too.\n\n"+
						"Is your e-mail address unknown, or new? "+letter.EN+"\n\n"+
						"No e-mail yet? Try once more, or contact us.",
				)
			},
			RetryPlace: place.ForgottenUsername,
			Offers:     []place.ID{place.LogIn, place.ForgottenPassword, place.CallBack, place.Contact, place.Home},
		},
	}
	fields.SetRequestFields(f, v, askWho, func(abroad bool) []flow.Field {
		return slices.Concat([]flow.Field{fields.BirthDateField(v, &u.person.BirthDate)}, fields.PostcodeFields(abroad, &u.person.Postcode, &u.person.HouseNumber), []flow.Field{fields.ProductNumberField(&u.productNumber)})
	})
	return f.Begin(v)
}

// sendUsernames sends a username to each customer who matches all answers: nobody, one customer, or twins who share a product.
// If a username was sent to at least one twin, the outcome says so.
func (u *forgottenUsernameFlow) sendUsernames(tx *store.Tx) (about store.CustomerID, outcome flow.Outcome) {
	outcome = outcomePersonUnknown
	for _, id := range u.findCustomers(tx) {
		result := outcomePersonUnknown
		if account, has := tx.Account(id); has {
			result = u.sendUsername(tx, account)
		}
		if outcome == outcomePersonUnknown || isSentOutcome(result) {
			about, outcome = id, result
		}
	}
	return about, outcome
}

// sendUsername sends an account's username to its owner.
func (u *forgottenUsernameFlow) sendUsername(tx *store.Tx, a store.Account) flow.Outcome {
	c, _ := tx.Customer(a.Customer)
	if !c.IsActive() {
		return outcomePersonInactive
	}
	if asked := u.visit.TakeLetterQuota(tx, desk.UsernameQuota, c); asked != desk.DecisionGranted {
		return outcomeByDecision[asked]
	}
	u.visit.NotifyAtAddress(tx, u.visit.Addressee(c), desk.TemplateUsername, map[string]string{"username": a.Username})
	return outcomeByChannel(u.visit.ChannelForCustomer(c, tx.Now), outcomeEmailSent, outcomeLetterSent)
}

// findCustomers returns the customers who match all answers, with or without an account.
func (u *forgottenUsernameFlow) findCustomers(tx *store.Tx) []store.CustomerID {
	holders := map[store.CustomerID]bool{}
	for _, p := range tx.ProductsByNumber(u.productNumber) {
		for _, id := range p.Holders {
			holders[id] = true
		}
	}
	return slices.DeleteFunc(tx.CustomersByPerson(u.person), func(id store.CustomerID) bool { return !holders[id] })
}
