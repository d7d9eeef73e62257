package ui

import (
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"loket/flows"
	"loket/flows/clock"
	"loket/flows/golden"
	"loket/flows/place"
	"loket/flows/text"
	"loket/ui/screen/screentest"
	"loket/ui/speech"
	"loket/ui/speech/speechtest"
)

// atSpeakingKiosk runs a test of a kiosk that can speak.
func atSpeakingKiosk(t *testing.T, o Options, test func(*visitor, *speechtest.Service)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		service := &speechtest.Service{Volume: 100}
		o.Speaker = speech.New(clock.New(), slog.New(slog.DiscardHandler), service.Dial)
		defer service.Stop()
		defer o.Speaker.Close()
		app := New(t.Context(), screentest.NewDesk(t), o)
		defer app.Close()
		v := newVisitor(t, app)
		v.resize(80, 24)
		test(v, service)
	})
}

// listensOut waits until speech has ended.
func (v *visitor) listensOut() {
	for synctest.Wait(); v.app.options.Speaker.IsSpeaking(); synctest.Wait() {
		v.waits(time.Second)
	}
}

// spokenAfter returns what is spoken because of some steps, and not before them.
func spokenAfter(v *visitor, service *speechtest.Service, steps func()) string {
	v.listensOut()
	before := len(service.Texts())
	steps()
	v.listensOut()
	var all []string
	for _, said := range service.Texts()[before:] {
		all = append(all, said.Text)
	}
	return strings.Join(all, "\n")
}

// spokenFlows are the frames to which a visitor comes who listens: every flow to its end, and what lies around them.
var spokenFlows = []string{
	"home", "products", "product", "home_farewell", "activate_problems", "activate_abroad", "activate_not_chosen", "activate_done", "activate_added",
	"log_in_wrong", "log_in_stored", "log_in_app_done", "log_in_app_declined", "forgotten_password_2", "forgotten_username_2", "request_number_2",
	"request_account_2", "change_username_2", "change_password_2", "change_email_done", "confirm_email_wrong", "change_phone_2", "change_language_2", "change_print_2", "request_number_print",
	"pair_phone_done", "phones_removed", "add_product_done", "call_back_asked", "contact", "questions_found", "answer_found", "details", "activity",
	"assistance", "kept", "help_form", "dialog_leave", "dialog_idle",
}

// TestSpokenFlows writes down what is spoken, and when, for a visitor who turns speech on at home and goes through each flow in
// each language. On a headset it is everything but secrets; on a loudspeaker nothing personal either.
func TestSpokenFlows(t *testing.T) {
	var all atomic.Int32
	var heard sync.Map // heard has the names of the flows that were read out.
	t.Run("of", func(t *testing.T) {
		for _, name := range spokenFlows {
			for _, language := range []text.Language{text.Dutch, text.English} {
				t.Run(name+"."+string(language), func(t *testing.T) {
					t.Parallel()
					all.Add(1)
					loudspeaker := listenTo(t, name, Options{Language: language}, &heard)
					headset := listenTo(t, name, Options{Language: language, IsHeadset: true}, &heard)
					checkUnheard(t, loudspeaker, personalWords)
					checkUnheard(t, loudspeaker+headset, secretWords)
					golden.CompareWithFile(t, "testdata/speech/"+name+"."+string(language)+".txt", "On a loudspeaker\n\n"+loudspeaker+"\nOn a headset\n\n"+headset)
				})
			}
		}
	})
	if int(all.Load()) < 2*len(spokenFlows) {
		return // The test was run for only some of the flows.
	}
	for _, f := range flows.FlowPlaces() {
		if _, is := heard.Load(string(f.ID)); !is && !f.RunsOnPhone && f.ID != place.LogOut {
			t.Errorf("nobody hears the flow %s", f.ID)
		}
	}
}

// listenTo goes to a frame, listening to the end of each text, and returns the transcript. It records which flow was heard last.
func listenTo(t *testing.T, frame string, o Options, heard *sync.Map) (transcript string) {
	atSpeakingKiosk(t, o, func(v *visitor, service *speechtest.Service) {
		began := time.Now()
		v.press("ctrl+p")
		v.listens = true
		frames[frame](v)
		v.listensOut()
		if v.flow != nil {
			heard.Store(v.flow.Name, true)
		}
		transcript = transcribe(began, service.Texts())
	})
	return transcript
}

