package ui

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"loket/flows/text"
	"loket/ui/keys"
	"loket/ui/layout"
	"loket/ui/screen"
	"loket/ui/screen/screentest"
)

// TestNarrow checks that every screen has the same words on the smallest terminal as on one of 80 by 24, that all of it can be
// scrolled to, and that each part that has the focus is visible (R15).
func TestNarrow(t *testing.T) {
	skipUnderRace(t)
	for name, come := range frames {
		for _, language := range []text.Language{text.Dutch, text.English} {
			t.Run(name+"."+string(language), func(t *testing.T) {
				t.Parallel()
				var usual, narrow seen
				comeAnd := func(look func(v *visitor)) {
					atKiosk(t, Options{Language: language}, func(v *visitor) {
						come(v)
						look(v)
					})
				}
				lookAtUsual := func(v *visitor) { usual = v.looksOver(80, 24) }
				lookAtNarrow := func(v *visitor) { narrow = v.looksOver(layout.MinWidth, layout.MinHeight) }
				if language == text.Dutch { // Scrolling can change the screen, so the visitor comes twice.
					comeAnd(lookAtUsual)
					comeAnd(lookAtNarrow)
				} else {
					comeAnd(func(v *visitor) { lookAtUsual(v); lookAtNarrow(v) })
				}
				if missing := screentest.MissingWords(usual.says, narrow.says); len(missing) > 0 {
					t.Errorf("it does not say %q but\n%s", missing, strings.Join(narrow.says, " "))
				}
				if missing := screentest.MissingWords(usual.focus, narrow.focus); len(missing) > 0 {
					t.Errorf("the focus comes to %q, and not to %q", narrow.focus, missing)
				}
				if unseen := screentest.MissingWords(narrow.lines, narrow.passed); len(unseen) > 0 {
					t.Errorf("out of reach is %q", unseen)
				}
			})
		}
	}
}

// seen has the contents of a screen on a terminal of a given size.
type seen struct {
	says   []string // says has the words of the page.
	focus  []string // focus has the words that can get the focus.
	lines  []string // lines has all lines of the page.
	passed []string // passed has the lines that were visible while scrolling down.
}

// looksOver returns what a visitor sees of the screen on a terminal of a given size. Only in Dutch does the visitor scroll, because in
// English the same keys do the same.
func (v *visitor) looksOver(width, height int) (found seen) {
	v.Helper()
	v.resize(width, height)
	v.asksWhole()
	if v.app.dialog != nil || v.app.isBusy() {
		return found
	}
	found.says, found.lines = screentest.Words(layout.DrawWithLargestGap(v.app.topScreen(), v.app.screenFrame())), v.pageLines()
	if found.passed = found.lines; v.app.language == text.Dutch {
		found.focus, found.passed = v.goesDown()
	}
	return found
}

// asksWhole checks that the whole open question is visible, if there is one.
func (v *visitor) asksWhole() {
	v.Helper()
	if d := v.app.dialog; d != nil {
		asks := d.Question.In(v.app.language) + " " + d.Explanation.In(v.app.language)
		for _, choice := range d.Choices {
			asks += " " + choice.Label.In(v.app.language)
		}
		if missing := screentest.MissingWords(strings.Fields(asks), screentest.Words(screen.Page{Lines: []string{v.screen()}})); len(missing) > 0 {
			v.Errorf("the question lacks %q on\n%s", missing, v.screen())
		}
	}
}

// goesDown scrolls down with the keys. It returns the words that get the focus, and all lines that were visible. On a page
// that the visitor only reads, nothing gets the focus.
func (v *visitor) goesDown() (focus, passed []string) {
	v.Helper()
	_, reads := v.app.topScreen().(screen.LineScroller)
	at := map[string]bool{}
	for _, key := range []string{"pgup", "down", "pgup", "pgdown"} {
		for shown := map[string]bool{}; !shown[v.screen()]; v.press(key) {
			shown[v.screen()] = true
			view := v.app.View()
			lines := strings.Split(ansi.Strip(view.Content), "\n")
			for _, line := range lines {
				passed = append(passed, bare(line))
			}
			if view.Cursor == nil {
				v.Fatalf("no cursor on\n%s", v.screen())
			}
			if c := *view.Cursor; !reads {
				word, _, _ := strings.Cut(ansi.Cut(lines[c.Y], c.X, lipgloss.Width(lines[c.Y])), " ")
				at[word] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(at)), passed
}

// bare returns a line without its styles, its edges and the marker.
func bare(line string) string {
	return strings.Trim(ansi.Strip(line), " ▶")
}

// pageLines returns the lines of the page, including those that are not visible.
func (v *visitor) pageLines() (lines []string) {
	for _, line := range layout.DrawWithLargestGap(v.app.topScreen(), v.app.screenFrame()).Lines {
		lines = append(lines, bare(line))
	}
	return lines
}

// TestNarrowFooter checks that on the smallest terminal the footer of every screen and question has the key that continues,
// the key that goes back and the key for help, and that each of these keys can be clicked.
func TestNarrowFooter(t *testing.T) {
	for name, come := range frames {
		for _, language := range []text.Language{text.Dutch, text.English} {
			t.Run(name+"."+string(language), func(t *testing.T) {
				t.Parallel()
				atKiosk(t, Options{Language: language}, func(v *visitor) {
					come(v)
					v.resize(layout.MinWidth, layout.MinHeight)
					own := v.app.topScreen().Keys()
					if v.app.dialog != nil {
						own = v.app.dialog.Keys()
					}
					v.screen()
					for _, key := range append(own, keys.Help) {
						press := key.ClickPresses()[0]
						isNeeded := keys.Enter.Matches(press) || keys.Esc.Matches(press) || keys.Help.Matches(press)
						if isNeeded && !slices.ContainsFunc(v.app.viewport.Zones, func(z screen.KeyZone) bool { return key.Matches(z.Key) }) {
							v.Errorf("the footer leaves out %s:\n%s", key.FooterName(), v.screen())
						}
					}
				})
			})
		}
	}
}
