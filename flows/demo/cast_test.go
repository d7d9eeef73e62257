package demo

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"loket/flows"
	"loket/flows/desk"
	"loket/flows/dutch"
	"loket/flows/passkey/passkeytest"
	"loket/flows/phone"
	"loket/flows/place"
	"loket/flows/text"
	"loket/store"
)

// TestCast makes each person do the things that the description on their card mentions.
func TestCast(t *testing.T) {
	shows := map[string]func(*testing.T, *Sandbox){
		"Sanne Hoekstra": func(t *testing.T, s *Sandbox) {
			products := activate(t, s, "Sanne Hoekstra").products()
			if len(products) != 1 || !slices.Equal(products[0].OtherHolders, []string{"B. Amrani"}) {
				t.Errorf("sees %+v, want one product together with B. Amrani", products)
			}
		},
		"Bilal Amrani": func(t *testing.T, s *Sandbox) {
			activate(t, s, "Sanne Hoekstra")
			products := activate(t, s, "Bilal Amrani").products()
			if len(products) != 1 || !slices.Equal(products[0].OtherHolders, []string{"S. Hoekstra"}) {
				t.Errorf("sees %+v, want one product together with S. Hoekstra", products)
			}
		},
		"Truus van den Heuvel": func(t *testing.T, s *Sandbox) {
			w := s.as(t, "Truus van den Heuvel").goes(place.Activate).answers(nil).at("number expired")
			w.goes(place.RequestNumber).answers(nil).at("on its way")
			w.goes(place.Activate).answers(map[string]string{"number": inFours.FindString(mailOf(t, s)[0].Body.NL)}).at("choose credentials")
		},
		"Wim Blaauw": func(t *testing.T, s *Sandbox) {
			w := s.as(t, "Wim Blaauw")
			earlier := map[string]string{"number": w.fact(text.Text{NL: "Eerder nummer", EN: "Earlier number"})}
			w.goes(place.Activate).answers(earlier).at("number replaced")
			activate(t, s, "Wim Blaauw")
		},
		"Jayden Pinas": func(t *testing.T, s *Sandbox) {
			w := s.as(t, "Jayden Pinas").goes(place.Activate).answers(nil).at("number used before")
			if w.goes(place.LogIn).answers(nil).at("logged in"); len(w.products()) != 1 {
				t.Errorf("sees %d products, want the one of that number", len(w.products()))
			}
		},
		"Marijke van der Zwan": func(t *testing.T, s *Sandbox) {
			products := s.as(t, "Marijke van der Zwan").goes(place.LogIn).answers(nil).at("logged in").products()
			wantOneOfEach(t, products)
		},
		"Dirk Oosterling": func(t *testing.T, s *Sandbox) {
			s.as(t, "Dirk Oosterling").goes(place.ForgottenUsername).answers(nil).at("on its way")
			if mail := mailOf(t, s)[0]; mail.Channel != store.ByLetter || mail.Print != store.LargePrint {
				t.Errorf("his username comes by %s in print %q, want a letter in large print", mail.Channel, mail.Print)
			}
		},
		"Fatma Yildirim": func(t *testing.T, s *Sandbox) {
			s.as(t, "Fatma Yildirim").goes(place.ForgottenPassword).answers(nil).at("on its way")
			if mail := mailOf(t, s)[0]; mail.Channel != store.ByLetter {
				t.Errorf("her temporary password comes by %s, want a letter", mail.Channel)
			}
		},
		"Anouk Tan": func(t *testing.T, s *Sandbox) {
			w := s.as(t, "Anouk Tan").goes(place.LogIn).answers(nil).at("logged in")
			before := len(w.products())
			w.goes(place.AddProduct).answers(nil).at("product added")
			if before != 1 || len(w.products()) != 2 {
				t.Errorf("sees %d products before and %d after, want 1 and 2", before, len(w.products()))
			}
		},
		"Thijs Wiersma": func(t *testing.T, s *Sandbox) {
			w := s.as(t, "Thijs Wiersma").goes(place.LogIn).answers(nil).at("logged in")
			number := w.fact(text.Text{NL: "Productnummer", EN: "Product number"})
			if held := w.products()[0]; held.Mortgage == nil || !digitsOnly.MatchString(number) {
				t.Errorf("has a %s with number %s, want a mortgage with a loan number", held.Kind, number)
			}
		},
		"Gerda Postma": func(t *testing.T, s *Sandbox) {
			w := s.as(t, "Gerda Postma").goes(place.RequestAccount).answers(nil).at("on its way")
			number := inFours.FindString(mailOf(t, s)[0].Body.NL)
			w.goes(place.Activate).answers(map[string]string{"number": number}).at("choose credentials").
				answers(map[string]string{"username": "gerdapostma", "new": "Turf-en-veen17", "again": "Turf-en-veen17"}).at("account activated")
			if held := w.products(); len(held) != 1 {
				t.Errorf("sees %d products, want one", len(held))
			}
		},
		"Priya Raman": func(t *testing.T, s *Sandbox) {
			s.as(t, "Priya Raman").goes(place.ForgottenPassword).answers(nil).at("on its way")
			if mail := mailOf(t, s)[0]; mail.Language != text.English || mail.Channel != store.ByEmail {
				t.Errorf("gets her temporary password by %s in %q", mail.Channel, mail.Language)
			}
		},
		"Noor Visscher": func(t *testing.T, s *Sandbox) {
			app, err := desk.NewPhoneApp("http://localhost:8023")
			if err != nil {
				t.Fatal(err)
			}
			s.App = app
			device := passkeytest.New()
			w := s.as(t, "Noor Visscher").goes(place.LogIn).answers(nil).at("logged in")
			password := w.fact(text.Text{NL: "Wachtwoord", EN: "Password"})
			w.goes(place.PairPhone).answers(map[string]string{"password": password}).at("await phone")
			shown := w.onPhone(device, "").at(phone.StateRegistered).Step().PhoneAccess().MatchNumber
			w.answers(nil).at("ask number").answers(map[string]string{"shown": shown, "phone name": ""}).at("phone paired")
			w = s.as(t, "Noor Visscher").goes(place.LogInWithApp).answers(nil).at("await phone")
			w.onPhone(device, w.Step().PhoneAccess().MatchNumber).at(phone.StateApproved)
			if w.answers(nil).at("logged in"); len(w.products()) != 1 {
				t.Errorf("sees %d products, want one", len(w.products()))
			}
		},
	}
	for _, part := range demoPersonRoles {
		show, is := shows[part.name]
		if !is {
			t.Errorf("nobody looks what %s shows", part.name)
			continue
		}
		t.Run(part.name, func(t *testing.T) { inSandbox(t, show) })
	}
}

