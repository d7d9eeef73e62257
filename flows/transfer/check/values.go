package check

import (
	"errors"
	"strconv"
	"strings"
	"unicode"

	"loket/flows/desk"
	"loket/flows/dutch"
)

// mostCents is a hundred billion euros, and mostRate a hundred percent.
const (
	mostCents = 100_000_000_000_00
	mostRate  = 100_000
)

// Date reads a date that must be there.
func (c *Fields) Date(field, value string) (d dutch.Date) {
	value = c.Needed(field, value, LongestText)
	if value == "" {
		return d
	}
	d, err := dutch.ParseDate(value)
	if err != nil {
		c.Wrong(field, "must be a day of the calendar, such as 2026-11-22")
	}
	return d
}

// Day reads a date that must be there, for which its text will do.
func (c *Fields) Day(field, value string) string {
	c.Date(field, value)
	return strings.TrimSpace(value)
}

// DayIfAny reads a date that may be left out.
func (c *Fields) DayIfAny(field, value string) string {
	if value == "" {
		return ""
	}
	return c.Day(field, value)
}

// BirthDate reads a date that the desk takes for one.
func (c *Fields) BirthDate(field, value string) string {
	d := c.Date(field, value)
	switch {
	case d.IsZero():
	case c.Today.Before(d):
		c.Wrong(field, "is in the future")
	case d.Before(c.Today.AddMonths(-dutch.OldestAge * 12)):
		c.Wrong(field, "is over 120 years ago")
	}
	return strings.TrimSpace(value)
}

// Signed reads an amount that may be below zero, in cents.
func (c *Fields) Signed(field, value string) int64 {
	if value = c.Needed(field, value, LongestText); value == "" {
		return 0
	}
	cents, ok := dutch.ParseCents(value)
	switch {
	case !ok:
		c.Wrong(field, "must be an amount, such as 1234.56")
	case cents > mostCents || cents < -mostCents:
		c.Wrong(field, "is more than anybody has")
	}
	return int64(cents)
}

// Amount reads an amount that is not below zero, in cents.
func (c *Fields) Amount(field, value string) int64 {
	cents := c.Signed(field, value)
	if cents < 0 {
		c.Wrong(field, "must not be below zero")
	}
	return cents
}

// AmountIfAny reads an amount that may be left out, which is zero then.
func (c *Fields) AmountIfAny(field, value string) int64 {
	if value == "" {
		return 0
	}
	return c.Amount(field, value)
}

// Rate reads a percentage, in thousandths of a percent.
func (c *Fields) Rate(field, value string) int64 {
	if value = c.Needed(field, value, LongestText); value == "" {
		return 0
	}
	rate, ok := dutch.ParseRate(value)
	if !ok || rate > mostRate || rate < -mostRate {
		c.Wrong(field, "must be a percentage, such as 3.45")
	}
	return int64(rate)
}

// Email reads one e-mail address, if any.
func (c *Fields) Email(field, value string) string {
	value = c.Text(field, value, LongestMail)
	if value == "" {
		return ""
	}
	address, wrong := desk.ParseEmail(value)
	switch {
	case strings.ContainsFunc(value, func(r rune) bool { return r > unicode.MaxASCII }):
		c.Wrong(field, "must have no letters other than a to z: not every mail server can deliver to those")
	case wrong != nil:
		c.Wrong(field, "must be one e-mail address, such as name@example.org")
	}
	return address
}

// Postcode reads a postcode that must be there.
func (c *Fields) Postcode(field, value string) string {
	value = c.Needed(field, value, LongestText)
	if value == "" {
		return ""
	}
	p, err := dutch.ParsePostcode(value)
	switch {
	case errors.Is(err, dutch.ErrNotAPostcode):
		c.Wrong(field, "must be four digits and two letters, such as 3511 AB")
	case err != nil:
		c.Wrong(field, "cannot be used: %v", err)
	}
	return string(p)
}

// Phone reads the telephone number of a customer, if any.
func (c *Fields) Phone(field, value string) string {
	phone := dutch.Telephone(Form(c, field, value, dutch.ParseTelephone, "a telephone number, such as +31612345678"))
	if !phone.IsPersonal() {
		c.Wrong(field, "must be of a telephone of their own, not of a service such as 0800 or 0900")
	}
	return string(phone)
}

func (c *Fields) HouseNumber(field string, number int) int {
	if _, ok := dutch.ParseHouseNumber(strconv.Itoa(number)); !ok {
		c.Wrong(field, "must be a number from 1 to 99999")
	}
	return number
}
