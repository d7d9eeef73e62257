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

// CustomerCardPage returns the page of a customer at the service desk.
func CustomerCardPage(_ *desk.Desk, _ time.Time, c flows.CustomerCard) Page {
	return Page{
		Title: flows.PlaceAt(place.Card).Name,
		About: []text.Text{words.CleanRecordText(string(c.Number)), c.Status},
		Sections: []Section{
			{Paragraphs: factLines(c.Contact)},
			{Heading: text.New("Toegang", "Access"), Paragraphs: factLines(c.Access)},
			{Heading: text.New("Nu open bezoeken", "Visits open now"), Paragraphs: noneParagraph(len(c.OpenVisits)), Events: eventsOf(c.OpenVisits)},
			{Heading: text.New("Producten", "Products"), Paragraphs: append(cleanTexts(c.Products), noneParagraph(len(c.Products))...)},
			{Heading: text.New("Activatienummers", "Activation numbers"), Paragraphs: append(factLines(c.Numbers), noneParagraph(len(c.Numbers))...)},
			{Heading: text.New("Laatste berichten", "Latest messages"), Paragraphs: noneParagraph(len(c.Messages)), Events: messageEvents(c.Messages)},
			{Heading: text.New("Wat er gebeurde", "What happened"), Paragraphs: noneParagraph(len(c.RecentEntries)), Events: eventsOf(c.RecentEntries)},
		},
		Choices:   []Choice{{Name: text.New("Wat heeft deze klant nodig?", "What does this customer need?"), Move: navigation.Back{}}},
		LeaveMove: navigation.Back{},
	}
}

// noneParagraph returns the paragraph of a section that lists nothing.
func noneParagraph(count int) []text.Text {
	if count > 0 {
		return nil
	}
	return []text.Text{text.New("Geen.", "None.")}
}

// factLines returns each fact as a line.
func factLines(all []flows.CardFact) (lines []text.Text) {
	for _, f := range all {
		lines = append(lines, words.Concat(cleanText(f.Name), text.SameInBoth(": "), cleanText(f.Value)))
	}
	return lines
}

// cleanTexts returns texts of records without control characters.
func cleanTexts(all []text.Text) (clean []text.Text) {
	for _, t := range all {
		clean = append(clean, cleanText(t))
	}
	return clean
}

func cleanText(t text.Text) text.Text {
	return text.New(words.CleanRecordText(t.NL).NL, words.CleanRecordText(t.EN).EN)
}

func eventsOf(all []flows.AccountEvent) (events []Event) {
	for _, e := range all {
		events = append(events, Event{Time: e.At, Text: cleanText(e.Text), Location: words.CleanRecordText(e.Terminal)})
	}
	return events
}

func messageEvents(all []flows.CardMessage) (events []Event) {
	for _, m := range all {
		events = append(events, Event{Time: m.Written, Text: words.Capitalise(m.Subject), Location: m.State})
	}
	return events
}
