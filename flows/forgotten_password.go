package flows

import (
	"context"

	"loket/flows/credentials"
	"loket/flows/desk"
	"loket/flows/dutch"
	"loket/flows/fields"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/store"
)

// forgottenPasswordFlow is the state of the flow ForgottenPassword: the visitor's answers and a temporary password. The password
// is made even if no customer matches the answers, so that every request takes the same time.
type forgottenPasswordFlow struct {
	visit                            *flow.Visit
	username, birthDate, postcode    string
	temporaryPassword, temporaryHash string
	letterArrival                    dutch.Date // letterArrival is the day by which a letter that is sent now has arrived.
}

// Outcomes of a request by a visitor who is not logged in. The visitor gets the same answer for all of them; only the audit
// log shows the difference.
const (
	outcomeEmailSent      flow.Outcome = "e-mail on its way"
	outcomeLetterSent     flow.Outcome = "letter on its way"
	outcomePersonUnknown  flow.Outcome = "not known, nothing sent"
	outcomePersonInactive flow.Outcome = "blocked or gone, nothing sent"
	outcomeLetterUnderWay flow.Outcome = "letter on its way already, nothing sent"
	outcomeQuotaSpent     flow.Outcome = "asked too often today, nothing sent"
)

// outcomeByDecision maps the reasons not to send a letter to outcomes.
var outcomeByDecision = map[desk.LetterQuotaDecision]flow.Outcome{desk.DecisionLetterUnderWay: outcomeLetterUnderWay, desk.DecisionQuotaSpent: outcomeQuotaSpent}

// ForgottenPassword sends a temporary password to the customer with a given username, birth date and postcode. Every visitor
// sees the same answer, whether or not a customer matches (F1–F5).
func ForgottenPassword(v *flow.Visit) *flow.Flow {
	const (
		askWho          flow.State = "ask who"
		messageUnderWay flow.State = "on its way"
	)
	p := &forgottenPasswordFlow{visit: v}
	f := &flow.Flow{Name: "forgotten password", Start: askWho}
	f.Steps = map[flow.State]flow.Step{
		askWho: {
			Title:       text.NewFunc("Wachtwoord vergeten", "Forgot your password?"),
			Body:        text.NewFunc("Je krijgt een tijdelijk wachtwoord. Let op: klopt je gebruikersnaam niet? Dan krijg je niets van ons.", "You will get a temporary password. Please note: if your username is not right, you will get nothing from us."),
			ThrottleKey: flow.AnonymousThrottleKey,
			Prepare:     p.makeTemporaryPassword,
			IsNeutral:   true,
			MinKeys:     store.KeyCounts{Read: 9, Written: 10},
			Do: func(tx *store.Tx) (flow.Outcome, error) {
				p.letterArrival = v.LetterArrivalAbroad(tx.Now, v.Abroad)
				account, outcome := p.sendTemporaryPassword(tx)
				f.AuditCustomer = account.Customer
				return outcome, nil
			},
			Next: indistinguishableEdges(messageUnderWay, outcomeTexts{
				outcomeEmailSent:      text.New("Tijdelijk wachtwoord aangevraagd, per e-mail", "Asked for a temporary password, by e-mail"),
				outcomeLetterSent:     text.New("Tijdelijk wachtwoord aangevraagd, per brief", "Asked for a temporary password, by letter"),
				outcomePersonUnknown:  {},
				outcomePersonInactive: {},
				outcomeLetterUnderWay: text.New("Tijdelijk wachtwoord aangevraagd, terwijl er al een brief onderweg was", "Asked for a temporary password while a letter was on its way already"),
				outcomeQuotaSpent:     text.New("Te vaak een tijdelijk wachtwoord aangevraagd", "Asked for a temporary password too often"),
			}),
			Offers: []place.ID{place.ForgottenUsername, place.Contact},
		},
		messageUnderWay: {
			Title: text.NewFunc("Kijk in je e-mail", "Check your e-mail"),
			Body: func() text.Text {
				letter := letterArrivalText(v, p.letterArrival)
				return text.New(
					"Klopt alles wat je hebt ingevuld? Dan krijg je binnen enkele minuten een e-mail met een tijdelijk wachtwoord. Kijk ook bij je ongewenste e-mail.\n\n"+
						"Kennen we geen e-mailadres van je, hebben we het pas veranderd, of heb je nog nooit ingelogd? "+letter.NL+" "+
						"Klopt je e-mailadres niet meer, of kom je er niet uit? Laat je terugbellen.",
					"Is everything you filled in correct? Then you will get an e-mail with a temporary password within minutes. Check your spam folder too.\n\n"+
						"Do we not have your e-mail address, did we change it lately, or have you never logged in before? "+letter.EN+" "+
						"Is your e-mail address out of date, or are you stuck? Let us call you back.",
				)
			},
			RetryPlace: place.ForgottenPassword,
			Offers:     []place.ID{place.LogIn, place.ForgottenUsername, place.CallBack, place.Contact, place.Home},
		},
	}
	fields.SetRequestFields(f, v, askWho, func(abroad bool) []flow.Field {
		return append([]flow.Field{credentials.UsernameField(&p.username), fields.BirthDateField(v, &p.birthDate)}, fields.PostcodeFields(abroad, &p.postcode, nil)...)
	})
	return f.Begin(v)
}

// outcomeTexts maps outcomes that are hidden from the visitor to the texts in the customer's recent activity.
type outcomeTexts map[flow.Outcome]text.Text

// indistinguishableEdges returns edges from all outcomes to the same step, so that the visitor cannot tell the outcomes apart.
func indistinguishableEdges(to flow.State, outcomes outcomeTexts) map[flow.Outcome]flow.Edge {
	next := map[flow.Outcome]flow.Edge{}
	for o, says := range outcomes {
		next[o] = flow.Edge{To: to, Verdict: flow.VerdictWrong, ActivityText: says, IsIndistinguishable: true}
	}
	return next
}

// makeTemporaryPassword makes a temporary password and hashes it, whether or not a customer matches.
func (p *forgottenPasswordFlow) makeTemporaryPassword(ctx context.Context) (err error) {
	if p.temporaryPassword, err = p.visit.NewTemporaryPassword(); err == nil {
		p.temporaryHash, err = p.visit.Hasher.Hash(ctx, p.temporaryPassword)
	}
	return err
}

// sendTemporaryPassword checks the visitor's answers. If all of them are right, it stores the temporary password in the account and
// sends the password to the owner.
func (p *forgottenPasswordFlow) sendTemporaryPassword(tx *store.Tx) (store.Account, flow.Outcome) {
	a, found := tx.AccountByUsername(p.username)
	c, _ := tx.Customer(a.Customer)
	if !found || c.BirthDate != p.birthDate || c.Postcode != p.postcode {
		return a, outcomePersonUnknown
	}
	if !c.IsActive() {
		return a, outcomePersonInactive
	}
	channel, outcome := store.ByEmail, outcomeEmailSent
	if p.visit.ChannelForCustomer(c, tx.Now) == store.ByLetter || !a.HasLoggedIn {
		channel, outcome = store.ByLetter, outcomeLetterSent
	}
	switch {
	case p.visit.IsLetterUnderWay(tx, a.Temporary.ArrivesBy):
		return a, outcomeLetterUnderWay
	case !p.visit.TakeQuota(tx, desk.PasswordQuota.KeyForCustomer(c.ID)):
		return a, outcomeQuotaSpent
	}
	p.visit.SendTemporaryPassword(tx, a, p.visit.Addressee(c), channel, p.temporaryPassword, p.temporaryHash)
	return a, outcome
}
