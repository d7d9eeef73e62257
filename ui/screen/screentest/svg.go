package screentest

import (
	"cmp"
	"encoding/xml"
	"fmt"
	"image/color"
	"strings"

	uv "github.com/charmbracelet/ultraviolet"
)

// The sizes of a cell and of the margin of a picture, in pixels.
const (
	cellWidth     = 9
	cellHeight    = 20
	textBaseline  = 15 // textBaseline is the distance in pixels from the top of a cell to the baseline of its letter.
	pictureMargin = 12
)

// The default colours of the terminal that a picture shows.
var (
	backgroundColor = color.RGBA{0x17, 0x17, 0x17, 0xff}
	foregroundColor = color.RGBA{0xd6, 0xd6, 0xd6, 0xff}
)

// DrawSVG returns a picture of the output of a program on a terminal of width by height cells, in colour. Every cell has the same
// position in any font, and lines and blocks of neighbouring cells connect.
func DrawSVG(title, content string, width, height int) string {
	screen := uv.NewScreenBuffer(width, height)
	uv.NewStyledString(content).Draw(screen, screen.Bounds())
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %[1]d %[2]d" width="%[1]d" height="%[2]d" role="img" aria-label="%[3]s">`+"\n",
		width*cellWidth+2*pictureMargin, height*cellHeight+2*pictureMargin, escapeXML(title))
	fmt.Fprintf(&b, `<rect width="100%%" height="100%%" rx="8" fill="%s"/>`+"\n", hexColor(backgroundColor))
	fmt.Fprintf(&b, `<g transform="translate(%[1]d %[1]d)" font-family="ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="15">`+"\n", pictureMargin)
	for y := range height {
		for _, r := range splitRuns(screen.Line(y)) {
			r.drawSVG(&b, y)
		}
	}
	b.WriteString("</g>\n</svg>\n")
	return b.String()
}

// A textRun is a part of a line whose cells have the same style. It is text, or repetitions of one glyph that is drawn as a
// shape.
type textRun struct {
	text      string
	firstCell int // firstCell is the index of the first cell of the run.
	cells     int
	style     uv.Style
}

// splitRuns splits a line into runs, and leaves out blank cells.
func splitRuns(line uv.Line) (all []textRun) {
	for x := range line {
		cell := line.At(x)
		if cell.Width == 0 { // This is the second half of a wide character.
			continue
		}
		if cell.Content == " " && cell.Style.Bg == nil && cell.Style.Attrs&uv.AttrReverse == 0 {
			continue
		}
		if last := len(all) - 1; last >= 0 && all[last].continuesWith(x, cell) {
			all[last].text += cell.Content
			all[last].cells += cell.Width
			continue
		}
		all = append(all, textRun{cell.Content, x, cell.Width, cell.Style})
	}
	return all
}

// continuesWith reports whether the cell at x can be added to the end of the run.
func (r textRun) continuesWith(x int, cell *uv.Cell) bool {
	if r.firstCell+r.cells != x || !r.style.Equal(&cell.Style) {
		return false
	}
	_, shape := glyphShapes[cell.Content]
	_, inShape := glyphShapes[r.text[:min(len(r.text), len(cell.Content))]]
	return !shape && !inShape || shape && r.text == strings.Repeat(cell.Content, r.cells)
}

