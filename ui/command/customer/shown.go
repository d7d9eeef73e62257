package customer

import (
	"time"

	"loket/flows/desk"
	"loket/flows/dutch"
	"loket/flows/operator"
	"loket/store"
	"loket/ui/command/listing"
)

// ShownCustomer is what the desk knows of a customer, as a program gets it. Times
// are of Amsterdam. Nothing in it lets anybody log in or activate something.
type ShownCustomer struct {
	ID           store.CustomerID   `json:"id"`
	Name         string             `json:"name"`
	BirthDate    string             `json:"birth_date"`
	Street       string             `json:"street"`
	Place        string             `json:"place"`
	Email        string             `json:"email"`
	Phone        string             `json:"phone"`
	Language     string             `json:"language"`
	Status       string             `json:"status"`           // active, blocked, deceased or removed
	Ended        time.Time          `json:"ended,omitzero"`   // when the bank removed them
	Blocked      time.Time          `json:"blocked,omitzero"` // when the service desk blocked them
	Account      *ShownAccount      `json:"account"`          // null if the customer has no account
	Products     []ShownProduct     `json:"products"`
	Applications []ShownApplication `json:"applications"`
	Numbers      []listing.Number   `json:"activation_numbers"`
	Messages     []listing.Message  `json:"messages"`
	Activity     []ShownActivity    `json:"activity"` // the latest, newest first
}

// ShownAccount is what the desk knows of an account.
type ShownAccount struct {
	Username             string        `json:"username"`
	Used                 bool          `json:"used"`
	Password             passwordState `json:"password"`
	TemporaryUntil       time.Time     `json:"temporary_until,omitzero"` // a temporary password works
	NewEmail             string        `json:"new_email,omitempty"`      // that is yet to be confirmed
	NewEmailUntil        time.Time     `json:"new_email_until,omitzero"`
	WrongPasswords       int           `json:"wrong_passwords"` // in a row
	PasswordBlockedUntil time.Time     `json:"password_waits_until,omitzero"`
	WrongCodes           int           `json:"wrong_codes"`
	CodeBlockedUntil     time.Time     `json:"code_waits_until,omitzero"`
	WrongPhoneAnswers    int           `json:"wrong_phone_answers"`
	PhoneBlockedUntil    time.Time     `json:"phone_waits_until,omitzero"`
	Phones               []ShownPhone  `json:"phones"` // that log in
}

// ShownPhone is a phone that a customer has paired.
type ShownPhone struct {
	Name   string    `json:"name"`
	Paired time.Time `json:"paired"`
	Used   time.Time `json:"used,omitzero"` // last
}

type passwordState string

const (
	passwordSet  passwordState = "set"
	passwordNone passwordState = "none"
	passwordOff  passwordState = "off" // after too many wrong ones
)

// ShownProduct is a product that a customer holds.
type ShownProduct struct {
	ID          store.ProductID     `json:"id"`
	Number      string              `json:"number"`
	Name        string              `json:"name"`
	Holders     []store.CustomerID  `json:"holders"`
	Application store.ApplicationID `json:"application,omitempty"` // that its activation number is for
	Opened      time.Time           `json:"opened,omitzero"`
	IsVisible   bool                `json:"shows"` // in mijn.nn, without an activation number
	Closed      string              `json:"closed,omitempty"`
}

// ShownApplication is an application of a customer's.
type ShownApplication struct {
	ID         store.ApplicationID `json:"id"`
	Product    store.ProductID     `json:"product"` // none if it is for an account alone
	Applicants []store.CustomerID  `json:"applicants"`
	Submitted  string              `json:"submitted"`
	Withdrawn  time.Time           `json:"withdrawn,omitzero"`
}

// ShownActivity is an entry of the audit log.
type ShownActivity struct {
	At       time.Time `json:"at"`
	Terminal string    `json:"terminal"`
	Visit    string    `json:"visit,omitempty"`
	Flow     string    `json:"flow"`
	Step     string    `json:"step"`
	Outcome  string    `json:"outcome"`
}

func shownCustomer(of operator.CustomerReport, now time.Time) ShownCustomer {
	street, place := of.Address()
	shown := ShownCustomer{
		ID: of.ID, Name: desk.CustomerName(of.Customer), BirthDate: of.BirthDate, Street: street, Place: place,
		Email: of.Email, Phone: dutch.Telephone(of.Phone).Grouped(), Language: of.Language,
		Status: operator.StatusOf(of.Customer), Ended: inAmsterdam(of.Ended), Blocked: inAmsterdam(of.Blocked), Account: shownAccount(of, now),
		Products: []ShownProduct{}, Applications: []ShownApplication{}, Numbers: []listing.Number{}, Messages: []listing.Message{}, Activity: []ShownActivity{},
	}
	for _, p := range of.Products {
		l := ShownProduct{ID: p.ID, Number: p.Number, Name: p.Name, Holders: p.Holders}
		if p.IsClosed() {
			l.Closed = dutch.DateOf(p.EndedAt()).String()
		}
		if h := of.Holding(p.ID); h != nil {
			l.Application, l.Opened, l.IsVisible = h.Application, inAmsterdam(h.OpenedAt), h.IsVisible()
		}
		shown.Products = append(shown.Products, l)
	}
	for _, a := range of.Applications {
		shown.Applications = append(shown.Applications, ShownApplication{a.ID, a.Product, a.Applicants, a.Submitted, inAmsterdam(a.Ended)})
	}
	for _, n := range of.Numbers {
		shown.Numbers = append(shown.Numbers, listing.NewNumber(n, now))
	}
	for _, m := range of.Messages {
		shown.Messages = append(shown.Messages, listing.NewMessage(m))
	}
	for _, e := range of.Activity {
		shown.Activity = append(shown.Activity, ShownActivity{inAmsterdam(e.At), e.Terminal, e.Visit, e.Flow, e.Step, e.Outcome})
	}
	return shown
}

func shownAccount(of operator.CustomerReport, now time.Time) *ShownAccount {
	if of.Account == nil {
		return nil
	}
	future := func(t time.Time) time.Time {
		if now.Before(t) {
			return inAmsterdam(t)
		}
		return time.Time{}
	}
	a := &ShownAccount{
		Username: of.Account.Username, Used: of.Account.HasLoggedIn, Password: passwordSet, TemporaryUntil: future(of.Account.Temporary.Expires),
		WrongPasswords: of.ThrottleState.Password.Wrong, PasswordBlockedUntil: future(of.ThrottleState.Password.NotBefore),
		WrongCodes: of.ThrottleState.Code.Wrong, CodeBlockedUntil: future(of.ThrottleState.Code.NotBefore),
		WrongPhoneAnswers: of.ThrottleState.Phones.Wrong, PhoneBlockedUntil: future(of.ThrottleState.Phones.NotBefore), Phones: []ShownPhone{},
	}
	for _, k := range of.Account.Passkeys {
		a.Phones = append(a.Phones, ShownPhone{k.Name, inAmsterdam(k.Paired), inAmsterdam(k.Used)})
	}
	if a.NewEmailUntil = future(of.Account.NewEmail.Expires); !a.NewEmailUntil.IsZero() {
		a.NewEmail = of.Account.NewEmail.Address
	}
	switch {
	case of.Account.PasswordHash == "":
		a.Password = passwordNone
	case of.ThrottleState.PasswordOff:
		a.Password = passwordOff
	}
	return a
}

// inAmsterdam returns t as people there read it. The zero time stays zero.
func inAmsterdam(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return t.In(dutch.Amsterdam)
}