// transcribe returns texts with the time from began at which each one begins, in minutes and seconds. Single characters that
// were typed one after the other are on one line.
func transcribe(began time.Time, texts []speechtest.Text) string {
	var b strings.Builder
	for i := 0; i < len(texts); i++ {
		said, count := texts[i], 1
		for i+1 < len(texts) && texts[i+1].Text == said.Text && said.Spelling == "off" {
			i, count = i+1, count+1
		}
		at := said.Begin.Sub(began).Round(time.Second)
		fmt.Fprintf(&b, "%02d:%02d ", int(at.Minutes()), int(at.Seconds())%60)
		if said.Spelling == "on" {
			b.WriteString("(spelt) ")
		}
		if said.Spelling == "on" && strings.Contains("0123456789", said.Text) {
			said.Text = "0" // The codes in e-mails are random.
		}
		b.WriteString(strings.ReplaceAll(said.Text, "\n", "\n      "))
		if count > 1 {
			fmt.Fprintf(&b, " (%d×)", count)
		}
		if said.IsCancelled {
			b.WriteString(" (interrupted)")
		}
		b.WriteString("\n")
	}
	return b.String()
}

// personalWords are words about the customers of the test that no bystander may hear.
var personalWords = []string{"Smit", "csmit80", "Vossen", "vossen", "14.206", "1 4 . 2 0 6", "Internetsparen", "NNBA", "smit@example", "carla", "3511", "3 5 1 1", "1980", "Jo de Boer", "0612345678", "bellen je op 0 6", "je voortaan op 0 6", "will call 0 6", "call you on 0 6"}

// secretWords are secrets that nobody may hear.
var secretWords = []string{"Sterk-wacht1", "Goed-gekozen1", "bcdf", "Nog-sterker"}

// checkUnheard checks that none of some words is spoken.
func checkUnheard(t *testing.T, spoken string, words []string) {
	t.Helper()
	for _, word := range words {
		if strings.Contains(spoken, word) {
			t.Errorf("%q is heard in\n%s", word, spoken)
		}
	}
}

// TestSpeechInAForm checks that speech goes on and off in the middle of a form, in the same visit, and that nothing typed is
// lost. Then nothing is spoken.
func TestSpeechInAForm(t *testing.T) {
	atSpeakingKiosk(t, Options{IsHeadset: true}, func(v *visitor, service *speechtest.Service) {
		v.press("2")
		v.types("csmi")
		heard := spokenAfter(v, service, func() { v.press("f5") })
		for _, want := range []string{"Voorlezen staat aan.", "Inloggen.\nGebruikersnaam.\ncsmi."} {
			if !strings.Contains(heard, want) {
				t.Errorf("%q is not spoken:\n%s", want, heard)
			}
		}
		v.types("t80")
		v.press("f5")
		v.sees("csmit80")
		if heard := spokenAfter(v, service, func() { v.press("down", "up"); v.types("x") }); heard != "" {
			t.Errorf("speech is off, and is spoken %q", heard)
		}
		v.press("backspace")
		v.fills("", "Sterk-wacht1")
		v.sees("Internetsparen")
	})
}

