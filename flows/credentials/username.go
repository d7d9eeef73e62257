package credentials

import (
	"strings"

	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/text"
)

// NewUsername asks for a username that nobody has yet.
func NewUsername(v *string) flow.Field {
	const allowed = "abcdefghijklmnopqrstuvwxyz0123456789.-_@"
	return flow.Field{
		Name: "username", Label: text.New("Gebruikersnaam", "Username"),
		Hint: text.Fixed("6 tot en met 40 tekens: letters, cijfers en . - _ @", "6 to 40 characters: letters, digits and . - _ @"),
		Help: text.New(
			"Kies een naam die je goed onthoudt, zoals je voorletters met je achternaam. Hoofdletters en kleine letters maken niet uit.",
			"Choose a name that you remember well, such as your initials with your surname. Capital and small letters make no difference."),
		Accept: func(s string) *text.Text {
			s, _ = desk.ParseUsername(s)
			switch {
			case s == "":
				return new(text.New("Kies een gebruikersnaam.", "Choose a username."))
			case len(s) < 6 || len(s) > 40:
				return new(text.New("Een gebruikersnaam heeft 6 tot en met 40 tekens.", "A username has 6 to 40 characters."))
			case strings.Trim(strings.ToLower(s), allowed) != "":
				return new(text.New("Gebruik alleen letters zonder accent, cijfers en . - _ @", "Use only letters without accents, digits and . - _ @"))
			}
			*v = s
			return nil
		},
	}
}
