package products

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"loket/flows"
	"loket/flows/contact"
	"loket/flows/desk"
	"loket/flows/dutch"
	"loket/flows/golden"
	"loket/flows/place"
	"loket/flows/text"
	"loket/store"
	"loket/ui/screen"
	"loket/ui/screen/screentest"
	"loket/ui/sheet"
	"loket/ui/theme"
)

// Products of each kind, in their different variants.
var (
	savingsHeld = flows.Holding{
		Product: store.Product{
			Kind: store.KindSavings, Name: "Internetsparen", Number: "NL22NNBA0123456789", Since: "2019-05-01",
			Savings: &store.Savings{Balance: 1234567, InterestRate: 1350, CounterAccount: "NL91ABNA0417164300", Transactions: saved()},
		},
		OtherHolders: []string{"C. de Vries"},
	}
	mortgageHeld = flows.Holding{
		Product: store.Product{
			Kind: store.KindMortgage, Name: "Woon Hypotheek", Number: "123456789", Since: "2015-03-01",
			Mortgage: &store.Mortgage{Collateral: "Dorpsstraat 12A, Utrecht", MonthlyPayment: 81240, Parts: []store.LoanPart{
				{Part: "01", Form: "annuity", Principal: 15000000, Outstanding: 11822010, Rate: 3450, FixedUntil: "2031-01-01", Ends: "2045-03-01"},
				{Part: "02", Form: "interest_only", Principal: 10000000, Outstanding: 10000000, Rate: 2150, FixedUntil: "2027-03-01", Ends: "2045-03-01"},
				{Part: "03", Form: "linear", Principal: 2000000, Outstanding: 150000, Rate: 4275, Ends: "2030-03-01"},
			}},
		},
		OtherHolders: []string{"C. de Vries", "D. Berg"},
	}
	lifeHeld = flows.Holding{Product: store.Product{
		Kind: store.KindLife, Name: "Overlijdensrisicoverzekering", Number: "L88.345.678", Since: "2014-07-01",
		Life: &store.LifeInsurance{InsuredAmount: 15000000, Premium: 1780, PremiumPeriod: "month", Ends: "2044-07-01", Beneficiary: "C. de Vries"},
	}}
	nonlifeHeld = flows.Holding{Product: store.Product{
		Kind: store.KindNonlife, Name: "Autoverzekering", Number: "88-1234567", Since: "2020-01-01",
		Nonlife: &store.NonlifeInsurance{Insured: "Kenteken 12-ABC-3", Cover: "WA + volledig casco", Premium: 4120, PremiumPeriod: "month", Deductible: 15000, Renews: "2027-01-01"},
	}}
	pensionHeld = flows.Holding{Product: store.Product{
		Kind: store.KindPension, Name: "Persoonlijk pensioen", Number: "P-778.120", Since: "2008-01-01",
		Capital: &store.CapitalProduct{Value: 8412033, AsOf: "2026-10-31", Contribution: 15000},
	}}
	investmentHeld = flows.Holding{Product: store.Product{
		Kind: store.KindInvestment, Name: "Beleggersrekening", Number: "NL91ABNA0417164300", Since: "2021-09-15",
		Capital: &store.CapitalProduct{Value: -1250, AsOf: "2026-11-20"},
	}}
	unknownHeld = flows.Holding{Product: store.Product{
		Kind: store.KindLife, Name: "Levensverzekering", Number: "L12.345.678", Since: "1994-07-01",
	}}
	oneOfEach = []flows.Holding{savingsHeld, mortgageHeld, unknownHeld, lifeHeld, nonlifeHeld, pensionHeld, investmentHeld}
)

// saved returns a year of transactions of a savings account.
func saved() (all []store.Transaction) {
	day := dutch.NewDate(2026, 11, 20)
	for i := range 16 {
		t := store.Transaction{Date: day.String(), Amount: 25000, Description: "Inleg"}
		if i%5 == 3 {
			t.Amount, t.Description = -180000, "Naar betaalrekening, voor de keuken"
		}
		all = append(all, t)
		day = day.AddDays(-24)
	}
	return all
}

var support = contact.SupportLine((&desk.Desk{}))

func TestProductFrames(t *testing.T) {
	for name, held := range map[string]flows.Holding{
		"savings": savingsHeld, "mortgage": mortgageHeld, "life": lifeHeld, "nonlife": nonlifeHeld,
		"pension": pensionHeld, "investment": investmentHeld, "unknown": unknownHeld,
	} {
		t.Run(name, func(t *testing.T) {
			line := contact.HelplineFor(&desk.Desk{}, held.Kind)
			golden.CompareWithFile(t, filepath.Join("testdata", "product_"+name+".golden"), screentest.DrawInFrames(newProduct(held, line)))
		})
	}
}

