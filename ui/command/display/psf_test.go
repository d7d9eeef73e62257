package display

import (
	"os"
	"path/filepath"
	"testing"

	"loket/ui/theme"
	"pgregory.net/rapid"
)

// TestReadFonts checks the letters of fonts of both versions, and that a font without a letter of the desk is left out, as are
// files that are no fonts.
func TestReadFonts(t *testing.T) {
	folder := t.TempDir()
	writeFont(t, filepath.Join(folder, "second.psf.gz"), psf2(letters{16, 32, 20}, requiredGlyphs))
	writeFont(t, filepath.Join(folder, "first.psf.gz"), psf1(letters{8, 16, 10}, requiredGlyphs))
	writeFont(t, filepath.Join(folder, "poor.psf.gz"), psf2(letters{16, 32, 20}, "Hh"))
	writeFont(t, filepath.Join(folder, "text.psf.gz"), []byte("no font"))
	if err := os.WriteFile(filepath.Join(folder, "damaged.psf.gz"), []byte("no gzip"), 0o600); err != nil {
		t.Fatal(err)
	}
	got := map[string]letters{}
	for _, font := range readFonts([]string{folder, "/nowhere"}, "*") {
		got[font.name()] = font.letter
	}
	if len(got) != 2 || got["first"] != (letters{8, 16, 10}) || got["second"] != (letters{16, 32, 20}) {
		t.Errorf("fonts: %v", got)
	}
}

// TestRequiredGlyphs checks that the glyphs of the theme are required of a font.
func TestRequiredGlyphs(t *testing.T) {
	required := consoleFont{glyphs: map[rune]int{}}
	for _, c := range requiredGlyphs {
		required.glyphs[c] = 0
	}
	used := theme.FocusMarker + theme.Bullet + theme.Separator + theme.FullBlock + theme.LightBlock + theme.RisingMark + theme.FallingMark + theme.RuleGlyph + theme.ProblemMark + theme.UpDownArrows
	if !required.hasGlyphs(used) {
		t.Errorf("of %s some are not required", used)
	}
}

// TestAnyFont checks that no file makes reading it panic.
func TestAnyFont(t *testing.T) {
	whole := [][]byte{psf2(letters{11, 22, 14}, "AH"), psf1(letters{8, 16, 10}, "AH")}
	rapid.Check(t, func(t *rapid.T) {
		data := append([]byte{}, rapid.SampledFrom(whole).Draw(t, "font")...)
		for range rapid.IntRange(0, 8).Draw(t, "damages") {
			data[rapid.IntRange(0, len(data)-1).Draw(t, "at")] = rapid.Byte().Draw(t, "byte")
		}
		font, err := parsePSF(data[:rapid.IntRange(0, len(data)).Draw(t, "length")])
		if l := font.letter; err == nil && (l.width <= 0 || l.height <= 0 || l.capital > l.height) {
			t.Errorf("letters of %v", l)
		}
	})
}
