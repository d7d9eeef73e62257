package flows

import (
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/store"
)

// enteredNumber is an activation number that the visitor typed, with its records. The flows Activate and AddProduct share it.
type enteredNumber struct {
	typedNumber string
	number      store.ActivationNumber
	application store.Application
}

// Outcomes of entering an activation number.
const (
	outcomeNumberWrong       flow.Outcome = "wrong"
	outcomeNumberUsed        flow.Outcome = "used before"
	outcomeNumberExpired     flow.Outcome = "expired"
	outcomeNumberReplaced    flow.Outcome = "replaced by another one"
	outcomeNumberInvalidated flow.Outcome = "used or expired meanwhile"
	outcomeNumberWithdrawn   flow.Outcome = "of an application that was withdrawn"
	outcomeNumberUnneeded    flow.Outcome = "for an account that is there already"
)

// numberThrottleKey returns the key that counts wrong guesses at the owner of an activation number.
func (c *enteredNumber) numberThrottleKey() string { return "owner of " + c.typedNumber }

// findNumberOwner finds the owner of the activation number, whether or not the number is still usable; isOwner reports whether a
// customer is the right person. It finds nobody if the owner is blocked or erased, or if the number's application is missing
// because an import was interrupted.
func (c *enteredNumber) findNumberOwner(tx *store.Tx, isOwner func(store.Customer) bool) (owner store.Customer, found bool) {
	if c.number, found = tx.Number(c.typedNumber); !found {
		return owner, false
	}
	if c.application, found = tx.Application(c.number.Application); !found {
		return owner, false
	}
	owner, found = tx.Customer(c.number.Customer)
	return owner, found && owner.IsActive() && isOwner(owner)
}

// numberRejectionReason returns the outcome that says why a number cannot be used, or "" if the number can be used.
func (c *enteredNumber) numberRejectionReason(tx *store.Tx) flow.Outcome {
	if !c.application.Ended.IsZero() {
		return outcomeNumberWithdrawn
	}
	if c.numberState(tx) == store.NumberIssued && c.isNumberUnneeded(tx) {
		return outcomeNumberUnneeded
	}
	return map[store.NumberState]flow.Outcome{
		store.NumberUsed:    outcomeNumberUsed,
		store.NumberExpired: outcomeNumberExpired,
		store.NumberRevoked: outcomeNumberReplaced,
	}[c.numberState(tx)]
}

func (c *enteredNumber) numberState(tx *store.Tx) store.NumberState {
	return c.number.NumberStateAt(tx.Now)
}

// isNumberUnneeded reports whether the number opens only an account, without a product, although its owner already has an account
// (A7).
func (c *enteredNumber) isNumberUnneeded(tx *store.Tx) bool {
	_, has := tx.Account(c.number.Customer)
	return has && c.application.Product == ""
}

// isUsable reports whether the number can still be used. Since findNumberOwner ran, the number may have expired or been used at
// another terminal, and its owner may have been blocked or erased.
func (c *enteredNumber) isUsable(tx *store.Tx) bool {
	c.number, _ = tx.Number(c.typedNumber)
	owner, known := tx.Customer(c.number.Customer)
	return known && owner.IsActive() && c.numberState(tx) == store.NumberIssued
}

// useNumber marks the number as used (A3), and opens the product of its application, if there is one. The caller must have checked
// the number in the same transaction.
func (c *enteredNumber) useNumber(tx *store.Tx) {
	tx.UseNumber(c.number, c.application)
	if c.application.Product == "" {
		return
	}
	owner, _ := tx.Customer(c.number.Customer)
	holding := owner.AddHolding(c.application.Product)
	holding.Application, holding.OpenedAt = c.application.ID, tx.Now
	tx.PutCustomer(owner)
}

// unknownNumberNote is the answer to every combination of number, birth date and postcode that does not match (A5).
var unknownNumberNote = text.NewFunc(
	"Deze combinatie kennen we niet. Controleer wat je hebt ingevuld. Weet je zeker dat alles klopt? Dan kloppen onze gegevens misschien niet: neem dan contact met ons op.",
	"We do not know this combination. Check what you filled in. Are you sure that it is right? Then our data may be wrong: please contact us.")

// Final states of the flows that ask for an activation number.
const (
	stateNumberUsed        flow.State = "number used before"
	stateNumberExpired     flow.State = "number expired"
	stateNumberReplaced    flow.State = "number replaced"
	stateNumberWithdrawn   flow.State = "application withdrawn"
	stateNumberUnneeded    flow.State = "number not needed"
	stateNumberInvalidated flow.State = "number used or expired meanwhile"
)

