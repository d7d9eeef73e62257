package faq

import (
	"slices"

	"loket/flows"
	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
)

// LinkedPlaces is where the answer to a question leads the visitor, each place once.
func LinkedPlaces(v *flow.Visit, q Question) (places []place.ID) {
	for _, p := range q.Leads {
		if p = reachablePlace(v, p); !slices.Contains(places, p) {
			places = append(places, p)
		}
	}
	return places
}

// reachablePlace is where to send a visitor to be at a place: to log in first, where that
// is needed. What is of no use to a customer who is logged in becomes what they do instead.
func reachablePlace(v *flow.Visit, p place.ID) place.ID {
	switch {
	case flows.At(p).Private && !v.LoggedIn():
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

// Sections is every question that the desk can answer, with the numbers
// that it works with filled in.
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
