package flows

import (
	"context"
	"strings"

	"loket/flows/desk"
	"loket/flows/place"
	"loket/flows/text"
	"loket/store"
)

// activate is what the visitor has answered so far, and what was found of it.
type activate struct {
	visit *Visit
	claim
	birth, postcode string

	username string // of the new account
	replacement
	login // to the account that there is

	account store.Account  // that was opened, or added to
	owner   store.Customer // of number and account
}

// Outcomes of activating.
const (
	newcomer  Outcome = "right, no account yet"
	holder    Outcome = "right, has an account"
	taken     Outcome = "username taken"
	hasOne    Outcome = "got an account meanwhile"
	activated Outcome = "account activated"
	added     Outcome = "product added"
	another   Outcome = "right, but somebody else's account"
)

// Activate makes an account out of an activation number, or adds its product to
// the account that its owner has (A1–A5).
func Activate(v *Visit) *Flow {
	const (
		askNumber         State = "ask number"
		chooseCredentials State = "choose credentials"
		logInToAdd        State = "log in to add"
		accountActivated  State = "account activated"
		productAdded      State = "product added"
		passwordFirst     State = "new password first"
	)
	a := &activate{visit: v, replacement: replacement{visit: v}, login: login{visit: v}}
	f := &Flow{Name: "activate", Start: askNumber}
	f.Steps = uselessEnds(place.Activate, map[State]Step{
		askNumber: {
			Says:    text.Fixed("Account activeren", "Activate account"),
			Tells:   text.Fixed("Heb je al een account? Dan voeg je hier het nieuwe product eraan toe.", "Do you already have an account? Then you can add the new product to it here."),
			Asks:    []Field{activationNumber(&a.typed), birthDate(v, &a.birth), postcode(&a.postcode)},
			Guards:  a.claim.guards,
			Neutral: true,
			Do: func(tx *store.Tx) (Outcome, error) {
				owner, outcome := a.recognise(tx)
				a.owner, f.about = owner, owner.ID
				return outcome, nil
			},
			Next: uselessNumber(map[Outcome]Edge{
				newcomer: {To: chooseCredentials, Verdict: Right},
				holder:   {To: logInToAdd, Verdict: Right},
				wrong:    {To: askNumber, Verdict: Wrong, Note: unknownNumber},
			}),
			Offers: []place.ID{place.Contact},
		},
		chooseCredentials: {
			Says:    text.Fixed("Kies hoe je inlogt", "Choose how to log in"),
			Asks:    append([]Field{newUsername(&a.username)}, newPassword(&a.fresh, nil)...),
			Guards:  func() string { return "" }, // whether a username is taken is worth guessing at
			Prepare: func(ctx context.Context) error { return a.replacement.prepare(ctx, "") },
			Do:      a.open,
			Next: map[Outcome]Edge{
				activated: {To: accountActivated, Then: a.welcome},
				taken:     {To: chooseCredentials, Verdict: Wrong, Note: usernameTaken},
				hasOne:    {To: logInToAdd, Note: text.Fixed("Je hebt intussen een account gekregen. Log in om het product toe te voegen.", "You have been given an account in the meantime. Log in to add the product.")},
				needless:  {To: numberNeedless},
				raced:     {To: numberRaced},
			},
		},
		logInToAdd: {
			Says:    text.Fixed("Log in om het product toe te voegen", "Log in to add the product"),
			Tells:   text.Fixed("Je hebt al een mijn.nn-account. Gebruik de gebruikersnaam en het wachtwoord van dat account.", "You already have a mijn.nn account. Use the username and password of that account."),
			Asks:    a.login.asks(),
			Guards:  a.login.guards,
			Prepare: a.login.compare,
			Do:      a.add,
			Next: map[Outcome]Edge{
				added:     {To: productAdded, Verdict: Right, Then: a.welcome},
				temporary: {To: passwordFirst},
				another:   {To: logInToAdd, Verdict: Wrong, Note: unknownLogin},
				wrong:     {To: logInToAdd, Verdict: Wrong, Note: unknownLogin},
				expired:   {To: logInToAdd, Note: temporaryExpired},
				off:       {To: logInToAdd, Verdict: Wrong, Note: passwordOff},
				raced:     {To: numberRaced, Verdict: Right},
			},
			Offers: []place.ID{place.ForgottenPassword, place.ForgottenUsername, place.Contact},
		},
		accountActivated: {
			Says:   text.Fixed("Je account is geactiveerd", "Your account has been activated"),
			Tells:  text.Fixed("Welkom bij mijn.nn. Je bent meteen ingelogd. Je activatienummer heb je niet meer nodig.", "Welcome to mijn.nn. You are logged in straight away. You no longer need your activation number."),
			Offers: []place.ID{place.Products, place.AddProduct},
		},
		productAdded: productAddedEnd,
		numberRaced:  numberRacedEnd,
		passwordFirst: {
			Says:   text.Fixed("Kies eerst een nieuw wachtwoord", "Choose a new password first"),
			Tells:  text.Fixed("Dit is een tijdelijk wachtwoord. Log ermee in en kies een nieuw wachtwoord. Voeg daarna je product toe.", "This is a temporary password. Log in with it and choose a new password. Add your product after that."),
			Offers: []place.ID{place.LogIn, place.Home},
		},
	})
	return v.begin(f)
}

