package flows

import (
	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/store"
)

// RequestAccount sends an activation number to a customer who was never invited. Every visitor sees the same answer, whether
// or not a customer matches (A7).
func RequestAccount(v *flow.Visit) *flow.Flow {
	return newRequestFlow(v, place.RequestAccount, text.New("Account aanvragen", "Request an account"), text.New(
		"Ben je klant, maar heb je nooit een uitnodiging gekregen? Dan sturen we je een activatienummer. Daarmee maak je je account.",
		"Are you a customer, but were you never invited? Then we will send you an activation number, with which you can make your account.",
	), outcomeTexts{
		outcomeEmailSent:       text.New("Account aangevraagd, per e-mail", "Asked for an account, by e-mail"),
		outcomeLetterSent:      text.New("Account aangevraagd, per brief", "Asked for an account, by letter"),
		outcomeReminderEmailed: text.New("Account aangevraagd, dat er al is", "Asked for an account, which is there already"),
		outcomeReminderPosted:  text.New("Account aangevraagd, dat er al is", "Asked for an account, which is there already"),
		outcomePersonUnknown:   {},
		outcomePersonInactive:  {},
		outcomeLetterUnderWay:  text.New("Account aangevraagd, terwijl er al een brief onderweg was", "Asked for an account while a letter was on its way already"),
		outcomeQuotaSpent:      text.New("Te vaak een account aangevraagd", "Asked for an account too often"),
	}, (*numberRequestFlow).sendAccount)
}

// sendAccount sends a number with which the customer can open an account. The number is for an application that is not
// finished yet, or otherwise for an account without a product.
func (r *numberRequestFlow) sendAccount(tx *store.Tx, c store.Customer) flow.Outcome {
	if _, has := tx.Account(c.ID); has {
		return r.remindOfAccount(tx, c)
	}
	applications := desk.WaitingApplications(tx, c)
	if applications == nil {
		applications = []store.Application{desk.AccountApplication(tx, c)}
	}
	return r.sendNumbers(tx, c, applications)
}
