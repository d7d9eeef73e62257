package ui

import (
	"sync"
	"testing"
	"time"

	"loket/flows"
	"loket/flows/passkey/passkeytest"
	"loket/flows/place"
	"loket/flows/text"
	"loket/ui/screen/screentest"
)

// frames maps the name of each screen of the kiosk to the function that takes a visitor there.
var frames = map[string]func(*visitor){
	"home":           func(v *visitor) {},
	"products":       func(v *visitor) { v.logsIn() },
	"product":        func(v *visitor) { v.logsIn(); v.press("1") },
	"home_logged_in": func(v *visitor) { v.logsIn(); v.press("esc") },
	"home_farewell":  func(v *visitor) { v.logsIn(); v.press("esc", "6") },
	"forgotten":      func(v *visitor) { v.press("3", "down") },

	"activate":           func(v *visitor) { v.press("1") },
	"activate_problems":  func(v *visitor) { v.press("1"); v.fills("48162095773", "31-2-1961", "") },
	"activate_unknown":   func(v *visitor) { v.press("1"); v.fills("481620957733", "9-4-1962", "3511ab") },
	"activate_expired":   func(v *visitor) { v.activates("481620950000", "9-4-1961") },
	"activate_used":      func(v *visitor) { v.spoils(bergs, usedUp); v.activates(bergs, "9-4-1961") },
	"activate_replaced":  func(v *visitor) { v.spoils(bergs, replaced); v.activates(bergs, "9-4-1961") },
	"activate_withdrawn": func(v *visitor) { v.gets("K1", "P2"); v.withdraws(); v.activates(fresh, "1-2-1980") },
	"activate_abroad":    func(v *visitor) { v.press("1", "up", "enter") },
	"activate_needless":  func(v *visitor) { v.gets("K1", ""); v.activates(fresh, "1-2-1980") },
	"activate_raced": func(v *visitor) {
		v.chooses()
		v.spoils(bergs, usedUp)
		v.fills("abvdberg", "Goed-gekozen1", "Goed-gekozen1")
	},
	"activate_too_slow": func(v *visitor) {
		v.chooses()
		time.Sleep(time.Hour)
		v.fills("abvdberg", "Goed-gekozen1", "Goed-gekozen1")
	},
	"activate_add": func(v *visitor) { v.gets("K1", "P2"); v.activates(fresh, "1-2-1980") },
	"activate_added": func(v *visitor) {
		v.gets("K1", "P2")
		v.activates(fresh, "1-2-1980")
		v.fills("csmit80", "Sterk-wacht1")
	},
	"activate_temporary": func(v *visitor) {
		v.gets("K2", "P2")
		v.activates(fresh, "1-2-1980")
		v.fills("vossen", "bcdf ghjk lmnp")
	},
	"activate_choose":      func(v *visitor) { v.chooses() },
	"activate_typing":      func(v *visitor) { v.chooses(); v.fills("abvdberg"); v.types("abcë €") },
	"activate_revealed":    func(v *visitor) { v.chooses(); v.fills("abvdberg"); v.types("Goed-gekozen1"); v.press("ctrl+r") },
	"activate_not_chosen":  func(v *visitor) { v.chooses(); v.fills("ab", "kort", "anders") },
	"activate_done":        func(v *visitor) { v.chooses(); v.fills("abvdberg", "Goed-gekozen1", "Goed-gekozen1") },
	"log_in":               func(v *visitor) { v.press("2") },
	"log_in_wrong":         func(v *visitor) { v.press("2"); v.fills("csmit80", "Sterk-wacht2") },
	"log_in_too_soon":      func(v *visitor) { v.press("2"); v.guesses(6) },
	"log_in_waiting":       func(v *visitor) { v.press("2"); v.awaits() },
	"log_in_choose":        func(v *visitor) { v.press("2"); v.fills("vossen", "bcdf ghjk lmnp") },
	"log_in_stored":        func(v *visitor) { v.press("2"); v.fills("vossen", "bcdf ghjk lmnp", "Goed-gekozen1", "Goed-gekozen1") },
	"forgotten_password":   func(v *visitor) { v.press("3", "1") },
	"forgotten_password_2": func(v *visitor) { v.press("3", "1"); v.fills("csmit80", "1-2-1980", "3511AB") },
	"forgotten_username":   func(v *visitor) { v.press("3", "2") },
	"forgotten_username_2": func(v *visitor) { v.press("3", "2"); v.fills("1-2-1980", "3511AB", "14", "nl22 nnba 0123 4567 89") },
	"requesting":           func(v *visitor) { v.press("4") },
	"request_number_print": func(v *visitor) { v.press("4", "1", "up", "enter") },
	"request_number":       func(v *visitor) { v.press("4", "1") },
	"request_number_2":     func(v *visitor) { v.press("4", "1"); v.fills("9-4-1961", "3511AB", "14") },
	"request_account":      func(v *visitor) { v.press("4", "2") },
	"request_account_2":    func(v *visitor) { v.press("4", "2"); v.fills("9-4-1961", "3511AB", "14") },
	"personal":             func(v *visitor) { v.settings() },
	"security":             func(v *visitor) { v.settings("1") },
	"change_username":      func(v *visitor) { v.settings("1", "1") },
	"change_username_2":    func(v *visitor) { v.settings("1", "1"); v.fills("carla.smit", "Sterk-wacht1") },
	"change_password":      func(v *visitor) { v.settings("1", "2") },
	"change_password_no":   func(v *visitor) { v.settings("1", "2"); v.fills("Sterk-wacht2", "Nog-sterker-2", "Nog-sterker-2") },
	"change_password_2":    func(v *visitor) { v.changesPassword() },
	"activity_more": func(v *visitor) {
		v.changesPassword()
		v.press("esc", "3", "2", "2")
		v.fills("0612345678", "Nog-sterker-2")
		v.press("esc", "3", "1", "3")
	},
	"activity":             func(v *visitor) { v.settings("1", "3") },
	"details":              func(v *visitor) { v.settings("2") },
	"details_pending":      func(v *visitor) { v.changesEmail(); v.press("esc", "right", "enter") },
	"change_email":         func(v *visitor) { v.settings("2", "1") },
	"change_email_wrong":   func(v *visitor) { v.settings("2", "1"); v.fills("smit@example.org", "Sterk-wacht1") },
	"change_email_code":    func(v *visitor) { v.changesEmail() },
	"change_email_late":    func(v *visitor) { v.changesEmail(); v.lateCode() },
	"change_email_done":    func(v *visitor) { v.changesEmail(); v.fills(v.code()) },
	"confirm_email":        func(v *visitor) { v.confirms() },
	"confirm_email_wrong":  func(v *visitor) { v.confirms(); v.fills("00000000") },
	"confirm_email_late":   func(v *visitor) { v.confirms(); v.lateCode() },
	"confirm_email_done":   func(v *visitor) { v.confirms(); v.fills(v.code()) },
	"change_phone":         func(v *visitor) { v.settings("2", "2") },
	"change_phone_wrong":   func(v *visitor) { v.settings("2", "2"); v.fills("12", "Sterk-wacht1") },
	"change_phone_2":       func(v *visitor) { v.settings("2", "2"); v.fills("0612345678", "Sterk-wacht1") },
	"change_language":      func(v *visitor) { v.settings("2", "3") },
	"change_language_down": func(v *visitor) { v.settings("2", "3", "down") },
	"change_language_2":    func(v *visitor) { v.settings("2", "3", "right", "enter") },
	"change_print":         func(v *visitor) { v.settings("2", "4") },
	"change_print_2":       func(v *visitor) { v.settings("2", "4", "right", "enter") },
	"home_app":             func(v *visitor) { v.hasApp() },
	"home_out_of_reach":    func(v *visitor) { v.hasNoApp() },
	"security_app":         func(v *visitor) { v.hasApp(); v.settings("1") },
	"security_phones":      func(v *visitor) { v.hasPhone(); v.settings("1") },
	"log_in_app":           func(v *visitor) { v.hasApp(); v.press("3"); v.waits(13 * time.Second) },
	"log_in_app_elsewhere": func(v *visitor) { v.hasAppAt(farPage); v.press("3") },
	"log_in_app_far":       func(v *visitor) { v.hasAppAt(farPage + "/loket/balie"); v.press("3") },
	"log_in_app_paused":    func(v *visitor) { v.hasApp(); v.meanwhile(pauses); v.press("3") },
	"log_in_app_declined":  func(v *visitor) { v.logsInByPhone(v.hasPhone(), refusing) },
	"log_in_app_wrong":     func(v *visitor) { v.logsInByPhone(v.hasPhone(), mistaking) },
	"log_in_app_late":      func(v *visitor) { v.hasApp(); v.press("3"); v.waits(2*time.Minute + time.Second) },
	"log_in_app_no":        func(v *visitor) { v.hasNoApp(); v.press("3"); v.ends(place.LogInWithApp) },
	"log_in_app_done":      func(v *visitor) { v.logsInByPhone(v.hasPhone(), finding) },
	"pair_phone":           func(v *visitor) { v.hasApp(); v.settings("1", "3") },
	"pair_phone_wait":      func(v *visitor) { v.begins() },
	"pair_phone_number":    func(v *visitor) { v.begins(); v.comes(passkeytest.New(), nil) },
	"pair_phone_done":      func(v *visitor) { v.pairs(passkeytest.New()) },
	"pair_phone_wrong":     func(v *visitor) { v.begins(); v.comes(passkeytest.New(), nil); v.fills("1x", "1") },
	"pair_phone_failed":    func(v *visitor) { v.begins(); v.waits(5*time.Minute + time.Second) },
	"pair_phone_full":      func(v *visitor) { v.hasPhone(); v.app.desk.Settings.AppPhones = 1; v.begins() },
	"pair_phone_no":        func(v *visitor) { v.hasNoApp(); v.settings("1", "3"); v.ends(place.PairPhone) },
	"pair_phone_other":     func(v *visitor) { v.begins(); v.fills(other(v.comes(passkeytest.New(), nil).Number), "") },
	"phones_none":          func(v *visitor) { v.hasApp(); v.settings("1", "4"); v.endsOnward(place.PairedPhones) },
	"phones":               func(v *visitor) { v.hasPhone(); v.settings("1", "4") },
	"phones_removed":       func(v *visitor) { v.hasPhone(); v.settings("1", "4"); v.fills("Sterk-wacht1") },
	"phones_gone": func(v *visitor) {
		v.hasPhone()
		v.settings("1", "4")
		v.meanwhile(unpairs)
		v.fills("Sterk-wacht1")
	},
	"visit_ended": func(v *visitor) { v.losesVisit() },
	"visit_ended_in_flow": func(v *visitor) {
		v.settings("2", "2")
		v.elsewhere((*visitor).changesPassword)
		v.fills("0612345678", "Sterk-wacht1")
	},
	"add_product_done":      func(v *visitor) { v.gets("K1", "P2"); v.adds() },
	"add_product_unknown":   func(v *visitor) { v.adds() },
	"add_product_used":      func(v *visitor) { v.addsSpoilt(usedUp) },
	"add_product_expired":   func(v *visitor) { v.addsSpoilt(ranOut) },
	"add_product_withdrawn": func(v *visitor) { v.gets("K1", "P2"); v.withdraws(); v.adds() },
	"add_product_replaced":  func(v *visitor) { v.addsSpoilt(replaced) },
	"add_product_needless":  func(v *visitor) { v.gets("K1", ""); v.adds() },
	"add_product":           func(v *visitor) { v.logsIn(); v.press("esc", "2") },

	"contact":           func(v *visitor) { v.press("6") },
	"contact_scrolled":  func(v *visitor) { v.press("6", "pgdown") },
	"questions":         func(v *visitor) { v.press("5") },
	"questions_last":    func(v *visitor) { v.press("5", "pgdown", "pgdown", "pgdown", "pgdown", "pgdown", "pgdown", "pgdown") },
	"questions_nothing": func(v *visitor) { v.press("5"); v.types("qq") },
	"answer":            func(v *visitor) { v.press("5", "down", "down", "enter") },
	"questions_found":   func(v *visitor) { v.press("5"); v.types("pasword") },
	"answer_found":      func(v *visitor) { v.press("5"); v.types("partner"); v.press("enter") },
	"answer_private":    func(v *visitor) { v.logsIn(); v.press("esc", "4"); v.types("username"); v.press("down", "enter") },
	"call_back":         func(v *visitor) { v.press("6", "enter") },
	"call_back_written": func(v *visitor) { v.press("6", "enter", "up", "enter") },
	"call_back_answer": func(v *visitor) {
		v.press("6", "enter", "up", "enter")
		v.fills("Jo", "", "jo@example.org", "", "Kan dat?")
	},
	"call_back_problems": func(v *visitor) { v.press("6", "enter"); v.fillsForm("", "12") },
	"call_back_choosing": func(v *visitor) { v.press("6", "enter", "down", "down", "down", "down", "down") },
	"call_back_asked":    func(v *visitor) { v.press("6", "enter"); v.fillsForm("Jo de Boer", "0612345678") },
	"help":               func(v *visitor) { v.press("ctrl+g") },
	"help_form":          func(v *visitor) { v.press("1", "ctrl+g") },
	"assistance":         func(v *visitor) { v.press("7") },
	"kept":               func(v *visitor) { v.press("7", "5") },
	"keyboard":           func(v *visitor) { v.press("2", "f11") },
	"keyboard_digits":    func(v *visitor) { v.press("1", "f11") },
	"keyboard_signs":     func(v *visitor) { v.press("2", "f11"); v.clicks("!?é") },
	"keyboard_marked":    func(v *visitor) { v.press("2"); v.fills("csmit80"); v.press("f11", "down", "right", "down") },
	"keyboard_questions": func(v *visitor) { v.press("5", "f11") },

	"dialog_leave": func(v *visitor) { v.press("1"); v.types("4816"); v.press("esc") },
	"dialog_stop":  func(v *visitor) { v.press("ctrl+c") },
	"dialog_idle":  func(v *visitor) { v.press("1"); v.types("4816"); v.waits(70 * time.Second) },
	"dialog_long":  func(v *visitor) { v.keepsBusy(20*time.Minute + 10*time.Second) },
	"apology":      func(v *visitor) { v.app.openScreen(&failing{}); v.press("x") },
}

