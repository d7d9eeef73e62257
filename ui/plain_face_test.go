package ui

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"loket/flows/flow"
	"loket/flows/text"
	"loket/store"
	"loket/store/auditlog"
	"loket/ui/handover"
	"loket/ui/keys"
	"loket/ui/screen/screentest"
	"loket/ui/speech/speechtest"
	"loket/ui/theme"
	"loket/ui/words"
)

// goesPlain leaves the full screen for the plain face, and returns what the plain face takes over.
func (v *visitor) goesPlain() *handover.Visit {
	v.Helper()
	v.press("ctrl+e")
	v.sees(words.PlainFaceQuestion.In(v.app.language))
	v.press("right")
	v.send(keys.PressByName("enter"))
	return v.givesVisit()
}

// givesVisit ends a full screen that gives its visit, and returns what it gives.
func (v *visitor) givesVisit() *handover.Visit {
	v.Helper()
	if err := v.app.endRun(nil); err != nil {
		v.Fatal(err)
	}
	v.app.Close()
	given := v.app.options.Handover.Take()
	if given == nil {
		v.Fatalf("no visit goes on from\n%s", v.screen())
	}
	return given
}

// comesBack opens a full screen that takes over a visit.
func (v *visitor) comesBack(given *handover.Visit) {
	v.Helper()
	o := v.app.options
	o.Handover.Give(*given)
	v.app = New(v.Context(), v.app.desk, o)
	v.Cleanup(v.app.Close)
	v.resize(80, 24)
	v.do(v.app.startCmd) // Init would wait for the first tick too.
}

// TestPlainFaceAndBack checks what a visitor finds after going to the plain face and back: the same visit at the same place, with
// what was typed except secrets, and the same settings and time limits.
func TestPlainFaceAndBack(t *testing.T) {
	for name, c := range map[string]struct {
		come       func(*visitor)
		finds, not []string
	}{
		"home":     {func(v *visitor) {}, []string{"▶ 1  Account activeren"}, nil},
		"a form":   {func(v *visitor) { v.press("2"); v.fills("csmit80"); v.types("Sterk") }, []string{"Gebruikersnaam   [ csmit80 ", "▶ Wachtwoord"}, []string{"•"}},
		"the menu": {func(v *visitor) { v.press("7") }, []string{"▶ 1  Account activeren"}, nil},
		"help":     {func(v *visitor) { v.press("2", "f1") }, []string{"Gebruikersnaam   ["}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			atKiosk(t, Options{Handover: &handover.Relay{}}, func(v *visitor) {
				v.press("f2", "f7")
				c.come(v)
				visit := v.app.visit
				given := v.goesPlain()
				if given.Visit != visit || !given.Idle.HasVisitor() {
					t.Errorf("it gives %+v", given)
				}
				v.comesBack(given)
				if v.app.visit != visit || v.app.themeName == theme.Normal || !v.app.visit.IsSlow {
					t.Error("it is another visit")
				}
				v.sees(c.finds...)
				v.seesNo(c.not...)
			})
		})
	}
}

// TestAidsKept checks that the on-screen keyboard and the choice that a repeated key counts once are as before after the plain face, and
// that the next visitor has neither.
func TestAidsKept(t *testing.T) {
	atKiosk(t, Options{Handover: &handover.Relay{}}, func(v *visitor) {
		v.press("7")
		v.clicks("Dubbele toetsen")
		v.sees("Nu: dezelfde toets telt pas na een tel")
		v.press("esc", "2", "f11")
		v.sees("[ q ]")
		v.comesBack(v.goesPlain())
		v.sees("[ q ]")
		v.clicks("sluiten")
		v.comesBack(v.goesPlain())
		v.clicks("Wachtwoord")
		v.seesNo("[ q ]")
		v.press("esc", "7")
		v.sees("Nu: dezelfde toets telt pas na een tel")
		v.comesBack(&handover.Visit{})
		v.press("2")
		v.clicks("Gebruikersnaam")
		v.sees("[ q ]")
		v.press("esc", "7")
		v.sees("Nu: tellen gewoon mee")
	})
}

// TestTimeGoesOn checks that the time of a visit goes on through both ways, and does not begin anew.
func TestTimeGoesOn(t *testing.T) {
	atKiosk(t, Options{Handover: &handover.Relay{}}, func(v *visitor) {
		v.logsIn()
		limit := v.app.desk.Settings.Visit
		spend := func(d time.Duration) {
			for range int(d / (100 * time.Second)) {
				v.waits(100 * time.Second)
				v.seesNo("Ben je er nog?")
				v.press("f7")
			}
		}
		spend(limit - 300*time.Second)
		v.comesBack(v.goesPlain())
		spend(200 * time.Second)
		v.waits(105 * time.Second)
		v.sees("Ben je er nog?")
	})
}

