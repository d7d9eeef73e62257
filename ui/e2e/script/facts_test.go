package script

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"loket/flows/demo"
	"loket/flows/dutch"
	"loket/store"
)

// facts maps the data that no log may contain to a description of the person that they are about.
type facts map[string]string

// add adds a fact. It ignores a fact of less than 3 characters, such as a house number, because that would be found everywhere
// and says nothing by itself.
func (f facts) add(about, fact string) {
	const least = 3
	if fact = strings.TrimSpace(fact); len(fact) >= least {
		f[fact] = about
	}
}

// knows adds all data about people in a store, and all data in messages to them.
func (f facts) knows(tx *store.Tx) {
	for c := range tx.Customers() {
		about := "customer " + string(c.ID)
		for _, fact := range []string{string(c.ID), c.Surname, c.Street, c.Postcode, c.City, c.Email, c.Phone} {
			f.add(about, fact)
		}
		local, _, _ := strings.Cut(c.Email, "@")
		f.add(about, local)
		f.add(about, strings.Replace(c.Phone, "+31", "0", 1))
		if born, err := dutch.ParseDate(c.BirthDate); err == nil {
			long := born.LongText()
			f.add(about, long.NL)
			f.add(about, long.EN)
			f.add(about, c.BirthDate)
			f.add(about, fmt.Sprintf("%02d-%02d-%d", born.Day, born.Month, born.Year))
			f.add(about, fmt.Sprintf("%d-%d-%d", born.Day, born.Month, born.Year))
		}
		if a, has := tx.Account(c.ID); has {
			f.add(about, a.Username)
			f.add(about, a.PasswordHash)
			f.add(about, a.Temporary.Hash)
			f.add(about, a.PreviousTemporary.Hash)
			f.add(about, string(a.UserHandle))
			for _, k := range a.Passkeys {
				for _, fact := range []string{k.Name, string(k.ID), string(k.PublicKey)} {
					f.add(about, fact)
				}
			}
		}
		for _, h := range c.Holdings {
			p, _ := tx.Product(h.Product)
			f.add(about, p.Number)
			f.add(about, p.NormalisedNumber)
		}
	}
	for m := range tx.Messages() {
		for _, line := range m.To {
			f.add("addressee of "+m.Template, line)
		}
		for name, fact := range m.Facts {
			switch name {
			case "until", "expires", "from", "line", "compared": // These values are times, or words of the desk itself.
			default:
				f.add(name+" in "+m.Template, fact)
			}
		}
	}
}

// reads adds the data of the given people, including their passwords, and every bank account of the demo.
func (f facts) reads(t *testing.T, cast []demo.Person) {
	t.Helper()
	for _, p := range cast {
		for _, fact := range p.Facts {
			f.add(p.Name, fact.Value)
		}
	}
	file, err := os.ReadFile("../../../flows/demo/customers.json.tmpl")
	if err != nil {
		t.Fatal(err)
	}
	for _, account := range regexp.MustCompile(`NL[0-9]{2}[A-Z]{4}[0-9]{10}`).FindAllString(string(file), -1) {
		f.add("bank account", account)
	}
}

// encodings are the forms in which a fact may occur in a log.
var encodings = map[string]func(string) string{
	"plain":   func(s string) string { return s },
	"lower":   strings.ToLower,
	"upper":   strings.ToUpper,
	"quoted":  strconv.Quote,
	"escaped": url.QueryEscape,
	"path":    url.PathEscape,
	"base64":  func(s string) string { return base64.RawStdEncoding.EncodeToString([]byte(s)) },
	"hex":     func(s string) string { return hex.EncodeToString([]byte(s)) },
	"bytes":   func(s string) string { return strings.Trim(fmt.Sprint([]byte(s)), "[]") },
	"compact": compact,
	"in fours": func(s string) string {
		var groups []string
		for group := range slices.Chunk([]byte(compact(s)), 4) {
			groups = append(groups, string(group))
		}
		return strings.Join(groups, " ")
	},
}

// compact removes the characters that only make a value easier to read.
func compact(s string) string { return strings.NewReplacer(" ", "", "-", "", ".", "").Replace(s) }

// in finds facts in a log, each in the form in which it occurs. A short fact must not be a part of a longer word.
func (f facts) in(log string) (found []string) {
	lower := sourceLines.ReplaceAllStringFunc(strings.ToLower(log), func(line string) string { return strings.Repeat("#", len(line)) })
	for fact, about := range f {
		for how, encode := range encodings {
			as := strings.ToLower(encode(fact))
			if at := strings.Index(lower, as); at >= 0 && (len(as) > 8 || alone(as, lower)) {
				line := log[strings.LastIndexByte(log[:at], '\n')+1:]
				line, _, _ = strings.Cut(line, "\n")
				found = append(found, fmt.Sprintf("%q of %s, %s, in\n%s", fact, about, how, line))
				break
			}
		}
	}
	return found
}

// sourceLines matches the position of a line of source in a stack trace, whose number may equal a house number by chance.
var sourceLines = regexp.MustCompile(`\.go:[0-9]+`)

// alone reports whether s occurs in text without a letter or digit directly before or after it.
func alone(s, text string) bool {
	return regexp.MustCompile(`(^|[^\pL\pN])` + regexp.QuoteMeta(s) + `([^\pL\pN]|$)`).MatchString(text)
}

// TestFactsAreFound checks that a fact is found in a log in every encoding, and that nothing is found in a log without facts.
func TestFactsAreFound(t *testing.T) {
	f := facts{}
	for about, fact := range map[string]string{
		"name": "Hoekstra", "short name": "Tan", "postcode": "3471 LW", "birth date": "14-03-1994", "password": "Goed-gekozen1", "number": "4816 2095 7733",
		"account": "NL03NNBA0200418736", "e-mail": "sanne.hoekstra@example.org", "phone": "+31612345678", "customer": "K1000001",
	} {
		f.add(about, fact)
	}
	const line = "time=2026-11-23T03:40:12.811Z level=ERROR msg=submit visit=ABCDEFGH error=\"log in: prepare: %s\"\n"
	for fact, about := range f {
		for how, encode := range encodings {
			log := strings.Repeat(fmt.Sprintf(line, "no"), 3) + fmt.Sprintf(line, encode(fact)) + fmt.Sprintf(line, "nothing")
			if found := f.in(log); !slices.ContainsFunc(found, func(s string) bool { return strings.HasPrefix(s, strconv.Quote(fact)) }) {
				t.Errorf("%s is not found %s in\n%s", about, how, log)
			}
		}
	}
	if found := f.in(fmt.Sprintf(line, "standard instant at 3471, NL03") + "importance"); found != nil {
		t.Errorf("found %q", found)
	}
}
