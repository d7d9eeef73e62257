package ui

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"loket/flows"
	"loket/flows/place"
	"loket/flows/text"
	"loket/ui/keyboard"
	"loket/ui/keys"
	"loket/ui/screen"
	"loket/ui/words"
)

// A hand works a kiosk in another way than by a keyboard.
type hand struct {
	begin func(v *visitor)           // begin begins a visit at the attract screen.
	press func(v *visitor, x, y int) // press presses what is drawn at x, y.
}

var (
	finger    = &hand{begin: func(v *visitor) { touch(v, 10, 10) }, press: touch}
	oneSwitch = &hand{begin: (*visitor).holdsSwitch, press: scanTo}
)

// touch touches the screen.
func touch(v *visitor, x, y int) {
	time.Sleep(time.Second)
	v.send(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
}

// scanTo waits until what is drawn at x, y is lit, and presses the switch: first for its row, and then for the item itself.
func scanTo(v *visitor, x, y int) {
	v.Helper()
	for range 2 {
		isItem := v.waitsForLight(x, y)
		v.send(keys.PressByName("space"))
		if isItem {
			return
		}
	}
	v.Fatalf("the switch does not reach column %d of line %d of\n%s", x, y, v.screen())
}

// waitsForLight waits until what is drawn at x, y is lit. It reports whether nothing else is.
func (v *visitor) waitsForLight(x, y int) (isItem bool) {
	v.Helper()
	s, now := &v.app.aids.Scanner, time.Now()
	var question []screen.KeyZone
	if v.app.dialog != nil {
		question = v.app.dialog.Zones()
	}
	rows := v.app.viewport.ScanRows(question)
	for steps := range len(rows) + 20 {
		after := time.Duration(steps)*s.Pace() + s.Pace()/2
		for _, t := range s.LightAt(rows, now.Add(after)).Targets {
			if t.X <= x && x < t.X+t.Width && t.Y <= y && y < t.Y+t.Height {
				time.Sleep(after)
				v.send(tickMsg(time.Now()))
				return len(v.app.aids.Light.Targets) == 1
			}
		}
	}
	v.Fatalf("column %d of line %d never lights up on\n%s", x, y, v.screen())
	return false
}

// holdsSwitch holds the switch down until the desk notices.
func (v *visitor) holdsSwitch() {
	for !v.app.aids.Scanner.IsOn() {
		v.send(keys.PressByName("space"))
		time.Sleep(40 * time.Millisecond)
	}
}

// handles does with a hand what a key would do.
func (v *visitor) handles(press tea.KeyPressMsg) {
	v.Helper()
	if v.app.isAttractShown {
		v.hand.begin(v)
	}
	s := &v.app.viewport
	line, typed := v.app.typedLine()
	switch digit := keys.DigitOf(press); {
	case v.app.dialog != nil, typed && line.Name != "" && press.Text == "":
	case typed && press.Text != "":
		v.typesByHand(press.Text)
		return
	case digit > 0:
		choice := s.Choices[digit-1]
		v.hand.press(v, choice.X, choice.Y)
		return
	}
	find := func(press tea.KeyPressMsg) int {
		return slices.IndexFunc(s.Zones, func(z screen.KeyZone) bool { return z.Action == nil && sameKey(z.Key, press) })
	}
	at := find(press)
	if at < 0 && keys.Right.Matches(press) { // Down also moves between answers.
		at = find(keys.PressByName("down"))
	}
	if at < 0 {
		v.Fatalf("%s cannot be pressed on\n%s", press, v.screen())
	}
	v.hand.press(v, s.Zones[at].X, s.Zones[at].Y)
}

// sameKey reports whether two presses are presses of the same key.
func sameKey(a, b tea.KeyPressMsg) bool {
	return slices.ContainsFunc(keys.ExplainedKeys, func(key keys.Binding) bool { return !key.IsMoveGroup() && key.Matches(a) && key.Matches(b) }) || a.String() == b.String()
}

// typesByHand types a sign on the on-screen keyboard. It opens the keyboard by a press on the field, and looks for the sign among
// small letters, capitals and other signs.
func (v *visitor) typesByHand(sign string) {
	v.Helper()
	if !v.app.aids.IsKeyboardShown() {
		field := v.app.View().Cursor
		v.hand.press(v, field.X, field.Y)
	}
	for _, change := range []keyboard.Action{keyboard.ChangeCapitals, keyboard.ChangeSigns, keyboard.ChangeCapitals, keyboard.ChangeCapitals, keyboard.ChangeSigns} {
		for _, z := range v.app.viewport.Keyboard {
			if press, is := z.Action.(keyboard.Press); is && press.Text == sign {
				v.hand.press(v, z.X, z.Y)
				return
			}
		}
		at := slices.IndexFunc(v.app.viewport.Keyboard, func(z screen.KeyZone) bool { return z.Action == change })
		if at < 0 { // The keyboard has only digits.
			at = slices.IndexFunc(v.app.viewport.Keyboard, func(z screen.KeyZone) bool { return z.Action == keyboard.ChangeSigns })
		}
		if at < 0 {
			v.Fatalf("there is no keyboard on\n%s", v.screen())
		}
		v.hand.press(v, v.app.viewport.Keyboard[at].X, v.app.viewport.Keyboard[at].Y)
	}
	v.Fatalf("%q is not on the keyboard of\n%s", sign, v.screen())
}

// pressesContinue presses the button that submits a form, below what is visible of it.
func (v *visitor) pressesContinue() {
	v.Helper()
	button := "[ " + words.Continue.In(v.app.language) + " ]"
	for !strings.Contains(v.screen(), button) {
		v.press("pgdown")
	}
	y := v.line(button)
	before, _, _ := strings.Cut(strings.Split(v.screen(), "\n")[y], button)
	v.hand.press(v, lipgloss.Width(before), y)
}

// ended are the frames with the last step of each flow of visitors.
var ended = map[string]place.ID{
	"activate_done": place.Activate, "log_in_stored": place.LogIn, "forgotten_password_2": place.ForgottenPassword,
	"forgotten_username_2": place.ForgottenUsername, "request_number_2": place.RequestNumber, "request_account_2": place.RequestAccount,
	"change_username_2": place.ChangeUsername, "change_password_2": place.ChangePassword, "change_email_done": place.ChangeEmail,
	"confirm_email_done": place.ConfirmEmail, "change_phone_2": place.ChangeTelephone, "change_language_2": place.ChangeLanguage,
	"change_print_2":   place.ChangeLetterPrint,
	"add_product_done": place.AddProduct, "call_back_asked": place.CallBack, "log_in_app_done": place.LogInWithApp,
	"pair_phone_done": place.PairPhone, "phones_removed": place.PairedPhones,
}

// TestHands does every flow of visitors by touch alone and by one switch alone, and checks that it ends as it does by keyboard.
func TestHands(t *testing.T) {
	skipUnderRace(t)
	for _, p := range flows.FlowPlaces() {
		if !p.RunsOnPhone && !slices.Contains(slices.Collect(maps.Values(ended)), p.ID) {
			t.Errorf("no hand does %q", p.ID)
		}
	}
	for name := range ended {
		for _, language := range []text.Language{text.Dutch, text.English} {
			t.Run(name+"."+string(language), func(t *testing.T) {
				t.Parallel()
				byKeyboard := endedBy(t, name, language, nil)
				for tool, h := range map[string]*hand{"touch": finger, "switch": oneSwitch} {
					if by := endedBy(t, name, language, h); by != byKeyboard {
						t.Errorf("by %s it ends with %q, and by keyboard with %q", tool, by, byKeyboard)
					}
				}
			})
		}
	}
}

// endedBy does a flow by a hand, or by keyboard if the hand is nil. It returns the last step.
func endedBy(t *testing.T, name string, language text.Language, h *hand) (step string) {
	t.Helper()
	atKiosk(t, Options{WalkIn: h != nil, Language: language}, func(v *visitor) {
		v.hand = h
		frames[name](v)
		if !v.flow.Ended() {
			t.Errorf("%s goes on at %q", v.flow.Name, v.flow.State())
		}
		step = v.flow.Name + ": " + string(v.flow.State())
	})
	return step
}