// kept are frames that look the same after going to the plain face and back.
var kept = []string{
	"home_logged_in", "products", "product", "requesting", "personal", "security", "details", "activity", "contact",
	"activate", "activate_add", "activate_choose", "activate_done", "log_in_wrong", "log_in_stored", "request_number_2", "request_account_2",
	"change_email_code", "change_email_late", "change_email_done", "call_back", "call_back_written", "call_back_asked", "add_product_done",
	"log_in_app", "log_in_app_paused", "pair_phone_wait", "pair_phone_number", "phones", "visit_ended_in_flow",
}

// TestFramesKept checks that nothing of a screen is lost on the way to the plain face and back, in each language.
func TestFramesKept(t *testing.T) {
	for _, name := range kept {
		for _, language := range []text.Language{text.Dutch, text.English} {
			t.Run(name+"."+string(language), func(t *testing.T) {
				t.Parallel()
				atKiosk(t, Options{Language: language, Handover: &handover.Relay{}}, func(v *visitor) {
					frames[name](v)
					before := v.screen()
					v.comesBack(v.goesPlain())
					if after := v.screen(); after != before {
						t.Errorf("before\n%s\nafter\n%s", before, after)
					}
				})
			})
		}
	}
}

// TestNothingAfterHandover checks that the full screen does nothing more with a visit that it has given: no key, no timeout and no
// end of the kiosk.
func TestNothingAfterHandover(t *testing.T) {
	atKiosk(t, Options{Handover: &handover.Relay{}}, func(v *visitor) {
		v.logsIn()
		v.press("ctrl+e", "right")
		v.send(keys.PressByName("enter"))
		v.press("f4", "esc", "1", "ctrl+l")
		v.waits(time.Hour)
		given := v.givesVisit()
		if !given.Visit.LoggedIn() || given.Language != text.Dutch {
			t.Errorf("the full screen has changed the visit: %+v", given)
		}
		if got := loggedOut(v); got != 0 {
			t.Errorf("%d times logged out", got)
		}
	})
}

// loggedOut returns how many logouts are in the audit log.
func loggedOut(v *visitor) (count int) {
	v.Helper()
	synctest.Wait()
	if err := v.app.desk.Store.View(context.Background(), func(tx *store.Tx) error {
		for e := range auditlog.AllEntries(tx) {
			if e.Flow == flow.VisitEndFlow {
				count++
			}
		}
		return nil
	}); err != nil {
		v.Fatal(err)
	}
	return count
}

// TestFaultKeepsNoVisit checks that a kiosk that ends by a fault ends the visit itself.
func TestFaultKeepsNoVisit(t *testing.T) {
	atKiosk(t, Options{Handover: &handover.Relay{}}, func(v *visitor) {
		v.logsIn()
		v.press("ctrl+e", "right")
		v.send(keys.PressByName("enter"))
		if err := v.app.endRun(ErrProgramFault); err == nil || v.app.options.Handover.HasVisit() {
			t.Error("a visit goes on after a fault")
		}
		v.app.Close()
		if got := loggedOut(v); got != 1 {
			t.Errorf("%d times logged out", got)
		}
	})
}

// TestEndsWherePlainBegan checks that a visit that came from the plain face ends there: by idleness, by logging out, and without
// a customer.
func TestEndsWherePlainBegan(t *testing.T) {
	for name, c := range map[string]struct {
		logsIn   bool
		leave    func(*visitor)
		farewell string
		outs     int
	}{
		"idle":     {true, func(v *visitor) { v.waits(5 * time.Minute) }, "Je was even weg.", 1},
		"log out":  {true, func(v *visitor) { v.press("f4") }, "Je bent uitgelogd. Tot ziens!", 1},
		"stranger": {false, func(v *visitor) { v.waits(5 * time.Minute) }, "", 0},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				relay := &handover.Relay{}
				desk := screentest.NewDesk(t)
				app := New(t.Context(), desk, Options{Handover: relay})
				v := newVisitor(t, app)
				v.resize(80, 24)
				v.press("f6", "f6")
				if c.logsIn {
					v.logsIn()
				}
				given := v.goesPlain()
				relay.Give(*given)
				steps := 0
				lines := func() error {
					relay.Give(*given)
					return nil
				}
				screens := func() error {
					steps++
					v.app = New(t.Context(), desk, Options{Handover: relay})
					v.resize(80, 24)
					v.do(v.app.startCmd) // Init would wait for the first tick too.
					c.leave(v)
					ended := v.givesVisit()
					if ended.Visit != nil || !startsWith(ended.Farewell, c.farewell) {
						t.Errorf("it ends with %+v", ended)
					}
					return nil
				}
				_, _ = relay.Run(screens, lines, true, func() {})
				if got := loggedOut(v); got != c.outs || steps != 1 {
					t.Errorf("%d times logged out", got)
				}
			})
		})
	}
}

