package command

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"loket/flows/desk"
	"loket/flows/dutch"
	"loket/flows/operator"
	"loket/store"
)

// CustomerShow shows one.
type CustomerShow struct {
	Database `embed:""`
	Settings desk.Settings    `embed:"" prefix:"set-" group:"settings"`
	ID       store.CustomerID `arg:"" help:"Number of the customer."`
	JSON     bool             `name:"json" help:"Give it as JSON."`
}

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
	Account      *ShownAccount      `json:"account"` // null if there is none
	Products     []ShownProduct     `json:"products"`
	Applications []ShownApplication `json:"applications"`
	Numbers      []ListedNumber     `json:"activation_numbers"`
	Messages     []ListedMessage    `json:"messages"`
	Activity     []ShownActivity    `json:"activity"` // the latest, newest first
}

// ShownAccount is what the desk knows of an account.
type ShownAccount struct {
	Username       string        `json:"username"`
	Used           bool          `json:"used"`
	Password       passwordState `json:"password"`
	TemporaryUntil time.Time     `json:"temporary_until,omitzero"` // a temporary password works
	NewEmail       string        `json:"new_email,omitempty"`      // that is yet to be confirmed
	NewEmailUntil  time.Time     `json:"new_email_until,omitzero"`
	WrongPasswords int           `json:"wrong_passwords"` // in a row
	PasswordWaits  time.Time     `json:"password_waits_until,omitzero"`
	WrongCodes     int           `json:"wrong_codes"`
	CodeWaits      time.Time     `json:"code_waits_until,omitzero"`
	WrongPhones    int           `json:"wrong_phone_answers"`
	PhoneWaits     time.Time     `json:"phone_waits_until,omitzero"`
	Phones         []ShownPhone  `json:"phones"` // that log in
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
	Shows       bool                `json:"shows"` // in mijn.nn, without an activation number
}

