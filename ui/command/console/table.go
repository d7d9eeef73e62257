package console

import (
	"fmt"
	"strings"

	"charm.land/lipgloss/v2"
	"charm.land/lipgloss/v2/table"
)

// A Row is one line of a table. Its cells are strings and numbers.
type Row []any

// columnGap is the number of spaces between two columns.
const columnGap = 2

// PrintTable writes a heading and at least one row. Numbers are aligned right.
func (c *Console) PrintTable(heading []string, rows []Row) {
	t := table.New().Wrap(false).Border(lipgloss.Border{}).BorderHeader(false).BorderColumn(false).
		BorderTop(false).BorderBottom(false).BorderLeft(false).BorderRight(false).Headers(heading...)
	for _, r := range rows {
		line := make([]string, len(r))
		for i, cell := range r {
			line[i] = EscapeInvisible(fmt.Sprint(cell))
		}
		t.Row(line...)
	}
	left := lipgloss.NewStyle().PaddingRight(columnGap)
	right := left.Align(lipgloss.Right)
	t.StyleFunc(func(_, column int) lipgloss.Style {
		if isNumber(rows[0][column]) {
			return right
		}
		return left
	})
	for line := range strings.Lines(t.String()) {
		fmt.Fprintln(c.Out, strings.TrimRight(line, " \n"))
	}
}

func isNumber(cell any) bool {
	switch cell.(type) {
	case Count, int, int64:
		return true
	}
	return false
}