// drawSVG writes the SVG elements of the run.
func (r textRun) drawSVG(b *strings.Builder, y int) {
	front, back := r.style.Fg, r.style.Bg
	if r.style.Attrs&uv.AttrReverse != 0 {
		front, back = cmp.Or[color.Color](back, backgroundColor), cmp.Or[color.Color](front, foregroundColor)
	}
	left, top, width := r.firstCell*cellWidth, y*cellHeight, r.cells*cellWidth
	if back != nil {
		fmt.Fprintf(b, `<rect x="%d" y="%d" width="%d" height="%d" fill="%s"/>`+"\n", left, top, width, cellHeight, hexColor(back))
	}
	fill := hexColor(cmp.Or[color.Color](front, foregroundColor))
	if r.style.Attrs&uv.AttrFaint != 0 {
		fill += `" opacity="0.6`
	}
	if shape, is := glyphShapes[r.text[:len(r.text)/r.cells]]; is && r.cells == len([]rune(r.text)) {
		shape(b, left, top, r.cells, fill)
		return
	}
	if strings.TrimSpace(r.text) == "" {
		return
	}
	if r.style.Attrs&uv.AttrBold != 0 {
		fill += `" font-weight="bold`
	}
	fmt.Fprintf(b, `<text x="%d" y="%d" textLength="%d" xml:space="preserve" fill="%s">%s</text>`+"\n", left, top+textBaseline, width, fill, escapeXML(r.text))
}

// glyphShapes maps each glyph that is drawn as a shape to the function that draws it. As shapes, the glyphs connect to their
// neighbours.
var glyphShapes = map[string]func(b *strings.Builder, left, top, cells int, fill string){
	"█": blockDrawer(0, cellHeight, 1), "▀": blockDrawer(0, cellHeight/2, 1), "▄": blockDrawer(cellHeight/2, cellHeight/2, 1),
	"░": blockDrawer(0, cellHeight, 0.3), "▒": blockDrawer(0, cellHeight, 0.55), "▓": blockDrawer(0, cellHeight, 0.8),
	"─": lineDrawer(true, true, false, false), "│": lineDrawer(false, false, true, true),
	"┌": lineDrawer(false, true, false, true), "┐": lineDrawer(true, false, false, true),
	"└": lineDrawer(false, true, true, false), "┘": lineDrawer(true, false, true, false),
	"├": lineDrawer(false, true, true, true), "┤": lineDrawer(true, false, true, true),
	"┬": lineDrawer(true, true, false, true), "┴": lineDrawer(true, true, true, false), "┼": lineDrawer(true, true, true, true),
}

// blockDrawer returns a function that fills a part of each cell. density is the opacity.
func blockDrawer(from, height int, density float64) func(*strings.Builder, int, int, int, string) {
	return func(b *strings.Builder, left, top, cells int, fill string) {
		fmt.Fprintf(b, `<rect x="%d" y="%d" width="%d" height="%d" fill-opacity="%g" fill="%s"/>`+"\n", left, top+from, cells*cellWidth, height, density, fill)
	}
}

// lineDrawer returns a function that draws lines from the middle of each cell to some of its
// edges.
func lineDrawer(toLeft, toRight, up, down bool) func(*strings.Builder, int, int, int, string) {
	return func(b *strings.Builder, left, top, cells int, fill string) {
		var path strings.Builder
		if toLeft && toRight { // Draw one line through all cells.
			fmt.Fprintf(&path, "M%d %dh%d", left, top+cellHeight/2, cells*cellWidth)
		}
		for i := range cells {
			x, y := left+i*cellWidth, top+cellHeight/2
			middle := fmt.Sprintf("M%d.5 %d", x+cellWidth/2, y)
			if toLeft && !toRight {
				fmt.Fprintf(&path, "%sH%d", middle, x)
			}
			if toRight && !toLeft {
				fmt.Fprintf(&path, "%sH%d", middle, x+cellWidth)
			}
			if up {
				fmt.Fprintf(&path, "%sV%d", middle, top)
			}
			if down {
				fmt.Fprintf(&path, "%sV%d", middle, top+cellHeight)
			}
		}
		fmt.Fprintf(b, `<path d="%s" stroke="%s"/>`+"\n", &path, fill)
	}
}

// hexColor formats a colour for SVG.
func hexColor(c color.Color) string {
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
}

// escapeXML escapes text for XML.
func escapeXML(text string) string {
	var b strings.Builder
	xml.EscapeText(&b, []byte(text)) // Writing to a strings.Builder never fails.
	return b.String()
}
