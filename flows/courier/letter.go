package courier

import (
	"bytes"
	"fmt"
	"strings"

	"codeberg.org/go-pdf/fpdf"

	"loket/flows/contact"
	"loket/flows/text"
	"loket/store"
)

// The measures of a letter, in millimetres on A4. The address stands where the
// window is of envelopes with one at the left, DL and C5 alike: 20 mm from the
// left and 45 mm from the top of the folded sheet, 90 by 45 mm (DIN 680). They are
// the ones that are for sale everywhere; those with the window at the right
// differ from maker to maker.
const (
	pageWidth, pageHeight = 210.0, 297.0
	marginLeft            = 25.0
	marginRight           = 25.0
	marginTop             = 25.0
	marginBottom          = 25.0
	textWidth             = pageWidth - marginLeft - marginRight

	nameTop       = 20.0 // of the sender's name
	returnTop     = 51.0 // of the line over the address, for the post if it cannot deliver
	addressTop    = 58.0
	addressBottom = 88.0
	addressWidth  = 80.0
	headTop       = 103.0
	headLabels    = 30.0 // wide
	footTop       = pageHeight - 17
)

// The sizes of type, in points, and of lines, in millimetres.
const (
	nameSize, smallSize, textSize, mainSize = 18.0, 7.5, 10.5, 13.0
	lineHeight, mainHeight, gap             = 5.2, 6.4, 3.4
)

var (
	black  = [3]int{0, 0, 0}
	grey   = [3]int{96, 96, 96}
	orange = [3]int{0xee, 0x7f, 0x00}
)

// pageOf is what stands under each page of a letter that has more than one.
var pageOf = text.Text{NL: "pagina %d van %d", EN: "page %d of %d"}

// reference is what a letter can be asked about by: the random end of its ID.
func reference(m store.Message) string {
	short := m.ID[max(len(m.ID)-10, 0):]
	return short[:len(short)/2] + "-" + short[len(short)/2:]
}

// letter makes the PDF of a letter, the same every time. An error tells neither
// the address nor a fact.
func letter(m store.Message, support contact.Helpline, returnAddress string) ([]byte, error) {
	lang := languageOf(m)
	r, err := render(m, lang, support, reference(m))
	if err != nil {
		return nil, err
	}
	l := &sheet{Rendered: r, language: lang, returnAddress: returnAddress, reference: reference(m)}
	if pages := l.draw(m, 0); pages > 1 {
		l.draw(m, pages) // now that it is known how many
	}
	var b bytes.Buffer
	if err := l.pdf.Output(&b); err != nil {
		return nil, fmt.Errorf("draw letter %q: %w", m.Template, err)
	}
	return b.Bytes(), nil
}

// sheet is a letter that is being drawn.
type sheet struct {
	Rendered
	language                 text.Language
	returnAddress, reference string
	pdf                      *fpdf.Fpdf
}

// draw draws the letter, with the number of pages on each if it is known, and
// gives that number.
func (s *sheet) draw(m store.Message, pages int) int {
	s.pdf = fpdf.New("P", "mm", "A4", "")
	s.pdf.SetCatalogSort(true)
	s.pdf.SetCreationDate(m.Written)
	s.pdf.SetModificationDate(m.Written)
	s.pdf.SetTitle(s.Subject, true)
	s.pdf.SetProducer("Loket", true)
	s.pdf.SetLang(string(s.language))
	s.pdf.SetMargins(marginLeft, marginTop, marginRight)
	s.pdf.SetAutoPageBreak(true, marginBottom)
	embedFonts(s.pdf)
	if pages > 1 {
		s.pdf.SetFooterFunc(func() { s.foot(pages) })
	}
	s.pdf.AddPage()
	s.sender()
	s.addressee()
	s.head()
	s.body()
	return s.pdf.PageCount()
}

func (s *sheet) use(family, style string, size float64, colour [3]int) {
	s.pdf.SetFont(family, style, size)
	s.pdf.SetTextColor(colour[0], colour[1], colour[2])
}

// line writes one at x and y.
func (s *sheet) line(x, y, height float64, text string) {
	s.pdf.SetXY(x, y)
	s.pdf.CellFormat(0, height, drawable(text), "", 0, "L", false, 0, "")
}

// sender is the name over the letter.
func (s *sheet) sender() {
	s.pdf.SetFillColor(orange[0], orange[1], orange[2])
	s.pdf.Rect(marginLeft, nameTop-4, 12, 1.2, "F")
	s.use(sans, "B", nameSize, black)
	s.line(marginLeft-s.pdf.GetCellMargin(), nameTop, 8, sender)
}

