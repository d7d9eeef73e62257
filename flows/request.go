package flows

import (
	"context"
	"slices"

	"loket/flows/contact"
	"loket/flows/desk"
	"loket/flows/dutch"
	"loket/flows/fields"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/store"
)

// numberRequestFlow is the state of a flow in which a visitor asks for an activation number: the visitor's answers and new random
// numbers. The numbers are drawn even if no customer matches, so that every request takes the same time.
type numberRequestFlow struct {
	visit         *flow.Visit
	person        store.Person
	randomNumbers []string
	unusedNumbers []string   // unusedNumbers are those of randomNumbers that this run of the transaction has not used.
	letterArrival dutch.Date // letterArrival is the day by which a letter that is sent now has arrived.
}

// Outcomes of a request by a customer who already has an account. The visitor cannot see them: the audit log records them, and
// the customer gets a message.
const (
	outcomeReminderEmailed flow.Outcome = "has an account, told so by e-mail"
	outcomeReminderPosted  flow.Outcome = "has an account, told so by letter"
)

// newRequestFlow returns a flow that asks visitors who they are, and gives all of them the same answer. A customer who matches is
// sent something at the address in the bank's records (A2, A7).
func newRequestFlow(v *flow.Visit, here place.ID, title, body text.Text, texts outcomeTexts, send func(*numberRequestFlow, *store.Tx, store.Customer) flow.Outcome) *flow.Flow {
	const (
		askWho          flow.State = "ask who"
		messageUnderWay flow.State = "on its way"
	)
	r := &numberRequestFlow{visit: v}
	f := &flow.Flow{Name: string(here), Start: askWho}
	f.Steps = map[flow.State]flow.Step{
		askWho: {
			Title:       text.TextFunc(title),
			Body:        text.TextFunc(body),
			ThrottleKey: flow.AnonymousThrottleKey,
			Prepare:     r.generateNumbers,
			IsNeutral:   true,
			MinKeys:     store.KeyCounts{Read: 19, Written: 17}, // The most keys are needed for a customer with two applications.
			Do: func(tx *store.Tx) (outcome flow.Outcome, err error) {
				r.letterArrival = v.LetterArrivalAbroad(tx.Now, v.Abroad)
				f.AuditCustomer, outcome = r.sendToMatches(tx, send)
				return outcome, nil
			},
			Next:   indistinguishableEdges(messageUnderWay, texts),
			Offers: []place.ID{place.Contact},
		},
		messageUnderWay: {
			Title:      text.NewFunc("Let op je e-mail en je post", "Look out for e-mail and post"),
			Body:       r.requestSentText,
			RetryPlace: here,
			Offers:     []place.ID{place.Activate, place.Contact, place.Home},
		},
	}
	fields.SetRequestFields(f, v, askWho, func(abroad bool) []flow.Field {
		return append([]flow.Field{fields.BirthDateField(v, &r.person.BirthDate)}, fields.PostcodeFields(abroad, &r.person.Postcode, &r.person.HouseNumber)...)
	})
	return f.Begin(v)
}

// requestSentText returns the text that every visitor reads after a request: what arrives, when it arrives, and what to do if nothing
// arrives (A6).
func (r *numberRequestFlow) requestSentText() text.Text {
	letter, wait := letterArrivalText(r.visit, r.letterArrival), contact.ActivationWaitAdvice(r.visit.Desk)
	return text.New(
		"Klopt alles wat je hebt ingevuld? Dan krijg je binnen enkele minuten een e-mail. Kijk ook bij je ongewenste e-mail. "+
			"Is je e-mailadres onbekend of nieuw? "+letter.NL+"\n\n"+wait.NL,
		"Is everything you filled in correct? Then you will get an e-mail within minutes. Check your spam folder too. "+
			"Is your e-mail address unknown, or new? "+letter.EN+"\n\n"+wait.EN,
	)
}