// ShownApplication is an application of a customer's.
type ShownApplication struct {
	ID         store.ApplicationID `json:"id"`
	Product    store.ProductID     `json:"product"` // none if it is for an account alone
	Applicants []store.CustomerID  `json:"applicants"`
	Submitted  string              `json:"submitted"`
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

// Run shows the customer.
func (s *CustomerShow) Run(ctx context.Context, c *Console) error {
	var of operator.CustomerReport
	err := s.with(ctx, c, func(st *store.Store) (err error) {
		desk := c.desk(st, c.settings(s.Settings))
		if of, err = operator.Report(ctx, desk, s.ID); err != nil {
			return err
		}
		return operator.RecordView(ctx, desk, "customer show", s.ID)
	})
	if err != nil {
		return about(s.ID, err)
	}
	shown := shownCustomer(of, c.Clock.Now())
	if s.JSON {
		return c.json(shown)
	}
	shown.write(c)
	return nil
}

// about is err with whom it is about.
func about(id store.CustomerID, err error) error { return fmt.Errorf("customer %s: %w", id, err) }

func shownCustomer(of operator.CustomerReport, now time.Time) ShownCustomer {
	street, place := of.Address()
	shown := ShownCustomer{
		ID: of.ID, Name: desk.NameOf(of.Customer), BirthDate: of.BirthDate, Street: street, Place: place,
		Email: of.Email, Phone: dutch.Telephone(of.Phone).Pretty(), Language: of.Language, Account: shownAccount(of, now),
		Products: []ShownProduct{}, Applications: []ShownApplication{}, Numbers: []ListedNumber{}, Messages: []ListedMessage{}, Activity: []ShownActivity{},
	}
	for _, p := range of.Products {
		l := ShownProduct{ID: p.ID, Number: p.Number, Name: p.Name, Holders: p.Holders}
		if h := of.Holding(p.ID); h != nil {
			l.Application, l.Opened, l.Shows = h.Application, inAmsterdam(h.Opened), h.Shows()
		}
		shown.Products = append(shown.Products, l)
	}
	for _, a := range of.Applications {
		shown.Applications = append(shown.Applications, ShownApplication{a.ID, a.Product, a.Applicants, a.Submitted})
	}
	for _, n := range of.Numbers {
		shown.Numbers = append(shown.Numbers, listed(n, now))
	}
	for _, m := range of.Messages {
		shown.Messages = append(shown.Messages, listedMessage(m))
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
		Username: of.Account.Username, Used: of.Account.Used, Password: passwordSet, TemporaryUntil: future(of.Account.Temporary.Expires),
		WrongPasswords: of.LockedOut.Password.Wrong, PasswordWaits: future(of.LockedOut.Password.NotBefore),
		WrongCodes: of.LockedOut.Code.Wrong, CodeWaits: future(of.LockedOut.Code.NotBefore),
		WrongPhones: of.LockedOut.Phones.Wrong, PhoneWaits: future(of.LockedOut.Phones.NotBefore), Phones: []ShownPhone{},
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
	case of.LockedOut.Off:
		a.Password = passwordOff
	}
	return a
}

// inAmsterdam is t as people there read it. None stays none.
func inAmsterdam(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return t.In(dutch.Amsterdam)
}

// write shows the customer to people.
func (s ShownCustomer) write(c *Console) {
	row := func(name, value string) {
		if value == "" {
			value = "-"
		}
		fmt.Fprintf(c.Out, "%-12s %s\n", name, value)
	}
	row("customer", string(s.ID))
	row("name", s.Name)
	row("born", s.BirthDate)
	row("address", s.Street+", "+s.Place)
	row("e-mail", s.Email)
	row("telephone", s.Phone)
	row("language", s.Language)
	for _, line := range s.Account.lines() {
		row(line[0], line[1])
	}
	s.writeTables(c)
}

// lines tells of an account, or that there is none, as names and values.
func (a *ShownAccount) lines() [][2]string {
	if a == nil {
		return [][2]string{{"account", "none"}}
	}
	used := "nobody has logged in to it yet"
	if a.Used {
		used = "in use"
	}
	password := map[passwordState]string{
		passwordSet:  "set",
		passwordNone: "none: only a temporary one lets its owner in",
		passwordOff:  "off after too many wrong ones, until a new one is chosen, or: loket customer unlock",
	}[a.Password]
	lines := [][2]string{{"account", used}, {"username", a.Username}, {"password", password}}
	if !a.TemporaryUntil.IsZero() {
		lines = append(lines, [2]string{"temporary", "a temporary password works until " + minute(a.TemporaryUntil)})
	}
	if a.NewEmail != "" {
		lines = append(lines, [2]string{"new e-mail", a.NewEmail + ", to be confirmed until " + minute(a.NewEmailUntil)})
	}
	return append(lines,
		[2]string{"throttle", throttle("wrong password", a.WrongPasswords, a.PasswordWaits)},
		[2]string{"", throttle("wrong code", a.WrongCodes, a.CodeWaits)},
		[2]string{"", throttle("wrong phone answer", a.WrongPhones, a.PhoneWaits)})
}

// throttle says what the throttle holds against a subject.
func throttle(what string, wrong int, waits time.Time) string {
	says := some(wrong, what) + " in a row"
	if !waits.IsZero() {
		says += ", and no answer is looked at until " + waits.Format("2006-01-02 15:04:05")
	}
	return says
}

func (s ShownCustomer) writeTables(c *Console) {
	part := func(heading []string, rows []row) {
		if len(rows) > 0 {
			fmt.Fprintln(c.Out)
			c.table(heading, rows)
		}
	}
	if s.Account != nil {
		part([]string{"PHONE", "PAIRED", "LAST USED"}, rowsOf(s.Account.Phones, ShownPhone.row))
	}
	part([]string{"PRODUCT", "NUMBER", "NAME", "HOLDERS", "IN MIJN.NN"}, rowsOf(s.Products, ShownProduct.row))
	part([]string{"APPLICATION", "PRODUCT", "SUBMITTED", "APPLICANTS"}, rowsOf(s.Applications, ShownApplication.row))
	part([]string{"ACTIVATION NUMBER", "APPLICATION", "ISSUED", "LAST DAY", "STATE"}, rowsOf(s.Numbers, func(l ListedNumber) row {
		return slices.Delete(l.row(), 1, 2) // the customer
	}))
	part([]string{"MESSAGE", "CHANNEL", "TEMPLATE", "WRITTEN", "STATE", "TRIES", "NEXT TRY", "TROUBLE"}, rowsOf(s.Messages, func(m ListedMessage) row {
		return slices.Delete(m.row(), 3, 4)
	}))
	part([]string{"LATELY", "TERMINAL", "VISIT", "FLOW", "STEP", "OUTCOME"}, rowsOf(s.Activity, ShownActivity.row))
}

func rowsOf[T any](all []T, of func(T) row) (rows []row) {
	for _, one := range all {
		rows = append(rows, of(one))
	}
	return rows
}

func (p ShownPhone) row() row {
	used := "never"
	if !p.Used.IsZero() {
		used = minute(p.Used)
	}
	return row{p.Name, minute(p.Paired), used}
}

func (p ShownProduct) row() row {
	shows := "shows"
	switch {
	case !p.Opened.IsZero():
		shows = "opened " + minute(p.Opened)
	case !p.Shows:
		shows = "not opened yet: " + string(p.Application)
	}
	return row{string(p.ID), p.Number, p.Name, joined(p.Holders), shows}
}

func (a ShownApplication) row() row {
	product := string(a.Product)
	if product == "" {
		product = "none, for an account"
	}
	return row{string(a.ID), product, a.Submitted, joined(a.Applicants)}
}

func (a ShownActivity) row() row {
	return row{a.At.Format("2006-01-02 15:04:05"), a.Terminal, a.Visit, a.Flow, a.Step, a.Outcome}
}

func joined(ids []store.CustomerID) string {
	all := make([]string, len(ids))
	for i, id := range ids {
		all[i] = string(id)
	}
	return strings.Join(all, ", ")
}
