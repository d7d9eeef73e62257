package faq

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"loket/flows/text"
)

// TestFind tests that searches by customers find a certain question first, or among the first three. The table identifies a
// question by its first words.
func TestFind(t *testing.T) {
	x := NewQuestionIndex(fullDesk())
	for _, c := range []struct {
		in          text.Language
		typed, want string
		first       bool
	}{
		{text.Dutch, "wachtwoord", "Ik ben mijn wachtwoord vergeten", true},
		{text.Dutch, "wachtwoord vergeten", "Ik ben mijn wachtwoord vergeten", true},
		{text.Dutch, "vergeten wachtwoord", "Ik ben mijn wachtwoord vergeten", true},
		{text.Dutch, "WACHTWOORD VERGETEN", "Ik ben mijn wachtwoord vergeten", true},
		{text.Dutch, "wachtwoord kwijt", "Ik ben mijn wachtwoord vergeten", true},
		{text.Dutch, "wachtwrd vergeten", "Ik ben mijn wachtwoord vergeten", true},
		{text.Dutch, "wachtword", "Ik ben mijn wachtwoord vergeten", true},
		{text.Dutch, "wachtoword", "Ik ben mijn wachtwoord vergeten", true},
		{text.Dutch, "pasword", "Ik ben mijn wachtwoord vergeten", true},
		{text.Dutch, "wacht", "Ik ben mijn wachtwoord vergeten", true},
		{text.Dutch, "pincode vergeten", "Ik ben mijn wachtwoord vergeten", true},
		{text.Dutch, "ik weet mijn wachtwoord niet meer", "Ik ben mijn wachtwoord vergeten", true},
		{text.Dutch, "nieuw wachtwoord kiezen", "Hoe kies ik een goed wachtwoord", false},
		{text.Dutch, "regels wachtwoord", "Hoe kies ik een goed wachtwoord", true},
		{text.Dutch, "wachtwoord wijzigen", "Kan ik mijn gebruikersnaam of wachtwoord veranderen", true},
		{text.Dutch, "tijdelijk wachtwoord", "Wat kan ik met een tijdelijk wachtwoord", false},
		{text.Dutch, "tijdelijk wachtwoord brief", "Wanneer komt een tijdelijk wachtwoord per brief", true},
		{text.Dutch, "inlognaam", "Ik ben mijn gebruikersnaam vergeten", true},
		{text.Dutch, "inlognaam vergeten", "Ik ben mijn gebruikersnaam vergeten", true},
		{text.Dutch, "gebruiksnaam kwijt", "Ik ben mijn gebruikersnaam vergeten", true},
		{text.Dutch, "gebruikernaam", "Ik ben mijn gebruikersnaam vergeten", true},
		{text.Dutch, "username", "Ik ben mijn gebruikersnaam vergeten", true},
		{text.Dutch, "activatienummer verlopen", "Mijn activatienummer is verlopen of kwijt", true},
		{text.Dutch, "activatinummer kwijt", "Mijn activatienummer is verlopen of kwijt", true},
		{text.Dutch, "code verlopen", "Mijn activatienummer is verlopen of kwijt", true},
		{text.Dutch, "activatiecode werkt niet meer", "Mijn activatienummer is verlopen of kwijt", false},
		{text.Dutch, "kwijt", "Mijn activatienummer is verlopen of kwijt", true},
		{text.Dutch, "waar blijft mijn code", "Waar blijft mijn activatienummer", true},
		{text.Dutch, "nummer niet ontvangen na aanvraag", "Waar blijft mijn activatienummer", false},
		{text.Dutch, "hoe lang geldig", "Hoe lang werkt een activatienummer", false},
		{text.Dutch, "account activeren", "Hoe activeer ik mijn account", true},
		{text.Dutch, "akkount activeren", "Hoe activeer ik mijn account", true},
		{text.Dutch, "partner", "Krijgen mijn partner en ik samen", true},
		{text.Dutch, "mijn vrouw", "Krijgen mijn partner en ik samen", true},
		{text.Dutch, "uitgenodigd", "Ik heb geen uitnodiging gekregen", true},
		{text.Dutch, "geen uitnoding", "Ik heb geen uitnodiging gekregen", true},
		{text.Dutch, "tweede keer gebruiken", "Kan ik een activatienummer vaker gebruiken", false},
		{text.Dutch, "inloggen", "Hoe kan ik inloggen", true},
		{text.Dutch, "aanmelden", "Hoe kan ik inloggen", true},
		{text.Dutch, "app", "Kan ik ook inloggen met de NN App", true},
		{text.Dutch, "nn app", "Kan ik ook inloggen met de NN App", true},
		{text.Dutch, "spam", "Ik krijg geen e-mail", true},
		{text.Dutch, "geen mail gekregen", "Ik krijg geen e-mail", true},
		{text.Dutch, "ik krijg geen email", "Ik krijg geen e-mail", true},
		{text.Dutch, "ik krijg gen mial", "Ik krijg geen e-mail", true},
		{text.Dutch, "é-mail", "Ik krijg geen e-mail", false},
		{text.Dutch, "polis", "Waar vind ik mijn productnummer", false},
		{text.Dutch, "polisnummer", "Wat is een productnummer", false},
		{text.Dutch, "productnumer", "Wat is een productnummer", true},
		{text.Dutch, "iban", "Wat is een productnummer", true},
		{text.Dutch, "leningnummer nullen", "Wat is een productnummer", true},
		{text.Dutch, "bellen", "Wanneer kan ik bellen", true},
		{text.Dutch, "telefoonnummer", "Hoe bereik ik jullie", false},
		{text.Dutch, "openingstijden", "Wanneer kan ik bellen", true},
		{text.Dutch, "feestdag", "Wanneer kan ik bellen", true},
		{text.Dutch, "terugbellen", "Kunnen jullie mij terugbellen", true},
		{text.Dutch, "terug bellen", "Kunnen jullie mij terugbellen", false},
		{text.Dutch, "contact", "Hoe bereik ik jullie", false},
		{text.Dutch, "hypoteek bellen", "Hoe bereik ik jullie", false},
		{text.Dutch, "onbekend product", "Ik zie een product dat ik niet ken", false},
		{text.Dutch, "product ontbreekt", "Ik zie een product dat ik niet ken", false},
		{text.Dutch, "geen details", "Waarom zie ik van een product geen details", true},
		{text.Dutch, "overzicht verzekeringen", "Wat zie ik in mijn overzicht", true},
		{text.Dutch, "verhuizen", "Mijn adres, e-mailadres of telefoonnummer verandert", true},
		{text.Dutch, "nieuw e-mail adres", "Mijn adres, e-mailadres of telefoonnummer verandert", false},
		{text.Dutch, "gegevens niet herkend", "Mijn gegevens worden niet herkend", true},
		{text.Dutch, "gegevens herkent", "Mijn gegevens worden niet herkend", true},
		{text.Dutch, "uitloggen", "Hoe kan ik uitloggen", true},
		{text.Dutch, "log uit", "Hoe kan ik uitloggen", true},
		{text.Dutch, "nieuwe code aanvragen", "Mijn activatienummer is verlopen of kwijt", true},
		{text.Dutch, "ik kom niet in mijn account", "Ik kom niet in mijn account", true},
		{text.Dutch, "account geblokkeerd", "Ik kom niet in mijn account", true},
		{text.Dutch, "brief duurt lang", "Wanneer komt een tijdelijk wachtwoord per brief", true},
		{text.Dutch, "onbekende verzekering", "Ik zie een product dat ik niet ken", true},
		{text.Dutch, "klant worden", "Ik heb geen uitnodiging gekregen", true},
		{text.Dutch, "code bevestigen", "Wat doe ik met de code voor mijn nieuwe e-mailadres", true},
		{text.Dutch, "eerste keer", "Hoe activeer ik mijn account", true},
		{text.Dutch, "koningsdag", "Wanneer kan ik bellen", true},
		{text.Dutch, "open op zaterdag", "Wanneer kan ik bellen", true},
		{text.Dutch, "terugbelverzoek", "Kunnen jullie mij terugbellen", true},
		{text.Dutch, "taal", "Kan ik een andere taal kiezen", true},
		{text.Dutch, "saldo", "Waar zie ik mijn saldo", true},
		{text.Dutch, "vingerafdruk", "Kan ik ook inloggen met de NN App", true},
		{text.Dutch, "telefoon koppelen", "Hoe koppel ik mijn telefoon", true},
		{text.Dutch, "app koppelen", "Hoe koppel ik mijn telefoon", true},
		{text.Dutch, "mobiel koppelen", "Hoe koppel ik mijn telefoon", true},
		{text.Dutch, "telefoon", "Hoe koppel ik mijn telefoon", false},
		{text.Dutch, "qr", "Kan ik ook inloggen met de NN App", true},
		{text.Dutch, "qr-code", "Kan ik ook inloggen met de NN App", true},
		{text.Dutch, "QR code scannen", "Kan ik ook inloggen met de NN App", true},
		{text.Dutch, "inloggen met telefoon", "Kan ik ook inloggen met de NN App", false},
		{text.Dutch, "passkey", "Wat is een toegangssleutel", true},
		{text.Dutch, "passkeys", "Wat is een toegangssleutel", true},
		{text.Dutch, "toegangssleutel", "Wat is een toegangssleutel", true},
		{text.Dutch, "gezichtsherkenning", "Kan ik ook inloggen met de NN App", true},
		{text.Dutch, "gezicht", "Wat weten jullie van mijn telefoon", false},
		{text.Dutch, "telefoon kwijt", "Ik ben mijn telefoon kwijt", true},
		{text.Dutch, "mobiel verloren", "Ik ben mijn telefoon kwijt", true},
		{text.Dutch, "nieuwe telefoon", "Ik ben mijn telefoon kwijt", false},
		{text.Dutch, "telefoon gestolen", "Ik ben mijn telefoon kwijt", true},
		{text.Dutch, "telefoon verwijderen", "Ik ben mijn telefoon kwijt", true},
		{text.Dutch, "waarom getal", "Waarom moet ik op mijn telefoon een getal kiezen", true},
		{text.Dutch, "verkeerd getal", "Waarom moet ik op mijn telefoon een getal kiezen", true},
		{text.Dutch, "code afgekeken", "Iemand anders zag de code", false},
		{text.Dutch, "iemand keek mee", "Iemand anders zag de code", false},
		{text.Dutch, "privacy", "Wat bewaart dit loket van mijn bezoek", true},
		{text.Dutch, "hoe lang werkt een tijdelijk wachtwoord", "Hoe lang werkt een tijdelijk wachtwoord", true},
		{text.Dutch, "recente activiteit", "Hoe zie ik wie er in mijn account is geweest", true},

		{text.English, "forgot password", "I forgot my password", true},
		{text.English, "pasword", "I forgot my password", true},
		{text.English, "passwrod forgotten", "I forgot my password", true},
		{text.English, "lost my password", "I forgot my password", true},
		{text.English, "change pin", "Can I change my username or password", true},
		{text.English, "temporary pasword letter", "When does a temporary password come by letter", true},
		{text.English, "user id", "I forgot my username", false},
		{text.English, "usernmae", "I forgot my username", true},
		{text.English, "activation code expired", "My activation number has expired or is lost", true},
		{text.English, "where is my code", "Where is my activation number", true},
		{text.English, "acount activate", "How do I activate my account", true},
		{text.English, "my husband", "Do my partner and I share", true},
		{text.English, "invitation", "I was not invited", true},
		{text.English, "sign in", "How do I log in", true},
		{text.English, "NN app", "Can I log in with the NN App", true},
		{text.English, "no email", "I get no e-mail", true},
		{text.English, "junk", "I get no e-mail", true},
		{text.English, "policy number", "What is a product number", false},
		{text.Dutch, "grote letters", "Kan ik post in grote letters krijgen", false},
		{text.Dutch, "slechtziend", "Kan ik post in grote letters krijgen", false},
		{text.Dutch, "vergroten", "Kan ik post in grote letters krijgen", false},
		{text.English, "visually impaired", "Can I get letters in large print", false},
		{text.English, "telephone", "How do I reach you", false},
		{text.English, "opening hours", "When can I call", true},
		{text.English, "call back", "Can you call me back", true},
		{text.English, "mortgage phone number", "How do I reach you", false},
		{text.English, "moved house", "My address, e-mail address or telephone number changes", false},
		{text.English, "product missing", "I see a product that I do not know", false},
		{text.English, "no details", "Why do I see no details for a product", true},
		{text.English, "are you open on saturday", "When can I call", true},
		{text.English, "king's day", "When can I call", true},
		{text.English, "already used", "Can I use an activation number more than once", true},
		{text.English, "sign up", "I was not invited", true},
		{text.English, "log in", "How do I log in", true},
		{text.English, "log out", "How do I log out", true},
		{text.English, "unknown insurance", "I see a product that I do not know", true},
		{text.English, "how long does the letter take", "When does a temporary password come by letter", true},
		{text.English, "callback", "Can you call me back", true},
		{text.English, "language", "Can I choose another language", true},
		{text.English, "balance", "Where do I see my balance", true},
		{text.English, "fingerprint", "Can I log in with the NN App", true},
		{text.English, "pair phone", "How do I pair my phone", true},
		{text.English, "qr code", "Can I log in with the NN App", true},
		{text.English, "passkey", "What is a passkey", true},
		{text.English, "face recognition", "Can I log in with the NN App", false},
		{text.English, "lost phone", "I lost my phone", true},
		{text.English, "new mobile", "I lost my phone", true},
		{text.English, "stolen phone", "I lost my phone", true},
		{text.English, "wrong number app", "Why do I have to choose a number on my phone", true},
		{text.English, "somebody saw the code", "Somebody else saw the code on my screen", true},
		{text.English, "privacy", "What does this desk keep of my visit", true},
		{text.English, "phone", "How do I pair my phone", false},
		{text.English, "account blocked", "I cannot get into my account", true},
		{text.English, "recent activity", "How do I see who has been in my account", true},
		{text.English, "e-mail code", "What do I do with the code for my new e-mail address", true},
		{text.English, "temporary password how long", "How long does a temporary password work", true},
		{text.English, "activation code not working", "My activation number has expired or is lost", false},
	} {
		found := x.Find(c.typed)
		at := slices.IndexFunc(found, func(q Question) bool { return strings.HasPrefix(q.Text.In(c.in), c.want) })
		if at < 0 || at > 2 || c.first && at > 0 {
			var first []string
			for _, q := range found[:min(4, len(found))] {
				first = append(first, q.Text.In(c.in))
			}
			t.Errorf("%q finds %q at %d of %d: %q", c.typed, c.want, at+1, len(found), first)
		}
	}
}