// letterArrivalText returns a text about letters that is true for every visitor: a customer whose letter is sent now, a
// customer whose letter is already on its way, and a stranger. It only mentions large print if the visitor asked for that.
func letterArrivalText(v *flow.Visit, by dutch.Date) text.Text {
	date, letter := by.LongText(), text.New("een brief", "a letter")
	if v.WantsLargePrint {
		letter = text.New("een brief in grote letters", "a letter in large print")
	}
	return text.New(
		"Dan krijg je uiterlijk "+date.NL+" "+letter.NL+". Is er al een brief onderweg? Dan sturen we niets nieuws.",
		"Then you will get "+letter.EN+" by "+date.EN+". If one is on its way already, we send nothing new.",
	)
}

// generateNumbers draws as many random numbers as a request can need, whether or not a customer matches.
func (r *numberRequestFlow) generateNumbers(context.Context) (err error) {
	r.randomNumbers, err = r.visit.RandomNumbers()
	return err
}

// sendToMatches calls send for each customer who matches all answers: nobody, one customer, or twins. If something was sent to
// at least one twin, the outcome says so.
func (r *numberRequestFlow) sendToMatches(tx *store.Tx, send func(*numberRequestFlow, *store.Tx, store.Customer) flow.Outcome) (about store.CustomerID, outcome flow.Outcome) {
	r.unusedNumbers, outcome = r.randomNumbers, outcomePersonUnknown
	for _, id := range tx.CustomersByPerson(r.person) {
		c, found := tx.Customer(id)
		if !found {
			continue
		}
		became := outcomePersonInactive
		if c.IsActive() {
			became = send(r, tx, c)
		}
		if !isSentOutcome(outcome) && (became != outcomePersonInactive || outcome == outcomePersonUnknown) {
			about, outcome = id, became
		}
	}
	return about, outcome
}

// isSentOutcome reports whether something was sent to a customer, according to an outcome.
func isSentOutcome(o flow.Outcome) bool {
	return o != outcomePersonUnknown && o != outcomePersonInactive && o != outcomeQuotaSpent && o != outcomeLetterUnderWay
}

// sendNumbers sends a new activation number for each application, except for an application whose earlier letter is still on
// its way (A2).
func (r *numberRequestFlow) sendNumbers(tx *store.Tx, c store.Customer, applications []store.Application) flow.Outcome {
	applications = slices.DeleteFunc(applications, func(a store.Application) bool { return r.visit.IsNumberUnderWay(tx, a, c.ID) })
	if len(applications) == 0 {
		return outcomeLetterUnderWay
	}
	if !r.visit.TakeQuota(tx, desk.NumberQuota.KeyForCustomer(c.ID)) {
		return outcomeQuotaSpent
	}
	channel := r.visit.ChannelForCustomer(c, tx.Now)
	r.unusedNumbers = r.visit.SendActivationNumbers(tx, r.visit.Addressee(c), channel, applications, r.unusedNumbers)
	return outcomeByChannel(channel, outcomeEmailSent, outcomeLetterSent)
}

// remindOfAccount sends a message to customers who already have an account, which says how to log in.
func (r *numberRequestFlow) remindOfAccount(tx *store.Tx, c store.Customer) flow.Outcome {
	if asked := r.visit.TakeLetterQuota(tx, desk.NumberQuota, c); asked != desk.DecisionGranted {
		return outcomeByDecision[asked]
	}
	r.visit.NotifyAtAddress(tx, r.visit.Addressee(c), desk.TemplateAccountExists, nil)
	return outcomeByChannel(r.visit.ChannelForCustomer(c, tx.Now), outcomeReminderEmailed, outcomeReminderPosted)
}

// outcomeByChannel returns the outcome for a channel: email or letter.
func outcomeByChannel(channel store.Channel, email, letter flow.Outcome) flow.Outcome {
	if channel == store.ByLetter {
		return letter
	}
	return email
}
