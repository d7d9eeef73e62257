package layout

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"loket/flows/text"
	"loket/ui/aids"
	"loket/ui/keys"
	"loket/ui/screen"
	"loket/ui/screen/screentest"
)

// numberedPage returns a page of numbered lines. Its last line has the focus and a key.
func numberedPage(lines int) (p screen.Page) {
	for i := range lines {
		p.Add(fmt.Sprintf("line %d", i))
	}
	last := lines - 1
	p.Focus, p.Cursor = screen.Span{From: last, To: last}, screen.NewCursor(5, last)
	p.Zones = []screen.KeyZone{{X: 5, Y: last, Width: 2, Key: keys.PressByName("enter")}}
	p.Choices = []screen.Span{{From: last, To: last}}
	return p
}

// draw draws parts on a terminal of 80 by 24.
func draw(v *Viewport, parts Parts) (lines []string, cursorLine int) {
	terminal := Terminal{Width: 80, Height: 24}
	f, themed := terminal.ColumnFrame(), screentest.Frame(text.English, 80)
	f.Lang, f.Theme, f.Now = themed.Lang, themed.Theme, themed.Now
	f.Height -= len(parts.Aids.Lines)
	drawn, cursor := v.Draw(terminal, f, parts)
	if cursor == nil {
		return drawn, -1
	}
	return drawn, cursor.Y
}

// TestDraw checks that the terminal is full, that the focus of a long page is in sight, and that what is pressed on the terminal is
// what was drawn there.
func TestDraw(t *testing.T) {
	for _, length := range []int{1, 10, 19, 20, 60} {
		var v Viewport
		lines, y := draw(&v, Parts{Page: numberedPage(length), Aids: aids.Drawn{Lines: []string{"aid"}, Zones: []screen.KeyZone{{Width: 3, Key: keys.PressByName("f12")}}}})
		if len(lines) != 24 || !strings.Contains(ansi.Strip(lines[y]), fmt.Sprintf("line %d", length-1)) {
			t.Errorf("%d lines: the cursor is at line %d of\n%s", length, y, strings.Join(lines, "\n"))
		}
		if z, is := v.ZoneAt(8, y); !is || !keys.Enter.Matches(z.Key) {
			t.Errorf("%d lines: the key of the focus is not pressed: %+v", length, z)
		}
		if at, is := v.PagePosition(4, y); !is || at.Y != length-1 || at.X != 2 {
			t.Errorf("%d lines: a click is at %+v of the page", length, at)
		}
		if len(v.Choices) != 1 || v.Choices[0].Y != y {
			t.Errorf("%d lines: choices at %+v", length, v.Choices)
		}
		aidLine := len(lines) - 4
		if z, is := v.ZoneAt(3, aidLine); !is || z.Key.String() != "f12" || !strings.Contains(lines[aidLine], "aid") {
			t.Errorf("%d lines: the aid is not pressed", length)
		}
	}
}

// TestCovered checks that nothing under an open question can be pressed, and that only a page that is busy has no cursor.
func TestCovered(t *testing.T) {
	var v Viewport
	_, y := draw(&v, Parts{Page: numberedPage(5), IsCovered: true})
	if _, is := v.ZoneAt(8, y); is || len(v.Choices) > 0 {
		t.Error("a covered page can be pressed")
	}
	if _, y := draw(&v, Parts{Page: screen.Page{Lines: []string{"text"}}}); y < 0 {
		t.Error("a page without a cursor has no point to read from")
	}
	if _, y := draw(&v, Parts{Page: screen.Page{Lines: []string{"text"}}, IsBusy: true}); y >= 0 {
		t.Error("a busy page has a cursor")
	}
}

// TestScrolled checks that a visitor may scroll the focus out of sight, and no further than the ends of the page.
func TestScrolled(t *testing.T) {
	var v Viewport
	page := Parts{Page: numberedPage(60)}
	draw(&v, page)
	if v.HasMoreBelow() || !v.hasMoreAbove() {
		t.Error("the focus is not at the end")
	}
	v.ScrollPage(-1)
	if lines, _ := draw(&v, page); strings.Contains(strings.Join(lines, "\n"), "line 59") || !v.HasMoreBelow() {
		t.Error("the page does not scroll")
	}
	for range 10 {
		v.ScrollPage(-1)
	}
	if draw(&v, page); v.TopLine != 0 || v.hasMoreAbove() {
		t.Errorf("line %d is at the top", v.TopLine)
	}
}
