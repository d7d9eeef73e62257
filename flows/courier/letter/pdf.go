package letter

import (
	"bytes"
	"fmt"
	"strings"

	"codeberg.org/go-pdf/fpdf"

	"loket/flows/contact"
	"loket/flows/courier/render"
	"loket/flows/text"
	"loket/store"
)

// The layout of a letter, in millimetres on A4. The address fits envelopes of sizes DL and C5 with the window at the left: 20
// mm from the left and 45 mm from the top of the folded sheet, 90 by 45 mm (DIN 680). Such envelopes are sold everywhere. In
// envelopes with the window at the right, its position differs between makers.
const (
	pageWidth, pageHeight = 210.0, 297.0
	marginLeft            = 25.0
	marginRight           = 25.0
	marginTop             = 25.0
	marginBottom          = 25.0
	textWidth             = pageWidth - marginLeft - marginRight

	senderNameTop    = 20.0 // senderNameTop is the top of the sender's name.
	returnAddressTop = 51.0 // returnAddressTop is the top of the return address, which stands above the address.
	addressTop       = 58.0
	addressBottom    = 88.0
	addressWidth     = 80.0
	letterHeadTop    = 103.0
	headLabelWidth   = 30.0 // headLabelWidth is the width of the column with labels such as "Datum".
	pageFootTop      = pageHeight - 17
)

// Font sizes in points, and line heights in millimetres.
const (
	senderFontSize, smallFontSize, bodyFontSize, subjectFontSize = 18.0, 7.5, 11.0, 13.0
	lineHeight, subjectHeight, paragraphGap                      = 5.2, 6.4, 3.4
)

var (
	black  = [3]int{0, 0, 0}
	grey   = [3]int{96, 96, 96}
	orange = [3]int{0xee, 0x7f, 0x00}
)

// pageNumberText is the text at the bottom of each page, if a letter has more than one page.
var pageNumberText = text.Text{NL: "pagina %d van %d", EN: "page %d of %d"}

// renderPDF makes the PDF of a letter. It returns the same bytes each time. An error contains no address and no fact.
func renderPDF(m store.Message, support contact.Helpline, returnAddress string) ([]byte, error) {
	lang := render.MessageLanguage(m)
	r, err := render.RenderLetter(m, lang, support)
	if err != nil {
		return nil, err
	}
	d := &letterPDF{Rendered: r, language: lang, returnAddress: returnAddress, reference: render.LetterReference(m), typeface: typefaceFor(r.Subject + r.Text() + returnAddress)}
	if pages := d.drawLetter(m, 0); pages > 1 {
		d.drawLetter(m, pages) // The first pass counts the pages; the second pass prints that number on each page.
	}
	var b bytes.Buffer
	if err := d.pdf.Output(&b); err != nil {
		return nil, fmt.Errorf("draw letter %q: %w", m.Template, err)
	}
	return b.Bytes(), nil
}

// A letterPDF is a letter or document that is being drawn.
type letterPDF struct {
	render.Rendered
	language                 text.Language
	returnAddress, reference string
	typeface                 *typeface
	pdf                      *fpdf.Fpdf
}

// drawLetter draws the letter and returns its number of pages. If pages is not 0, each page shows its number and that total.
func (d *letterPDF) drawLetter(m store.Message, pages int) int {
	d.pdf = fpdf.New("P", "mm", "A4", "")
	d.pdf.SetCatalogSort(true)
	d.pdf.SetCreationDate(m.Written)
	d.pdf.SetModificationDate(m.Written)
	d.pdf.SetTitle(d.Subject, true)
	d.pdf.SetProducer("Loket", true)
	d.pdf.SetLang(string(d.language))
	d.pdf.SetMargins(marginLeft, marginTop, marginRight)
	d.pdf.SetAutoPageBreak(true, marginBottom)
	d.typeface.embedFonts(d.pdf)
	if pages != 0 {
		d.pdf.SetFooterFunc(func() { d.drawPageFoot(pages) })
	}
	d.pdf.AddPage()
	d.drawSender()
	d.drawAddressee()
	d.drawLetterHead()
	d.drawBody()
	return d.pdf.PageCount()
}

func (d *letterPDF) setFont(family, style string, size float64, colour [3]int) {
	d.pdf.SetFont(family, style, size)
	d.pdf.SetTextColor(colour[0], colour[1], colour[2])
}

// writeLine writes a line of text at the position x, y.
func (d *letterPDF) writeLine(x, y, height float64, text string) {
	d.pdf.SetXY(x, y)
	d.pdf.CellFormat(0, height, d.typeface.replaceUndrawable(text), "", 0, "L", false, 0, "")
}

// drawSender draws the sender's name at the top of the letter.
func (d *letterPDF) drawSender() {
	d.pdf.SetFillColor(orange[0], orange[1], orange[2])
	d.pdf.Rect(marginLeft, senderNameTop-4, 12, 1.2, "F")
	d.setFont(d.typeface.sans, "B", senderFontSize, black)
	d.writeLine(marginLeft-d.pdf.GetCellMargin(), senderNameTop, 8, render.SenderName)
}

// drawAddressee draws the addresses that the window of the envelope shows. An address that is too long for the window gets a
// smaller font.
func (d *letterPDF) drawAddressee() {
	x := marginLeft - d.pdf.GetCellMargin()
	d.setFont(d.typeface.sans, "", smallFontSize, grey)
	d.writeLine(x, returnAddressTop, 4, returnAddressLine(d.returnAddress))
	size, lines := d.fitAddress(bodyFontSize)
	for size > smallFontSize && float64(len(lines))*lineHeightOf(size) > addressBottom-addressTop {
		size, lines = d.fitAddress(size - 0.5)
	}
	d.setFont(d.typeface.sans, "", size, black)
	for i, line := range lines {
		d.writeLine(x, addressTop+float64(i)*lineHeightOf(size), lineHeightOf(size), line)
	}
}

