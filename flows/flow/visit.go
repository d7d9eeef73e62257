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

// A Visit is the state of one visitor at a terminal, until the visitor leaves. It is never stored.
type Visit struct {
	*desk.Desk
	ID     string // ID is a random name for the visit in the audit log.
	IsSlow bool   // IsSlow is true if the visitor chose more time.

	customer         store.CustomerID
	card             store.CustomerID // card is the customer whose card is open at the service desk.
	credential       Credential
	Name             string            // Name is the name of the customer who is logged in, or whose card is open.
	Telephone        dutch.Telephone   // Telephone is the customer's telephone number, which forms propose.
	Language         string            // Language is the customer's language, which forms propose.
	LetterPrint      store.LetterPrint // LetterPrint is the print of the customer's letters, which forms propose.
	UnconfirmedEmail string            // UnconfirmedEmail is the customer's e-mail address while it gets no messages yet, or "".
	Abroad           bool              // Abroad means that the visitor said that they do not live in the Netherlands.
	WantsLargePrint  bool              // WantsLargePrint means that the visitor asked for large print in letters that they ask for.
	Subject          QuestionSubject   // Subject is the subject on the screen, in case the visitor has a question.
	ownerNames       []string          // ownerNames are the customer's names, which a password must not consist of.
	username         string
	throttledUntil   time.Time // throttledUntil is the time until which the throttle accepts no answers.
}

// A QuestionSubject is the subject of a visitor's question: a product, or the flow that the visitor was in. The zero value
// means neither.
type QuestionSubject struct {
	Name text.Text
	Kind store.ProductKind // Kind is the kind of the product; "" if the subject is not a product.
}

// NewVisit begins a visit at a desk.
func NewVisit(d *desk.Desk) *Visit {
	return &Visit{Desk: d, ID: rand.Text()[:8]}
}

// Customer returns the ID of the logged-in customer, or "" if nobody is logged in.
func (v *Visit) Customer() store.CustomerID { return v.customer }

// LoggedIn reports whether a customer is logged in.
func (v *Visit) LoggedIn() bool { return v.customer != "" }

// Credential is the password or passkey with which a customer logged in.
type Credential struct {
	passwordGeneration int    // passwordGeneration is the generation of the password when the customer logged in.
	passkey            string // passkey is the ID of the passkey, if the customer logged in with a phone.
}

// Credential returns the credential with which the customer logged in. It changes during a visit if the customer changes the
// password or removes the phone.
func (v *Visit) Credential() Credential { return v.credential }

// LogIn logs in the owner of an account, after the commit. passkey is the ID of the passkey that was used, or nil if the
// password was used.
func (v *Visit) LogIn(a store.Account, owner store.Customer, passkey []byte) {
	v.customer, v.credential = a.Customer, Credential{a.PasswordGeneration, string(passkey)}
	v.setCustomerFacts(owner)
	v.username = a.Username
}

// setCustomerFacts sets the facts that forms propose to those of the stored customer.
func (v *Visit) setCustomerFacts(c store.Customer) {
	v.Name, v.Telephone, v.Language, v.LetterPrint = desk.CustomerName(c), dutch.Telephone(c.Phone), c.Language, c.LetterPrint
	v.ownerNames = desk.ForbiddenPasswordNames(c)
	if v.UnconfirmedEmail = ""; v.IsEmailUnconfirmed(c, v.Clock.Now()) {
		v.UnconfirmedEmail = c.Email
	}
}

// RenewLogin keeps a customer logged in who has just changed the password, or removed the phone, of this login. a is the
// account after the change.
func (v *Visit) RenewLogin(a store.Account) {
	v.credential.passwordGeneration, v.username = a.PasswordGeneration, a.Username
	if a.Passkey([]byte(v.credential.passkey)) == nil {
		v.credential.passkey = ""
	}
}

// SetUsername sets the visit's username to the customer's new username.
func (v *Visit) SetUsername(username string) { v.username = username }

// Addressee returns c as the addressee of a message that the visitor asks for, which may be in large print. It must not be stored:
// the visitor is not known to be the customer.
func (v *Visit) Addressee(c store.Customer) store.Customer {
	if v.WantsLargePrint {
		c.LetterPrint = store.LargePrint
	}
	return c
}

// forgetCustomer removes the customer from the visit.
func (v *Visit) forgetCustomer() {
	v.customer, v.card, v.credential, v.Name, v.Telephone, v.Language, v.UnconfirmedEmail = "", "", Credential{}, "", "", "", ""
	v.LetterPrint, v.ownerNames, v.username = "", nil, ""
}

// ForbiddenPasswords returns the customer's names and username, which a password must not consist of.
func (v *Visit) ForbiddenPasswords() []string { return append(slices.Clone(v.ownerNames), v.username) }

// ErrLoginEnded means that the customer is no longer logged in, because the password or phone of this login was changed
// elsewhere (P2).
var ErrLoginEnded = errors.New("what the customer logs in with changed elsewhere, which ended the visit")

// LoginEndedText is the text that visitors read after ErrLoginEnded.
var LoginEndedText = text.New(
	"Er is ergens anders iets veranderd aan hoe je inlogt. Daarom ben je hier uitgelogd.",
	"How you log in was changed somewhere else. That is why you have been logged out here.",
)