// addRejectionEdges adds an edge from each rejection of an activation number to its final state.
func addRejectionEdges(next map[flow.Outcome]flow.Edge) map[flow.Outcome]flow.Edge {
	next[outcomeNumberUsed] = flow.Edge{To: stateNumberUsed, Verdict: flow.VerdictRight, ActivityText: text.New("Activatienummer ingevuld dat al gebruikt was", "Filled in an activation number that was used already")}
	next[outcomeNumberExpired] = flow.Edge{To: stateNumberExpired, Verdict: flow.VerdictRight, ActivityText: text.New("Activatienummer ingevuld dat verlopen was", "Filled in an activation number that had expired")}
	next[outcomeNumberReplaced] = flow.Edge{To: stateNumberReplaced, Verdict: flow.VerdictRight, ActivityText: text.New("Activatienummer ingevuld dat vervangen was", "Filled in an activation number that was replaced")}
	next[outcomeNumberWithdrawn] = flow.Edge{To: stateNumberWithdrawn, Verdict: flow.VerdictRight, ActivityText: text.New("Activatienummer ingevuld van een aanvraag die is ingetrokken", "Filled in an activation number of an application that was withdrawn")}
	next[outcomeNumberUnneeded] = flow.Edge{To: stateNumberUnneeded, Verdict: flow.VerdictRight}
	return next
}

// addRejectionSteps adds the final states of rejected activation numbers to the steps of a place. At AddProduct they lead to
// other places, because the visitor is already logged in.
func addRejectionSteps(here place.ID, steps map[flow.State]flow.Step) map[flow.State]flow.Step {
	next, nl, en := place.LogIn, "Heb je je account al? Log dan in.", "Do you already have your account? Then log in."
	if here == place.AddProduct {
		next, nl, en = place.Products, "Kijk of het product al bij je producten staat.", "Check whether the product is already among your products."
	}
	steps[stateNumberUsed] = flow.Step{
		Title: text.NewFunc("Dit activatienummer is al gebruikt", "This activation number has already been used"),
		Body: text.NewFunc(
			"Een activatienummer werkt één keer. "+nl+" Heb jij het nummer niet gebruikt? Neem dan contact met ons op.",
			"An activation number works once. "+en+" Did you not use the number yourself? Then please contact us."),
		Offers: []place.ID{next, place.Contact, place.Home},
	}
	steps[stateNumberExpired] = flow.Step{
		Title:  text.NewFunc("Dit activatienummer is verlopen", "This activation number has expired"),
		Body:   text.NewFunc("Je gegevens kloppen, maar het nummer werkt niet meer. Vraag een nieuw nummer aan. Je krijgt het per e-mail of per brief.", "Your details are right, but the number no longer works. Request a new one. You will get it by e-mail or by letter."),
		Offers: []place.ID{place.RequestNumber, place.Contact, place.Home},
	}
	steps[stateNumberReplaced] = flow.Step{
		Title: text.NewFunc("Dit activatienummer werkt niet meer", "This activation number no longer works"),
		Body: text.NewFunc(
			"We hebben je later een nieuw nummer gestuurd, of je hebt al een ander nummer gebruikt. Kijk in ons laatste bericht, of vraag een nieuw nummer aan.",
			"We sent you a new one later, or you have used another one already. Look in our latest message, or request a new number."),
		Offers: []place.ID{here, place.RequestNumber, place.Contact, place.Home},
	}
	steps[stateNumberWithdrawn] = flow.Step{
		Title:  text.NewFunc("De aanvraag is ingetrokken", "The application was withdrawn"),
		Body:   text.NewFunc("Dit activatienummer hoort bij een aanvraag die niet meer loopt. Er hoort dus geen product meer bij. Klopt dat niet? Neem dan contact met ons op.", "This activation number is for an application that has ended. So there is no product to it any more. Is that not right? Then please contact us."),
		Offers: []place.ID{place.Contact, place.Home},
	}
	steps[stateNumberUnneeded] = flow.Step{
		Title: text.NewFunc("Dit activatienummer heb je niet nodig", "You do not need this activation number"),
		Body: text.NewFunc(
			"Er hoort geen product bij. Het is voor een account, en dat heb je al.",
			"It is not for a product. It is for an account, and you already have one."),
		Offers: []place.ID{next, place.Contact, place.Home},
	}
	return steps
}

// numberInvalidatedStep is the last step for visitors whose number was valid at first, but expired or was used elsewhere before
// they finished.
var numberInvalidatedStep = flow.Step{
	Title:  text.NewFunc("Dit activatienummer werkt niet meer", "This activation number no longer works"),
	Body:   text.NewFunc("Het nummer is ergens anders gebruikt of verlopen terwijl je bezig was. Hier is niets veranderd. Was jij dat niet? Neem dan contact met ons op.", "The number was used somewhere else, or expired, while you were busy here. Nothing has changed. Was that not you? Then please contact us."),
	Offers: []place.ID{place.LogIn, place.Contact, place.Home},
}
