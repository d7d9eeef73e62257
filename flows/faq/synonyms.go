package faq

import (
	"strings"

	"loket/flows/text"
)

// synonyms leads from a word, as wordsOf gives it, to others that customers use
// for the same.
var synonyms = map[text.Language]map[string][]string{
	text.Dutch: groups(
		"wachtwoord wachtwoorden password paswoord pincode",
		"gebruikersnaam inlognaam loginnaam username accountnaam",
		"activatienummer activatiecode activeringscode code nummer",
		"email mail emailadres mailadres mailtje",
		"bellen bel belt telefoonnummer telefonisch opbellen terugbellen",
		"telefoon telefoons mobiel mobieltje smartphone toestel gsm",
		"gezicht gezichtsherkenning faceid",
		"vinger vingerafdruk touchid",
		"toegangssleutel passkey passkeys",
		"koppel koppelen gekoppeld verbinden aansluiten",
		"verwijder verwijderen ontkoppelen weghalen",
		"kwijt verloren vergeten zoek",
		"verlopen ongeldig vervallen oud",
		"brief brieven post postadres",
		"polisblad polis polisnummer",
		"verzekering verzekeringen polis polissen",
		"rekening rekeningen bankrekening spaarrekening",
		"lening leningen hypotheek",
		"inloggen log inlog aanmelden login",
		"uitloggen afmelden loguit logout",
		"inloggegevens gebruikersnaam",
		"inloggegevens wachtwoord",
		"veranderen verander wijzigen wijzig aanpassen",
		"partner man vrouw echtgenoot echtgenote samen",
		"ongewenste spam spambox",
		"bellen openingstijden open geopend gesloten dicht",
		"adres verhuizen verhuisd verhuizing",
		"contact bereik bereiken bellen telefoonnummer hulp helpdesk klantenservice service",
		"kies kiezen kiest",
		"krijg krijgt gekregen ontvang ontvangen",
		"blijft ontvangen",
		"aanvraag aangevraagd aanvragen",
		"mis mist ontbreekt",
		"geldig werkt",
		"herkend kloppen klopt fout",
		"uitnodiging uitgenodigd registreren aanmaken",
		"activeer activeren",
	),
	text.English: groups(
		"password passwords passcode pin pwd",
		"username userid login",
		"activation activate activating code",
		"email mail emails",
		"call calling telephone ring",
		"phone phones mobile cellphone smartphone device",
		"face faceid",
		"finger fingerprint touchid",
		"pair paired pairing connect link",
		"remove unpair delete unlink",
		"lost lose forgot forgotten",
		"miss missing",
		"expired expire invalid old",
		"letter letters post postal",
		"policy policies insurance insurances",
		"account accounts",
		"loan loans mortgage",
		"log login signin",
		"logout signout logoff leave",
		"credentials username",
		"credentials password",
		"change edit update modify",
		"partner husband wife spouse together",
		"spam junk",
		"call hours open opening",
		"address moved moving",
		"contact reach call telephone help helpdesk support service",
		"get got receive received",
		"works work valid",
		"recognised recognized wrong rejected",
		"invited invitation register registration signup",
	),
}

// groups gives each word of a group all others of its groups.
func groups(all ...string) map[string][]string {
	others := map[string][]string{}
	for _, group := range all {
		words := strings.Fields(group)
		for _, word := range words {
			others[word] = append(others[word], words...)
		}
	}
	return others
}

// phrases are pairs of words that mean something else together.
var phrases = map[text.Language]map[[2]string]string{
	text.Dutch: {{"log", "uit"}: "uitloggen", {"log", "in"}: "inloggen"},
	text.English: {
		{"log", "in"}: "login", {"log", "on"}: "login", {"sign", "in"}: "login", {"sign", "on"}: "login",
		{"log", "out"}: "logout", {"log", "off"}: "logout", {"sign", "out"}: "logout", {"sign", "off"}: "logout",
		{"sign", "up"}: "signup", {"call", "back"}: "callback",
	},
}

// joined gives the words with each phrase as one.
func joined(words []string, in text.Language) (all []string) {
	for i := 0; i < len(words); i++ {
		if i+1 < len(words) {
			if one, is := phrases[in][[2]string{words[i], words[i+1]}]; is {
				all = append(all, one)
				i++
				continue
			}
		}
		all = append(all, words[i])
	}
	return all
}

// strangers are names of what the desk knows nothing of, though they look like
// words that it knows.
var strangers = set("digid")

// fillerCounts is how much a filler counts beside other words.
const fillerCounts = 0.15

// fillers are words that stand in many questions and tell little of what they
// are about.
var fillers = map[text.Language]map[string]bool{
	text.Dutch: set(`aan al alle als ben bent bij daar dan dat de deze die dit doe doen een en er ga gaat geen gekregen graag had heb
		hebben hebt heeft het hier hoe ik in is ja je jij jou jouw jullie kan kon krijg krijgen kun kunnen maar me meer met mij mijn moet moeten
		mag na naar nee niet nieuw nieuwe nog nou nu of om ontvang ontvangen ook op over s steeds te toch u uit uw van voor waar waarom wanneer was wat
		weer weet welk welke werkt wie wij we wil willen word wordt worden zijn zo`),
	text.English: set(`a about all already am an and any are as at be been but by can cannot could did do does for from get gets give got had
		has have how i if in into is it its may me more my need new no not now of on once or our receive received s should so still t than that the their them
		there this to too us want was we what when where which who why will with would work works you your yours`),
}

func set(words string) map[string]bool {
	in := map[string]bool{}
	for word := range strings.FieldsSeq(words) {
		in[word] = true
	}
	return in
}
