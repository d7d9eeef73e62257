package flows

import (
	"context"

	"loket/flows/credentials"
	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/store"
)

// activate holds the answers of the visitor so far, and the records that they led to.
type activate struct {
	visit *flow.Visit
	numberEntry
	birth, postcode string

	username string // for the new account
	credentials.PasswordChange
	credentials.Login // to the account that the owner has already

	account store.Account  // the account that was opened, or to which the product was added
	owner   store.Customer // the owner of the number and the account
}

// Outcomes of activating.
const (
	newcomer  flow.Outcome = "right, no account yet"
	holder    flow.Outcome = "right, has an account"
	taken     flow.Outcome = "username taken"
	hasOne    flow.Outcome = "got an account meanwhile"
	activated flow.Outcome = "account activated"
	added     flow.Outcome = "product added"
	another   flow.Outcome = "right, but somebody else's account"
)

// Activate opens an account with an activation number. If the owner of the number has an
// account already, Activate adds the product to that (A1–A5).
func Activate(v *flow.Visit) *flow.Flow {
	const (
		askNumber         flow.State = "ask number"
		chooseCredentials flow.State = "choose credentials"
		logInToAdd        flow.State = "log in to add"
		accountActivated  flow.State = "account activated"
		productAdded      flow.State = "product added"
		passwordFirst     flow.State = "new password first"
	)
	a := &activate{visit: v, PasswordChange: credentials.NewPasswordChange(v), Login: credentials.NewLogin(v)}
	f := &flow.Flow{Name: "activate", Start: askNumber}
	f.Steps = withRejectionEnds(place.Activate, map[flow.State]flow.Step{
		askNumber: {
			Title:       text.Fixed("Account activeren", "Activate account"),
			Body:        text.Fixed("Heb je al een account? Dan voeg je hier het nieuwe product eraan toe.", "Do you already have an account? Then you can add the new product to it here."),
			ThrottleKey: a.numberEntry.throttleKey,
			Neutral:     true,
			Keys:        store.Keys{Read: 8, Written: 5},
			Do: func(tx *store.Tx) (flow.Outcome, error) {
				owner, outcome := a.recognise(tx)
				a.owner, f.About = owner, owner.ID
				return outcome, nil
			},
			Next: withRejections(map[flow.Outcome]flow.Edge{
				newcomer: {To: chooseCredentials, Verdict: flow.Right, OnCommit: func() { f.Steps[chooseCredentials].Fields[0].Example = credentials.ProposedUsername(a.owner) }, Told: text.New("Activatienummer ingevuld", "Filled in an activation number")},
				holder:   {To: logInToAdd, Verdict: flow.Right, Told: text.New("Activatienummer ingevuld", "Filled in an activation number")},
				wrong:    {To: askNumber, Verdict: flow.Wrong, Note: unknownNumber},
			}),
			Offers: []place.ID{place.Contact},
		},
		chooseCredentials: {
			Title:       text.Fixed("Kies hoe je inlogt", "Choose how to log in"),
			Fields:      append([]flow.Field{credentials.NewUsername(&a.username)}, a.PasswordChange.Fields(credentials.NotName(func() []string { return append(desk.NamesOf(a.owner), a.username) }))...),
			ThrottleKey: func() string { return "" }, // whether a username is taken is worth guessing at
			Prepare:     func(ctx context.Context) error { return a.PasswordChange.Prepare(ctx, "") },
			Do:          a.open,
			Next: map[flow.Outcome]flow.Edge{
				activated: {To: accountActivated, OnCommit: a.welcome, Told: text.New("Account geactiveerd", "Activated the account")},
				taken:     {To: chooseCredentials, Verdict: flow.Wrong, Field: "username", Note: usernameTaken},
				hasOne:    {To: logInToAdd, Note: text.Fixed("Je hebt intussen een account gekregen. Log in om het product toe te voegen.", "You have been given an account in the meantime. Log in to add the product.")},
				notNeeded: {To: numberNotNeeded},
				lostRace:  {To: numberRaced},
			},
		},
		logInToAdd: {
			Title:       text.Fixed("Log in om het product toe te voegen", "Log in to add the product"),
			Body:        text.Fixed("Je hebt al een mijn.nn-account. Gebruik de gebruikersnaam en het wachtwoord van dat account.", "You already have a mijn.nn account. Use the username and password of that account."),
			Fields:      a.Login.Fields(),
			ThrottleKey: a.Login.ThrottleKey,
			PerTerminal: true,
			Prepare:     a.Login.Compare,
			Neutral:     true,
			Keys:        store.Keys{Read: 8, Written: 5},
			Do:          a.add,
			Next: map[flow.Outcome]flow.Edge{
				added:                 {To: productAdded, Verdict: flow.Right, AtOnce: true, OnCommit: a.welcome, Told: text.New("Product toegevoegd", "Added a product")},
				credentials.Temporary: {To: passwordFirst, AtOnce: true},
				another:               {To: logInToAdd, Verdict: flow.Wrong, Note: credentials.UnknownNote},
				credentials.Wrong:     {To: logInToAdd, Verdict: flow.Wrong, Note: credentials.UnknownNote},
				credentials.Expired:   {To: logInToAdd, Note: credentials.ExpiredNote},
				credentials.Blocked:   {To: logInToAdd, Verdict: flow.Right, Note: credentials.BlockedNote},
				credentials.Off:       {To: logInToAdd, Verdict: flow.Wrong, Note: credentials.OffNote},
				lostRace:              {To: numberRaced, Verdict: flow.Right},
			},
			Offers: []place.ID{place.ForgottenPassword, place.ForgottenUsername, place.Contact},
		},
		accountActivated: {
			Title:  text.Fixed("Je account is geactiveerd", "Your account has been activated"),
			Body:   text.Fixed("Welkom bij mijn.nn. Je bent meteen ingelogd. Je activatienummer heb je niet meer nodig.", "Welcome to mijn.nn. You are logged in straight away. You no longer need your activation number."),
			Offers: []place.ID{place.Products, place.AddProduct},
		},
		productAdded: productAddedEnd,
		numberRaced:  numberRacedEnd,
		passwordFirst: {
			Title:  text.Fixed("Kies eerst een nieuw wachtwoord", "Choose a new password first"),
			Body:   text.Fixed("Dit is een tijdelijk wachtwoord. Log ermee in en kies een nieuw wachtwoord. Voeg daarna je product toe.", "This is a temporary password. Log in with it and choose a new password. Add your product after that."),
			Offers: []place.ID{place.LogIn, place.Home},
		},
	})
	withAddressFields(f, v, askNumber, func(abroad bool) []flow.Field {
		return append([]flow.Field{activationNumberField(&a.typed), birthDateField(v, &a.birth)}, postcodeFields(abroad, &a.postcode, nil)...)
	})
	return f.Begin(v)
}

