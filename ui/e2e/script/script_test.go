// Package script does everything that visitors can do at the desk, line by line, and checks that neither the log nor the
// metrics contain personal data afterwards. Start at reader.doesEverything.
package script

import (
	"bufio"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"

	"loket/ui/e2e/driver"
)

func TestMain(m *testing.M) { driver.TestMain(m) }

// reader is a program that uses the desk through a pipe, by whole lines.
type reader struct {
	*testing.T
	lines *bufio.Scanner
	in    io.Writer
}

// question matches a question of the desk. No other line that the desk writes matches.
var question = regexp.MustCompile(`^\pL.*:$`)

// hears reads until the desk asks a question.
func (r *reader) hears() (said, asks string) {
	r.Helper()
	for r.lines.Scan() {
		line := r.lines.Text()
		if strings.ContainsFunc(line, func(c rune) bool { return c < ' ' || c == 0x7f }) {
			r.Fatalf("%q drives a terminal", line)
		}
		if question.MatchString(line) {
			return said, line
		}
		said += line + "\n"
	}
	r.Fatalf("it said no more after\n%s", said)
	return "", ""
}

// walks answers questions, which it recognises by name. From a list it chooses the item with the given name. It keeps an
// answer that already exists for a question that is not named. It returns the last output.
func (r *reader) walks(steps ...string) (said string) {
	r.Helper()
	for i := 0; i < len(steps); i += 2 {
		heard, asks := r.hears()
		for asks != steps[i]+":" && strings.Contains(heard, "Nu staat er: ") {
			r.says("")
			heard, asks = r.hears()
		}
		asks = strings.Replace(asks, more, "", 1)
		if said = heard; asks != steps[i]+":" {
			r.Fatalf("it asks %q, not %q, after\n%s", asks, steps[i], said)
		}
		answer := steps[i+1]
		if rest, chooses := strings.CutPrefix(answer, "= "); chooses {
			answer = numberOf(said, rest)
		}
		r.says(answer)
	}
	return said
}

// numberOf returns the number of an item in a list.
func numberOf(said, name string) string {
	m := regexp.MustCompile(`(?m)^(/?[0-9]+)[. ]+` + regexp.QuoteMeta(name)).FindStringSubmatch(said)
	if m == nil {
		return "no " + name
	}
	return m[1]
}

// letter opens the newest message, returns the part of it that matches a pattern, and goes back to the screen underneath.
func (r *reader) letter(asks, pattern string) string {
	r.Helper()
	r.walks(asks, "/demo", choose, "2", choose, "1")
	read := r.walks(choose, "/demo")
	r.walks(choose, "0")
	found := regexp.MustCompile(pattern).FindString(read)
	if found == "" {
		r.Fatalf("no %s in\n%s", pattern, read)
	}
	return found
}

const choose = "Kies een nummer"

// more is the part of a question that says that the list continues.
const more = ", of druk op Enter voor meer"

// TestScript does everything that visitors can do at the desk, through a pipe, relying only on the form of the lines.
func TestScript(t *testing.T) {
	cmd, left := driver.ProgramCommand(t, "kiosk") // Without a terminal, the desk reads and writes line by line.
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer cmd.Process.Kill()
	r := &reader{t, bufio.NewScanner(out), in}
	r.doesEverything()
	if said := r.walks(choose, "/stop"); !strings.Contains(said, "We bellen je terug") {
		t.Errorf("it ends with\n%s", said)
	}
	rest, err := io.ReadAll(out)
	if err != nil || len(rest) > 0 && question.Match(rest) {
		t.Errorf("after it stopped it says %q, %v", rest, err)
	}
	if err := cmd.Wait(); err != nil {
		t.Error(err)
	}
	if files, err := os.ReadDir(left); err != nil || len(files) > 0 {
		t.Errorf("it leaves %v, %v", files, err)
	}
}

// spokenCode matches the digits of a code, in the form in which they are read out.
const spokenCode = `[0-9](?:,? [0-9]){7}`

