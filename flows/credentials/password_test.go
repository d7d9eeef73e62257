package credentials

import (
	"regexp"
	"strings"
	"testing"

	"loket/flows/flow"
	"pgregory.net/rapid"
)

// TestPasswordRules tests which passwords are allowed (P1). For the others it lists the broken rules, numbered from 1.
func TestPasswordRules(t *testing.T) {
	const tooShortOrLong, digit, lower, capital, space, euro, accent = 1, 2, 3, 4, 5, 6, 7
	for typed, broken := range map[string][]int{
		"Goed-gekozen1":                   nil,
		"Abcdefgh12":                      nil, // The shortest valid password has 10 characters.
		"Abcdefgh1":                       {tooShortOrLong},
		strings.Repeat("Aa1", 10):         nil, // The longest valid password has 30 characters.
		strings.Repeat("Aa1", 10) + "x":   {tooShortOrLong},
		"abcdefgh12":                      {capital},
		"ABCDEFGH12":                      {lower},
		"Abcdefghij":                      {digit},
		"ABCDEFGHIJ":                      {digit, lower},
		"1234567890":                      {lower, capital},
		"!@#$%^&*()":                      {digit, lower, capital},
		"Met spatie 1":                    {space},
		"Met\u00a0spatie1":                {space},
		"Met-€-teken1":                    {euro},
		"Financiën-27":                    {accent},
		"Financie\u0308n-27":              {accent}, // The accented letter is typed as a letter and a combining accent.
		"É-is-geen-hoofdletter1":          {capital, accent},
		"ÉÉN-IS-1-van":                    {accent},
		"Δelta-force-1":                   {capital, accent},
		"Cijfer-٣-niet":                   {digit},
		"Ijs-met-slagroom!#$%&'()*+,-./1": {tooShortOrLong},
		"Tekens~`{}|<>?;:1":               nil,
		"Smiley-\u263a-mag-1":             nil,
		"€":                               {tooShortOrLong, digit, lower, capital, euro},
		"":                                {tooShortOrLong, digit, lower, capital, space, euro, accent},
	} {
		var got []int
		for i, rule := range PasswordRules {
			if !rule.Holds(typed) {
				got = append(got, i+1)
			}
		}
		if len(got) != len(broken) {
			t.Errorf("%q breaks rules %v, want %v", typed, got, broken)
			continue
		}
		for i := range got {
			if got[i] != broken[i] {
				t.Errorf("%q breaks rules %v, want %v", typed, got, broken)
			}
		}
	}
}

// nobody returns no names.
func nobody() []string { return nil }

// TestNewPassword tests that a password is accepted if it follows every rule that is shown and was typed twice.
func TestNewPassword(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		present := rapid.SampledFrom([]string{"", "Goed-gekozen1"}).Draw(r, "present")
		var v string
		fields := newPasswordFields(&v, NotWordRule(nobody), NotTemporaryRule(&Login{password: present}))
		typed := rapid.OneOf(rapid.StringMatching(`[A-Za-z0-9!-/ €ë]{0,35}`), rapid.Just("Goed-gekozen1"), rapid.Just("Welkom2026!")).Draw(r, "typed")
		holds := true
		for _, rule := range fields[0].Rules {
			holds = holds && rule.Holds(typed)
		}
		if taken := fields[0].CheckAnswer(typed) == nil; taken != holds {
			r.Fatalf("%q is taken: %v, and the rules hold: %v", typed, taken, holds)
		}
		if holds && (v != typed || fields[1].CheckAnswer(typed) != nil || fields[1].CheckAnswer(typed+"x") == nil) {
			r.Fatalf("%q is kept as %q, or must not be typed twice", typed, v)
		}
	})
}

