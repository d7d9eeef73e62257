package desk

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"loket/flows/dutch"
)

// TestEndOf tests timeAfterDay with three weeks that include the end of summer time, and with half a day more.
func TestEndOf(t *testing.T) {
	day := dutch.Date{Year: 2026, Month: time.October, Day: 12}
	for after, want := range map[time.Duration]string{
		0:                   "2026-10-13 00:00",
		21 * 24 * time.Hour: "2026-11-03 00:00",
		36 * time.Hour:      "2026-10-14 12:00",
	} {
		if got := timeAfterDay(day, after).In(dutch.AmsterdamZone).Format("2006-01-02 15:04"); got != want {
			t.Errorf("%v after %v is %s, want %s", after, day, got, want)
		}
	}
}

var temporaryForm = regexp.MustCompile(`^[BCDFGHJKLMNPQRSTVWXZ]{4}(-[BCDFGHJKLMNPQRSTVWXZ]{4}){2}$`)

// TestNewTemporary tests that every letter occurs about equally often, and that no two temporary passwords are equal.
func TestNewTemporary(t *testing.T) {
	random := rand.NewChaCha8([32]byte{7})
	const n, plain = 2000, "BCDFGHJKLMNPQRSTVWXZ"
	letters, seen := map[rune]int{}, map[string]bool{}
	for range n {
		password, err := (&Desk{Random: random}).NewTemporaryPassword()
		if err != nil {
			t.Fatal(err)
		}
		if !temporaryForm.MatchString(password) || seen[password] {
			t.Fatalf("%q has another form, or came twice", password)
		}
		seen[password] = true
		for _, r := range strings.ReplaceAll(password, "-", "") {
			letters[r]++
		}
	}
	for _, r := range plain {
		if got, want := letters[r], n*TemporaryPasswordLength/len(plain); got < want*9/10 || got > want*11/10 {
			t.Errorf("%c came %d times, want about %d", r, got, want)
		}
	}
	broken := errors.New("no randomness")
	if _, err := (&Desk{Random: iotest.ErrReader(broken)}).NewTemporaryPassword(); !errors.Is(err, broken) {
		t.Errorf("without randomness: %v", err)
	}
	if _, err := (&Desk{Random: bytes.NewReader(make([]byte, 3))}).NewTemporaryPassword(); err == nil {
		t.Error("with too little randomness there was a password all the same")
	}
}