// doesEverything does everything that visitors can do at the desk, starting at home. At the end the visitor has just asked to
// be called back.
func (r *reader) doesEverything() {
	r.Helper()
	const (
		username, password, current = "Gebruikersnaam", "Wachtwoord", "Je huidige wachtwoord"
		birth, postcode, house      = "Geboortedatum", "Postcode", "Huisnummer"
		fresh, again                = "Nieuw wachtwoord", "Nog een keer"
		temporary                   = `[A-Z](?:[,;] [A-Z]){11}`
	)
	logIn := func(name, secret string) { r.walks(choose, "= Inloggen", username, name, password, secret) }

	// Activate an account, and look at its pages.
	r.walks(choose, "= Account activeren", "Activatienummer", "481620957733", birth, "14-3-1994", postcode, "3471 LW",
		username, "s.hoekstra", fresh, "Goed-gekozen1", again, "Goed-gekozen1",
		choose, "= Mijn producten", choose, "= Samen Sparen", choose, "/begin", choose, "= Uitloggen")

	// Forget the password, and choose a new one by e-mail.
	r.walks(choose, "= Inloggegevens", choose, "= Wachtwoord", username, "s.hoekstra", birth, "14-3-1994", postcode, "3471LW")
	secret := r.letter(choose, temporary)
	r.walks(choose, "= Inloggen", username, "", password, secret, fresh, "Beter-gekozen2", again, "Beter-gekozen2", choose, "/begin", choose, "= Uitloggen")
	logIn("s.hoekstra", "Beter-gekozen2")

	// Change everything that can be changed.
	r.walks(choose, "/begin", choose, "= Gegevens", choose, "= Toegang", choose, "= Gebruikersnaam", "Nieuwe gebruikersnaam", "sannehoekstra", current, "Beter-gekozen2",
		choose, "= Toegang", choose, "= Wachtwoord", current, "Beter-gekozen2", fresh, "Best-gekozen3", again, "Best-gekozen3",
		choose, "= Toegang", choose, "= Recente activiteit", choose, "/begin", choose, "= Gegevens", choose, "= Mijn gegevens",
		choose, "= E-mailadres", "Nieuw e-mailadres", "sanne@example.org", current, "Best-gekozen3")
	code := r.letter("Code", spokenCode)
	said := r.walks("Code", code, choose, "= Mijn gegevens", choose, "= Telefoonnummer", "Telefoonnummer", "0612345678", current, "Best-gekozen3",
		choose, "= Mijn gegevens", choose, "= Taal", "Taal", "Engels",
		choose, "= Mijn gegevens", choose, "= Letters in brieven", "Letters", "Grote letters", choose, "= Mijn gegevens", choose, "/begin")
	for _, want := range []string{"sanne@example.org", "0 6, 1 2, 3 4, 5 6, 7 8", "Engels", "Grote letters"} {
		if !strings.Contains(said, want) {
			r.Errorf("no %s in\n%s", want, said)
		}
	}
	r.walks(choose, "= Uitloggen")

	// Get a new password by letter, which arrives after the clock is moved.
	r.walks(choose, "= Inloggegevens", choose, "= Wachtwoord", username, "dirk1939", birth, "5-12-1939", postcode, "8873DO",
		choose, "/demo", choose, "= Klok", choose, "= Vijf werkdagen", choose, "/demo", choose, "0")
	secret = r.letter(choose, temporary)
	r.walks(choose, "= Inloggen", username, "", password, secret, fresh, "Nieuwe-fiets-4", again, "Nieuwe-fiets-4", choose, "/begin", choose, "= Uitloggen")

	// Forget the username.
	r.walks(choose, "= Inloggegevens", choose, "= Gebruikersnaam", birth, "16-5-1987", postcode, "3471BT", house, "26", "Productnummer", "NL82NNBA0200902217")
	name := r.letter(choose, "anouktan")
	r.walks(choose, "= Inloggen", username, name, password, "Kruimeltje12",
		choose, "= Product toevoegen", "Activatienummer", "174963028851", choose, "/begin", choose, "= Uitloggen")

	// Ask for another activation number, and for an account.
	for _, request := range []string{"= Nieuw activatienummer", "= Account aanvragen"} {
		r.walks(choose, "= Activatienummer aanvragen", choose, request, birth, "27-8-1952", postcode, "7248HB", house, "7")
		r.letter(choose, `[0-9](?:,? [0-9]){11}`)
		r.walks(choose, "= Naar het begin")
	}

	// Search the questions, go to a place that an answer mentions, and ask to be called back.
	search := choose + ", of typ een woord om te zoeken"
	r.walks(choose, "= Veelgestelde vragen", search, "gebruikersnaam vergeten", search, "1", choose, "= Gebruikersnaam vergeten",
		birth, "/begin", choose, "= Service en contact", choose, "= Laat je terugbellen", "Je naam", "S. Hoekstra", "Telefoonnummer", "0612345678",
		"Je vraag", "")
}
