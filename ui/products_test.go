package ui

import (
	"errors"
	"fmt"
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
	"loket/flows/place"
	"loket/flows/text"
)

// overviewOf is the screen of a customer who has these products.
func overviewOf(held ...flows.Holding) *products {
	p := newProducts(onSunday()).(*products)
	p.Update(fetched[flows.Overview]{by: p, what: flows.Overview{Name: "A.B. van der Berg", Products: held}})
	return p
}

// onSunday is a visit of nobody at a desk without a store, where it is sunday.
func onSunday() *flow.Visit {
	clock := clock.New()
	clock.Move(sunday.Sub(clock.Now()))
	return flow.NewVisit((&desk.Desk{Clock: clock}))
}

// failedOverview is the screen if the products could not be fetched.
func failedOverview() *products {
	p := newProducts(onSunday()).(*products)
	p.Update(fetched[flows.Overview]{by: p, err: errors.New("disk on fire")})
	return p
}

// loggedIn is the visit of C. Smit.
func loggedIn(t *testing.T) *flow.Visit {
	t.Helper()
	visit := flow.NewVisit(newDesk(t))
	answers := map[string]string{"username": "csmit80", "password": "Sterk-wacht1"}
	if err := flows.Begin(visit, place.LogIn).Submit(t.Context(), answers); err != nil {
		t.Fatal(err)
	}
	return visit
}

// load does the work that an overview gives away, and hands it what came of it.
func load(t *testing.T, p *products) {
	t.Helper()
	work, is := after(p.Start()).(slow)
	if !is {
		t.Fatal("opened, the overview gives no work away")
	}
	p.Update(work.work(t.Context()))
}

func TestOverviewLoads(t *testing.T) {
	p := newProducts(loggedIn(t)).(*products)
	f := frameOf(text.Dutch, columnWidth)
	if shown := textOf(p.View(f)); !p.Busy() || !strings.Contains(shown, "We halen je producten op") {
		t.Errorf("while it loads, busy is %v and it says %q", p.Busy(), shown)
	}
	if went := press(p, "enter"); went != nil {
		t.Errorf("while it loads, enter leads to %#v", went)
	}
	load(t, p)
	shown := textOf(p.View(f))
	for _, want := range []string{"Goedemiddag, C. Smit", "Sparen", "Internetsparen", "NL22 NNBA 0123 4567 89 · samen", "€ 1.234,56"} {
		if p.Busy() || !strings.Contains(shown, want) {
			t.Errorf("loaded, busy is %v and there is no %q in\n%s", p.Busy(), want, shown)
		}
	}
}

// TestOverviewFails is about a visit in which nobody is logged in: what the
// store would say of it is nothing for customers.
func TestOverviewFails(t *testing.T) {
	p := newProducts(flow.NewVisit((&desk.Desk{Clock: clock.New()}))).(*products)
	load(t, p)
	shown := textOf(p.View(frameOf(text.Dutch, columnWidth)))
	if p.Busy() || !strings.Contains(shown, "We kunnen je producten nu niet laten zien") || strings.Contains(shown, "logged in") {
		t.Errorf("it says\n%s", shown)
	}
	if again, is := press(p, "enter").(instead); !is || !again.screen.(*products).Busy() {
		t.Errorf("trying again leads to %#v", again)
	}
	if got := press(p, "2"); got != (goTo{place.Contact}) {
		t.Errorf("2 leads to %#v", got)
	}
}

// TestProductsAtTheKiosk walks from logging in to a question about a product, and back.
func TestProductsAtTheKiosk(t *testing.T) {
	atKiosk(t, Options{}, func(v *visitor) {
		v.press("2")
		v.fills("csmit80", "Sterk-wacht1")
		for _, step := range []struct{ key, shows string }{
			{"home", "Goedemiddag, C. Smit"},
			{"1", "Vraag over dit product"},
			{"ctrl+l", "Ask about this product"},
			{"enter", "088 663 06 63"},
			{"esc", "NL22 NNBA 0123 4567 89 · since 1 May 2019"},
			{"esc", "Good afternoon, C. Smit"},
			{"2", "Add a product"},
		} {
			v.press(step.key)
			if shown := v.screen(); !strings.Contains(shown, step.shows) {
				t.Fatalf("after %s there is no %q on\n%s", step.key, step.shows, shown)
			}
		}
	})
}

