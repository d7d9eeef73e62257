package page

import (
	"regexp"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/lucasb-eyer/go-colorful"

	"loket/flows/text"
	"loket/ui/theme"
)

// TestWords checks that every text of the page is there in each language.
func TestWords(t *testing.T) {
	all := []text.Text{NoScriptText, pairText, OpenAgainText, AskCodeMessage.Heading, AskCodeMessage.Text, UnknownCodeMessage.Heading, UnknownCodeMessage.Text}
	for _, t := range templateTexts {
		all = append(all, t)
	}
	for _, m := range RefusalMessages {
		all = append(all, m.Heading, m.Text)
	}
	for _, text := range all {
		if text.NL == "" || text.EN == "" || text.NL == text.EN && text != bankName && text != codeLabel {
			t.Errorf("%+v", text)
		}
	}
	for _, creates := range []bool{false, true} {
		dutch, english := scriptTexts(creates, text.Dutch), scriptTexts(creates, text.English)
		for name := range dutch {
			if dutch[name] == "" || english[name] == "" || dutch[name] == english[name] {
				t.Errorf("%s: %q, %q", name, dutch[name], english[name])
			}
			if !strings.Contains(string(scriptSource), "'"+name+"'") {
				t.Errorf("the script never says %s", name)
			}
		}
	}
}

var (
	rule     = regexp.MustCompile(`(?s)((?:@media[^{]*\{\s*)?):root \{(.*?)\}`)
	variable = regexp.MustCompile(`--([a-z-]+): (#[0-9a-f]{6});`)
	colour   = regexp.MustCompile(`#[0-9a-fA-F]{3,8}\b|\b(rgb|hsl|oklch)\(`)
)

// palettes returns the colours of the page, for light and dark mode.
func palettes(t *testing.T) map[string]map[string]colorful.Color {
	t.Helper()
	all := map[string]map[string]colorful.Color{}
	for i, block := range rule.FindAllStringSubmatch(string(styleSource), 2) {
		colours := map[string]colorful.Color{}
		for _, v := range variable.FindAllStringSubmatch(block[2], -1) {
			c, err := colorful.Hex(v[2])
			if err != nil {
				t.Fatal(err)
			}
			colours[v[1]] = c
		}
		all[[]string{"light", "dark"}[i]] = colours
	}
	return all
}

// TestContrast checks that text has a contrast of 4.5 to 1 and other parts 3 to 1, in light and in
// dark mode (WCAG 2.2, 1.4.3 and 1.4.11).
func TestContrast(t *testing.T) {
	all := palettes(t)
	for name, colours := range all {
		for _, pair := range []struct {
			ink, paper string
			least      float64
		}{
			{"ink", "paper", 7}, {"muted", "paper", 4.5}, {"accent-deep", "paper", 4.5}, {"on-accent", "accent", 4.5}, {"paper", "accent-deep", 4.5},
			{"ink", "remark", 7}, {"good", "paper", 3}, {"bad", "paper", 3}, {"edge", "paper", 3}, {"accent", "paper", 3}, {"ink", "ground", 3},
		} {
			ink, is := colours[pair.ink]
			paper, also := colours[pair.paper]
			if got := contrast(ink, paper); !is || !also || got < pair.least {
				t.Errorf("%s: %s on %s has a contrast of %.2f", name, pair.ink, pair.paper, got)
			}
		}
	}
	if len(all["dark"]) != len(all["light"]) {
		t.Errorf("%d colours in the light, and %d in the dark", len(all["light"]), len(all["dark"]))
	}
	if rest := rule.ReplaceAllString(string(styleSource), ""); colour.MatchString(rest) {
		t.Errorf("there is a colour elsewhere: %s", colour.FindString(rest))
	}
	accent := theme.New(theme.Normal, colorprofile.TrueColor, false).Accent.GetForeground()
	if want, _ := colorful.MakeColor(accent); all["light"]["accent"].DistanceLab(want) > sameColour {
		t.Errorf("the orange is %s, and that of terminals %s", all["light"]["accent"].Hex(), want.Hex())
	}
}

// sameColour is the largest distance between two colours that people call by the same name. Terminals show the nearest of 256
// colours.
const sameColour = 0.1

// contrast returns the contrast of two colours as WCAG 2.2 defines it, from 1 to 21.
func contrast(a, b colorful.Color) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func luminance(c colorful.Color) float64 {
	r, g, b := c.LinearRgb()
	return 0.2126*r + 0.7152*g + 0.0722*b
}
