package view

import (
	"time"

	"loket/flows"
	"loket/flows/desk"
	"loket/flows/place"
	"loket/flows/text"
	"loket/ui/navigation"
	"loket/ui/words"
)

// Details returns the page of what the desk knows of the customer. Each detail is a choice that
// leads to the flow that changes it.
func Details(d *desk.Desk, now time.Time, all []flows.Detail) Page {
	p := Page{
		Title:    flows.At(place.Details).Name,
		Sections: []Section{{Paragraphs: []text.Text{words.ChooseToChange}}},
		Note:     flows.AddressChanges,
		Foot:     Helplines(d, now),
		Leave:    navigation.Back{},
	}
	for _, each := range all {
		p.Choices = append(p.Choices, Choice{Name: each.Name, Value: each.Value, Leads: navigation.GoTo{Place: each.Changes}})
	}
	return p
}

// Activity returns the page of recent events of the customer's account.
func Activity(d *desk.Desk, now time.Time, all []flows.AccountEvent) Page {
	happened := Section{}
	for _, each := range all {
		where := words.CleanRecord(flows.AtTerminal(each.Terminal).NL)
		happened.Events = append(happened.Events, Event{At: each.At, Says: each.Text, Where: where})
	}
	return Page{
		Title:     flows.At(place.Activity).Name,
		Sections:  []Section{{Paragraphs: []text.Text{flows.NotYouAdvice}}, happened},
		Helplines: Helplines(d, now),
		Choices:   []Choice{placeChoice(d, place.ChangePassword)},
		Leave:     navigation.Back{},
	}
}

// Unavailable returns the page of a place whose data could not be fetched.
func Unavailable(d *desk.Desk, now time.Time, id place.ID) Page {
	return Page{
		Title:    flows.At(id).Name,
		Sections: []Section{{Paragraphs: []text.Text{words.UnavailableText}}},
		Choices:  []Choice{placeChoice(d, place.Contact)},
		Foot:     Helplines(d, now),
		Leave:    navigation.Back{},
	}
}
