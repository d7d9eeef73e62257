package faq

import "strings"

// synonyms maps each word to its synonyms, including the word itself. The words have the form of wordsOf.
var synonyms = synonymGroups(`
	wachtwoord wachtwoorden password passwords paswoord pincode passcode pin pwd inloggegevens credentials
	gebruikersnaam inlognaam loginnaam username userid accountnaam inloggegevens credentials
	activatienummer activatiecode activeringscode code nummer
	activatie activeer activeren activation activate activating code
	email emails mail emailadres mailadres mailtje
	bellen bel belt telefoonnummer telefonisch opbellen terugbellen
	call calling telephone ring
	telefoon telefoons mobiel mobieltje smartphone toestel gsm
	phone phones mobile cellphone smartphone device
	gezicht gezichtsherkenning face faceid
	vinger vingerafdruk finger fingerprint touchid
	toegangssleutel passkey passkeys
	koppel koppelen gekoppeld verbinden aansluiten
	pair paired pairing connect link
	verwijder verwijderen ontkoppelen weghalen
	remove unpair delete unlink
	kwijt verloren vergeten zoek
	lost lose forget forgot forgotten
	verlopen ongeldig vervallen oud
	expired expire invalid old
	brief brieven post postadres
	letter letters post postal
	polis polisblad polisnummer
	verzekering verzekeringen polis polissen
	policy policies insurance insurances
	rekening rekeningen bankrekening spaarrekening account accounts
	lening leningen hypotheek loan loans mortgage
	inloggen log inlog aanmelden login signin logon signon
	uitloggen afmelden loguit logout signout logoff signoff leave
	veranderen verander wijzigen wijzig aanpassen
	change edit update modify
	partner man vrouw echtgenoot echtgenote samen husband wife spouse together
	ongewenste spam spambox junk
	adres verhuizen verhuisd verhuizing
	address moved moving
	contact bereik bereiken bellen telefoonnummer hulp helpdesk klantenservice service
	contact reach call telephone help helpdesk support service
	kies kiezen kiest
	krijg krijgt gekregen ontvang ontvangen blijft
	get got receive received
	aanvraag aangevraagd aanvragen
	mis mist ontbreekt miss missing
	geldig werkt works work valid
	herkend kloppen klopt fout recognised recognized wrong rejected
	uitnodiging uitgenodigd registreren aanmaken invited invitation register registration signup`)

// synonymGroups maps each word to all words on the same lines.
func synonymGroups(lines string) map[string][]string {
	all := map[string][]string{}
	for line := range strings.Lines(lines) {
		words := strings.Fields(line)
		for _, word := range words {
			all[word] = append(all[word], words...)
		}
	}
	return all
}

// fillerWords are words that occur in many questions and say little about the subject.
var fillerWords = strings.Fields(`
	a aan about al all alle already als am an and any are as at be been ben bent bij but by can cannot could daar dan dat de deze
	did die dit do doe doen does een en er for from ga gaat geen gekregen get gets give got graag had has have heb hebben hebt
	heeft het hier hoe how i if ik in into is it its ja je jij jou jouw jullie kan kon krijg krijgen kun kunnen maar mag may me
	meer met mij mijn moet moeten more my na naar nee need new niet nieuw nieuwe no nog not nou now nu of om on once ontvang
	ontvangen ook op or our over receive received s should so steeds still t te than that the their them there this to toch too u
	uit us uw van voor waar waarom wanneer want was wat we weer weet welk welke werkt what when where which who why wie wij wil
	will willen with word worden wordt work works would you your yours zijn zo`)
