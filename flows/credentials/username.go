package credentials

import (
	"strings"

	"golang.org/x/text/unicode/norm"

	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/text"
	"loket/store"
)

// The smallest and largest number of characters in a username that a customer chooses.
const (
	shortestUsername = 6
	longestUsername  = 40
)

// NewUsernameField asks for a new username. The caller must check whether another account already has that username.
func NewUsernameField(v *string) flow.Field {
	const allowed = "abcdefghijklmnopqrstuvwxyz0123456789.-_@"
	return flow.Field{
		Name: "username", Label: text.New("Gebruikersnaam", "Username"),
		Hint: text.NewFunc("6 tot en met 40 tekens: letters, cijfers en . - _ @", "6 to 40 characters: letters, digits and . - _ @"),
		Help: text.New(
			"Kies een naam die je goed onthoudt, zoals je voorletters met je achternaam. Hoofdletters en kleine letters maken niet uit.",
			"Choose a name that you remember well, such as your initials with your surname. Capital and small letters make no difference."),
		Accept: func(s string) *text.Text {
			s, _ = desk.ParseUsername(s)
			switch {
			case s == "":
				return new(text.New("Kies een gebruikersnaam.", "Choose a username."))
			case len(s) < shortestUsername || len(s) > longestUsername:
				return new(text.New("Een gebruikersnaam heeft 6 tot en met 40 tekens.", "A username has 6 to 40 characters."))
			case strings.Trim(strings.ToLower(s), allowed) != "":
				return new(text.New("Gebruik alleen letters zonder accent, cijfers en . - _ @", "Use only letters without accents, digits and . - _ @"))
			}
			*v = s
			return nil
		},
	}
}

// ProposeUsername proposes a username such as "khj.vanderprinsen", made from the customer's name; "" if the name is
// unsuitable. It does not check whether the username is taken.
func ProposeUsername(c store.Customer) string {
	letters := func(s string) string {
		return strings.Map(func(r rune) rune {
			if 'a' <= r && r <= 'z' {
				return r
			}
			return -1
		}, strings.ToLower(norm.NFD.String(s)))
	}
	initials, surname := letters(c.Initials), letters(c.Prefix+c.Surname)
	proposed := initials + "." + surname
	if initials == "" || surname == "" || len(proposed) < shortestUsername || len(proposed) > longestUsername {
		return ""
	}
	return proposed
}
