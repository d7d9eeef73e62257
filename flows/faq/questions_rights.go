package faq

import (
	"slices"

	"loket/flows"
	"loket/flows/contact"
	"loket/flows/desk"
	"loket/flows/place"
	"loket/flows/text"
)

// rightsQuestions returns the questions about customers' rights and safety.
func rightsQuestions(d *desk.Desk) []Question {
	call, write := contact.SupportLine(d).CallText(), contact.WritingAdvice(d)
	return slices.Insert([]Question{
		{
			Text:        text.New("Ik heb een klacht. Waar kan ik terecht?", "I have a complaint. Where can I go?"),
			searchWords: text.New("klachten klagen kifid ontevreden boos bezwaar ombudsman geschil geschillencommissie rechtbank afm schadevergoeding toezichthouder dnb consumentenbond advocaat rechtszaak excuses oneens fout gemaakt slecht", "complaints complain kifid unhappy dissatisfied angry objection ombudsman dispute court afm compensation regulator lawyer solicitor apology disagree mistake bad"),
			Answer:      contact.ComplaintAdvice(d),
			Places:      []place.ID{place.Contact, place.CallBack},
		},
		{
			Text:        text.New("Ik kreeg een vreemd bericht of telefoontje. Is dat van jullie?", "I got a strange message or call. Is it from you?"),
			searchWords: text.New("phishing nepmail valse verdacht verdachte oplichting oplichter fraude misbruik scam smishing spoofing babbeltruc nep echt identiteitsfraude identiteitsdiefstal betaalverzoek link veilig veiligheid", "phishing fake suspicious fraud fraudster scam scammer abuse smishing spoofing real identity link safe safety security"),
			Answer: text.New(
				"Wij vragen je nooit om een wachtwoord of een code, ook niet aan de telefoon. Vertrouw je het niet? Klik nergens op, hang op, en neem zelf contact op: laat je terugbellen, of "+call.NL+". Heb je je wachtwoord al gegeven? Kies dan nu een ander.",
				"We never ask you for a password or a code, not on the telephone either. Do you not trust it? Click on nothing, hang up, and contact us yourself: let us call you back, or "+call.EN+". Did you give your password already? Then choose another one now.",
			),
			Places: []place.ID{place.ChangePassword, place.Contact, place.CallBack},
		},
		{
			Text:        text.New("Kan ik jullie mailen, appen of chatten?", "Can I e-mail, text or chat with you?"),
			searchWords: text.New("whatsapp chat chatbot fax telegram instagram schrijven schriftelijk sturen sms appje bericht facebook twitter social media mailen", "whatsapp chat chatbot livechat fax telegram instagram write writing send sms message facebook twitter social media mailing"),
			Answer: text.New(
				"Aan dit loket niet. "+write.NL,
				"Not at this desk. "+write.EN,
			),
			Places: []place.ID{place.Contact, place.CallBack},
		},
		{
			Text:        text.New("Kan ik bij jullie langskomen?", "Can I come and see you?"),
			searchWords: text.New("kantoor kantoren balie filiaal vestiging langs bezoeken bezoekadres afspraak adviseur tussenpersoon medewerker persoon spreken praten gesprek mens inlopen", "office offices branch counter visit appointment adviser advisor broker staff person realperson someone human speak talk meet"),
			Answer: text.New(
				"Bij je adviseur, als je die hebt: maak met hem of haar een afspraak. Een kantoor waar je zo binnenloopt, kennen we hier niet. Wil je iemand van ons spreken? Laat je terugbellen, of "+call.NL+".",
				"You can see your adviser, if you have one: make an appointment. We know of no office here where you can just walk in. Do you want to speak to one of us? Let us call you back, or "+call.EN+".",
			),
			Places: []place.ID{place.CallBack, place.Contact},
		},
		{
			Text:        text.New("Kan ik hier betalen, schade melden of iets opzeggen?", "Can I pay, claim or cancel something here?"),
			searchWords: text.New("betaling overmaken overschrijven overboeken geld opnemen storten pinnen pinpas betaalpas rente aflossen aflossing premie incasso boete oversluiten verhogen limiet openen pas creditcard ideal tikkie factuur rekeningafschrift jaaroverzicht belasting schademelding claim claimen declareren ongeluk diefstal brand lekkage opzegging stoppen beeindigen afsluiten offerte", "payment transfer money withdraw deposit cash card interest repay repayment premium debit rate limit credit invoice statement tax damage claims accident theft fire leak cancellation stop end terminate quote"),
			Answer: text.New(
				"Nee. Aan dit loket zie je je producten, en verander je je gegevens. Voor al het andere neem je contact met ons op: laat je terugbellen, of "+call.NL+".",
				"No. At this desk you see your products, and change your details. For everything else you contact us: let us call you back, or "+call.EN+".",
			),
			Places: []place.ID{place.Products, place.Contact, place.CallBack},
		},
	}, 1, PrivacyQuestions(d)...)
}

