package flows

import (
	"cmp"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"loket/flows/desk"
	"loket/flows/dutch"
	"loket/flows/text"
)

// Kind tells the screen how to draw a field.
type Kind int

const (
	Line       Kind = iota
	Secret          // not shown, unless the visitor asks
	Digits          // a number that works once, so that nobody needs it in another flow
	Choice          // one of Options
	Signature       // made by a phone, with a passkey: what a browser answers to Request
	NewPasskey      // made by a phone, in the same way
)

// Field is one thing a step asks for. Its name is unique within the step.
type Field struct {
	Name    string
	Label   text.Text
	Example string // shown while the field is empty
	Hint    func() text.Text
	Kind    Kind
	Rules   []Rule   // what a new secret must keep to, shown while typing
	Options []Option // of a Choice
	Present string   // the answer that stands there to begin with; for a Choice the value of an option

	Request func() (options string, err error) // of what a phone is to make, for its browser; nil if nobody waits for it

	longest int                     // characters; 0 for LongestAnswer
	set     func(string) *text.Text // stores a good answer, or says what is wrong
}

// Rule is something that an answer must keep to. Each turns right or wrong by
// itself while the visitor types (P1).
type Rule struct {
	Says  text.Text
	Holds func(typed string) bool
}

// Option is one answer to a Choice.
type Option struct {
	Value string    // the answer
	Name  text.Text // what the visitor reads
}

// choice asks for one of some options. Whoever types may give its number in the
// list, its value or its name.
func choice(v *string, f Field) Field {
	f.Kind = Choice
	f.set = func(s string) *text.Text {
		s = strings.TrimSpace(s)
		for i, o := range f.Options {
			if s == strconv.Itoa(i+1) || s == o.Value || strings.EqualFold(s, o.Name.NL) || strings.EqualFold(s, o.Name.EN) {
				*v = o.Value
				return nil
			}
		}
		return new(text.New("Kies een van de antwoorden.", "Choose one of the answers."))
	}
	return f
}

// Problem is what is wrong with an answer, or nil. It is for a screen that
// wants to say so before the whole step is submitted.
func (f Field) Problem(typed string) *text.Text { return f.take(typed) }

// LongestAnswer is the most characters that a field takes, unless it says otherwise.
const LongestAnswer = 100

// Longest is the most characters that the field takes.
func (f Field) Longest() int { return cmp.Or(f.longest, LongestAnswer) }

// take gives an answer to the field, whoever sent it, or says what is wrong with
// it. What cannot be seen in it does not count. One that is too long is refused,
// since what is left of an address that is cut may be somebody else's.
func (f Field) take(typed string) *text.Text {
	typed = text.Visible(typed, "")
	if most := f.Longest(); utf8.RuneCountInString(typed) > most {
		return new(text.New(
			fmt.Sprintf("Dit is te lang: hooguit %d tekens.", most),
			fmt.Sprintf("This is too long: %d characters at most.", most),
		))
	}
	return f.set(typed)
}

// username asks for a username that is there already.
func username(v *string) Field {
	return Field{Name: "username", Label: text.New("Gebruikersnaam", "Username"), set: func(s string) *text.Text {
		if s = strings.TrimSpace(s); s == "" {
			return new(text.New("Vul je gebruikersnaam in.", "Fill in your username."))
		}
		*v = strings.ToLower(s)
		return nil
	}}
}

// secret asks for a password that is there already.
func secret(v *string) Field {
	return Field{Name: "password", Label: text.New("Wachtwoord", "Password"), Kind: Secret, set: func(s string) *text.Text {
		if s == "" {
			return new(text.New("Vul je wachtwoord in.", "Fill in your password."))
		}
		*v = s
		return nil
	}}
}

// activationNumber asks for 12 digits, however they are grouped.
func activationNumber(v *string) Field {
	return Field{
		Name: "number", Label: text.New("Activatienummer", "Activation number"), Example: "1234 5678 9012", Kind: Digits,
		Hint: text.Fixed("12 cijfers, uit je brief of e-mail", "12 digits, from your letter or e-mail"),
		set: func(s string) *text.Text {
			digits, ok := desk.ParseDigits(s)
			switch {
			case digits == "" && ok:
				return new(text.New("Vul je activatienummer in.", "Fill in your activation number."))
			case !ok:
				return new(text.New("Een activatienummer heeft alleen cijfers.", "An activation number has digits only."))
			case !desk.IsNumber(digits):
				return new(text.New("Een activatienummer heeft 12 cijfers.", "An activation number has 12 digits."))
			}
			*v = digits
			return nil
		},
	}
}

