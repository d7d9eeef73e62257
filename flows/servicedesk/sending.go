package servicedesk

import (
	"context"

	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/operator"
	"loket/flows/place"
	"loket/flows/text"
	"loket/store"
)

// Outcomes of sending something.
const (
	outcomeSentByEmail   flow.Outcome = "sent by e-mail"
	outcomeSentByLetter  flow.Outcome = "sent by letter"
	outcomeNothingToSend flow.Outcome = "nothing waits, nothing sent"
)

// The ways in which something can be sent.
const (
	sendAsUsual  = "usual"
	sendByLetter = "letter"
)

// sendingChannelField asks by which way something goes.
func sendingChannelField(v *string) flow.Field {
	return flow.ChoiceField(v, flow.Field{
		Name: "channel", Label: text.New("Hoe", "How"), InitialAnswer: sendAsUsual,
		Options: []flow.Option{
			{Value: sendAsUsual, Name: text.New("Per e-mail als dat kan", "By e-mail if possible")},
			{Value: sendByLetter, Name: text.New("Per brief", "By letter")},
		},
		Help: text.New("Per e-mail kan alleen als wij een adres hebben dat de klant bevestigde of dat van de bank komt.", "E-mail is possible only if we have an address that the customer confirmed or that came from the bank."),
	})
}

// chosenChannel returns the channel by which something for c goes.
func chosenChannel(v *flow.Visit, tx *store.Tx, c store.Customer, asked string) store.Channel {
	if asked == sendByLetter {
		return store.ByLetter
	}
	return v.ChannelForCustomer(c, tx.Now)
}

// outcomeByChannel returns the outcome of sending something by a channel.
func outcomeByChannel(channel store.Channel) flow.Outcome {
	if channel == store.ByLetter {
		return outcomeSentByLetter
	}
	return outcomeSentByEmail
}

// sendingEndings returns the endings of an act that sends something.
func sendingEndings(v *flow.Visit, activityText text.Text) map[flow.Outcome]actEnding {
	return map[flow.Outcome]actEnding{
		outcomeSentByEmail: {
			title:        text.New("Er gaat een e-mail", "An e-mail is on its way"),
			body:         text.NewFunc("De klant heeft die binnen enkele minuten. Laat ook bij de ongewenste e-mail kijken. Noem het adres niet.", "The customer has it within minutes. Have them check the spam folder too. Do not read out the address."),
			activityText: activityText,
		},
		outcomeSentByLetter: {
			title: text.New("Er gaat een brief", "A letter is on its way"),
			body: func() text.Text {
				arrives := v.LetterArrivalDate(v.Clock.Now()).LongText()
				return text.New("In Nederland is die er uiterlijk "+arrives.NL+", op het postadres dat wij hebben. Noem het adres niet.", "In the Netherlands it arrives by "+arrives.EN+", at the postal address that we have. Do not read out the address.")
			},
			activityText: activityText,
		},
		outcomeInactive: inactiveEnding,
	}
}

// SendUsername sends a customer their username.
func SendUsername(v *flow.Visit) *flow.Flow {
	var asked string
	endings := sendingEndings(v, text.New("Wij stuurden je je gebruikersnaam", "We sent you your username"))
	endings[outcomeNoAccount] = noAccountEnding
	return operatorAct{
		title:  text.New("Gebruikersnaam sturen", "Send the username"),
		fields: []flow.Field{sendingChannelField(&asked)},
		do: func(tx *store.Tx, c store.Customer) flow.Outcome {
			a, has := tx.Account(c.ID)
			switch {
			case !has:
				return outcomeNoAccount
			case !c.IsActive():
				return outcomeInactive
			}
			return outcomeByChannel(v.QueueMessage(tx, c, chosenChannel(v, tx, c, asked), desk.TemplateUsername, map[string]string{"username": a.Username}))
		},
		endings: endings,
	}.beginActFlow(v, place.SendUsername)
}

// SendPassword sends a customer a temporary password: by letter if nobody ever logged in (F3).
func SendPassword(v *flow.Visit) *flow.Flow {
	var asked, password, hash string
	endings := sendingEndings(v, text.New("Wij stuurden je een tijdelijk wachtwoord", "We sent you a temporary password"))
	endings[outcomeNoAccount] = noAccountEnding
	return operatorAct{
		title:  text.New("Tijdelijk wachtwoord sturen", "Send a temporary password"),
		body:   text.NewFunc("Wie nog nooit inlogde, krijgt het altijd per brief. Het wachtwoord dat de klant nu heeft, blijft werken.", "Somebody who never logged in always gets it by letter. The password that the customer has keeps working."),
		fields: []flow.Field{sendingChannelField(&asked)},
		prepare: func(ctx context.Context) (err error) {
			if password, err = v.NewTemporaryPassword(); err == nil {
				hash, err = v.Hasher.Hash(ctx, password)
			}
			return err
		},
		do: func(tx *store.Tx, c store.Customer) flow.Outcome {
			a, has := tx.Account(c.ID)
			channel := chosenChannel(v, tx, c, asked)
			switch {
			case !has:
				return outcomeNoAccount
			case !c.IsActive():
				return outcomeInactive
			case !a.HasLoggedIn:
				channel = store.ByLetter
			}
			v.SendTemporaryPassword(tx, a, c, channel, password, hash)
			return outcomeByChannel(channel)
		},
		endings: endings,
	}.beginActFlow(v, place.SendPassword)
}

// SendNumber sends a customer a new activation number for each application that waits, or one for
// an account. Numbers that the customer has may keep working (A2).
func SendNumber(v *flow.Visit) *flow.Flow {
	var asked string
	var digits []string
	endings := sendingEndings(v, operator.NumberSentActivityText)
	endings[outcomeNothingToSend] = actEnding{
		title: text.New("Er wacht geen aanvraag", "No application waits"),
		body:  text.NewFunc("De klant heeft een account, en alle producten staan erin.", "The customer has an account, and all products are in it."),
	}
	return operatorAct{
		title:  text.New("Activatienummer sturen", "Send an activation number"),
		body:   text.NewFunc("De klant krijgt een nieuw nummer voor elke aanvraag die wacht, of voor een account.", "The customer gets a new number for each application that waits, or for an account."),
		fields: []flow.Field{sendingChannelField(&asked)},
		prepare: func(context.Context) (err error) {
			digits, err = v.RandomNumbers()
			return err
		},
		do: func(tx *store.Tx, c store.Customer) flow.Outcome {
			applications := desk.WaitingApplications(tx, c)
			_, has := tx.Account(c.ID)
			switch {
			case !c.IsActive():
				return outcomeInactive
			case applications == nil && has:
				return outcomeNothingToSend
			case applications == nil:
				applications = []store.Application{desk.AccountApplication(tx, c)}
			}
			channel := chosenChannel(v, tx, c, asked)
			v.SendActivationNumbers(tx, c, channel, applications, digits)
			return outcomeByChannel(channel)
		},
		endings: endings,
	}.beginActFlow(v, place.SendNumber)
}
