package session

import (
	"fmt"
	"strings"
	"testing"

	"loket/ui/ssh/limits"
)

// TestVariables checks which environment variables of a client are kept.
func TestVariables(t *testing.T) {
	for _, test := range []struct {
		name, value string
		taken       bool
	}{
		{"TERM", "xterm-256color", true},
		{"COLORTERM", "truecolor", true},
		{"NO_COLOR", "1", true},
		{"LANG", "nl_NL.UTF-8", true},
		{"LC_ALL", "nl_NL@euro", true},
		{"LC_", "C", true},
		{"PATH", "/bin", false},
		{"LD_PRELOAD", "x", false},
		{"TEA_TRACE", "trace", false},
		{"TERM_PROGRAM", "tmux", false},
		{"TMUX", "x", false},
		{"LANGUAGE", "nl", false},
		{"LANG", "nl\n", false},
		{"LANG", "\x1b[2J", false},
		{"LANG", "$(x)", false},
		{"TERM", "../../x", false},
		{"TERM", "é", false},
		{"LC_" + strings.Repeat("x", 62), "C", false},
		{"LANG", strings.Repeat("x", 65), false},
		{"", "", false},
	} {
		if taken := (environment{}).setVariable(test.name, test.value); taken != test.taken {
			t.Errorf("%s=%q: %v", test.name, test.value, taken)
		}
	}
	e := environment{}
	for i := range 1000 {
		e.setVariable(fmt.Sprintf("LC_%d", i), "C")
	}
	if len(e.toEnviron()) != maxVariables {
		t.Errorf("%d variables", len(e.toEnviron()))
	}
}

// TestSizes checks the size that results from the size that a client reports.
func TestSizes(t *testing.T) {
	l := limits.Settings{Columns: 200, Rows: 60, Cells: 200*60 - 80*24 + 10}
	in := SharedSettings{Limits: l, Cells: limits.NewCellBudget(l)}
	one, two := newWindowSize(in), newWindowSize(in)
	for _, test := range []struct {
		of            *windowSize
		asked         [2]uint32
		width, height int
	}{
		{one, [2]uint32{0, 0}, 80, 24},
		{one, [2]uint32{1 << 31, 1 << 31}, 200, 60},
		{two, [2]uint32{100, 30}, 80, 24}, // The budget has no cells left for a larger size.
		{two, [2]uint32{60, 100}, 60, 24},
		{two, [2]uint32{40, 30}, 40, 30},
		{one, [2]uint32{80, 24}, 80, 24},
		{two, [2]uint32{100, 30}, 100, 30},
		{two, [2]uint32{1, 1}, 1, 1},
	} {
		test.of.set(test.asked[0], test.asked[1])
		if got := test.of.get(); got.Width != test.width || got.Height != test.height {
			t.Errorf("%v: %v", test.asked, got)
		}
	}
	one.returnCells()
	two.returnCells()
	if left := in.Cells.Remaining(); left != l.Cells {
		t.Errorf("left are %d cells of %d", left, l.Cells)
	}
}