// TestSpeechKeys checks that any key interrupts, and the keys that repeat, spell, and change the speed and the volume.
func TestSpeechKeys(t *testing.T) {
	atSpeakingKiosk(t, Options{IsHeadset: true}, func(v *visitor, service *speechtest.Service) {
		v.press("f5")
		synctest.Wait()
		v.press("down")
		synctest.Wait()
		if texts := service.Texts(); !texts[0].IsCancelled || !strings.HasPrefix(texts[len(texts)-1].Text, "Inloggen.") {
			t.Errorf("the arrow did not interrupt: %+v", texts)
		}
		if heard := spokenAfter(v, service, func() { v.press("insert") }); !strings.HasPrefix(heard, "Inloggen.") {
			t.Errorf("repeated as %q", heard)
		}
		v.press("insert")
		v.listensOut()
		if texts := service.Texts(); texts[len(texts)-1].Spelling != "on" || texts[len(texts)-1].Text != "Inloggen" {
			t.Errorf("spelt as %+v", texts[len(texts)-1])
		}
		if heard := spokenAfter(v, service, func() { v.press("insert") }); !strings.HasPrefix(heard, "Inloggen.") {
			t.Errorf("repeated after spelling as %q", heard)
		}
		for _, want := range []string{"-30 Langzaam.", "-60 Heel langzaam.", "60 Heel snel.", "30 Snel.", "0 Gewone snelheid."} {
			v.press("ctrl+v")
			v.listensOut()
			texts := service.Texts()
			if last := texts[len(texts)-1]; last.Rate+" "+last.Text != want {
				t.Errorf("spoke %s %s, not %s", last.Rate, last.Text, want)
			}
		}
		for _, c := range []struct{ key, want string }{{"ctrl+a", "Harder kan niet."}, {"ctrl+b", "26 Zachter."}, {"ctrl+b", "-20 Zachter."}, {"ctrl+a", "26 Harder."}} {
			v.press(c.key)
			v.listensOut()
			texts := service.Texts()
			if last := texts[len(texts)-1]; strings.TrimSpace(last.Volume+" "+last.Text) != c.want {
				t.Errorf("%s speaks %s %s, not %s", c.key, last.Volume, last.Text, c.want)
			}
		}
		for _, c := range []struct{ key, want string }{{"f2", "Neem de tijd. "}, {"f2", "Je krijgt weer de gewone tijd."}, {"f7", "weergave: hoog contrast"}} {
			if heard := spokenAfter(v, service, func() { v.press(c.key) }); !strings.HasPrefix(heard, c.want) {
				t.Errorf("%s speaks %q, not %q", c.key, heard, c.want)
			}
		}
		if heard := spokenAfter(v, service, func() { v.press("f6") }); !strings.HasPrefix(heard, "How can we help you?") {
			t.Errorf("in English: %q", heard)
		}
		if texts := service.Texts(); texts[len(texts)-1].Language != "en" {
			t.Error("the English text has the Dutch voice")
		}
	})
}

// TestSpeechInMenu checks that the menu with help turns speech on and off and changes its speed, without any special key.
func TestSpeechInMenu(t *testing.T) {
	atSpeakingKiosk(t, Options{}, func(v *visitor, service *speechtest.Service) {
		v.press("7")
		if heard := spokenAfter(v, service, func() { v.press("8") }); !strings.Contains(heard, "Voorlezen staat aan.") {
			t.Errorf("heard %q", heard)
		}
		if heard := spokenAfter(v, service, func() { v.press("9") }); !strings.Contains(heard, "Langzaam.") {
			t.Errorf("heard %q", heard)
		}
		v.press("8")
		if heard := spokenAfter(v, service, func() { v.press("down") }); heard != "" {
			t.Errorf("off, and heard %q", heard)
		}
	})
}

// TestSpeechStep checks that the arrows read a page passage by passage, where they move nothing else.
func TestSpeechStep(t *testing.T) {
	atSpeakingKiosk(t, Options{}, func(v *visitor, service *speechtest.Service) {
		v.press("f5", "f8")
		var heard []string
		for _, key := range []string{"down", "down", "up", "up", "up"} {
			heard = append(heard, spokenAfter(v, service, func() { v.press(key) }))
		}
		if heard[0] == heard[1] || heard[0] != heard[2] || heard[3] != "Hulp" || heard[4] != "Hulp" {
			t.Errorf("heard %q", heard)
		}
	})
}

