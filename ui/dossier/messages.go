package dossier

import (
	"strings"

	"loket/flows/desk"
	"loket/flows/text"
	"loket/store"
	"loket/ui/words"
)

// messageNames maps each message template to a description. A test checks that none is missing.
var messageNames = map[string]text.Text{
	desk.TemplateTemporaryPassword: text.New("Tijdelijk wachtwoord", "Temporary password"),
	desk.TemplateUsername:          text.New("Je gebruikersnaam", "Your username"),
	desk.TemplateAccountOpened:     text.New("Je account is geactiveerd", "Your account was activated"),
	desk.TemplateProductOpened:     text.New("Product toegevoegd", "Product added"),
	desk.TemplatePasswordChanged:   text.New("Wachtwoord veranderd", "Password changed"),
	desk.TemplateNumber:            text.New("Activatienummer", "Activation number"),
	desk.TemplateAccountNumber:     text.New("Activatienummer voor een account", "Activation number for an account"),
	desk.TemplateAccountExists:     text.New("Je hebt al een account", "You have an account already"),
	desk.TemplateUsernameChanged:   text.New("Gebruikersnaam veranderd", "Username changed"),
	desk.TemplateEmailCode:         text.New("Code voor je e-mailadres", "Code for your e-mail address"),
	desk.TemplateEmailChanged:      text.New("E-mailadres veranderd", "E-mail address changed"),
	desk.TemplateEmailCorrected:    text.New("E-mailadres verbeterd door de servicedesk", "E-mail address corrected by the service desk"),
	desk.TemplateDetailsChanged:    text.New("Gegevens veranderd door de bank", "Details changed by the bank"),
	desk.TemplateCallBack:          text.New("Verzoek om je terug te bellen", "Request to call you back"),
	desk.TemplateWriteBack:         text.New("Verzoek om je te schrijven", "Request to write to you"),
	desk.TemplateUndelivered:       text.New("Bericht dat niet aankwam", "Message that did not arrive"),
	desk.TemplatePhonePaired:       text.New("Telefoon gekoppeld", "Phone paired"),
	desk.TemplatePhoneRemoved:      text.New("Telefoon verwijderd", "Phone removed"),
}

var messageStates = map[store.MessageState]text.Text{
	store.MessageWaiting: text.New("wacht", "waiting"),
	store.MessageSent:    text.New("verstuurd", "sent"),
	store.MessageDead:    text.New("niet te bezorgen", "could not be delivered"),
}

// messagesSection returns the section about messages. It leaves out their texts. The texts of sent messages are deleted, and a
// waiting message may have a code that lets someone log in.
func (r customerRecord) messagesSection() Section {
	var rows []Row
	for _, m := range r.Messages {
		to := text.Text{}
		if len(m.To) > 0 {
			to = words.Concat(text.New("aan ", "to "), words.CleanRecordText(strings.Join(m.To, ", ")))
		}
		rows = append(rows, Row{
			words.FormatDateTime(m.Written),
			words.JoinCommas(messageNames[m.Template], desk.ChannelName(m.Channel, m.LetterPrint), messageStates[m.SendState()], to),
		})
	}
	return newSection(
		text.New("Berichten aan je", "Messages to you"),
		text.New("Wat erin stond, is weg zodra het is verstuurd. We weten alleen nog dat het ging, en wanneer.",
			"What they said is gone as soon as they were sent. We know no more than that they went, and when."), rows)
}
