package ui

import (
	"testing"

	"loket/flows/place"
	"loket/ui/background"
	"loket/ui/screen"
)

const (
	areYouSure = "Weet je het zeker?"
	goOn       = "Verder waar je was gebleven"
)

// looksUp leaves an activation unfinished, and opens the contact page.
func (v *visitor) looksUp() {
	v.press("1")
	v.types("4816")
	v.leadsTo(place.Contact)
}

// leadsTo goes to a place, as if the visitor chose it on the current screen.
func (v *visitor) leadsTo(p place.ID) {
	v.send(background.VisitMsg{Visit: v.app.visit, Msg: screen.GoTo{Place: p}})
}

// TestFlowOnWhatIsAside checks that Esc leads from a flow back to the overlay on which it began,
// and then to the unfinished form.
func TestFlowOnWhatIsAside(t *testing.T) {
	atKiosk(t, Options{}, func(v *visitor) {
		v.looksUp()
		aside := v.app.topScreen()
		v.leadsTo(place.CallBack)
		v.press("esc")
		if v.app.topScreen() != aside {
			t.Fatalf("Esc leads to\n%s", v.screen())
		}
		v.leadsTo(place.CallBack)
		v.types("Jo")
		v.press("esc")
		v.sees(areYouSure)
		v.press("right", "enter", "esc")
		v.sees("[ 4816 ")
	})
	atKiosk(t, Options{}, func(v *visitor) {
		v.press("5", "enter")
		answer := v.app.topScreen()
		for _, p := range []place.ID{place.ForgottenPassword, place.RequestAccount, place.Activate, place.LogIn, place.ForgottenMenu} {
			v.leadsTo(p)
			if v.app.topScreen() == answer {
				t.Errorf("nothing leads to %s", p)
			}
			v.press("esc")
			if v.app.topScreen() != answer {
				t.Errorf("Esc leads from %s to\n%s", p, v.screen())
			}
		}
	})
}

// TestEndOnWhatIsAside checks that a flow that began on an overlay leads at its end back to the
// unfinished form, and that the visitor is asked before going home.
func TestEndOnWhatIsAside(t *testing.T) {
	for _, key := range []string{"esc", "enter"} {
		atKiosk(t, Options{}, func(v *visitor) {
			v.looksUp()
			v.leadsTo(place.CallBack)
			v.fillsForm("Jo de Boer", "0612345678")
			v.sees("▶ 1  "+goOn, "Esc terug")
			v.leadsTo(place.Home)
			v.sees(areYouSure)
			v.press("esc", key)
			v.sees("[ 4816 ")
		})
	}
	atKiosk(t, Options{}, func(v *visitor) {
		v.looksUp()
		v.leadsTo(place.CallBack)
		v.fillsForm("Jo de Boer", "0612345678")
		v.leadsTo(place.Home)
		v.press("right", "enter", "1")
		v.seesNo("4816")
	})
	atKiosk(t, Options{}, func(v *visitor) {
		v.leadsTo(place.Contact)
		v.leadsTo(place.CallBack)
		v.fillsForm("Jo de Boer", "0612345678")
		v.seesNo(goOn)
		v.press("esc")
		v.sees("Waarmee kunnen we je helpen?")
	})
}

// TestFormThatWaits checks that a visitor who goes again to the flow of an unfinished form finds
// the form unchanged.
func TestFormThatWaits(t *testing.T) {
	atKiosk(t, Options{}, func(v *visitor) {
		v.looksUp()
		v.leadsTo(place.Activate)
		v.sees("[ 4816 ")
		v.press("esc")
		v.sees(areYouSure)
		v.press("esc")

		v.leadsTo(place.Contact)
		v.leadsTo(place.CallBack)
		v.types("Jo")
		v.leadsTo(place.Questions)
		v.leadsTo(place.Activate)
		v.sees(areYouSure) // The question is about losing the call-back.
		v.press("right", "enter")
		v.sees("[ 4816 ")
	})
}

// TestLoggingInOnWhatIsAside checks that no unfinished form stays open after a login, and that the
// visitor is asked beforehand.
func TestLoggingInOnWhatIsAside(t *testing.T) {
	atKiosk(t, Options{}, func(v *visitor) {
		v.press("3", "1")
		v.types("csmit80")
		v.leadsTo(place.Questions)
		v.leadsTo(place.LogIn)
		v.sees(areYouSure)
		v.press("esc")
		v.sees("Veelgestelde vragen")
		v.leadsTo(place.LogIn)
		v.press("right", "enter", "esc")
		v.sees("Waarmee kunnen we je helpen?")
	})
	atKiosk(t, Options{}, func(v *visitor) {
		v.leadsTo(place.Questions)
		v.leadsTo(place.LogIn)
		v.fills("csmit80", "Sterk-wacht1")
		v.sees("Internetsparen")
		v.press("esc")
		v.sees("Wat wil je doen?")
		if n := v.app.screens.Len(); n != 1 {
			t.Errorf("%d screens are open", n)
		}
	})
}

// TestLoggingOutAsks checks that a visitor with an unfinished form must confirm logging out.
func TestLoggingOutAsks(t *testing.T) {
	atKiosk(t, Options{}, func(v *visitor) {
		v.settings("2", "2")
		v.types("06")
		v.leadsTo(place.Questions)
		v.send(background.VisitMsg{Visit: v.app.visit, Msg: screen.GoTo{Place: place.LogOut}})
		v.sees(areYouSure)
		v.press("right", "enter")
		v.sees("Je bent uitgelogd.")
	})
}

// TestShutOutOnWhatIsAside checks that no form of a customer stays open after the login was ended
// elsewhere.
func TestShutOutOnWhatIsAside(t *testing.T) {
	atKiosk(t, Options{}, func(v *visitor) {
		v.settings("2", "1")
		v.types("carla")
		v.leadsTo(place.Contact)
		v.leadsTo(place.CallBack)
		v.elsewhere((*visitor).changesPassword)
		v.fillsForm("0612345678")
		v.sees("Je bent uitgelogd")
		v.seesNo(goOn)
		if n := v.app.screens.Len(); n != 2 {
			t.Errorf("%d screens are open", n)
		}
	})
}
