package credentials

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestIsWord tests which passwords count as a word or a name with only digits, signs and capitals added.
func TestIsWord(t *testing.T) {
	names := []string{"Müller-de Groot", "vanMüller-de Groot", "hanneke.2026"}
	for password, want := range map[string]bool{
		"Welkom2026!": true, "Wachtwoord1": true, "Wachtwoord01": true, "Password123": true, "Qwerty12345": true, "Nationale1": true,
		"Nationale-Nederlanden1": true, "Welkom2026": true, "WELKOM2026a": false, "2026!Welkom": true, "12WeLkOm34": true,
		"W4chtwoord1!": true, "P@ssw0rd2026": true, "W3lk0m!!2026": true, "4ppeltaart12": true, "We1kom12345": true, "Zomer2026!!": true,
		"W.e.l.k.o.m1": true, "WelkomWelkom1": true, "Mijn.nn2026": true, "Nn12345678": true, "I-love-you-1": true, "Zz1234567890": false,
		"Muller2026!": true, "Groot123456": true, "MullerdeGroot1": true, "VanMullerdeGroot1": true, "Hanneke2026!": true, "H4nn3k3-2026": true,
		"Hannekes2026": false, "Jansma-2026!": false,
		"Goed-gekozen1": false, "Weer-welkom1": false, "Eigen-huis12": false, "Kersen-op-1-taart": false, "correct-Horse-1": false,
		"bT7#kq9!Lm2p": false, "1234567890": false, "": false,
	} {
		if got := isKnownWord(password, names); got != want {
			t.Errorf("%q is a word: %v", password, got)
		}
	}
	for name, spellings := range map[string][]string{
		"Łukasz Wałęsa": {"Lukasz-2026", "Walesa-2026"}, "Bjørn": {"Bjorn-12345", "Bjoern-1234"}, "Đorđević": {"Dordevic-26", "Djordjevic1"},
		"Strauß": {"Strauss-2026", "5trauss-26"}, "Sigurðsson": {"Sigurdsson1", "Sigurdhsson"}, "Müller": {"Muller-2026", "Mueller-2026"},
		"Åse Ærø": {"Aase-123456", "Ase-1234567", "Aero-123456", "Aeroe-12345"}, "Þór": {"Thor-123456"}, "Œuvré": {"Oeuvre-2026"}, "Yıldız": {"Yildiz-2026"}, "Ġorġ Ħal": {"Gorg-123456", "GorgHal-2026"},
	} {
		for _, password := range spellings {
			if !isKnownWord(password, []string{name}) {
				t.Errorf("%q is not known as the name %s", password, name)
			}
		}
	}
	if isKnownWord("Muller2026!", nil) {
		t.Error("somebody else's name is a word")
	}
}

// TestWords tests that the word list contains each word once, in alphabetical order.
func TestWords(t *testing.T) {
	if !slices.IsSorted(commonWords) || len(slices.Compact(slices.Clone(commonWords))) != len(commonWords) || len(commonWords) < 500 {
		t.Errorf("%d words are not in order, or some are there twice", len(commonWords))
	}
	for _, word := range commonWords {
		if strings.Trim(word, "abcdefghijklmnopqrstuvwxyz") != "" {
			t.Errorf("%q is not in small letters", word)
		}
		if !isKnownWord(fmt.Sprint(strings.ToUpper(word[:1]), word[1:], "!2026"), nil) {
			t.Errorf("%q is not known", word)
		}
	}
}

// BenchmarkIsWord measures the check that runs at each keystroke of a new password.
func BenchmarkIsWord(b *testing.B) {
	for b.Loop() {
		isKnownWord("bT7#kq9!Lm2p4X7y8w0V-q5r5Zt3e1", []string{"Berg", "vandenBerg", "annadenberg"})
	}
}
