package plain

import (
	"strings"
	"testing"
)

const (
	areYouSure = "Weet je het zeker?"
	whereWas   = "Verder waar je was gebleven"
)

// goes chooses an item by its name, from the last list that has it.
func (d *conversation) goes(listed, name string) (said string) {
	d.Helper()
	for _, m := range numberedLine.FindAllStringSubmatch(listed, -1) {
		if strings.HasPrefix(m[2], name) {
			return d.answers(m[1])
		}
	}
	d.Fatalf("no %q in\n%s", name, listed)
	return ""
}

// looksUp leaves an activation unfinished, and opens the contact page.
func (d *conversation) looksUp() (said string) {
	d.Helper()
	d.hears()
	form := d.answers("1")
	d.answers("481620957733")
	return d.goes(form, "Service en contact")
}

// asksToBeCalled completes a request to be called back.
func (d *conversation) asksToBeCalled(contact string) (said string) {
	d.Helper()
	d.goes(contact, "Laat je terugbellen")
	said = d.answers("Jo de Boer", "0612345678")
	for !strings.Contains(said, "Kies een nummer:") {
		said = d.answers("") // The empty line keeps the current answer.
	}
	return said
}

// TestFlowOnWhatIsAside checks that /terug leads from a flow back to the overlay on which it began,
// and then to the unfinished form.
func TestFlowOnWhatIsAside(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := begin(t, Options{})
		contact := d.looksUp()
		d.has(d.goes(contact, "Laat je terugbellen"), "Je naam:")
		contact = d.answers("/terug")
		d.has(contact, "Service en contact", "1. Laat je terugbellen")
		d.goes(contact, "Laat je terugbellen")
		d.has(d.answers("Jo", "/terug", "/terug"), areYouSure)
		d.has(d.answers("2"), "1. Laat je terugbellen")
		d.has(d.answers("/terug"), "Account activeren", "Geboortedatum:")
	})
	inBubble(t, func(t *testing.T) {
		d := begin(t, Options{})
		d.hears()
		d.answers("5")
		answer := d.goes(d.answers("inloggen"), "")
		for _, m := range numberedLine.FindAllStringSubmatch(answer, -1) {
			if said := d.answers(m[1]); strings.HasPrefix(m[2], "Andere vragen") {
				d.has(said, "gevonden.")
			} else {
				d.has(d.answers("/terug"), strings.Join(strings.Fields(answer), " "))
			}
		}
	})
}

// TestEndOnWhatIsAside checks that a flow that began on an overlay leads at its end back to the
// unfinished form, and that the visitor is asked before going home.
func TestEndOnWhatIsAside(t *testing.T) {
	for _, line := range []string{"1", "/terug"} {
		inBubble(t, func(t *testing.T) {
			d := begin(t, Options{})
			d.has(d.asksToBeCalled(d.looksUp()), "1. "+whereWas)
			d.has(d.answers("/begin"), areYouSure)
			d.has(d.answers("1", line), "Account activeren", "Geboortedatum:")
		})
	}
	inBubble(t, func(t *testing.T) {
		d := begin(t, Options{})
		d.hears()
		d.hasNo(d.asksToBeCalled(d.answers("6")), whereWas)
		d.has(d.answers("/terug"), "Waarmee kunnen we je helpen?")
	})
}

// TestLoggingInOnWhatIsAside checks that no unfinished form stays open after a login, and that the
// visitor is asked beforehand.
func TestLoggingInOnWhatIsAside(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := begin(t, Options{})
		d.hears()
		form := d.answers("3", "1")
		d.answers("anouktan")
		d.goes(form, "Service en contact")
		d.has(d.answers("/begin"), areYouSure)
		d.answers("2")
		d.hasNo(d.answers("5", "inloggen", "0", "0"), areYouSure)
		d.answers("2", "anouktan", "Kruimeltje12")
		d.has(d.answers("/terug"), "Wat wil je doen?")
	})
}

// TestSlipInNewPassword checks that a visitor who repeats a new password wrongly can correct either
// of the two.
func TestSlipInNewPassword(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := begin(t, Options{})
		d.logsIn()
		said := d.answers("/begin", "3", "1", "2", "Kruimeltje12", "Zeer-geheim-44", "Zeer-geheim-45")
		d.has(said, "Fout: Nog een keer: ", "Nieuw wachtwoord:")
		d.has(d.answers("Zeer-geheim-45", "Zeer-geheim-45"), "Je wachtwoord is veranderd")
	})
}

// TestCodeDoesNotStand checks that an empty line does not submit a wrong code again.
func TestCodeDoesNotStand(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := begin(t, Options{})
		d.logsIn()
		details := d.answers("/begin", "3", "2")
		d.goes(details, "E-mailadres")
		said := d.answers("nieuw@example.org", "Kruimeltje12", "00000000")
		d.has(said, "Code:")
		d.hasNo(said, "Nu staat er", "00000000")
	})
}

// TestLongAnswer checks that an answer that is far too long is not repeated to the visitor.
func TestLongAnswer(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := begin(t, Options{})
		d.hears()
		said := d.answers("2", strings.Repeat("x", 4000))
		d.has(said, "Fout: Gebruikersnaam: Dit is te lang")
		d.hasNo(said, "xx")
	})
}

// TestLetterOnItsWay chooses a letter that has not arrived.
func TestLetterOnItsWay(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := begin(t, Options{})
		d.hears()
		d.answers("3", "1", "dirk1939", "5-12-1939", "8873DO")
		d.has(d.answers("/demo", "2"), "1. Brief in grote letters aan D. Oosterling. Komt uiterlijk")
		d.has(d.answers("1"), "Brief in grote letters aan D. Oosterling Deze brief komt uiterlijk", "0. Terug")
	})
}
