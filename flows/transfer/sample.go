package transfer

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"time"

	"loket/flows/dutch"
	"loket/store"
)

// SamplePassword opens every account of a sample that has one: hashing another
// for each would take longer than all the rest.
const (
	SamplePassword = "Voorbeeld-2026"
	sampleHash     = "$argon2id$v=19$m=19456,t=2,p=1$hqs8G6g0tTTB/NGCDH92Og$QfaCdVSyiemRb8HXwiJTnk7sgMzNzUEyToSmiLYkjiE"
)

// SampleDay is the day on which a sample is set, if nobody wants another: the
// same sample is the same file, whenever it is made.
var SampleDay = dutch.Date{Year: 2026, Month: time.November, Day: 22}

// Sample writes an import file about as many fictional customers, the same for
// the same seed and day: households with products of every kind, accounts,
// applications, and activation numbers that work, have expired or were
// replaced. Nobody can be reached by what stands in it: the e-mail addresses
// are at example.org, no telephone number begins with 060, and no bank gives
// out an IBAN whose check digits are 00.
func Sample(w io.Writer, customers int, seed uint64, today dutch.Date) error {
	s := newSampler(w, customers, seed, today)
	for s.customers < customers && s.err == nil {
		s.household(min(customers-s.customers, s.pick(2, 1)+1))
	}
	return s.done()
}

type sampler struct {
	random *rand.Rand
	today  dutch.Date
	out    *bufio.Writer
	json   *json.Encoder
	err    error

	customers, products, applications int   // so far
	digits                            int64 // of the latest activation number
}

func newSampler(w io.Writer, customers int, seed uint64, today dutch.Date) *sampler {
	s := &sampler{
		random: rand.New(rand.NewPCG(seed, uint64(customers))), today: today,
		out: bufio.NewWriterSize(w, 1<<16), digits: int64(seed % digitsEnd),
	}
	s.json = json.NewEncoder(s.out)
	s.json.SetEscapeHTML(false)
	return s
}

// done writes what is still in memory, and returns the first error.
func (s *sampler) done() error {
	if s.err == nil {
		s.err = s.out.Flush()
	}
	return s.err
}

func (s *sampler) line(l any) {
	if s.err == nil {
		s.err = s.json.Encode(l)
	}
}

// chance is true in so many cases of a hundred.
func (s *sampler) chance(percent int) bool { return s.random.IntN(100) < percent }

// pick is the index of one of the weights, by weight.
func (s *sampler) pick(weights ...int) int {
	all := 0
	for _, w := range weights {
		all += w
	}
	n := s.random.IntN(all)
	for i, w := range weights {
		if n -= w; n < 0 {
			return i
		}
	}
	return 0
}

func one[T any](s *sampler, of []T) T { return of[s.random.IntN(len(of))] }

// ago is a day at most so many days before today.
func (s *sampler) ago(days int) dutch.Date { return s.today.AddDays(-s.random.IntN(days)) }

// euros is an amount from one to another.
func (s *sampler) euros(from, to int64) dutch.Cents {
	return dutch.Cents(from*100 + s.random.Int64N((to-from)*100))
}

// household writes one or two people at one address, with all that they have.
func (s *sampler) household(size int) {
	people := s.people(size)
	for _, c := range people {
		s.line(c)
	}
	for range 1 + s.pick(4, 3, 2, 1) {
		s.product(one(s, store.ProductKinds), s.holders(people))
	}
	for i, c := range people {
		if s.chance(70) {
			s.account(c, s.customers-size+i+1)
		}
	}
	if s.chance(20) {
		s.application(s.holders(people))
	}
}

// people invents those who live together: partners, or now and then twins.
func (s *sampler) people(size int) []customerLine {
	first := customerLine{
		Type: customerType, Street: one(s, sampleStreets), HouseNumber: 1 + s.random.IntN(180), Language: "nl",
	}
	if s.chance(15) {
		first.Addition = one(s, []string{"A", "B", "2", "bis", "hs"})
	}
	city := one(s, sampleCities)
	first.City = city.name
	first.Postcode = fmt.Sprintf("%04d %c%c", city.postcode+s.random.IntN(40), 'A'+rune(s.random.IntN(18)), 'A'+rune(s.random.IntN(26)))
	twins := s.chance(2)
	var people []customerLine
	for i := range size {
		c := first
		if i == 0 || !twins {
			surname := one(s, sampleSurnames)
			c.Prefix, c.Surname = surname.prefix, surname.name
			c.BirthDate = dutch.NewDate(1940+s.random.IntN(65), 1, 1+s.random.IntN(365)).String()
		} else {
			c.Prefix, c.Surname, c.BirthDate = people[0].Prefix, people[0].Surname, people[0].BirthDate
		}
		s.reachable(&c)
		people = append(people, c)
	}
	return people
}

// reachable gives c a number and initials of their own, and the ways to reach them.
func (s *sampler) reachable(c *customerLine) {
	s.customers++
	c.ID = fmt.Sprintf("K%07d", 1_000_000+s.customers)
	for range 1 + s.pick(5, 3, 1) {
		c.Initials += string('A'+rune(s.random.IntN(23))) + "."
	}
	if s.chance(85) {
		c.Email = fmt.Sprintf("klant%d@example.org", s.customers)
	}
	if s.chance(90) {
		c.Phone = fmt.Sprintf("+3160%07d", s.random.IntN(10_000_000))
	}
	if s.chance(6) {
		c.Language = "en"
	}
}

// holders are both of them, or one.
func (s *sampler) holders(people []customerLine) (ids []string) {
	if s.chance(50) {
		people = people[:1]
	}
	for _, c := range people {
		ids = append(ids, c.ID)
	}
	return ids
}

func (s *sampler) account(c customerLine, n int) {
	l := accountLine{Type: accountType, Customer: c.ID, Username: fmt.Sprintf("klant.%06d", n)}
	if s.chance(90) {
		l.PasswordHash, l.Used = sampleHash, s.chance(90)
	}
	s.line(l)
}

// application writes a new product that its holders do not see yet.
func (s *sampler) application(applicants []string) {
	submitted := s.ago(60)
	state := s.pick(6, 2, 1) // works, expired, replaced
	if state == 1 {
		submitted = submitted.AddMonths(-9)
	}
	s.applications++
	l := applicationLine{
		Type: applicationType, ID: fmt.Sprintf("A%07d", 3_000_000+s.applications),
		Product: s.product(one(s, store.ProductKinds), applicants), Applicants: applicants, Submitted: submitted.String(),
	}
	s.line(l)
	for _, c := range applicants {
		s.number(l.ID, c, submitted.AddDays(1))
		if state == 2 {
			s.number(l.ID, c, submitted.AddDays(8))
		}
	}
}

// Activation numbers follow each other in steps that have no factor in common
// with how many there are, so that none comes twice.
const (
	digitsEnd  = 1_000_000_000_000
	digitsStep = 618_033_988_749
)

func (s *sampler) number(application, customer string, issued dutch.Date) {
	s.digits = (s.digits + digitsStep) % digitsEnd
	s.line(numberLine{
		Type: numberType, Application: application, Customer: customer,
		Number: fmt.Sprintf("%012d", s.digits), Issued: issued.String(), Expires: issued.AddMonths(6).String(),
	})
}
