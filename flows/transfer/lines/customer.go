package lines

import (
	"cmp"

	"loket/flows/dutch"
	"loket/flows/text"
	"loket/flows/transfer/check"
	"loket/store"
)

// Customer is a person. Initials, prefix, addition, email, phone and language
// (then it is Dutch) may be left out. Facts are normalised as the desk does with
// what is typed.
type Customer struct {
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
	Own         *Own   `json:"own,omitempty"`
}

func (l Customer) toRecord(c *check.Fields) Record {
	r := store.Customer{
		ID:          store.CustomerID(c.ID("id", l.ID)),
		Initials:    check.OptionalParsed(c, "initials", l.Initials, dutch.ParseInitials, "letters, such as A.B."),
		Prefix:      c.OptionalText("prefix", l.Prefix, check.LongestName),
		Surname:     c.RequiredText("surname", l.Surname, check.LongestName),
		BirthDate:   c.BirthDate("birth_date", l.BirthDate),
		Street:      c.RequiredText("street", l.Street, check.LongestName),
		HouseNumber: c.HouseNumber("house_number", l.HouseNumber),
		Addition:    check.OptionalParsed(c, "addition", l.Addition, dutch.ParseAddition, "at most 30 letters and digits"),
		Postcode:    c.Postcode("postcode", l.Postcode),
		City:        c.RequiredText("city", l.City, check.LongestName),
		Email:       c.Email("email", l.Email),
		Phone:       c.Phone("phone", l.Phone),
		Language:    string(check.OneOf(c, "language", cmp.Or(l.Language, string(text.Dutch)), text.Dutch, text.English)),
	}
	r.Origin = r.Fingerprint()
	l.Own.toRecord(c, &r)
	return Record{RecordRef{CustomerType, string(r.ID)}, r.Origin, r}
}

// FromCustomer returns the line of a record, the other way around from its record method.
func FromCustomer(c store.Customer) Customer {
	c, own := separateOwn(c)
	return Customer{
		Type: CustomerType, ID: string(c.ID), Initials: c.Initials, Prefix: c.Prefix, Surname: c.Surname, BirthDate: c.BirthDate,
		Street: c.Street, HouseNumber: c.HouseNumber, Addition: c.Addition, Postcode: c.Postcode, City: c.City,
		Email: c.Email, Phone: c.Phone, Language: c.Language, Own: own,
	}
}
