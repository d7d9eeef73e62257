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

// numberRequest is somebody who asks for an activation number, and numbers that are
// drawn whether or not anybody gets one.
type numberRequest struct {
	visit  *flow.Visit
	person store.Person
	drawn  []string
	used   int        // of drawn, in this run of the transaction
	by     dutch.Date // when a letter that is sent now should have arrived
}

// What can come of asking for what somebody has already. Only the audit log
// knows, and they themselves.
const (
	toldByEmail flow.Outcome = "has an account, told so by e-mail"
	toldByPost  flow.Outcome = "has an account, told so by letter"
)

// mostNumbers is how many numbers one request brings at most. A person gets one
// for each application of theirs (A1), and seldom has two of those.
const mostNumbers = 10

// requestFlow is a flow that asks who somebody is, says the same to everybody,
// and sends something to whoever is known at the address that is known (A2, A7).
func requestFlow(v *flow.Visit, here place.ID, says, tells text.Text, became outcomeTexts, send func(*numberRequest, *store.Tx, store.Customer) flow.Outcome) *flow.Flow {
	const (
		askWho flow.State = "ask who"
		onWay  flow.State = "on its way"
	)
	r := &numberRequest{visit: v}
	f := &flow.Flow{Name: string(here), Start: askWho}
	f.Steps = map[flow.State]flow.Step{
		askWho: {
			Title:       text.TextFunc(says),
			Body:        text.TextFunc(tells),
			Fields:      []flow.Field{birthDateField(v, &r.person.BirthDate), postcodeField(&r.person.Postcode), houseNumberField(&r.person.HouseNumber)},
			ThrottleKey: flow.AnonymousThrottleKey,
			Prepare:     r.draw,
			Neutral:     true,
			Keys:        store.Keys{Read: 18, Written: 16}, // of somebody with two applications
			Do: func(tx *store.Tx) (outcome flow.Outcome, err error) {
				r.by = v.LetterArrival(tx.Now)
				f.About, outcome = r.answer(tx, send)
				return outcome, nil
			},
			Next:   sameEdgeForAll(onWay, became),
			Offers: []place.ID{place.Contact},
		},
		onWay: {
			Title:  text.Fixed("Let op je e-mail en je post", "Look out for e-mail and post"),
			Body:   r.onWay,
			Again:  here,
			Offers: []place.ID{place.Activate, place.Contact, place.Home},
		},
	}
	return f.Begin(v)
}

// onWay says what comes and when, to those who are known and those who are not, and what
// there is to know about waiting (A6).
func (r *numberRequest) onWay() text.Text {
	letter, wait := letterComes(r.by), contact.WaitingAdvice(r.visit.Desk)
	return text.New(
		"Klopt alles wat je hebt ingevuld? Dan krijg je binnen enkele minuten een e-mail. Kijk ook bij je ongewenste e-mail. "+
			"Kennen we geen e-mailadres van je? "+letter.NL+"\n\n"+wait.NL,
		"Is everything you filled in correct? Then you will get an e-mail within minutes. Check your spam folder too. "+
			"Do we not have your e-mail address? "+letter.EN+"\n\n"+wait.EN,
	)
}

// letterComes says what is true of whoever asks: of those to whom a letter goes now, of
// those who have one coming, and of nobody.
func letterComes(by dutch.Date) text.Text {
	date := by.Long()
	return text.New(
		"Dan krijg je uiterlijk "+date.NL+" een brief. Is er al een brief onderweg? Dan sturen we niets nieuws.",
		"Then you will get a letter by "+date.EN+". If one is on its way already, we send nothing new.",
	)
}

// draw draws as many numbers as a request can bring, for nobody too.
func (r *numberRequest) draw(context.Context) (err error) {
	r.drawn = make([]string, mostNumbers)
	for i := range r.drawn {
		if r.drawn[i], err = r.visit.RandomNumber(); err != nil {
			return err
		}
	}
	return nil
}

// answer answers everybody of whom all answers are right: nobody, one customer,
// or twins. That one twin asked too often already does not hide that the other
// got something.
func (r *numberRequest) answer(tx *store.Tx, send func(*numberRequest, *store.Tx, store.Customer) flow.Outcome) (about store.CustomerID, outcome flow.Outcome) {
	r.used, outcome = 0, personNotFound
	for _, id := range tx.Persons(r.person) {
		c, found := tx.Customer(id)
		if !found {
			continue
		}
		if became := send(r, tx, c); !wasSent(outcome) {
			about, outcome = id, became
		}
	}
	return about, outcome
}

// wasSent reports whether something was sent.
func wasSent(o flow.Outcome) bool { return o != personNotFound && o != sentTooOften && o != underWay }

// sendNumbers sends a new number for each application that waits for one, unless a
// letter with one is on its way (A2).
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
		if err != nil { // these digits are somebody's, and the next ones will not be
			continue
		}
		r.visit.SendNumber(tx, n)
		applications = applications[1:]
	}
	return byChannel(c, sentByEmail, sentByLetter)
}

// remind tells somebody that they have an account already, and how to get in.
func (r *numberRequest) remind(tx *store.Tx, c store.Customer) flow.Outcome {
	if asked := r.visit.AskLetter(tx, desk.NumberQuota, c); asked != desk.Granted {
		return notSent[asked]
	}
	r.visit.NotifyCustomer(tx, c.ID, desk.AccountExists, nil)
	return byChannel(c, toldByEmail, toldByPost)
}

// byChannel is the outcome of a message that goes by e-mail, or else by letter.
func byChannel(c store.Customer, email, letter flow.Outcome) flow.Outcome {
	if c.Email == "" {
		return letter
	}
	return email
}

// waitingApplications are the applications of a customer whose product was not opened yet.
func waitingApplications(tx *store.Tx, c store.Customer) (applications []store.Application) {
	for _, h := range c.Holdings {
		if a, found := tx.Application(h.Application); found && h.Opened.IsZero() && slices.Contains(a.Applicants, c.ID) {
			applications = append(applications, a)
		}
	}
	return applications
}

// accountApplication is the application for an account alone, of somebody who was never
// invited (A7). It is kept once there is a number for it.
func accountApplication(tx *store.Tx, c store.Customer) store.Application {
	id := store.ApplicationID("ACCOUNT-" + string(c.ID))
	if a, found := tx.Application(id); found {
		return a
	}
	return store.Application{ID: id, Applicants: []store.CustomerID{c.ID}, Submitted: dutch.DateOf(tx.Now).String()}
}
