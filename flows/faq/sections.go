package faq

import (
	"slices"

	"loket/flows"
	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
)

// LinkedPlaces returns the places to which the answer to a question leads a visitor. Each place occurs once.
func LinkedPlaces(v *flow.Visit, q Question) (places []place.ID) {
	for _, p := range q.Places {
		if p = resolveLinkedPlace(v, p); !slices.Contains(places, p) {
			places = append(places, p)
		}
	}
	return places
}

// resolveLinkedPlace returns the target of a link to the place p. For a visitor who is not logged in, a place for customers becomes
// LogIn. For a logged-in customer, a place for guests becomes the similar place for customers.
func resolveLinkedPlace(v *flow.Visit, p place.ID) place.ID {
	switch {
	case flows.PlaceAt(p).CustomersOnly && !v.LoggedIn():
		return place.LogIn
	case (p == place.LogIn || p == place.LogInWithApp) && v.LoggedIn():
		return place.Products
	case p == place.Activate && v.LoggedIn():
		return place.AddProduct
	case p == place.RequestAccount && v.LoggedIn():
		return place.Products
	}
	return p
}

// Sections returns all questions. The answers mention the settings of the desk.
func Sections(d *desk.Desk) []Section {
	return []Section{
		{text.New("Toegang", "Access"), accessQuestions(d)},
		{text.New("Inloggen", "Logging in"), logInQuestions(d)},
		{text.New("Productinzicht", "Product view"), productQuestions},
		{text.New("Service en contact", "Service and contact"), contactQuestions(d)},
		{text.New("Hulp, en voor een ander", "Help, and for somebody else"), helpQuestions(d)},
		{text.New("Je rechten en je veiligheid", "Your rights and your safety"), rightsQuestions(d)},
	}
}
