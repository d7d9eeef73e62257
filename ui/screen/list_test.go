package screen_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"

	"loket/flows/text"
	"loket/ui/screen"
	"loket/ui/screen/screentest"
	"loket/ui/theme"
)

// TestItemsStandApart checks that items have gaps in a spacious theme, and that a click on a gap counts for the item above it.
func TestItemsStandApart(t *testing.T) {
	f := screentest.Frame(text.Dutch, screen.ColumnWidth)
	f.Theme, f.Gap = theme.New(theme.Spacious, colorprofile.ANSI, false), 1
	var list screen.List
	for name := range strings.FieldsSeq("een twee drie vier vijf zes") {
		list.Items = append(list.Items, screen.Item{Name: text.SameInBoth(name)})
	}
	var p screen.Page
	list.Draw(f, &p)
	rows := list.Rows
	for i, row := range rows[:len(rows)-1] {
		if row.To-row.From < 1 || rows[i+1].From != row.To+1 {
			t.Errorf("items %d and %d are at %v and %v", i, i+1, row, rows[i+1])
		}
	}
}
