package ui

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"loket/flows/flow"
	"loket/ui/form"
	"loket/ui/pages"
	"loket/ui/screen"
)

// TestLanguageInForm checks that changing the language keeps typed text, and that problems and notes change their language.
func TestLanguageInForm(t *testing.T) {
	atKiosk(t, Options{}, func(v *visitor) {
		v.press("1")
		v.fills("48162095773")
		v.types("9-4-19")
		v.sees("Een activatienummer heeft 12 cijfers.", "[ 48162095773 ", "[ 9-4-19 ")
		v.press("ctrl+l")
		v.sees("An activation number has 12 digits.", "[ 48162095773 ", "[ 9-4-19 ", "Ctrl+L Nederlands")
		v.types("61")
		v.press("enter")
		v.fills("3511ab")
		v.press("f6")
		v.sees("[ 9-4-1961 ", "Een activatienummer heeft 12 cijfers.", "▶ Activatienummer")
		v.types("3")
		v.seesNo("Een activatienummer heeft 12 cijfers.") // The problem disappears as soon as the answer is valid.
		v.press("up", "up", "up")
		v.sees("▶ [ Verder")
	})
}

// TestLivesAbroad checks that a customer who does not live in the Netherlands can answer with a foreign address, need not type
// anything twice, and can go back to a Dutch address.
func TestLivesAbroad(t *testing.T) {
	atKiosk(t, Options{}, func(v *visitor) {
		v.press("1")
		v.fills("481620957733", "00-00-1950")
		v.sees("▶ Postcode ", "Ik woon niet in Nederland")
		v.press("down", "down", "down", "enter")
		v.sees("▶ Postcode in je land", "Geen postcodes in je land?", "Ik woon in Nederland", "[ 481620957733 ", "[ 00-00-1950 ")
		v.press("down", "down", "down", "enter")
		v.sees("▶ Postcode ", "Ik woon niet in Nederland", "[ 481620957733 ", "[ 00-00-1950 ")
		v.press("down", "down", "down", "enter")
		v.fills("B-1000")
		v.sees("Deze combinatie kennen we niet.", "[ B-1000 ")
	})
}

// TestEscAsks checks that Esc asks for confirmation only if typed text would be lost (R16).
func TestEscAsks(t *testing.T) {
	const home, sure = "Waarmee kunnen we je helpen?", "Weet je het zeker?"
	atKiosk(t, Options{}, func(v *visitor) {
		v.press("2", "esc")
		v.sees(home)

		v.press("2")
		v.types("c")
		v.press("esc")
		v.sees(sure)
		v.press("esc")
		v.seesNo(sure)
		v.sees("[ c ")
		v.press("esc", "enter") // The first answer is "stay here".
		v.sees("[ c ")
		v.press("esc", "right", "enter")
		v.sees(home)
		v.press("2")
		v.seesNo("[ c ")
	})
	atKiosk(t, Options{}, func(v *visitor) {
		v.chooses()
		v.press("esc")
		v.sees(sure) // The activation number would have to be typed again.
	})
}

// TestSecrets checks that secrets are shown only on request and are cleared after a submit, while other answers stay.
func TestSecrets(t *testing.T) {
	atKiosk(t, Options{}, func(v *visitor) {
		v.press("2")
		v.types("csmit80")
		v.press("down")
		v.types("Sterk")
		v.seesNo("Sterk")
		v.press("ctrl+r")
		v.sees("[ Sterk ")
		v.press("f10")
		v.seesNo("Sterk")
		v.press("ctrl+r", "enter")
		v.sees("horen niet bij elkaar", "[ csmit80 ")
		v.seesNo("Sterk", "•")
		v.types("Sterk-wacht1")
		v.seesNo("Sterk")
		v.press("enter")
		v.sees("Internetsparen")
	})
}