// returnAddressLine returns the small line above the address, to which the post returns the letter if it cannot be delivered.
func returnAddressLine(returnAddress string) string {
	if returnAddress == "" {
		return render.SenderName
	}
	return render.SenderName + " · " + returnAddress
}

// FitsEnvelopeWindow reports whether a return address fits into the window of the envelope.
func FitsEnvelopeWindow(returnAddress string) bool {
	pdf := fpdf.New("P", "mm", "A4", "")
	line := returnAddressLine(returnAddress)
	typeface := typefaceFor(line)
	typeface.embedFonts(pdf)
	pdf.SetFont(typeface.sans, "", smallFontSize)
	return pdf.GetStringWidth(typeface.replaceUndrawable(line)) <= addressWidth
}

// fitAddress breaks the address into lines that fit the window at a font size, and returns that size and the lines.
func (d *letterPDF) fitAddress(size float64) (float64, []string) {
	d.setFont(d.typeface.sans, "", size, black)
	var lines []string
	for line := range strings.SplitSeq(d.Address, "\n") {
		lines = append(lines, d.pdf.SplitText(d.typeface.replaceUndrawable(line), addressWidth)...)
	}
	return size, lines
}

func lineHeightOf(size float64) float64 { return lineHeight * size / bodyFontSize }

// drawLetterHead draws the head of the letter: date, reference and subject.
func (d *letterPDF) drawLetterHead() {
	d.pdf.SetXY(marginLeft, letterHeadTop)
	rows := strings.Split(d.Head, "\n")
	for i, row := range rows {
		label, value, _ := strings.Cut(row, ": ")
		y, style := d.pdf.GetY(), ""
		if i == len(rows)-1 {
			style = "B"
		}
		d.setFont(d.typeface.sans, "", bodyFontSize, grey)
		d.writeLine(marginLeft-d.pdf.GetCellMargin(), y, lineHeight, label)
		d.setFont(d.typeface.sans, style, bodyFontSize, black)
		d.pdf.SetXY(marginLeft+headLabelWidth, y)
		d.pdf.MultiCell(textWidth-headLabelWidth, lineHeight, d.typeface.replaceUndrawable(value), "", "L", false)
	}
	d.pdf.SetY(d.pdf.GetY() + 2*paragraphGap)
}

// drawBody draws the paragraphs of the letter. A paragraph that introduces the next one stays on the same page with it.
func (d *letterPDF) drawBody() {
	paragraphs := d.Paragraphs()
	for i, p := range paragraphs {
		height := d.paragraphHeight(p)
		for j := i; j+1 < len(paragraphs) && paragraphs[j].IntroducesNext(); j++ {
			height += paragraphGap + d.paragraphHeight(paragraphs[j+1])
		}
		if d.pdf.GetY()+height > pageHeight-marginBottom && height < pageHeight-marginTop-marginBottom {
			d.pdf.AddPage()
		}
		d.drawParagraph(p)
	}
}

const mainFactIndent = 6.0 // mainFactIndent is the indentation of the letter's main fact, such as a number, in millimetres.

func (d *letterPDF) drawParagraph(p render.Paragraph) {
	text := d.typeface.replaceUndrawable(strings.Join(p.Lines, "\n"))
	if !p.Main {
		d.setFont(d.typeface.sans, "", bodyFontSize, black)
		d.pdf.SetX(marginLeft - d.pdf.GetCellMargin())
		d.pdf.MultiCell(textWidth, lineHeight, text, "", "L", false)
		d.pdf.SetY(d.pdf.GetY() + paragraphGap)
		return
	}
	y, height := d.pdf.GetY(), d.paragraphHeight(p)
	d.setFont(d.typeface.mono, "B", subjectFontSize, black)
	d.pdf.Rect(marginLeft, y, 1, height, "F")
	d.pdf.SetXY(marginLeft+mainFactIndent, y)
	d.pdf.MultiCell(textWidth-mainFactIndent, subjectHeight, text, "", "L", false)
	d.pdf.SetY(d.pdf.GetY() + paragraphGap)
}

// paragraphHeight returns the height of a paragraph in millimetres.
func (d *letterPDF) paragraphHeight(p render.Paragraph) float64 {
	width, each := textWidth, lineHeight
	d.setFont(d.typeface.sans, "", bodyFontSize, black)
	if p.Main {
		width, each = textWidth-mainFactIndent, subjectHeight
		d.setFont(d.typeface.mono, "B", subjectFontSize, black)
	}
	lines := d.pdf.SplitText(d.typeface.replaceUndrawable(strings.Join(p.Lines, "\n")), width-2*d.pdf.GetCellMargin())
	return float64(len(lines)) * each
}

// drawPageFoot draws the reference and the page number at the bottom of a page.
func (d *letterPDF) drawPageFoot(pages int) {
	d.setFont(d.typeface.sans, "", smallFontSize, grey)
	d.writeLine(marginLeft-d.pdf.GetCellMargin(), pageFootTop, 4, d.reference)
	d.pdf.SetXY(marginLeft, pageFootTop)
	d.pdf.CellFormat(textWidth, 4, fmt.Sprintf(pageNumberText.In(d.language), d.pdf.PageNo(), pages), "", 0, "R", false, 0, "")
}