func TestWordsOf(t *testing.T) {
	for text, want := range map[string][]string{
		"":                               nil,
		"Ik krijg géén E-mail. Wat nu?":  {"ik", "krijg", "geen", "email", "wat", "nu"},
		"de ﬁets’s IBAN: NL22\u00a0NNBA": {"de", "fietss", "iban", "nl22", "nnba"},
		"\x1b[2J— … €":                   {"2j"},
		"co\u0308peratie cöperatie":      {"coperatie", "coperatie"},
	} {
		if got := wordsOf(text); !slices.Equal(got, want) {
			t.Errorf("%q has the words %q, want %q", text, got, want)
		}
	}
}

// TestLikeness tests the similarity of words at the bounds of each kind of match.
func TestLikeness(t *testing.T) {
	for _, c := range []struct {
		typed, word string
		known       bool
		want        float64
	}{
		{"brief", "brief", true, 1},
		{"12345", "12345", false, 1},
		{"1234", "12345", false, 0},
		{"br", "brief", false, 0},
		{"bri", "brief", false, 0.8},
		{"brei", "brie", false, 0.6},
		{"baxe", "brie", false, 0},
		{"birfe", "brief", false, 0},
		{"bir", "bri", false, 0},
		{"briief", "brief", false, 0.6},
		{"briief", "brief", true, 0},
		{"wachtrd", "wachtwoord", false, 0},
		{"wachtwrd", "wachtwoord", false, 0.6},
		{"kachtwoord", "wachtwoord", false, 0},
		{"inlo", "aaninloggen", false, 0.5},
		{"inl", "aaninloggen", false, 0},
		{"briefpost", "brief", false, 0.2},
		{"postbrief", "brief", false, 0.2},
		{"postbrief", "brief", true, 0},
		{"postcode", "post", false, 0},
		{"mijnbriefpost", "brief", false, 0},
	} {
		if got := similarity(c.typed, c.word, c.known); got != c.want {
			t.Errorf("%q is %q by %v, want %v", c.typed, c.word, got, c.want)
		}
	}
}

