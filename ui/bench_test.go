package ui

import (
	"testing"

	tea "charm.land/bubbletea/v2"

	"loket/flows"
	"loket/ui/form"
	"loket/ui/keys"
	"loket/ui/screen/screentest"
)

// BenchmarkKeystroke types a letter into the longest form and draws the form. Together this should take less than a
// millisecond. On two shared cores it took 0.13 ms.
func BenchmarkKeystroke(b *testing.B) {
	a := New(b.Context(), screentest.NewDesk(b), Options{})
	defer a.Close()
	a.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	flow := flows.BeginFlow(a.visit, "activate")
	if err := flow.Submit(b.Context(), map[string]string{"number": "481620957733", "birth date": "9-4-1961", "postcode": "3511AB"}); err != nil {
		b.Fatal(err)
	}
	a.openScreen(form.New(a.visit, flow, nil))
	a.Update(keys.PressByName("down"))
	for b.Loop() {
		a.Update(keys.PressByName("x"))
		a.View()
	}
}

// BenchmarkFirstFrame starts a kiosk and draws its first screen, which is the time that a visitor waits.
func BenchmarkFirstFrame(b *testing.B) {
	desk := screentest.NewDesk(b)
	for b.Loop() {
		a := New(b.Context(), desk, Options{})
		a.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
		if a.View().Content == "" {
			b.Fatal("nothing to be seen")
		}
		a.Close()
	}
}
