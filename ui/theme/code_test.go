package theme

import (
	"image"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"rsc.io/qr"
)

// codes maps texts to the number of modules on a side of their QR code, without the quiet zone.
var codes = map[string]int{
	"HTTP://LOCALHOST:8023/BCDF-GHJK":                  25,
	"HTTPS://APP.EXAMPLE.ORG/BCDF-GHJK":                25,
	"https://app.example.org/loket/balie/BCDF-GHJK":    29,
	"https://" + strings.Repeat("a", 120) + ".example": 45,
}

// TestCode checks that DrawCode draws the QR code with its quiet zone, and that the code is no larger than the one with the
// lowest level of error correction.
func TestCode(t *testing.T) {
	for text, modules := range codes {
		code := NewQRCode(text)
		least, err := qr.Encode(text, qr.L)
		if err != nil || code.SideLength() != modules+2*quietZone || least.Size != modules {
			t.Fatalf("%s takes %d modules, and %d at the least, %v", text, code.SideLength(), least.Size, err)
		}
		for _, console := range []bool{false, true} {
			light := drawn(t, New(Normal, colorprofile.ANSI, console).DrawCode(code), console)
			for y := range light {
				for x, is := range light[y] {
					inside := y < code.SideLength()
					if want := inside && !code.code.Black(x-quietZone, y-quietZone); is != want {
						t.Fatalf("%s on a console %t: the module at %d, %d is light: %t", text, console, x, y, is)
					}
				}
			}
		}
	}
}

// drawn reads modules back from glyphs. It returns true for light modules.
func drawn(t *testing.T, lines []string, console bool) (light [][]bool) {
	t.Helper()
	halves := map[rune][2]bool{'█': {true, true}, '▀': {true, false}, '▄': {false, true}, ' ': {}}
	for _, line := range lines {
		var above, below []bool
		for i, r := range []rune(ansi.Strip(line)) {
			half, known := halves[r]
			switch {
			case !known, console && half[0] != half[1]:
				t.Fatalf("%q is no glyph of a code", r)
			case console && i%2 == 1:
				if half[0] != above[i/2] {
					t.Fatalf("half a module in %q", line)
				}
				continue
			}
			above, below = append(above, half[0]), append(below, half[1])
		}
		if light = append(light, above); !console {
			light = append(light, below)
		}
	}
	return light
}

// TestCodeLevel checks that a QR code has the highest level of error correction for its size.
func TestCodeLevel(t *testing.T) {
	text := "HTTP://LOCALHOST:8023/BCDF-GHJK"
	mended, err := qr.Encode(text, qr.M)
	if err != nil {
		t.Fatal(err)
	}
	if got := NewQRCode(text).code; got.Size != mended.Size || string(got.Bitmap) != string(mended.Bitmap) {
		t.Error("there is room for more")
	}
	if code := NewQRCode(strings.Repeat("a", 3000)); code.SideLength() != 0 || New(Normal, colorprofile.ANSI, false).DrawCode(code) != nil {
		t.Error("there is a code for a text that is too long")
	}
}

// TestCodeIsWhite checks that a QR code is white on black in every theme, also on a terminal that is black on white, and that
// all its lines have the same width.
func TestCodeIsWhite(t *testing.T) {
	code := NewQRCode("HTTP://LOCALHOST:8023/BCDF-GHJK")
	for _, name := range allNames {
		for _, profile := range profiles {
			for _, console := range []bool{false, true} {
				th := New(name, profile, console)
				for _, line := range th.DrawCode(code) {
					if got, want := utf8.RuneCountInString(ansi.Strip(line)), lipgloss.Width(th.DrawCode(code)[0]); got != want {
						t.Errorf("%q has %d cells, and not %d", line, got, want)
					}
				}
				white, black := th.QRModule.GetForeground(), th.QRModule.GetBackground()
				_, none := white.(lipgloss.NoColor)
				if coloured := profile >= colorprofile.ANSI; coloured == none {
					t.Errorf("%s in %v: %v on %v", name, profile, white, black)
				} else if coloured && contrast(white, black) < 20 {
					t.Errorf("%s in %v: a contrast of %.2f", name, profile, contrast(white, black))
				}
			}
		}
	}
}

// TestCodeIsRead checks that a program can scan the drawn QR code, with colours, and without colours on a terminal that is
// white on black.
func TestCodeIsRead(t *testing.T) {
	reader, err := exec.LookPath("zbarimg")
	switch {
	case err != nil && os.Getenv("LOKET_TEST_BROWSER") == "must":
		t.Fatal("there is no zbarimg here, and LOKET_TEST_BROWSER is set")
	case err != nil:
		t.Skip("there is no zbarimg here: apt-get install zbar-tools")
	}
	for text := range codes {
		for _, console := range []bool{false, true} {
			light := drawn(t, New(Normal, colorprofile.ANSI, console).DrawCode(NewQRCode(text)), console)
			path := filepath.Join(t.TempDir(), "code.png")
			if err := paint(path, light); err != nil {
				t.Fatal(err)
			}
			got, err := exec.Command(reader, "--quiet", "--raw", path).Output()
			if err != nil || strings.TrimSpace(string(got)) != text {
				t.Errorf("a code of %s is read as %q, %v", text, got, err)
			}
		}
	}
}

// paint writes a picture of modules to a file.
func paint(path string, light [][]bool) error {
	const side = 6
	// The picture is of a black terminal.
	picture := image.NewGray(image.Rect(0, 0, side*(len(light[0])+10), side*(len(light)+10)))
	for y := range light {
		for x, is := range light[y] {
			for i := range side * side {
				if is {
					picture.Set(side*(x+5)+i%side, side*(y+5)+i/side, color.White)
				}
			}
		}
	}
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	defer file.Close()
	return png.Encode(file, picture)
}
