package transfer

import (
	"cmp"
	"strconv"

	"loket/flows/dutch"
	"loket/flows/text"
	"loket/store"
)

// customerLine is a person. Initials, prefix, addition, email, phone and language
// (then it is Dutch) may be left out. Facts are normalised as the desk does with
// what is typed.
type customerLine struct {
	Type        string `json:"type"`
	ID          string `json:"id"`
	Initials    string `json:"initials,omitempty"`
	Prefix      string `json:"prefix,omitempty"`
	Surname     string `json:"surname"`
	BirthDate   string `json:"birth_date"`
	Street      string `json:"street"`
	HouseNumber int    `json:"house_number"`
	Addition    string `json:"addition,omitempty"`
	Postcode    string `json:"postcode"`
	City        string `json:"city"`
	Email       string `json:"email,omitempty"`
	Phone       string `json:"phone,omitempty"`
	Language    string `json:"language"`
}

func (l customerLine) record(c *checks) record {
	r := customer{store.Customer{
		ID:          store.CustomerID(c.id("id", l.ID)),
		Initials:    form(c, "initials", l.Initials, dutch.ParseInitials, "letters, such as A.B."),
		Prefix:      c.text("prefix", l.Prefix, longestName),
		Surname:     c.needed("surname", l.Surname, longestName),
		BirthDate:   c.birthDate("birth_date", l.BirthDate),
		Street:      c.needed("street", l.Street, longestName),
		HouseNumber: c.houseNumber("house_number", l.HouseNumber),
		Addition:    form(c, "addition", l.Addition, dutch.ParseAddition, "at most 8 letters and digits"),
		Postcode:    neededForm(c, "postcode", l.Postcode, dutch.ParsePostcode, "four digits and two letters, such as 3511 AB"),
		City:        c.needed("city", l.City, longestName),
		Email:       c.email("email", l.Email),
		Phone:       form(c, "phone", l.Phone, dutch.ParseTelephone, "a telephone number, such as +31612345678"),
		Language:    string(oneOf(c, "language", cmp.Or(l.Language, string(text.Dutch)), text.Dutch, text.English)),
	}}
	r.Origin = factsOfCustomer(r.Customer)
	return r
}

// factsOfCustomer is the fingerprint of what a line says of a customer.
func factsOfCustomer(c store.Customer) uint64 {
	c.Holdings, c.Origin = nil, 0
	return store.Fingerprint(c)
}

func (c *checks) houseNumber(field string, number int) int {
	if _, ok := dutch.ParseHouseNumber(strconv.Itoa(number)); !ok {
		c.wrong(field, "must be a number from 1 to 99999")
	}
	return number
}

type customer struct{ store.Customer }

func (c customer) about() ref     { return ref{customerType, string(c.ID)} }
func (c customer) origin() uint64 { return c.Origin }

func (c customer) apply(im *importer) change {
	old, was := im.tx.Customer(c.ID)
	if was && old.Origin == c.Origin {
		return unchanged
	}
	c.Holdings = old.Holdings
	im.tx.PutCustomer(c.Customer)
	return became(was, factsOfCustomer(old), c.Origin)
}