// TestFindsNothing tests that words that occur in no question find nothing, with or without filler words.
func TestFindsNothing(t *testing.T) {
	x := NewQuestionIndex(fullDesk())
	for _, typed := range []string{
		"", " ", "?!", "qq", "qzx", "asdf", "qwerty", "banaan", "pizza", "voetbal", "blablabla", "lorem ipsum", "xxxx", "kaas",
		"zomervakantie", "trein", "digid", "12345", "0123", "de banaan", "hoe een pizza", "98765", "\x1b[2J", "日本", "ζζζζζ", "fiets", "feits", "giraffe", "the weather",
	} {
		if found := x.Find(typed); len(found) > 0 {
			t.Errorf("%q finds %d, first %q", typed, len(found), found[0].Text.NL)
		}
	}
}

// TestFindWhileTyping tests that a question is found after the fourth letter of a word and after every further letter.
func TestFindWhileTyping(t *testing.T) {
	x := NewQuestionIndex(fullDesk())
	for word, want := range map[string]string{
		"wachtwoord": "wachtwoord", "gebruikersnaam": "gebruikersnaam", "activatienummer": "activatienummer",
		"uitnodiging": "uitnodiging", "productnummer": "productnummer", "overzicht": "overzicht", "terugbellen": "terugbellen",
	} {
		for n := 4; n <= len(word); n++ {
			found := x.Find(word[:n])
			if !slices.ContainsFunc(found, func(q Question) bool { return strings.Contains(q.Text.NL, want) }) {
				t.Errorf("%q finds no question about %s", word[:n], want)
			}
		}
	}
}

