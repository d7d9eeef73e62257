package flows_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"loket/flows"
	"loket/flows/flow"
	"loket/flows/flowtest"
	"loket/flows/golden"
	"loket/flows/place"
	"loket/flows/text"
	"loket/store"
)

// allFlows returns the flows of visitors and of the service desk.
func allFlows() []flows.Place { return slices.Concat(flows.FlowPlaces(), flows.ServiceFlowPlaces()) }

// TestTables tests properties of the tables that the compiler cannot check.
func TestTables(t *testing.T) {
	d := flowtest.New(t)
	for _, known := range allFlows() {
		f := known.Begin(flow.NewVisit(d.Desk))
		t.Run(f.Name, func(t *testing.T) {
			if string(known.ID) != f.Name {
				t.Errorf("the flow of %q calls itself %q", known.ID, f.Name)
			}
			checkReach(t, f)
			for state, step := range f.Steps {
				checkStep(t, state, step, known.RunsOnPhone)
			}
			golden.CompareWithFile(t, flowtest.GoldenPath("testdata", f, ".mmd"), f.Mermaid())
		})
	}
}

// checkReach checks that every edge leads to a step, that every step can be reached, and that every step leads to an end.
func checkReach(t *testing.T, f *flow.Flow) {
	reached := reach(f, f.Start)
	for state := range f.Steps {
		if !reached[state] && state != flow.StateTimeUp && state != flow.StateLoggedOut && state != "out of reach" {
			t.Errorf("nothing leads to %q", state)
		}
		ends := false
		for to := range reach(f, state) {
			next, known := f.Steps[to]
			if !known {
				t.Errorf("%q leads to %q, which is not a step", state, to)
			}
			ends = ends || next.Do == nil
		}
		if !ends {
			t.Errorf("%q never ends", state)
		}
	}
}

func reach(f *flow.Flow, from flow.State) map[flow.State]bool {
	seen := map[flow.State]bool{from: true}
	for todo := []flow.State{from}; len(todo) > 0; todo = todo[1:] {
		for _, e := range f.Steps[todo[0]].Next {
			if !seen[e.To] {
				seen[e.To] = true
				todo = append(todo, e.To)
			}
		}
	}
	return seen
}

// checkStep checks that a step is complete and has its texts in both languages.
func checkStep(t *testing.T, state flow.State, step flow.Step, onPhone bool) {
	asks, waits := step.Do != nil, step.IsPending != nil
	if asks != (step.Next != nil) || asks != (step.Fields != nil || step.AutoSubmit || waits) && !step.AutoSubmit {
		t.Errorf("%q has some of Asks, Do and Next, but not all", state)
	}
	if _, has := step.Next[flow.OutcomePending]; waits != has || waits != (step.PollEvery > 0) || waits && step.PhoneAccess == nil || waits && (step.Fields != nil || step.AutoSubmit) {
		t.Errorf("%q waits by halves, or asks something at the same time", state)
	}
	if !asks && (step.Prepare != nil || step.ThrottleKey != nil || step.IsNeutral) {
		t.Errorf("%q is an end, and yet prepares, guards or is neutral", state)
	}
	if !asks && len(step.Offers) == 0 && !onPhone {
		t.Errorf("%q is an end from where nothing leads on", state)
	}
	if step.AutoSubmit && (step.Fields != nil || len(step.Offers) == 0) {
		t.Errorf("%q goes straight on, and has nowhere to go or something to ask", state)
	}
	for _, o := range []flow.Outcome{flow.OutcomeTooSoon, flow.OutcomePaused} {
		if edge, has := step.Next[o]; has != (step.ThrottleKey != nil) || has && (edge.To != state || edge.Verdict != flow.VerdictNone) {
			t.Errorf("%q deals wrongly with %q", state, o)
		}
	}
	for _, field := range step.Fields {
		if !onPhone && (field.Help.NL == "" || field.Help.EN == "") {
			t.Errorf("%q does not help with %q", state, field.Name)
		}
	}
	for _, place := range step.Offers {
		if flows.PlaceAt(place).ID == "" {
			t.Errorf("%q offers %q, which is no place", state, place)
		}
	}
	for what, text := range textsOf(step) {
		if strings.TrimSpace(text.NL) == "" || strings.TrimSpace(text.EN) == "" || text.NL == text.EN && !sameInBoth[text.NL] {
			t.Errorf("%q: its %s is missing in a language: %q", state, what, text)
		}
	}
	names := map[string]bool{}
	for _, field := range step.Fields {
		if names[field.Name] || field.Name == "" || field.Accept == nil {
			t.Errorf("%q: field %q has no name of its own, or takes no answer", state, field.Name)
		}
		names[field.Name] = true
	}
}