// TestSpeechOnAttract checks that the key works on the attract screen, and that speech ends with the visit.
func TestSpeechOnAttract(t *testing.T) {
	atSpeakingKiosk(t, Options{WalkIn: true}, func(v *visitor, service *speechtest.Service) {
		v.sees("F5 voorlezen · read aloud")
		pictured(t, "attract.speech", v.screen())
		if heard := spokenAfter(v, service, func() { v.clicks("F5 ") }); !strings.Contains(heard, "F5 zet je het uit") || !strings.Contains(heard, "Waarmee kunnen we je helpen?") {
			t.Errorf("heard %q", heard)
		}
		v.logsIn()
		if heard := spokenAfter(v, service, func() { v.press("f4") }); !strings.HasSuffix(heard, "Je bent uitgelogd. Tot ziens!\nVoorlezen staat nu uit.") {
			t.Errorf("at the end is heard %q", heard)
		}
		if heard := spokenAfter(v, service, func() { v.waits(time.Minute); v.press("down", "1") }); heard != "" {
			t.Errorf("the next visitor hears %q", heard)
		}
	})
}

// TestSpeechOfASecret checks that a password is spoken only on a headset, and only after the visitor asked to see it.
func TestSpeechOfASecret(t *testing.T) {
	for isHeadset, shown := range map[bool]string{false: "Er staan 3 tekens.", true: "abc."} {
		atSpeakingKiosk(t, Options{IsHeadset: isHeadset}, func(v *visitor, service *speechtest.Service) {
			v.press("f5", "2", "down")
			if heard := spokenAfter(v, service, func() { v.listens = true; v.types("abc") }); heard != "teken\nteken\nteken" && heard != "teken.\nteken.\nteken." {
				t.Errorf("headset %t: typing is %q", isHeadset, heard)
			}
			if heard := spokenAfter(v, service, func() { v.press("insert", "insert") }); strings.Contains(heard, "abc") {
				t.Errorf("headset %t: repeating is %q", isHeadset, heard)
			}
			if heard := spokenAfter(v, service, func() { v.press("f10") }); isHeadset && heard != shown || !isHeadset && strings.Contains(heard, "abc") {
				t.Errorf("headset %t: showing is %q", isHeadset, heard)
			}
		})
	}
}

// TestSpeechLost checks that a service that stops in the middle of a visit is told on the screen, and that the visit goes on.
func TestSpeechLost(t *testing.T) {
	atSpeakingKiosk(t, Options{}, func(v *visitor, service *speechtest.Service) {
		v.press("f5", "2")
		v.types("csmit80")
		synctest.Wait()
		service.Stop()
		v.waits(2 * time.Second)
		v.sees("Het voorlezen is weggevallen", "csmit80")
		v.fills("", "Sterk-wacht1")
		v.sees("Internetsparen")
		if heard := spokenAfter(v, service, func() { v.press("f5") }); !strings.Contains(heard, "Voorlezen staat aan.") {
			t.Errorf("turned on again: %q", heard)
		}
		v.seesNo("weggevallen")
	})
}

// TestIdleAfterSpeech checks that the time before the idle warning, and the time to answer it, count from the end of speech.
func TestIdleAfterSpeech(t *testing.T) {
	atSpeakingKiosk(t, Options{}, func(v *visitor, service *speechtest.Service) {
		v.press("f5", "1", "f8") // Help takes over a minute and a half to read out.
		v.waits(90 * time.Second)
		v.seesNo("Ben je er nog?")
		v.listensOut()
		v.waits(59 * time.Second)
		v.seesNo("Ben je er nog?")
		v.waits(5 * time.Second)
		v.sees("Ben je er nog?")
		texts := service.Texts()
		if last := texts[len(texts)-1].Text; last != "Ben je er nog? Over 30 seconden sluit je bezoek. Druk op een toets." {
			t.Errorf("the warning is %q", last)
		}
		v.waits(20 * time.Second)
		v.sees("Ben je er nog?")
		v.waits(20 * time.Second)
		v.seesNo("Ben je er nog?")
	})
}

// TestNoSpeech checks that a desk without a speech service has no key for it.
func TestNoSpeech(t *testing.T) {
	atKiosk(t, Options{WalkIn: true}, func(v *visitor) {
		v.seesNo("F5")
		v.press("f5", "f5", "insert", "ctrl+v")
		v.seesNo("voorlezen", "F5")
		v.press("f8")
		v.seesNo("F5", "oorlezen")
	})
}
