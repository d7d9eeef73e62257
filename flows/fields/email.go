package fields

import (
	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/text"
)

var emailHelp = text.New("Het adres waarop je onze e-mails wilt krijgen. Het moet van jou alleen zijn.", "The address where you want our e-mails. It must be yours alone.")

// NewEmailField asks for an e-mail address, which is initial to begin with.
func NewEmailField(v *string, initial string) flow.Field {
	return flow.Field{Name: "e-mail", InitialAnswer: initial, MaxCharacters: desk.LongestEmail, Label: text.New("Nieuw e-mailadres", "New e-mail address"), Example: "jansen@example.org", Hint: desk.AtSignHint, Help: emailHelp, Accept: func(s string) *text.Text {
		address, wrong := desk.ParseEmail(desk.ExtractEmail(s))
		if wrong == nil {
			*v = address
		}
		return wrong
	}}
}
