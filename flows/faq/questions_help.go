package faq

import (
	"loket/flows"
	"loket/flows/contact"
	"loket/flows/desk"
	"loket/flows/place"
	"loket/flows/text"
)

// helpQuestions returns the questions of people who need help, and of people who act on behalf of somebody else.
func helpQuestions(d *desk.Desk) []Question {
	call, relay, write := contact.SupportLine(d).CallText(), contact.RelayAdvice(d), contact.WritingAdvice(d)
	inWriting := contact.WrittenAnswerAdvice
	before, after := text.DescribeWait(d.Settings.IdleBefore), text.DescribeWait(d.Settings.IdleAfter)
	return []Question{
		{
			Text:        text.New("Ik ben doof of slechthorend. Hoe bereik ik jullie?", "I am deaf or hard of hearing. How do I reach you?"),
			searchWords: text.New("dove doven gehoor horen hoor hoortoestel gebarentaal gebarentolk tolk teletolk teksttelefoon beeldtolk schrijftolk beeldbellen videobellen ringleiding cochleair implantaat spraak stotteren stom afasie", "hearing sign language bsl interpreter relay teletolk textphone loop cochlear implant video speech stammer mute aphasia"),
			Answer:      text.New(relay.NL+" "+inWriting.NL, relay.EN+" "+inWriting.EN),
			Places:      []place.ID{place.CallBack, place.Contact},
		},
		{
			Text:        text.New("Ik heb geen telefoon, of ik kan niet bellen. Wat nu?", "I have no telephone, or I cannot call. What now?"),
			searchWords: text.New("zonder geentelefoon geenmobiel", "without nophone nomobile"),
			Answer: text.New(
				inWriting.NL+" "+write.NL+" Voor dit loket heb je geen telefoon nodig: je kunt hier inloggen, een account aanvragen en een nieuw wachtwoord aanvragen.",
				inWriting.EN+" "+write.EN+" You need no telephone for this desk: you can log in here, ask for an account and ask for a new password.",
			),
			Places: []place.ID{place.CallBack, place.Contact},
		},
		{
			Text:        text.New("Ik zie niet goed. Hoe gebruik ik dit loket?", "I do not see well. How do I use this desk?"),
			searchWords: text.New("toegankelijk toegankelijkheid wcag blind blinden doofblind visueel slechtziend slechtziende ogen bril leesbril staar vergrootglas loep letters lettertype lettergrootte groter grotere grote klein kleine contrast kleur kleuren kleurenblind scherm schermlezer schermvoorlezer voorlezen voorleessoftware spraak braille brailleleesregel vergroten weergave donker donkere nachtstand rolstoel handicap gehandicapt invalide beperking lichamelijk motorisch verlamd tremor trillen trillende handen parkinson", "accessibility accessible wcag blind sight vision impaired eyes glasses cataract cannotsee cantsee dark letters larger bigger large big small font size contrast colour color colours blindness screen reader readers magnifier braille view wheelchair disability disabled handicap paralysed tremor shaking hands parkinson parkinsons"),
			Answer: text.New(
				"Kies in het menu "+flows.PlaceAt(place.Help).Name.NL+". Daar is een andere weergave: met meer contrast of met meer ruimte. Alles kan met het toetsenbord, en zonder kleuren te zien. Gebruik je een schermlezer of een brailleleesregel? Voor jou is er een weergave in gewone regels. Vraag een medewerker hoe je die opent. Kun je niet bij het scherm of de toetsen, of lukt het niet? Laat je dan terugbellen, of "+call.NL+".",
				"Choose "+flows.PlaceAt(place.Help).Name.EN+" from the menu. There is another view: with more contrast or with more room. Everything works with the keyboard, and without seeing colours. Do you use a screen reader or a braille display? For you there is a view in plain lines. Ask our staff how to open it. If you cannot reach the screen or the keys, or if it does not work, let us call you back, or "+call.EN+".",
			),
			Places: []place.ID{place.Contact, place.CallBack},
		},
		{
			Text:        text.New("Kan ik post in grote letters krijgen?", "Can I get letters in large print?"),
			searchWords: text.New("brieven brief groot groter slechtziend slechtziende vergroten vergroot vergroting lettergrootte", "post letter largeprint big bigger larger enlarged size vision impaired"),
			Answer: text.New(
				"Ja. Log in en kies "+flows.PlaceAt(place.Details).Name.NL+", en dan "+flows.PlaceAt(place.ChangeLetterPrint).Name.NL+". Alle brieven komen dan in grote letters. Kun je niet inloggen, en vraag je hier iets aan dat per brief komt? Kies dan op die pagina: Brief in grote letters. Onze medewerkers kunnen het ook voor je veranderen: laat je terugbellen, of "+call.NL+".",
				"Yes. Log in and choose "+flows.PlaceAt(place.Details).Name.EN+", and then "+flows.PlaceAt(place.ChangeLetterPrint).Name.EN+". All letters then come in large print. Can you not log in, and do you ask for something here that comes by letter? Then choose on that page: Letter in large print. Our staff can change it for you too: let us call you back, or "+call.EN+".",
			),
			Places: []place.ID{place.ChangeLetterPrint, place.CallBack},
		},
		{
			Text:        text.New("Hoeveel tijd heb ik aan dit loket?", "How much time do I have at this desk?"),
			searchWords: text.New("meer langer rustig rustiger langzaam langzamer traag haast tijdslimiet timeout", "more longer slow slower slowly hurry limit timeout"),
			Answer: text.New(
				"Zoveel als je nodig hebt. Doe je "+before.NL+" niets, of "+after.NL+" als je bent ingelogd? Dan vragen we of je er nog bent. Gaat het je te snel? Kies in het menu "+flows.PlaceAt(place.Help).Name.NL+", en dan Meer tijd. Je krijgt dan drie keer zoveel tijd, ook op je telefoon en voor een code in een e-mail. Een tijdelijk wachtwoord en een activatienummer werken even lang als anders.",
				"As much as you need. Do you do nothing for "+before.EN+", or "+after.EN+" when you are logged in? Then we ask whether you are still there. Is it too fast for you? Choose "+flows.PlaceAt(place.Help).Name.EN+" from the menu, and then More time. You then get three times as long, also on your phone and for a code in an e-mail. A temporary password and an activation number work as long as usual.",
			),
			Places: []place.ID{place.Help},
		},
		{
			Text:        text.New("Ik regel zaken voor iemand anders. Hoe doe ik dat?", "I act for somebody else. How do I do that?"),
			searchWords: text.New("namens bewind bewindvoerder bewindvoering curator curatele mentor mentorschap voogd volmacht wilsonbekwaam gezag minderjarig minderjarige pleegkind schulden schuldhulp schuldsanering wsnp faillissement gemachtigde machtigen machtiging vertegenwoordiger wettelijk levenstestament zaakwaarnemer beschikking rechter", "behalf administrator administration guardian guardianship curator conservator mentor trustee power attorney poa proxy authorise authorize authorisation authorization incapacitated minor debt debts bankrupt bankruptcy representative court order mandate"),
			Answer:      contact.RepresentativeAdvice(d),
			Places:      []place.ID{place.Contact, place.CallBack},
		},
		{
			Text:        text.New("Er is iemand overleden. Wat nu?", "Somebody has died. What now?"),
			searchWords: text.New("dood overlijden overlijdt gestorven sterven sterfgeval nabestaande nabestaanden erfenis erfgenaam erfgenamen erven erfrecht nalatenschap boedel euthanasie testament executeur notaris weduwe weduwnaar begrafenis uitvaart crematie rouw akte", "death dead deceased die dies dying passed bereavement bereaved heir heirs inherit inheritance estate probate will testament executor notary widow widower funeral burial cremation survivor certificate"),
			Answer:      contact.DeathAdvice(d),
			Places:      []place.ID{place.Contact, place.CallBack},
		},
		{
			Text:        text.New("Mag iemand mij helpen aan dit loket?", "May somebody help me at this desk?"),
			searchWords: text.New("mantelzorger mantelzorg begeleider begeleiding dochter zoon kind kinderen moeder vader ouders buurman buurvrouw meekijken moeilijk begrijp snap uitleg laaggeletterd analfabeet dyslexie lezen autisme adhd dementie alzheimer vergeetachtig ouderen bejaard computer digitaal", "carer caregiver someonehelp daughter son child children mother father parents parent dad mum mom neighbour difficult understand explain literacy dyslexia reading autism adhd dementia alzheimers elderly old computer digital"),
			Answer: text.New(
				"Ja, iemand mag met je meekijken en uitleggen. Typ zelf, en laat niemand je wachtwoord of codes zien. Help je iemand, zoals je vader of moeder? Kijk dan weg bij het wachtwoord. Wil je iets voor een ander regelen als die er niet bij is? Daar is een volmacht voor nodig. Komen jullie er niet uit? Laat je dan terugbellen, of "+call.NL+".",
				"Yes, somebody may look on and explain. Type yourself, and show nobody your password or codes. Are you helping somebody, such as a parent? Then look away at the password. Do you want to act for somebody who is not there? That takes a power of attorney. If you are stuck, let us call you back, or "+call.EN+".",
			),
			Places: []place.ID{place.Contact, place.CallBack},
		},
		{
			Text:        text.New("Heb ik hier een paspoort of een burgerservicenummer nodig?", "Do I need a passport or a citizen service number here?"),
			searchWords: text.New("bsn id idkaart identiteitskaart identiteitsbewijs legitimatie legitimeren rijbewijs meenemen", "bsn id idcard identity card identification licence bring"),
			Answer: text.New(
				"Nee. Aan dit loket vragen we nooit om je paspoort of je burgerservicenummer (BSN). Inloggen doe je met je gebruikersnaam en je wachtwoord. Spreek je een medewerker? Dan kan die je wel om een bewijs vragen van wie je bent.",
				"No. At this desk we never ask for your passport or your citizen service number (BSN). You log in with your username and your password. If you speak to our staff, they may ask you to prove who you are.",
			),
			Places: []place.ID{place.LogIn, place.Contact},
		},
		{
			Text:        text.New("Ik ga trouwen of scheiden, of we krijgen een kind. Wat nu?", "I am marrying, divorcing or having a child. What now?"),
			searchWords: text.New("trouw trouwen getrouwd huwelijk scheiding gescheiden echtscheiding ex samenwonen geboorte geboren baby zwanger achternaam naam veranderen naamswijziging meisjesnaam geslacht", "marriage married wedding divorce divorced separated separation ex born birth baby pregnant surname name change maiden"),
			Answer: text.New(
				"Geef het aan onze medewerkers door: laat je terugbellen, of "+call.NL+". Zij zeggen wat er voor je producten verandert, en welk bewijs nodig is. Weet je ex je wachtwoord? Kies dan hier een ander. Ieder heeft een eigen account: deel het niet.",
				"Tell our staff: let us call you back, or "+call.EN+". They say what changes for your products, and what proof is needed. Does your ex know your password? Then choose another one here. Everybody has an account of their own: do not share it.",
			),
			Places: []place.ID{place.Contact, place.CallBack, place.ChangePassword},
		},
		{
			Text:        text.New("Ik woon in het buitenland. Wat nu?", "I live abroad. What now?"),
			searchWords: text.New("buitenlands buitenlandse emigreren emigratie geemigreerd emigrant expat landnummer land belgie duitsland spanje engeland frankrijk amerika turkije marokko suriname curacao europa internationaal landcode tijdzone wereld postcode", "foreign overseas emigrate emigrated emigration expat country code belgium germany spain england france america usa turkey morocco living international timezone europe world postcode zip"),
			Answer: text.New(
				"Inloggen kan overal, met je gebruikersnaam en je wachtwoord. Vraagt dit loket om een Nederlandse postcode, en heb je die niet? Laat je dan terugbellen: je nummer mag uit een ander land zijn. Zelf bellen kan ook: begin met +31, en laat de eerste 0 van ons nummer weg. Post naar een ander land duurt vaak langer.",
				"You can log in anywhere, with your username and your password. Does this desk ask for a Dutch postcode, and do you not have one? Then let us call you back: your number may be from another country. You can also call: begin with +31, and leave out the first 0 of our number. Post to another country often takes longer.",
			),
			Places: []place.ID{place.CallBack, place.Contact},
		},
		{
			Text:        text.New("Ik heb geen vast adres. Waar komt mijn post?", "I have no fixed address. Where does my post go?"),
			searchWords: text.New("briefadres vaste woonplaats dakloos zwerver zwervend thuisloos daklozenopvang opvang gevangenis verzorgingshuis verblijfsadres postbus woonwagen schip", "homeless shelter prison nursing correspondence box boat"),
			Answer: text.New(
				"Naar het postadres dat we van je kennen. Dat mag ook een briefadres of een postbus zijn. Heb je een ander adres? Geef het aan onze medewerkers door: laat je terugbellen, of "+call.NL+". Met een e-mailadres komt er bijna geen post meer: dat verander je zelf, bij "+flows.PlaceAt(place.Details).Name.NL+".",
				"To the postal address that we know. That may also be a correspondence address or a post office box. Do you have another address? Tell our staff: let us call you back, or "+call.EN+". With an e-mail address hardly any post comes: you change that yourself, under "+flows.PlaceAt(place.Details).Name.EN+".",
			),
			Places: []place.ID{place.Contact, place.CallBack},
		},
	}
}
