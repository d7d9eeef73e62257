package console

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"loket/flows/clock"
)

func TestEscaped(t *testing.T) {
	for s, want := range map[string]string{
		"Özdemir, 12\n\tx":    "Özdemir, 12\n\tx",
		"\x1b[2Ja\x07\r":      `\u001b[2Ja\u0007\u000d`,
		"a\u009b31mb\x7f":     `a\u009b31mb\u007f`,
		"a\u202eb\u200bc":     `a\u202eb\u200bc`,
		"a\U000e0041b":        `a\udb40\udc41b`,
		"a\xff\xc2":           `a\xff\xc2`,
		"\ufffd, as it stood": "\ufffd, as it stood",
	} {
		if got := EscapeInvisible(s); got != want {
			t.Errorf("%q is %q, want %q", s, got, want)
		}
	}
}

// TestNothingDrivesATerminal checks that output to an operator has no escape codes, whatever other people wrote, and that JSON
// keeps its meaning.
func TestNothingDrivesATerminal(t *testing.T) {
	const hostile = "\x1b]0;x\x07\u009b2J\r\x7f\u202e\U000e0041"
	var out, said bytes.Buffer
	c := &Console{Out: &out, Err: &said, Clock: clock.New()}
	c.PrintNotice("there is no %s", hostile)
	c.PrintResult("%s\n", hostile)
	c.PrintTable([]string{"NAME"}, []Row{{hostile}})
	if err := c.PrintJSON(map[string]string{"name": hostile}); err != nil {
		t.Fatal(err)
	}
	for _, format := range []string{"text", "json"} {
		Logging{LogFormat: format}.NewLogger(&said).Info(hostile, "name", hostile)
	}
	if i := strings.IndexFunc(out.String()+said.String(), func(r rune) bool { return mustEscape(r) }); i >= 0 {
		t.Errorf("at %d of\n%q\n%q", i, &out, &said)
	}
	var read map[string]string
	if err := json.Unmarshal(out.Bytes()[strings.IndexByte(out.String(), '{'):], &read); err != nil || read["name"] != hostile {
		t.Errorf("JSON is %q, %v", read, err)
	}
}
