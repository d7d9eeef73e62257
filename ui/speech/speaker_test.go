package speech

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"loket/flows/clock"
	"loket/flows/text"
	"loket/ui/speech/speechtest"
)

// withSpeaker runs a test with a Speaker of a service. The bubble fails if the Speaker leaks a goroutine.
func withSpeaker(t *testing.T, fault speechtest.Fault, test func(*testing.T, *Speaker, *speechtest.Service)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		service := &speechtest.Service{Fault: fault}
		s := New(clock.New(), slog.New(slog.DiscardHandler), service.Dial)
		defer service.Stop()
		defer s.Close()
		test(t, s, service)
	})
}

func dutch(says string) Utterance { return Utterance{Text: says, Language: text.Dutch} }

// TestSpeak checks that texts are spoken in their order, in their language, at their rate, and spelt if asked, and that the
// Speaker knows when they are over.
func TestSpeak(t *testing.T) {
	withSpeaker(t, speechtest.NoFault, func(t *testing.T, s *Speaker, service *speechtest.Service) {
		s.Say(dutch("niemand luistert"))
		s.TurnOn()
		s.Say(dutch("Een twee drie."))
		s.Say(Utterance{Text: "abc", Language: text.English, Rate: Faster, IsSpelt: true})
		synctest.Wait()
		if !s.IsSpeaking() {
			t.Error("is silent")
		}
		time.Sleep(10 * time.Second)
		synctest.Wait()
		if s.IsSpeaking() || s.IsLost() {
			t.Errorf("still speaks, or lost: %t", s.IsLost())
		}
		texts := service.Texts()
		if len(texts) != 2 {
			t.Fatalf("spoke %+v", texts)
		}
		if first := texts[0]; first.Text != "Een twee drie." || first.Language != "nl" || first.Rate != "0" || first.Spelling != "off" {
			t.Errorf("the first is %+v", first)
		}
		if second := texts[1]; second.Language != "en" || second.Rate != "30" || second.Spelling != "on" || second.Begin.Before(texts[0].End) {
			t.Errorf("the second is %+v", second)
		}
	})
}

// TestAnyTextIsData checks that no text can end the data and so give a command, or control anything.
func TestAnyTextIsData(t *testing.T) {
	withSpeaker(t, speechtest.NoFault, func(t *testing.T, s *Speaker, service *speechtest.Service) {
		s.TurnOn()
		for _, says := range []string{".\r\nSET ALL LANGUAGE en\r\nSPEAK\r\nx", ".", "..twee", "a\n.\nb", "\x1b[2J\x07", "<speak>&", strings.Repeat("lang ", MaxTextLength)} {
			s.Say(dutch(says))
			s.Cancel()
			s.Say(dutch(says))
			synctest.Wait()
		}
		if s.IsLost() {
			t.Fatal("lost")
		}
		var all strings.Builder
		for _, said := range service.Texts() {
			all.WriteString(said.Text)
			if said.Language != "nl" || len(said.Text) > MaxTextLength+10 || strings.ContainsAny(said.Text, "\x1b\x07\r") {
				t.Errorf("spoke %.80q in %s", said.Text, said.Language)
			}
		}
		for _, want := range []string{"SET ALL LANGUAGE en", "..twee", "a\n.\nb", "<speak>&"} {
			if !strings.Contains(all.String(), want) {
				t.Errorf("%q was not spoken", want)
			}
		}
	})
}

// TestCancel checks that a key ends speech at once, and that the next text is spoken.
func TestCancel(t *testing.T) {
	withSpeaker(t, speechtest.NoFault, func(t *testing.T, s *Speaker, service *speechtest.Service) {
		s.TurnOn()
		s.Say(dutch("een lange zin met heel veel woorden"))
		s.Say(dutch("daarna"))
		synctest.Wait()
		s.Cancel()
		synctest.Wait()
		if s.IsSpeaking() {
			t.Error("still speaks")
		}
		s.Say(dutch("nieuw"))
		synctest.Wait()
		if texts := service.Texts(); !texts[0].IsCancelled || texts[len(texts)-1].Text != "nieuw" || !s.IsSpeaking() {
			t.Errorf("spoke %+v", texts)
		}
	})
}

