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

// DetailsPage returns the page with the details that the desk has about the customer. Each detail is a choice that leads to
// the flow that changes it.
func DetailsPage(d *desk.Desk, now time.Time, all []flows.Detail) Page {
	p := Page{
		Title:     flows.PlaceAt(place.Details).Name,
		Sections:  []Section{{Paragraphs: []text.Text{words.ChooseToChange}}},
		Note:      flows.AddressChangeAdvice,
		FootLines: Helplines(d, now),
		LeaveMove: navigation.Back{},
	}
	for _, each := range all {
		p.Choices = append(p.Choices, Choice{Name: each.Name, Value: each.Value, Move: navigation.GoTo{Place: each.ChangePlace}})
	}
	return p
}

// ActivityPage returns the page with the recent events of a customer's account.
func ActivityPage(d *desk.Desk, now time.Time, all []flows.AccountEvent) Page {
	happened := Section{}
	for _, each := range all {
		where := words.CleanRecordText(flows.TerminalText(each.Terminal).NL)
		happened.Events = append(happened.Events, Event{Time: each.At, Text: each.Text, Location: where})
	}
	return Page{
		Title:     flows.PlaceAt(place.Activity).Name,
		Sections:  []Section{{Paragraphs: []text.Text{flows.UnfamiliarEventAdvice}}, happened},
		Helplines: Helplines(d, now),
		Choices:   []Choice{placeChoice(d, place.ChangePassword)},
		LeaveMove: navigation.Back{},
	}
}

// UnavailablePage returns the page of a place whose data could not be fetched.
func UnavailablePage(d *desk.Desk, now time.Time, id place.ID) Page {
	return Page{
		Title:     flows.PlaceAt(id).Name,
		Sections:  []Section{{Paragraphs: []text.Text{words.UnavailableText}}},
		Choices:   []Choice{placeChoice(d, place.Contact)},
		FootLines: Helplines(d, now),
		LeaveMove: navigation.Back{},
	}
}