// recognise looks whether number, birth date and postcode belong together, and
// what can be done with the number (A3–A5).
func (a *activate) recognise(tx *store.Tx) (store.Customer, Outcome) {
	owner, found := a.look(tx, func(c store.Customer) bool {
		return c.BirthDate == a.birth && c.Postcode == a.postcode
	})
	if !found {
		return owner, wrong
	}
	if why := a.useless(tx); why != "" {
		return owner, why
	}
	if _, has := tx.Account(owner.ID); has {
		return owner, holder
	}
	return owner, newcomer
}

// open makes the account. Everything that was seen before is looked at again:
// meanwhile another terminal may have been first.
func (a *activate) open(tx *store.Tx) (Outcome, error) {
	if !a.good(tx) {
		return raced, nil
	}
	owner := a.number.Customer
	if a.needless(tx) {
		return needless, nil
	}
	if _, has := tx.Account(owner); has {
		return hasOne, nil
	}
	if _, is := tx.AccountByUsername(a.username); is {
		return taken, nil
	}
	a.redeem(tx)
	a.account = store.Account{Customer: owner, Username: a.username, PasswordHash: a.replacement.hash, Used: true}
	tx.PutAccount(a.account)
	// Whoever tried this name before it was an account's guessed at nothing.
	tx.PutAttempts(desk.PasswordKey(a.username), store.Attempts{})
	a.visit.Tell(tx, owner, desk.AccountOpened, map[string]string{"username": a.username})
	return activated, nil
}

// add adds the product to the account, whose owner must be the number's.
func (a *activate) add(tx *store.Tx) (Outcome, error) {
	account, outcome := a.judge(tx)
	switch {
	case outcome != right && outcome != temporary:
		return outcome, nil
	case account.Customer != a.number.Customer:
		return another, nil
	case outcome == temporary:
		return temporary, nil
	case !a.good(tx):
		return raced, nil
	}
	a.account = account
	a.redeem(tx)
	a.enter(tx, account)
	a.visit.Tell(tx, account.Customer, desk.ProductOpened, desk.ProductFacts(tx, a.number))
	return added, nil
}

// welcome logs the owner of number and account in, once that is committed.
func (a *activate) welcome() { a.visit.admit(a.account, a.owner, nil) }

// newUsername asks for a username that nobody has yet.
func newUsername(v *string) Field {
	const allowed = "abcdefghijklmnopqrstuvwxyz0123456789.-_@"
	return Field{
		Name: "username", Label: text.New("Gebruikersnaam", "Username"),
		Hint: text.Fixed("6 tot en met 40 tekens: letters, cijfers en . - _ @", "6 to 40 characters: letters, digits and . - _ @"),
		set: func(s string) *text.Text {
			s = strings.TrimSpace(s)
			switch {
			case s == "":
				return new(text.New("Kies een gebruikersnaam.", "Choose a username."))
			case len(s) < 6 || len(s) > 40:
				return new(text.New("Een gebruikersnaam heeft 6 tot en met 40 tekens.", "A username has 6 to 40 characters."))
			case strings.Trim(strings.ToLower(s), allowed) != "":
				return new(text.New("Gebruik alleen letters zonder accent, cijfers en . - _ @", "Use only letters without accents, digits and . - _ @"))
			}
			*v = s
			return nil
		},
	}
}
