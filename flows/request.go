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
	used   int // of drawn, in this run of the transaction
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
func requestFlow(v *flow.Visit, here place.ID, says, tells text.Text, became activityOf, send func(*numberRequest, *store.Tx, store.Customer) flow.Outcome) *flow.Flow {
	const (
		askWho flow.State = "ask who"
		onWay  flow.State = "on its way"
	)
	r := &numberRequest{visit: v}
	f := &flow.Flow{Name: string(here), Start: askWho}
	f.Steps = map[flow.State]flow.Step{
		askWho: {
			Title:       text.Always(says),
			Body:        text.Always(tells),
			Fields:      []flow.Field{birthDate(v, &r.person.BirthDate), postcode(&r.person.Postcode), houseNumber(&r.person.HouseNumber)},
			ThrottleKey: flow.Anonymous,
			Prepare:     r.draw,
			Neutral:     true,
			Do: func(tx *store.Tx) (outcome flow.Outcome, err error) {
				f.About, outcome = r.answer(tx, send)
				return outcome, nil
			},
			Next:   sameEdge(onWay, became),
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
	by := r.visit.LetterBy(r.visit.Clock.Now()).Long()
	wait := contact.StillWaiting(r.visit.Desk)
	return text.New(
		"Klopt alles wat je hebt ingevuld? Dan krijg je binnen enkele minuten een e-mail. Kijk ook bij je ongewenste e-mail. "+
			"Kennen we geen e-mailadres van je? Dan komt er een brief, uiterlijk "+by.NL+".\n\n"+wait.NL,
		"Is everything you filled in correct? Then you will get an e-mail within minutes. Check your spam folder too. "+
			"Do we not have your e-mail address? Then we will send a letter, which arrives by "+by.EN+" at the latest.\n\n"+wait.EN,
	)
}

// draw draws as many numbers as a request can bring, for nobody too.
func (r *numberRequest) draw(context.Context) (err error) {
	r.drawn = make([]string, mostNumbers)
	for i := range r.drawn {
		if r.drawn[i], err = r.visit.DrawNumber(); err != nil {
			return err
		}
	}
	return nil
}

// answer answers everybody of whom all answers are right: nobody, one customer,
// or twins. That one twin asked too often already does not hide that the other
// got something.
func (r *numberRequest) answer(tx *store.Tx, send func(*numberRequest, *store.Tx, store.Customer) flow.Outcome) (about store.CustomerID, outcome flow.Outcome) {
	r.used, outcome = 0, nothing
	for _, id := range tx.Persons(r.person) {
		c, found := tx.Customer(id)
		if !found {
			continue
		}
		became := oftenSent
		if r.visit.TakeQuota(tx, desk.NumberQuota.For(id)) {
			became = send(r, tx, c)
		}
		if outcome == nothing || outcome == oftenSent {
			about, outcome = id, became
		}
	}
	return about, outcome
}

// sendNumbers sends a new number for each application that waits for one, which
// makes the earlier one useless (A2).
func (r *numberRequest) sendNumbers(tx *store.Tx, c store.Customer, applications []store.ApplicationID) flow.Outcome {
	for len(applications) > 0 && r.used < len(r.drawn) {
		n, err := r.visit.Issue(tx, r.drawn[r.used], c.ID, applications[0])
		r.used++
		if err != nil { // these digits are somebody's, and the next ones will not be
			continue
		}
		r.visit.SendNumber(tx, n)
		applications = applications[1:]
	}
	return byChannel(c, emailed, posted)
}

// remind tells somebody that they have an account already, and how to get in.
func (r *numberRequest) remind(tx *store.Tx, c store.Customer) flow.Outcome {
	r.visit.Tell(tx, c.ID, desk.AccountExists, nil)
	return byChannel(c, toldByEmail, toldByPost)
}

// byChannel is the outcome of a message that goes by e-mail, or else by letter.
func byChannel(c store.Customer, email, letter flow.Outcome) flow.Outcome {
	if c.Email == "" {
		return letter
	}
	return email
}

// waiting are the applications of a customer whose product was not opened yet.
func waiting(tx *store.Tx, c store.Customer) (ids []store.ApplicationID) {
	for _, h := range c.Holdings {
		if a, found := tx.Application(h.Application); found && h.Opened.IsZero() && slices.Contains(a.Applicants, c.ID) {
			ids = append(ids, a.ID)
		}
	}
	return ids
}

// accountOf is the application for an account alone, of somebody who was never
// invited (A7). It is made once.
func accountOf(tx *store.Tx, c store.Customer) store.ApplicationID {
	id := store.ApplicationID("ACCOUNT-" + string(c.ID))
	if _, found := tx.Application(id); !found {
		tx.PutApplication(store.Application{ID: id, Applicants: []store.CustomerID{c.ID}, Submitted: dutch.DateOf(tx.Now).String()})
	}
	return id
}
