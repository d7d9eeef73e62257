package narrator

import (
	"testing"

	"loket/flows/text"
	"loket/ui/screen"
)

// TestRedact checks what bystanders do not hear of a text, and what they do.
func TestRedact(t *testing.T) {
	n := Narrator{Language: text.English, CustomerName: "C. de Smit", PublicNumbers: []string{"Hypotheek: 088 663 06 63"}}
	const x = "(is on the screen)"
	for written, want := range map[string]string{
		"Good afternoon, C. de Smit. The smith is not you.": "Good afternoon, " + x + ". The smith is not you.",
		"Hello Smit, de rest":                               "Hello " + x + ", de rest",
		"We sent it to c•••@example.org.":                   "We sent it to " + x + ".",
		"You have € 14.206,35, or € 5.":                     "You have " + x + ", or € 5.",
		"NL22 NNBA 0123 4567 89 is your account":            x + " is your account",
		"Born on 09-04-1961 at 3511 AB or 3511AB":           "Born on " + x + " at " + x + " or " + x,
		"Your number 4816 2095 7733 was used":               "Your number " + x + " was used",
		"Call 088 663 06 63 from 8:00 to 18:00 in 2026":     "Call 088 663 06 63 from 8:00 to 18:00 in 2026",
		"It is 8 digits, and you have 30 minutes":           "It is 8 digits, and you have 30 minutes",
		"We call +31 6 12345678":                            "We call " + x,
	} {
		if got := n.redact(written); got != want {
			t.Errorf("%q is spoken as %q, not %q", written, got, want)
		}
	}
}

// TestUpdate checks that a new screen is spoken as a whole, and then only what is new.
func TestUpdate(t *testing.T) {
	n := Narrator{Language: text.English, IsHeadset: true}
	say := func(s string) []screen.Passage { return screen.Passages(screen.Public, text.SameInBoth(s)) }
	field := func(typed string) screen.Element {
		return screen.Element{ID: "field", Name: say("Name"), Typed: &screen.TypedText{Value: typed}, Details: say("hint"), Rules: say(typed + " rule")}
	}
	const spelt = "0\u00a06,\u00a01\u00a02\u00a03\u00a04,\u00a05\u00a06\u00a07\u00a08"
	if names := screen.Passages(screen.Public, text.SameInBoth("a"), text.SameInBoth("s"), text.SameInBoth("l")); n.Row(names) != "row a, to l" || n.Row(names[:1]) != "a" || n.Row(nil) != "" {
		t.Errorf("a row is spoken as %q", n.Row(names))
	}
	for _, c := range []struct {
		target string
		now    screen.Narration
		want   string
	}{
		{"a", screen.Narration{IsLoading: true}, ""},
		{"a", screen.Narration{Page: say("Title"), Element: field("")}, "Title.\nName.\nEmpty.\nhint.\nrule."},
		{"a", screen.Narration{Page: say("Title"), Element: field("")}, ""},
		{"a", screen.Narration{Page: say("Title"), Element: field("x")}, "x"},
		{"a", screen.Narration{Page: say("Title"), Element: field("x ")}, "space."},
		{"a", screen.Narration{Page: say("Title"), Element: field("x")}, "erased."},
		{"a", screen.Narration{Page: say("Title"), Element: field("pasted")}, "pasted."},
		{"a", screen.Narration{Page: append(say("Title"), say("News!")...), Element: field("pasted")}, "News!"},
		{"a", screen.Narration{Page: append(say("Title"), say("Two!")...), Element: field("pastedx")}, "x.\nTwo!"},
		{"a", screen.Narration{Page: append(say("Title"), say("Wrong.")...), Element: field("")}, "Wrong.\nName.\nEmpty.\nhint.\nrule."},
		{"b", screen.Narration{Page: say("Title"), Element: field("0612345678")}, "Title.\nName.\n" + spelt + ".\nhint.\n" + spelt + " rule."},
	} {
		if got := n.Update(c.target, c.now); got != c.want {
			t.Errorf("%+v is spoken as %q, not %q", c.now, got, c.want)
		}
	}
}