// TestVerdicts tests that a rule judges only what can be known while a password is being typed, and that it has a correction
// (R32).
func TestVerdicts(t *testing.T) {
	login, change := &Login{}, &PasswordChange{rejectedPassword: "Oud-wacht-12"}
	for name, c := range map[string]struct {
		rule  flow.AnswerRule
		typed string
		want  flow.AnswerVerdict
	}{
		"nothing typed as the present one": {NotCurrentPasswordRule(login), "Goed-gekozen1", flow.VerdictNone},
		"another than the present one":     {NotCurrentPasswordRule(&Login{password: "x"}), "Goed-gekozen1", flow.VerdictRight},
		"the present one":                  {NotCurrentPasswordRule(&Login{password: "x"}), "x", flow.VerdictWrong},
		"another than the temporary one":   {NotTemporaryRule(&Login{password: "x"}), "Goed-gekozen1", flow.VerdictRight},
		"perhaps the old one":              {change.NotOldPasswordRule(nil), "Goed-gekozen1", flow.VerdictNone},
		"the old one, as was said":         {change.NotOldPasswordRule(nil), "Oud-wacht-12", flow.VerdictWrong},
	} {
		if got := c.rule.JudgeAnswer(c.typed); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
	for _, rule := range append(PasswordRules, NotCurrentPasswordRule(login), NotTemporaryRule(login), change.NotOldPasswordRule(nil)) {
		if rule.Correction.NL == "" || rule.Correction.EN == "" {
			t.Errorf("nothing says how to mend %q", rule.Text.EN)
		}
	}
}

// TestNewcomersRules tests that the rules for new customers mention no present password.
func TestNewcomersRules(t *testing.T) {
	var v string
	if got := len(newPasswordFields(&v)[0].Rules); got != len(PasswordRules) {
		t.Errorf("a newcomer reads %d rules, want %d", got, len(PasswordRules))
	}
	if got := len(newPasswordFields(&v, NotCurrentPasswordRule(&Login{password: "x"}))[0].Rules); got != len(PasswordRules)+1 {
		t.Errorf("who has a password reads %d rules, want %d", got, len(PasswordRules)+1)
	}
}

var temporaryForm = regexp.MustCompile(`^[BCDFGHJKLMNPQRSTVWXZ]{4}(-[BCDFGHJKLMNPQRSTVWXZ]{4}){2}$`)

// TestAsTemporary tests which spellings of a temporary password are accepted, and that other text is not taken for a temporary
// password.
func TestAsTemporary(t *testing.T) {
	const want = "BCDF-GHJK-LMNP"
	for _, typed := range []string{
		"BCDF-GHJK-LMNP", "bcdf-ghjk-lmnp", "BCDFGHJKLMNP", "bcdf ghjk lmnp", " BcDf-gHjK-lMnP ", "B C D F G H J K L M N P",
		"BCDF--GHJK--LMNP", "BCDF\u2013GHJK\u2013LMNP", "BCDF\u2011GHJK\u2011LMNP", "BCDF\u00a0GHJK\u00a0LMNP",
		"BCDF.GHJK.LMNP", "B, C, D, F; G, H, J, K; L, M, N, P", "Tijdelijk wachtwoord: BCDF-GHJK-LMNP", "password: bcdf ghjk lmnp",
	} {
		if got, ok := parseTemporaryPassword(typed); got != want || !ok {
			t.Errorf("%q is read as %q, %v", typed, got, ok)
		}
	}
	for _, typed := range []string{
		"", "-", "BCDF-GHJK-LMN", "BCDF-GHJK-LMNPQ", "BCDF-GHJK-LMNA", "BCDF-GHJK-LMN1", "Goed-gekozen1", "BCDF*GHJK*LMNP", "ΒCDF-GHJK-LMNP", "BCDF-GHJK-LMN\u00c9",
	} {
		if got, ok := parseTemporaryPassword(typed); ok || got != typed {
			t.Errorf("%q is read as %q, %v", typed, got, ok)
		}
	}
}

// TestChosenIsNeverTemporary tests that a password that follows the rules never has the form of a temporary one, which is
// throttled less.
func TestChosenIsNeverTemporary(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		typed := rapid.StringMatching(`[BCDFGHJKLMNPbcdf0-9 -]{10,20}`).Draw(r, "typed")
		var v string
		if _, is := parseTemporaryPassword(typed); is && newPasswordFields(&v)[0].CheckAnswer(typed) == nil {
			r.Fatalf("%q is both", typed)
		}
	})
}

func FuzzAsTemporary(f *testing.F) {
	f.Add("BCDF-GHJK-LMNP")
	f.Add("bcdf ghjk lmnp")
	// The capital of the long s (U+017F) is an ordinary S.
	f.Add("\u017f\u017f\u017f\u017f\u017f\u017f\u017f\u017f\u017f\u017f\u017f\u017f")
	f.Fuzz(func(t *testing.T, typed string) {
		got, ok := parseTemporaryPassword(typed)
		if !ok {
			if got != typed {
				t.Errorf("%q became %q", typed, got)
			}
			return
		}
		if again, ok := parseTemporaryPassword(got); !temporaryForm.MatchString(got) || again != got || !ok {
			t.Errorf("%q is read as %q, and that as %q, %v", typed, got, again, ok)
		}
	})
}

// TestPasswordLength tests the smallest and the largest number of characters in a password.
func TestPasswordLength(t *testing.T) {
	for length, ok := range map[int]bool{9: false, 10: true, 30: true, 31: false} {
		if got := PasswordRules[0].Holds("Aa1" + strings.Repeat("x", length-3)); got != ok {
			t.Errorf("%d characters: %t", length, got)
		}
	}
}
