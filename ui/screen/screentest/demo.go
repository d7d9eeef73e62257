package screentest

import (
	"testing"

	"loket/flows"
	"loket/flows/demo"
	"loket/flows/flow"
	"loket/flows/place"
)

// SubmitAsPerson submits the first step of the flow at a place, with the data of a person of the demo.
func SubmitAsPerson(t *testing.T, s *demo.Sandbox, name string, p place.ID) {
	t.Helper()
	flow := flows.BeginFlow(flow.NewVisit(s.Desk), p)
	answers := map[string]string{}
	for _, person := range s.Persons {
		for _, field := range flow.Step().Fields {
			for _, fact := range person.Facts {
				if person.Name == name && fact.Label == field.Label {
					answers[field.Name] = fact.Value
				}
			}
		}
	}
	if err := flow.Submit(t.Context(), answers); err != nil {
		t.Fatal(err)
	}
}

// ReceiveMail makes the demo send mail: an e-mail in each language, and then a letter.
func ReceiveMail(t *testing.T, s *demo.Sandbox) {
	t.Helper()
	for _, name := range []string{"Priya Raman", "Thijs Wiersma", "Dirk Oosterling"} {
		SubmitAsPerson(t, s, name, place.ForgottenUsername)
	}
}
