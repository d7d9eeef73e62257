package screenreader

import (
	"log/slog"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"loket/flows/clock"
	"loket/flows/text"
	"loket/ui/keys"
	"loket/ui/screen"
	"loket/ui/screen/screentest"
	"loket/ui/speech"
	"loket/ui/speech/speechtest"
	"loket/ui/words"
)

// withReader runs a test with a reader that is off. heard returns what was spoken since it was last called.
func withReader(t *testing.T, test func(r *Reader, service *speechtest.Service, heard func() string)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		service := &speechtest.Service{}
		speaker := speech.New(clock.New(), slog.New(slog.DiscardHandler), service.Dial)
		defer service.Stop()
		defer speaker.Close()
		r, count := New(speaker, false, nil), 0
		test(&r, service, func() string {
			for synctest.Wait(); speaker.IsSpeaking(); synctest.Wait() {
				time.Sleep(time.Second)
			}
			var all []string
			for _, said := range service.Texts()[count:] {
				all = append(all, said.Text)
			}
			count += len(all)
			return strings.Join(all, "\n")
		})
	})
}

// scene returns a page with one field, in which something was typed.
func scene(typed string) Scene {
	element := screen.Element{ID: "name", Name: screen.Passages(screen.Public, text.SameInBoth("Name")), Typed: &screen.TypedText{Value: typed}}
	return Scene{Target: 1, Language: text.English, Narration: screen.Narration{Page: screen.Passages(screen.Public, text.SameInBoth("Title")), Element: element}}
}

// TestReadChanges checks that a new screen is read out whole and once, and then only what has changed.
func TestReadChanges(t *testing.T) {
	withReader(t, func(r *Reader, _ *speechtest.Service, heard func() string) {
		r.Toggle(screentest.Frame(text.English, 80))
		if said := heard(); !r.IsOn() || !strings.Contains(said, "Control P") || !strings.Contains(said, words.LoudspeakerText.EN) {
			t.Errorf("it begins with %q", said)
		}
		r.ReadChanges(nil, scene(""))
		if said := heard(); !strings.HasPrefix(said, "Title.\nName.") {
			t.Errorf("a new screen is read out as %q", said)
		}
		r.ReadChanges(nil, scene(""))
		if said := heard(); said != "" {
			t.Errorf("nothing has changed, and it says %q", said)
		}
		warned := scene("")
		warned.Warning = words.StillThereQuestion
		for _, want := range []bool{true, false} {
			r.ReadChanges(nil, warned)
			if said := heard(); strings.Contains(said, words.StillThereQuestion.EN) != want {
				t.Errorf("the warning is spoken: %t, in %q", !want, said)
			}
		}
		r.ReadChanges(keys.PressByName("up"), scene(""))
		if said := heard(); said != "Title" {
			t.Errorf("an arrow that moves nothing reads %q", said)
		}
		r.Repeat()
		r.Repeat()
		if said := heard(); strings.Count(said, "Name") != 2 {
			t.Errorf("repeated and spelled, it is %q", said)
		}
	})
}

// TestTick checks that a visitor counts as listening until speech ends, and that lost speech turns off by itself.
func TestTick(t *testing.T) {
	withReader(t, func(r *Reader, service *speechtest.Service, heard func() string) {
		r.Toggle(screentest.Frame(text.English, 80))
		if synctest.Wait(); !r.Tick() {
			t.Error("nobody listens to what is spoken")
		}
		if heard(); r.Tick() {
			t.Error("somebody listens to silence")
		}
		service.Stop()
		synctest.Wait()
		r.ReadChanges(nil, scene(""))
		synctest.Wait()
		if r.Tick(); r.IsOn() || !r.IsLost() {
			t.Errorf("after the service has ended, speech is on %t and lost %t", r.IsOn(), r.IsLost())
		}
	})
}

// TestEndVisit checks that the last words of a visit are spoken in its language, and that the next visitor begins in silence.
func TestEndVisit(t *testing.T) {
	withReader(t, func(r *Reader, service *speechtest.Service, heard func() string) {
		r.Toggle(screentest.Frame(text.English, 80))
		heard()
		r.EndVisit(func() text.Text { return text.New("Tot ziens", "Goodbye") })
		if r.IsOn() {
			t.Error("speech outlives its visit")
		}
		if said := heard(); said != "Goodbye\n"+words.SpeechOffText.EN {
			t.Errorf("the last words are %q", said)
		}
		r.Tick()
		r.Interrupt(keys.PressByName("x"))
		r.EndVisit(nil)
		if said := heard(); said != "" {
			t.Errorf("a silent visit ends with %q", said)
		}
		if texts := service.Texts(); slices.ContainsFunc(texts, func(said speechtest.Text) bool { return said.IsCancelled }) {
			t.Error("the last words were cut off")
		}
	})
}
