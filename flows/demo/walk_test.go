package demo

import (
	"maps"
	"slices"
	"testing"

	"loket/flows"
	"loket/flows/flow"
	"loket/flows/passkey/passkeytest"
	"loket/flows/phone"
	"loket/flows/place"
	"loket/flows/text"
)

// A walk is a visit by a person of the demo, who knows only the facts on their card.
type walk struct {
	*testing.T
	*flow.Flow
	sandbox *Sandbox
	visit   *flow.Visit
	person  Person
}

func (s *Sandbox) as(t *testing.T, name string) *walk {
	t.Helper()
	i := slices.IndexFunc(s.Persons, func(p Person) bool { return p.Name == name })
	if i < 0 {
		t.Fatalf("%s is not in the cast", name)
	}
	return &walk{T: t, sandbox: s, visit: flow.NewVisit(s.Desk), person: s.Persons[i]}
}

// goes begins the flow of a place.
func (w *walk) goes(p place.ID) *walk {
	w.Flow = flows.BeginFlow(w.visit, p)
	return w
}

// answers fills in every field of the step. It uses the answer in given, or otherwise the fact on the card that has the label
// of the field.
func (w *walk) answers(given map[string]string) *walk {
	w.Helper()
	answers := maps.Clone(given)
	if answers == nil {
		answers = map[string]string{}
	}
	for _, field := range w.Step().Fields {
		if _, is := answers[field.Name]; !is {
			answers[field.Name] = w.fact(field.Label)
		}
	}
	if err := w.Submit(w.Context(), answers); err != nil {
		w.Fatalf("%s at %q of %s: %v", w.person.Name, w.State(), w.Name, err)
	}
	return w
}

func (w *walk) fact(label text.Text) string {
	w.Helper()
	i := slices.IndexFunc(w.person.Facts, func(f FieldAnswer) bool { return f.Label == label })
	if i < 0 {
		w.Fatalf("the card of %s has no %s", w.person.Name, label.EN)
	}
	return w.person.Facts[i].Value
}

// has reports whether the card of a person has a fact with the given label.
func (p Person) has(label string) bool {
	return slices.ContainsFunc(p.Facts, func(f FieldAnswer) bool { return f.Label.EN == label })
}

// at checks that the walk has reached the step want.
func (w *walk) at(want flow.State) *walk {
	w.Helper()
	if w.State() != want {
		note := text.Text{}
		if w.AnswerNote() != nil {
			note = w.AnswerNote()()
		}
		w.Fatalf("%s is at %q of %s, want %q; note: %s", w.person.Name, w.State(), w.Flow.Name, want, note.EN)
	}
	return w
}

// onPhone opens the page on a phone with the code of the terminal, and submits the phone's answers. If there are numbers to
// choose from, it chooses the right number.
func (w *walk) onPhone(device *passkeytest.Phone, number string) *walk {
	w.Helper()
	f, open, err := phone.BeginPhoneVisit(w.Context(), w.sandbox.Desk, w.Step().PhoneAccess().Code)
	if err != nil || !open {
		w.Fatalf("a phone that comes: %v, %v", open, err)
	}
	answers := map[string]string{}
	for _, field := range f.Step().Fields {
		if field.PasskeyOptions == nil {
			answers[field.Name] = number
			continue
		}
		options, err := field.PasskeyOptions()
		if err != nil {
			w.Fatal(err)
		}
		does := device.Sign
		if field.Kind == flow.KindNewPasskey {
			does = device.Create
		}
		if answers[field.Name], err = does("http://localhost:8023", options); err != nil {
			w.Fatal(err)
		}
	}
	if err := f.Submit(w.Context(), answers); err != nil {
		w.Fatal(err)
	}
	return &walk{T: w.T, Flow: f, sandbox: w.sandbox, person: w.person}
}

// products returns the products that the customer sees.
func (w *walk) products() []flows.Holding {
	w.Helper()
	overview, err := flows.LoadProductOverview(w.Context(), w.visit)
	if err != nil {
		w.Fatal(err)
	}
	return overview.Products
}

// activate opens an account for a person of the demo, with the facts on their card.
func activate(t *testing.T, s *Sandbox, name string) *walk {
	t.Helper()
	username := "nieuw." + name[:4]
	return s.as(t, name).goes(place.Activate).answers(nil).at("choose credentials").
		answers(map[string]string{"username": username, "new": "Splinternieuw1", "again": "Splinternieuw1"}).
		at("account activated")
}

func mailOf(t *testing.T, s *Sandbox) []Mail {
	t.Helper()
	mail, err := s.ReadMailbox(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return mail
}
