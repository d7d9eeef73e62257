package flow

import (
	"context"
	"crypto/rand"
	"errors"
	"slices"
	"time"

	"loket/flows/desk"
	"loket/flows/dutch"
	"loket/flows/text"
	"loket/store"
)

// A Visit is what one visitor does at a terminal, until they leave. It is never stored.
type Visit struct {
	*desk.Desk
	ID string // a random name of the visit in the audit log

	customer         store.CustomerID
	card             store.CustomerID // see OpenCard
	credential       Credential
	Name             string          // of the customer who is logged in
	Telephone        dutch.Telephone // of the customer, for forms to begin with
	Language         string          // of the customer, for forms to begin with
	UnconfirmedEmail string          // of the customer, for forms to begin with; "" unless it gets no messages yet
	Abroad           bool            // whether the visitor said that they do not live in the Netherlands
	Subject          Subject         // what the visitor looks at, for a question about it
	ownerNames       []string        // of the customer, which the password must not be
	username         string
	throttledUntil   time.Time // until when the throttle accepts no answer
}

// A Subject is what a question of the visitor is about: a product, or the flow that they were
// in. It can be the zero Subject.
type Subject struct {
	Name text.Text
	Kind store.ProductKind // the kind of the product; "" if it is no product
}

// NewVisit begins a visit.
func NewVisit(d *desk.Desk) *Visit {
	return &Visit{Desk: d, ID: rand.Text()[:8]}
}

// Customer returns the customer who is logged in, or "".
func (v *Visit) Customer() store.CustomerID { return v.customer }

// LoggedIn reports whether a customer is logged in.
func (v *Visit) LoggedIn() bool { return v.customer != "" }

// Credential is what a customer logged in with.
type Credential struct {
	passwordGeneration int    // of the password at that time
	passkey            string // the ID of the passkey, if they logged in with a phone
}

// Credential returns what the customer logged in with. It changes during a visit when they
// change their password, or remove the phone.
func (v *Visit) Credential() Credential { return v.credential }

// LogIn logs in the owner of an account, after the commit. passkey is the ID of the passkey that
// they logged in with, or nil for the password.
func (v *Visit) LogIn(a store.Account, owner store.Customer, passkey []byte) {
	v.customer, v.credential = a.Customer, Credential{a.PasswordGeneration, string(passkey)}
	v.Name, v.Telephone, v.Language = desk.CustomerName(owner), dutch.Telephone(owner.Phone), owner.Language
	v.ownerNames, v.username = desk.ForbiddenNames(owner), a.Username
	if v.UnconfirmedEmail = ""; v.IsUnconfirmed(owner, v.Clock.Now()) {
		v.UnconfirmedEmail = owner.Email
	}
}

// RenewLogin keeps the customer logged in after they changed the password, or removed the phone,
// with which they logged in. a is their account after that.
func (v *Visit) RenewLogin(a store.Account) {
	v.credential.passwordGeneration, v.username = a.PasswordGeneration, a.Username
	if a.Passkey([]byte(v.credential.passkey)) == nil {
		v.credential.passkey = ""
	}
}

// Rename sets the username to the one that the customer chose.
func (v *Visit) Rename(username string) { v.username = username }

// forgetCustomer removes the customer from the visit.
func (v *Visit) forgetCustomer() {
	v.customer, v.card, v.credential, v.Name, v.Telephone, v.Language, v.UnconfirmedEmail = "", "", Credential{}, "", "", "", ""
	v.ownerNames, v.username = nil, ""
}

// ForbiddenPasswords returns what the customer's password must not be: their names, and their username.
func (v *Visit) ForbiddenPasswords() []string { return append(slices.Clone(v.ownerNames), v.username) }

// ErrLoginEnded says that the customer is no longer logged in, because the password or phone
// that they logged in with was changed elsewhere (P2).
var ErrLoginEnded = errors.New("what the customer logs in with changed elsewhere, which ended the visit")

// LoginEndedText is what the visitor reads after ErrLoginEnded.
var LoginEndedText = text.New(
	"Er is ergens anders iets veranderd aan hoe je inlogt. Daarom ben je hier uitgelogd.",
	"How you log in was changed somewhere else. That is why you have been logged out here.",
)

