package customer

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"loket/store"
	"loket/ui/command/console"
	"loket/ui/command/listing"
)

// writeText shows the customer as text.
func (s ShownCustomer) writeText(c *console.Console) {
	row := func(name, value string) {
		if value == "" {
			value = "-"
		}
		c.PrintResult("%-12s %s\n", name, value)
	}
	row("customer", string(s.ID))
	row("name", s.Name)
	row("born", s.BirthDate)
	row("address", s.Street+", "+s.Place)
	row("e-mail", s.Email)
	row("telephone", s.Phone)
	row("language", s.Language)
	row("letters", cmp.Or(string(s.LetterPrint), "normal")+" print")
	row("status", s.statusText())
	for _, line := range s.Account.factRows() {
		row(line[0], line[1])
	}
	s.writeTables(c)
}

// statusText describes the status of the customer. If the customer was removed or blocked, it says by whom and when.
func (s ShownCustomer) statusText() string {
	says := s.Status
	if !s.Ended.IsZero() {
		says += ", by the bank on " + console.FormatToMinute(s.Ended)
	}
	switch by := "blocked by the service desk on " + console.FormatToMinute(s.Blocked); {
	case s.Blocked.IsZero():
	case s.Status == string(store.CustomerBlocked):
		says = by
	default:
		says += ", and " + by
	}
	return says
}

// factRows returns the account as pairs of a name and a value. The account may be nil.
func (a *ShownAccount) factRows() [][2]string {
	if a == nil {
		return [][2]string{{"account", "none"}}
	}
	used := "nobody has logged in to it yet"
	if a.Used {
		used = "in use"
	}
	password := map[passwordState]string{
		passwordSet:      "set",
		passwordNone:     "none: only a temporary one lets its owner in",
		passwordDisabled: "off after too many wrong ones, until a new one is chosen, or: loket customer unlock",
	}[a.Password]
	lines := [][2]string{{"account", used}, {"username", a.Username}, {"password", password}}
	if !a.TemporaryUntil.IsZero() {
		lines = append(lines, [2]string{"temporary", "a temporary password works until " + console.FormatToMinute(a.TemporaryUntil)})
	}
	if a.NewEmail != "" {
		lines = append(lines, [2]string{"new e-mail", a.NewEmail + ", to be confirmed until " + console.FormatToMinute(a.NewEmailUntil)})
	}
	return append(lines,
		[2]string{"throttle", throttleText("wrong password", a.WrongPasswords, a.PasswordBlockedUntil)},
		[2]string{"", throttleText("wrong code", a.WrongCodes, a.CodeBlockedUntil)},
		[2]string{"", throttleText("wrong phone answer", a.WrongPhoneAnswers, a.PhoneBlockedUntil)})
}

// throttleText describes the wrong attempts that the throttle has counted, and until when it blocks further attempts.
func throttleText(what string, wrong int, waits time.Time) string {
	says := console.CountText(wrong, what) + " in a row"
	if !waits.IsZero() {
		says += ", and no answer is looked at until " + console.FormatToSecond(waits)
	}
	return says
}

func (s ShownCustomer) writeTables(c *console.Console) {
	part := func(heading []string, rows []console.Row) {
		if len(rows) > 0 {
			c.PrintResult("\n")
			c.PrintTable(heading, rows)
		}
	}
	if s.Account != nil {
		part([]string{"PHONE", "PAIRED", "LAST USED"}, tableRows(s.Account.Phones, ShownPhone.row))
	}
	part([]string{"PRODUCT", "NUMBER", "NAME", "HOLDERS", "IN MIJN.NN"}, tableRows(s.Products, ShownProduct.row))
	part([]string{"APPLICATION", "PRODUCT", "SUBMITTED", "APPLICANTS"}, tableRows(s.Applications, ShownApplication.row))
	part([]string{"ACTIVATION NUMBER", "APPLICATION", "ISSUED", "LAST DAY", "STATE"}, tableRows(s.Numbers, func(l listing.ListedActivationNumber) console.Row {
		return slices.Delete(l.Row(), 1, 2) // Remove the column of the customer, who is the same in every row.
	}))
	part([]string{"MESSAGE", "CHANNEL", "TEMPLATE", "WRITTEN", "STATE", "TRIES", "NEXT TRY", "TROUBLE"}, tableRows(s.Messages, func(m listing.ListedMessage) console.Row {
		return slices.Delete(m.Row(), 3, 4)
	}))
	part([]string{"LATELY", "TERMINAL", "VISIT", "FLOW", "STEP", "OUTCOME"}, tableRows(s.Activity, ShownActivity.row))
}

func tableRows[T any](all []T, of func(T) console.Row) (rows []console.Row) {
	for _, one := range all {
		rows = append(rows, of(one))
	}
	return rows
}

func (p ShownPhone) row() console.Row {
	used := "never"
	if !p.Used.IsZero() {
		used = console.FormatToMinute(p.Used)
	}
	return console.Row{p.Name, console.FormatToMinute(p.Paired), used}
}

func (p ShownProduct) row() console.Row {
	shows := "shows"
	switch {
	case !p.Opened.IsZero():
		shows = "opened " + console.FormatToMinute(p.Opened)
	case !p.IsVisible && p.Application == "":
		shows = "does not show"
	case !p.IsVisible:
		shows = "not opened yet: " + string(p.Application)
	}
	if p.Closed != "" {
		shows += ", closed on " + p.Closed
	}
	return console.Row{string(p.ID), p.Number, p.Name, joinIDs(p.Holders), shows}
}

func (a ShownApplication) row() console.Row {
	product := string(a.Product)
	if product == "" {
		product = "none, for an account"
	}
	submitted := a.Submitted
	if !a.Withdrawn.IsZero() {
		submitted += ", withdrawn " + console.FormatToMinute(a.Withdrawn)
	}
	return console.Row{string(a.ID), product, submitted, joinIDs(a.Applicants)}
}

func (a ShownActivity) row() console.Row {
	return console.Row{console.FormatToSecond(a.At), a.Terminal, a.Visit, a.Flow, a.Step, a.Outcome}
}

func joinIDs(ids []store.CustomerID) string {
	all := make([]string, len(ids))
	for i, id := range ids {
		all[i] = string(id)
	}
	return strings.Join(all, ", ")
}
