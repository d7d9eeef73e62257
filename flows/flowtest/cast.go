package flowtest

import (
	"strings"
	"testing"
	"time"

	"loket/flows/dutch"
	"loket/store"
)

// A CastMember is a fictional customer. Each member is an example of one situation:
//
//	K01 De Wit      has no account, but a number for savings, applied for together with K02
//	K02 Jansen      is the partner of K01, with a number of her own; reads English
//	K03 Verloop     has no account; the activation number has expired
//	K04 Bruikers    has an account, made with a number that is used up
//	K05 Vos         has no account; the first number was replaced by a second one
//	K06 Hoeve       has an account, and a number for each of two further products
//	K07 Slaper      has an account that nobody has ever logged in to
//	K08 Post        has an account, but no e-mail address
//	K09, K10        Tweeling: are twins living in one house, with a policy each and joint savings
//	K11 Tijdelijk   has an account with a temporary password, and a number for a further product
//	K12 Bijna       has no account; the number expires ten minutes after the test began
//	K13 Dubbel      has no account, but a number for each of two products
//	K14 Aalbers     has no account, but a policy
//	K15 Brandsma    has no account and no e-mail address, but a policy
//	K16 Overvloed   has no account, but a number for an account alone and one for a product
//	K17 Verweg      has an account; lives in Belgium, and has papers without a day of birth
//	K18 Afgelegen   has no account; the address has no house number
//
// Activation numbers end in the two digits of their owner. A second number ends in 1 more.
type CastMember struct {
	store.Customer
	Username, Password string
	account            func(*store.Account) // account changes the customer's account; nil leaves the account unchanged.
}

func NewCustomer(id store.CustomerID, initials, surname, birth, postcode string, house int) store.Customer {
	return store.Customer{
		ID: id, Initials: initials, Surname: surname, BirthDate: birth,
		Street: "Dorpsstraat", HouseNumber: house, Postcode: postcode, City: "Utrecht",
		Email: "klant" + string(id[1:]) + "@example.org", Language: "nl",
	}
}

var CastMembers = []CastMember{
	{Customer: withPrefix("de", NewCustomer("K01", "N.", "Wit", "1988-02-29", "3511 AB", 12))},
	{Customer: withEnglish(NewCustomer("K02", "P.", "Jansen", "1987-11-03", "3511 AB", 12))},
	{Customer: NewCustomer("K03", "E.", "Verloop", "1961-04-09", "3512 AC", 3)},
	{Customer: NewCustomer("K04", "G.", "Bruikers", "1975-07-14", "3513 AD", 4), Username: "gbruikers", Password: "Al-gebruikt4"},
	{Customer: NewCustomer("K05", "R.", "Vos", "1990-12-31", "3514 AE", 5)},
	{Customer: NewCustomer("K06", "O.", "Hoeve", "1970-01-02", "3515 AG", 6), Username: "OHoeve", Password: "Eigen-huis12"},
	{
		Customer: NewCustomer("K07", "I.", "Slaper", "1955-05-05", "3516 AH", 7), Username: "islaper", Password: "Nooit-gezien7",
		account: func(a *store.Account) { a.HasLoggedIn = false },
	},
	{Customer: withoutEmail(NewCustomer("K08", "B.", "Post", "1940-10-10", "3517 AJ", 8)), Username: "bpost", Password: "Brieven-bus8"},
	{Customer: NewCustomer("K09", "T.", "Tweeling", "1999-09-09", "3518 AK", 9), Username: "ttweeling", Password: "Een-van-twee1"},
	{Customer: NewCustomer("K10", "W.", "Tweeling", "1999-09-09", "3518 AK", 9), Username: "wtweeling", Password: "Twee-van-twee2"},
	{
		Customer: NewCustomer("K11", "V.", "Tijdelijk", "1982-08-18", "3519 AL", 11), Username: "vtijdelijk", Password: "Vergeten-2026",
		account: func(a *store.Account) {
			a.Temporary = store.TemporaryPassword{Hash: FakeHash("BCDF-GHJK-LMNP"), Expires: StartTime.Add(24 * time.Hour)}
		},
	},
	{Customer: NewCustomer("K12", "A.", "Bijna", "1966-06-16", "3520 AM", 12)},
	{Customer: NewCustomer("K13", "D.", "Dubbel", "1993-03-13", "3521 AN", 13)},
	{Customer: NewCustomer("K14", "A.B.", "Aalbers", "1950-02-01", "3522 AP", 14)},
	{Customer: withoutEmail(NewCustomer("K15", "J.", "Brandsma", "1933-11-11", "3523 AR", 15))},
	{Customer: NewCustomer("K16", "F.", "Overvloed", "1985-05-25", "3524 AS", 16)},
	{Customer: withForeignAddress(NewCustomer("K17", "L.", "Verweg", "1950-00-00", "1000", 0)), Username: "lverweg", Password: "Ver-van-huis17"},
	{Customer: withoutEmail(NewCustomer("K18", "S.", "Afgelegen", "1944-04-00", "3525 AT", 0))},
}

