package letter

import (
	"strings"

	"loket/flows/courier/render"
)

// drawBody draws the paragraphs of the letter. A paragraph that introduces the next one stays on the same page with it, and so
// does the last paragraph with the closing.
func (d *letterPDF) drawBody() {
	paragraphs := d.Paragraphs()
	for i, p := range paragraphs {
		height := d.paragraphHeight(p)
		for j := i; j+1 < len(paragraphs) && isKeptWithNext(paragraphs, j); j++ {
			height += d.layout.paragraphGap + d.paragraphHeight(paragraphs[j+1])
		}
		if d.pdf.GetY()+height > d.pageBottom() && height < d.pageBottom()-marginTop {
			d.pdf.AddPage()
		}
		d.drawParagraph(p)
	}
}

// closingParagraphs is the number of paragraphs that close a letter: the greeting and the signature.
const closingParagraphs = 2

// isKeptWithNext reports whether a paragraph must be on the same page as the next one.
func isKeptWithNext(paragraphs []render.Paragraph, at int) bool {
	return paragraphs[at].IntroducesNext() || at == len(paragraphs)-closingParagraphs-1
}

// pageBottom returns the lowest place on a page where text can be.
func (d *letterPDF) pageBottom() float64 { return pageHeight - d.layout.marginBottom }

func (d *letterPDF) drawParagraph(p render.Paragraph) {
	if !p.Main {
		d.setFont(d.typeface.sans, "", d.layout.bodyFontSize, black)
		d.pdf.SetX(marginLeft - d.pdf.GetCellMargin())
		d.writeText(strings.Join(p.Lines, "\n"), textWidth, d.layout.lineHeight)
		d.pdf.SetY(d.pdf.GetY() + d.layout.paragraphGap)
		return
	}
	y, height := d.pdf.GetY(), d.paragraphHeight(p)
	each := d.setMainFactFont(p)
	d.pdf.Rect(marginLeft, y, 1, height, "F")
	d.pdf.SetXY(marginLeft+mainFactIndent, y)
	d.writeText(strings.Join(p.Lines, "\n"), textWidth-mainFactIndent, each)
	d.pdf.SetY(d.pdf.GetY() + d.layout.paragraphGap)
}

// setMainFactFont sets the font of a main fact, and returns the height of a line. It is the largest font of the layout in which
// no word of the fact is longer than a line.
func (d *letterPDF) setMainFactFont(p render.Paragraph) (lineHeight float64) {
	text := d.typeface.replaceUndrawable(strings.Join(p.Lines, "\n"))
	family := monoFamily
	if !goTypeface.canDraw(text) {
		family = d.typeface.sans
	}
	size := d.layout.factFontSize
	for d.setFont(family, "B", size, black); size > d.layout.leastFactFontSize && d.hasLongWord(text); size-- {
		d.setFont(family, "B", size-1, black)
	}
	return d.layout.factLineHeight * size / d.layout.factFontSize
}

// hasLongWord reports whether a word of text is longer than a line of a main fact.
func (d *letterPDF) hasLongWord(text string) bool {
	for word := range strings.FieldsSeq(text) {
		if d.pdf.GetStringWidth(word) > textWidth-mainFactIndent-2*d.pdf.GetCellMargin() {
			return true
		}
	}
	return false
}

// paragraphHeight returns the height of a paragraph in millimetres.
func (d *letterPDF) paragraphHeight(p render.Paragraph) float64 {
	width, each := textWidth, d.layout.lineHeight
	d.setFont(d.typeface.sans, "", d.layout.bodyFontSize, black)
	if p.Main {
		width, each = textWidth-mainFactIndent, d.setMainFactFont(p)
	}
	return float64(len(d.wrapCell(strings.Join(p.Lines, "\n"), width))) * each
}

// writeText writes text in lines, from the current position downwards.
func (d *letterPDF) writeText(text string, width, lineHeight float64) {
	for _, line := range d.wrapCell(text, width) {
		d.pdf.CellFormat(width, lineHeight, line, "", 2, "L", false, 0, "")
	}
}

// wrapCell breaks text into the lines of a cell, which has a margin at both sides.
func (d *letterPDF) wrapCell(text string, width float64) []string {
	return d.wrapText(d.typeface.replaceUndrawable(text), width-2*d.pdf.GetCellMargin())
}
