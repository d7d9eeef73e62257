package flows_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"loket/flows"
	"loket/flows/credentials"
	"loket/flows/desk"
	"loket/flows/flowtest"
	"loket/flows/transfer"
	"loket/store"
)

// spellings lists ways to write one username, in an import or on a keyboard.
var spellings = []string{"josé.berg", "jose\u0301.berg", "JOSE\u0301.Berg", "\u00a0josé.berg ", "ｊｏｓé.berg", "jo\u200bsé.berg\ufeff"}

// imported returns a desk with one imported customer, who has the given username.
func imported(t *testing.T, username string) (d *flowtest.Desk, problem error) {
	t.Helper()
	d = flowtest.New(t)
	feed := fmt.Sprintf(`{"type":"customer","id":"K99","surname":"Berg","birth_date":"1961-04-09","street":"Haven","house_number":1,"postcode":"3511 AB","city":"Utrecht"}
{"type":"account","customer":"K99","username":%q,"used":true}
`, username)
	_, problem = transfer.Import(t.Context(), d.Desk, strings.NewReader(feed), transfer.Options{})
	d.Update(t, func(tx *store.Tx) {
		a, _ := tx.Account("K99")
		if a.Customer != "" {
			a.PasswordHash = flowtest.FakeHash("Eigen-huis12")
			tx.PutAccount(a)
		}
	})
	return d, problem
}

// TestUsernameSpelling tests that an owner can log in with any spelling of the username, whichever spelling was imported, and
// that wrong passwords are counted for all spellings together.
func TestUsernameSpelling(t *testing.T) {
	for _, given := range spellings[:5] {
		d, err := imported(t, given)
		if err != nil {
			t.Fatalf("%q: %v", given, err)
		}
		for _, typed := range spellings {
			d.LogIn(t, typed, "Verkeerd-12")
			d.View(t, func(tx *store.Tx) {
				if n := tx.WrongAttempts(desk.PasswordThrottleKey("josé.berg"), time.Hour).Wrong; n != 1 {
					t.Errorf("%q typed as %q: %d wrong passwords", given, typed, n)
				}
			})
			if f := d.LogIn(t, typed, "Eigen-huis12"); f.Visit().Customer() != "K99" {
				t.Errorf("%q typed as %q leads to %q", given, typed, f.State())
			}
		}
	}
}

// TestUsernameTwice tests that no second account gets the same username in another spelling.
func TestUsernameTwice(t *testing.T) {
	d, err := imported(t, spellings[0])
	if err != nil {
		t.Fatal(err)
	}
	for _, spelling := range spellings[1:5] {
		line := fmt.Sprintf(`{"type":"account","customer":"K01","username":%q}`, spelling)
		_, err := transfer.Import(t.Context(), d.Desk, strings.NewReader(line), transfer.Options{})
		if err == nil {
			t.Errorf("%q is somebody else's too", spelling)
		}
	}
	if _, err := imported(t, "jose\u0301 berg"); err == nil {
		t.Error("a username has a space")
	}
}

// TestPasswordPasted tests that spaces around a pasted password are ignored (P1).
func TestPasswordPasted(t *testing.T) {
	d := flowtest.New(t)
	for _, typed := range []string{"Eigen-huis12 ", " Eigen-huis12", "\tEigen-huis12\r\n", "\u00a0Eigen-huis12\u2003", "\ufeffEigen-huis12\u200b"} {
		f := d.LogIn(t, "ohoeve", typed)
		if f.Visit().Customer() != "K06" {
			t.Fatalf("%q leads to %q", typed, f.State())
		}
		again := credentials.Reauthenticate(f.Visit())
		if why := again.CurrentPasswordField().CheckAnswer(typed); why != nil {
			t.Errorf("%q is refused: %v", typed, why)
		}
		if f := flowtest.MustSubmit(t, flows.ChangeTelephone(f.Visit()), "telephone", "", "password", typed); f.State() != "stored" {
			t.Errorf("%q asked again leads to %q", typed, f.State())
		}
	}
	if f := d.LogIn(t, "ohoeve", "Eigen- huis12"); f.Visit().LoggedIn() {
		t.Error("a space within a password does not count")
	}
}
