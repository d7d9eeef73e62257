package products

import (
	"fmt"
	"slices"
	"strings"

	"charm.land/lipgloss/v2"

	"loket/flows/text"
	"loket/store"
	"loket/ui/screen"
	"loket/ui/sheet"
	"loket/ui/theme"
)

// A drawing is the sheet of a product while it is drawn.
type drawing struct{ screen.Frame }

// sheet draws what there is to tell of a product.
func (d drawing) sheet(s sheet.Sheet) []string {
	lines := slices.Concat(d.nameplate(s), []string{""}, d.headlineWithFacts(s), d.nothing(s.Nothing))
	if s.Caution != (text.Text{}) {
		lines = append(append(lines, ""), screen.Styled(d.Theme.Muted, d.Wrap(d.Say(s.Caution), d.Width))...)
	}
	if s.Whole != nil {
		lines = append(lines, "", d.share(*s.Whole))
	}
	for _, p := range s.Parts {
		lines = append(append(lines, ""), d.part(p)...)
	}
	return lines
}

// nameplate is what every product is known by.
func (d drawing) nameplate(s sheet.Sheet) []string {
	about := d.Say(s.Number)
	if since := d.Say(s.Since); since != "" {
		about += " " + theme.Between + " " + since
	}
	if joint := d.Say(s.Joint); joint != "" {
		about += "\n" + joint
	}
	return append(screen.Styled(d.Theme.Title, d.Wrap(d.Say(s.Name), d.Width)), screen.Styled(d.Theme.Muted, d.Wrap(about, d.Width))...)
}

// headlineWithFacts draws the amount that a product is about, with facts beside it or, if
// there is too little room, below.
func (d drawing) headlineWithFacts(s sheet.Sheet) []string {
	facts := d.Facts(d.Width, s.Facts...)
	switch {
	case s.Headline == nil:
		return facts
	case len(facts) == 0:
		return d.headline(*s.Headline)
	}
	return d.Beside(d.headline(*s.Headline), append([]string{""}, facts...))
}

// headline draws the amount that a product is about, under what it is. An
// amount that is too long to be large stays small.
func (d drawing) headline(a sheet.Amount) []string {
	amount, name := d.Amount(a.Cents), d.Say(a.Name)
	large := theme.Large(amount)
	lines := large[:]
	if lipgloss.Width(strings.Join(lines, "\n")) > d.Width {
		lines = []string{amount}
	} else {
		name += " " + amount // as text too, because a drawing cannot be read out (R33)
	}
	return slices.Concat(screen.Styled(d.Theme.Muted, d.Wrap(name, d.Width)), screen.Styled(d.Theme.Strong, lines))
}

// nothing says what mijn.nn cannot show (V2).
func (d drawing) nothing(paragraphs []text.Text) (lines []string) {
	for i, paragraph := range paragraphs {
		style := d.Theme.Text
		if i == 0 {
			style = d.Theme.Strong
		} else {
			lines = append(lines, "")
		}
		lines = append(lines, screen.Styled(style, d.Wrap(d.Say(paragraph), d.Width))...)
	}
	return lines
}

// part draws a part of a product. One of which a share is done has its facts in
// pairs, so that more of them stay in sight.
func (d drawing) part(p sheet.Part) []string {
	lines := []string{d.Heading(d.Say(p.Name), d.Say(p.Subtitle))}
	if p.Share != nil {
		lines = append(append(lines, d.share(*p.Share)), d.InPairs(p.Facts...)...)
	} else {
		lines = append(lines, d.Facts(d.Width, p.Facts...)...)
	}
	if p.Warning != (text.Text{}) {
		lines = append(lines, screen.Styled(d.Theme.Bad, d.Wrap(theme.Attend+" "+d.Say(p.Warning), d.Width))...)
	}
	return slices.Concat(lines, d.term(p.Term), d.course(p.Course), d.transactions(p.Transactions))
}

// share draws how much of a whole is done.
func (d drawing) share(s sheet.Share) string {
	says := fmt.Sprintf(" %3d%% ", s.Percent()) + d.Say(s.Done)
	return d.Theme.Bar(s.Part, d.Width-lipgloss.Width(says)) + says
}

// term draws how much has passed of a time.
func (d drawing) term(t *sheet.Term) []string {
	if t == nil {
		return nil
	}
	return []string{
		d.Theme.Bar(t.Passed.Part, d.Width),
		d.Theme.Muted.Render(screen.Between(d.Say(t.From), d.Say(t.Until), d.Width)),
	}
}

// course charts amounts at the end of each month.
func (d drawing) course(points []sheet.Point) []string {
	if len(points) == 0 {
		return nil
	}
	lines := 4
	if d.Height > lowHeight {
		lines = 8
	}
	return d.chart(points, lines)
}

// lowHeight is up to how many lines of a page a chart stays low.
const lowHeight = 24

// transactions draws what came and what went.
func (d drawing) transactions(all []store.Transaction) (lines []string) {
	dates, amounts := make([]string, len(all)), make([]string, len(all))
	for i, t := range all {
		dates[i], amounts[i] = d.ShortDate(t.Date), d.signed(t.Amount)
	}
	date, amount := screen.Widest(dates), screen.Widest(amounts)
	for i, t := range all {
		const gap = 2
		what := d.Cut(d.Record(t.Description), d.Width-date-amount-2*gap)
		style := d.Theme.Text
		if t.Amount >= 0 {
			style = d.Theme.Positive
		}
		left := d.Theme.Muted.Render(screen.AlignRight(dates[i], date)) + "  " + what
		lines = append(lines, screen.Between(left, style.Render(amounts[i][:1]+screen.AlignRight(amounts[i][1:], amount-1)), d.Width))
	}
	return lines
}

// signed returns an amount with what it did: "+ € 250,00", "- € 40,00".
func (d drawing) signed(cents int64) string {
	if cents < 0 {
		return "- " + d.Amount(-cents)
	}
	return "+ " + d.Amount(cents)
}