// TestFindsItself tests that searching for the text of a question finds that question first.
func TestFindsItself(t *testing.T) {
	x := NewQuestionIndex(fullDesk())
	for _, in := range []text.Language{text.Dutch, text.English} {
		for _, q := range x.questions {
			if found := x.Find(q.Text.In(in)); len(found) == 0 || found[0].Text != q.Text {
				t.Errorf("%q finds %v first", q.Text.In(in), found)
			}
		}
	}
}

// TestFindForgivesOneSlip tests that a long word with one typing error finds the same question as the word itself.
func TestFindForgivesOneSlip(t *testing.T) {
	x := NewQuestionIndex(fullDesk())
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.SampledFrom([]string{"wachtwoord", "gebruikersnaam", "activatienummer", "productnummer", "uitnodiging"}).Draw(t, "word")
		at := rapid.IntRange(1, len(word)-2).Draw(t, "at")
		slip := rapid.SampledFrom([]string{
			word[:at] + word[at+1:],
			word[:at] + "x" + word[at:],
			word[:at] + "x" + word[at+1:],
			word[:at] + word[at+1:at+2] + word[at:at+1] + word[at+2:],
		}).Draw(t, "slip")
		found := x.Find(slip)
		if len(found) == 0 || !strings.Contains(found[0].Text.NL, word) {
			t.Fatalf("%q finds %d questions", slip, len(found))
		}
	})
}

