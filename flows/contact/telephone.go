package contact

import (
	"strings"

	"loket/flows/dutch"
	"loket/flows/flow"
	"loket/flows/text"
)

// TelephoneField asks for a telephone number, which replaces the present number. An empty answer removes the present number.
func TelephoneField(v *dutch.Telephone, present dutch.Telephone) flow.Field {
	return flow.Field{
		Name: "telephone", Label: text.New("Telefoonnummer", "Telephone number"), Example: "06 12 34 56 78", InitialAnswer: present.Grouped(), Hint: text.NewFunc("Niet verplicht", "Optional"),
		Help: text.New("Een nummer waarop we je kunnen bellen. Uit een ander land mag ook: begin dan met + en het landnummer.", "A number on which we can call you. One from another country is fine: begin with + and the country code."),
		Accept: func(s string) *text.Text {
			if strings.TrimSpace(s) == "" {
				*v = ""
				return nil
			}
			phone, ok := dutch.ParseTelephone(s)
			if !ok {
				return new(text.New("Dit is geen telefoonnummer. Schrijf het als 06 12 34 56 78, of met een landnummer als +32 2 555 12 12.", "This is not a telephone number. Write it as 06 12 34 56 78, or with a country code as +32 2 555 12 12."))
			}
			if !phone.IsPersonal() {
				return new(text.New("Op een servicenummer, zoals 0800 of 0900, kunnen we je niet bellen. Vul een nummer van jezelf in.", "We cannot call you on a service number, such as 0800 or 0900. Fill in a number of your own."))
			}
			*v = phone
			return nil
		},
	}
}
