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

// A Visit is what one visitor does at a terminal, until they leave. It is
// never stored: what must survive it are facts in the store.
type Visit struct {
	*desk.Desk
	ID string // names the visit in the audit log, and says nothing else

	customer   store.CustomerID
	credential Credential
	Name       string          // of theirs, as the desk writes it
	Telephone  dutch.Telephone // of theirs, for forms to begin with
	Language   string          // of theirs, for forms to begin with
	Abroad     bool            // they said that they do not live in the Netherlands
	Subject    Subject         // of what they are looking at, for forms that ask about it
	names      []string        // of theirs
	username   string
	wait       time.Time // until when the throttle looks at no answer
}

// A Subject is what a question of the visitor would be about: a product, or what they were
// doing. The zero Subject is of nothing.
type Subject struct {
	Name text.Text
	Kind store.ProductKind // of a product; "" for anything else
}

// NewVisit begins one.
func NewVisit(d *desk.Desk) *Visit {
	return &Visit{Desk: d, ID: rand.Text()[:8]}
}

// Customer is who the visitor is, and "" as long as they have not logged in.
func (v *Visit) Customer() store.CustomerID { return v.customer }

// LoggedIn reports whether the visitor has shown who they are.
func (v *Visit) LoggedIn() bool { return v.customer != "" }

// Credential is what a customer logged in with.
type Credential struct {
	generation int    // of the password that they had then
	passkey    string // its id, if they logged in with a phone
}

// Credential tells apart what the customer logged in with, which changes in a visit
// when they change their password, or remove the phone.
func (v *Visit) Credential() Credential { return v.credential }

// LogIn logs in the owner of an account, once that is committed: with a passkey, or
// with the password if there is none.
func (v *Visit) LogIn(a store.Account, owner store.Customer, passkey []byte) {
	v.customer, v.credential = a.Customer, Credential{a.Generation, string(passkey)}
	v.Name, v.Telephone, v.Language = desk.NameOf(owner), dutch.Telephone(owner.Phone), owner.Language
	v.names, v.username = desk.NamesOf(owner), a.Username
}

// RenewLogin has the customer stay logged in once they changed here what they logged in
// with: another password, or a phone that they removed. a is their account after that.
func (v *Visit) RenewLogin(a store.Account) {
	v.credential.generation, v.username = a.Generation, a.Username
	if a.Passkey([]byte(v.credential.passkey)) == nil {
		v.credential.passkey = ""
	}
}

// Rename notes the username that the customer chose here.
func (v *Visit) Rename(username string) { v.username = username }

// forgetCustomer forgets who the visitor is.
func (v *Visit) forgetCustomer() {
	v.customer, v.credential, v.Name, v.Telephone, v.Language = "", Credential{}, "", "", ""
	v.names, v.username = nil, ""
}

// Names are what the customer's password must not be: their names, and their username.
func (v *Visit) Names() []string { return append(slices.Clone(v.names), v.username) }

// ErrLoginEnded says that the customer is no longer logged in here, because what they
// logged in with changed elsewhere (P2).
var ErrLoginEnded = errors.New("what the customer logs in with changed elsewhere, which ended the visit")

// EndedElsewhereText tells the visitor so.
var EndedElsewhereText = text.New(
	"Er is ergens anders iets veranderd aan hoe je inlogt. Daarom ben je hier uitgelogd.",
	"How you log in was changed somewhere else. That is why you have been logged out here.",
)

// loginStillValid reports whether whoever logged in still may be: they are not blocked since, and
// the account has the password that it had then, and the phone that they logged in with.
func (v *Visit) loginStillValid(tx *store.Tx) bool {
	if !v.LoggedIn() {
		return true
	}
	a, found := tx.Account(v.customer)
	owner, _ := tx.Customer(v.customer)
	return found && owner.IsActive() && a.Generation == v.credential.generation &&
		(v.credential.passkey == "" || a.Passkey([]byte(v.credential.passkey)) != nil)
}

// CheckLogin returns ErrEnded once the visit of a customer was ended from elsewhere.
func (v *Visit) CheckLogin(ctx context.Context) error {
	return v.ReadAsCustomer(ctx, func(*store.Tx) error { return nil })
}

// ReadAsCustomer reads from the store for the customer who is logged in, as long as they are.
func (v *Visit) ReadAsCustomer(ctx context.Context, fn func(*store.Tx) error) error {
	return v.Store.View(ctx, func(tx *store.Tx) error {
		if !v.loginStillValid(tx) {
			return ErrLoginEnded
		}
		return fn(tx)
	})
}

// IdleLimit is how long the visitor may do nothing before they are warned.
func (v *Visit) IdleLimit() time.Duration {
	if v.LoggedIn() {
		return v.Settings.IdleAfter
	}
	return v.Settings.IdleBefore
}

// Leave forgets who the visitor is, and notes in the audit log that a customer
// who was logged in left, and why: the customer chose to, or stayed away.
func (v *Visit) Leave(ctx context.Context, why LeaveReason) error {
	if !v.LoggedIn() {
		return nil
	}
	customer := v.customer
	v.forgetCustomer()
	return v.Store.Update(ctx, func(tx *store.Tx) error {
		tx.RecordAudit(store.AuditEntry{
			Terminal: v.Terminal, Visit: v.ID, Customer: desk.IDUnlessErased(tx, customer),
			Flow: LeavingFlow, Step: "logged in", Outcome: string(why),
		})
		return nil
	})
}

// LeaveReason is why a visit of a customer who was logged in ended.
type LeaveReason string

// LeavingFlow is what the audit log calls the flow of leaving.
const LeavingFlow = "visit"

// All reasons.
const (
	LoggedOut    LeaveReason = "logged out"
	StayedIdle   LeaveReason = "idle for too long"
	TookTooLong  LeaveReason = "at its longest"
	Disconnected LeaveReason = "terminal gone"
	LoginRevoked LeaveReason = "login changed elsewhere"
)

// leaveTexts is what a customer is told of the end of a visit of theirs.
var leaveTexts = map[LeaveReason]text.Text{
	LoggedOut:    text.New("Uitgelogd", "Logged out"),
	StayedIdle:   text.New("Uitgelogd, omdat er niets meer gebeurde", "Logged out after a period of inactivity"),
	TookTooLong:  text.New("Uitgelogd, omdat het bezoek te lang duurde", "Logged out because the visit took too long"),
	Disconnected: text.New("Uitgelogd, omdat de terminal uitging", "Logged out because the terminal went off"),
	LoginRevoked: text.New("Uitgelogd, omdat ergens anders veranderde hoe je inlogt", "Logged out because how you log in changed elsewhere"),
}

// ActivityText is what the customer reads of it in their recent activity.
func (l LeaveReason) ActivityText() text.Text { return leaveTexts[l] }
