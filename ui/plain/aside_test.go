package plain

import (
	"strings"
	"testing"
)

const (
	areYouSure = "Weet je het zeker?"
	whereWas   = "Verder waar je was gebleven"
)

// goes chooses something by its name, from where it was last listed.
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

// looksUp leaves an activation half filled in, and looks at contact.
func (d *conversation) looksUp() (said string) {
	d.Helper()
	d.hears()
	form := d.answers("1")
	d.answers("481620957733")
	return d.goes(form, "Service en contact")
}

// asksToBeCalled fills in all of a call-back.
func (d *conversation) asksToBeCalled(contact string) (said string) {
	d.Helper()
	d.goes(contact, "Laat je terugbellen")
	said = d.answers("Jo de Boer", "0612345678")
	for !strings.Contains(said, "Kies een nummer:") {
		said = d.answers("") // leaves what stands there
	}
	return said
}

// TestFlowOnWhatIsAside holds that /terug leads from a flow back to what is shown
// aside, on which it was begun, and then to what was half filled in.
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

// TestEndOnWhatIsAside holds that a flow that ended on what is shown aside leads
// back to what was half filled in, and that home is asked about.
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

// TestLoggingInOnWhatIsAside holds that nothing that was half filled in before is
// left once somebody is logged in, and that they are asked about it beforehand.
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

// TestSlipInNewPassword holds that one who typed another password the second time
// can mend either.
func TestSlipInNewPassword(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := begin(t, Options{})
		d.logsIn()
		said := d.answers("/begin", "3", "1", "2", "Kruimeltje12", "Zeer-geheim-44", "Zeer-geheim-45")
		d.has(said, "Fout: Nog een keer: ", "Nieuw wachtwoord:")
		d.has(d.answers("Zeer-geheim-45", "Zeer-geheim-45"), "Je wachtwoord is veranderd")
	})
}

// TestCodeDoesNotStand holds that a code that was wrong is not the answer that an
// empty line sends once more.
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

// TestLongAnswer holds that what is far too long is not repeated.
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
		d.has(d.answers("/demo", "2"), "1. Brief aan D. Oosterling. Komt uiterlijk")
		d.has(d.answers("1"), "Brief aan D. Oosterling Deze brief komt uiterlijk", "0. Terug")
	})
}
