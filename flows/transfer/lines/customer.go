package lines

import (
	"cmp"

	"loket/flows/dutch"
	"loket/flows/text"
	"loket/flows/transfer/check"
	"loket/store"
)

// Customer is a line about a person. Initials, prefix, addition, email, phone, language and letter_print may be left out; without
// a language it is Dutch. Values are normalised like the values that visitors type. An address abroad consists of country and address,
// and a Dutch address of the other address fields.
type Customer struct {
	Type        string     `json:"type"`
	ID          string     `json:"id"`
	Initials    string     `json:"initials,omitempty"`
	Prefix      string     `json:"prefix,omitempty"`
	Surname     string     `json:"surname"`
	BirthDate   string     `json:"birth_date"`
	Street      string     `json:"street,omitempty"`
	Designation string     `json:"designation,omitempty"`  // Designation is "to" or "by".
	HouseNumber *int       `json:"house_number,omitempty"` // HouseNumber is 0 if the address has none.
	Addition    string     `json:"addition,omitempty"`
	Postcode    string     `json:"postcode,omitempty"`
	City        string     `json:"city,omitempty"`
	Country     string     `json:"country,omitempty"` // Country is an ISO 3166-1 alpha-2 code; empty means NL.
	Address     []string   `json:"address,omitempty"` // Address is for addresses abroad: the lines between name and country.
	Email       string     `json:"email,omitempty"`
	Phone       string     `json:"phone,omitempty"`
	Language    string     `json:"language"`
	LetterPrint string     `json:"letter_print,omitempty"` // LetterPrint is "large" for customers who want letters in large print.
	Status      string     `json:"status,omitempty"`       // Status is "deceased" or "blocked".
	Own         *OwnValues `json:"own,omitempty"`
}

// activeStatus is the status of a customer who is neither deceased nor blocked.
const activeStatus = "active"

func (l Customer) toRecord(c *check.FieldReader) LineRecord {
	r := store.Customer{
		ID:        store.CustomerID(c.ReadID("id", l.ID)),
		Initials:  check.ReadOptionalParsed(c, "initials", l.Initials, dutch.ParseInitials, "letters, such as A.B."),
		Prefix:    c.ReadOptionalText("prefix", l.Prefix, check.LongestName),
		Surname:   c.ReadRequiredText("surname", l.Surname, check.LongestName),
		BirthDate: c.ReadBirthDate("birth_date", l.BirthDate),
		Country:   check.ReadOptionalParsed(c, "country", l.Country, dutch.ParseCountry, "a country of ISO 3166 in two letters, such as BE"),
		Email:     c.ReadEmail("email", l.Email),
		Phone:     c.ReadPhone("phone", l.Phone),
		Language:  string(check.ReadListedWord(c, "language", cmp.Or(l.Language, string(text.Dutch)), text.Dutch, text.English)),

		LetterPrint: readLetterPrint(c, l.LetterPrint),
		Status:      store.CustomerStatus(readUnusualWord(c, "status", l.Status, activeStatus, string(store.CustomerDeceased), string(store.CustomerBlocked))),
	}
	switch _, ok := dutch.ParseCountry(l.Country); {
	case r.Country == "":
		l.readAddress(c, &r)
	case ok:
		l.readForeignAddress(c, &r)
	}
	r.Origin = r.LineFingerprint()
	r.LineHash = c.LineHash ^ r.Origin
	l.Own.toRecord(c, &r)
	return LineRecord{RecordRef{CustomerType, string(r.ID)}, r.Origin, r}
}

// normalPrint is the word for the print that letters have unless the customer wants another.
const normalPrint = "normal"

// readLetterPrint reads a word for the print in letters.
func readLetterPrint(c *check.FieldReader, value string) store.LetterPrint {
	return store.LetterPrint(readUnusualWord(c, "letter_print", value, normalPrint, string(store.LargePrint)))
}

// readUnusualWord reads a word that may be missing. The first of the words is the usual one: it is read as "", and so is a missing word.
func readUnusualWord(c *check.FieldReader, field, value string, words ...string) string {
	if value == "" {
		return ""
	}
	word := check.ReadListedWord(c, field, value, words...)
	if word == words[0] {
		return ""
	}
	return word
}

// readAddress reads an address in the Netherlands.
func (l Customer) readAddress(c *check.FieldReader, r *store.Customer) {
	r.Street = c.ReadRequiredText("street", l.Street, check.LongestName)
	if l.Designation != "" {
		r.Designation = check.ReadListedWord(c, "designation", l.Designation, store.DesignationOpposite, store.DesignationBeside)
	}
	r.HouseNumber = c.ReadHouseNumber("house_number", l.HouseNumber)
	r.Addition = check.ReadOptionalParsed(c, "addition", l.Addition, dutch.ParseAddition, "at most 30 letters and digits")
	if l.HouseNumber != nil && r.HouseNumber == 0 && r.Addition+string(r.Designation) != "" {
		c.AddProblem("house_number", "is 0, and there is an addition or a designation")
	}
	r.Postcode = c.ReadPostcode("postcode", l.Postcode)
	r.City = c.ReadRequiredText("city", l.City, check.LongestName)
	if l.Address != nil {
		c.AddProblem("address", "is for an address abroad: country is missing, or NL")
	}
}

// maxAddressLines is the maximum number of lines of an address abroad, and maxAddressLineLength the maximum length of a line. More does not
// fit in the window of an envelope.
const (
	maxAddressLines      = 5
	maxAddressLineLength = 60
)

// readForeignAddress reads an address in another country, in that country's own form. In a country without postcodes, the
// place in the last line serves as the postcode.
func (l Customer) readForeignAddress(c *check.FieldReader, r *store.Customer) {
	for _, f := range []struct{ name, value string }{
		{"street", l.Street}, {"designation", l.Designation}, {"addition", l.Addition}, {"city", l.City},
	} {
		if f.value != "" {
			c.AddProblem(f.name, "is for an address in the Netherlands")
		}
	}
	if l.HouseNumber != nil {
		c.AddProblem("house_number", "is for an address in the Netherlands")
	}
	if len(l.Address) == 0 {
		c.AddProblem("address", "is missing: the lines between name and country")
		return
	}
	check.ReadItems(c, "address", l.Address, maxAddressLines, func(line string) {
		r.Lines = append(r.Lines, c.ReadRequiredText("", line, maxAddressLineLength))
	})
	if len(r.Lines) == 0 {
		return
	}
	r.Postcode = check.ReadRequiredParsed(c, "postcode", cmp.Or(l.Postcode, r.Lines[len(r.Lines)-1]), dutch.ParseForeignPostcode, "letters and digits")
}

// NewCustomerLine returns the line for a customer in the store.
func NewCustomerLine(c store.Customer) Customer {
	c, own := separateOwnValues(c)
	l := Customer{
		Type: CustomerType, ID: string(c.ID), Initials: c.Initials, Prefix: c.Prefix, Surname: c.Surname, BirthDate: c.BirthDate,
		Country: c.Country, Address: c.Lines, Designation: string(c.Designation), Street: c.Street, Addition: c.Addition, Postcode: c.Postcode, City: c.City,
		Email: c.Email, Phone: c.Phone, Language: c.Language, LetterPrint: string(c.LetterPrint), Status: string(c.Status), Own: own,
	}
	if c.Country == "" {
		l.HouseNumber = &c.HouseNumber
	}
	return l
}
