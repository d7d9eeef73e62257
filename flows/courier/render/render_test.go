package render

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"loket/flows/contact"
	"loket/flows/courier/couriertest"
	"loket/flows/desk"
	"loket/flows/golden"
	"loket/flows/text"
	"loket/store"
)

// each runs a test for every template, language and channel.
func each(t *testing.T, test func(t *testing.T, m store.Message, lang text.Language)) {
	for _, template := range desk.MessageTemplates {
		for _, channel := range couriertest.Channels {
			for _, lang := range couriertest.Languages {
				t.Run(template+"."+string(channel)+"."+string(lang), func(t *testing.T) {
					test(t, couriertest.ExampleMessage(template, channel), lang)
				})
			}
		}
	}
}

// TestRender compares every message with a golden file.
func TestRender(t *testing.T) {
	each(t, func(t *testing.T, m store.Message, lang text.Language) {
		r, err := RenderMessage(m, lang, couriertest.SupportLine)
		if err != nil {
			t.Fatal(err)
		}
		got := "Subject: " + r.Subject + "\n\n" + r.Text() + "\n"
		path := filepath.Join("testdata", strings.TrimPrefix(t.Name(), "TestRender/")+".txt")
		golden.CompareWithFile(t, path, got)
	})
}

// TestEveryTemplateIsThere tests that there is a template file for each message of package desk.
func TestEveryTemplateIsThere(t *testing.T) {
	want := []string{}
	for _, name := range append(slices.Clone(desk.MessageTemplates), "layout", "letter") {
		for _, lang := range couriertest.Languages {
			want = append(want, name+"."+string(lang)+".txt")
		}
	}
	entries, err := templateFiles.ReadDir("templates")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		i := slices.Index(want, entry.Name())
		if i < 0 {
			t.Errorf("template %s is of none of desk.Templates", entry.Name())
			continue
		}
		want = slices.Delete(want, i, i+1)
	}
	for _, name := range want {
		t.Errorf("template %s is missing", name)
	}
}

// TestBadFacts tests that rendering fails if any fact of a message is missing or malformed.
func TestBadFacts(t *testing.T) {
	const secret = "BCDF-GHJK-LMNP"
	malformed := []string{"until", "from", "expires", "number", "changed"}
	each(t, func(t *testing.T, m store.Message, lang text.Language) {
		for name := range m.Facts {
			spoilt := m
			spoilt.Facts = maps.Clone(m.Facts)
			delete(spoilt.Facts, name)
			refused(t, spoilt, lang, name)

			spoilt.Facts[name] = " \n"
			refused(t, spoilt, lang, name)

			if slices.Contains(malformed, name) {
				spoilt.Facts[name] = secret // A secret in the wrong fact must not appear in the error.
				if err := refused(t, spoilt, lang, "not a"); err != nil && strings.Contains(err.Error(), secret) {
					t.Errorf("the error tells a fact: %v", err)
				}
			}
		}
	})
}

// refused checks that m cannot be rendered, and that the error says why.
func refused(t *testing.T, m store.Message, lang text.Language, why string) error {
	t.Helper()
	r, err := RenderMessage(m, lang, couriertest.SupportLine)
	if err == nil || !strings.Contains(err.Error(), why) {
		t.Errorf("%v: error %v, want one about %q", slices.Sorted(maps.Keys(m.Facts)), err, why)
	}
	if r != (Rendered{}) {
		t.Errorf("with error %v came %q", err, r)
	}
	return err
}

func TestUnknownTemplate(t *testing.T) {
	refused(t, couriertest.ExampleMessage("birthday", store.ByEmail), text.Dutch, "birthday")
}

// TestUnknownLanguage tests that a message in an unknown language is rendered in Dutch.
func TestUnknownLanguage(t *testing.T) {
	m := couriertest.ExampleMessage("username", store.ByEmail)
	want, err := RenderMessage(m, text.Dutch, couriertest.SupportLine)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := RenderMessage(m, "", couriertest.SupportLine); err != nil || got != want {
		t.Errorf("got %q and %v, want Dutch", got, err)
	}
}

// TestControlCharacters tests that a fact cannot begin a new line (R20).
func TestControlCharacters(t *testing.T) {
	m := couriertest.ExampleMessage("product_added", store.ByLetter)
	m.Facts["name"] = "A.B. van der\r\nBerg\u202e"
	m.Facts["product"] = "Internet\x1b[31msparen"
	m.To[1] = "Dorpsstraat\n12A"
	r, err := RenderMessage(m, text.Dutch, couriertest.SupportLine)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"\nBeste A.B. van derBerg,\n", "\n    Internet[31msparen\n", "\nDorpsstraat12A\n"} {
		if !strings.Contains(r.Text(), want) {
			t.Errorf("no %q in\n%s", want, r.Text())
		}
	}
}

// TestSupportPhone tests that a message contains the configured telephone number of the helpline.
func TestSupportPhone(t *testing.T) {
	settings := desk.DefaultSettings()
	settings.SupportPhone = "+31881234567"
	r, err := RenderMessage(couriertest.ExampleMessage("username", store.ByEmail), text.Dutch, contact.SupportLine(&desk.Desk{Settings: settings}))
	if want := "Digital Support: 088 123 45 67\n"; err != nil || !strings.Contains(r.Body, want) {
		t.Errorf("no %q in\n%s", want, r.Body)
	}
}

