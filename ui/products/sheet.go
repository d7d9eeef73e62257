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

// A sheetDrawing is the sheet of a product while it is drawn.
type sheetDrawing struct{ screen.Frame }

// drawSheet draws what there is to tell of a product.
func (d sheetDrawing) drawSheet(s sheet.Sheet) []string {
	lines := slices.Concat(d.drawTitle(s), []string{""}, d.headlineWithFacts(s), d.drawNoDetails(s.Nothing))
	if s.Caution != (text.Text{}) {
		lines = append(append(lines, ""), screen.StyleLines(d.Theme.Muted, d.Wrap(d.Say(s.Caution), d.Width))...)
	}
	if s.Whole != nil {
		lines = append(lines, "", d.drawShare(*s.Whole))
	}
	for _, p := range s.Parts {
		lines = append(append(lines, ""), d.drawPart(p)...)
	}
	return lines
}

// drawTitle is what every product is known by.
func (d sheetDrawing) drawTitle(s sheet.Sheet) []string {
	about := d.Say(s.Number)
	if since := d.Say(s.Since); since != "" {
		about += " " + theme.Between + " " + since
	}
	if closed := d.Say(s.Closed); closed != "" {
		about += " " + theme.Between + " " + closed
	}
	if joint := d.Say(s.Joint); joint != "" {
		about += "\n" + joint
	}
	return append(screen.StyleLines(d.Theme.Title, d.Wrap(d.Say(s.Name), d.Width)), screen.StyleLines(d.Theme.Muted, d.Wrap(about, d.Width))...)
}

// headlineWithFacts draws the amount that a product is about, with facts beside it or, if
// there is too little room, below.
func (d sheetDrawing) headlineWithFacts(s sheet.Sheet) []string {
	facts := d.Facts(d.Width, s.Facts...)
	switch {
	case s.Headline == nil:
		return facts
	case len(facts) == 0:
		return d.drawHeadline(*s.Headline)
	}
	return d.SideBySide(d.drawHeadline(*s.Headline), append([]string{""}, facts...))
}

// drawHeadline draws the amount that a product is about, under what it is. An
// amount that is too long to be large stays small.
func (d sheetDrawing) drawHeadline(a sheet.Amount) []string {
	amount, name := d.Amount(a.Cents), d.Say(a.Name)
	large := theme.LargeAmount(amount)
	lines := large[:]
	if lipgloss.Width(strings.Join(lines, "\n")) > d.Width {
		lines = []string{amount}
	} else {
		name += " " + amount // as text too, because a drawing cannot be read out (R33)
	}
	return slices.Concat(screen.StyleLines(d.Theme.Muted, d.Wrap(name, d.Width)), screen.StyleLines(d.Theme.Strong, lines))
}

// drawNoDetails says what mijn.nn cannot show (V2).
func (d sheetDrawing) drawNoDetails(paragraphs []text.Text) (lines []string) {
	for i, paragraph := range paragraphs {
		style := d.Theme.Text
		if i == 0 {
			style = d.Theme.Strong
		} else {
			lines = append(lines, "")
		}
		lines = append(lines, screen.StyleLines(style, d.Wrap(d.Say(paragraph), d.Width))...)
	}
	return lines
}

// drawPart draws a part of a product. One of which a share is done has its facts in
// pairs, so that more of them stay in sight.
func (d sheetDrawing) drawPart(p sheet.Part) []string {
	lines := []string{d.Heading(d.Say(p.Name), d.Say(p.Subtitle))}
	if p.Share != nil {
		lines = append(append(lines, d.drawShare(*p.Share)), d.FactPairs(p.Facts...)...)
	} else {
		lines = append(lines, d.Facts(d.Width, p.Facts...)...)
	}
	if p.Warning != (text.Text{}) {
		lines = append(lines, screen.StyleLines(d.Theme.Bad, d.Wrap(theme.ProblemMark+" "+d.Say(p.Warning), d.Width))...)
	}
	return slices.Concat(lines, d.drawTerm(p.Term), d.drawCourse(p.Course), d.drawTransactions(p.Transactions))
}

// drawShare draws how much of a whole is done.
func (d sheetDrawing) drawShare(s sheet.Share) string {
	says := fmt.Sprintf(" %3d%% ", s.Percent()) + d.Say(s.Done)
	return d.Theme.DrawBar(s.Part, d.Width-lipgloss.Width(says)) + says
}

// drawTerm draws how much has passed of a time.
func (d sheetDrawing) drawTerm(t *sheet.Term) []string {
	if t == nil {
		return nil
	}
	return []string{
		d.Theme.DrawBar(t.Passed.Part, d.Width),
		d.Theme.Muted.Render(screen.JoinEnds(d.Say(t.From), d.Say(t.Until), d.Width)),
	}
}

// drawCourse charts amounts at the end of each month.
func (d sheetDrawing) drawCourse(points []sheet.Point) []string {
	if len(points) == 0 {
		return nil
	}
	lines := 4
	if d.Height > lowHeight {
		lines = 8
	}
	return d.drawChart(points, lines)
}

// lowHeight is up to how many lines of a page a chart stays low.
const lowHeight = 24

// drawTransactions draws what came and what went.
func (d sheetDrawing) drawTransactions(all []store.Transaction) (lines []string) {
	dates, amounts := make([]string, len(all)), make([]string, len(all))
	for i, t := range all {
		dates[i], amounts[i] = d.ShortDate(t.Date), d.signedAmount(t.Amount)
	}
	date, amount := screen.MaxWidth(dates), screen.MaxWidth(amounts)
	for i, t := range all {
		const gap = 2
		what := d.Cut(d.Record(t.Description), d.Width-date-amount-2*gap)
		style := d.Theme.Text
		if t.Amount >= 0 {
			style = d.Theme.Positive
		}
		left := d.Theme.Muted.Render(screen.AlignRight(dates[i], date)) + "  " + what
		lines = append(lines, screen.JoinEnds(left, style.Render(amounts[i][:1]+screen.AlignRight(amounts[i][1:], amount-1)), d.Width))
	}
	return lines
}

// signedAmount returns an amount with what it did: "+ € 250,00", "- € 40,00".
func (d sheetDrawing) signedAmount(cents int64) string {
	if cents < 0 {
		return "- " + d.Amount(-cents)
	}
	return "+ " + d.Amount(cents)
}
