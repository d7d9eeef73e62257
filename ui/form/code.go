package form

import (
	"slices"
	"strings"

	"loket/flows/text"
	"loket/ui/screen"
	"loket/ui/theme"
	"loket/ui/words"
)

// A step that waits for a phone shows a QR code. For visitors without a camera, and for small terminals, it also shows what to
// type. The whole code is drawn or nothing, because nobody can scan a part of it.

const (
	codeGap              = 3  // codeGap is the number of cells between the QR code and the text beside it.
	minTextBesideWidth   = 36 // minTextBesideWidth is the least width of the text beside a QR code, in cells.
	idealTextBesideWidth = 44
	minTextBelowHeight   = 8 // minTextBelowHeight is the least number of lines for the text below a QR code.
)

// drawWithCode draws a step that shows a QR code. The text is at the right of the code, or below it if there is no room at the
// right. Beside a code with large modules, the page may be wider than the normal column.
func (f *state) drawWithCode(fr screen.Frame) screen.Page {
	code := fr.Theme.DrawCode(f.snapshot.scan.code)
	if len(code) == 0 || len(code) > fr.Height {
		return f.drawWithoutCode(fr)
	}
	feet, width := f.footerAlternatives(fr), screen.Width(code[0])+codeGap
	beside := fr
	if fr.Width < width+minTextBesideWidth {
		beside.Width = min(fr.FullWidth, width+idealTextBesideWidth)
	}
	if beside.Width -= width; beside.Width >= minTextBesideWidth {
		if p, fits := f.fitPage(beside, feet, func(p screen.Page) screen.Page { return putPageBesideCode(p, code, width) }); fits {
			p.NeededWidth = width + beside.Width
			return p
		}
	}
	if width <= fr.Width && len(code)+minTextBelowHeight <= fr.Height {
		if p, fits := f.fitPage(fr, feet, func(p screen.Page) screen.Page { return f.putPageBelowCode(code, p) }); fits {
			return p
		}
	}
	return f.drawWithoutCode(fr)
}

// numberStyles are the ways to draw a number, the largest first.
var numberStyles = []func(theme.Theme, string) []string{
	func(_ theme.Theme, n string) []string { return theme.DrawHugeFigures(n) },
	theme.Theme.DrawLargeFigures,
	func(_ theme.Theme, n string) []string { return []string{n} },
}

// fitPage draws the text so that all of it is visible together with the QR code, if it fits. It prefers a large number, then a
// long footer, and then large gaps.
func (f *state) fitPage(fr screen.Frame, feet [][]string, arrange func(screen.Page) screen.Page) (p screen.Page, fits bool) {
	for _, number := range numberStyles {
		draw := func(gap int) screen.Page {
			inner := fr
			inner.Gap = gap
			return arrange(f.draw(inner, func(d *drawing) { d.drawPhoneAccess(number) }))
		}
		takes := make([]int, fr.Gap+1) // takes maps each gap to the number of lines that the page then takes.
		for gap := range takes {
			takes[gap] = len(draw(gap).Lines)
		}
		for _, foot := range feet {
			for gap, lines := range slices.Backward(takes) {
				if lines+len(foot) <= fr.Height {
					p = draw(gap)
					addFooter(&p, foot, lines+len(foot) < fr.Height)
					return p, true
				}
			}
		}
	}
	return p, false
}

// footerAlternatives returns the alternatives for the foot of the page, the longest first. They tell how to contact the bank and, for a
// local demo, that no other device can open the address.
func (f *state) footerAlternatives(fr screen.Frame) [][]string {
	contact := contactFooter(fr, f.visit, f.snapshot.step)
	if f.visit.App.IsLocalOnly() {
		here := fr.Wrap(fr.Translate(words.LocalOnlyText), fr.Width)
		return [][]string{slices.Concat(here, contact), here, nil}
	}
	return [][]string{contact[min(1, len(contact)):], nil}
}

// addFooter adds a footer to the page. If room is true, an empty line comes before the footer.
func addFooter(p *screen.Page, lines []string, room bool) {
	if room && len(lines) > 0 {
		p.Add("")
	}
	p.Add(lines...)
}