// recognise finds the owner of the number, whose birth date and postcode must be those that
// were typed. Its outcome says what the number can be used for (A3–A5).
func (a *activate) recognise(tx *store.Tx) (store.Customer, flow.Outcome) {
	owner, found := a.findOwner(tx, func(c store.Customer) bool {
		return c.BirthDate == a.birth && c.Postcode == a.postcode
	})
	if !found {
		return owner, wrong
	}
	if why := a.rejectionReason(tx); why != "" {
		return owner, why
	}
	if _, has := tx.Account(owner.ID); has {
		return owner, holder
	}
	return owner, newcomer
}

// open makes the account. It checks again what an earlier step checked, because another
// terminal may have used the number meanwhile.
func (a *activate) open(tx *store.Tx) (flow.Outcome, error) {
	if !a.isUsable(tx) {
		return lostRace, nil
	}
	owner := a.number.Customer
	if a.accountOnly(tx) {
		return notNeeded, nil
	}
	if _, has := tx.Account(owner); has {
		return hasOne, nil
	}
	if _, is := tx.AccountByUsername(a.username); is {
		return taken, nil
	}
	a.useUp(tx)
	a.account = store.Account{Customer: owner, Username: a.username, PasswordHash: a.Hash(), Used: true}
	tx.PutAccount(a.account)
	// Attempts from before the account existed guessed at nothing.
	tx.PutAttempts(desk.PasswordThrottleKey(a.username), store.Attempts{})
	a.visit.NotifyCustomer(tx, owner, desk.AccountOpened, map[string]string{"username": a.username})
	return activated, nil
}

// add adds the product to the account. The account and the number must have the same owner.
func (a *activate) add(tx *store.Tx) (flow.Outcome, error) {
	account, outcome := a.Judge(tx)
	switch {
	case outcome != credentials.Right && outcome != credentials.Temporary:
		return outcome, nil
	case account.Customer != a.number.Customer:
		return another, nil
	case outcome == credentials.Temporary:
		return credentials.Temporary, nil
	case !a.isUsable(tx):
		return lostRace, nil
	}
	a.account = account
	a.useUp(tx)
	a.MarkUsed(tx, account)
	a.visit.NotifyCustomer(tx, account.Customer, desk.ProductOpened, desk.ProductFacts(tx, a.number))
	return added, nil
}

// welcome logs the owner in, after the transaction is committed.
func (a *activate) welcome() { a.visit.LogIn(a.account, a.owner, nil) }