// sameInBoth lists words that are the same in both languages.
var sameInBoth = map[string]bool{"Postcode": true, "Code": true}

// textsOf returns all texts of a step.
func textsOf(step flow.Step) map[string]text.Text {
	texts := map[string]text.Text{"heading": step.Title()}
	if step.Body != nil {
		texts["text"] = step.Body()
	}
	for o, edge := range step.Next {
		if edge.Note != nil {
			texts["note on "+string(o)] = edge.Note()
		}
	}
	for _, field := range step.Fields {
		texts["label of "+field.Name] = field.Label
		if field.Hint != nil {
			texts["hint of "+field.Name] = field.Hint()
		}
		for i, rule := range field.Rules {
			texts[fmt.Sprint("rule ", i+1, " of ", field.Name)] = rule.Text
		}
	}
	return texts
}

// TestPlaces tests that every place has a name, and that every flow is a place.
func TestPlaces(t *testing.T) {
	d := flowtest.New(t)
	for _, is := range flows.Places {
		if is.Name.NL == "" || is.Name.EN == "" || (is.Purpose.NL == "") != (is.Purpose.EN == "") {
			t.Errorf("place %q is not named in both languages", is.ID)
		}
	}
	for _, f := range flows.FlowPlaces() {
		v := flow.NewVisit(d.Desk)
		if begun := flows.BeginFlow(v, f.ID); (begun == nil) != f.CustomersOnly {
			t.Errorf("at %q begins %v for who is not logged in", f.ID, begun)
		}
		v.LogIn(store.Account{Customer: "K06"}, store.Customer{}, nil)
		if begun := flows.BeginFlow(v, f.ID); begun == nil || begun.Name != string(f.ID) {
			t.Errorf("at %q begins %v", f.ID, begun)
		}
	}
	if begun := flows.BeginFlow(flow.NewVisit(d.Desk), place.Contact); begun != nil {
		t.Errorf("at %q begins %q", place.Contact, begun.Name)
	}
}

// TestVisits replays the transcripts in testdata/*.txt, which specify the flows. Together they must cover every outcome of
// every step, and let the time of every step run out.
func TestVisits(t *testing.T) {
	flowtest.ReplayTranscripts(t, flowtest.New, "testdata", allFlows()...)
}

// TestVisitsOnCluster replays the same transcripts on an etcd cluster, where visitors must see no difference (X10).
func TestVisitsOnCluster(t *testing.T) {
	flowtest.ReplayTranscripts(t, OnCluster(t), "testdata", allFlows()...)
}

// TestNotesAtFields tests that a note about a field is shown at a step that has the field (R32).
func TestNotesAtFields(t *testing.T) {
	d := flowtest.New(t)
	for _, p := range allFlows() {
		f := p.Begin(flow.NewVisit(d.Desk))
		for state, step := range f.Steps {
			for outcome, edge := range step.Next {
				names := func(field flow.Field) bool { return field.Name == edge.Field }
				if edge.Field != "" && (edge.Note == nil || !slices.ContainsFunc(f.Steps[edge.To].Fields, names)) {
					t.Errorf("%s, %s: %q notes something at %q", f.Name, state, outcome, edge.Field)
				}
			}
		}
	}
}
