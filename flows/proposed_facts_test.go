package flows_test

import (
	"testing"

	"loket/flows"
	"loket/flows/flow"
	"loket/flows/flowtest"
	"loket/flows/servicedesk"
	"loket/store"
)

// changeableFacts are the flows that propose the stored value of a fact, in the order of the service desk and the customer.
var changeableFacts = []struct {
	field, was, value     string
	atServiceDesk, atHome func(*flow.Visit) *flow.Flow
	change                func(*store.Customer)
}{
	{"language", "nl", "en", servicedesk.SetLanguage, flows.ChangeLanguage, func(c *store.Customer) { c.Language = "en" }},
	{"print", "normal", "large", servicedesk.SetLetterPrint, flows.ChangeLetterPrint, func(c *store.Customer) { c.LetterPrint = store.LargePrint }},
	{"telephone", "", "06 12 34 56 78", servicedesk.SetTelephone, flows.ChangeTelephone, func(c *store.Customer) { c.Phone = "+31612345678" }},
}

// proposedAnswer returns what a form proposes for a field.
func proposedAnswer(f *flow.Flow, field string) string {
	for _, each := range f.Step().Fields {
		if each.Name == field {
			return each.InitialAnswer
		}
	}
	return "no such field"
}

// TestProposedFacts tests that a form that was filled in once proposes the stored value the next time, at the service desk and for a
// customer: after a change, and also after somebody else has stored that value already.
func TestProposedFacts(t *testing.T) {
	for _, fact := range changeableFacts {
		for name, form := range map[string]struct {
			begin   func(*flow.Visit) *flow.Flow
			answers []string
		}{
			"service desk": {fact.atServiceDesk, []string{fact.field, fact.value, "reason", "Belde"}},
			"customer":     {fact.atHome, []string{fact.field, fact.value, "password", "Eigen-huis12"}},
		} {
			for _, isStoredMeanwhile := range []bool{false, true} {
				d := flowtest.New(t)
				v := d.LogIn(t, "ohoeve", "Eigen-huis12").Visit()
				if name == "service desk" {
					v = atServiceDesk(t, d, "K06")
				}
				if was := proposedAnswer(form.begin(v), fact.field); was != fact.was {
					t.Errorf("%s: %s is %q to begin with, want %q", name, fact.field, was, fact.was)
				}
				if isStoredMeanwhile {
					d.Update(t, func(tx *store.Tx) {
						c, _ := tx.Customer("K06")
						fact.change(&c)
						tx.PutCustomer(c)
					})
				}
				flowtest.MustSubmit(t, form.begin(v), form.answers...)
				if got := proposedAnswer(form.begin(v), fact.field); got != fact.value {
					t.Errorf("%s, stored meanwhile: %t: %s is %q the next time, want %q", name, isStoredMeanwhile, fact.field, got, fact.value)
				}
			}
		}
	}
}