// TestTurnOff checks that nothing is spoken after speech is turned off, and that it can be turned on again.
func TestTurnOff(t *testing.T) {
	withSpeaker(t, speechtest.NoFault, func(t *testing.T, s *Speaker, service *speechtest.Service) {
		for range 3 {
			s.TurnOn()
			s.Say(dutch("dit wordt afgebroken"))
			synctest.Wait()
			s.TurnOff()
			synctest.Wait()
			if s.IsSpeaking() || s.IsLost() {
				t.Error("still on")
			}
			s.Say(dutch("dit hoort niemand"))
		}
		for _, said := range service.Texts() {
			if said.Text != "dit wordt afgebroken" || !said.IsCancelled {
				t.Errorf("spoke %+v", said)
			}
		}
	})
}

// TestVolume checks that speech begins at the volume of the service, goes louder and softer in five steps of which none is
// silent, stays like that while it is turned off, and is as the service has it once nobody has chosen a volume.
func TestVolume(t *testing.T) {
	withSpeaker(t, speechtest.NoFault, func(t *testing.T, s *Speaker, service *speechtest.Service) {
		const usual, loudest, softest = 0, 100, -68
		service.Volume = usual
		speak := func() speechtest.Text {
			s.Say(dutch("hoor je dit"))
			synctest.Wait()
			texts := service.Texts()
			return texts[len(texts)-1]
		}
		change := func(by int) (steps int) {
			for s.ChangeVolume(by) {
				steps++
			}
			return steps
		}
		s.TurnOn()
		if said := speak(); said.Volume != "" {
			t.Errorf("speech begins at volume %s", said.Volume)
		}
		if steps := change(1); steps != 2 || speak().Volume != strconv.Itoa(loudest) {
			t.Errorf("%d steps to volume %s", steps, speak().Volume)
		}
		if steps := change(-1); steps != 4 || speak().Volume != strconv.Itoa(softest) {
			t.Errorf("%d steps to volume %s", steps, speak().Volume)
		}
		s.TurnOff()
		s.TurnOn()
		synctest.Wait()
		if said := speak(); said.Volume != strconv.Itoa(softest) || s.ChosenVolume() != softest {
			t.Errorf("after it was turned off, speech begins at volume %s", said.Volume)
		}
		s.SetVolume(0)
		if said := speak(); said.Volume != strconv.Itoa(usual) {
			t.Errorf("without a choice, the volume is %s", said.Volume)
		}
	})
}

// TestFaults checks that each fault of the service ends speech within a bounded time, or does no harm.
func TestFaults(t *testing.T) {
	for fault, lost := range map[speechtest.Fault]bool{
		speechtest.Hangs: true, speechtest.Closes: true, speechtest.RepliesTwice: true, speechtest.SendsLongLine: true,
		speechtest.RefusesLanguage: true, speechtest.EndsTooEarly: false, speechtest.NeverEnds: false,
	} {
		withSpeaker(t, fault, func(t *testing.T, s *Speaker, service *speechtest.Service) {
			s.TurnOn()
			s.Say(dutch("een"))
			synctest.Wait()
			s.Say(dutch("twee"))
			time.Sleep(20 * time.Second)
			synctest.Wait()
			if s.IsLost() != lost || s.IsSpeaking() {
				t.Errorf("fault %d: lost %t, speaks %t", fault, s.IsLost(), s.IsSpeaking())
			}
			service.Fault = speechtest.NoFault
			s.TurnOn()
			s.Say(dutch("drie"))
			synctest.Wait()
			if texts := service.Texts(); s.IsLost() || !s.IsSpeaking() || texts[len(texts)-1].Text != "drie" {
				t.Errorf("fault %d: does not speak again", fault)
			}
		})
	}
}

// TestServiceStops checks that a service that stops in silence is noticed, and a service that is not there.
func TestServiceStops(t *testing.T) {
	withSpeaker(t, speechtest.NoFault, func(t *testing.T, s *Speaker, service *speechtest.Service) {
		s.TurnOn()
		synctest.Wait()
		service.Stop()
		if synctest.Wait(); !s.IsLost() {
			t.Error("not noticed")
		}
		s.dial = func(context.Context) (net.Conn, error) { return nil, errors.New("no such file") }
		s.TurnOn()
		if synctest.Wait(); !s.IsLost() {
			t.Error("not noticed that there is no service")
		}
	})
}

// TestAddress checks which addresses are allowed.
func TestAddress(t *testing.T) {
	for address, ok := range map[Address]bool{"unix:/run/s.sock": true, "unix:s.sock": false, "/run/s.sock": false, "tcp:127.0.0.1:6560": false, "": false} {
		if err := address.Check(); (err == nil) != ok {
			t.Errorf("%q: %v", address, err)
		}
	}
}
