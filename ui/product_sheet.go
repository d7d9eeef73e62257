package ui

import (
	"fmt"
	"slices"
	"strings"

	"charm.land/lipgloss/v2"

	"loket/flows/text"
	"loket/store"
	"loket/ui/sheet"
	"loket/ui/theme"
)

// sheet draws what there is to tell of a product.
func (f frame) sheet(s sheet.Sheet) []string {
	lines := slices.Concat(f.nameplate(s), []string{""}, f.headed(s), f.nothing(s.Nothing))
	if s.Caution != (text.Text{}) {
		lines = append(append(lines, ""), styled(f.Theme.Muted, f.wrap(f.say(s.Caution), f.Width))...)
	}
	if s.Whole != nil {
		lines = append(lines, "", f.share(*s.Whole))
	}
	for _, p := range s.Parts {
		lines = append(append(lines, ""), f.part(p)...)
	}
	return lines
}

// nameplate is what every product is known by.
func (f frame) nameplate(s sheet.Sheet) []string {
	about := f.say(s.Number)
	if since := f.say(s.Since); since != "" {
		about += " " + theme.Between + " " + since
	}
	if joint := f.say(s.Joint); joint != "" {
		about += "\n" + joint
	}
	return append(styled(f.Theme.Title, f.wrap(f.say(s.Name), f.Width)), styled(f.Theme.Muted, f.wrap(about, f.Width))...)
}

// headed draws the amount that a product is about, with facts beside it or, if
// there is too little room, below.
func (f frame) headed(s sheet.Sheet) []string {
	facts := f.facts(f.Width, s.Facts...)
	switch {
	case s.Headline == nil:
		return facts
	case len(facts) == 0:
		return f.headline(*s.Headline)
	}
	return f.beside(f.headline(*s.Headline), append([]string{""}, facts...))
}

// headline draws the amount that a product is about, under what it is. An
// amount that is too long to be large stays small.
func (f frame) headline(a sheet.Amount) []string {
	amount := f.amount(a.Cents)
	large := theme.Large(amount)
	lines := large[:]
	if lipgloss.Width(strings.Join(lines, "\n")) > f.Width {
		lines = []string{amount}
	}
	return slices.Concat(styled(f.Theme.Muted, f.wrap(f.say(a.Name), f.Width)), styled(f.Theme.Strong, lines))
}

// nothing says what mijn.nn cannot show (V2).
func (f frame) nothing(paragraphs []text.Text) (lines []string) {
	for i, paragraph := range paragraphs {
		style := f.Theme.Text
		if i == 0 {
			style = f.Theme.Strong
		} else {
			lines = append(lines, "")
		}
		lines = append(lines, styled(style, f.wrap(f.say(paragraph), f.Width))...)
	}
	return lines
}

// part draws a part of a product. One of which a share is done has its facts in
// pairs, so that more of them stay in sight.
func (f frame) part(p sheet.Part) []string {
	lines := []string{f.heading(f.say(p.Name), f.say(p.Aside))}
	if p.Share != nil {
		lines = append(append(lines, f.share(*p.Share)), f.inPairs(p.Facts...)...)
	} else {
		lines = append(lines, f.facts(f.Width, p.Facts...)...)
	}
	if p.Warning != (text.Text{}) {
		lines = append(lines, styled(f.Theme.Bad, f.wrap(theme.Attend+" "+f.say(p.Warning), f.Width))...)
	}
	return slices.Concat(lines, f.term(p.Term), f.course(p.Course), f.transactions(p.Transactions))
}

// share draws how much of a whole is done.
func (f frame) share(s sheet.Share) string {
	says := fmt.Sprintf(" %3d%% ", s.Percent()) + f.say(s.Done)
	return f.Theme.Bar(s.Part, f.Width-lipgloss.Width(says)) + says
}

// term draws how much has passed of a time.
func (f frame) term(t *sheet.Term) []string {
	if t == nil {
		return nil
	}
	return []string{
		f.Theme.Bar(t.Passed.Part, f.Width),
		f.Theme.Muted.Render(between(f.say(t.From), f.say(t.Until), f.Width)),
	}
}

// course charts amounts at the end of each month.
func (f frame) course(points []sheet.Point) []string {
	if len(points) == 0 {
		return nil
	}
	lines := 4
	if f.Height > lowHeight {
		lines = 8
	}
	return f.chart(points, lines)
}

// lowHeight is up to how many lines of a page a chart stays low.
const lowHeight = 24

// transactions draws what came and what went.
func (f frame) transactions(all []store.Transaction) (lines []string) {
	dates, amounts := make([]string, len(all)), make([]string, len(all))
	for i, t := range all {
		dates[i], amounts[i] = f.shortDate(t.Date), f.signed(t.Amount)
	}
	date, amount := widest(dates), widest(amounts)
	for i, t := range all {
		const gap = 2
		what := f.cut(f.record(t.Description), f.Width-date-amount-2*gap)
		style := f.Theme.Text
		if t.Amount >= 0 {
			style = f.Theme.Positive
		}
		left := f.Theme.Muted.Render(flush(dates[i], date)) + "  " + what
		lines = append(lines, between(left, style.Render(amounts[i][:1]+flush(amounts[i][1:], amount-1)), f.Width))
	}
	return lines
}

// signed gives an amount with what it did: "+ € 250,00", "- € 40,00".
func (f frame) signed(cents int64) string {
	if cents < 0 {
		return "- " + f.amount(-cents)
	}
	return "+ " + f.amount(cents)
}
