package accessibility

import (
	"strings"

	"loket/flows/text"
	"loket/ui/words"
)

const pageWidth = 78 // pageWidth is the maximum number of characters of a line.

// The texts of the statement around the clauses.
var (
	titleText = text.New("Toegankelijkheid", "Accessibility")
	introText = text.New(
		"Dit is de toegankelijkheidsverklaring van het loket, naar EN 301 549 V3.2.1 en WCAG 2.2 AA. Bij elke eis staat of het loket eraan voldoet, en welke test of opname dat laat zien. De tests draaien bij elke verandering. Een onderzoek door mensen met een beperking is er nog niet.",
		"This is the accessibility statement of the desk, by EN 301 549 V3.2.1 and WCAG 2.2 AA. Each clause says whether the desk meets it, and which test or recording shows that. The tests run at every change. People with disabilities have not examined the desk yet.")
	complainHeading = text.New("Werkt iets niet voor jou?", "Does something not work for you?")
	complainText    = text.New(
		"Vertel het aan onze medewerkers: kies Service en contact, en laat je terugbellen. Zeg erbij dat het over toegankelijkheid gaat. Komen we er samen niet uit? Over toegankelijkheid van bankdiensten kun je klagen bij de AFM, en over hoe we met je klacht omgaan bij Kifid (kifid.nl).",
		"Tell our staff: choose Service and contact, and let us call you back. Say that it is about accessibility. If we cannot solve it together, you can complain about the accessibility of banking services to the AFM, and about how we treat your complaint to Kifid (kifid.nl).")
	setUpHeading = text.New("Voor beheerders", "For operators")
	setUpText    = text.New(
		"Het voorlezen staat uit tot een beheerder het instelt. De eenheid van systemd die speech-dispatcher start, en wat er verder nodig is, geeft:",
		"Speech is off until an operator sets it up. The systemd unit that starts speech-dispatcher, and what else is needed, are printed by:")
	remoteText = text.New(
		"Over SSH spreekt het loket niet: een schermlezer aan de kant van de bezoeker leest de platte weergave voor, regel voor regel.",
		"Over SSH the desk does not speak: a screen reader at the visitor's end reads out the plain face, line by line.")
	shownText = text.New("Te zien in: ", "Shown by: ")
)

// verdictTexts has the text of each verdict.
var verdictTexts = map[verdict]text.Text{
	holds:  text.New("Voldoet.", "Holds."),
	partly: text.New("Voldoet deels.", "Holds partly."),
	fails:  text.New("Voldoet niet.", "Does not hold."),
}

// statement returns the page of the manual in a language.
func statement(l text.Language) string {
	var b strings.Builder
	say := func(lines ...string) {
		b.WriteString(strings.Join(lines, "\n") + "\n\n")
	}
	say("# " + titleText.In(l))
	say(wrap(introText.In(l)))
	for _, c := range clauses {
		say("## "+c.number, "", wrap(c.asks.In(l)+". "+verdictTexts[c.verdict].In(l)+" "+c.how.In(l)), "", wrapShown(shownText.In(l), c.shown))
	}
	say("## "+complainHeading.In(l), "", wrap(complainText.In(l)))
	say("## "+setUpHeading.In(l), "", wrap(setUpText.In(l)), "", "    loket systemd speech", "    loket kiosk --speech unix:/run/loket-speech/socket", "", wrap(remoteText.In(l)), "", "    ssh -t -p 2222 desk.example.org plain")
	return strings.TrimSuffix(b.String(), "\n")
}

func wrap(written string) string { return strings.Join(words.Wrap(written, pageWidth), "\n") }

// wrapShown returns tests and recordings as a list.
func wrapShown(label string, shown []string) string {
	lines := []string{strings.TrimSpace(label), ""}
	for _, each := range shown {
		lines = append(lines, "- `"+each+"`")
	}
	return strings.Join(lines, "\n")
}
