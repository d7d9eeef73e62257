// Package sample writes import files about fictional customers, of any size.
//
// It stands on the types of flows/transfer/lines, on flows/transfer/kinds for what
// there is of each kind of product, and on flows/transfer/fiction, which draws. Start
// at Write.
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

// Password opens every account of a sample that has one: hashing another
// for each would take longer than all the rest.
const (
	Password     = "Voorbeeld-2026"
	passwordHash = "$argon2id$v=19$m=19456,t=2,p=1$hqs8G6g0tTTB/NGCDH92Og$QfaCdVSyiemRb8HXwiJTnk7sgMzNzUEyToSmiLYkjiE"
)

// SampleDay is the day on which a sample is set, if nobody wants another: the
// same sample is the same file, whenever it is made.
var SampleDay = dutch.Date{Year: 2026, Month: time.November, Day: 22}

// Write writes an import file about as many fictional customers, the same for
// the same seed and day: households with products of every kind, accounts,
// applications, and activation numbers that work, have expired or were
// replaced. Nobody can be reached by what stands in it: the e-mail addresses
// are at example.org, no telephone number begins with 060, and no bank gives
// out an IBAN whose check digits are 00.
func Write(w io.Writer, customers int, seed uint64, today dutch.Date) error {
	s := newSampler(w, customers, seed, today)
	for s.customers < customers && s.err == nil {
		s.writeHousehold(min(customers-s.customers, s.PickWeighted(2, 1)+1))
	}
	return s.finish()
}

// writeHousehold writes one or two people at one address, with all that they have.
func (s *sampler) writeHousehold(size int) {
	people := s.newPeople(size)
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

// newPeople invents those who live together: partners, or now and then twins.
func (s *sampler) newPeople(size int) []lines.Customer {
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

// addContactFacts gives c a number and initials of their own, and the ways to reach them.
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
}

// pickHolders are both of them, or one.
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

// writeApplication writes a new product that its holders do not see yet.
func (s *sampler) writeApplication(applicants []string) {
	submitted := s.RandomPastDay(60)
	state := s.PickWeighted(6, 2, 1) // works, expired, replaced
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
		if state == 2 { // by the second one after it
			s.writeNumber(l.ID, c, submitted.AddDays(5))
			s.writeNumber(l.ID, c, submitted.AddDays(8))
		}
	}
}
