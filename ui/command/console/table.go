package console

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// A Row is one line of a table. Its cells are strings and numbers.
type Row []any

// Table writes a heading and at least one row. Numbers are aligned right.
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
			widest = -widest // A negative width aligns the column left.
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