var (
	inFours    = regexp.MustCompile(`\d{4} \d{4} \d{4}`)
	digitsOnly = regexp.MustCompile(`^\d+$`)
)

// wantOneOfEach checks that there is a product of each kind with its details. The products must include a year of
// transactions, a mortgage in three parts, and a product from 1994 without details.
func wantOneOfEach(t *testing.T, products []flows.Holding) {
	t.Helper()
	detailed := map[store.ProductKind]bool{}
	for _, p := range products {
		switch {
		case p.HasDetails():
			detailed[p.Kind] = true
		case p.Kind != store.KindLife || !strings.HasPrefix(p.Since, "1994"):
			t.Errorf("%s of %s has no details", p.Kind, p.Since)
		}
	}
	for _, kind := range store.ProductKinds {
		if !detailed[kind] {
			t.Errorf("sees no product of kind %q with details: customers.json.tmpl lacks one", kind)
		}
	}
	if len(products) != len(detailed)+1 {
		t.Errorf("sees %d products, with details of %v", len(products), detailed)
	}
	savings, mortgage := products[0], products[1]
	if savings.Number != "NL22NNBA0123456789" || len(mortgage.Mortgage.Parts) != 3 {
		t.Errorf("savings number %s, and %d loan parts", savings.Number, len(mortgage.Mortgage.Parts))
	}
	transactions := savings.Savings.Transactions
	for i, earlier := range transactions[1:] {
		if earlier.Date > transactions[i].Date {
			t.Errorf("transaction of %s comes after one of %s", earlier.Date, transactions[i].Date)
		}
	}
	if first := transactions[len(transactions)-1].Date; first > dutch.DateOf(sunday).AddMonths(-12).String() {
		t.Errorf("the first transaction is of %s, less than a year ago", first)
	}
}

// TestEverybodyWithAnAccount tests that each person with an account can log in with the facts on the card, or otherwise ask
// for a temporary password, and can ask for the username.
func TestEverybodyWithAnAccount(t *testing.T) {
	inSandbox(t, func(t *testing.T, s *Sandbox) {
		for _, person := range s.Persons {
			if !person.has("Username") {
				continue
			}
			w := s.as(t, person.Name)
			if person.has("Password") {
				w.goes(place.LogIn).answers(nil).at("logged in")
			}
			w.goes(place.ForgottenPassword).answers(nil).at("on its way")
			w.goes(place.ForgottenUsername).answers(nil).at("on its way")
			mail := mailOf(t, s)[:2]
			if !strings.HasSuffix(person.Name, surname(mail[0].Name)) || mail[0].Name != mail[1].Name {
				t.Errorf("%s asked twice, and the newest mail is to %s and %s", person.Name, mail[0].Name, mail[1].Name)
			}
		}
	})
}

func surname(name string) string { return name[strings.LastIndex(name, " ")+1:] }
