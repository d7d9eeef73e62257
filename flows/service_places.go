package flows

import (
	"loket/flows/place"
	"loket/flows/servicedesk"
	"loket/flows/text"
)

// ServicePlaces lists the places at the screen of the service desk, in the order of its menus. None
// of them is open to a customer, and no other place is open to the service desk.
var ServicePlaces = []Place{
	{
		ID: place.FindCustomer, Name: text.New("Klant zoeken", "Find a customer"), Purpose: text.New("Met wat de beller antwoordt", "By what the caller answers"),
		Parent: place.Home, GuestsOnly: true, Begin: servicedesk.FindCustomer,
	},
	{
		ID: place.Card, Name: text.New("Kaart van de klant", "Card of the customer"), Purpose: text.New("Wat we weten en wat er gebeurde", "What we know and what happened"),
		Parent: place.Home, NeedsCard: true,
	},
	{
		ID: place.SendMenu, Name: text.New("Iets sturen", "Send something"), Purpose: text.New("Gebruikersnaam, wachtwoord, nummer", "Username, password, number"),
		Parent: place.Home, NeedsCard: true, MenuQuestion: text.New("Wat wil je sturen?", "What would you like to send?"),
	},
	{
		ID: place.SendUsername, Name: text.New("Gebruikersnaam", "Username"), Purpose: text.New("Per e-mail of brief", "By e-mail or letter"),
		Parent: place.SendMenu, NeedsCard: true, Begin: servicedesk.SendUsername,
	},
	{
		ID: place.SendPassword, Name: text.New("Tijdelijk wachtwoord", "Temporary password"), Purpose: text.New("Per e-mail of brief", "By e-mail or letter"),
		Parent: place.SendMenu, NeedsCard: true, Begin: servicedesk.SendPassword,
	},
	{
		ID: place.SendNumber, Name: text.New("Activatienummer", "Activation number"), Purpose: text.New("Een nieuw, voor wat er wacht", "A new one, for what waits"),
		Parent: place.SendMenu, NeedsCard: true, Begin: servicedesk.SendNumber,
	},
	{
		ID: place.CorrectMenu, Name: text.New("Iets verbeteren", "Correct something"), Purpose: text.New("E-mail, telefoon, taal, adres", "E-mail, telephone, language, address"),
		Parent: place.Home, NeedsCard: true, MenuQuestion: text.New("Wat klopt er niet?", "What is not right?"),
	},
	{
		ID: place.SetEmail, Name: text.New("E-mailadres", "E-mail address"), Purpose: text.New("De klant bevestigt het later", "The customer confirms it later"),
		Parent: place.CorrectMenu, NeedsCard: true, Begin: servicedesk.SetEmail,
	},
	{
		ID: place.SetTelephone, Name: text.New("Telefoonnummer", "Telephone number"), Purpose: text.New("Waarop we terugbellen", "On which we call back"),
		Parent: place.CorrectMenu, NeedsCard: true, Begin: servicedesk.SetTelephone,
	},
	{
		ID: place.SetLanguage, Name: text.New("Taal", "Language"), Purpose: text.New("Van e-mails en brieven", "Of e-mails and letters"),
		Parent: place.CorrectMenu, NeedsCard: true, Begin: servicedesk.SetLanguage,
	},
	{
		ID: place.SetLetterPrint, Name: text.New("Letters in brieven", "Print of letters"), Purpose: text.New("Gewone of grote letters", "Normal or large print"),
		Parent: place.CorrectMenu, NeedsCard: true, Begin: servicedesk.SetLetterPrint,
	},
	{
		ID: place.PostalAddress, Name: text.New("Postadres", "Postal address"), Purpose: text.New("Dat is van de bank", "That is the bank's"),
		Parent: place.CorrectMenu, NeedsCard: true, Begin: servicedesk.PostalAddressAdvice,
	},
	{
		ID: place.AccessMenu, Name: text.New("Toegang", "Access"), Purpose: text.New("Opheffen, beëindigen, blokkeren", "Lift, end, block"),
		Parent: place.Home, NeedsCard: true, MenuQuestion: text.New("Toegang van de klant", "Access of the customer"),
	},
	{
		ID: place.ClearThrottles, Name: text.New("Verkeerde antwoorden wissen", "Clear wrong answers"), Purpose: text.New("De klant kan weer proberen", "The customer can try again"),
		Parent: place.AccessMenu, NeedsCard: true, Begin: servicedesk.ClearThrottles,
	},
	{
		ID: place.EndVisits, Name: text.New("Bezoeken beëindigen", "End visits"), Purpose: text.New("Wie nu is ingelogd, uitloggen", "Log out whoever is logged in now"),
		Parent: place.AccessMenu, NeedsCard: true, Begin: servicedesk.EndVisits,
	},
	{
		ID: place.RemovePhone, Name: text.New("Telefoon ontkoppelen", "Unpair a phone"), Purpose: text.New("Kwijt, gestolen of vervangen", "Lost, stolen or replaced"),
		Parent: place.AccessMenu, NeedsCard: true, Begin: servicedesk.RemovePhone,
	},
	{
		ID: place.BlockCustomer, Name: text.New("Klant blokkeren", "Block the customer"), Purpose: text.New("Niemand komt er dan nog in", "Nobody gets in any more"),
		Parent: place.AccessMenu, NeedsCard: true, Begin: servicedesk.BlockCustomer,
	},
	{
		ID: place.UnblockCustomer, Name: text.New("Blokkering opheffen", "Unblock the customer"), Purpose: text.New("De klant komt er weer in", "The customer gets in again"),
		Parent: place.AccessMenu, NeedsCard: true, Begin: servicedesk.UnblockCustomer,
	},
	{
		ID: place.AddNote, Name: text.New("Notitie maken", "Make a note"), Purpose: text.New("Voor het logboek", "For the log"),
		Parent: place.Home, NeedsCard: true, Begin: servicedesk.AddNote,
	},
	{
		ID: place.ResumeTerminal, Name: text.New("Terminal laten doorgaan", "Resume a terminal"), Purpose: text.New("Na veel verkeerde antwoorden", "After many wrong answers"),
		Parent: place.Home, GuestsOnly: true, Begin: servicedesk.ResumeTerminal,
	},
	{
		ID: place.LogOut, Name: text.New("Kaart sluiten", "Close the card"),
		Parent: place.Home, NeedsCard: true,
	},
}
