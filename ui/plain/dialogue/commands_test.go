package dialogue

import (
	"slices"
	"testing"

	"loket/flows"
	"loket/flows/clock"
	"loket/flows/demo"
	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/store"
)

// demoSession is a session in which every command works.
var demoSession = &Session{Options: Options{Demo: &demo.Sandbox{}}, Visit: loggedIn()}

func loggedIn() *flow.Visit {
	v := flow.NewVisit(desk.New(nil, clock.New(), "", desk.DefaultSettings()))
	v.LogIn(store.Account{Customer: "K1"}, store.Customer{ID: "K1"}, nil)
	return v
}

// TestCommandsAreNoAnswers checks that no command is a valid password or username.
func TestCommandsAreNoAnswers(t *testing.T) {
	typed := []string{"/1", "/12"}
	for _, c := range demoSession.commands() {
		typed = append(typed, c.names()...)
	}
	activate := flows.BeginFlow(flow.NewVisit(desk.New(nil, clock.New(), "", desk.DefaultSettings())), place.Activate)
	chosen := 0
	for _, step := range activate.Steps {
		if !slices.ContainsFunc(step.Fields, func(f flow.Field) bool { return f.Rules != nil }) {
			continue // The field does not ask for a new value.
		}
		for _, field := range step.Fields {
			if field.Name != "username" && field.Rules == nil {
				continue
			}
			chosen++
			for _, line := range typed {
				if field.CheckAnswer(line) == nil {
					t.Errorf("%s can be %q", field.Name, line)
				}
			}
		}
	}
	if chosen != 2 {
		t.Errorf("%d fields are chosen, want username and password", chosen)
	}
}

// TestCommandsDiffer checks that no two commands have the same name.
func TestCommandsDiffer(t *testing.T) {
	meant := map[string]string{}
	for _, c := range demoSession.commands() {
		for _, name := range c.names() {
			if other, is := meant[name]; is && other != c.description.NL {
				t.Errorf("%s means %q and %q", name, other, c.description.NL)
			}
			meant[name] = c.description.NL
		}
	}
}