// FuzzFind tests that Find returns each question at most once.
func FuzzFind(f *testing.F) {
	for _, typed := range []string{"", "wachtwoord", "é-mail", "\x00", "ß İ ﬁ", strings.Repeat("wachtwoord ", 20), "\xff\xfe", "'", "-"} {
		f.Add(typed)
	}
	x := NewQuestionIndex(fullDesk())
	f.Fuzz(func(t *testing.T, typed string) {
		seen := map[text.Text]bool{}
		for _, q := range x.Find(text.StripControl(typed, "")) {
			if seen[q.Text] {
				t.Errorf("%q finds %q twice", typed, q.Text)
			}
			seen[q.Text] = true
		}
		for _, word := range wordsOf(typed) {
			if word == "" || !utf8.ValidString(word) {
				t.Errorf("%q has the word %q", typed, word)
			}
		}
	})
}

// BenchmarkFind measures one keystroke in a long search with errors in every word. On two shared cores it took 0.1 to 0.9 ms.
func BenchmarkFind(b *testing.B) {
	x := NewQuestionIndex(fullDesk())
	for _, typed := range []string{"wachtwoord", "ik ben mijn wachtwrd kwijt en kan niet meer inlogen bij activatinummer"} {
		b.Run(strings.Fields(typed)[0], func(b *testing.B) {
			for b.Loop() {
				x.Find(typed)
			}
		})
	}
}

// BenchmarkQuestionIndex measures making the search index.
func BenchmarkQuestionIndex(b *testing.B) {
	d := fullDesk()
	for b.Loop() {
		NewQuestionIndex(d)
	}
}