// isLoginValid reports whether the customer is still active, and whether the password or phone of this login still belongs
// to the account. It returns true if nobody is logged in.
func (v *Visit) isLoginValid(tx *store.Tx) bool {
	if !v.LoggedIn() {
		_, found := tx.Customer(v.card)
		return found || v.card == ""
	}
	a, found := tx.Account(v.customer)
	owner, _ := tx.Customer(v.customer)
	return found && owner.IsActive() && a.PasswordGeneration == v.credential.passwordGeneration &&
		(v.credential.passkey == "" || a.Passkey([]byte(v.credential.passkey)) != nil)
}

// LoginCheckInterval is how often a desk calls CheckLogin while a customer does nothing.
const LoginCheckInterval = 5 * time.Second

// CheckLogin returns ErrLoginEnded if the customer's login was ended elsewhere.
func (v *Visit) CheckLogin(ctx context.Context) error {
	return v.ReadAsCustomer(ctx, func(*store.Tx) error { return nil })
}

// ReadAsCustomer reads from the store for the logged-in customer. It returns ErrLoginEnded if the customer's login was ended
// elsewhere.
func (v *Visit) ReadAsCustomer(ctx context.Context, fn func(*store.Tx) error) error {
	return v.Store.View(ctx, func(tx *store.Tx) error {
		if !v.isLoginValid(tx) {
			return ErrLoginEnded
		}
		return fn(tx)
	})
}

// ExtendTimeLimit returns a time limit as it is for this visitor, who may have chosen more time.
func (v *Visit) ExtendTimeLimit(limit time.Duration) time.Duration {
	if v.IsSlow {
		return desk.SlowTimeFactor * limit
	}
	return limit
}

// IdleLimit returns how long the visitor may be idle before a warning is shown.
func (v *Visit) IdleLimit() time.Duration {
	switch {
	case v.IsServiceDesk():
		return max(v.Settings.ServiceDeskLock-v.Settings.IdleWarned, 0)
	case v.LoggedIn():
		return v.ExtendTimeLimit(v.Settings.IdleAfter)
	}
	return v.ExtendTimeLimit(v.Settings.IdleBefore)
}

// slowAnswerTime is the least time that a visitor who chose more time has to answer the warning.
const slowAnswerTime = 2 * time.Minute

// WarningAnswerTime returns how long the visitor has to answer the warning. The service desk locks in time, whatever its visitor chose.
func (v *Visit) WarningAnswerTime() time.Duration {
	if v.IsSlow && !v.IsServiceDesk() {
		return max(v.ExtendTimeLimit(v.Settings.IdleWarned), slowAnswerTime)
	}
	return v.Settings.IdleWarned
}

// LogOut logs the customer out, and records the reason in the audit log. It does nothing if no customer is logged in.
func (v *Visit) LogOut(ctx context.Context, why LogOutReason) error {
	if !v.HasCustomer() {
		return nil
	}
	customer, step := v.subjectCustomer(), "logged in"
	if v.card != "" {
		step = cardOpenStep
	}
	v.forgetCustomer()
	return v.Store.Update(ctx, func(tx *store.Tx) error {
		tx.RecordAudit(store.AuditEntry{
			Terminal: v.Terminal, Operator: v.Operator, Visit: v.ID, Customer: desk.CustomerIDForAudit(tx, customer),
			Flow: VisitEndFlow, Step: step, Outcome: string(why),
		})
		return nil
	})
}

// LogOutReason is the reason why a customer was logged out.
type LogOutReason string

// VisitEndFlow is the name of the flow in audit entries about the end of a visit.
const VisitEndFlow = "visit"

// cardOpenStep is the step of audit entries about closing a card.
const cardOpenStep = "card open"

// Reasons for the end of a customer's login.
const (
	ReasonLoggedOut    LogOutReason = "logged out"
	ReasonIdle         LogOutReason = "idle for too long"
	ReasonTimeUp       LogOutReason = "at its longest"
	ReasonDisconnected LogOutReason = "terminal gone"
	ReasonLoginRevoked LogOutReason = "login changed elsewhere"
)

// logOutTexts maps each reason to the text in the customer's recent activity.
var logOutTexts = map[LogOutReason]text.Text{
	ReasonLoggedOut:    text.New("Uitgelogd", "Logged out"),
	ReasonIdle:         text.New("Uitgelogd, omdat er niets meer gebeurde", "Logged out after a period of inactivity"),
	ReasonTimeUp:       text.New("Uitgelogd, omdat het bezoek te lang duurde", "Logged out because the visit took too long"),
	ReasonDisconnected: text.New("Uitgelogd, omdat de terminal uitging", "Logged out because the terminal went off"),
	ReasonLoginRevoked: text.New("Uitgelogd, omdat ergens anders veranderde hoe je inlogt", "Logged out because how you log in changed elsewhere"),
}

// LogOutText returns the text about an entry of VisitEndFlow in the customer's recent activity. It is empty for a card that
// was closed.
func LogOutText(e store.AuditEntry) text.Text {
	if e.Step == cardOpenStep {
		return text.Text{}
	}
	return logOutTexts[LogOutReason(e.Outcome)]
}
