package letter

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"loket/flows/courier/render"
	"loket/flows/text"
	"loket/store"
)

// A Document is a printed document other than a letter. It has no addressee, and any number of pages.
type Document struct {
	Title    string
	Language text.Language
	Made     time.Time
	Print    store.LetterPrint
	Sections []DocumentSection
}

// A DocumentSection has a title, paragraphs, and rows that each have a name and a value.
type DocumentSection struct {
	Title      string
	Paragraphs []string
	Rows       []DocumentRow
}

// A DocumentRow is a fact. A row without a value is a heading for the rows below.
type DocumentRow struct{ Name, Value string }

const rowLabelWidth = 52.0 // rowLabelWidth is the width of the column with names.

// PDF draws the document. It returns the same bytes each time.
func (doc Document) PDF() ([]byte, error) {
	d := &letterPDF{layout: layoutFor(doc.Print), language: doc.Language, reference: doc.Title, typeface: typefaceFor(doc.collectText())}
	if pages := d.drawDocument(doc, 0); pages > 1 {
		d.drawDocument(doc, pages) // The first pass counts the pages; the second pass prints that number on each page.
	}
	var b bytes.Buffer
	if err := d.pdf.Output(&b); err != nil {
		return nil, fmt.Errorf("draw a document: %w", err)
	}
	return b.Bytes(), nil
}

// collectText returns all text in the document.
func (doc Document) collectText() string {
	var b strings.Builder
	b.WriteString(doc.Title)
	for _, s := range doc.Sections {
		b.WriteString(s.Title + strings.Join(s.Paragraphs, ""))
		for _, r := range s.Rows {
			b.WriteString(r.Name + r.Value)
		}
	}
	return b.String()
}

// drawDocument draws the document and returns its number of pages. If pages is not 0, each page shows its number and that
// total.
func (d *letterPDF) drawDocument(doc Document, pages int) int {
	d.pdf = fpdf.New("P", "mm", "A4", "")
	d.pdf.SetCatalogSort(true)
	d.pdf.SetCreationDate(doc.Made)
	d.pdf.SetModificationDate(doc.Made)
	d.pdf.SetTitle(doc.Title, true)
	d.pdf.SetProducer(render.SenderName, true)
	d.pdf.SetLang(string(doc.Language))
	d.pdf.SetMargins(marginLeft, marginTop, marginRight)
	d.pdf.SetAutoPageBreak(true, d.layout.marginBottom)
	d.pdf.SetCellMargin(0)
	d.typeface.embedFonts(d.pdf)
	if pages != 0 {
		d.pdf.SetFooterFunc(func() { d.drawPageFoot(pages) })
	}
	d.pdf.AddPage()
	d.drawSender()
	d.pdf.SetXY(marginLeft, senderNameTop+5*normalLayout.paragraphGap)
	d.drawText(d.layout.titleFontSize, "B", doc.Title)
	for _, s := range doc.Sections {
		d.drawSection(s)
	}
	return d.pdf.PageCount()
}

// drawText draws a paragraph over the full width of the page.
func (d *letterPDF) drawText(size float64, style, text string) {
	d.setFont(d.typeface.sans, style, size, black)
	d.pdf.SetX(marginLeft)
	d.writeText(text, textWidth, d.layout.lineHeightOf(size))
	d.pdf.SetY(d.pdf.GetY() + d.layout.paragraphGap)
}

// drawSection draws a section. The title stays on the same page as the first lines.
func (d *letterPDF) drawSection(s DocumentSection) {
	d.pdf.SetY(d.pdf.GetY() + d.layout.paragraphGap)
	d.breakPageIfNeeded(5 * d.layout.lineHeight)
	d.drawText(d.layout.bodyFontSize+1, "B", s.Title)
	for _, p := range s.Paragraphs {
		d.drawText(d.layout.bodyFontSize, "", p)
	}
	for _, r := range s.Rows {
		d.drawRow(r)
	}
}

// drawRow draws a row: the value beside the name or, if the layout is stacked, below it.
func (d *letterPDF) drawRow(r DocumentRow) {
	switch {
	case r.Value == "":
		d.breakPageIfNeeded(3 * d.layout.lineHeight)
		d.pdf.SetY(d.pdf.GetY() + d.layout.paragraphGap/2)
		d.setFont(d.typeface.sans, "B", d.layout.bodyFontSize, black)
		d.pdf.SetX(marginLeft)
		d.writeText(r.Name, textWidth, d.layout.lineHeight)
	case d.layout.isStacked:
		d.drawStackedRow(r)
	default:
		d.drawColumns(r)
	}
}

// drawStackedRow draws a row with the value below the name. The name stays on the same page as the first line of the value.
func (d *letterPDF) drawStackedRow(r DocumentRow) {
	d.setFont(d.typeface.sans, "", d.layout.bodyFontSize, black)
	name := d.wrapCell(r.Name, textWidth)
	d.breakPageIfNeeded(float64(len(name)+1) * d.layout.lineHeight)
	d.pdf.SetX(marginLeft)
	d.writeText(r.Name+":", textWidth, d.layout.lineHeight)
	d.pdf.SetX(marginLeft + mainFactIndent)
	d.writeText(r.Value, textWidth-mainFactIndent, d.layout.lineHeight)
	d.pdf.SetY(d.pdf.GetY() + d.layout.paragraphGap/2)
}

// drawColumns draws a row with the value beside the name.
func (d *letterPDF) drawColumns(r DocumentRow) {
	d.setFont(d.typeface.sans, "", d.layout.bodyFontSize, black)
	name := d.wrapCell(r.Name, rowLabelWidth-d.layout.paragraphGap)
	value := d.wrapCell(r.Value, textWidth-rowLabelWidth)
	for i := range max(len(name), len(value)) {
		d.breakPageIfNeeded(d.layout.lineHeight)
		y := d.pdf.GetY()
		if i < len(name) {
			d.setFont(d.typeface.sans, "", d.layout.bodyFontSize, d.layout.labelColour)
			d.writeLine(marginLeft, y, d.layout.lineHeight, name[i])
		}
		if i < len(value) {
			d.setFont(d.typeface.sans, "", d.layout.bodyFontSize, black)
			d.writeLine(marginLeft+rowLabelWidth, y, d.layout.lineHeight, value[i])
		}
		d.pdf.SetXY(marginLeft, y+d.layout.lineHeight)
	}
}

// breakPageIfNeeded begins a new page if less than height is left on the current page.
func (d *letterPDF) breakPageIfNeeded(height float64) {
	if d.pdf.GetY()+height > d.pageBottom() {
		d.pdf.AddPage()
		d.pdf.SetY(marginTop)
	}
}
