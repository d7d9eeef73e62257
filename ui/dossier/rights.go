package dossier

import (
	"fmt"
	"time"

	"loket/flows/contact"
	"loket/flows/text"
	"loket/ui/words"
)

func (r customerRecord) introSection() Section {
	return Section{
		Title: text.New("Over dit overzicht", "About this overview"),
		Paragraphs: []text.Text{
			words.Concat(text.New("Dit is alles wat het zelfbedieningsloket van mijn.nn over jou bewaart, op ", "This is all that the self-service desk of mijn.nn keeps about you, on "), words.FormatDateTime(r.now), text.SameInBoth(".")),
			text.New("De bank kan op andere plaatsen meer over je bewaren. Dat vraag je apart aan.", "The bank may keep more about you in other places. You ask for that separately."),
		},
	}
}

// rightsSections returns the sections that say who receives the data, how long they are kept, and which rights the customer has (GDPR
// 15(1), and 16 to 22).
func (r customerRecord) rightsSections() []Section {
	call := contact.SupportLine(r.Desk).CallText()
	return []Section{
		{
			Title: text.New("Waarom we dit mogen, en wie het krijgt", "Why we may, and who gets it"),
			Paragraphs: []text.Text{
				text.New("We hebben het nodig voor de overeenkomsten die je met ons hebt, en om ons aan de wet te houden. Wat er gebeurde, bewaren we omdat het jou en ons tegen misbruik beschermt.",
					"We need it for the agreements that you have with us, and to keep to the law. We keep what happened because it protects you and us against abuse."),
				text.New("Een e-mail gaat langs onze mailserver en die van jou. Een brief gaat langs wie hem drukt en bezorgt. Alleen mensen die het voor hun werk nodig hebben, mogen het zien. We verkopen niets, en geen computer beslist over jou.",
					"An e-mail goes by our mail server and yours. A letter goes by those who print and deliver it. Only people who need it for their work may look at it. We sell nothing, and no computer decides about you."),
			},
		},
		{
			Title: text.New("Hoe lang we het bewaren", "How long we keep it"),
			Rows: []Row{
				{text.New("Wie je bent, je account en je producten", "Who you are, your account and your products"), text.New("zolang je klant bent", "as long as you are a customer")},
				{text.New("Alles over jou, nadat je geen klant meer bent", "All of it, once you are no longer a customer"), retentionText(r.keep.EndedCustomers)},
				{text.New("Producten, nadat ze zijn geëindigd", "Products, once they have ended"), retentionText(r.keep.ClosedProducts)},
				{text.New("Aanvragen, nadat ze zijn ingetrokken", "Applications, once they were withdrawn"), retentionText(r.keep.EndedApplications)},
				{text.New("Activatienummers, nadat ze zijn gebruikt of verlopen", "Activation numbers, once they are used or expired"), retentionText(r.keep.UsedNumbers)},
				{text.New("Dat een bericht is verstuurd", "That a message was sent"), retentionText(r.keep.SentMessages)},
				{text.New("Verkeerde antwoorden, na de laatste", "Wrong answers, after the last of them"), retentionText(r.keep.WrongAnswers)},
				{text.New("Wat we je telefoon vroegen", "What we asked your phone"), retentionText(r.keep.Challenges)},
				{text.New("Wat er gebeurde", "What happened"), retentionText(r.keep.Audit)},
			},
		},
		{
			Title: text.New("Wat je kunt vragen", "What you can ask"),
			Paragraphs: []text.Text{
				words.Concat(text.New("Je kunt ons vragen je gegevens te verbeteren, te wissen, minder te gebruiken of mee te geven, en bezwaar maken. Laat je terugbellen aan het loket, of ",
					"You can ask us to correct your data, to erase them, to use them less or to hand them over, and you can object. Let us call you back at the desk, or "), call,
					text.New(". Binnen een maand hoor je van ons. Wat de wet ons laat bewaren, kunnen we niet wissen.", ". You hear from us within a month. We cannot erase what the law has us keep.")),
				text.New("Op nn.nl staat hoe je onze functionaris gegevensbescherming bereikt. Ben je het niet met ons eens? Ga dan naar de Autoriteit Persoonsgegevens, of naar de rechter.",
					"On nn.nl you find how to reach our data protection officer. Do you disagree with us? Then go to the Dutch data protection authority, or to court."),
				text.New("Dit overzicht is er ook als bestand dat een computer kan lezen (JSON), voor jou of voor wie jij het geeft.",
					"There is also a form of this overview that a computer can read (JSON), for you or for whomever you give it to."),
			},
		},
	}
}

// retentionText formats a retention time. A year has 366 days, as in the settings.
func retentionText(d time.Duration) text.Text {
	const day, year = 24 * time.Hour, 366 * 24 * time.Hour
	unit, one, many := time.Hour, text.New("uur", "hour"), text.New("uur", "hours")
	switch {
	case d == 0:
		return text.New("zolang de wet dat vraagt", "as long as the law requires")
	case d >= year && d%year == 0:
		unit, one, many = year, text.New("jaar", "year"), text.New("jaar", "years")
	case d > day:
		unit, one, many = day, text.New("dag", "day"), text.New("dagen", "days")
	}
	n := (d + unit - 1) / unit
	if n == 1 {
		many = one
	}
	return words.JoinSpaced(text.SameInBoth(fmt.Sprint(int64(n))), many)
}