// PrivacyQuestions returns the questions about the data that the desk keeps of a visit, and about people's rights to that data
// (GDPR 13, 15 to 22, 77).
func PrivacyQuestions(d *desk.Desk) []Question {
	call, kept := contact.SupportLine(d).CallText(), retentionText(d.LogRetention)
	return []Question{
		{
			Text:        text.New("Wat bewaart dit loket van mijn bezoek?", "What does this desk keep of my visit?"),
			searchWords: text.New("privacy privacyverklaring avg gdpr bewaren bewaartermijn opslaan datalek dataverzameling persoonsgegevens gegevensbescherming camera cookies volgen loggen logboek", "privacy gdpr store stores retention record records personal data protection camera cookies track tracking log"),
			Answer: text.New(
				"NN bewaart wat je hier doet, wanneer en aan welk loket. Zo zien we misbruik, en kunnen we laten zien wat er is gebeurd. Wachtwoorden en codes bewaren we nooit leesbaar. Dit bewaren we "+kept.NL+". Wat je typt en niet verstuurt, is weg als je bezoek eindigt. Er zijn geen cookies, en we verkopen niets. Alleen mensen die het voor hun werk nodig hebben, mogen het zien.",
				"NN keeps what you do here, when and at which desk. That is how we see abuse, and can show what happened. We never keep passwords and codes in a readable form. We keep this "+kept.EN+". What you type and do not send is gone when your visit ends. There are no cookies, and we sell nothing. Only people who need it for their work may look at it.",
			),
			Places: []place.ID{place.Activity, place.Contact},
		},
		{
			Text:        text.New("Hoe krijg ik mijn gegevens te zien of verwijderd?", "How do I see my data, or have them erased?"),
			searchWords: text.New("inzage inzageverzoek recht rechten vergetelheid wissen verwijderen verwijderd corrigeren overdragen kopie dataportabiliteit functionaris dpo autoriteit persoonsgegevens account opheffen", "access right rights erasure erase delete deletion correct rectify portability forgetme copy officer dpo authority personal data close account"),
			Answer: text.New(
				"Je mag weten wat we van je bewaren, en ons vragen het te verbeteren, te wissen, minder te gebruiken of mee te geven. Wat je hebt gedaan, zie je zelf bij "+flows.PlaceAt(place.Activity).Name.NL+". Vraag de rest aan: laat je terugbellen, of "+call.NL+". Binnen een maand hoor je van ons. Wat de wet ons laat bewaren, kunnen we niet wissen. Op nn.nl staat hoe je onze functionaris gegevensbescherming bereikt. Ben je het niet met ons eens? Ga dan naar de Autoriteit Persoonsgegevens.",
				"You may know what we keep about you, and ask us to correct it, erase it, use it less or hand it over. You see what you did yourself under "+flows.PlaceAt(place.Activity).Name.EN+". Ask for the rest: let us call you back, or "+call.EN+". You hear from us within a month. We cannot erase what the law has us keep. On nn.nl you find how to reach our data protection officer. Do you disagree with us? Then go to the Dutch data protection authority.",
			),
			Places: []place.ID{place.Activity, place.Contact, place.CallBack},
		},
	}
}
