package phone

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	uv "github.com/charmbracelet/ultraviolet"
)

// A look is a pair of default colours of a terminal.
type look struct {
	name        string
	ink, ground color.Color
}

var looks = []look{
	{"dark", color.Gray{0xcc}, color.Gray{0x1e}},
	{"light", color.Gray{0x33}, color.Gray{0xfa}},
}

// The size of a cell in pixels.
const cellWidth, cellHeight = 8, 16

// picture returns a picture of the display, in which letters are stripes.
func (d *display) picture(l look) image.Image {
	cells := uv.NewScreenBuffer(d.glass.Width(), d.glass.Height())
	d.glass.Draw(cells, cells.Bounds())
	p := image.NewRGBA(image.Rect(0, 0, cells.Width()*cellWidth, cells.Height()*cellHeight))
	for y := range cells.Height() {
		for x := range cells.Width() {
			drawCell(p, image.Pt(x*cellWidth, y*cellHeight), cells.CellAt(x, y), l)
		}
	}
	return p
}

// parts maps each glyph to the part of a cell that it fills.
var parts = map[string]image.Rectangle{
	" ": {},
	"█": image.Rect(0, 0, cellWidth, cellHeight),
	"▀": image.Rect(0, 0, cellWidth, cellHeight/2),
	"▄": image.Rect(0, cellHeight/2, cellWidth, cellHeight),
}

func drawCell(p draw.Image, at image.Point, c *uv.Cell, l look) {
	ink, ground := l.ink, l.ground
	if c.Style.Fg != nil {
		ink = c.Style.Fg
	}
	if c.Style.Bg != nil {
		ground = c.Style.Bg
	}
	if c.Style.Attrs&uv.AttrReverse != 0 {
		ink, ground = ground, ink
	}
	part, known := parts[c.Content]
	if !known {
		part = image.Rect(1, 4, cellWidth-1, cellHeight-4)
	}
	draw.Draw(p, image.Rect(0, 0, cellWidth, cellHeight).Add(at), image.NewUniform(ground), image.Point{}, draw.Src)
	draw.Draw(p, part.Add(at), image.NewUniform(ink), image.Point{}, draw.Src)
}

// scanned returns the text that zbarimg reads in a picture, or "".
func scanned(t *testing.T, zbarimg string, p image.Image) string {
	t.Helper()
	var drawn bytes.Buffer
	if err := png.Encode(&drawn, p); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "screen.png")
	if err := os.WriteFile(file, drawn.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	read, err := exec.Command(zbarimg, "--quiet", "--raw", file).Output()
	if exit, failed := err.(*exec.ExitError); err != nil && (!failed || exit.ExitCode() != nothingRead) {
		t.Fatal(err)
	}
	return string(bytes.TrimSpace(read))
}

// nothingRead is the exit code of zbarimg if there is no code in a picture.
const nothingRead = 4
