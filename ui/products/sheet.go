package products

import (
	"fmt"
	"slices"

	"loket/flows/text"
	"loket/store"
	"loket/ui/screen"
	"loket/ui/sheet"
	"loket/ui/theme"
)

// A sheetDrawing draws the sheet of a product in a frame.
type sheetDrawing struct{ screen.Frame }

// drawSheet draws a whole sheet.
func (d sheetDrawing) drawSheet(s sheet.Sheet) []string {
	lines := slices.Concat(d.drawTitle(s), []string{""}, d.drawHeadlineFacts(s), d.drawNoDetails(s.NoDetails))
	if s.Caution != (text.Text{}) {
		lines = append(append(lines, ""), screen.StyleLines(d.Theme.Muted, d.Wrap(d.Translate(s.Caution), d.Width))...)
	}
	if s.TotalShare != nil {
		lines = append(lines, "", d.drawShare(*s.TotalShare))
	}
	for _, p := range s.Parts {
		lines = append(append(lines, ""), d.drawPart(p)...)
	}
	return lines
}

// drawTitle draws the name of the product, its number, its start date and its other holders.
func (d sheetDrawing) drawTitle(s sheet.Sheet) []string {
	about := d.Translate(s.Number)
	if since := d.Translate(s.Since); since != "" {
		about += " " + theme.Separator + " " + since
	}
	if closed := d.Translate(s.Closed); closed != "" {
		about += " " + theme.Separator + " " + closed
	}
	if joint := d.Translate(s.Joint); joint != "" {
		about += "\n" + joint
	}
	return append(screen.StyleLines(d.Theme.Title, d.Wrap(d.Translate(s.Name), d.Width)), screen.StyleLines(d.Theme.Muted, d.Wrap(about, d.Width))...)
}

// drawHeadlineFacts draws the main amount, with the facts beside it. If there is not enough room, the facts are below the
// amount.
func (d sheetDrawing) drawHeadlineFacts(s sheet.Sheet) []string {
	facts := d.DrawFacts(d.Width, s.Facts...)
	switch {
	case s.Headline == nil:
		return facts
	case len(facts) == 0:
		return d.drawHeadline(*s.Headline)
	}
	return d.JoinSideBySide(d.drawHeadline(*s.Headline), append([]string{""}, facts...))
}

// drawHeadline draws the main amount in large digits, below its name. If there is not enough room, the digits have the normal
// size.
func (d sheetDrawing) drawHeadline(a sheet.Amount) []string {
	amount, name := d.FormatAmount(a.Cents), d.Translate(a.Name)
	lines := d.Theme.DrawLargeFigures(amount)
	if huge := theme.DrawHugeFigures(amount); d.Height > hugeHeight && screen.WidestTextWidth(huge) <= d.Width {
		lines = huge
	}
	if screen.WidestTextWidth(lines) > d.Width {
		lines = []string{amount}
	} else {
		name += " " + amount // Add the amount as text, because a screen reader cannot read large digits out (R33).
	}
	return slices.Concat(screen.StyleLines(d.Theme.Muted, d.Wrap(name, d.Width)), screen.StyleLines(d.Theme.Strong, lines))
}

// drawNoDetails draws the paragraphs that say why there are no details of a product (V2).
func (d sheetDrawing) drawNoDetails(paragraphs []text.Text) (lines []string) {
	for i, paragraph := range paragraphs {
		style := d.Theme.Text
		if i == 0 {
			style = d.Theme.Strong
		} else {
			lines = append(lines, "")
		}
		lines = append(lines, screen.StyleLines(style, d.Wrap(d.Translate(paragraph), d.Width))...)
	}
	return lines
}

// drawPart draws a part of a product. The facts of a part with a share are in two columns, so that more of them are visible.
func (d sheetDrawing) drawPart(p sheet.SheetPart) []string {
	lines := d.DrawHeading(d.Translate(p.Name), d.Translate(p.Subtitle))
	if p.Share != nil {
		lines = append(append(lines, d.drawShare(*p.Share)), d.DrawFactPairs(p.Facts...)...)
	} else {
		lines = append(lines, d.DrawFacts(d.Width, p.Facts...)...)
	}
	if p.Warning != (text.Text{}) {
		lines = append(lines, screen.StyleLines(d.Theme.Bad, d.Wrap(theme.ProblemMark+" "+d.Translate(p.Warning), d.Width))...)
	}
	return slices.Concat(lines, d.drawTerm(p.Term), d.drawBalances(p.Balances), d.drawTransactions(p.Transactions))
}

// drawShare draws a share as a bar and a percentage.
func (d sheetDrawing) drawShare(s sheet.DoneShare) string {
	says := fmt.Sprintf(" %3d%% ", s.Percent()) + d.Translate(s.DoneText)
	return d.Theme.DrawBar(s.Fraction, d.Width-screen.Width(says)) + says
}

// drawTerm draws a bar that shows how much of a term has passed.
func (d sheetDrawing) drawTerm(t *sheet.TermProgress) []string {
	if t == nil {
		return nil
	}
	return []string{
		d.Theme.DrawBar(t.Passed.Fraction, d.Width),
		d.Theme.Muted.Render(screen.AlignBothEnds(d.Translate(t.From), d.Translate(t.Until), d.Width)),
	}
}

// drawBalances draws a chart of the balance at the end of each month.
func (d sheetDrawing) drawBalances(points []sheet.BalancePoint) []string {
	if len(points) == 0 {
		return nil
	}
	lines := 4
	if d.Height > lowChartPageHeight {
		lines = 8
	}
	return d.drawChart(points, lines)
}

// lowChartPageHeight is the maximum height, in lines, of a page with a low chart.
const lowChartPageHeight = 22

// hugeHeight is the maximum height, in lines, of a page whose main amount is not drawn in huge digits.
const hugeHeight = 30

// drawTransactions draws the transactions in columns: date, description and amount.
func (d sheetDrawing) drawTransactions(all []store.Transaction) (lines []string) {
	dates, amounts := make([]string, len(all)), make([]string, len(all))
	for i, t := range all {
		dates[i], amounts[i] = d.ShortDate(t.Date), d.signedAmount(t.Amount)
	}
	date, amount := screen.WidestTextWidth(dates), screen.WidestTextWidth(amounts)
	for i, t := range all {
		const gap, leastRoom = 2, 20
		style := d.Theme.Text
		if t.Amount >= 0 {
			style = d.Theme.Positive
		}
		when := d.Theme.Muted.Render(screen.AlignRight(dates[i], date))
		much := style.Render(amounts[i][:1] + screen.AlignRight(amounts[i][1:], amount-1))
		what, room := d.CleanRecordText(t.Description), d.Width-date-amount-2*gap
		if screen.Width(what) <= room || room >= leastRoom {
			lines = append(lines, screen.AlignBothEnds(when+"  "+d.Truncate(what, room), much, d.Width))
			continue
		}
		lines = append(lines, screen.AlignBothEnds(when, much, d.Width))
		for _, line := range d.Wrap(what, d.Width-gap) {
			lines = append(lines, "  "+line)
		}
	}
	return lines
}

// signedAmount formats an amount with its sign: "+ € 250,00", "- € 40,00".
func (d sheetDrawing) signedAmount(cents int64) string {
	if cents < 0 {
		return "- " + d.FormatAmount(-cents)
	}
	return "+ " + d.FormatAmount(cents)
}
