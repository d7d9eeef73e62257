package demo

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"loket/flows/dutch"
	"loket/flows/place"
	"loket/flows/text"
)

const (
	anHour = iota
	aDay
	fiveWorkingDays
	aMonth
)

// move moves the clock forward, and returns a report of the skipped time.
func (s *Sandbox) move(t *testing.T, step int) AdvanceReport {
	t.Helper()
	moved, err := s.AdvanceClock(t.Context(), TimeSteps[step])
	if err != nil {
		t.Fatal(err)
	}
	return moved
}

func TestStepsLeadTo(t *testing.T) {
	for _, test := range []struct {
		step     int
		from, to string
	}{
		{anHour, "2026-11-22 23:30", "2026-11-23 00:30"},
		{aDay, "2026-11-22 14:07", "2026-11-23 14:07"},
		{aDay, "2027-03-27 12:00", "2027-03-28 12:00"}, // Summer time begins between these two times.
		{aDay, "2026-10-24 12:00", "2026-10-25 12:00"}, // Summer time ends between these two times.
		{fiveWorkingDays, "2026-11-22 14:07", "2026-11-27 14:07"},
		// Five working days skip the two days of Christmas and New Year's Day.
		{fiveWorkingDays, "2026-12-24 09:00", "2027-01-04 09:00"},
		{aMonth, "2027-01-31 14:07", "2027-02-28 14:07"},
	} {
		t.Run(TimeSteps[test.step].Name.EN+" from "+test.from, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				const form = "2006-01-02 15:04"
				from, err := time.ParseInLocation(form, test.from, dutch.AmsterdamZone)
				if err != nil {
					t.Fatal(err)
				}
				s := openAt(t, from)
				s.move(t, test.step)
				if got := s.Clock.Now().In(dutch.AmsterdamZone).Format(form); got != test.to {
					t.Errorf("it is now %s, want %s", got, test.to)
				}
			})
		})
	}
}

var temporary = regexp.MustCompile(`[B-Z]{4}-[B-Z]{4}-[B-Z]{4}`)

// TestLetterArrives follows a temporary password that is sent by post (F2). The letter cannot be read before it arrives. After
// that, the addressee can log in with the password (F4, L3).
func TestLetterArrives(t *testing.T) {
	inSandbox(t, func(t *testing.T, s *Sandbox) {
		dirk := s.as(t, "Dirk Oosterling").goes(place.ForgottenPassword).answers(nil).at("on its way")
		early := []string{}
		for range 4 { // The loop advances the clock from Monday to Thursday.
			mail := mailOf(t, s)[0]
			if mail.Arrived || mail.Subject != (text.Text{}) || mail.Body != (text.Text{}) {
				t.Fatalf("the letter can be read on %v", s.Clock.Now())
			}
			early = append(early, fmt.Sprintf("%+v", mail))
			if moved := s.move(t, aDay); moved != (AdvanceReport{}) {
				t.Fatalf("%+v on %v", moved, s.Clock.Now())
			}
		}
		if moved := s.move(t, aDay); moved != (AdvanceReport{Letters: 1}) {
			t.Errorf("%+v after five working days, want one letter", moved)
		}
		mail := mailOf(t, s)[0]
		password := temporary.FindString(mail.Body.NL)
		if !mail.Arrived || password == "" || temporary.FindString(mail.Body.EN) != password {
			t.Fatalf("the letter did not arrive with a password in both languages: %+v", mail)
		}
		if strings.Contains(strings.Join(early, "\n"), password) {
			t.Error("the password was in the letter that had not arrived")
		}
		dirk.goes(place.LogIn).answers(map[string]string{"password": password}).at("choose new password").
			answers(map[string]string{"new": "Weer-helemaal-bij1", "again": "Weer-helemaal-bij1"}).at("password stored")
	})
}

func TestFiveWorkingDaysAtOnce(t *testing.T) {
	inSandbox(t, func(t *testing.T, s *Sandbox) {
		s.as(t, "Fatma Yildirim").goes(place.ForgottenPassword).answers(nil).at("on its way")
		if moved := s.move(t, fiveWorkingDays); moved != (AdvanceReport{Letters: 1}) || !mailOf(t, s)[0].Arrived {
			t.Errorf("%+v, and %+v", moved, mailOf(t, s)[0])
		}
	})
}

// TestNumbersExpire tests that unused activation numbers expire (A2).
func TestNumbersExpire(t *testing.T) {
	inSandbox(t, func(t *testing.T, s *Sandbox) {
		expired := 0
		for range 7 {
			expired += s.move(t, aMonth).Numbers
		}
		if expired != 5 {
			t.Errorf("%d numbers expired, want those of Sanne, Bilal, Wim, who has two, and Anouk", expired)
		}
		for _, name := range []string{"Sanne Hoekstra", "Bilal Amrani", "Wim Blaauw", "Anouk Tan"} {
			s.as(t, name).goes(place.Activate).answers(nil).at("number expired")
		}
		s.as(t, "Jayden Pinas").goes(place.Activate).answers(nil).at("number used before")
	})
}

// TestEmailArrivesAtOnce tests that an e-mail arrives at once, and which messages an activation sends.
func TestEmailArrivesAtOnce(t *testing.T) {
	inSandbox(t, func(t *testing.T, s *Sandbox) {
		activate(t, s, "Sanne Hoekstra")
		mail := mailOf(t, s)
		if len(mail) != 1 || !mail[0].Arrived || mail[0].Name != "S. Hoekstra" || mail[0].Subject.NL == "" {
			t.Errorf("mailbox %+v, want an e-mail to S. Hoekstra", mail)
		}
	})
}
