package flows

import (
	"context"

	"loket/flows/credentials"
	"loket/flows/desk"
	"loket/flows/dutch"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/store"
)

// forgottenPassword holds the answers of the visitor, and a temporary password. That is made
// also when no customer matches the answers, so that both take the same time.
type forgottenPassword struct {
	visit                     *flow.Visit
	username, birth, postcode string
	temporary, hash           string
	by                        dutch.Date // the day by which a letter that is sent now has arrived
}

// Outcomes of a request. Only the audit log tells them apart.
const (
	sentByEmail    flow.Outcome = "e-mail on its way"
	sentByLetter   flow.Outcome = "letter on its way"
	personNotFound flow.Outcome = "not known, nothing sent"
	inactive       flow.Outcome = "blocked or gone, nothing sent"
	underWay       flow.Outcome = "letter on its way already, nothing sent"
	sentTooOften   flow.Outcome = "asked too often today, nothing sent"
)

// notSent has the outcomes of requests for which nothing is sent.
var notSent = map[desk.Asked]flow.Outcome{desk.UnderWay: underWay, desk.TooOften: sentTooOften}

// ForgottenPassword sends a temporary password to the customer with this username, birth date
// and postcode. Every visitor gets the same answer (F1–F5).
func ForgottenPassword(v *flow.Visit) *flow.Flow {
	const (
		askWho          flow.State = "ask who"
		messageUnderWay flow.State = "on its way"
	)
	p := &forgottenPassword{visit: v}
	f := &flow.Flow{Name: "forgotten password", Start: askWho}
	f.Steps = map[flow.State]flow.Step{
		askWho: {
			Title:       text.Fixed("Wachtwoord vergeten", "Forgot your password?"),
			Body:        text.Fixed("Je krijgt een tijdelijk wachtwoord. Let op: klopt je gebruikersnaam niet? Dan krijg je niets van ons.", "You will get a temporary password. Please note: if your username is not right, you will get nothing from us."),
			ThrottleKey: flow.AnonymousThrottleKey,
			Prepare:     p.makeTemporary,
			Neutral:     true,
			Keys:        store.Keys{Read: 8, Written: 9},
			Do: func(tx *store.Tx) (flow.Outcome, error) {
				p.by = v.LetterArrivalAt(tx.Now, v.Abroad)
				account, outcome := p.sendTemporary(tx)
				f.About = account.Customer
				return outcome, nil
			},
			Next: sameEdgeForAll(messageUnderWay, outcomeTexts{
				sentByEmail:    text.New("Tijdelijk wachtwoord aangevraagd, per e-mail", "Asked for a temporary password, by e-mail"),
				sentByLetter:   text.New("Tijdelijk wachtwoord aangevraagd, per brief", "Asked for a temporary password, by letter"),
				personNotFound: {},
				inactive:       {},
				underWay:       text.New("Tijdelijk wachtwoord aangevraagd, terwijl er al een brief onderweg was", "Asked for a temporary password while a letter was on its way already"),
				sentTooOften:   text.New("Te vaak een tijdelijk wachtwoord aangevraagd", "Asked for a temporary password too often"),
			}),
			Offers: []place.ID{place.ForgottenUsername, place.Contact},
		},
		messageUnderWay: {
			Title: text.Fixed("Kijk in je e-mail", "Check your e-mail"),
			Body: func() text.Text {
				letter := letterComes(p.by)
				return text.New(
					"Klopt alles wat je hebt ingevuld? Dan krijg je binnen enkele minuten een e-mail met een tijdelijk wachtwoord. Kijk ook bij je ongewenste e-mail.\n\n"+
						"Kennen we geen e-mailadres van je, of heb je nog nooit ingelogd? "+letter.NL+" "+
						"Klopt je e-mailadres niet meer, of kom je er niet uit? Laat je terugbellen.",
					"Is everything you filled in correct? Then you will get an e-mail with a temporary password within minutes. Check your spam folder too.\n\n"+
						"Do we not have your e-mail address, or have you never logged in before? "+letter.EN+" "+
						"Is your e-mail address out of date, or are you stuck? Let us call you back.",
				)
			},
			Again:  place.ForgottenPassword,
			Offers: []place.ID{place.LogIn, place.ForgottenUsername, place.CallBack, place.Contact, place.Home},
		},
	}
	withAddressFields(f, v, askWho, func(abroad bool) []flow.Field {
		return append([]flow.Field{credentials.Username(&p.username), birthDateField(v, &p.birth)}, postcodeFields(abroad, &p.postcode, nil)...)
	})
	return f.Begin(v)
}

// outcomeTexts has what customers read in their recent activity about outcomes that the
// visitor is not told.
type outcomeTexts map[flow.Outcome]text.Text

// sameEdgeForAll returns an edge from each outcome to the same step, so that the visitor
// cannot tell the outcomes apart.
func sameEdgeForAll(to flow.State, outcomes outcomeTexts) map[flow.Outcome]flow.Edge {
	next := map[flow.Outcome]flow.Edge{}
	for o, says := range outcomes {
		next[o] = flow.Edge{To: to, Verdict: flow.Wrong, Told: says, Alike: true}
	}
	return next
}

// makeTemporary makes the temporary password and hashes it, whether or not a customer matches.
func (p *forgottenPassword) makeTemporary(ctx context.Context) (err error) {
	if p.temporary, err = p.visit.NewTemporary(); err == nil {
		p.hash, err = p.visit.Hasher.Hash(ctx, p.temporary)
	}
	return err
}

// sendTemporary stores the temporary password in the account and sends it, if all answers are
// right.
func (p *forgottenPassword) sendTemporary(tx *store.Tx) (store.Account, flow.Outcome) {
	a, found := tx.AccountByUsername(p.username)
	c, _ := tx.Customer(a.Customer)
	if !found || c.BirthDate != p.birth || c.Postcode != p.postcode {
		return a, personNotFound
	}
	if !c.IsActive() {
		return a, inactive
	}
	channel, outcome := store.ByEmail, sentByEmail
	if c.Email == "" || !a.Used {
		channel, outcome = store.ByLetter, sentByLetter
	}
	switch {
	case p.visit.OnItsWay(tx, a.Temporary.Arrives):
		return a, underWay
	case !p.visit.TakeQuota(tx, desk.PasswordQuota.KeyFor(c.ID)):
		return a, sentTooOften
	}
	p.visit.SendTemporary(tx, a, c, channel, p.temporary, p.hash)
	return a, outcome
}
