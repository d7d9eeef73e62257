// Package fields has the fields that several flows ask for: of a person, an address, a product,
// an activation number and an e-mail address. Each stores a good answer, or says what is wrong.
//
// It stands on packages flow and dutch. The fields of logging in are in package credentials.
package fields

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"loket/flows/dutch"
	"loket/flows/flow"
	"loket/flows/text"
)

// RequireAnswer returns a field that refuses an answer without visible characters, and then says what is missing.
func RequireAnswer(f flow.Field, missing text.Text) flow.Field {
	accept := f.Accept
	f.Accept = func(s string) *text.Text {
		if dutch.TidyTypedText(s) == "" {
			return &missing
		}
		return accept(s)
	}
	return f
}

// BirthDateField asks for a date of birth, and stores the answer in ISO 8601 format.
func BirthDateField(v *flow.Visit, to *string) flow.Field {
	return flow.Field{
		Name: "birth date", Label: text.New("Geboortedatum", "Date of birth"), Example: "09-04-1961",
		Hint: text.NewFunc("dag-maand-jaar", "day-month-year"),
		Help: text.New("Schrijf eerst de dag, dan de maand en dan het jaar. De maand mag in letters.", "Write the day first, then the month and then the year. The month may be a word."),
		Accept: func(s string) *text.Text {
			if strings.TrimSpace(s) == "" {
				return new(text.New("Vul je geboortedatum in.", "Fill in your date of birth."))
			}
			date, err := dutch.ParseBirthDate(s, dutch.DateOf(v.Clock.Now()))
			if err != nil {
				return birthDateProblem(err)
			}
			*to = date.String()
			return nil
		},
	}
}

func birthDateProblem(err error) *text.Text {
	switch {
	case errors.Is(err, dutch.ErrShortYear):
		return new(text.New("Schrijf het jaar met vier cijfers, zoals 1961.", "Write the year in four digits, such as 1961."))
	case errors.Is(err, dutch.ErrYearOnly):
		return new(text.New("Vul ook de dag en de maand in. Staan die niet op je papieren? Schrijf dan 00, zoals 00-00-1950.", "Fill in the day and the month too. Are they not on your papers? Then write 00, such as 00-00-1950."))
	case errors.Is(err, dutch.ErrUnknownBirthDate):
		return new(text.New("Zonder geboortejaar kunnen we je hier niet herkennen. Neem contact met ons op: we maken je account dan voor je.", "Without your year of birth we cannot recognise you here. Please contact us: we will make your account for you."))
	case errors.Is(err, dutch.ErrNoSuchDay):
		return new(text.New("Deze dag bestaat niet. Kijk nog eens.", "There is no such day. Please check."))
	case errors.Is(err, dutch.ErrFutureDate):
		return new(text.New("Deze datum moet nog komen. Kijk nog eens.", "This date is yet to come. Please check."))
	case errors.Is(err, dutch.ErrTooOld):
		return new(text.New("Dit is meer dan 120 jaar geleden. Kijk nog eens.", "This is over 120 years ago. Please check."))
	}
	return new(text.New("Schrijf de datum als dag-maand-jaar, zoals 09-04-1961.", "Write the date as day-month-year, such as 09-04-1961."))
}

var addressHelp = text.New("Van het adres waar je post van ons krijgt.", "Of the address where you get our post.")

// PostcodeField asks for a Dutch postcode.
func PostcodeField(v *string) flow.Field {
	return flow.Field{Name: "postcode", Label: text.SameInBoth("Postcode"), Example: "1234 AB", Help: addressHelp, Accept: func(s string) *text.Text {
		if strings.TrimSpace(s) == "" {
			return new(text.New("Vul je postcode in.", "Fill in your postcode."))
		}
		p, err := dutch.ParsePostcode(s)
		if err != nil {
			return postcodeProblem(err)
		}
		*v = string(p)
		return nil
	}}
}

func postcodeProblem(err error) *text.Text {
	switch {
	case errors.Is(err, dutch.ErrPostcodeLetters):
		return new(text.New("De letters SA, SD en SS staan in geen enkele postcode. Kijk nog eens.", "No postcode has the letters SA, SD or SS. Please check."))
	case errors.Is(err, dutch.ErrPostcodeZero):
		return new(text.New("Een postcode begint niet met een nul. Kijk nog eens.", "A postcode does not begin with a zero. Please check."))
	}
	return new(text.New(
		"Een postcode is vier cijfers en twee letters, zoals 1234 AB. Woon je in een ander land? Kies dan: Ik woon niet in Nederland.",
		"A postcode is four digits and two letters, such as 1234 AB. Do you live in another country? Then choose: I do not live in the Netherlands."))
}