// TestTold checks that answers are prefilled in another flow, except secrets and activation numbers (R18).
func TestTold(t *testing.T) {
	atKiosk(t, Options{}, func(v *visitor) {
		v.press("2")
		v.fills("csmit80", "Sterk-wacht2")
		v.press("down", "down", "enter")
		v.sees("Wachtwoord vergeten", "[ csmit80 ", "▶ Geboortedatum")
		v.fills("1-2-1980", "3511 ab")
		v.sees("Kijk in je e-mail")
		v.press("3")
		v.sees("Gebruikersnaam vergeten", "[ 1-2-1980 ", "[ 3511 ab ", "▶ Huisnummer")
		v.press("esc")
		v.sees("Wat ben je vergeten?")
		v.press("2")
		v.seesNo("1-2-1980")
	})
	atKiosk(t, Options{}, func(v *visitor) {
		v.press("1")
		v.fills("481620950000", "9-4-1961", "3511ab")
		v.sees("verlopen")
		v.press("esc", "1")
		v.seesNo("4816")
	})
}

// TestContactWaits checks that contact and questions open over a form, and leave it unchanged when
// they close.
func TestContactWaits(t *testing.T) {
	atKiosk(t, Options{}, func(v *visitor) {
		v.press("1")
		v.types("4816")
		v.press("up", "up", "enter")
		v.sees("088 663 06 63")
		v.press("esc")
		v.sees("[ 4816 ", "▶ Service en contact")
		v.press("ctrl+g")
		v.sees("Hulp", "Het staat in de brief of e-mail")
		v.press("ctrl+g")
		v.sees("[ 4816 ")
	})
}

// TestPaste checks that pasted text is put on one line, with a space for each line break, and
// without control characters.
func TestPaste(t *testing.T) {
	atKiosk(t, Options{}, func(v *visitor) {
		v.press("1")
		v.send(tea.PasteMsg{Content: "4816\n2095\r\n\x1b[31m7733\x07\u202e"})
		v.sees("[ 4816 2095 [31m7733 ")
		v.press("ctrl+u")
		v.send(tea.PasteMsg{Content: string(make([]byte, 1<<20)) + "7"})
		v.sees("[ 7 ")
		v.press("ctrl+v") // This key would read the clipboard of the machine that the desk runs on.
		v.sees("[ 7 ")
	})
}

// TestTooLong checks that text that is too long is not cut off silently. The form reports it and does not submit a part of the
// text.
func TestTooLong(t *testing.T) {
	const says = "Dit is te lang: hooguit 100 tekens."
	atKiosk(t, Options{}, func(v *visitor) {
		v.press("2")
		v.send(tea.PasteMsg{Content: strings.Repeat("x", flow.MaxAnswerLength)})
		v.seesNo(says)
		v.types("x")
		v.sees(says)
		v.press("tab", "enter")
		v.sees(says, "▶ Gebruikersnaam")
		v.press("backspace")
		v.seesNo(says)
		v.send(tea.PasteMsg{Content: strings.Repeat("x", 1<<20)})
		v.sees(says)
	})
}

// TestCountdown checks that a note with a countdown counts down.
func TestCountdown(t *testing.T) {
	atKiosk(t, Options{}, func(v *visitor) {
		v.press("2")
		v.guesses(6)
		v.sees("Probeer het over 1 seconde opnieuw")
		v.waits(2 * time.Second)
		v.sees("Je kunt het nu opnieuw proberen.")
		v.press("ctrl+l")
		v.sees("You can try again now.")
	})
}

// TestMouse checks that every choice can be clicked, also in the footer.
func TestMouse(t *testing.T) {
	atKiosk(t, Options{}, func(v *visitor) {
		click := func(x, y int) { v.send(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft}) }
		click(10, 6)
		v.sees("Inloggen", "▶ Gebruikersnaam")
		click(30, 7)
		v.sees("▶ Wachtwoord")
		v.clicks("[ Verder ]")
		v.sees("Vul je gebruikersnaam in.")
		click(5, 23)
		v.sees("Fill in your username.")
		click(40, 22)
		v.sees("How can we help you?")
		for x := range 80 {
			for y := range 24 {
				if v.app.topScreen().(*pages.Menu) != nil && y > 12 && y < 20 {
					click(x, y) // There is nothing at this position.
				}
			}
		}
		v.sees("How can we help you?")
	})
}

