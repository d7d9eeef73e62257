package flows

import (
	"context"
	"slices"

	"loket/flows/contact"
	"loket/flows/desk"
	"loket/flows/dutch"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/store"
)

// numberRequest holds the answers of a visitor who asks for an activation number, and numbers
// for them. Those are drawn also when no customer matches, so that both take the same time.
type numberRequest struct {
	visit  *flow.Visit
	person store.Person
	drawn  []string
	used   int        // how many of drawn were used, in this run of the transaction
	by     dutch.Date // the day by which a letter that is sent now has arrived
}

// Outcomes of a request by a customer who has an account already. The audit log has them, and
// the customer gets a message.
const (
	toldByEmail flow.Outcome = "has an account, told so by e-mail"
	toldByPost  flow.Outcome = "has an account, told so by letter"
)

// mostNumbers bounds how many numbers one request brings. A customer gets one for each
// application (A1), and seldom has two applications.
const mostNumbers = 10

// requestFlow returns a flow that asks who the visitor is. It gives every visitor the same
// answer, and sends something to a customer who matches, at the address that the desk has
// (A2, A7).
func requestFlow(v *flow.Visit, here place.ID, title, body text.Text, texts outcomeTexts, send func(*numberRequest, *store.Tx, store.Customer) flow.Outcome) *flow.Flow {
	const (
		askWho          flow.State = "ask who"
		messageUnderWay flow.State = "on its way"
	)
	r := &numberRequest{visit: v}
	f := &flow.Flow{Name: string(here), Start: askWho}
	f.Steps = map[flow.State]flow.Step{
		askWho: {
			Title:       text.TextFunc(title),
			Body:        text.TextFunc(body),
			ThrottleKey: flow.AnonymousThrottleKey,
			Prepare:     r.draw,
			Neutral:     true,
			Keys:        store.Keys{Read: 18, Written: 16}, // for a customer with two applications
			Do: func(tx *store.Tx) (outcome flow.Outcome, err error) {
				r.by = v.LetterArrivalAt(tx.Now, v.Abroad)
				f.About, outcome = r.answer(tx, send)
				return outcome, nil
			},
			Next:   sameEdgeForAll(messageUnderWay, texts),
			Offers: []place.ID{place.Contact},
		},
		messageUnderWay: {
			Title:  text.Fixed("Let op je e-mail en je post", "Look out for e-mail and post"),
			Body:   r.onWay,
			Again:  here,
			Offers: []place.ID{place.Activate, place.Contact, place.Home},
		},
	}
	withAddressFields(f, v, askWho, func(abroad bool) []flow.Field {
		return append([]flow.Field{birthDateField(v, &r.person.BirthDate)}, postcodeFields(abroad, &r.person.Postcode, &r.person.HouseNumber)...)
	})
	return f.Begin(v)
}

// onWay returns what every visitor reads after a request: what arrives, when it arrives, and
// what to do when it does not (A6).
func (r *numberRequest) onWay() text.Text {
	letter, wait := letterComes(r.by), contact.WaitingAdvice(r.visit.Desk)
	return text.New(
		"Klopt alles wat je hebt ingevuld? Dan krijg je binnen enkele minuten een e-mail. Kijk ook bij je ongewenste e-mail. "+
			"Kennen we geen e-mailadres van je? "+letter.NL+"\n\n"+wait.NL,
		"Is everything you filled in correct? Then you will get an e-mail within minutes. Check your spam folder too. "+
			"Do we not have your e-mail address? "+letter.EN+"\n\n"+wait.EN,
	)
}

// letterComes returns a text about letters that is true for every visitor: for a customer to
// whom a letter goes now, for one with a letter under way, and for a stranger.
func letterComes(by dutch.Date) text.Text {
	date := by.Long()
	return text.New(
		"Dan krijg je uiterlijk "+date.NL+" een brief. Is er al een brief onderweg? Dan sturen we niets nieuws.",
		"Then you will get a letter by "+date.EN+". If one is on its way already, we send nothing new.",
	)
}