// noHouseNumberAnswers lists the answers of visitors whose address has no house number.
var noHouseNumberAnswers = []string{"0", "geen", "none"}

// HouseNumberField asks for a house number. It ignores an addition such as the "a" of "12a".
func HouseNumberField(v *int) flow.Field {
	return flow.Field{Name: "house number", Label: text.New("Huisnummer", "House number"), Example: "12", Help: addressHelp, Accept: func(s string) *text.Text {
		if strings.TrimSpace(s) == "" {
			return new(text.New("Vul je huisnummer in. Heeft je adres er geen? Vul dan 0 in.", "Fill in your house number. Does your address have none? Then fill in 0."))
		}
		if slices.Contains(noHouseNumberAnswers, strings.ToLower(dutch.TidyTypedText(s))) {
			*v = 0
			return nil
		}
		n, ok := dutch.ParseHouseNumber(s)
		if !ok {
			return new(text.New("Begin met een getal van 1 tot en met 99999, zoals 12 of 12A. Heeft je adres geen huisnummer? Vul dan 0 in.", "Begin with a number from 1 to 99999, such as 12 or 12A. Does your address have no house number? Then fill in 0."))
		}
		*v = n.Number
		return nil
	}}
}

// ProductNumberField asks for the number of a loan, an account or a policy (F7).
func ProductNumberField(v *string) flow.Field {
	f := flow.Field{
		Name: "product number", Label: text.New("Productnummer", "Product number"), Example: "NL22NNBA0123456789",
		Accept: func(s string) *text.Text {
			s = dutch.StripAnswerLabel(s)
			n, ok := dutch.ParseProductNumber(s)
			if strings.TrimSpace(s) == "" || !ok {
				return new(text.New("Vul een rekening-, lening- of polisnummer in.", "Fill in an account, loan or policy number."))
			}
			*v = string(n)
			return nil
		},
	}
	f.Help = text.New(
		"Je productnummer staat op je polisblad, op je rekeningafschrift en in onze brieven en e-mails. Van een hypotheek is het je leningnummer.",
		"Your product number is on your policy sheet, on your account statement and in our letters and e-mails. For a mortgage it is your loan number.")
	f.Remark = productNumberRemark
	f.Hint = text.NewFunc(
		"Een van je producten: de hele IBAN, je leningnummer zonder nullen vooraan en zonder leningdeel, of je polisnummer precies zoals op het polisblad",
		"One of your products: the whole IBAN, your loan number without leading zeros and without the loan part, or your policy number exactly as on the policy sheet")
	return f
}

var (
	leadingZerosPattern = regexp.MustCompile(`^0[0-9]{5,}$`)
	loanPartPattern     = regexp.MustCompile(`^[0-9]{6,}[-/][0-9]{1,3}$`)
)

// productNumberRemark returns a remark about a product number whose form looks wrong. The remark does not reveal whether the
// number exists (F7).
func productNumberRemark(typed string) *text.Text {
	typed = dutch.StripAnswerLabel(typed)
	n, _ := dutch.ParseProductNumber(typed)
	iban, isIBAN := dutch.ParseIBAN(string(n))
	country, characters, should, hasLength := dutch.CompareIBANLength(typed)
	switch {
	case leadingZerosPattern.MatchString(string(n)):
		return new(text.New("Let op: een leningnummer is zonder de nullen vooraan.", "Note: a loan number is without the leading zeros."))
	case loanPartPattern.MatchString(string(n)):
		return new(text.New("Let op: een leningnummer is zonder het leningdeel, zoals -01.", "Note: a loan number is without the loan part, such as -01."))
	case hasLength && characters != should:
		return new(text.New(
			fmt.Sprintf("Een IBAN die met %s begint, heeft %d tekens. Dit zijn er %d.", country, should, characters),
			fmt.Sprintf("An IBAN that begins with %s has %d characters. This one has %d.", country, should, characters)))
	case hasLength && isIBAN && !iban.HasValidCheckDigits():
		return new(text.New("Let op: de controlecijfers van deze IBAN kloppen niet. Kijk nog eens.", "Note: the check digits of this IBAN are not right. Please check."))
	}
	return nil
}
