package check

import (
	"errors"
	"strings"
	"time"
	"unicode"

	"loket/flows/desk"
	"loket/flows/dutch"
)

// Upper limits of amounts and rates: 100 billion euros, in cents, and 100 percent, in thousandths of a percent.
const (
	maxCents = 100_000_000_000_00
	maxRate  = 100_000
)

// ReadRequiredDate reads a date that must be present.
func (c *FieldReader) ReadRequiredDate(field, value string) (d dutch.Date) {
	value = c.ReadRequiredText(field, value, LongestText)
	if value == "" {
		return d
	}
	d, err := dutch.ParseDate(value)
	if err != nil {
		c.AddProblem(field, "must be a day of the calendar, such as 2026-11-22")
	}
	return d
}

// ReadRequiredDateText reads a date that must be present, and returns it as text.
func (c *FieldReader) ReadRequiredDateText(field, value string) string {
	c.ReadRequiredDate(field, value)
	return strings.TrimSpace(value)
}

// PastTime reads a time that must be present and must not be after today.
func (c *FieldReader) PastTime(field, value string) time.Time {
	if value = c.ReadRequiredText(field, value, LongestText); value == "" {
		return time.Time{}
	}
	at, err := time.Parse(time.RFC3339, value)
	switch {
	case err != nil:
		c.AddProblem(field, "must be a time, such as 2026-11-22T14:30:00Z")
	case c.Today.Before(dutch.DateOf(at)):
		c.AddProblem(field, "is in the future")
	}
	return at
}

// ReadOptionalDateText reads a date that may be missing, and returns it as text.
func (c *FieldReader) ReadOptionalDateText(field, value string) string {
	if value == "" {
		return ""
	}
	return c.ReadRequiredDateText(field, value)
}

// ReadPastDateText reads a date that may be missing and must not be in the future, and returns it as text.
func (c *FieldReader) ReadPastDateText(field, value string) string {
	if value == "" {
		return ""
	}
	if c.Today.Before(c.ReadRequiredDate(field, value)) {
		c.AddProblem(field, "is in the future")
	}
	return strings.TrimSpace(value)
}

// ReadBirthDate reads a birth date, and returns it as text. An unknown day or month is written as 00.
func (c *FieldReader) ReadBirthDate(field, value string) string {
	value = c.ReadRequiredText(field, value, LongestText)
	if value == "" {
		return ""
	}
	switch _, err := dutch.ParseImportedBirthDate(value, c.Today); {
	case err == nil, errors.Is(err, dutch.ErrUnknownBirthDate):
	case errors.Is(err, dutch.ErrFutureDate):
		c.AddProblem(field, "is in the future")
	case errors.Is(err, dutch.ErrTooOld):
		c.AddProblem(field, "is over 120 years ago")
	default:
		c.AddProblem(field, "must be a day of the calendar, such as 1961-04-09; what is not known of it is 00, such as 1950-00-00")
	}
	return value
}

// ReadSignedAmount reads an amount that may be negative, in cents.
func (c *FieldReader) ReadSignedAmount(field, value string) int64 {
	if value = c.ReadRequiredText(field, value, LongestText); value == "" {
		return 0
	}
	cents, ok := dutch.ParseCents(value)
	switch {
	case !ok:
		c.AddProblem(field, "must be an amount, such as 1234.56")
	case cents > maxCents || cents < -maxCents:
		c.AddProblem(field, "is more than anybody has")
	}
	return int64(cents)
}

// ReadAmount reads an amount that must not be negative, in cents.
func (c *FieldReader) ReadAmount(field, value string) int64 {
	cents := c.ReadSignedAmount(field, value)
	if cents < 0 {
		c.AddProblem(field, "must not be below zero")
	}
	return cents
}

// ReadOptionalAmount reads an amount in cents. A missing amount is 0.
func (c *FieldReader) ReadOptionalAmount(field, value string) int64 {
	if value == "" {
		return 0
	}
	return c.ReadAmount(field, value)
}

// ReadPercentage reads a percentage, in thousandths of a percent.
func (c *FieldReader) ReadPercentage(field, value string) int64 {
	if value = c.ReadRequiredText(field, value, LongestText); value == "" {
		return 0
	}
	rate, ok := dutch.ParseRate(value)
	if !ok || rate > maxRate || rate < -maxRate {
		c.AddProblem(field, "must be a percentage, such as 3.45")
	}
	return int64(rate)
}

// ReadEmail reads an e-mail address, which may be missing.
func (c *FieldReader) ReadEmail(field, value string) string {
	value = c.ReadOptionalText(field, value, LongestMail)
	if value == "" {
		return ""
	}
	address, wrong := desk.ParseEmail(value)
	switch {
	case strings.ContainsFunc(value, func(r rune) bool { return r > unicode.MaxASCII }):
		c.AddProblem(field, "must have no letters other than a to z: not every mail server can deliver to those")
	case wrong != nil:
		c.AddProblem(field, "must be one e-mail address, such as name@example.org")
	}
	return address
}

// ReadPostcode reads a postcode, which must be present.
func (c *FieldReader) ReadPostcode(field, value string) string {
	value = c.ReadRequiredText(field, value, LongestText)
	if value == "" {
		return ""
	}
	p, err := dutch.ParsePostcode(value)
	switch {
	case errors.Is(err, dutch.ErrNotAPostcode):
		c.AddProblem(field, "must be four digits and two letters, such as 3511 AB")
	case err != nil:
		c.AddProblem(field, "cannot be used: %v", err)
	}
	return string(p)
}

// ReadPhone reads the telephone number of a customer, which may be missing.
func (c *FieldReader) ReadPhone(field, value string) string {
	phone := dutch.Telephone(ReadOptionalParsed(c, field, value, dutch.ParseTelephone, "a telephone number, such as +31612345678"))
	if !phone.IsPersonal() {
		c.AddProblem(field, "must be of a telephone of their own, not of a service such as 0800 or 0900")
	}
	return string(phone)
}

// ReadHouseNumber reads a house number, which must be present. The number 0 means that the address has none.
func (c *FieldReader) ReadHouseNumber(field string, number *int) int {
	if number == nil {
		c.AddProblem(field, "is missing; it is 0 if the address has none")
		return 0
	}
	if !dutch.IsHouseNumber(*number) && *number != 0 {
		c.AddProblem(field, "must be a number from 1 to 99999, or 0 if the address has none")
	}
	return *number
}
