package shellwords

import (
	"errors"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestSplit(t *testing.T) {
	for line, want := range map[string][]string{
		"":                                 nil,
		" \t\n ":                           nil,
		"number list":                      {"number", "list"},
		"  number \t list\n":               {"number", "list"},
		`find 'de Vries' "van  Dam"`:       {"find", "de Vries", "van  Dam"},
		`a''b '' ""`:                       {"ab", "", ""},
		`don\'t \ x`:                       {"don't", " x"},
		`"a \"b\" \$c \d \\" '\'`:          {`a "b" $c \d \`, `\`},
		"one\\\ntwo \\\n three \"f\\\nx\"": {"onetwo", "three", "fx"},
		"$HOME `id` $(id) * ~ ; rm | cat":  {"$HOME", "`id`", "$(id)", "*", "~", ";", "rm", "|", "cat"},
		"Zoë 'Ŝ' \xff":                     {"Zoë", "Ŝ", "\xff"},
	} {
		got, err := Split(line)
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%q is split into %q, %v; want %q", line, got, err, want)
		}
	}
	for _, line := range []string{"'", `"`, `\`, `a "b' c`, `"\"`, `'a'"`} {
		if got, err := Split(line); !errors.Is(err, ErrUnfinished) {
			t.Errorf("%q is split into %q, %v; want an error", line, got, err)
		}
	}
}

// TestSplitAsShell checks that a shell splits the same lines into the same words.
func TestSplitAsShell(t *testing.T) {
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("this machine has no shell")
	}
	// Characters that a shell expands are only put where a shell does not expand them.
	part := rapid.OneOf(
		rapid.StringMatching(`[a-zé./-]{1,3}`), rapid.StringMatching(`'[a-z $"\\;|*]{0,4}'`),
		rapid.StringMatching(`"([a-z ';|*]|\\[$"\\az]){0,4}"`), rapid.StringMatching(`\\[a-z $'"\\;|*]`),
		rapid.SampledFrom([]string{" ", "\t", "\\\n"}),
	)
	var lines []string
	var script strings.Builder
	for seed := range 200 {
		line := strings.Join(rapid.SliceOfN(part, 0, 12).Example(seed), "")
		lines = append(lines, line)
		script.WriteString("printf '%s\\0' words " + line + "\nprintf '\\n\\0'\n")
	}
	out, err := exec.Command(sh, "-c", script.String()).Output()
	if err != nil {
		t.Fatal(err)
	}
	answers := strings.Split(string(out), "\n\x00")
	for i, line := range lines {
		want := strings.Split(strings.TrimSuffix(answers[i], "\x00"), "\x00")[1:]
		got, err := Split(line)
		if err != nil {
			t.Errorf("%q: %v", line, err)
		} else if diff := cmp.Diff(want, append([]string{}, got...)); diff != "" {
			t.Errorf("%q: a shell has other words (-shell +got):\n%s", line, diff)
		}
	}
}
