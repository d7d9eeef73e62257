package faq

import (
	"strings"
	"testing"

	"loket/flows/text"
)

// looked maps each question to texts that visitors type, separated by bars, for which the search must list the question first.
// Some texts resemble those of another question, or contain typing errors.
var looked = map[text.Language]map[string]string{
	text.Dutch: {
		"Ik ben doof of slechthorend":                         "schrijftolk|ringleiding|videobellen|gehoorbeperking|slecht horen|doof|slechthorend|dove|ik hoor slecht|gebarentaal|tolk|teletolk|kpn teletolk|gehoorapparaat|gebaren|spraakgebrek|stom|ik ben doof",
		"Ik heb geen telefoon":                                "geen telefoon|ik heb geen mobiel|ik kan niet bellen|zonder telefoon",
		"Ik zie niet goed":                                    "leesbril|lettergrootte|donkere modus|visuele beperking|trillende handen|doofblind|blind|slechtziend|schermlezer|grote letters|letters groter|rolstoel|braille|toegankelijkheid|toegankelijk|kleurenblind|voorlezen|contrast|te klein|handicap|beperking|invalide|schermvoorlezer|bril",
		"Mag iemand mij helpen":                               "dementie|alzheimer|kind 18|mantelzorger|mantelzorg|mijn moeder|voor mijn vader|laaggeletterd|dyslexie|ik snap het niet|ik begrijp het niet|hulp van mijn zoon|kan iemand helpen|kan niet lezen",
		"Ik regel zaken voor iemand anders":                   "beschermingsbewind|minderjarig|schuldsanering|notariele volmacht|bewindvoerder|volmacht|curator|machtigen|machtiging|gemachtigde|mentor|voor iemand anders|namens iemand|voogd|onder bewind|levenstestament|bewindvoering|curatele",
		"Er is iemand overleden":                              "overlijdensakte|rekening overledene|vader gestorven|begrafeniskosten|overleden|overlijden|erfgenaam|erfenis|nabestaande|dood|mijn man is overleden|mijn moeder is overleden|weduwe|verklaring van erfrecht|executeur|sterfgeval|notaris|overleiden|testament|uitvaart",
		"Heb ik hier een paspoort":                            "paspoort|bsn|legitimatie|identiteitsbewijs|burgerservicenummer|rijbewijs",
		"Ik ga trouwen of scheiden":                           "scheiding|trouwen|echtscheiding|gescheiden|ex|geboorte|baby|huwelijk|samenwonen|naam veranderen",
		"Ik woon in het buitenland":                           "bellen vanuit buitenland|internationaal|curacao|buitenland|emigreren|belgie|duitsland|ik woon in spanje|buitenlandse postcode|geen nederlandse postcode|expat|landnummer|emigratie|+31",
		"Ik heb geen vast adres":                              "gevangenis|zwerven|briefadres|dakloos|postbus|geen adres|geen vaste woonplaats|zwervend",
		"Ik heb een klacht":                                   "toezichthouder|slechte service|niet tevreden|klacht|klachten|kifid|ontevreden|ombudsman|boos|klacht indienen|bezwaar|geschil|schadevergoeding",
		"Wat bewaart dit loket van mijn bezoek":               "datalek|hoe lang bewaard|avg|gdpr|bewaartermijn|cookies|camera|persoonsgegevens|wat bewaren jullie|hoe lang bewaren jullie|privacyverklaring|privacybeleid",
		"Hoe krijg ik mijn gegevens te zien of verwijderd":    "inzage|gegevens verwijderen|recht op inzage|vergetelheid|account verwijderen|account opheffen|autoriteit persoonsgegevens|gegevens wissen|inzageverzoek|kopie van mijn gegevens",
		"Ik kreeg een vreemd bericht":                         "phishing|nepmail|oplichting|fraude|verdachte mail|vreemd telefoontje|is dit echt|valse sms|oplichter|spoofing|babbeltruc",
		"Kan ik jullie mailen":                                "fax|brief schrijven|email sturen|whatsapp|chat|chatten|mailen|appen|sms|facebook|whats app|chatbot|schrijven",
		"Kan ik bij jullie langskomen":                        "adres kantoor|afspraak maken|praten|balie|kantoor|afspraak|adviseur|langskomen|filiaal|medewerker spreken|een mens spreken|kantoren|bezoekadres|vestiging|tussenpersoon",
		"Kan ik hier betalen":                                 "betalen|overmaken|schade melden|opzeggen|rente|aflossen|pinpas|jaaroverzicht|schade|premie|overboeken|geld overmaken|declareren|factuur|verzekering stoppen",
		"Ik ben mijn wachtwoord vergeten":                     "wachtwoord|password|paswoord kwijt|wachtwoord herstellen",
		"Wanneer komt een tijdelijk wachtwoord per brief":     "brief|brief nog niet binnen",
		"Iemand anders zag de code":                           "iemand keek mee op mijn scherm|code gezien",
		"Hoe zie ik wie er in mijn account is geweest":        "gehackt|hacker|recente activiteit|account gehackt",
		"Hoe kan ik inloggen":                                 "inloggen|hoofdletters",
		"Wanneer kan ik bellen":                               "openingstijden|zijn jullie open|tweede paasdag",
		"Hoe bereik ik jullie":                                "klantenservice|bereikbaar|telefoonnummer hypotheek",
		"Mijn adres, e-mailadres of telefoonnummer verandert": "verhuizen|verhuizing|nieuw adres|ander e-mailadres",
	},
	text.English: {
		"I am deaf or hard of hearing":                  "hearing loop|speech impairment|deaf|hard of hearing|sign language|interpreter|relay|hearing aid|i cannot hear|stammer",
		"I have no telephone":                           "no phone|i have no telephone|without a phone|cannot call",
		"I do not see well":                             "cannot see|wheelchair access|too small|blind|screen reader|wheelchair|braille|accessibility|bigger letters|colour blind|color blind|disabled|low vision|font size",
		"Can I get letters in large print":              "large print|letters in large print|large print letter|post in large print|bigger post",
		"How much time do I have":                       "more time|too fast|slow|slowly",
		"May somebody help me":                          "carer|caregiver|my mother|help my father|i do not understand|dyslexia|can someone help",
		"I act for somebody else":                       "minor|debt|incapacitated|power of attorney|guardian|on behalf of|administrator|authorise|authorization|act for somebody|representative|proxy|trustee",
		"Somebody has died":                             "my wife passed away|inheriting|died|death|deceased|heir|inheritance|widow|my husband died|funeral|bereavement|probate|passed away|death certificate|estate",
		"Do I need a passport":                          "passport|id card|identification",
		"I am marrying":                                 "divorce|marriage|getting married|new baby|separated|maiden name",
		"I live abroad":                                 "living in france|moving abroad|abroad|overseas|emigrate|expat|i live in belgium|foreign postcode|country code",
		"I have no fixed address":                       "homeless|no address|po box",
		"I have a complaint":                            "how to complain|lawyer|complaint|complain|kifid|ombudsman|not happy|dispute|angry|compensation",
		"What does this desk keep of my visit":          "gdpr|retention|cookies|personal data|what do you store|camera|privacy policy",
		"How do I see my data":                          "my rights|forget me|erase my data|delete my account|right of access|data erasure|copy of my data|close my account|data protection officer",
		"I got a strange message":                       "phishing|scam|fraud|fake email|suspicious call|strange message",
		"Can I e-mail, text or chat":                    "live chat|text|whatsapp|chat|facebook|text message|write to you|chat bot",
		"Can I come and see you":                        "real person|speak to someone|office|branch|appointment|adviser|advisor|visit you|speak to a human|counter",
		"Can I pay, claim":                              "pay|payment|transfer money|claim|cancel|interest rate|cancel my insurance|invoice|withdraw",
		"When does a temporary password come by letter": "letter",
		"How do I see who has been in my account":       "hacked|recent activity|my account was hacked",
		"How do I log in":                               "login|how do i login",
		"When can I call":                               "hours|are you open",
	},
}

func TestLooked(t *testing.T) {
	x := NewQuestionIndex(fullDesk())
	for language, all := range looked {
		for want, typed := range all {
			for one := range strings.SplitSeq(typed, "|") {
				first := "nothing"
				if found := x.Find(one); len(found) > 0 {
					first = found[0].Text.In(language)
				}
				if !strings.HasPrefix(first, want) {
					t.Errorf("%q finds %q first, want %q", one, first, want)
				}
			}
		}
	}
}

// TestEitherLanguage tests that a visitor who reads Dutch can search in English, and vice versa.
func TestEitherLanguage(t *testing.T) {
	x := NewQuestionIndex(fullDesk())
	for typed, want := range map[string]string{"doof": "I am deaf", "overleden": "Somebody has died", "wheelchair": "I do not see well", "klacht": "I have a complaint"} {
		if found := x.Find(typed); len(found) == 0 || !strings.HasPrefix(found[0].Text.EN, want) {
			t.Errorf("%q finds %d questions, want %q first", typed, len(found), want)
		}
	}
}
