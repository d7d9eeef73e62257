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

// renderPDF makes the PDF of a letter. It returns the same bytes each time. An error contains no address and no fact.
func renderPDF(m store.Message, support contact.Helpline, returnAddress string) ([]byte, error) {
	lang := render.MessageLanguage(m)
	r, err := render.RenderLetter(m, lang, support)
	if err != nil {
		return nil, err
	}
	d := &letterPDF{Rendered: r, layout: layoutFor(m.LetterPrint), language: lang, returnAddress: returnAddress, reference: render.LetterReference(m), typeface: typefaceFor(r.Subject + r.Text() + returnAddress)}
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
	layout                   *letterLayout
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
	d.pdf.SetAutoPageBreak(true, d.layout.marginBottom)
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

// drawAddressee draws the addresses that the window of the envelope shows.
func (d *letterPDF) drawAddressee() {
	x := marginLeft - d.pdf.GetCellMargin()
	size, lines := d.fitAddress()
	d.drawReturnAddress(x, size)
	d.setFont(d.typeface.sans, "", size, black)
	for i, line := range lines {
		d.writeLine(x, addressTop+float64(i)*addressLineHeight(size), addressLineHeight(size), line)
	}
}

// drawReturnAddress draws the return address in the largest font size that fits the window. It stays smaller than the address,
// so that the post does not take it for the address.
func (d *letterPDF) drawReturnAddress(x, addressSize float64) {
	line := d.typeface.replaceUndrawable(returnAddressLine(d.returnAddress))
	size := min(d.layout.returnFontSize, addressSize-3)
	for d.setFont(d.typeface.sans, "", size, d.layout.labelColour); size > leastReturnFontSize && d.pdf.GetStringWidth(line) > addressWidth; size-- {
		d.setFont(d.typeface.sans, "", size-1, d.layout.labelColour)
	}
	d.setFont(d.typeface.sans, "", max(size, leastReturnFontSize), d.layout.labelColour)
	d.writeLine(x, returnAddressTop, 4, line)
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
	pdf.SetFont(typeface.sans, "", leastReturnFontSize)
	return pdf.GetStringWidth(typeface.replaceUndrawable(line)) <= addressWidth
}

// fitAddress returns the address in lines that fit the window, and the largest font size in which they do. It only breaks a
// line of the address if the address would otherwise be smaller than normal print.
func (d *letterPDF) fitAddress() (size float64, lines []string) {
	unbroken := strings.Split(d.Address, "\n")
	for _, least := range []float64{normalLayout.bodyFontSize, leastAddressFontSize} {
		for size = d.layout.bodyFontSize; size >= least; size -= 0.5 {
			d.setFont(d.typeface.sans, "", size, black)
			lines = d.wrapText(d.typeface.replaceUndrawable(d.Address), addressWidth)
			mayBreak := least == leastAddressFontSize
			if float64(len(lines))*addressLineHeight(size) <= addressBottom-addressTop && (mayBreak || len(lines) == len(unbroken)) {
				return size, lines
			}
		}
	}
	return leastAddressFontSize, lines
}

// addressLineHeight returns the height of a line of the address. It does not depend on the print, because the window is small.
func addressLineHeight(size float64) float64 { return normalLayout.lineHeightOf(size) }

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
		d.setFont(d.typeface.sans, "", d.layout.bodyFontSize, d.layout.labelColour)
		d.writeLine(marginLeft-d.pdf.GetCellMargin(), y, d.layout.lineHeight, label)
		d.setFont(d.typeface.sans, style, d.layout.bodyFontSize, black)
		d.pdf.SetXY(marginLeft+d.layout.labelWidth, y)
		d.writeText(value, textWidth-d.layout.labelWidth, d.layout.lineHeight)
	}
	d.pdf.SetY(d.pdf.GetY() + 2*d.layout.paragraphGap)
}

// drawPageFoot draws the reference and the page number at the bottom of a page.
func (d *letterPDF) drawPageFoot(pages int) {
	d.setFont(d.typeface.sans, "", d.layout.footFontSize, d.layout.labelColour)
	d.writeLine(marginLeft-d.pdf.GetCellMargin(), d.layout.footTop, 4, d.reference)
	d.pdf.SetXY(marginLeft, d.layout.footTop)
	d.pdf.CellFormat(textWidth, 4, fmt.Sprintf(d.layout.pageNumberText.In(d.language), d.pdf.PageNo(), pages), "", 0, "R", false, 0, "")
}
