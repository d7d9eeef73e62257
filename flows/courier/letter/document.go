package letter

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"loket/flows/courier/render"
	"loket/flows/text"
)

// A Document is what goes on paper without being a letter: it has no addressee, and as many
// pages as it needs.
type Document struct {
	Title    string
	Language text.Language
	Made     time.Time
	Sections []DocumentSection
}

// A DocumentSection has a title, paragraphs, and rows of a name and a value.
type DocumentSection struct {
	Title      string
	Paragraphs []string
	Rows       []DocumentRow
}

// A DocumentRow is a fact. One without a value is a title over those below it.
type DocumentRow struct{ Name, Value string }

const rowNameWidth = 52.0

// PDF draws the document, the same every time.
func (doc Document) PDF() ([]byte, error) {
	d := &letterPDF{language: doc.Language, reference: doc.Title, typeface: typefaceFor(doc.text())}
	if pages := d.drawDocument(doc, 0); pages > 1 {
		d.drawDocument(doc, pages) // now that it is known how many
	}
	var b bytes.Buffer
	if err := d.pdf.Output(&b); err != nil {
		return nil, fmt.Errorf("draw a document: %w", err)
	}
	return b.Bytes(), nil
}

// text returns all that is drawn.
func (doc Document) text() string {
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

// drawDocument draws it, with the number of pages on each if that is known, and returns that
// number.
func (d *letterPDF) drawDocument(doc Document, pages int) int {
	d.pdf = fpdf.New("P", "mm", "A4", "")
	d.pdf.SetCatalogSort(true)
	d.pdf.SetCreationDate(doc.Made)
	d.pdf.SetModificationDate(doc.Made)
	d.pdf.SetTitle(doc.Title, true)
	d.pdf.SetProducer(render.Sender, true)
	d.pdf.SetLang(string(doc.Language))
	d.pdf.SetMargins(marginLeft, marginTop, marginRight)
	d.pdf.SetAutoPageBreak(true, marginBottom)
	d.pdf.SetCellMargin(0)
	d.typeface.embed(d.pdf)
	if pages != 0 {
		d.pdf.SetFooterFunc(func() { d.drawFoot(pages) })
	}
	d.pdf.AddPage()
	d.drawSender()
	d.pdf.SetXY(marginLeft, nameTop+5*paragraphGap)
	d.drawText(subjectSize, "B", doc.Title)
	for _, s := range doc.Sections {
		d.drawSection(s)
	}
	return d.pdf.PageCount()
}

// drawText draws a paragraph over the whole width.
func (d *letterPDF) drawText(size float64, style, text string) {
	d.setFont(d.typeface.sans, style, size, black)
	d.pdf.SetX(marginLeft)
	d.pdf.MultiCell(textWidth, lineHeightOf(size), d.typeface.toDrawable(text), "", "L", false)
	d.pdf.SetY(d.pdf.GetY() + paragraphGap)
}

// drawSection draws a section, whose title is on the page of its first lines.
func (d *letterPDF) drawSection(s DocumentSection) {
	d.pdf.SetY(d.pdf.GetY() + paragraphGap)
	d.keepTogether(5 * lineHeight)
	d.drawText(textSize+1, "B", s.Title)
	for _, p := range s.Paragraphs {
		d.drawText(textSize, "", p)
	}
	for _, r := range s.Rows {
		d.drawRow(r)
	}
}

// drawRow draws a name and beside it its value.
func (d *letterPDF) drawRow(r DocumentRow) {
	if r.Value == "" {
		d.keepTogether(3 * lineHeight)
		d.pdf.SetY(d.pdf.GetY() + paragraphGap/2)
		d.setFont(d.typeface.sans, "B", textSize, black)
		d.pdf.SetX(marginLeft)
		d.pdf.MultiCell(textWidth, lineHeight, d.typeface.toDrawable(r.Name), "", "L", false)
		return
	}
	d.setFont(d.typeface.sans, "", textSize, black)
	name := d.pdf.SplitText(d.typeface.toDrawable(r.Name), rowNameWidth-paragraphGap)
	value := d.pdf.SplitText(d.typeface.toDrawable(r.Value), textWidth-rowNameWidth)
	for i := range max(len(name), len(value)) {
		d.keepTogether(lineHeight)
		y := d.pdf.GetY()
		if i < len(name) {
			d.setFont(d.typeface.sans, "", textSize, grey)
			d.writeLine(marginLeft, y, lineHeight, name[i])
		}
		if i < len(value) {
			d.setFont(d.typeface.sans, "", textSize, black)
			d.writeLine(marginLeft+rowNameWidth, y, lineHeight, value[i])
		}
		d.pdf.SetXY(marginLeft, y+lineHeight)
	}
}

// keepTogether begins a page if there is less room than that on this one.
func (d *letterPDF) keepTogether(height float64) {
	if d.pdf.GetY()+height > pageHeight-marginBottom {
		d.pdf.AddPage()
		d.pdf.SetY(marginTop)
	}
}
