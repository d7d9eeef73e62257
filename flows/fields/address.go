package fields

import (
	"strings"

	"loket/flows/dutch"
	"loket/flows/flow"
	"loket/flows/text"
)

// SetAddressFields sets the fields of a step that asks for an address. Visitors who say that they do not live in the
// Netherlands get fields for a foreign address, in this flow and in later ones.
func SetAddressFields(f *flow.Flow, v *flow.Visit, at flow.State, fields func(abroad bool) []flow.Field) {
	setFields(f, v, at, fields, newCountrySwitch(v, func() { SetAddressFields(f, v, at, fields) }))
}

// SetRequestFields is like SetAddressFields, for a step that asks for a message which may come by letter. Visitors can also ask
// for large print, in this flow and in later ones. The answer tells nothing about the customer, whose own choice stays as it is.
func SetRequestFields(f *flow.Flow, v *flow.Visit, at flow.State, fields func(abroad bool) []flow.Field) {
	update := func() { SetRequestFields(f, v, at, fields) }
	setFields(f, v, at, fields, newCountrySwitch(v, update), NewPrintSwitch(v, update))
}

func setFields(f *flow.Flow, v *flow.Visit, at flow.State, fields func(abroad bool) []flow.Field, switches ...flow.FieldSwitch) {
	step := f.Steps[at]
	step.Fields, step.Switches = fields(v.Abroad), switches
	f.Steps[at] = step
}

// newCountrySwitch returns the switch to the fields for the other kind of address. update sets the fields of the step.
func newCountrySwitch(v *flow.Visit, update func()) flow.FieldSwitch {
	return flow.FieldSwitch{Name: switchText(v), Do: func() { v.Abroad = !v.Abroad; update() }}
}

// NewPrintSwitch returns the switch between normal and large print. update sets the switches of the step.
func NewPrintSwitch(v *flow.Visit, update func()) flow.FieldSwitch {
	name := text.New("Brief in grote letters: nee", "Letter in large print: no")
	if v.WantsLargePrint {
		name = text.New("Brief in grote letters: ja", "Letter in large print: yes")
	}
	return flow.FieldSwitch{Name: name, Do: func() { v.WantsLargePrint = !v.WantsLargePrint; update() }}
}

// switchText returns the name of the choice to be asked for the fields of the other kind of address.
func switchText(v *flow.Visit) text.Text {
	switch {
	case v.IsServiceDesk() && v.Abroad:
		return text.New("De klant woont in Nederland", "The customer lives in the Netherlands")
	case v.IsServiceDesk():
		return text.New("De klant woont niet in Nederland", "The customer does not live in the Netherlands")
	case v.Abroad:
		return text.New("Ik woon in Nederland", "I live in the Netherlands")
	}
	return text.New("Ik woon niet in Nederland", "I do not live in the Netherlands")
}

// PostcodeFields returns the fields for the postcode and, if house is not nil, the house number of an address. A foreign
// address has no separate house number.
func PostcodeFields(abroad bool, postcode *string, house *int) []flow.Field {
	switch {
	case abroad:
		if house != nil {
			*house = 0
		}
		return []flow.Field{ForeignPostcodeField(postcode)}
	case house == nil:
		return []flow.Field{PostcodeField(postcode)}
	}
	return []flow.Field{PostcodeField(postcode), HouseNumberField(house)}
}

// ForeignPostcodeField asks for a postcode outside the Netherlands.
func ForeignPostcodeField(v *string) flow.Field {
	return flow.Field{
		Name: "foreign postcode", Label: text.New("Postcode in je land", "Postcode in your country"),
		Hint: text.NewFunc("Geen postcodes in je land? Vul je plaats in", "No postcodes there? Fill in your place"),
		Accept: func(s string) *text.Text {
			if strings.TrimSpace(s) == "" {
				return new(text.New("Vul je postcode in, of je woonplaats als je land geen postcodes heeft.", "Fill in your postcode, or the place where you live if your country has no postcodes."))
			}
			postcode, ok := dutch.ParseForeignPostcode(s)
			if !ok {
				return new(text.New("Een postcode heeft letters of cijfers. Kijk nog eens.", "A postcode has letters or digits. Please check."))
			}
			*v = postcode
			return nil
		},
	}
}