// birthDate asks for a date of birth and keeps it in ISO 8601.
func birthDate(v *Visit, to *string) Field {
	return Field{
		Name: "birth date", Label: text.New("Geboortedatum", "Date of birth"), Example: "09-04-1961",
		Hint: text.Fixed("dag-maand-jaar", "day-month-year"),
		set: func(s string) *text.Text {
			if strings.TrimSpace(s) == "" {
				return new(text.New("Vul je geboortedatum in.", "Fill in your date of birth."))
			}
			date, err := dutch.ParseBirthDate(s, dutch.DateOf(v.Clock.Now()))
			if err != nil {
				return badBirthDate(err)
			}
			*to = date.String()
			return nil
		},
	}
}

func badBirthDate(err error) *text.Text {
	switch {
	case errors.Is(err, dutch.ErrShortYear):
		return new(text.New("Schrijf het jaar met vier cijfers, zoals 1961.", "Write the year in four digits, such as 1961."))
	case errors.Is(err, dutch.ErrNoSuchDay):
		return new(text.New("Deze dag bestaat niet. Kijk nog eens.", "There is no such day. Please check."))
	case errors.Is(err, dutch.ErrFuture):
		return new(text.New("Deze datum moet nog komen. Kijk nog eens.", "This date is yet to come. Please check."))
	case errors.Is(err, dutch.ErrTooOld):
		return new(text.New("Dit is meer dan 120 jaar geleden. Kijk nog eens.", "This is over 120 years ago. Please check."))
	}
	return new(text.New("Schrijf de datum als dag-maand-jaar, zoals 09-04-1961.", "Write the date as day-month-year, such as 09-04-1961."))
}

// postcode asks for a Dutch postcode.
func postcode(v *string) Field {
	return Field{Name: "postcode", Label: text.Same("Postcode"), Example: "1234 AB", set: func(s string) *text.Text {
		if strings.TrimSpace(s) == "" {
			return new(text.New("Vul je postcode in.", "Fill in your postcode."))
		}
		p, ok := dutch.ParsePostcode(s)
		if !ok {
			return new(text.New("Een postcode is vier cijfers en twee letters, zoals 1234 AB.", "A postcode is four digits and two letters, such as 1234 AB."))
		}
		*v = string(p)
		return nil
	}}
}

// houseNumber asks for a house number; an addition may be typed, and does not count.
func houseNumber(v *int) Field {
	return Field{Name: "house number", Label: text.New("Huisnummer", "House number"), Example: "12", set: func(s string) *text.Text {
		if strings.TrimSpace(s) == "" {
			return new(text.New("Vul je huisnummer in.", "Fill in your house number."))
		}
		n, ok := dutch.ParseHouseNumber(s)
		if !ok {
			return new(text.New("Begin met het getal, zoals 12 of 12A.", "Begin with the number, such as 12 or 12A."))
		}
		*v = n.Number
		return nil
	}}
}

// productNumber asks for the number of a loan, an account or a policy (F7).
func productNumber(v *string) Field {
	f := Field{
		Name: "product number", Label: text.New("Productnummer", "Product number"), Example: "NL22NNBA0123456789",
		set: func(s string) *text.Text {
			n, ok := dutch.ParseProductNumber(s)
			if strings.TrimSpace(s) == "" || !ok {
				return new(text.New("Vul een rekening-, lening- of polisnummer in.", "Fill in an account, loan or policy number."))
			}
			*v = string(n)
			return nil
		},
	}
	f.Hint = text.Fixed(
		"Een van je producten: de hele IBAN, je leningnummer zonder nullen vooraan en zonder leningdeel, of je polisnummer precies zoals op het polisblad",
		"Of one of your products: the whole IBAN, your loan number without leading zeros and without the loan part, or your policy number exactly as on the policy sheet")
	return f
}
