package form

import (
	"testing"
	"testing/synctest"

	tea "charm.land/bubbletea/v2"

	"loket/flows"
	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/store"
	"loket/ui/screen"
	"loket/ui/screen/screentest"
)

// begun returns a form that waits for a phone, and a function that returns the outcome of its challenge.
func begun(t *testing.T) (f *Form, answer func() store.ChallengeAnswer) {
	t.Helper()
	d := screentest.NewDesk(t)
	app, err := desk.NewPhoneApp("http://localhost:8023")
	if err != nil {
		t.Fatal(err)
	}
	d.App = app
	visit := flow.NewVisit(d)
	f = New(visit, flows.BeginFlow(visit, place.LogInWithApp), nil)
	work(t, f, f.Start())
	code := f.Flow().Step().PhoneAccess().Code
	return f, func() (answer store.ChallengeAnswer) {
		err := d.Store.View(t.Context(), func(tx *store.Tx) error {
			is, _ := tx.Challenge(code)
			answer = is.Answer
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return answer
	}
}

// work runs the background work of the form's commands.
func work(t *testing.T, f *Form, cmd tea.Cmd) {
	t.Helper()
	switch msg := screentest.CmdMessage(cmd).(type) {
	case tea.BatchMsg:
		for _, each := range msg {
			work(t, f, each)
		}
	case screen.BackgroundWork:
		work(t, f, f.Update(msg.Work(t.Context())))
	}
}

// TestCancelWaits checks that Cancel waits for a running submit, and that a submit that has not begun then does nothing.
func TestCancelWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f, answer := begun(t)
		f.mu.Lock()
		go f.Cancel(t.Context())
		if is := answer(); is != store.AnswerPending {
			t.Errorf("while something works on the flow, the answer is %q", is)
		}
		f.mu.Unlock()
		synctest.Wait()
		if is := answer(); is != store.AnswerWithdrawn {
			t.Errorf("after that, the answer is %q", is)
		}
		at := f.Flow().State()
		work(t, f, f.Submit())
		if f.Flow().State() != at || f.Flow().Ended() {
			t.Errorf("the flow goes on to %q", f.Flow().State())
		}
	})
}