func TestWhen(t *testing.T) {
	for _, c := range []struct{ fact, nl, en string }{
		{"2026-12-19", "19 december 2026", "19 December 2026"},
		{"2026-11-23T13:07:41Z", "23 november 2026 om 14.07 uur", "23 November 2026 at 14:07"},
		{"2026-11-23T08:05:00+01:00", "23 november 2026 om 8.05 uur", "23 November 2026 at 8:05"},
		{"2026-07-01T22:30:00Z", "2 juli 2026 om 0.30 uur", "2 July 2026 at 0:30"},
		{"2026-11-31", "", ""},
		{"morgen", "", ""},
	} {
		got, err := factTimeText(c.fact)
		if want := (text.Text{NL: c.nl, EN: c.en}); got != want || (err == nil) != (c.nl != "") {
			t.Errorf("%q: %q and %v, want %q", c.fact, got, err, want)
		}
	}
}

// TestCallBackTellsOfTheNumber tests that a call-back message always asks the service desk to check the caller's identity, and
// says whether the number is the customer's known number.
func TestCallBackTellsOfTheNumber(t *testing.T) {
	for compared, want := range map[string]text.Text{
		"-":          {NL: "34 56 78\n\nGa altijd eerst na wie je spreekt", EN: "34 56 78\n\nAlways check first who you are speaking to"},
		"known":      {NL: "Dit is het nummer dat we van deze klant kennen. Ga altijd", EN: "This is the number that we know of this customer. Always"},
		"other":      {NL: "Let op: dit is niet het nummer dat we van deze klant kennen. Ga altijd", EN: "Note: this is not the number that we know of this customer. Always"},
		"none known": {NL: "Let op: we kennen geen telefoonnummer van deze klant. Ga altijd", EN: "Note: we know no telephone number of this customer. Always"},
	} {
		m := couriertest.ExampleMessage("call_back", store.ByLetter)
		m.Facts["compared"] = compared
		for _, lang := range couriertest.Languages {
			if r, err := RenderMessage(m, lang, couriertest.SupportLine); err != nil || !strings.Contains(r.Body, want.In(lang)) {
				t.Errorf("%q: %v, and not %q in %q", compared, err, want.In(lang), r.Body)
			}
		}
	}
}

// TestWriteBackSaysThePrint tests that the service desk reads whether the customer wants a letter in large print.
func TestWriteBackSaysThePrint(t *testing.T) {
	wants := text.New("Schrijf in grote letters", "Write in large print")
	for _, print := range []string{"", "large"} {
		m := couriertest.ExampleMessage("write_back", store.ByEmail)
		if print != "" {
			m.Facts["print"] = print
		}
		for _, lang := range couriertest.Languages {
			if r, err := RenderMessage(m, lang, couriertest.SupportLine); err != nil || strings.Contains(r.Body, wants.In(lang)) != (print != "") {
				t.Errorf("print %q: %v, and says %q", print, err, r.Body)
			}
		}
	}
}

// TestChangedFacts tests that a message can name each fact that an import changes.
func TestChangedFacts(t *testing.T) {
	for _, fact := range store.SharedFacts {
		if named, err := listChangedFields(fact.Name); err != nil || named.NL == "" || named.EN == "" {
			t.Errorf("%s is called %q, %v", fact.Name, named, err)
		}
	}
}

func TestHalves(t *testing.T) {
	for _, c := range []struct{ digits, want string }{
		{"87754928", "8775 4928"},
		{"00000000", "0000 0000"},
		{"8775492", ""},
		{"877549281", ""},
		{"8775 492", ""},
		{"٤٨١٦", ""}, // These four Arabic digits have 8 bytes.
	} {
		if got, err := groupCodeDigits(c.digits); got != c.want || (err == nil) != (c.want != "") {
			t.Errorf("%q: %q and %v, want %q", c.digits, got, err, c.want)
		}
	}
}

func TestGroups(t *testing.T) {
	for _, c := range []struct{ number, want string }{
		{"481620957733", "4816 2095 7733"},
		{"000000000000", "0000 0000 0000"},
		{"48162095773", ""},
		{"4816209577331", ""},
		{"4816 2095 77", ""},
		{"٤٨١٦٢٠", ""}, // These six Arabic digits have 12 bytes.
	} {
		if got, err := groupActivationNumber(c.number); got != c.want || (err == nil) != (c.want != "") {
			t.Errorf("%q: %q and %v, want %q", c.number, got, err, c.want)
		}
	}
}

// TestReference tests that the reference is the end of the message ID, in two halves that can be read aloud, even if the ID is
// short.
func TestReference(t *testing.T) {
	for id, want := range map[string]string{"0123456789abcdef": "6789a-bcdef", "abcdef": "abc-def", "": "-"} {
		if got := LetterReference(store.Message{ID: id}); got != want {
			t.Errorf("%q is asked about by %q, want %q", id, got, want)
		}
	}
}
