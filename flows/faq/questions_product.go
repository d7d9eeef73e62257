package faq

import (
	"loket/flows/place"
	"loket/flows/text"
)

// productQuestions are the questions about products (V1–V4).
var productQuestions = []Question{
	{
		Text:        text.New("Wat zie ik in mijn overzicht?", "What do I see in my overview?"),
		searchWords: text.New("pensioen aow beleggen belegging beleggingen", "pension invest investment investments"),
		Answer: text.New(
			"Al je verzekeringen, rekeningen en leningen bij elkaar. Een product dat je net hebt aangevraagd, staat erbij zodra je het activatienummer hebt gebruikt.",
			"All your insurance policies, accounts and loans together. A product that you have just applied for is there as soon as you have used its activation number.",
		),
		Places: []place.ID{place.Products},
	},
	{
		Text: text.New("Waarom zie ik van een product geen details?", "Why do I see no details for a product?"),
		Answer: text.New(
			"Van de meeste producten zie je details. Van sommige kan dat nog niet, vooral van levens- en schadeverzekeringen van lang geleden. We weten niet of en wanneer die details er komen. Wil je iets over zo'n product weten? Neem dan contact met ons op.",
			"For most products you see details. For some that is not possible yet, mostly for life and non-life insurance policies from long ago. We do not know whether or when those details will come. Do you want to know something about such a product? Then please contact us.",
		),
		Places: []place.ID{place.Contact, place.CallBack},
	},
	{
		Text:        text.New("Ik zie een product dat ik niet ken. Of ik mis er een. Wat nu?", "I see a product that I do not know. Or one is missing. What now?"),
		searchWords: text.New("onbekende onbekend", "unknown"),
		Answer: text.New(
			"Neem contact met ons op, dan kijken we wat er aan de hand is.",
			"Contact us, and we will look into it.",
		),
		Places: []place.ID{place.Contact, place.CallBack},
	},
	{
		Text: text.New("Ik wil iets weten over mijn product. Waar kijk ik eerst?", "I want to know something about my product. Where do I look first?"),
		Answer: text.New(
			"Kijk eerst bij het product zelf. Log daarvoor in en kies het product in je overzicht. Staat je antwoord er niet? Neem dan contact met ons op.",
			"Look at the product itself first. Log in and choose the product in your overview. Is your answer not there? Then please contact us.",
		),
		Places: []place.ID{place.Products, place.Contact},
	},
	{
		Text:        text.New("Waar zie ik mijn saldo?", "Where do I see my balance?"),
		searchWords: text.New("saldo hoeveel geld", "balance amount money"),
		Answer: text.New(
			"Log in en kies je rekening in je overzicht. Bij een lening of hypotheek zie je daar wat je nog moet betalen.",
			"Log in and choose your account in your overview. For a loan or mortgage you see there what you still have to pay.",
		),
		Places: []place.ID{place.Products},
	},
}