// TestNothingIsChosen checks that nothing has the focus while a step waits, until the visitor moves the focus in either
// direction, and that nothing has the focus after the step continues.
func TestNothingIsChosen(t *testing.T) {
	const enter = "Enter verder"
	atKiosk(t, Options{}, func(v *visitor) {
		v.hasApp()
		for key, first := range map[string]string{"down": "▶ Inloggen", "tab": "▶ Inloggen", "up": "▶ Service", "shift+tab": "▶ Service"} {
			v.press("3")
			v.sees(takePhone, "↑↓ kiezen   Esc terug")
			v.seesNo("▶", enter)
			v.press("space", "1", "enter", "left", "ctrl+u")
			v.send(tea.PasteMsg{Content: "1"})
			v.sees(takePhone)
			v.press(key)
			v.sees(first, "cursor at", enter)
			v.press("esc")
		}
	})
	atKiosk(t, Options{}, func(v *visitor) {
		v.begins()
		v.press("down", "up", "tab", "enter", "x")
		v.sees("Pak de telefoon", "Esc terug")
		v.seesNo("▶", enter, "kiezen")
	})
}

// TestNothingIsTouchedWhileBusy checks that a busy form draws the step unchanged, and that only the keys for language and
// contrast work.
func TestNothingIsTouchedWhileBusy(t *testing.T) {
	atKiosk(t, Options{}, func(v *visitor) {
		v.press("2")
		v.submits()
		begun := v.app.topScreen().(*form.Form).Flow()
		defer func(before flow.Flow) { *begun = before }(*begun)
		*begun = flow.Flow{} // If the form used the flow now, it would draw nothing.
		v.types("x")
		v.press("esc", "down", "ctrl+g")
		v.send(screen.SecondMsg{})
		v.press("ctrl+l")
		v.sees("Log in", "▶ Username", "Forgotten password")
	})
}

// TestRefusedAtField checks that a refusal stays at its field, which has the focus, until the answer changes, and that no
// typed character then ends up in a password (R32).
func TestRefusedAtField(t *testing.T) {
	const says = "! Dit is al je gebruikersnaam."
	atKiosk(t, Options{}, func(v *visitor) {
		v.settings("1", "1")
		v.fills("csmit80", "Sterk-wacht1")
		v.sees(says, "▶ Nieuwe gebruikersnaam   [ csmit80 ", "Je huidige wachtwoord   [    ")
		if v.line(says) != v.line("▶ Nieuwe")+1 {
			t.Error("it does not stand at its field")
		}
		v.press("tab", "shift+tab", "ctrl+l")
		v.sees("! This is your username already.")
		v.press("ctrl+l", "backspace")
		v.seesNo(says)
		v.types("1")
		v.press("enter")
		v.fills("Sterk-wacht1")
		v.sees("Je gebruikersnaam is veranderd")
	})
	atKiosk(t, Options{}, func(v *visitor) {
		v.settings("1", "1")
		v.fills("csmit81", "Sterk-wacht2")
		v.sees("▶ Je huidige wachtwoord", "! Dit is niet je huidige wachtwoord.")
		v.types("S")
		v.seesNo("! Dit is niet je huidige wachtwoord.")
	})
}

// TestRulesClaimWhatTheyKnow checks that a rule that can only be checked by a submit is not shown as met before the submit.
func TestRulesClaimWhatTheyKnow(t *testing.T) {
	atKiosk(t, Options{}, func(v *visitor) {
		v.press("2")
		v.fills("vossen", "bcdf ghjk lmnp")
		v.types("Goed-gekozen1")
		v.sees("goed anders dan je tijdelijke wachtwoord", "·    anders dan je oude wachtwoord")
	})
	atKiosk(t, Options{}, func(v *visitor) {
		v.settings("1", "2", "tab")
		v.types("Goed-gekozen1")
		v.sees("·    anders dan je huidige wachtwoord")
	})
}

