package credentials

import (
	"testing"

	"loket/store"
)

func TestProposedUsername(t *testing.T) {
	for want, c := range map[string]store.Customer{
		"s.hoekstra":        {Initials: "S.", Surname: "Hoekstra"},
		"khj.vanderprinsen": {Initials: "K.H.J.", Prefix: "van der", Surname: "Prinsen"},
		"e.desouzadias":     {Initials: "É.", Prefix: "de", Surname: "Sóuza-Dias"},
		"":                  {Initials: "W.", Surname: "Li"},
	} {
		got := ProposeUsername(c)
		if got != want {
			t.Errorf("%s %s is proposed %q, want %q", c.Initials, c.Surname, got, want)
		}
		var chosen string
		if f := NewUsernameField(&chosen); got != "" && f.CheckAnswer(got) != nil {
			t.Errorf("%q cannot be chosen", got)
		}
	}
	if got := ProposeUsername(store.Customer{Surname: "Ж"}); got != "" {
		t.Errorf("of no Latin letters it makes %q", got)
	}
}
