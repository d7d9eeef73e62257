package flows

import (
	"loket/flows/fields"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/store"
)

// ChangeLanguage stores the language in which the logged-in customer receives e-mails and letters.
func ChangeLanguage(v *flow.Visit) *flow.Flow {
	const (
		askNew        flow.State = "ask new"
		languageSaved flow.State = "stored"
	)
	var language string
	f := &flow.Flow{Name: "change language", Start: askNew}
	f.Steps = map[flow.State]flow.Step{
		askNew: {
			Title: text.NewFunc("Taal van je berichten", "Language of your messages"),
			Body:  text.NewFunc("In deze taal krijg je onze e-mails en brieven. De taal van dit loket kies je bij "+helpPlaceName.NL+".", "You get our e-mails and letters in this language. You choose the language of this desk under "+helpPlaceName.EN+"."),
			Fields: []flow.Field{flow.ChoiceField(&language, flow.Field{
				Name: "language", Label: text.New("Taal", "Language"), Options: fields.Languages, InitialAnswer: v.Language,
				Help: text.New("De taal van onze e-mails en brieven. De taal van dit loket kies je bij "+helpPlaceName.NL+".", "The language of our e-mails and letters. You choose the language of this desk under "+helpPlaceName.EN+"."),
			})},
			Do: func(tx *store.Tx) (flow.Outcome, error) {
				return updateCustomer(v, tx, func(c *store.Customer) { c.Language = language }), nil
			},
			Next: map[flow.Outcome]flow.Edge{
				outcomePasswordStored: {To: languageSaved, ActivityText: text.New("Taal van berichten veranderd", "Changed the language of messages")},
				outcomeNothingChanged: {To: languageSaved},
			},
		},
		languageSaved: {
			Title: text.NewFunc("De taal is opgeslagen", "The language has been saved"),
			Body: func() text.Text {
				if language == string(text.English) {
					return text.New("Je krijgt onze e-mails en brieven voortaan in het Engels.", "From now on you get our e-mails and letters in English.")
				}
				return text.New("Je krijgt onze e-mails en brieven voortaan in het Nederlands.", "From now on you get our e-mails and letters in Dutch.")
			},
			Offers: []place.ID{place.Details, place.Products},
		},
	}
	return f.Begin(v)
}

// outcomeNothingChanged is the outcome of an answer that equals the stored value.
const outcomeNothingChanged flow.Outcome = "as it was"

// updateCustomer changes the logged-in customer's record. The outcome says whether the change made a difference.
func updateCustomer(v *flow.Visit, tx *store.Tx, change func(*store.Customer)) flow.Outcome {
	c, _ := tx.Customer(v.Customer())
	before := c
	if change(&c); c.LineFingerprint() == before.LineFingerprint() {
		return outcomeNothingChanged
	}
	c.NoteDeskChanges(before)
	tx.PutCustomer(c)
	return outcomePasswordStored
}
