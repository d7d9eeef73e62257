package console

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// A Row is what stands in one line of a table: strings, and numbers.
type Row []any

// Table writes rows, at least one, under a heading. Numbers stand at the right of their column.
func (c *Console) Table(heading []string, rows []Row) {
	lines := [][]string{heading}
	for _, r := range rows {
		line := make([]string, len(r))
		for i, cell := range r {
			line[i] = Escaped(fmt.Sprint(cell))
		}
		lines = append(lines, line)
	}
	for i := range heading {
		widest := 0
		for _, line := range lines {
			widest = max(widest, utf8.RuneCountInString(line[i]))
		}
		if !isNumber(rows[0][i]) {
			widest = -widest // which stands for left
		}
		for _, line := range lines {
			line[i] = fmt.Sprintf("%*s", widest, line[i])
		}
	}
	for _, line := range lines {
		fmt.Fprintln(c.Out, strings.TrimRight(strings.Join(line, "  "), " "))
	}
}

func isNumber(cell any) bool {
	switch cell.(type) {
	case Count, int, int64:
		return true
	}
	return false
}
