package desk

import (
	"net/mail"
	"strings"
	"testing"
)

func TestParseEmail(t *testing.T) {
	for typed, want := range map[string]string{
		"anna@example.org":                       "anna@example.org",
		"  Anna.de-Wit+nn@Mail.Example.ORG":      "Anna.de-Wit+nn@mail.example.org",
		"anna @ example.org":                     "anna@example.org",
		"o'neill@example.org":                    "o'neill@example.org",
		"a@b.nl":                                 "a@b.nl",
		"anna":                                   "",
		"":                                       "",
		"anna@":                                  "",
		"@example.org":                           "",
		"anna@example":                           "",
		"anna@example.":                          "",
		"anna@-example.org":                      "",
		"anna@ex_ample.org":                      "",
		"anna@127.0.0.1":                         "",
		"anna..wit@example.org":                  "",
		"anna.@example.org":                      "",
		"anna@@example.org":                      "",
		"anna@example.org, b@example.org":        "",
		"Anna <anna@example.org>":                "",
		"Anna <anna@example.org> Bcc: x@y.org":   "",
		"änna@example.org":                       "",
		"anna@exämple.org":                       "",
		"anna@example.org\r\nBcc: x@y.org":       "",
		"\"anna\"@example.org":                   "",
		strings.Repeat("a", 65) + "@example.org": "",
		"a@" + strings.Repeat(strings.Repeat("b", 60)+".", 5) + "org": "",
	} {
		got, why := ParseEmail(typed)
		if got != want || (why == nil) != (want != "") {
			t.Errorf("%q is %q, %v", typed, got, why)
		}
		if why != nil && (why.NL == "" || why.EN == "") {
			t.Errorf("%q: %q", typed, *why)
		}
	}
}

// FuzzParseEmail tests that a message can contain an accepted address unchanged.
func FuzzParseEmail(f *testing.F) {
	f.Add("anna@example.org")
	f.Add("a.b+c@sub.example.org")
	f.Fuzz(func(t *testing.T, typed string) {
		address, why := ParseEmail(typed)
		if why != nil {
			return
		}
		parsed, err := mail.ParseAddress(address)
		if err != nil || parsed.Address != address || len(address) > LongestEmail || strings.ContainsAny(address, " \r\n<>,;:\"") {
			t.Errorf("%q became %q: %v", typed, address, err)
		}
		if again, why := ParseEmail(address); why != nil || again != address {
			t.Errorf("%q became %q, and that %q", typed, address, again)
		}
	})
}

// TestEmailEdges tests the largest number of characters in each part of an address (RFC 5321, RFC 1035).
func TestEmailEdges(t *testing.T) {
	domain := func(length int) string { // domain returns a domain name whose labels have at most 63 letters.
		d := strings.Repeat(strings.Repeat("b", 61)+".", 3)
		return d + strings.Repeat("c", length-len(d)-4) + ".org"
	}
	for address, ok := range map[string]bool{
		strings.Repeat("a", 64) + "@b.nl":           true,
		strings.Repeat("a", 65) + "@b.nl":           false,
		"a@" + strings.Repeat("b", 63) + ".nl":      true,
		"a@" + strings.Repeat("b", 64) + ".nl":      false,
		strings.Repeat("a", 14) + "@" + domain(239): true,
		strings.Repeat("a", 15) + "@" + domain(239): false,
		"a@b.c": false, "a@b.12": false, "a@b.c1": true, "a@b-c.nl": true, "a@b-.nl": false, "a@.nl": false, "a@nl": false,
	} {
		if _, why := ParseEmail(address); (why == nil) != ok {
			t.Errorf("%q of %d: %v", address, len(address), why)
		}
	}
}

// TestBareEmail tests how ExtractEmail reads pasted text.
func TestBareEmail(t *testing.T) {
	for _, typed := range []string{
		"anna@example.org", "Anna <anna@example.org>", "<anna@example.org>", "mailto:anna@example.org", "E-mail: anna@example.org", "anna@example.org.", " anna@example.org; ",
	} {
		if got, why := ParseEmail(ExtractEmail(typed)); got != "anna@example.org" || why != nil {
			t.Errorf("%q is %q, %v", typed, got, why)
		}
	}
}