// loginStillValid reports whether the customer is still active, and the account still has the
// password, and the phone, with which the customer logged in. If a card is open, it reports whether
// there is still such a customer. It is true for any other visitor who is not logged in.
func (v *Visit) loginStillValid(tx *store.Tx) bool {
	if !v.LoggedIn() {
		_, found := tx.Customer(v.card)
		return found || v.card == ""
	}
	a, found := tx.Account(v.customer)
	owner, _ := tx.Customer(v.customer)
	return found && owner.IsActive() && a.PasswordGeneration == v.credential.passwordGeneration &&
		(v.credential.passkey == "" || a.Passkey([]byte(v.credential.passkey)) != nil)
}

// CheckLogin returns ErrLoginEnded if the login of the customer was ended from elsewhere.
func (v *Visit) CheckLogin(ctx context.Context) error {
	return v.ReadAsCustomer(ctx, func(*store.Tx) error { return nil })
}

// ReadAsCustomer reads from the store for the customer who is logged in. The error is
// ErrLoginEnded if their login was ended from elsewhere.
func (v *Visit) ReadAsCustomer(ctx context.Context, fn func(*store.Tx) error) error {
	return v.Store.View(ctx, func(tx *store.Tx) error {
		if !v.loginStillValid(tx) {
			return ErrLoginEnded
		}
		return fn(tx)
	})
}

// IdleLimit returns how long the visitor may do nothing before they are warned. The screen of the
// service desk locks after its own time, of which the warning is the end.
func (v *Visit) IdleLimit() time.Duration {
	switch {
	case v.IsServiceDesk():
		return max(v.Settings.ServiceDeskLock-v.Settings.IdleWarned, 0)
	case v.LoggedIn():
		return v.Settings.IdleAfter
	}
	return v.Settings.IdleBefore
}

// Leave logs the customer out, or closes the card, and records in the audit log why. It does
// nothing if the visit has no customer.
func (v *Visit) Leave(ctx context.Context, why LeaveReason) error {
	if !v.HasCustomer() {
		return nil
	}
	customer, step := v.subject(), "logged in"
	if v.card != "" {
		step = cardOpenStep
	}
	v.forgetCustomer()
	return v.Store.Update(ctx, func(tx *store.Tx) error {
		tx.RecordAudit(store.AuditEntry{
			Terminal: v.Terminal, Operator: v.Operator, Visit: v.ID, Customer: desk.AuditableID(tx, customer),
			Flow: LeavingFlow, Step: step, Outcome: string(why),
		})
		return nil
	})
}

// LeaveReason is why a customer was logged out.
type LeaveReason string

// LeavingFlow is the name of the flow in audit entries about leaving.
const LeavingFlow = "visit"

// cardOpenStep is the step of audit entries about closing a card.
const cardOpenStep = "card open"

// All reasons.
const (
	LoggedOut    LeaveReason = "logged out"
	LeftIdle     LeaveReason = "idle for too long"
	TookTooLong  LeaveReason = "at its longest"
	Disconnected LeaveReason = "terminal gone"
	LoginRevoked LeaveReason = "login changed elsewhere"
)

// leaveTexts has what a customer reads about the end of a visit in their recent activity.
var leaveTexts = map[LeaveReason]text.Text{
	LoggedOut:    text.New("Uitgelogd", "Logged out"),
	LeftIdle:     text.New("Uitgelogd, omdat er niets meer gebeurde", "Logged out after a period of inactivity"),
	TookTooLong:  text.New("Uitgelogd, omdat het bezoek te lang duurde", "Logged out because the visit took too long"),
	Disconnected: text.New("Uitgelogd, omdat de terminal uitging", "Logged out because the terminal went off"),
	LoginRevoked: text.New("Uitgelogd, omdat ergens anders veranderde hoe je inlogt", "Logged out because how you log in changed elsewhere"),
}

// LeavingText returns what the customer reads in their recent activity about an entry of
// LeavingFlow: nothing about a card that was closed.
func LeavingText(e store.AuditEntry) text.Text {
	if e.Step == cardOpenStep {
		return text.Text{}
	}
	return leaveTexts[LeaveReason(e.Outcome)]
}