// addressee is what shows in the window. What is too long for it is set smaller.
func (s *sheet) addressee() {
	x := marginLeft - s.pdf.GetCellMargin()
	s.use(sans, "", smallSize, grey)
	s.line(x, returnTop, 4, returnLine(s.returnAddress))
	size, lines := s.fitting(textSize)
	for size > smallSize && float64(len(lines))*lineHeightOf(size) > addressBottom-addressTop {
		size, lines = s.fitting(size - 0.5)
	}
	s.use(sans, "", size, black)
	for i, line := range lines {
		s.line(x, addressTop+float64(i)*lineHeightOf(size), lineHeightOf(size), line)
	}
}

// returnLine is what stands over the address, for the post.
func returnLine(returnAddress string) string {
	if returnAddress == "" {
		return sender
	}
	return sender + " · " + returnAddress
}

// ShowsInWindow tells whether the window of the envelope shows all of a return
// address.
func ShowsInWindow(returnAddress string) bool {
	pdf := fpdf.New("P", "mm", "A4", "")
	embedFonts(pdf)
	pdf.SetFont(sans, "", smallSize)
	return pdf.GetStringWidth(drawable(returnLine(returnAddress))) <= addressWidth
}

// fitting are the lines of the address as they fit the window at a size.
func (s *sheet) fitting(size float64) (float64, []string) {
	s.use(sans, "", size, black)
	var lines []string
	for line := range strings.SplitSeq(s.Address, "\n") {
		lines = append(lines, s.pdf.SplitText(drawable(line), addressWidth)...)
	}
	return size, lines
}

func lineHeightOf(size float64) float64 { return lineHeight * size / textSize }

// head is what the letter is: date, reference and, last, subject.
func (s *sheet) head() {
	s.pdf.SetXY(marginLeft, headTop)
	rows := strings.Split(s.Head, "\n")
	for i, row := range rows {
		label, value, _ := strings.Cut(row, ": ")
		y, style := s.pdf.GetY(), ""
		if i == len(rows)-1 {
			style = "B"
		}
		s.use(sans, "", textSize, grey)
		s.line(marginLeft-s.pdf.GetCellMargin(), y, lineHeight, label)
		s.use(sans, style, textSize, black)
		s.pdf.SetXY(marginLeft+headLabels, y)
		s.pdf.MultiCell(textWidth-headLabels, lineHeight, drawable(value), "", "L", false)
	}
	s.pdf.SetY(s.pdf.GetY() + 2*gap)
}

// body is what the letter says. What leads to the next paragraph stays with it.
func (s *sheet) body() {
	paragraphs := s.paragraphs()
	for i, p := range paragraphs {
		height := s.height(p)
		for j := i; j+1 < len(paragraphs) && paragraphs[j].leads(); j++ {
			height += gap + s.height(paragraphs[j+1])
		}
		if s.pdf.GetY()+height > pageHeight-marginBottom && s.pdf.GetY() > marginTop && height < pageHeight-marginTop-marginBottom {
			s.pdf.AddPage()
		}
		s.paragraph(p)
	}
}

// leads tells whether p introduces what comes after it.
func (p paragraph) leads() bool {
	last := p.Lines[len(p.Lines)-1]
	return strings.HasSuffix(last, ":") || strings.HasSuffix(last, ",")
}

const mainIndent = 6.0 // of what the letter is about

func (s *sheet) paragraph(p paragraph) {
	text := drawable(strings.Join(p.Lines, "\n"))
	if !p.Main {
		s.use(sans, "", textSize, black)
		s.pdf.SetX(marginLeft - s.pdf.GetCellMargin())
		s.pdf.MultiCell(textWidth, lineHeight, text, "", "L", false)
		s.pdf.SetY(s.pdf.GetY() + gap)
		return
	}
	y, height := s.pdf.GetY(), s.height(p)
	s.use(mono, "B", mainSize, black)
	s.pdf.Rect(marginLeft, y, 1, height, "F")
	s.pdf.SetXY(marginLeft+mainIndent, y)
	s.pdf.MultiCell(textWidth-mainIndent, mainHeight, text, "", "L", false)
	s.pdf.SetY(s.pdf.GetY() + gap)
}

// height is how much of the page p takes.
func (s *sheet) height(p paragraph) float64 {
	width, each := textWidth, lineHeight
	s.use(sans, "", textSize, black)
	if p.Main {
		width, each = textWidth-mainIndent, mainHeight
		s.use(mono, "B", mainSize, black)
	}
	lines := s.pdf.SplitText(drawable(strings.Join(p.Lines, "\n")), width-2*s.pdf.GetCellMargin())
	return float64(len(lines)) * each
}

// foot tells one page from another.
func (s *sheet) foot(pages int) {
	s.use(sans, "", smallSize, grey)
	s.line(marginLeft-s.pdf.GetCellMargin(), footTop, 4, s.reference)
	s.pdf.SetXY(marginLeft, footTop)
	s.pdf.CellFormat(textWidth, 4, fmt.Sprintf(pageOf.In(s.language), s.pdf.PageNo(), pages), "", 0, "R", false, 0, "")
}
