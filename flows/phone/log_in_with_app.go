package phone

import (
	"context"

	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/store"
)

// LogInWithApp logs a customer in with their phone, without username and password. The answer of the phone says who the
// customer is (L2). The flow on the phone is ApproveOnPhone.
func LogInWithApp(v *flow.Visit) *flow.Flow {
	const (
		callPhone     flow.State = "call phone"
		awaitPhone    flow.State = "await phone"
		loggedIn      flow.State = "logged in"
		loginRefused  flow.State = "declined"
		numberWrong   flow.State = "wrong number"
		answerTooLate flow.State = "too late"
	)
	var (
		c       = &phoneChallenge{visit: v}
		account store.Account
		owner   store.Customer
		key     []byte
	)
	f := &flow.Flow{Name: "log in with app", Start: startIfReachable(v, callPhone)}
	f.Steps = map[flow.State]flow.Step{
		statePhoneUnreachable: phoneUnreachableStep(place.LogIn),
		callPhone: {
			Title:       text.NewFunc("Inloggen met de NN App", "Log in with the NN App"),
			Body:        text.NewFunc("Houd je telefoon bij de hand.", "Have your phone ready."),
			AutoSubmit:  true,
			ThrottleKey: func() string { return "" }, // A pause of the terminal applies here too.
			Prepare:     func(context.Context) error { return c.generateChallenge(store.PurposeLogIn) },
			Do: func(tx *store.Tx) (flow.Outcome, error) {
				return outcomeChallengeSent, c.putChallenge(tx, v.Settings.AppLogIn)
			},
			Next:   map[flow.Outcome]flow.Edge{outcomeChallengeSent: {To: awaitPhone, OnCommit: c.announceChallenge}},
			Offers: []place.ID{place.LogIn, place.Contact},
		},
		awaitPhone: {
			Title: text.NewFunc("Pak je telefoon", "Get your phone"),
			Body: text.NewFunc(
				"Scan de code als je die ziet. Of ga op je telefoon naar het adres en typ de letters. Kies op je telefoon het getal dat hier staat.",
				"Scan the code if you see one. Or go to the address on your phone and type the letters. On your phone choose the number shown here."),
			PhoneAccess:  c.challengePhoneAccess,
			IsPending:    c.isAnswerPending,
			IsExtendable: c.isChallengeExtendable,
			PollEvery:    pollInterval,
			OnLeave:      c.withdrawChallenge,
			Do: func(tx *store.Tx) (outcome flow.Outcome, err error) {
				var stored store.Challenge
				stored, outcome = c.checkPhoneAnswer(tx)
				account, _ = tx.AccountByHandle(stored.UserHandle)
				owner, _ = tx.Customer(account.Customer)
				f.AuditCustomer = account.Customer
				switch outcome {
				case outcomeApproved:
				case flow.OutcomePending:
					c.extendChallenge(tx, stored)
					return outcome, nil
				default:
					return outcome, nil
				}
				used := account.Passkey(stored.Passkey.ID)
				if used == nil { // The phone was removed in the meantime.
					return outcomeUnknownPhone, nil
				}
				if !owner.IsActive() { // The customer was blocked after the phone answered.
					return outcomeOwnerInactive, nil
				}
				stored.Answer = store.AnswerApprovalUsed
				tx.PutChallenge(c.code, stored)
				key, used.Used, account.HasLoggedIn = used.ID, tx.Now, true
				tx.PutAccount(account)
				return outcomeApproved, nil
			},
			Next: map[flow.Outcome]flow.Edge{
				flow.OutcomePending:   c.pendingEdge(awaitPhone),
				outcomeApproved:       {To: loggedIn, LogsIn: true, OnCommit: func() { v.LogIn(account, owner, key) }, ActivityText: text.New("Ingelogd met de NN App", "Logged in with the NN App")},
				outcomeDeclined:       {To: loginRefused},
				outcomeInvalidAnswers: {To: loginRefused},
				outcomeUnknownPhone:   {To: loginRefused},
				outcomeOwnerInactive:  {To: loginRefused},
				outcomeWrongNumber:    {To: numberWrong, ActivityText: text.New("Niet ingelogd met de NN App: verkeerd getal gekozen", "Not logged in with the NN App: wrong number chosen")},
				outcomeExpired:        {To: answerTooLate},
			},
			Offers: []place.ID{place.LogIn, place.Contact},
		},
		loggedIn: {
			Title:      text.NewFunc("Je bent ingelogd", "You are logged in"),
			Offers:     []place.ID{place.Products},
			AutoSubmit: true,
		},
		loginRefused: {
			Title:  text.NewFunc("Niet ingelogd", "Not logged in"),
			Body:   text.NewFunc("Op de telefoon is dit geweigerd, of die telefoon is niet gekoppeld. Was jij dat niet? Probeer het dan opnieuw, of log in met je wachtwoord.", "The phone refused, or that phone is not paired. Was that not you? Then try again, or log in with your password."),
			Offers: []place.ID{place.LogInWithApp, place.LogIn, place.Contact},
		},
		numberWrong: {
			Title:  text.NewFunc("Niet ingelogd", "Not logged in"),
			Body:   text.NewFunc("Op de telefoon is een ander getal gekozen dan hier stond. Voor de zekerheid stoppen we. Probeer het gerust opnieuw.", "A different number was chosen on the phone than the one shown here. To be safe, we stopped. Feel free to try again."),
			Offers: []place.ID{place.LogInWithApp, place.LogIn, place.Contact},
		},
		answerTooLate: {
			Title:  text.NewFunc("Dit duurde te lang", "That took too long"),
			Body:   text.NewFunc("We hebben geen antwoord van je telefoon gekregen. Probeer het opnieuw, of log in met je wachtwoord.", "We did not get an answer from your phone. Try again, or log in with your password."),
			Offers: []place.ID{place.LogInWithApp, place.LogIn, place.Contact},
		},
	}
	return f.Begin(v)
}