func TestOverviewIgnoresOthers(t *testing.T) {
	p, other := newProducts(&flow.Visit{}).(*products), newProducts(&flow.Visit{}).(*products)
	p.Update(fetched[flows.Overview]{by: other})
	if !p.Busy() {
		t.Error("what came of the work of another overview counts for this one")
	}
}

func TestOverviewFrames(t *testing.T) {
	for name, p := range map[string]*products{
		"products":         overviewOf(oneOfEach...),
		"products_none":    overviewOf(),
		"products_failed":  failedOverview(),
		"products_loading": newProducts(&flow.Visit{}).(*products),
	} {
		t.Run(name, func(t *testing.T) { pictured(t, name, inEveryFrame(p)) })
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
			went = press(p, key)
		}
		if got := whereTo(went); got != want {
			t.Errorf("%q leads to %q, want %q", keys, got, want)
		}
	}
}

// whereTo names where a navigation message leads.
func whereTo(msg tea.Msg) string {
	switch msg := msg.(type) {
	case open:
		return msg.screen.(*product).held.Name
	case goTo:
		return string(msg.place)
	case back:
		return "back"
	}
	return ""
}

// TestOverviewQuestionsGoToTheirLine holds that a mortgage has a line of its own (A6).
func TestOverviewQuestionsGoToTheirLine(t *testing.T) {
	for key, want := range map[string]string{"1": "Digital Support", "2": "Hypotheek: 088 663 06 63"} {
		opened := press(overviewOf(oneOfEach...), key).(open)
		if shown := textOf(opened.screen.View(frameOf(text.Dutch, columnWidth))); !strings.Contains(shown, want) {
			t.Errorf("no %q in\n%s", want, shown)
		}
	}
}

func TestOverviewClicks(t *testing.T) {
	p := overviewOf(oneOfEach...)
	shown := strings.Split(textOf(p.View(frameOf(text.Dutch, narrow))), "\n")
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
		if got := whereTo(after(p.Update(click{10, y}))); y < 0 || got != want {
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
	f := frameOf(text.Dutch, columnWidth)
	for i := range 42 {
		drawn := p.View(f)
		if at := drawn.Lines[drawn.Cursor.Y]; i < 40 && !strings.Contains(at, many[i].Name) {
			t.Fatalf("after %d times down the cursor is at %q", i, at)
		}
		if drawn.Cursor.Y < drawn.Focus.From || drawn.Cursor.Y > drawn.Focus.To || drawn.Focus.To-drawn.Focus.From >= f.Height {
			t.Fatalf("after %d times down the cursor is at %d and in sight is %v", i, drawn.Cursor.Y, drawn.Focus)
		}
		press(p, "down")
	}
	if shown := textOf(p.View(f)); strings.Contains(shown, "10  Rekening") {
		t.Error("there is a digit for the tenth product, which no key can choose")
	}
}

func TestGreeting(t *testing.T) {
	for at, want := range map[string]string{
		"05:59": "Hallo", "06:00": "Goedemorgen", "11:59": "Goedemorgen", "12:00": "Goedemiddag",
		"17:59": "Goedemiddag", "18:00": "Goedenavond", "23:59": "Goedenavond",
	} {
		clock, err := time.ParseInLocation("2006-01-02 15:04", "2026-07-01 "+at, dutch.Amsterdam)
		if err != nil {
			t.Fatal(err)
		}
		f := frameOf(text.Dutch, columnWidth)
		f.Now = clock.UTC()
		if got := textOf(overviewOf().View(f)); !strings.HasPrefix(got, want+", A.B. van der Berg") {
			t.Errorf("at %s it says %q", at, got)
		}
	}
}

func TestAnyOverviewFits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := overviewOf(rapid.SliceOfN(rapid.Custom(anyHeld), 0, 12).Draw(t, "products")...)
		p.overview.Name = anyText.Draw(t, "name")
		for range 3 {
			f := anyFrame(t)
			fits(t, f, p.View(f))
			press(p, rapid.SampledFrom([]string{"up", "down", "home", "end"}).Draw(t, "key"))
		}
	})
}