// startsWith reports whether a Dutch text begins with some words.
func startsWith(t text.Text, words string) bool {
	return len(t.NL) >= len(words) && t.NL[:len(words)] == words && (words != "" || t.NL == "")
}

// TestEndedOnPlainFace checks that the full screen after a visit that ended on the plain face belongs to the next visitor, with the
// goodbye of the last one, or with the attract screen if nothing is to be said.
func TestEndedOnPlainFace(t *testing.T) {
	atKiosk(t, Options{WalkIn: true, Handover: &handover.Relay{}}, func(v *visitor) {
		v.press("x", "ctrl+l", "ctrl+t")
		v.logsIn()
		visit := v.goesPlain().Visit
		v.comesBack(&handover.Visit{Farewell: words.LeaveTextsForVisit(visit).Left, IgnoreUntil: time.Now().Add(2 * time.Second)})
		v.sees("Waarmee kunnen we je helpen?", "Je bent uitgelogd. Tot ziens!")
		v.press("2")
		v.sees("Waarmee kunnen we je helpen?")
		if v.app.visit == visit || v.app.visit.LoggedIn() || v.app.themeName != theme.Normal {
			t.Error("the next visitor gets the visit of the last one")
		}
		v.waits(20 * time.Second)
		v.sees("om te beginnen")
	})
	atKiosk(t, Options{WalkIn: true, Handover: &handover.Relay{}}, func(v *visitor) {
		v.press("x", "2")
		v.goesPlain()
		v.comesBack(&handover.Visit{})
		v.sees("om te beginnen")
	})
}

// TestSpeechAroundPlainFace checks that speech says how to come back before it falls silent, and that it reads out the screen to which
// the visitor comes back, at the same speed.
func TestSpeechAroundPlainFace(t *testing.T) {
	atSpeakingKiosk(t, Options{Handover: &handover.Relay{}}, func(v *visitor, service *speechtest.Service) {
		heard := func() (all string) { // No tick of a full screen that is left makes time pass.
			time.Sleep(2 * time.Minute)
			for _, said := range service.Texts() {
				all += said.Text + "\n"
			}
			return all
		}
		volume := func() string {
			texts := service.Texts()
			return texts[len(texts)-1].Volume
		}
		v.press("f5", "ctrl+v", "ctrl+b", "2")
		heard()
		before, chosen := len(heard()), volume()
		given := v.goesPlain()
		if speech := given.FullScreen.Speech; !speech.IsOn || speech.RateIndex == 0 || speech.Volume == 0 || chosen == "" {
			t.Errorf("speech is given as %+v", speech)
		}
		checkSeen(v.T, heard()[before:], true, []string{"Dit loket leest daar niet voor.", "op Enter om terug te gaan"})
		before = len(heard())
		v.comesBack(given)
		checkSeen(v.T, heard()[before:], true, []string{"Inloggen", "Gebruikersnaam"})
		checkSeen(v.T, heard()[before:], false, []string{"Voorlezen staat aan"})
		if volume() != chosen {
			t.Errorf("the volume was %s, and becomes %s", chosen, volume())
		}
		v.press("f5")
		v.comesBack(v.goesPlain())
		v.press("f5")
		if heard(); volume() != chosen {
			t.Errorf("turned off meanwhile, the volume was %s, and becomes %s", chosen, volume())
		}
		v.goesPlain()
		v.comesBack(&handover.Visit{})
		before = len(heard())
		v.press("1")
		if said := heard()[before:]; said != "" {
			t.Errorf("the next visitor hears %q", said)
		}
		v.press("f5")
		if heard(); volume() == chosen || service.Texts()[len(service.Texts())-1].Rate == "-30" {
			t.Errorf("the next visitor hears the volume %s", volume())
		}
	})
}
