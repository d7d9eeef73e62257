package contact

import (
	"loket/flows/desk"
	"loket/flows/text"
)

// Texts that the screen Service and contact shares with the frequently asked questions.

// ActivationWaitAdvice is advice for a visitor who has applied for a product and is waiting for the activation number (A6).
func ActivationWaitAdvice(d *desk.Desk) text.Text {
	mortgage, support := MortgageLine(d), SupportLine(d)
	return text.New(
		"Heb je net een nieuw product aangevraagd? Dan kan het een paar dagen duren voordat je activatienummer er is. Is het er na een paar dagen nog niet? "+
			"Bel voor een hypotheek "+mortgage.PhoneText().NL+", "+mortgage.WeeklyHours().NL+". Voor al het andere is er "+support.Name.NL+".",
		"Have you just applied for a new product? Then it can take a few days before your activation number arrives. Still nothing after a few days? "+
			"Call "+mortgage.PhoneText().EN+" for a mortgage, "+mortgage.WeeklyHours().EN+". For everything else there is "+support.Name.EN+".",
	)
}

// RelayAdvice tells people who are deaf or have a speech impairment how to call through the relay service that the law
// provides (Telecommunicatiewet 7.35; EN 301 549, 13.1).
func RelayAdvice(d *desk.Desk) text.Text {
	daily, lines := d.Settings.RelayHours.DailyText(), Helplines(d)[0].WeeklyHours()
	number := text.New("Hoe je dat doet, staat op kpnteletolk.nl.", "How to do that is on kpnteletolk.nl.")
	if phone := d.Settings.RelayPhone; phone != "" {
		number = text.New("Het nummer is "+phone.Grouped()+".", "The number is "+phone.Grouped()+".")
	}
	return text.New(
		"Bel via KPN Teletolk: een tolk zet het gesprek om in tekst of in gebarentaal. Dat kan ook als je moeilijk praat. "+number.NL+" Het is gratis. De tolken werken "+daily.NL+". Onze lijnen zijn open op "+lines.NL+".",
		"Call us through KPN Teletolk. An interpreter turns the call into text or sign language, also if you have trouble speaking. "+number.EN+" It is free. The interpreters work "+daily.EN+". Our lines are open "+lines.EN+".",
	)
}

// WritingAdvice tells visitors how to write to the bank: by e-mail if the bank has set an address, and otherwise by letter.
func WritingAdvice(d *desk.Desk) text.Text {
	if to := string(d.Settings.SupportEmail); to != "" {
		return text.New(
			"Liever schrijven? Stuur een e-mail naar "+to+". Of stuur een brief: het adres staat "+websiteText.NL+". Zet er nooit een wachtwoord of code in.",
			"Would you rather write? Send an e-mail to "+to+". Or send a letter: the address is "+websiteText.EN+". Never put a password or code in it.",
		)
	}
	where := SupportLine(d).LookupText
	return text.New(
		"Liever schrijven? Kijk "+where.NL+". Daar staan ons postadres en alle andere manieren. Zet er nooit een wachtwoord of code in.",
		"Would you rather write? Look "+where.EN+". There you find our postal address and all other ways. Never put a password or code in it.",
	)
}

// RepresentativeAdvice is advice for a visitor who acts on behalf of somebody else.
func RepresentativeAdvice(d *desk.Desk) text.Text {
	call := SupportLine(d).CallText()
	return text.New(
		"Een account voor een bewindvoerder, curator, mentor of gemachtigde is er nog niet. Neem contact met ons op: laat je terugbellen, of "+call.NL+". Houd je identiteitsbewijs bij de hand, en de beschikking van de rechter of de volmacht. Log niet in met de gegevens van een ander, ook niet als dat mag van die ander. Deel geen wachtwoorden en codes.",
		"There is no account yet for an administrator, guardian, mentor or representative. Contact us: let us call you back, or "+call.EN+". Have your proof of identity ready, and the court order or the power of attorney. Do not log in with the details of somebody else, even if they allow it. Do not share passwords and codes.",
	)
}

// DeathAdvice tells visitors what to do when a customer has died.
func DeathAdvice(d *desk.Desk) text.Text {
	call := SupportLine(d).CallText()
	return text.New(
		"Gecondoleerd met je verlies. Geef het overlijden aan ons door: laat je terugbellen, of "+call.NL+". Houd bij de hand: de naam en geboortedatum, de akte van overlijden, en de rekening- en polisnummers die je kent. Ben je erfgenaam? Dan vragen we ook je identiteitsbewijs en de verklaring van erfrecht, als je die hebt. Log niet in met de gegevens van wie is overleden.",
		"We are sorry for your loss. Tell us about the death: let us call you back, or "+call.EN+". Have ready: the name and date of birth, the death certificate, and the account and policy numbers that you know. Are you an heir? Then we also ask for your proof of identity and the certificate of inheritance, if you have one. Do not log in with the details of the person who died.",
	)
}

// ComplaintAdvice tells visitors where to complain: first at the bank, as the financial complaints institute Kifid requires,
// and then at Kifid.
func ComplaintAdvice(d *desk.Desk) text.Text {
	call := SupportLine(d).CallText()
	return text.New(
		"Vertel eerst aan onze medewerkers wat er mis is: laat je terugbellen, of "+call.NL+". Zeg erbij dat het een klacht is. Schrijven kan ook: het adres staat "+websiteText.NL+". Komen we er samen niet uit? Dan kun je naar Kifid, het klachteninstituut voor financiële diensten (kifid.nl), of naar de rechter.",
		"First tell our staff what is wrong: let us call you back, or "+call.EN+". Say that it is a complaint. You can also write: the address is "+websiteText.EN+". If we cannot solve it together, you can go to Kifid, the Dutch institute for complaints about financial services (kifid.nl), or to court.",
	)
}

// These texts name the choice between a call and an answer in writing.
var (
	preferWritingText = text.New("Liever antwoord per e-mail of brief", "I would rather have an e-mail or a letter")
	preferCallText    = text.New("Liever teruggebeld worden", "I would rather be called")
)

// WrittenAnswerAdvice tells visitors who cannot be called how to get an answer in writing.
var WrittenAnswerAdvice = text.New(
	"Wil je niet gebeld worden? Kies Laat je terugbellen, en dan: "+preferWritingText.NL+".",
	"Do you not want to be called? Choose Let us call you back, and then: "+preferWritingText.EN+".")