// TestFrames compares every screen with golden files, on a terminal of 80 by 24, in both languages, including every step of
// every flow.
func TestFrames(t *testing.T) {
	var all int
	var shown sync.Map // shown has the names of the steps that were shown.
	t.Run("of", func(t *testing.T) {
		for name, come := range frames {
			for _, language := range []text.Language{text.Dutch, text.English} {
				t.Run(name+"."+string(language), func(t *testing.T) {
					all++
					t.Parallel()
					atKiosk(t, Options{Language: language}, func(v *visitor) {
						come(v)
						pictured(t, name+"."+string(language), v.screen())
						if v.flow != nil {
							shown.Store(v.flow.Name+": "+string(v.flow.State()), true)
						}
					})
				})
			}
		}
	})
	if all < 2*len(frames) {
		return // The test was run for only some of the frames.
	}
	for _, step := range stepsToShow(t) {
		if _, is := shown.Load(step); !is {
			t.Errorf("no frame shows step %q", step)
		}
	}
}

// stepsToShow returns the name of every step that a visitor can see.
func stepsToShow(t *testing.T) (names []string) {
	visit := screentest.LoggedInVisit(t)
	overs := map[string]bool{}
	for _, f := range flows.FlowPlaces() {
		if f.RunsOnPhone {
			continue
		}
		flow := f.Begin(visit)
		for state, step := range flow.Steps {
			switch {
			case step.AutoSubmit: // The flow leads to another screen at once.
			case state == "visit over", state == "visit ended": // These steps are the same in every flow.
				overs[string(state)] = true
			default:
				names = append(names, flow.Name+": "+string(state))
			}
		}
	}
	if len(overs) != 2 {
		t.Errorf("the steps that every flow has are %v", overs)
	}
	return append(names, "activate: visit over", "change telephone: visit ended")
}

// skipUnderRace skips a test that draws all frames many times in one goroutine. With the race detector it would take minutes, and
// the detector sees the same code in TestFrames.
func skipUnderRace(t *testing.T) {
	t.Helper()
	if raceEnabled {
		t.Skip("draws all frames again, in one goroutine")
	}
}
