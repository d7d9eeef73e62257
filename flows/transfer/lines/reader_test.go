package lines_test

import (
	"strings"
	"testing"

	"loket/flows/transfer/lines"
)

func TestLines(t *testing.T) {
	longest := strings.Repeat("x", 1<<20)
	for name, test := range map[string]struct {
		file string
		want []string // "" where the line was too long
	}{
		"nothing":         {"", nil},
		"only a mark":     {"\ufeff", nil},
		"one":             {"a", []string{"a"}},
		"two":             {"a\nb\n", []string{"a", "b"}},
		"longest":         {longest + "\r\nb", []string{longest, "b"}},
		"too long":        {"a\n" + longest + "x\nb", []string{"a", "", "b"}},
		"far too long":    {strings.Repeat(longest, 5) + "\r\nb", []string{"", "b"}},
		"too long at end": {"a\n" + longest + longest, []string{"a", ""}},
		"mark only first": {"\ufeffa\n\ufeffb", []string{"a", "\ufeffb"}},
	} {
		t.Run(name, func(t *testing.T) {
			r := lines.NewReader(strings.NewReader(test.file))
			var got []string
			for b := range r.ReadBatches() {
				for _, l := range b.Lines {
					got = append(got, string(l.Text))
				}
				if b.Bytes > int64(len(test.file)) {
					t.Errorf("read %d bytes of %d", b.Bytes, len(test.file))
				}
			}
			if len(got) != len(test.want) || r.Err != nil {
				t.Fatalf("%d lines, not %d: %v", len(got), len(test.want), r.Err)
			}
			for i := range got {
				if got[i] != test.want[i] {
					t.Errorf("line %d is %.40q…", i+1, got[i])
				}
			}
		})
	}
}