func withPrefix(prefix string, c store.Customer) store.Customer { c.Prefix = prefix; return c }
func withEnglish(c store.Customer) store.Customer               { c.Language = "en"; return c }
func withForeignAddress(c store.Customer) store.Customer {
	c.Country, c.Lines, c.Street, c.City, c.Email = "BE", []string{"Wetstraat 16", "1000 Brussel"}, "", "", ""
	return c
}
func withoutEmail(c store.Customer) store.Customer { c.Email = ""; return c }

// CastPassword returns the password of a cast member.
func CastPassword(username string) string {
	for _, m := range CastMembers {
		if strings.EqualFold(m.Username, username) {
			return m.Password
		}
	}
	return ""
}

// castApplication is an application for a product, with the activation numbers of the applicants.
type castApplication struct {
	id      store.ApplicationID
	product store.Product
	Numbers []store.ActivationNumber
}

func newNumber(number string, owner store.CustomerID, facts ...func(*store.ActivationNumber)) store.ActivationNumber {
	n := store.ActivationNumber{Number: number, Customer: owner, Issued: StartTime.AddDate(0, -1, 0), Expires: StartTime.AddDate(0, 5, 0)}
	for _, fact := range facts {
		fact(&n)
	}
	return n
}

func withExpiry(at time.Time) func(*store.ActivationNumber) {
	return func(n *store.ActivationNumber) { n.Expires = at }
}
func markUsed(n *store.ActivationNumber)    { n.Used = StartTime.AddDate(0, 0, -7) }
func markRevoked(n *store.ActivationNumber) { n.Revoked = StartTime.AddDate(0, 0, -7) }

var CastApplications = []castApplication{
	{"A01", store.Product{ID: "P01", Kind: store.KindSavings, Name: "Internetsparen", Number: "NL22 NNBA 0123 4567 89"},
		[]store.ActivationNumber{newNumber("481600000001", "K01"), newNumber("481600000002", "K02")}},
	{"A03", store.Product{ID: "P03", Kind: store.KindSavings, Name: "Internetsparen", Number: "NL03 NNBA 0000 0000 03"},
		[]store.ActivationNumber{newNumber("481600000003", "K03", withExpiry(StartTime.AddDate(0, 0, -3)))}},
	{"A04", store.Product{ID: "P04", Kind: store.KindSavings, Name: "Internetsparen", Number: "NL04 NNBA 0000 0000 04"},
		[]store.ActivationNumber{newNumber("481600000004", "K04", markUsed)}},
	{"A05", store.Product{ID: "P05", Kind: store.KindSavings, Name: "Internetsparen", Number: "NL05 NNBA 0000 0000 05"},
		[]store.ActivationNumber{newNumber("481600000005", "K05", markRevoked), newNumber("481600000105", "K05")}},
	{"A06", store.Product{ID: "P06", Kind: store.KindMortgage, Name: "Woon Hypotheek", Number: "600000006"},
		[]store.ActivationNumber{newNumber("481600000006", "K06")}},
	{"A16", store.Product{ID: "P16", Kind: store.KindNonlife, Name: "Woonverzekering", Number: "88-1234567"},
		[]store.ActivationNumber{newNumber("481600000106", "K06")}},
	{"A11", store.Product{ID: "P11", Kind: store.KindPension, Name: "Pensioen", Number: "P.11.000"},
		[]store.ActivationNumber{newNumber("481600000011", "K11")}},
	{"A12", store.Product{ID: "P12", Kind: store.KindSavings, Name: "Internetsparen", Number: "NL12 NNBA 0000 0000 12"},
		[]store.ActivationNumber{newNumber("481600000012", "K12", withExpiry(StartTime.Add(10*time.Minute)))}},
	{"A13", store.Product{ID: "P13", Kind: store.KindSavings, Name: "Internetsparen", Number: "NL13 NNBA 0000 0000 13"},
		[]store.ActivationNumber{newNumber("481600000013", "K13")}},
	{"A17", store.Product{ID: "P18", Kind: store.KindSavings, Name: "Internetsparen", Number: "NL18 NNBA 0000 0000 18"},
		[]store.ActivationNumber{newNumber("481600000017", "K17")}},
	{"A23", store.Product{ID: "P23", Kind: store.KindInvestment, Name: "Beleggen", Number: "B-13-23"},
		[]store.ActivationNumber{newNumber("481600000113", "K13")}},
	{"ACCOUNT-K16", store.Product{}, []store.ActivationNumber{newNumber("481600000016", "K16")}},
	{"A16B", store.Product{ID: "P17", Kind: store.KindSavings, Name: "Internetsparen", Number: "NL17 NNBA 0000 0000 17"},
		[]store.ActivationNumber{newNumber("481600000116", "K16")}},
}

