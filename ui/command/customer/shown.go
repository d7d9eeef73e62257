package customer

import (
	"time"

	"loket/flows/desk"
	"loket/flows/dutch"
	"loket/flows/operator"
	"loket/store"
	"loket/ui/command/console"
	"loket/ui/command/listing"
)

// ShownCustomer is all that the desk shows an operator about a customer, as JSON. Times are in the zone of Amsterdam. It
// contains no secret that would let someone log in or activate something.
type ShownCustomer struct {
	ID           store.CustomerID                 `json:"id"`
	Name         string                           `json:"name"`
	BirthDate    string                           `json:"birth_date"`
	Street       string                           `json:"street"`
	Place        string                           `json:"place"`
	Email        string                           `json:"email"`
	Phone        string                           `json:"phone"`
	Language     string                           `json:"language"`
	LetterPrint  store.LetterPrint                `json:"letter_print,omitempty"` // LetterPrint is "large", or absent for normal print.
	Status       string                           `json:"status"`                 // Status is active, blocked, deceased or removed.
	Ended        time.Time                        `json:"ended,omitzero"`         // Ended is when the bank removed the customer.
	Blocked      time.Time                        `json:"blocked,omitzero"`       // Blocked is when the service desk blocked the customer.
	Account      *ShownAccount                    `json:"account"`                // Account is null if the customer has no account.
	Products     []ShownProduct                   `json:"products"`
	Applications []ShownApplication               `json:"applications"`
	Numbers      []listing.ListedActivationNumber `json:"activation_numbers"`
	Messages     []listing.ListedMessage          `json:"messages"`
	Activity     []ShownActivity                  `json:"activity"` // Activity has the latest entries of the audit log, newest first.
}

// ShownAccount is what an operator can see of an account.
type ShownAccount struct {
	Username       string        `json:"username"`
	Used           bool          `json:"used"`
	Password       passwordState `json:"password"`
	TemporaryUntil time.Time     `json:"temporary_until,omitzero"` // TemporaryUntil is when a temporary password expires.
	// NewEmail is a new address that the customer has not confirmed yet.
	NewEmail             string       `json:"new_email,omitempty"`
	NewEmailUntil        time.Time    `json:"new_email_until,omitzero"`
	WrongPasswords       int          `json:"wrong_passwords"` // WrongPasswords is the number of wrong passwords in a row.
	PasswordBlockedUntil time.Time    `json:"password_waits_until,omitzero"`
	WrongCodes           int          `json:"wrong_codes"`
	CodeBlockedUntil     time.Time    `json:"code_waits_until,omitzero"`
	WrongPhoneAnswers    int          `json:"wrong_phone_answers"`
	PhoneBlockedUntil    time.Time    `json:"phone_waits_until,omitzero"`
	Phones               []ShownPhone `json:"phones"` // Phones are the phones that can log in.
}

// ShownPhone is a phone that a customer has paired.
type ShownPhone struct {
	Name   string    `json:"name"`
	Paired time.Time `json:"paired"`
	Used   time.Time `json:"used,omitzero"` // Used is when the phone was last used.
}

type passwordState string

const (
	passwordSet  passwordState = "set"
	passwordNone passwordState = "none"
	// passwordDisabled means that the password no longer works, because too many wrong ones were typed.
	passwordDisabled passwordState = "off"
)

// ShownProduct is a product that a customer holds.
type ShownProduct struct {
	ID      store.ProductID    `json:"id"`
	Number  string             `json:"number"`
	Name    string             `json:"name"`
	Holders []store.CustomerID `json:"holders"`
	// Application is the application for which the product has an activation number.
	Application store.ApplicationID `json:"application,omitempty"`
	Opened      time.Time           `json:"opened,omitzero"`
	// IsVisible is true if mijn.nn shows the product. Otherwise the customer must first enter an activation number.
	IsVisible bool   `json:"shows"`
	Closed    string `json:"closed,omitempty"`
}

// ShownApplication is an application of a customer.
type ShownApplication struct {
	ID         store.ApplicationID `json:"id"`
	Product    store.ProductID     `json:"product"` // Product is empty if the application is only for an account.
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

func newShownCustomer(of operator.CustomerReport, now time.Time) ShownCustomer {
	street, place := of.AddressParts()
	shown := ShownCustomer{
		ID: of.ID, Name: desk.CustomerName(of.Customer), BirthDate: of.BirthDate, Street: street, Place: place,
		Email: of.Email, Phone: dutch.Telephone(of.Phone).Grouped(), Language: of.Language, LetterPrint: of.LetterPrint,
		Status: operator.CustomerStatus(of.Customer), Ended: console.InAmsterdam(of.Ended), Blocked: console.InAmsterdam(of.Blocked), Account: newShownAccount(of, now),
		Products: []ShownProduct{}, Applications: []ShownApplication{}, Numbers: []listing.ListedActivationNumber{}, Messages: []listing.ListedMessage{}, Activity: []ShownActivity{},
	}
	for _, p := range of.Products {
		l := ShownProduct{ID: p.ID, Number: p.Number, Name: p.Name, Holders: p.Holders}
		if p.IsClosed() {
			l.Closed = dutch.DateOf(p.EndedAt()).String()
		}
		if h := of.Holding(p.ID); h != nil {
			l.Application, l.Opened, l.IsVisible = h.Application, console.InAmsterdam(h.OpenedAt), h.IsVisible()
		}
		shown.Products = append(shown.Products, l)
	}
	for _, a := range of.Applications {
		shown.Applications = append(shown.Applications, ShownApplication{a.ID, a.Product, a.Applicants, a.Submitted, console.InAmsterdam(a.Ended)})
	}
	for _, n := range of.Numbers {
		shown.Numbers = append(shown.Numbers, listing.NewListedNumber(n, now))
	}
	for _, m := range of.Messages {
		shown.Messages = append(shown.Messages, listing.NewListedMessage(m))
	}
	for _, e := range of.Activity {
		shown.Activity = append(shown.Activity, ShownActivity{console.InAmsterdam(e.At), e.Terminal, e.Visit, e.Flow, e.Step, e.Outcome})
	}
	return shown
}

func newShownAccount(of operator.CustomerReport, now time.Time) *ShownAccount {
	if of.Account == nil {
		return nil
	}
	future := func(t time.Time) time.Time {
		if now.Before(t) {
			return console.InAmsterdam(t)
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
		a.Phones = append(a.Phones, ShownPhone{k.Name, console.InAmsterdam(k.Paired), console.InAmsterdam(k.Used)})
	}
	if a.NewEmailUntil = future(of.Account.NewEmail.Expires); !a.NewEmailUntil.IsZero() {
		a.NewEmail = of.Account.NewEmail.Address
	}
	switch {
	case of.Account.PasswordHash == "":
		a.Password = passwordNone
	case of.ThrottleState.PasswordOff:
		a.Password = passwordDisabled
	}
	return a
}