// TestResultStands checks that the text of a result does not change with the clock, while other texts do.
func TestResultStands(t *testing.T) {
	atKiosk(t, Options{}, func(v *visitor) {
		v.resize(80, 30)
		v.press("3", "1")
		v.fills("csmit80", "1-2-1980", "3511AB")
		v.sees("27 november 2026", "Nu gesloten · morgen vanaf 8.00 uur")
		v.app.desk.Clock.Advance(10 * 24 * time.Hour)
		v.waits(time.Second)
		v.sees("27 november 2026", "Service en contact         Nu open, tot 18.00 uur", "088 663 06 63 · Nu open")
		v.seesNo("Nu gesloten")
	})
}

// TestRemark checks that a remark about a doubtful answer is shown while the visitor types, and that the answer is still
// accepted.
func TestRemark(t *testing.T) {
	const says = "controlecijfers van deze IBAN kloppen niet"
	atKiosk(t, Options{}, func(v *visitor) {
		v.press("3", "2")
		v.fills("1-2-1980", "3511AB", "14")
		v.types("NL91ABN")
		v.seesNo("tekens")
		v.types("A041716430")
		v.sees("NL begint, heeft 18 tekens. Dit zijn er")
		v.seesNo(says)
		v.types("1")
		v.sees(says)
		v.seesNo("tekens")
		v.press("enter")
		v.sees("Kijk in je e-mail")
	})
}

// TestCallBackKnowsSubject checks that a call-back names the product or flow that the visitor came
// from.
func TestCallBackKnowsSubject(t *testing.T) {
	atKiosk(t, Options{}, func(v *visitor) {
		v.logsIn()
		v.press("1", "enter", "enter")
		v.sees("Laat je terugbellen", "Je vraag gaat over: Internetsparen")
		v.fills("0612345678", "", "", "")
		v.sees("Het gaat over: Internetsparen")
	})
	atKiosk(t, Options{}, func(v *visitor) {
		v.press("2", "up", "enter", "enter")
		v.sees("Laat je terugbellen", "Je vraag gaat over: Inloggen.")
	})
	atKiosk(t, Options{}, func(v *visitor) {
		v.press("6", "enter")
		v.seesNo("gaat over")
		v.fills("Jo de Boer", "0612345678", "", "", "")
		v.sees("Het gaat over: Je account, inloggen en al je andere producten")
	})
}

// TestCallBackFromSearch checks that a search without hits leads to a call-back about what was searched for,
// by key and by press.
func TestCallBackFromSearch(t *testing.T) {
	for name, choose := range map[string]func(*visitor){
		"enter": func(v *visitor) { v.press("enter") },
		"down":  func(v *visitor) { v.press("down", "enter") },
		"press": func(v *visitor) { v.clicks("▶ Laat je terugbellen") },
	} {
		t.Run(name, func(t *testing.T) {
			atKiosk(t, Options{}, func(v *visitor) {
				v.press("5")
				v.types("xyzzy qq")
				v.sees("Daar vinden we niets over", "▶ Laat je terugbellen")
				choose(v)
				v.sees("Je naam", "[ xyzzy qq")
			})
		})
	}
}

// TestFieldStays checks that the focus does not move by itself when a field is full (WCAG 3.2.2).
func TestFieldStays(t *testing.T) {
	atKiosk(t, Options{}, func(v *visitor) {
		v.press("1")
		v.types("481620957733")
		v.sees("▶ Activatienummer")
		v.press("enter")
		v.types("09041961")
		v.sees("▶ Geboortedatum")
		v.press("enter")
		v.types("3511AB")
		v.sees("▶ Postcode")
	})
}
