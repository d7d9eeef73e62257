package flows

import (
	"loket/flows/fields"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/store"
)

// ChangeLetterPrint stores whether the logged-in customer receives letters in large print.
func ChangeLetterPrint(v *flow.Visit) *flow.Flow {
	const (
		askNew     flow.State = "ask new"
		printSaved flow.State = "stored"
	)
	var print store.LetterPrint
	f := &flow.Flow{Name: "change letter print", Start: askNew}
	f.Steps = map[flow.State]flow.Step{
		askNew: {
			Title:  text.NewFunc("Brieven in grote letters", "Letters in large print"),
			Body:   text.NewFunc("Kies hoe groot de letters zijn in alle brieven die je van ons krijgt. Grote letters zijn ruim anderhalf keer zo groot als gewone.", "Choose the size of the print in all letters that you get from us. Large print is more than one and a half times as large as normal print."),
			Fields: []flow.Field{fields.LetterPrintField(&print, v.LetterPrint)},
			Do: func(tx *store.Tx) (flow.Outcome, error) {
				return updateCustomer(v, tx, func(c *store.Customer) { c.LetterPrint = print }), nil
			},
			Next: map[flow.Outcome]flow.Edge{
				outcomePasswordStored: {To: printSaved, ActivityText: text.New("Grootte van de letters in brieven veranderd", "Changed the size of the print in letters")},
				outcomeNothingChanged: {To: printSaved},
			},
		},
		printSaved: {
			Title: text.NewFunc("Je keuze is opgeslagen", "Your choice has been saved"),
			Body: func() text.Text {
				if print == store.LargePrint {
					return text.New("Je krijgt onze brieven voortaan in grote letters.", "From now on you get our letters in large print.")
				}
				return text.New("Je krijgt onze brieven voortaan in gewone letters.", "From now on you get our letters in normal print.")
			},
			Offers: []place.ID{place.Details, place.Products},
		},
	}
	return f.Begin(v)
}
