package ui

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"loket/flows/flow"
	"loket/ui/aids"
	"loket/ui/background"
	"loket/ui/form"
	"loket/ui/keys"
	"loket/ui/screen/screentest"
	"loket/ui/words"
)

// A visitor presses the keys of a kiosk and reads its screen, without a terminal between them.
type visitor struct {
	*testing.T
	app      *App
	flow     *flow.Flow   // flow is the last flow that the visitor was in.
	pressed  int          // pressed is the number of keys that were pressed, without typed text.
	struck   string       // struck is the key that was pressed last.
	on       any          // on is the screen or question that had the focus when the key was pressed.
	isTyping bool         // isTyping is true if the next letter follows at once, so that the screen is not drawn before it.
	listens  bool         // listens is true if the visitor presses a key only after speech has ended.
	hand     *hand        // hand presses what is drawn instead of keys, if it is not nil.
	news     chan tea.Msg // news receives the messages of background work.
}

func newVisitor(t *testing.T, app *App) *visitor {
	return &visitor{T: t, app: app, news: make(chan tea.Msg, 10)}
}

// atKiosk runs a test of a kiosk on a terminal of 80 by 24.
func atKiosk(t *testing.T, o Options, test func(*visitor)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		app := New(t.Context(), screentest.NewDesk(t), o)
		t.Cleanup(app.Close)
		v := newVisitor(t, app)
		v.resize(80, 24)
		test(v)
	})
}

func (v *visitor) resize(width, height int) { v.send(tea.WindowSizeMsg{Width: width, Height: height}) }

// send sends the kiosk a message, and runs the resulting commands.
func (v *visitor) send(msg tea.Msg) {
	_, cmd := v.app.Update(msg)
	if !v.isTyping {
		v.app.View() // Bubble Tea also calls View after every message.
	}
	if v.listens {
		synctest.Wait() // What is spoken now is sent before the next message.
	}
	if f, is := v.app.topScreen().(*form.Form); is && !f.Busy() {
		v.flow = f.Flow()
	}
	if of, is := msg.(background.VisitMsg); is {
		if _, is := of.Msg.(form.StartPoll); is && cmd != nil {
			go func() { v.news <- cmd() }() // The command may block, while the visitor continues.
			return
		}
	}
	v.do(cmd)
}

func (v *visitor) do(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case nil, tickMsg, aids.ScanTick: // The test itself sends ticks when the visitor waits.
	case tea.BatchMsg:
		for _, each := range msg {
			v.do(each)
		}
	default:
		v.send(msg)
	}
}

// waits lets time pass, second by second.
func (v *visitor) waits(d time.Duration) {
	for range int(d / time.Second) {
		v.send(tickMsg(time.Now())) // The next tick comes a second later.
		v.hears()
	}
}

// hears handles the messages of background work that have arrived.
func (v *visitor) hears() {
	synctest.Wait()
	for len(v.news) > 0 {
		if msg := <-v.news; msg != nil {
			v.send(msg)
		}
	}
}

// press presses keys by their names, such as "esc", "ctrl+l", "1".
func (v *visitor) press(names ...string) {
	for _, name := range names {
		v.strikes(keys.PressByName(name))
	}
}

// types types text into the field that has the focus, letter by letter. Only the last letter is drawn, because drawing each letter
// would take most of the time of the tests.
func (v *visitor) types(text string) {
	for at, r := range text {
		v.isTyping = v.hand == nil && !v.listens && at+utf8.RuneLen(r) < len(text)
		v.strikes(tea.KeyPressMsg{Code: r, Text: string(r)})
		v.pressed-- // Typed text is not counted.
	}
}

// strikes presses a key, late enough after the last one that the press does not count as a repeat.
func (v *visitor) strikes(key tea.KeyPressMsg) {
	if v.listens {
		v.listensOut()
	}
	if v.hand != nil {
		v.handles(key)
		return
	}
	if key.String() == v.struck && v.app.keyTargetIdentity() != v.on {
		time.Sleep(time.Second / 2)
	}
	v.struck, v.on = key.String(), v.app.keyTargetIdentity()
	v.pressed++
	v.send(key)
}

// fills types texts into fields, one after the other, and continues.
func (v *visitor) fills(answers ...string) {
	for _, answer := range answers {
		v.types(answer)
		v.press("enter")
	}
}

// fillsForm fills in the first fields of a form, leaves the others unchanged, and continues.
func (v *visitor) fillsForm(answers ...string) {
	v.Helper()
	v.fills(answers...)
	if v.hand != nil {
		v.pressesContinue()
		return
	}
	for range 12 {
		if strings.Contains(v.screen(), "▶ [ "+words.Continue.In(v.app.language)) {
			break
		}
		v.press("tab")
	}
	v.press("enter")
}

// line returns the index of the line on the terminal that contains a text.
func (v *visitor) line(text string) int {
	v.Helper()
	y := slices.IndexFunc(strings.Split(v.screen(), "\n"), func(line string) bool { return strings.Contains(line, text) })
	if y < 0 {
		v.Fatalf("no %q on\n%s", text, v.screen())
	}
	return y
}

// clicks clicks on a text.
func (v *visitor) clicks(text string) {
	v.Helper()
	y := v.line(text)
	before, _, _ := strings.Cut(strings.Split(v.screen(), "\n")[y], text)
	v.send(tea.MouseClickMsg{X: lipgloss.Width(before), Y: y, Button: tea.MouseLeft})
}

// screen returns the visible text with the position of the cursor.
func (v *visitor) screen() string {
	view := v.app.View()
	lines := strings.Split(ansi.Strip(view.Content), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " ")
	}
	cursor := "no cursor"
	if c := view.Cursor; c != nil {
		cursor = fmt.Sprintf("cursor at column %d of line %d", c.X+1, c.Y+1)
	}
	return strings.Join(lines, "\n") + "\n" + cursor + "\n"
}

func (v *visitor) sees(texts ...string) {
	v.Helper()
	checkSeen(v.T, v.screen(), true, texts)
}

func (v *visitor) seesNo(texts ...string) {
	v.Helper()
	checkSeen(v.T, v.screen(), false, texts)
}

// checkSeen checks that each text is on a screen or, if want is false, that none of them is.
func checkSeen(t *testing.T, screen string, want bool, texts []string) {
	t.Helper()
	for _, text := range texts {
		if strings.Contains(screen, text) != want {
			t.Fatalf("%q is to be seen: %t, on\n%s", text, !want, screen)
		}
	}
}

// logsIn logs in as customer Smit, in any language.
func (v *visitor) logsIn() {
	v.press("2")
	v.fills("csmit80", "Sterk-wacht1")
}
