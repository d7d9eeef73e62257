package ui

import (
	"cmp"
	"fmt"
	"regexp"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"loket/flows/text"
	"loket/ui/theme"
)

// TestSizes compares some screens with golden files, on larger and smaller terminals, and on a Linux console.
func TestSizes(t *testing.T) {
	for name, terminal := range map[string]struct {
		width, height int
		language      text.Language
		term          string
	}{
		"40x12":   {40, 12, text.Dutch, "xterm"},
		"60x20":   {60, 20, text.English, "xterm"},
		"100x30":  {100, 30, text.Dutch, "xterm"},
		"160x50":  {160, 50, text.English, "xterm"},
		"console": {80, 25, text.Dutch, "linux"},
	} {
		for _, frame := range []string{"home", "activate_problems", "activate_choose", "call_back", "details", "dialog_leave", "help", "home_app", "log_in_app"} {
			t.Run(frame+"."+name, func(t *testing.T) {
				t.Parallel()
				atKiosk(t, Options{Language: terminal.language}, func(v *visitor) {
					v.send(tea.EnvMsg{"TERM=" + terminal.term})
					v.resize(terminal.width, terminal.height)
					frames[frame](v)
					pictured(t, frame+"."+name, v.screen())
				})
			})
		}
	}
}

// TestLooks compares some screens with golden files, in each theme and with the colours of different terminals. Styles are
// written in braces, and {} ends a style.
func TestLooks(t *testing.T) {
	for _, look := range []struct {
		theme   theme.Name
		profile colorprofile.Profile
	}{
		{theme.Normal, colorprofile.TrueColor}, {theme.Normal, colorprofile.ANSI256},
		{theme.Normal, colorprofile.ANSI}, {theme.Normal, colorprofile.ASCII},
		{theme.Contrast, colorprofile.TrueColor}, {theme.Contrast, colorprofile.ASCII},
		{theme.Spacious, colorprofile.TrueColor}, {theme.Spacious, colorprofile.ANSI},
		{theme.SpaciousContrast, colorprofile.ANSI256},
	} {
		name := "look." + string(look.theme) + "." + strings.ToLower(look.profile.String())
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var all strings.Builder
			for _, frame := range []string{"home", "activate_typing", "log_in_wrong", "change_language_down", "dialog_leave", "log_in_app"} {
				atKiosk(t, Options{Theme: look.theme}, func(v *visitor) {
					v.send(tea.ColorProfileMsg{Profile: look.profile})
					frames[frame](v)
					fmt.Fprintf(&all, "%s\n%s\n", frame, v.styled())
				})
			}
			pictured(t, name, all.String())
		})
	}
}

// styled returns the screen with its styles in words.
func (v *visitor) styled() string {
	view := v.app.View()
	lines := strings.Split(sgr.ReplaceAllStringFunc(view.Content, styleInWords), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " ")
	}
	terminal := ""
	if view.BackgroundColor != nil {
		terminal = fmt.Sprintf("{the terminal in %v on %v}\n", view.ForegroundColor, view.BackgroundColor)
	}
	return terminal + strings.Join(lines, "\n")
}

var sgr = regexp.MustCompile("\x1b\\[([0-9;]*)m")

// styleInWords returns a description of the styles that a control sequence sets (Select Graphic Rendition, ECMA-48, 8.3.117).
func styleInWords(sequence string) string {
	codes := strings.Split(sgr.FindStringSubmatch(sequence)[1], ";")
	var all []string
	for len(codes) > 0 {
		code := codes[0]
		codes = codes[1:]
		switch {
		case (code == "38" || code == "48") && codes[0] == "5":
			all, codes = append(all, styleNames[code]+codes[1]), codes[2:]
		case (code == "38" || code == "48") && codes[0] == "2":
			all, codes = append(all, styleNames[code]+strings.Join(codes[1:4], ",")), codes[4:]
		case code == "", code == "0":
		default:
			all = append(all, cmp.Or(styleNames[code], "code "+code))
		}
	}
	return "{" + strings.Join(all, " ") + "}"
}

var styleNames = map[string]string{"1": "bold", "2": "faint", "7": "reverse", "33": "yellow", "97": "bright white", "40": "on black", "38": "colour ", "48": "on colour "}