// TestNarrowProduct checks that a product in the narrowest column has the same words as in the normal column.
func TestNarrowProduct(t *testing.T) {
	for _, held := range oneOfEach {
		for _, language := range []text.Language{text.Dutch, text.English} {
			wide := newProduct(held, support).View(screentest.Frame(language, screen.ColumnWidth))
			narrow := newProduct(held, support).View(screentest.Frame(language, screentest.NarrowWidth))
			missing := screentest.MissingWords(screentest.Words(wide), screentest.Words(narrow))
			missing = slices.DeleteFunc(missing, func(word string) bool { // Below a narrow chart, every other month is left out.
				_, err := time.Parse("Jan", word)
				return err == nil || word == "mrt" || word == "mei" || word == "2025"
			})
			if len(missing) > 0 {
				t.Errorf("%s does not say %q but\n%s", held.Name, missing, screentest.PageText(narrow))
			}
		}
	}
}

// TestUnknownProduct checks the text of a product without details (V2).
func TestUnknownProduct(t *testing.T) {
	for language, sentences := range map[text.Language][]string{
		text.Dutch:   {"nog geen gegevens in mijn.nn", "We weten niet of de gegevens er komen, en ook niet wanneer", "Stel een vraag over dit product", "L12.345.678", "sinds 1 juli 1994"},
		text.English: {"no details of this product in mijn.nn yet", "We do not know whether the details will come, nor when", "Ask about this product", "L12.345.678", "since 1 July 1994"},
	} {
		shown := strings.Join(strings.Fields(screentest.PageText(newProduct(unknownHeld, support).View(screentest.Frame(language, screentest.NarrowWidth)))), " ")
		for _, sentence := range sentences {
			if !strings.Contains(shown, sentence) {
				t.Errorf("%s: no %q in\n%s", language, sentence, shown)
			}
		}
	}
}

func TestProductScrolls(t *testing.T) {
	f := screentest.Frame(text.Dutch, screen.ColumnWidth)
	p := newProduct(savingsHeld, support)
	lines := len(p.View(f).Lines)
	last := lines - f.Height
	if last < f.Height {
		t.Fatalf("%d lines are too few to scroll through", lines)
	}
	for _, step := range []struct {
		key string
		top int
	}{
		{"up", 0}, {"down", 1}, {"down", 2}, {"up", 1}, {"pgdown", 1 + f.Height - 1}, {"pgup", 1},
		{"end", last}, {"down", last}, {"pgdown", last}, {"up", last - 1}, {"home", 0}, {"tab", last},
	} {
		if went := screentest.PressKey(p, step.key); went != nil {
			t.Fatalf("%s went to %#v", step.key, went)
		}
		if got := p.View(f).Focus; got != (screen.Span{From: step.top, To: step.top + f.Height - 1}) {
			t.Fatalf("after %s lines %v are in sight, want them from %d", step.key, got, step.top)
		}
	}
	f.Height = 2 * lines
	if tall := p.View(f); tall.Focus != (screen.Span{From: 0, To: len(tall.Lines) - 1}) {
		t.Errorf("on a tall terminal lines %v of %d are in sight", tall.Focus, len(tall.Lines))
	}
}

func TestProductLeadsToContact(t *testing.T) {
	p := newProduct(unknownHeld, support)
	drawn := p.View(screentest.Frame(text.Dutch, screen.ColumnWidth))
	asks := slices.IndexFunc(drawn.Lines, func(line string) bool { return strings.Contains(line, "Stel een vraag over dit product") })
	if asks < 0 || drawn.Cursor.Y != 0 {
		t.Fatalf("the question is on line %d, and the page is read from line %d", asks, drawn.Cursor.Y)
	}
	contact := screen.GoTo{Place: place.Contact}
	for what, got := range map[string]tea.Msg{
		"enter":                 screentest.PressKey(p, "enter"),
		"click on the question": screentest.CmdMessage(p.Update(screen.ClickMsg{X: 4, Y: asks})),
	} {
		if got != contact {
			t.Errorf("%s leads to %#v", what, got)
		}
	}
	if got := screentest.CmdMessage(p.Update(screen.ClickMsg{X: 4, Y: asks - 1})); got != nil {
		t.Errorf("a click above the question leads to %#v", got)
	}
	if got := screentest.PressKey(p, "esc"); got != (screen.Back{}) {
		t.Errorf("esc leads to %#v", got)
	}
}

// TestProductLanguage changes the language between two frames.
func TestProductLanguage(t *testing.T) {
	p := newProduct(mortgageHeld, support)
	screentest.PressKey(p, "down")
	p.View(screentest.Frame(text.Dutch, screen.ColumnWidth))
	drawn := p.View(screentest.Frame(text.English, screen.ColumnWidth))
	if shown := screentest.PageText(drawn); !strings.Contains(shown, "Loan part 01") || strings.Contains(shown, "Leningdeel") {
		t.Errorf("in English it says\n%s", shown)
	}
}

func TestShare(t *testing.T) {
	f := screentest.Frame(text.Dutch, 40)
	for part, want := range map[float64]string{0: "  0% afgelost", 0.754: " 75% afgelost", 0.9999: " 99% afgelost", 1: "100% afgelost"} {
		got := ansi.Strip(sheetDrawing{f}.drawShare(sheet.DoneShare{Fraction: part, DoneText: text.New("afgelost", "paid off")}))
		if !strings.HasSuffix(got, " "+want) || lipgloss.Width(got) != f.Width {
			t.Errorf("%v is %q, want %q", part, got, want)
		}
	}
}