// draw draws as many numbers as a request can need, whether or not a customer matches.
func (r *numberRequest) draw(context.Context) (err error) {
	r.drawn = make([]string, mostNumbers)
	for i := range r.drawn {
		if r.drawn[i], err = r.visit.RandomNumber(); err != nil {
			return err
		}
	}
	return nil
}

// answer calls send for each customer whom all answers match: no customer, one, or twins. If
// something was sent to one twin, the outcome says that, also when the other had asked too
// often.
func (r *numberRequest) answer(tx *store.Tx, send func(*numberRequest, *store.Tx, store.Customer) flow.Outcome) (about store.CustomerID, outcome flow.Outcome) {
	r.used, outcome = 0, personNotFound
	for _, id := range tx.Persons(r.person) {
		c, found := tx.Customer(id)
		if !found {
			continue
		}
		became := inactive
		if c.IsActive() {
			became = send(r, tx, c)
		}
		if !wasSent(outcome) && (became != inactive || outcome == personNotFound) {
			about, outcome = id, became
		}
	}
	return about, outcome
}

// wasSent reports whether an outcome says that something was sent.
func wasSent(o flow.Outcome) bool {
	return o != personNotFound && o != inactive && o != sentTooOften && o != underWay
}

// sendNumbers sends a new number for each application, unless a letter with a number for it is
// under way (A2).
func (r *numberRequest) sendNumbers(tx *store.Tx, c store.Customer, applications []store.Application) flow.Outcome {
	applications = slices.DeleteFunc(applications, func(a store.Application) bool { return r.visit.NumberUnderWay(tx, a, c.ID) })
	if len(applications) == 0 {
		return underWay
	}
	if !r.visit.TakeQuota(tx, desk.NumberQuota.KeyFor(c.ID)) {
		return sentTooOften
	}
	for len(applications) > 0 && r.used < len(r.drawn) {
		if _, found := tx.Application(applications[0].ID); !found {
			tx.PutApplication(applications[0])
		}
		n, err := r.visit.IssueNumber(tx, r.drawn[r.used], c.ID, applications[0].ID)
		r.used++
		if err != nil { // another customer has these digits: the next ones will do
			continue
		}
		r.visit.SendNumber(tx, n)
		applications = applications[1:]
	}
	return byChannel(c, sentByEmail, sentByLetter)
}

// remind sends a customer a message that they have an account already, and how to log in.
func (r *numberRequest) remind(tx *store.Tx, c store.Customer) flow.Outcome {
	if asked := r.visit.AskLetter(tx, desk.NumberQuota, c); asked != desk.Granted {
		return notSent[asked]
	}
	r.visit.NotifyCustomer(tx, c.ID, desk.AccountExists, nil)
	return byChannel(c, toldByEmail, toldByPost)
}

// byChannel returns the outcome of a message to c: email if c has an e-mail address, else
// letter.
func byChannel(c store.Customer, email, letter flow.Outcome) flow.Outcome {
	if c.Email == "" {
		return letter
	}
	return email
}

// waitingApplications returns the applications of a customer whose product is not opened yet.
func waitingApplications(tx *store.Tx, c store.Customer) (applications []store.Application) {
	for _, h := range c.Holdings {
		if a, found := tx.Application(h.Application); found && h.Opened.IsZero() && slices.Contains(a.Applicants, c.ID) {
			applications = append(applications, a)
		}
	}
	return applications
}

// accountApplication returns the application for an account without a product, for a customer
// who was never invited (A7). It is stored when a number is issued for it.
func accountApplication(tx *store.Tx, c store.Customer) store.Application {
	id := store.ApplicationID("ACCOUNT-" + string(c.ID))
	if a, found := tx.Application(id); found {
		return a
	}
	return store.Application{ID: id, Applicants: []store.CustomerID{c.ID}, Submitted: dutch.DateOf(tx.Now).String()}
}
