package ui

import (
	"strconv"
	"strings"

	"charm.land/lipgloss/v2"

	"loket/flows"
	"loket/flows/contact"
	"loket/flows/text"
	"loket/store"
	"loket/ui/sheet"
	"loket/ui/theme"
)

// An overviewPage is the overview of a customer's products while it is drawn.
type overviewPage struct {
	frame
	focus int // index of the item that has it
	page  page
	rows  []span // where each item was drawn

	kind                   store.ProductKind // of the product before
	nameWidth, numberWidth int               // of the columns of products
}

const columnGap = 2

// welcome greets the customer, and says so kindly if there is nothing to see.
func (o *overviewPage) welcome(all flows.Overview) {
	o.page.add(styled(o.Theme.Title, o.wrap(o.say(sheet.Greeting(all.Name, o.Now)), o.Width))...)
	o.page.add("")
	if len(all.Products) == 0 {
		o.paragraph(sheet.Empty)
	}
}

func (o *overviewPage) paragraph(t text.Text) {
	o.page.add(o.wrap(o.say(t), o.Width)...)
	o.page.add("")
}

// measure gives numbers and amounts the room they need, and names what is left.
func (o *overviewPage) measure(all []flows.Holding) {
	amount := 0
	for _, h := range all {
		o.numberWidth = max(o.numberWidth, lipgloss.Width(o.numberOf(h)))
		amount = max(amount, lipgloss.Width(o.say(sheet.Telling(h))))
	}
	o.nameWidth = o.Width - leadWidth - columnGap - o.numberWidth - columnGap - amount
}

// numberOf is a product's number, and whether others hold it too.
func (o *overviewPage) numberOf(h flows.Holding) string {
	number := o.say(sheet.Number(h))
	if len(h.Joint) > 0 {
		number += " " + theme.Between + " " + o.say(sheet.Joint)
	}
	return number
}

// product draws the i-th product, on one line if its name and its number fit
// there, and below the heading of its kind if it is the first.
func (o *overviewPage) product(i int, h flows.Holding) {
	from := len(o.page.Lines)
	if i == 0 {
		from = 0 // with the first product comes the greeting
	}
	if !o.group(h.Kind) {
		o.breathe()
	}
	number, telling := o.Theme.Muted.Render(o.numberOf(h)), o.say(sheet.Telling(h))
	if !h.Detailed() {
		telling = o.Theme.Muted.Render(telling)
	}
	name, room := o.record(h.Name), o.Width-leadWidth
	if lipgloss.Width(name) <= o.nameWidth {
		left := pad(o.named(i, name), o.nameWidth+columnGap) + number
		o.item(i, from, between(left, telling, room))
		return
	}
	name = o.cut(name, room-columnGap-lipgloss.Width(telling))
	o.item(i, from, between(o.named(i, name), telling, room), number)
}

// breathe leaves room after the item before, if there is one.
func (o *overviewPage) breathe() {
	if last := len(o.rows) - 1; last >= 0 {
		o.page.add(o.apart()...)
		o.rows[last].To = len(o.page.Lines) - 1
	}
}

// group heads the products of a kind, unless that was done.
func (o *overviewPage) group(kind store.ProductKind) (headed bool) {
	if kind == o.kind {
		return false
	}
	if o.kind != "" {
		o.page.add("")
	}
	o.kind = kind
	o.page.add(o.heading(o.say(sheet.Kinds[kind].Name), o.say(sheet.Kinds[kind].Amount)))
	return true
}

// option draws the i-th item if that is no product: what it is and what for.
func (o *overviewPage) option(i int, it item) {
	if o.kind != "" { // products came before
		o.kind = ""
		o.page.add("", o.Theme.Across(o.Width))
	} else {
		o.breathe()
	}
	const names = 22
	line := o.named(i, o.say(it.name))
	if about := o.say(it.about); about != "" && leadWidth+names+lipgloss.Width(about) <= o.Width {
		line = pad(line, names) + o.Theme.Muted.Render(about)
	}
	o.item(i, len(o.page.Lines), line)
}

// named draws the name of an item.
func (o *overviewPage) named(i int, name string) string {
	if i == o.focus {
		return o.Theme.Chosen.Render(name)
	}
	return name
}

// item adds the lines of the i-th item. With it, everything is shown that was
// drawn after the line from.
func (o *overviewPage) item(i, from int, lines ...string) {
	row := span{len(o.page.Lines), len(o.page.Lines) + len(lines) - 1}
	o.rows = append(o.rows, row)
	mark := "  "
	if i == o.focus {
		mark = o.Theme.Accent.Render(theme.Marker) + " "
		o.page.Focus, o.page.Cursor = span{from, row.To}, newCursor(0, row.From)
	}
	digit := " "
	if i < 9 {
		digit = strconv.Itoa(i + 1)
	}
	for j, line := range lines {
		lead := strings.Repeat(" ", leadWidth)
		if j == 0 {
			lead = mark + o.Theme.Muted.Render(digit) + "  "
		}
		o.page.add(o.lit(lead+line, i == o.focus, o.Width))
	}
}

// foot says how to reach somebody about what is missing or unknown (V3, S1). It
// is in sight with the last item.
func (o *overviewPage) foot(line contact.Helpline) {
	for _, part := range o.wrap(o.say(line.Foot(o.Now)), o.Width-leadWidth) {
		o.page.add(strings.Repeat(" ", leadWidth) + o.Theme.Muted.Render(part))
	}
	if o.focus == len(o.rows)-1 {
		o.page.Focus.To = len(o.page.Lines) - 1
	}
}
