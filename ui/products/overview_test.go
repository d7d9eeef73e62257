package products

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"pgregory.net/rapid"

	"loket/flows"
	"loket/flows/clock"
	"loket/flows/desk"
	"loket/flows/dutch"
	"loket/flows/flow"
	"loket/flows/golden"
	"loket/flows/place"
	"loket/flows/text"
	"loket/ui/screen"
	"loket/ui/screen/screentest"
)

// overviewOf returns the overview of a customer with the given products.
func overviewOf(held ...flows.Holding) *overview {
	p := NewOverview(onSunday()).(*overview)
	p.Update(screen.FetchedMsg[flows.Overview]{Screen: p, Data: flows.Overview{Name: "A.B. van der Berg", Products: held}})
	return p
}

// onSunday returns a visit at a desk without a store, at screentest.SundayAfternoon.
func onSunday() *flow.Visit {
	clock := clock.New()
	clock.Advance(screentest.FrameTime.Sub(clock.Now()))
	return flow.NewVisit(&desk.Desk{Clock: clock})
}

// failedOverview returns an overview whose products could not be fetched.
func failedOverview() *overview {
	p := NewOverview(onSunday()).(*overview)
	p.Update(screen.FetchedMsg[flows.Overview]{Screen: p, Err: errors.New("disk on fire")})
	return p
}

// load runs the background work of an overview, and passes it the result.
func load(t *testing.T, p *overview) {
	t.Helper()
	work, is := screentest.CmdMessage(p.Start()).(screen.BackgroundWork)
	if !is {
		t.Fatal("opened, the overview gives no work away")
	}
	p.Update(work.Work(t.Context()))
}

func TestOverviewLoads(t *testing.T) {
	p := NewOverview(screentest.LoggedInVisit(t)).(*overview)
	f := screentest.Frame(text.Dutch, screen.ColumnWidth)
	if shown := screentest.PageText(p.View(f)); !p.Busy() || !strings.Contains(shown, "We halen je producten op") {
		t.Errorf("while it loads, busy is %v and it says %q", p.Busy(), shown)
	}
	if went := screentest.PressKey(p, "enter"); went != nil {
		t.Errorf("while it loads, enter leads to %#v", went)
	}
	load(t, p)
	shown := screentest.PageText(p.View(f))
	for _, want := range []string{"Goedemiddag, C. Smit", "Sparen", "Internetsparen", "NL22 NNBA 0123 4567 89 · samen", "€ 1.234,56"} {
		if p.Busy() || !strings.Contains(shown, want) {
			t.Errorf("loaded, busy is %v and there is no %q in\n%s", p.Busy(), want, shown)
		}
	}
}

// TestOverviewFails uses a visit without a login, for which the store returns an error that
// customers must not see.
func TestOverviewFails(t *testing.T) {
	p := NewOverview(flow.NewVisit(&desk.Desk{Clock: clock.New()})).(*overview)
	load(t, p)
	shown := screentest.PageText(p.View(screentest.Frame(text.Dutch, screen.ColumnWidth)))
	if p.Busy() || !strings.Contains(shown, "We kunnen je producten nu niet laten zien") || strings.Contains(shown, "logged in") {
		t.Errorf("it says\n%s", shown)
	}
	if again, is := screentest.PressKey(p, "enter").(screen.ReplaceMsg); !is || !again.Screen.(*overview).Busy() {
		t.Errorf("trying again leads to %#v", again)
	}
	if got := screentest.PressKey(p, "2"); got != (screen.GoTo{Place: place.Contact}) {
		t.Errorf("2 leads to %#v", got)
	}
}

func TestOverviewIgnoresOthers(t *testing.T) {
	p, other := NewOverview(&flow.Visit{}).(*overview), NewOverview(&flow.Visit{}).(*overview)
	p.Update(screen.FetchedMsg[flows.Overview]{Screen: other})
	if !p.Busy() {
		t.Error("what came of the work of another overview counts for this one")
	}
}

func TestOverviewFrames(t *testing.T) {
	for name, p := range map[string]*overview{
		"products":         overviewOf(oneOfEach...),
		"products_none":    overviewOf(),
		"products_failed":  failedOverview(),
		"products_loading": NewOverview(&flow.Visit{}).(*overview),
	} {
		t.Run(name, func(t *testing.T) {
			golden.CompareWithFile(t, filepath.Join("testdata", name+".golden"), screentest.DrawInFrames(p))
		})
	}
}

