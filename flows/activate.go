package flows

import (
	"context"

	"loket/flows/credentials"
	"loket/flows/desk"
	"loket/flows/fields"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/store"
)

// activateFlow is the state of the flow Activate: the visitor's answers so far, and the records found with them.
type activateFlow struct {
	visit *flow.Visit
	enteredNumber
	birthDate, postcode string

	username string // username is the username that the visitor chooses for the new account.
	credentials.PasswordChange
	credentials.Login // Login is the login to an account that the owner already has.

	account store.Account  // account is the account that was opened, or to which the product was added.
	owner   store.Customer // owner is the customer who owns the number and the account.
}

// Outcomes of the flow Activate.
const (
	outcomeNoAccount       flow.Outcome = "right, no account yet"
	outcomeHasAccount      flow.Outcome = "right, has an account"
	outcomeUsernameTaken   flow.Outcome = "username taken"
	outcomeOpenedElsewhere flow.Outcome = "got an account meanwhile"
	outcomeActivated       flow.Outcome = "account activated"
	outcomeProductAdded    flow.Outcome = "product added"
	outcomeNumberNotOwn    flow.Outcome = "right, but somebody else's account"
)

// Activate opens an account with an activation number. If the owner of the number already has an account, Activate adds the
// product to the existing account (A1–A5).
func Activate(v *flow.Visit) *flow.Flow {
	const (
		askNumber         flow.State = "ask number"
		chooseCredentials flow.State = "choose credentials"
		logInToAdd        flow.State = "log in to add"
		accountActivated  flow.State = "account activated"
		productAdded      flow.State = "product added"
		passwordFirst     flow.State = "new password first"
	)
	a := &activateFlow{visit: v, PasswordChange: credentials.NewPasswordChange(v), Login: credentials.NewLogin(v)}
	f := &flow.Flow{Name: "activate", Start: askNumber}
	f.Steps = addRejectionSteps(place.Activate, map[flow.State]flow.Step{
		askNumber: {
			Title:       text.NewFunc("Account activeren", "Activate account"),
			Body:        text.NewFunc("Heb je al een account? Dan voeg je hier het nieuwe product eraan toe.", "Do you already have an account? Then you can add the new product to it here."),
			ThrottleKey: a.enteredNumber.numberThrottleKey,
			IsNeutral:   true,
			MinKeys:     store.KeyCounts{Read: 8, Written: 5},
			Do: func(tx *store.Tx) (flow.Outcome, error) {
				owner, outcome := a.identifyOwner(tx)
				a.owner, f.AuditCustomer = owner, owner.ID
				return outcome, nil
			},
			Next: addRejectionEdges(map[flow.Outcome]flow.Edge{
				outcomeNoAccount:   {To: chooseCredentials, Verdict: flow.VerdictRight, OnCommit: func() { f.Steps[chooseCredentials].Fields[0].Example = credentials.ProposeUsername(a.owner) }, ActivityText: text.New("Activatienummer ingevuld", "Filled in an activation number")},
				outcomeHasAccount:  {To: logInToAdd, Verdict: flow.VerdictRight, ActivityText: text.New("Activatienummer ingevuld", "Filled in an activation number")},
				outcomeNumberWrong: {To: askNumber, Verdict: flow.VerdictWrong, Note: unknownNumberNote},
			}),
			Offers: []place.ID{place.Contact},
		},
		chooseCredentials: {
			Title:  text.NewFunc("Kies hoe je inlogt", "Choose how to log in"),
			Fields: append([]flow.Field{credentials.NewUsernameField(&a.username)}, a.PasswordChange.NewPasswordFields(credentials.NotWordRule(func() []string { return append(desk.ForbiddenPasswordNames(a.owner), a.username) }))...),
			// Visitors could guess which usernames are taken, so answers are counted at the terminal and for all terminals
			// together.
			ThrottleKey: func() string { return "" },
			Prepare:     func(ctx context.Context) error { return a.PasswordChange.HashAndCompare(ctx, "") },
			Do:          a.openAccount,
			Next: map[flow.Outcome]flow.Edge{
				outcomeActivated:         {To: accountActivated, LogsIn: true, OnCommit: a.logInOwner, ActivityText: text.New("Account geactiveerd", "Activated the account")},
				outcomeUsernameTaken:     {To: chooseCredentials, Verdict: flow.VerdictWrong, Field: "username", Note: usernameTakenNote},
				outcomeOpenedElsewhere:   {To: logInToAdd, Note: text.NewFunc("Je hebt intussen een account gekregen. Log in om het product toe te voegen.", "You have been given an account in the meantime. Log in to add the product.")},
				outcomeNumberUnneeded:    {To: stateNumberUnneeded},
				outcomeNumberInvalidated: {To: stateNumberInvalidated},
			},
		},
		logInToAdd: {
			Title:               text.NewFunc("Log in om het product toe te voegen", "Log in to add the product"),
			Body:                text.NewFunc("Je hebt al een mijn.nn-account. Gebruik de gebruikersnaam en het wachtwoord van dat account.", "You already have a mijn.nn account. Use the username and password of that account."),
			Fields:              a.Login.LoginFields(),
			ThrottleKey:         a.Login.ThrottleKey,
			ThrottlePerTerminal: true,
			Prepare:             a.Login.ComparePassword,
			IsNeutral:           true,
			MinKeys:             store.KeyCounts{Read: 8, Written: 5},
			Do:                  a.addProduct,
			Next: map[flow.Outcome]flow.Edge{
				outcomeProductAdded:                 {To: productAdded, Verdict: flow.VerdictRight, SkipsDelay: true, LogsIn: true, OnCommit: a.logInOwner, ActivityText: text.New("Product toegevoegd", "Added a product")},
				credentials.OutcomeTemporaryRight:   {To: passwordFirst, SkipsDelay: true},
				outcomeNumberNotOwn:                 {To: logInToAdd, Verdict: flow.VerdictWrong, Note: credentials.WrongLoginNote},
				credentials.OutcomeWrong:            {To: logInToAdd, Verdict: flow.VerdictWrong, Note: credentials.WrongLoginNote},
				credentials.OutcomeTemporaryExpired: {To: logInToAdd, Note: credentials.TemporaryExpiredNote},
				credentials.OutcomeCustomerBlocked:  {To: logInToAdd, Verdict: flow.VerdictRight, Note: credentials.BlockedNote},
				credentials.OutcomePasswordDisabled: {To: logInToAdd, Verdict: flow.VerdictWrong, Note: credentials.PasswordOffNote},
				outcomeNumberInvalidated:            {To: stateNumberInvalidated, Verdict: flow.VerdictRight},
			},
			Offers: []place.ID{place.ForgottenPassword, place.ForgottenUsername, place.Contact},
		},
		accountActivated: {
			Title:  text.NewFunc("Je account is geactiveerd", "Your account has been activated"),
			Body:   text.NewFunc("Welkom bij mijn.nn. Je bent meteen ingelogd. Je activatienummer heb je niet meer nodig.", "Welcome to mijn.nn. You are logged in straight away. You no longer need your activation number."),
			Offers: []place.ID{place.Products, place.AddProduct},
		},
		productAdded:           productAddedStep,
		stateNumberInvalidated: numberInvalidatedStep,
		passwordFirst: {
			Title:  text.NewFunc("Kies eerst een nieuw wachtwoord", "Choose a new password first"),
			Body:   text.NewFunc("Dit is een tijdelijk wachtwoord. Log ermee in en kies een nieuw wachtwoord. Voeg daarna je product toe.", "This is a temporary password. Log in with it and choose a new password. Add your product after that."),
			Offers: []place.ID{place.LogIn, place.Home},
		},
	})
	fields.SetAddressFields(f, v, askNumber, func(abroad bool) []flow.Field {
		return append([]flow.Field{fields.ActivationNumberField(&a.typedNumber), fields.BirthDateField(v, &a.birthDate)}, fields.PostcodeFields(abroad, &a.postcode, nil)...)
	})
	return f.Begin(v)
}

