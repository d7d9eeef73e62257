// Package sample writes import files of any size about fictional customers.
//
// The package builds on flows/transfer/lines for the types of lines, flows/transfer/kinds for the kinds of products, and
// flows/transfer/fiction, which draws random values. Start at Write.
package sample

import (
	"fmt"
	"io"
	"time"

	"loket/flows/dutch"
	"loket/flows/transfer/fiction"
	"loket/flows/transfer/lines"
	"loket/store"
)

// Password is the password of every account in a sample. Hashing a different one for each account would take longer than
// everything else.
const (
	SamplePassword = "Voorbeeld-2026"
	passwordHash   = "$argon2id$v=19$m=19456,t=2,p=1$hqs8G6g0tTTB/NGCDH92Og$QfaCdVSyiemRb8HXwiJTnk7sgMzNzUEyToSmiLYkjiE"
)

// SampleDay is the default day on which a sample is set. Because the day is fixed, the same sample is the same file whenever
// it is written.
var SampleDay = dutch.Date{Year: 2026, Month: time.November, Day: 22}

// Write writes an import file about the given number of fictional customers: households with products of every kind, accounts,
// applications, and activation numbers that work, have expired or were replaced. The same seed and day give the same file.
// Nobody can be reached through it: the e-mail addresses are at example.org, telephone numbers begin with 060, which no real
// number does, and IBANs have the check digits 00, which no bank issues.
func Write(w io.Writer, customers int, seed uint64, today dutch.Date) error {
	s := newSampler(w, customers, seed, today)
	for s.customers < customers && s.err == nil {
		s.writeHousehold(min(customers-s.customers, s.PickWeighted(2, 1)+1))
	}
	return s.finishSample()
}

// writeHousehold writes one or two people at one address, with all their records.
func (s *sampler) writeHousehold(size int) {
	people := s.newHouseholdPeople(size)
	for _, c := range people {
		s.writeLine(c)
	}
	for range 1 + s.PickWeighted(4, 3, 2, 1) {
		s.writeProduct(fiction.PickOne(s.Source, store.ProductKinds), s.pickHolders(people))
	}
	for i, c := range people {
		if s.Chance(70) {
			s.writeAccount(c, s.customers-size+i+1)
		}
	}
	if s.Chance(20) {
		s.writeApplication(s.pickHolders(people))
	}
}

// newHouseholdPeople makes up the people of a household: partners, or now and then twins.
func (s *sampler) newHouseholdPeople(size int) []lines.Customer {
	first := lines.Customer{
		Type: lines.CustomerType, Street: fiction.PickOne(s.Source, fiction.Streets), HouseNumber: new(1 + s.IntN(180)), Language: "nl",
	}
	if s.Chance(15) {
		first.Addition = fiction.PickOne(s.Source, []string{"A", "B", "2", "bis", "hs"})
	}
	city := fiction.PickOne(s.Source, fiction.Cities)
	first.City = city.Name
	first.Postcode = fmt.Sprintf("%04d %c%c", city.Postcode+s.IntN(40), 'A'+rune(s.IntN(18)), 'A'+rune(s.IntN(26)))
	twins := s.Chance(2)
	var people []lines.Customer
	for i := range size {
		c := first
		if i == 0 || !twins {
			surname := fiction.PickOne(s.Source, fiction.Surnames)
			c.Prefix, c.Surname = surname.Prefix, surname.Name
			c.BirthDate = dutch.NewDate(1940+s.IntN(65), 1, 1+s.IntN(365)).String()
		} else {
			c.Prefix, c.Surname, c.BirthDate = people[0].Prefix, people[0].Surname, people[0].BirthDate
		}
		s.addContactFacts(&c)
		people = append(people, c)
	}
	return people
}

// addContactFacts sets the customer's ID, initials, e-mail address, telephone number, language and print.
func (s *sampler) addContactFacts(c *lines.Customer) {
	s.customers++
	c.ID = fmt.Sprintf("K%07d", 1_000_000+s.customers)
	for range 1 + s.PickWeighted(5, 3, 1) {
		c.Initials += string('A'+rune(s.IntN(23))) + "."
	}
	if s.Chance(85) {
		c.Email = fmt.Sprintf("klant%d@example.org", s.customers)
	}
	if s.Chance(90) {
		c.Phone = fmt.Sprintf("+3160%07d", s.IntN(10_000_000))
	}
	if s.Chance(6) {
		c.Language = "en"
	}
	if s.Chance(3) {
		c.LetterPrint = string(store.LargePrint)
	}
}

// pickHolders returns the IDs of all people of a household, or of one of them.
func (s *sampler) pickHolders(people []lines.Customer) (ids []string) {
	if s.Chance(50) {
		people = people[:1]
	}
	for _, c := range people {
		ids = append(ids, c.ID)
	}
	return ids
}

func (s *sampler) writeAccount(c lines.Customer, n int) {
	l := lines.Account{Type: lines.AccountType, Customer: c.ID, Username: fmt.Sprintf("klant.%06d", n)}
	if s.Chance(90) {
		l.PasswordHash, l.HasLoggedIn = passwordHash, s.Chance(90)
	}
	s.writeLine(l)
}

// writeApplication writes a new product that its holders cannot see yet, with its application.
func (s *sampler) writeApplication(applicants []string) {
	submitted := s.RandomPastDay(60)
	state := s.PickWeighted(6, 2, 1) // The states are: works, expired, replaced.
	if state == 1 {
		submitted = submitted.AddMonths(-9)
	}
	s.applications++
	l := lines.Application{
		Type: lines.ApplicationType, ID: fmt.Sprintf("A%07d", 3_000_000+s.applications),
		Product: s.writeProduct(fiction.PickOne(s.Source, store.ProductKinds), applicants), Applicants: applicants, Submitted: submitted.String(),
	}
	s.writeLine(l)
	for _, c := range applicants {
		s.writeNumber(l.ID, c, submitted.AddDays(1))
		if state == 2 { // The second number replaces the first.
			s.writeNumber(l.ID, c, submitted.AddDays(5))
			s.writeNumber(l.ID, c, submitted.AddDays(8))
		}
	}
}
