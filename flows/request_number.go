package flows

import (
	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/store"
)

// RequestNumber sends a new activation number to a customer whose number was lost or has expired. Every visitor sees the same
// answer, whether or not a customer matches (A2).
func RequestNumber(v *flow.Visit) *flow.Flow {
	return newRequestFlow(v, place.RequestNumber, text.New("Nieuw activatienummer", "New activation number"), text.New(
		"Is je activatienummer verlopen of kwijt? Dan sturen we je een nieuw nummer. Zodra je een nummer gebruikt, werken andere nummers voor dezelfde aanvraag niet meer.",
		"Has your activation number expired, or is it lost? Then we will send you a new one. Once you use a number, other numbers for the same application no longer work.",
	), outcomeTexts{
		outcomeEmailSent:       text.New("Activatienummer aangevraagd, per e-mail", "Asked for an activation number, by e-mail"),
		outcomeLetterSent:      text.New("Activatienummer aangevraagd, per brief", "Asked for an activation number, by letter"),
		outcomeReminderEmailed: text.New("Activatienummer aangevraagd, maar er wachtte er geen", "Asked for an activation number, but there was none to send"),
		outcomeReminderPosted:  text.New("Activatienummer aangevraagd, maar er wachtte er geen", "Asked for an activation number, but there was none to send"),
		outcomePersonUnknown:   {},
		outcomePersonInactive:  {},
		outcomeLetterUnderWay:  text.New("Activatienummer aangevraagd, terwijl er al een brief onderweg was", "Asked for an activation number while a letter was on its way already"),
		outcomeQuotaSpent:      text.New("Te vaak een activatienummer aangevraagd", "Asked for an activation number too often"),
	}, func(r *numberRequestFlow, tx *store.Tx, c store.Customer) flow.Outcome {
		if applications := desk.WaitingApplications(tx, c); applications != nil {
			return r.sendNumbers(tx, c, applications)
		}
		return r.sendAccount(tx, c)
	})
}