func TestOverviewLeadsOn(t *testing.T) {
	for keys, want := range map[string]string{
		"enter":                "Internetsparen",
		"down enter":           "Woon Hypotheek",
		"down down up enter":   "Woon Hypotheek",
		"3":                    "Levensverzekering",
		"up enter":             "contact",
		"end up enter":         "add product",
		"8":                    "add product",
		"9":                    "contact",
		"end home tab enter":   "Woon Hypotheek",
		"esc":                  "back",
		"0":                    "",
		"x":                    "",
		"7":                    "Beleggersrekening",
		"end down enter":       "Internetsparen",
		"down down down enter": "Overlijdensrisicoverzekering",
	} {
		p := overviewOf(oneOfEach...)
		var went tea.Msg
		for key := range strings.FieldsSeq(keys) {
			went = screentest.PressKey(p, key)
		}
		if got := whereTo(went); got != want {
			t.Errorf("%q leads to %q, want %q", keys, got, want)
		}
	}
}

// whereTo returns the name of the place to which a navigation message leads.
func whereTo(msg tea.Msg) string {
	switch msg := msg.(type) {
	case screen.OpenMsg:
		return msg.Screen.(*product).holding.Name
	case screen.GoTo:
		return string(msg.Place)
	case screen.Back:
		return "back"
	}
	return ""
}

// TestOverviewQuestionsGoToTheirLine checks that questions about a mortgage go to a separate helpline (A6).
func TestOverviewQuestionsGoToTheirLine(t *testing.T) {
	for key, want := range map[string]string{"1": "Digital Support", "2": "Hypotheek: 088 663 06 63"} {
		opened := screentest.PressKey(overviewOf(oneOfEach...), key).(screen.OpenMsg)
		if shown := screentest.PageText(opened.Screen.View(screentest.Frame(text.Dutch, screen.ColumnWidth))); !strings.Contains(shown, want) {
			t.Errorf("no %q in\n%s", want, shown)
		}
	}
}

func TestOverviewClicks(t *testing.T) {
	p := overviewOf(oneOfEach...)
	shown := strings.Split(screentest.PageText(p.View(screentest.Frame(text.Dutch, screentest.NarrowWidth))), "\n")
	for line, want := range map[string]string{
		"Goedemiddag":             "",
		"Hypotheek ──":            "",
		"Woon Hypotheek":          "Woon Hypotheek",
		"123456789":               "Woon Hypotheek",
		"Product toevoegen":       "add product",
		"Herken je een product":   "contact",
		"Digital Support: op nn.": "",
	} {
		y := slices.IndexFunc(shown, func(s string) bool { return strings.Contains(s, line) })
		if got := whereTo(screentest.CmdMessage(p.Update(screen.ClickMsg{X: 10, Y: y}))); y < 0 || got != want {
			t.Errorf("a click on %q, line %d, leads to %q, want %q", line, y, got, want)
		}
	}
}

func TestManyProducts(t *testing.T) {
	var many []flows.Holding
	for i := range 40 {
		h := savingsHeld
		h.Name = fmt.Sprintf("Rekening %d", i+1)
		many = append(many, h)
	}
	p := overviewOf(many...)
	f := screentest.Frame(text.Dutch, screen.ColumnWidth)
	for i := range 42 {
		drawn := p.View(f)
		if at := drawn.Lines[drawn.Cursor.Y]; i < 40 && !strings.Contains(at, many[i].Name) {
			t.Fatalf("after %d times down the cursor is at %q", i, at)
		}
		if drawn.Cursor.Y < drawn.Focus.From || drawn.Cursor.Y > drawn.Focus.To || drawn.Focus.To-drawn.Focus.From >= f.Height {
			t.Fatalf("after %d times down the cursor is at %d and in sight is %v", i, drawn.Cursor.Y, drawn.Focus)
		}
		screentest.PressKey(p, "down")
	}
	if shown := screentest.PageText(p.View(f)); strings.Contains(shown, "10  Rekening") {
		t.Error("there is a digit for the tenth product, which no key can choose")
	}
}

func TestGreeting(t *testing.T) {
	for at, want := range map[string]string{
		"05:59": "Hallo ", "06:00": "Goedemorgen, ", "11:59": "Goedemorgen, ", "12:00": "Goedemiddag, ",
		"17:59": "Goedemiddag, ", "18:00": "Goedenavond, ", "23:59": "Goedenavond, ",
	} {
		clock, err := time.ParseInLocation("2006-01-02 15:04", "2026-07-01 "+at, dutch.AmsterdamZone)
		if err != nil {
			t.Fatal(err)
		}
		f := screentest.Frame(text.Dutch, screen.ColumnWidth)
		f.Now = clock.UTC()
		if got := screentest.PageText(overviewOf().View(f)); !strings.HasPrefix(got, want+"A.B. van der Berg") {
			t.Errorf("at %s it says %q", at, got)
		}
	}
}

func TestAnyOverviewFits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := overviewOf(rapid.SliceOfN(rapid.Custom(anyHeld), 0, 12).Draw(t, "products")...)
		p.data.Name = anyText.Draw(t, "name")
		for range 3 {
			f := screentest.RandomFrame(t)
			screentest.CheckFits(t, f, p.View(f))
			screentest.PressKey(p, rapid.SampledFrom([]string{"up", "down", "home", "end"}).Draw(t, "key"))
		}
	})
}