func TestSigned(t *testing.T) {
	nl, en := screentest.Frame(text.Dutch, screen.ColumnWidth), screentest.Frame(text.English, screen.ColumnWidth)
	if in, out := (sheetDrawing{nl}).signedAmount(25000), (sheetDrawing{en}).signedAmount(-180000); in != "+ € 250,00" || out != "- € 1,800.00" {
		t.Errorf("got %q and %q", in, out)
	}
}

// Generators of texts that an import can contain.
var (
	anyText = rapid.OneOf(rapid.String(), rapid.StringN(60, 200, -1), rapid.SampledFrom([]string{
		"", "Internetsparen", "NL22NNBA0123456789", "\x1b[31mrood\x1b[0m", "twee\nregels\r\n\tdrie", "\u202eomgekeerd", "日本語の口座名義", strings.Repeat("W", 60), "e\u0301\u0301", "👨‍👩‍👧",
	}))
	anyDate   = rapid.OneOf(anyText, rapid.Custom(func(t *rapid.T) string { return sundayBy(rapid.IntRange(-900, 900).Draw(t, "days")) }))
	anyAmount = rapid.OneOf(rapid.Int64(), rapid.Int64Range(-1000000000, 1000000000), rapid.Just[int64](0))
	anyPeriod = rapid.OneOf(anyText, rapid.SampledFrom([]string{"month", "quarter", "year", "once"}))
)

func sundayBy(days int) string {
	return dutch.DateOf(screentest.FrameTime).AddDays(days).String()
}

func anyHeld(t *rapid.T) flows.Holding {
	text := func() string { return anyText.Draw(t, "text") }
	date := func() string { return anyDate.Draw(t, "date") }
	amount := func() int64 { return anyAmount.Draw(t, "amount") }
	h := flows.Holding{
		Product:      store.Product{Kind: rapid.SampledFrom(store.ProductKinds).Draw(t, "kind"), Name: text(), Number: text(), Since: date()},
		OtherHolders: rapid.SliceOfN(anyText, 0, 3).Draw(t, "joint"),
	}
	switch rapid.IntRange(0, 5).Draw(t, "details") {
	case 0:
		h.Savings = &store.Savings{Balance: amount(), InterestRate: amount(), CounterAccount: text()}
		for range rapid.IntRange(0, 30).Draw(t, "transactions") {
			h.Savings.Transactions = append(h.Savings.Transactions, store.Transaction{Date: date(), Amount: amount(), Description: text()})
		}
	case 1:
		h.Mortgage = &store.Mortgage{Collateral: text(), MonthlyPayment: amount()}
		for range rapid.IntRange(0, 5).Draw(t, "parts") {
			h.Mortgage.Parts = append(h.Mortgage.Parts, store.LoanPart{Part: text(), Form: text(), Principal: amount(), Outstanding: amount(), Rate: amount(), FixedUntil: date(), Ends: date()})
		}
	case 2:
		h.Life = &store.LifeInsurance{InsuredAmount: amount(), Premium: amount(), PremiumPeriod: anyPeriod.Draw(t, "period"), Ends: date(), Beneficiary: text()}
	case 3:
		h.Nonlife = &store.NonlifeInsurance{Insured: text(), Cover: text(), Premium: amount(), PremiumPeriod: anyPeriod.Draw(t, "period"), Deductible: amount(), Renews: date()}
	case 4:
		h.Capital = &store.CapitalProduct{Value: amount(), AsOf: date(), Contribution: amount()}
	}
	return h
}

func TestAnyProductFits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := newProduct(anyHeld(t), support)
		for range 3 {
			f := screentest.RandomFrame(t)
			screentest.CheckFits(t, f, p.View(f))
			screentest.PressKey(p, rapid.SampledFrom([]string{"up", "down", "pgup", "pgdown", "home", "end"}).Draw(t, "key"))
		}
	})
}

// TestColoursSayNothingAlone checks that a product has the same text in every theme and with any colours.
func TestColoursSayNothingAlone(t *testing.T) {
	for _, h := range oneOfEach {
		f := screentest.Frame(text.Dutch, screen.ColumnWidth)
		var shown []string
		for _, profile := range []colorprofile.Profile{colorprofile.ASCII, colorprofile.ANSI, colorprofile.TrueColor} {
			for _, name := range []theme.Name{theme.Normal, theme.Contrast, theme.Spacious, theme.SpaciousContrast} {
				f.Theme = theme.New(name, profile, false)
				shown = append(shown, strings.Join(strings.Fields(screentest.PageText(newProduct(h, support).View(f))), " "))
			}
		}
		if len(slices.Compact(shown)) != 1 {
			t.Errorf("%s reads differently in other colours", h.Name)
		}
	}
}
