package flows

import (
	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/store"
)

// AddProduct adds the product of an activation number to the account of the customer who is
// logged in (A4). It asks for the number alone, because the customer is known.
func AddProduct(v *flow.Visit) *flow.Flow {
	const (
		askNumber    flow.State = "ask number"
		productAdded flow.State = "product added"
	)
	c := &numberEntry{}
	f := &flow.Flow{Name: "add product", Start: askNumber}
	f.Steps = withRejectionEnds(place.AddProduct, map[flow.State]flow.Step{
		askNumber: {
			Title:       text.Fixed("Product toevoegen", "Add a product"),
			Body:        text.Fixed("Elk product dat je aanvraagt, heeft zijn eigen activatienummer.", "Each product you apply for has its own activation number."),
			Fields:      []flow.Field{activationNumberField(&c.typed)},
			ThrottleKey: c.throttleKey,
			Neutral:     true,
			Keys:        store.Keys{Read: 8, Written: 5},
			Do: func(tx *store.Tx) (flow.Outcome, error) {
				f.About = v.Customer()
				owner, found := c.findOwner(tx, func(c store.Customer) bool { return c.ID == v.Customer() })
				if !found {
					return wrong, nil
				}
				if why := c.rejectionReason(tx); why != "" {
					return why, nil
				}
				c.useUp(tx)
				v.NotifyCustomer(tx, owner.ID, desk.ProductOpened, desk.ProductFacts(tx, c.number))
				return added, nil
			},
			Next: withRejections(map[flow.Outcome]flow.Edge{
				added: {To: productAdded, Verdict: flow.Right, Told: text.New("Product toegevoegd", "Added a product")},
				wrong: {To: askNumber, Verdict: flow.Wrong, Note: text.Fixed(
					"Dit nummer kennen we niet bij jou. Controleer het. Weet je zeker dat het klopt? Neem dan contact met ons op.",
					"We do not know this number for you. Check it. Are you sure that it is right? Then please contact us.")},
			}),
			Offers: []place.ID{place.Contact},
		},
		productAdded: productAddedEnd,
	})
	return f.Begin(v)
}

var productAddedEnd = flow.Step{
	Title:  text.Fixed("Het product is toegevoegd", "The product has been added"),
	Body:   text.Fixed("Je ziet het nu bij je producten. Het activatienummer heb je niet meer nodig.", "You will now find it among your products. You no longer need the activation number."),
	Offers: []place.ID{place.Products, place.AddProduct},
}
