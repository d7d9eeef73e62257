package flows

import (
	"loket/flows/desk"
	"loket/flows/fields"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/store"
)

// AddProduct adds the product of an activation number to the logged-in customer's account (A4). It asks only for the number,
// because the customer is known.
func AddProduct(v *flow.Visit) *flow.Flow {
	const (
		askNumber    flow.State = "ask number"
		productAdded flow.State = "product added"
	)
	c := &enteredNumber{}
	f := &flow.Flow{Name: "add product", Start: askNumber}
	f.Steps = addRejectionSteps(place.AddProduct, map[flow.State]flow.Step{
		askNumber: {
			Title:       text.NewFunc("Product toevoegen", "Add a product"),
			Body:        text.NewFunc("Elk product dat je aanvraagt, heeft zijn eigen activatienummer.", "Each product you apply for has its own activation number."),
			Fields:      []flow.Field{fields.ActivationNumberField(&c.typedNumber)},
			ThrottleKey: c.numberThrottleKey,
			IsNeutral:   true,
			MinKeys:     store.KeyCounts{Read: 8, Written: 5},
			Do: func(tx *store.Tx) (flow.Outcome, error) {
				f.AuditCustomer = v.Customer()
				owner, found := c.findNumberOwner(tx, func(c store.Customer) bool { return c.ID == v.Customer() })
				if !found {
					return outcomeNumberWrong, nil
				}
				if why := c.numberRejectionReason(tx); why != "" {
					return why, nil
				}
				c.useNumber(tx)
				v.NotifyCustomer(tx, owner.ID, desk.TemplateProductOpened, desk.ProductMessageFacts(tx, c.number))
				return outcomeProductAdded, nil
			},
			Next: addRejectionEdges(map[flow.Outcome]flow.Edge{
				outcomeProductAdded: {To: productAdded, Verdict: flow.VerdictRight, ActivityText: text.New("Product toegevoegd", "Added a product")},
				outcomeNumberWrong: {To: askNumber, Verdict: flow.VerdictWrong, Note: text.NewFunc(
					"Dit nummer kennen we niet bij jou. Controleer het. Weet je zeker dat het klopt? Neem dan contact met ons op.",
					"We do not know this number for you. Check it. Are you sure that it is right? Then please contact us.")},
			}),
			Offers: []place.ID{place.Contact},
		},
		productAdded: productAddedStep,
	})
	return f.Begin(v)
}

var productAddedStep = flow.Step{
	Title:  text.NewFunc("Het product is toegevoegd", "The product has been added"),
	Body:   text.NewFunc("Je ziet het nu bij je producten. Het activatienummer heb je niet meer nodig.", "You will now find it among your products. You no longer need the activation number."),
	Offers: []place.ID{place.Products, place.AddProduct},
}
