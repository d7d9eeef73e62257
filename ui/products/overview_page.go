package products

import (
	"strconv"
	"strings"

	"loket/flows"
	"loket/flows/contact"
	"loket/flows/text"
	"loket/store"
	"loket/ui/screen"
	"loket/ui/sheet"
	"loket/ui/theme"
)

// An overviewPage draws the overview of a customer's products.
type overviewPage struct {
	screen.Frame
	focus int // focus is the index of the item that has the focus.
	page  screen.Page
	rows  []screen.Span // rows are the lines of each item.

	kind                   store.ProductKind // kind is the kind of the product that was drawn last.
	nameWidth, numberWidth int               // nameWidth and numberWidth are the widths of two columns, in cells.
}

const columnGap = 2

// drawGreeting draws a greeting. If the customer has no products, it also draws a text that says so.
func (o *overviewPage) drawGreeting(all flows.Overview) {
	o.page.Add(screen.StyleLines(o.Theme.Title, o.Wrap(o.Translate(sheet.Greeting(all.Name, o.Now)), o.Width))...)
	o.page.Add("")
	if len(all.Products) == 0 {
		o.addParagraph(sheet.NoProductsText)
	}
}

func (o *overviewPage) addParagraph(t text.Text) {
	o.page.Add(o.Wrap(o.Translate(t), o.Width)...)
	o.page.Add("")
}

// measureColumns computes the widths of the columns. Numbers and amounts get the width that they need, and names get the rest.
func (o *overviewPage) measureColumns(all []flows.Holding) {
	amount := 0
	for _, h := range all {
		o.numberWidth = max(o.numberWidth, screen.Width(o.numberText(h)))
		amount = max(amount, screen.Width(o.Translate(sheet.MainAmount(h))))
	}
	o.nameWidth = o.Width - screen.ItemPrefixWidth - columnGap - o.numberWidth - columnGap - amount
}

// numberText returns the number of a product, with a mark if other customers hold the product too.
func (o *overviewPage) numberText(h flows.Holding) string {
	number := o.Translate(sheet.NumberText(h))
	if len(h.OtherHolders) > 0 {
		number += " " + theme.Separator + " " + o.Translate(sheet.JointText)
	}
	return number
}

// drawProduct draws the i-th product. It takes one line if its name fits beside its number, and two lines otherwise. Above the
// first product of each kind it draws a heading.
func (o *overviewPage) drawProduct(i int, h flows.Holding) {
	from := len(o.page.Lines)
	if i == 0 {
		from = 0 // If the first product has the focus, the greeting must be visible too.
	}
	if !o.drawKindHeading(h.Kind) {
		o.addGap()
	}
	number, amount := o.Theme.Muted.Render(o.numberText(h)), o.Translate(sheet.MainAmount(h))
	if !h.HasDetails() {
		amount = o.Theme.Muted.Render(amount)
	}
	name, room := o.CleanRecordText(h.Name), o.Width-screen.ItemPrefixWidth
	if screen.Width(name) <= o.nameWidth {
		left := screen.Pad(name, o.nameWidth+columnGap) + number
		o.addItem(i, from, screen.AlignBothEnds(left, amount, room))
		return
	}
	lines := o.Wrap(name, room)
	if last := len(lines) - 1; screen.Width(lines[last])+columnGap+screen.Width(amount) <= room {
		lines[last] = screen.AlignBothEnds(lines[last], amount, room)
	} else {
		lines = append(lines, screen.AlignRight(amount, room))
	}
	o.addItem(i, from, append(lines, screen.StyleLines(o.Theme.Muted, o.Wrap(o.numberText(h), room))...)...)
}

// addGap adds a gap after the last item. It does nothing if there is no item yet.
func (o *overviewPage) addGap() {
	if last := len(o.rows) - 1; last >= 0 {
		o.page.Add(o.ItemGapLines()...)
		o.rows[last].To = len(o.page.Lines) - 1
	}
}

// drawKindHeading draws the heading of a kind of products, unless the last product was of the same kind. It reports whether it
// drew one.
func (o *overviewPage) drawKindHeading(kind store.ProductKind) (added bool) {
	if kind == o.kind {
		return false
	}
	if o.kind != "" {
		o.page.Add("")
	}
	o.kind = kind
	o.page.Add(o.DrawHeading(o.Translate(sheet.KindDescriptions[kind].Name), o.Translate(sheet.KindDescriptions[kind].Amount))...)
	return true
}

// drawChoice draws the i-th item, which is not a product. It draws the purpose too if that fits.
func (o *overviewPage) drawChoice(i int, it screen.Item) {
	if o.kind != "" { // The previous item is a product.
		o.kind = ""
		o.page.Add("", o.Theme.DrawRule(o.Width))
	} else {
		o.addGap()
	}
	const names = 22
	lines := o.Wrap(o.Translate(it.Name), o.Width-screen.ItemPrefixWidth)
	switch about := o.Translate(it.Purpose); {
	case about == "":
	case len(lines) == 1 && screen.ItemPrefixWidth+names+screen.Width(about) <= o.Width:
		lines[0] = screen.Pad(lines[0], names) + o.Theme.Muted.Render(about)
	default:
		lines = append(lines, screen.StyleLines(o.Theme.Muted, o.Wrap(about, o.Width-screen.ItemPrefixWidth))...)
	}
	o.addItem(i, len(o.page.Lines), lines...)
}

// addItem adds the lines of the i-th item. If the item has the focus, the lines from from to the end must be visible.
func (o *overviewPage) addItem(i, from int, lines ...string) {
	row := screen.Span{From: len(o.page.Lines), To: len(o.page.Lines) + len(lines) - 1}
	o.rows = append(o.rows, row)
	mark := "  "
	if i == o.focus {
		mark = o.Theme.Accent.Render(theme.FocusMarker) + " "
		o.page.Focus, o.page.Cursor = screen.Span{From: from, To: row.To}, screen.NewCursor(screen.ItemPrefixWidth, row.From)
	}
	digit := " "
	if i < 9 {
		digit = strconv.Itoa(i + 1)
	}
	for j, line := range lines {
		lead := strings.Repeat(" ", screen.ItemPrefixWidth)
		if j == 0 {
			lead = mark + o.Theme.Muted.Render(digit) + "  "
		}
		o.page.Add(o.Highlight(lead+line, i == o.focus, o.Width))
	}
}

// drawFooter draws the helpline for missing or unknown products (V3, S1). It is visible when the last item has the focus.
func (o *overviewPage) drawFooter(line contact.Helpline) {
	for _, part := range o.Wrap(o.Translate(line.FooterLine(o.Now)), o.Width-screen.ItemPrefixWidth) {
		o.page.Add(strings.Repeat(" ", screen.ItemPrefixWidth) + o.Theme.Muted.Render(part))
	}
	if o.focus == len(o.rows)-1 {
		o.page.Focus.To = len(o.page.Lines) - 1
	}
}
