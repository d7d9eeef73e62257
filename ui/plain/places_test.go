package plain

import (
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"loket/flows"
	"loket/flows/flow"
	"loket/flows/passkey/passkeytest"
	"loket/flows/place"
)

// TestEveryPlace walks everywhere that choices lead to, by their numbers alone.
func TestEveryPlace(t *testing.T) {
	reached := map[place.ID]bool{place.Home: true}
	explore(t, reached, nil)
	atHome := []string{"2", "anouktan", "Kruimeltje12", "/begin"}
	explore(t, reached, atHome)
	explore(t, reached, append(atHome, "3", "2", "1", "nieuw@example.org", "Kruimeltje12", "/begin", "2", "3", "2")) // with an address to confirm
	for _, p := range flows.Places {
		if !reached[p.ID] && !p.OnPhone {
			t.Errorf("nothing leads to %s, %q", p.ID, p.Name.NL)
		}
	}
}

var numberedLine = regexp.MustCompile(`(?m)^(/?[1-9][0-9]*)\.? (.*)$`)

// explore goes on from where answers lead, to each place that was not reached.
func explore(t *testing.T, reached map[place.ID]bool, answers []string) {
	t.Helper()
	var said string
	var details []flows.Detail
	synctest.Test(t, func(t *testing.T) {
		d := beginWith(t, Options{}, newApp(t))
		d.pairs(passkeytest.New())
		said, _ = d.hears()
		if len(answers) > 0 {
			said = d.answers(answers...)
			details, _ = flows.DetailsOf(t.Context(), logIn(t, d))
		}
	})
	for _, m := range numberedLine.FindAllStringSubmatch(said, -1) {
		for _, each := range details {
			if strings.HasPrefix(m[2], each.Name.NL+": ") && !reached[each.Changes] {
				reached[each.Changes] = true
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

// TestEveryPlaceSpeaks holds that there is a screen for each place.
func TestEveryPlaceSpeaks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := begin(t, Options{})
		d.logsIn()
		for _, visit := range []*flow.Visit{flow.NewVisit(d.sandbox.Desk), logIn(t, d)} {
			s := &session{visit: visit, screens: []screen{&menu{place.Home}}}
			for _, known := range flows.Places {
				p := known.ID
				none := p == place.Home || p == place.LogOut || known.Private && !visit.LoggedIn() && flows.Begin(s.visit, p) == nil
				if s.at(p) == nil && !none {
					t.Errorf("there is no screen for %s", p)
				}
			}
		}
	})
}

// TestCommandsAreNoAnswers holds that no command is a password or a username
// that somebody can choose, and so never something that they need to type.
func TestCommandsAreNoAnswers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := begin(t, Options{})
		d.logsIn()
		visit := logIn(t, d)
		typed := []string{"/1", "/12"}
		for _, c := range (&session{options: Options{Demo: d.sandbox}}).commands() {
			typed = append(typed, c.names...)
		}
		for _, p := range []place.ID{place.ChangeUsername, place.ChangePassword} {
			for _, field := range flows.Begin(visit, p).Step().Fields {
				for _, line := range typed {
					chosen := field.Name == "username" || field.Rules != nil
					if chosen && field.Problem(line) == nil {
						t.Errorf("%s of %s can be %q", field.Name, p, line)
					}
				}
			}
		}
	})
}

// TestCommandsDiffer holds that a command has one meaning.
func TestCommandsDiffer(t *testing.T) {
	meant := map[string]string{}
	for _, c := range (&session{options: Options{Demo: openDemo(t)}}).commands() {
		for _, name := range c.names {
			if other, is := meant[name]; is && other != c.does.NL {
				t.Errorf("%s means %q and %q", name, other, c.does.NL)
			}
			meant[name] = c.does.NL
		}
	}
}

// TestNoScreen holds that nothing here can draw one.
func TestNoScreen(t *testing.T) {
	for _, dir := range []string{".", "../words", "../sheet"} {
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
