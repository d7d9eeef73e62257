package plain

import (
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"loket/flows"
	"loket/flows/flow"
	"loket/flows/passkey/passkeytest"
	"loket/flows/place"
	"loket/ui/plain/dialogue"
	"loket/ui/plain/pages"
)

// TestEveryPlace follows every choice by its number.
func TestEveryPlace(t *testing.T) {
	reached := map[place.ID]bool{place.Home: true}
	explore(t, reached, nil)
	atHome := []string{"2", "anouktan", "Kruimeltje12", "/begin"}
	explore(t, reached, atHome)
	// Begin again with an e-mail address that must be confirmed.
	explore(t, reached, append(atHome, "3", "2", "1", "nieuw@example.org", "Kruimeltje12", "/begin", "2", "3", "2"))
	for _, p := range flows.Places {
		if !reached[p.ID] && !p.RunsOnPhone {
			t.Errorf("nothing leads to %s, %q", p.ID, p.Name.NL)
		}
	}
}

var numberedLine = regexp.MustCompile(`(?m)^(/?[1-9][0-9]*)\.? (.*)$`)

// explore follows the choices of a screen to each place that was not visited yet.
func explore(t *testing.T, reached map[place.ID]bool, answers []string) {
	t.Helper()
	var said string
	var details []flows.Detail
	inBubble(t, func(t *testing.T) {
		d := beginWith(t, Options{}, newApp(t))
		d.pairs(passkeytest.New())
		said, _ = d.hears()
		if len(answers) > 0 {
			said = d.answers(answers...)
			details, _ = flows.LoadCustomerDetails(t.Context(), logIn(t, d))
		}
	})
	for _, m := range numberedLine.FindAllStringSubmatch(said, -1) {
		for _, each := range details {
			if strings.HasPrefix(m[2], each.Name.NL+": ") && !reached[each.ChangePlace] {
				reached[each.ChangePlace] = true
				explore(t, reached, append(slices.Clone(answers), m[1]))
			}
		}
	}
	for _, m := range numberedLine.FindAllStringSubmatch(said, -1) {
		for _, p := range flows.Places {
			name, _, _ := strings.Cut(m[2], ". ")
			if name == p.Name.NL && !reached[p.ID] {
				reached[p.ID] = true
				explore(t, reached, append(slices.Clone(answers), m[1]))
			}
		}
	}
}

// TestEveryPlaceSpeaks checks that each place has a screen.
func TestEveryPlaceSpeaks(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := begin(t, Options{})
		d.logsIn()
		for _, visit := range []*flow.Visit{flow.NewVisit(d.sandbox.Desk), logIn(t, d)} {
			s := &session{Session: &dialogue.Session{Desk: d.sandbox.Desk}}
			s.BeginVisit(visit, pages.NewMenu(place.Home))
			for _, known := range flows.Places {
				p := known.ID
				none := p == place.Home || p == place.LogOut || known.CustomersOnly && !visit.LoggedIn() && flows.BeginFlow(s.Visit, p) == nil
				if s.newPlaceScreen(p) == nil && !none {
					t.Errorf("there is no screen for %s", p)
				}
			}
		}
	})
}

// TestNoScreen checks that this package imports nothing that can draw.
func TestNoScreen(t *testing.T) {
	for _, dir := range []string{".", "lines", "dialogue", "form", "pages", "demo", "spoken", "../words", "../sheet", "../view", "../navigation"} {
		files, err := filepath.Glob(dir + "/*.go")
		if err != nil || len(files) == 0 {
			t.Fatal(dir, err)
		}
		for _, name := range files {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
			if err != nil {
				t.Fatal(err)
			}
			for _, i := range file.Imports {
				if strings.Contains(i.Path.Value, "charm.land") || i.Path.Value == `"loket/ui"` {
					t.Errorf("%s imports %s", name, i.Path.Value)
				}
			}
		}
	}
}

// TestTenAtATime checks that a long list is written in parts of ten, that an empty line asks for
// the next part, and that an item that was not written yet can be chosen.
func TestTenAtATime(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := begin(t, Options{})
		d.hears()
		said := d.answers("5", "2")
		d.has(said, "10. ", "0. Terug", "of druk op Enter voor meer:")
		d.hasNo(said, "11. ")
		said = d.answers("")
		d.has(said, "11. ", "15. ", "Kies een nummer, of typ een woord om te zoeken:")
		d.hasNo(said, "10. ", "Enter voor meer")
		d.has(d.answers(""), "Fout: Kies een nummer uit de lijst.")
		d.has(d.answers("/terug", "2", "15"), "Hoe zie ik wie er in mijn account is geweest?")
	})
}