// drawWithoutCode draws a step that waits for a phone, on a page without room for the QR code.
func (f *state) drawWithoutCode(fr screen.Frame) screen.Page {
	p := f.fitWithoutCode(fr)
	addFooter(&p, f.footerAlternatives(fr)[0], true)
	return p
}

// fitWithoutCode draws the step with the largest number that keeps all of the page visible.
func (f *state) fitWithoutCode(fr screen.Frame) (p screen.Page) {
	for _, number := range numberStyles {
		for gap := range fr.Gap + 1 {
			inner := fr
			inner.Gap -= gap
			p = f.draw(inner, func(d *drawing) {
				d.Add(d.Wrap(d.Translate(words.NoRoomForCodeText), d.Width)...)
				d.Add(make([]string, min(d.Gap, 1))...)
				d.drawPhoneAccess(number)
			})
			if len(p.Lines) <= fr.Height {
				return p
			}
		}
	}
	return p
}

// putPageBesideCode puts a page at the right of a QR code. width is the number of cells from the left of the code to the page.
func putPageBesideCode(p screen.Page, code []string, width int) screen.Page {
	lines := p.Lines
	p.Lines = nil
	for i := range max(len(code), len(lines)) {
		line := strings.Repeat(" ", width)
		if i < len(code) {
			line = screen.Pad(code[i], width)
		}
		if i < len(lines) {
			line += lines[i]
		}
		p.Add(strings.TrimRight(line, " "))
	}
	if p.Cursor != nil {
		p.Cursor.X += width
	}
	return p
}

// putPageBelowCode puts a page below a QR code.
func (f *state) putPageBelowCode(code []string, p screen.Page) screen.Page {
	by := len(code) + 1
	for i, row := range f.rows {
		f.rows[i] = screen.Span{From: row.From + by, To: row.To + by}
	}
	p.Choices = f.choiceRows()
	p.Lines = slices.Concat(code, []string{""}, p.Lines)
	p.Focus.From, p.Focus.To = p.Focus.From+by, p.Focus.To+by
	if p.Cursor != nil {
		p.Cursor.Y += by
	}
	return p
}

// drawPhoneAccess draws the address and the code to type, the number to choose on the phone, and the time that is left.
func (d *drawing) drawPhoneAccess(number func(theme.Theme, string) []string) {
	s := d.state.snapshot.scan
	left := 0
	for _, label := range []text.Text{words.PhoneAddressLabel, words.PhoneCodeLabel, words.PhoneNumberLabel} {
		left = max(left, screen.Width(d.Translate(label))+labelGap-1)
	}
	d.drawLabelled(words.PhoneAddressLabel, left, d.Wrap(d.Translate(text.SameInBoth(s.Address)), d.Width-left))
	d.drawLabelled(words.PhoneCodeLabel, left, []string{s.Code})
	if s.MatchNumber == "" {
		d.Add(strings.Repeat(" ", left) + d.timeLeftText())
		return
	}
	d.Add(make([]string, min(d.Gap, 1))...)
	digits := number(d.Theme, s.MatchNumber)
	from := len(d.Lines)
	d.drawNumber(s.MatchNumber, left, digits)
	d.Lines[from+len(digits)-1] += strings.Repeat(" ", codeGap) + d.timeLeftText()
}

// drawLabelled draws lines in a strong style, with a label at the left of the first line.
func (d *drawing) drawLabelled(label text.Text, left int, lines []string) {
	lead := d.Translate(label)
	for _, line := range lines {
		d.Add(screen.Pad(lead, left) + d.Theme.Strong.Render(line))
		lead = ""
	}
}

// drawNumber draws the number that the visitor must find on their phone. Under its label it repeats the number as text,
// because a screen reader cannot read large figures out (R33).
func (d *drawing) drawNumber(number string, left int, digits []string) {
	from := len(d.Lines)
	d.drawLabelled(words.PhoneNumberLabel, left, digits)
	if len(digits) > 1 {
		d.Lines[from+1] = d.Theme.Strong.Render(number) + d.Lines[from+1][len(number):]
	}
}

// timeLeftText returns the time that is left to use the phone. During a long submit, it asks the visitor to wait.
func (d *drawing) timeLeftText() string {
	if d.state.showsWaiting {
		return d.waitingText()
	}
	return d.Theme.Muted.Render(d.Translate(words.TimeLeftText(d.state.snapshot.scan.Until.Sub(d.Now))))
}
