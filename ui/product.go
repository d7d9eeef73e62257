package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"loket/flows"
	"loket/store"
	"loket/ui/theme"
)

// product is the screen of one product (V2): its name, what mijn.nn knows of it,
// and at the end how to ask something about it (V4). It is read by scrolling.
type product struct {
	held flows.Held
	line flows.Helpline // for questions about it
	asks int            // the line of the question, as drawn last
	scroller
}

func newProduct(h flows.Held, line flows.Helpline) *product { return &product{held: h, line: line} }

var askAboutProduct = either("Vraag over dit product", "Ask about this product")

func (p *product) Keys() []hint {
	return []hint{
		{theme.UpDown, either("bladeren", "scroll")},
		{"Enter", either("vraag stellen", "ask a question")},
		{"Esc", either("terug", "back")},
	}
}

func (p *product) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return p.press(msg.String())
	case click:
		if msg.Y >= p.asks {
			return to(goTo{flows.Contact})
		}
	}
	return nil
}

func (p *product) press(key string) tea.Cmd {
	switch key {
	case "esc":
		return to(back{})
	case "enter":
		return to(goTo{flows.Contact})
	case "tab":
		key = "end" // to the question
	}
	p.scroll(key)
	return nil
}

func (p *product) View(f frame) page {
	lines := slices.Concat(f.nameplate(p.held), []string{""}, f.details(p.held), []string{"", f.Theme.Across(f.Width)})
	p.asks = len(lines)
	lines = append(lines, f.Theme.Accent.Render(theme.Marker)+" "+f.Theme.Chosen.Render(f.say(askAboutProduct)))
	for _, line := range f.wrap(f.say(p.line.Foot(f.Now)), f.Width-2) {
		lines = append(lines, "  "+f.Theme.Muted.Render(line))
	}
	drawn := p.part(f, f.inside(lines))
	drawn.Cursor = newCursor(0, p.asks)
	return drawn
}

// nameplate is what every product is known by.
func (f frame) nameplate(h flows.Held) []string {
	lines := styled(f.Theme.Title, f.wrap(f.record(h.Name), f.Width))
	about := f.number(h)
	if since := f.date(h.Since); since != "" {
		about += " " + theme.Between + " " + f.say(either("sinds ", "since ")) + since
	}
	if len(h.Joint) > 0 {
		about += "\n" + f.say(either("Samen met ", "Together with ")) + f.names(h.Joint)
	}
	return append(lines, styled(f.Theme.Muted, f.wrap(about, f.Width))...)
}

// number gives the product's number: an account's in groups of four, and any
// other precisely as on the policy sheet (F7).
func (f frame) number(h flows.Held) string {
	if h.Kind == store.KindSavings || h.Kind == store.KindInvestment {
		return f.account(h.Number)
	}
	return f.record(h.Number)
}

// names lists people: "A.B. de Vries, C. Smit en D. Berg".
func (f frame) names(all []string) string {
	names := make([]string, len(all))
	for i, name := range all {
		names[i] = f.record(name)
	}
	last := len(names) - 1
	if last < 1 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:last], ", ") + f.say(either(" en ", " and ")) + names[last]
}

// details draws what mijn.nn knows of a product.
func (f frame) details(h flows.Held) []string {
	switch {
	case h.Savings != nil:
		return f.savings(h.Savings)
	case h.Mortgage != nil:
		return f.mortgage(h.Mortgage)
	case h.Life != nil:
		return f.life(h.Life, h.Since)
	case h.Nonlife != nil:
		return f.nonlife(h.Nonlife)
	case h.Capital != nil:
		return f.capital(h.Capital, h.Kind)
	}
	return f.noDetails()
}

// headline draws the amount that a product is about, under what it is. An
// amount that is too long to be large stays small.
func (f frame) headline(what string, cents int64) []string {
	amount := f.amount(cents)
	large := theme.Large(amount)
	lines := large[:]
	if lipgloss.Width(strings.Join(lines, "\n")) > f.Width {
		lines = []string{amount}
	}
	return slices.Concat(styled(f.Theme.Muted, f.wrap(what, f.Width)), styled(f.Theme.Strong, lines))
}

// headed draws the amount that a product is about, with facts beside it or, if
// there is too little room, below.
func (f frame) headed(what string, cents int64, facts ...fact) []string {
	return f.beside(f.headline(what, cents), append([]string{""}, f.facts(f.Width, facts...)...))
}

// premium gives a premium with its period.
func (f frame) premium(cents int64, period string) string {
	return strings.TrimSpace(f.amount(cents) + " " + f.period(period))
}

var periods = map[string]flows.Text{
	"month":     either("per maand", "per month"),
	"quarter":   either("per kwartaal", "per quarter"),
	"half_year": either("per half jaar", "per half year"),
	"year":      either("per jaar", "per year"),
	"once":      either("eenmalig", "once"),
}

// period is how often a premium is paid, in words if they are known.
func (f frame) period(period string) string {
	if words, known := periods[period]; known {
		return f.say(words)
	}
	return f.record(period)
}
