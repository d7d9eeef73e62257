package fields

import (
	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/text"
)

// ActivationNumberField asks for an activation number of 12 digits. It accepts any grouping of the digits.
func ActivationNumberField(v *string) flow.Field {
	return flow.Field{
		Name: "number", Label: text.New("Activatienummer", "Activation number"), Example: "1234 5678 9012", Kind: flow.KindDigits,
		Hint: text.NewFunc("12 cijfers, uit je brief of e-mail", "12 digits, from your letter or e-mail"),
		Help: text.New(
			"Het staat in de brief of e-mail die je van ons kreeg toen je een product aanvroeg. Is het kwijt of verlopen? Dan vraag je in het eerste menu een nieuw nummer aan.",
			"It is in the letter or e-mail that you got from us when you applied for a product. Is it lost or expired? Then request a new one from the first menu."),
		Accept: func(s string) *text.Text {
			digits, ok := desk.ParseDigits(s)
			switch {
			case digits == "" && ok:
				return new(text.New("Vul je activatienummer in.", "Fill in your activation number."))
			case !ok:
				return new(text.New("Een activatienummer heeft alleen cijfers.", "An activation number has digits only."))
			case !desk.IsActivationNumber(digits):
				return new(text.New("Een activatienummer heeft 12 cijfers.", "An activation number has 12 digits."))
			}
			*v = digits
			return nil
		},
	}
}