// identifyOwner finds the owner of the activation number, whose birth date and postcode must equal the typed ones. The outcome
// says what the number can be used for (A3–A5).
func (a *activateFlow) identifyOwner(tx *store.Tx) (store.Customer, flow.Outcome) {
	owner, found := a.findNumberOwner(tx, func(c store.Customer) bool {
		return c.BirthDate == a.birthDate && c.Postcode == a.postcode
	})
	if !found {
		return owner, outcomeNumberWrong
	}
	if why := a.numberRejectionReason(tx); why != "" {
		return owner, why
	}
	if _, has := tx.Account(owner.ID); has {
		return owner, outcomeHasAccount
	}
	return owner, outcomeNoAccount
}

// openAccount makes the account. It repeats the checks of an earlier step, because the number may have been used at another
// terminal in the meantime.
func (a *activateFlow) openAccount(tx *store.Tx) (flow.Outcome, error) {
	if !a.isUsable(tx) {
		return outcomeNumberInvalidated, nil
	}
	owner := a.number.Customer
	if a.isNumberUnneeded(tx) {
		return outcomeNumberUnneeded, nil
	}
	if _, has := tx.Account(owner); has {
		return outcomeOpenedElsewhere, nil
	}
	if _, is := tx.AccountByUsername(a.username); is {
		return outcomeUsernameTaken, nil
	}
	a.useNumber(tx)
	a.account = store.Account{Customer: owner, Username: a.username, PasswordHash: a.NewPasswordHash(), HasLoggedIn: true}
	tx.PutAccount(a.account)
	// Failed logins with this username before the account existed do not count against its owner.
	tx.PutAttempts(desk.PasswordThrottleKey(a.username), store.Attempts{})
	a.visit.NotifyCustomer(tx, owner, desk.TemplateAccountOpened, map[string]string{"username": a.username})
	return outcomeActivated, nil
}

// addProduct adds the product to the customer's existing account. The account and the activation number must have the same
// owner.
func (a *activateFlow) addProduct(tx *store.Tx) (flow.Outcome, error) {
	account, outcome := a.DecideOutcome(tx)
	switch {
	case outcome != credentials.OutcomeRight && outcome != credentials.OutcomeTemporaryRight:
		return outcome, nil
	case account.Customer != a.number.Customer:
		return outcomeNumberNotOwn, nil
	case outcome == credentials.OutcomeTemporaryRight:
		return credentials.OutcomeTemporaryRight, nil
	case !a.isUsable(tx):
		return outcomeNumberInvalidated, nil
	}
	a.account = account
	a.useNumber(tx)
	a.RecordLogin(tx, account)
	a.visit.NotifyCustomer(tx, account.Customer, desk.TemplateProductOpened, desk.ProductMessageFacts(tx, a.number))
	return outcomeProductAdded, nil
}

// logInOwner logs the owner in, after the transaction is committed.
func (a *activateFlow) logInOwner() { a.visit.LogIn(a.account, a.owner, nil) }