var CastProducts = []store.Product{
	{ID: "P61", Kind: store.KindSavings, Name: "Internetsparen", Number: "NL61 NNBA 0000 0000 61", Holders: []store.CustomerID{"K06"}},
	{ID: "P71", Kind: store.KindLife, Name: "Levensverzekering", Number: "L12.345.678", Holders: []store.CustomerID{"K07"}},
	{ID: "P81", Kind: store.KindLife, Name: "Levensverzekering", Number: "L81.000", Holders: []store.CustomerID{"K08"}},
	{ID: "P91", Kind: store.KindNonlife, Name: "Autoverzekering", Number: "AV-T-100", Holders: []store.CustomerID{"K09"}},
	{ID: "P92", Kind: store.KindNonlife, Name: "Autoverzekering", Number: "AV-W-200", Holders: []store.CustomerID{"K10"}},
	{ID: "P93", Kind: store.KindSavings, Name: "Internetsparen", Number: "NL93 NNBA 0000 0000 93", Holders: []store.CustomerID{"K09", "K10"}},
	{ID: "P94", Kind: store.KindNonlife, Name: "Reisverzekering", Number: "RV-14", Holders: []store.CustomerID{"K14"}},
	{ID: "P96", Kind: store.KindNonlife, Name: "Reisverzekering", Number: "RV-17", Holders: []store.CustomerID{"K17"}},
	{ID: "P95", Kind: store.KindNonlife, Name: "Uitvaartverzekering", Number: "UV-15", Holders: []store.CustomerID{"K15"}},
}

// PutCast puts all cast members and their records into the desk's store. It uses two transactions, because a single one would
// touch too many keys (R4).
func (d *Desk) PutCast(tb testing.TB) {
	tb.Helper()
	d.Update(tb, func(tx *store.Tx) {
		for _, m := range CastMembers {
			tx.PutCustomer(m.Customer)
			if m.Username != "" {
				tx.PutAccount(m.newAccount())
			}
		}
	})
	d.Update(tb, putProducts)
}

// putProducts puts the products and applications of the cast into the store.
func putProducts(tx *store.Tx) {
	for _, p := range CastProducts {
		PutProduct(tx, p)
		for _, id := range p.Holders {
			AddHolding(tx, id, store.Holding{Product: p.ID})
		}
	}
	for _, a := range CastApplications {
		latest := map[store.CustomerID]store.NumberID{}
		for _, n := range a.Numbers {
			a.product.Holders = append(a.product.Holders, n.Customer)
			n.Application = a.id
			latest[n.Customer] = tx.NumberID(n.Number)
			tx.PutNumber(n)
			if a.product.ID != "" {
				AddHolding(tx, n.Customer, store.Holding{Product: a.product.ID, Application: a.id, OpenedAt: n.Used})
			}
		}
		tx.PutApplication(store.Application{ID: a.id, Product: a.product.ID, Applicants: a.product.Holders, LatestNumbers: latest})
		if a.product.ID != "" {
			PutProduct(tx, a.product)
		}
	}
}

func (m CastMember) newAccount() store.Account {
	a := store.Account{Customer: m.ID, Username: m.Username, PasswordHash: FakeHash(m.Password), HasLoggedIn: true}
	if m.account != nil {
		m.account(&a)
	}
	return a
}

func PutProduct(tx *store.Tx, p store.Product) {
	lookup, _ := dutch.ParseProductNumber(p.Number)
	p.NormalisedNumber = string(lookup)
	tx.PutProduct(p)
}

func AddHolding(tx *store.Tx, id store.CustomerID, h store.Holding) {
	c, _ := tx.Customer(id)
	*c.AddHolding(h.Product) = h
	tx.PutCustomer(c)
}

// StartTime is the time at which every test begins: 4 January 2027, 10:15 in Amsterdam.
var StartTime = time.Date(2027, 1, 4, 9, 15, 0, 0, time.UTC)
