package narrator

import (
	"strings"
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

// TestPrivateOnce checks that a listener hears once on each screen that private texts are on it, that later ones are left out, and that
// a change of which nothing else can be spoken is not silent. On demand it is said each time, and once for several in a row.
func TestPrivateOnce(t *testing.T) {
	n := Narrator{Language: text.English}
	private := func(s string) screen.Passage {
		return screen.Passage{Text: text.SameInBoth(s), Privacy: screen.Private}
	}
	public := func(s string) screen.Passage { return screen.Passage{Text: text.SameInBoth(s)} }
	show := func(element string, page ...screen.Passage) screen.Narration {
		return screen.Narration{Page: page, Element: screen.Element{ID: element, Name: []screen.Passage{public(element), private("value of " + element)}}}
	}
	page := []screen.Passage{public("Title"), private("a"), private("b"), public("Heading"), private("c")}
	for _, c := range []struct {
		target string
		now    screen.Narration
		want   string
	}{
		{"a", show("One", page...), "Title.\nWhat is private is on the screen.\nHeading.\nOne."},
		{"a", show("Two", page...), "Two."},
		{"a", show("Two", append(page, private("d"))...), "That is on the screen."},
		{"b", show("Two"), "Two.\nWhat is private is on the screen."},
		{"a", show("One", page...), "Title.\nWhat is private is on the screen.\nHeading.\nOne."},
	} {
		if got := n.Update(c.target, c.now); got != c.want {
			t.Errorf("%+v is spoken as %q, not %q", c.now, got, c.want)
		}
	}
	if got := n.Current(); got != "One.\nWhat is private is on the screen." {
		t.Errorf("repeated as %q", got)
	}
	for i, want := range []string{"That is on the screen.", "Heading", "That is on the screen.", "That is on the screen."} {
		if got := n.Step(1); got != want {
			t.Errorf("step %d is %q, not %q", i, got, want)
		}
	}
	for i, want := range []string{"Heading", "That is on the screen.", "Title", "Title"} {
		if got := n.Step(-1); got != want {
			t.Errorf("step %d back is %q, not %q", i, got, want)
		}
	}
}

// TestChoicesFirst checks that the choice of a long page is spoken after the title, and the text last or, if the arrows read it, not
// by itself. On a short page the text comes first.
func TestChoicesFirst(t *testing.T) {
	n := Narrator{Language: text.English}
	say := func(s string) []screen.Passage { return screen.Passages(screen.Public, text.SameInBoth(s)) }
	long := strings.TrimSpace(strings.Repeat("word ", maxWordsBefore))
	choice := screen.Element{ID: "choice", Name: say("Choice")}
	for _, c := range []struct {
		body           string
		isReadByArrows bool
		element        screen.Element
		want           string
	}{
		{"text", true, choice, "Title.\ntext.\nChoice."},
		{long, false, choice, "Title.\nYou can choose this.\nChoice.\nThis is the text.\n" + long + "."},
		{long, true, choice, "Title.\nYou can choose this.\nChoice.\nArrow down reads the text."},
		{long, true, screen.Element{}, "Title.\n" + long + "."},
	} {
		n.Forget()
		now := screen.Narration{Page: append(say("Title"), say(c.body)...), Element: c.element, IsReadByArrows: c.isReadByArrows}
		if got := n.Update("page", now); got != c.want {
			t.Errorf("%q is spoken as %q", c.want, got)
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
