package servicedesk

import (
	"loket/flows/fields"
	"loket/flows/flow"
	"loket/flows/operator"
	"loket/flows/place"
	"loket/flows/text"
	"loket/store"
)

// Outcomes of a note, and of ending the pause of a terminal.
const (
	outcomeNoted             flow.Outcome = "noted"
	outcomePauseEnded        flow.Outcome = "pause ended"
	outcomeTerminalNotPaused flow.Outcome = "no pause to end"
)

// noteTopics are what a call can be about. The value stands before the note in the audit log.
var noteTopics = []flow.Option{
	{Value: "call", Name: text.New("Gesprek", "Call")},
	{Value: "complaint", Name: text.New("Klacht", "Complaint")},
	{Value: "data", Name: text.New("Wil eigen gegevens", "Wants own data")},
	{Value: "death", Name: text.New("Overlijden", "Death")},
	{Value: "abuse", Name: text.New("Misbruik", "Abuse")},
	{Value: "address", Name: text.New("Verhuizing", "Move")},
}

// nextStepByTopic says what happens next, by the value of a topic.
var nextStepByTopic = map[string]text.Text{
	"call":      text.New("De notitie staat in het logboek.", "The note is in the log."),
	"complaint": text.New("De notitie staat in het logboek, waar de klachtbehandelaar haar leest.", "The note is in the log, where the complaints officer reads it."),
	"data":      text.New("Een beheerder maakt het dossier, met loket customer dossier. Het gaat naar het postadres dat wij hebben.", "An operator makes the dossier, with loket customer dossier. It goes to the postal address that we have."),
	"death":     text.New("Blokkeer de klant. De bank meldt het overlijden aan dit loket zodra de akte er is.", "Block the customer. The bank reports the death to this desk once it has the certificate."),
	"abuse":     text.New("Beëindig de bezoeken en blokkeer de klant, of stuur een tijdelijk wachtwoord per brief.", "End the visits and block the customer, or send a temporary password by letter."),
	"address":   text.New("Geef de verhuizing door in de klantadministratie van de bank.", "Report the move in the customer administration of the bank."),
}

// AddNote notes in the audit log what a call was about.
func AddNote(v *flow.Visit) *flow.Flow {
	const (
		askNote flow.State = "ask note"
		noted   flow.State = "noted"
	)
	topic, note := noteTopics[0].Value, ""
	f := &flow.Flow{Name: string(place.AddNote), Start: askNote}
	field := reasonField(&note)
	field.Name, field.Label = "note", text.New("Notitie", "Note")
	field.Hint = text.NewFunc("Hooguit 200 tekens, voor het logboek", "200 characters at most, for the log")
	field = fields.RequireAnswer(field, text.New("Schrijf op waar het gesprek over ging.", "Write down what the call was about."))
	f.Steps = map[flow.State]flow.Step{
		askNote: {
			Title: text.NewFunc("Notitie maken", "Make a note"),
			Fields: []flow.Field{flow.ChoiceField(&topic, flow.Field{
				Name: "topic", Label: text.New("Onderwerp", "Subject"), Options: noteTopics, InitialAnswer: noteTopics[0].Value,
				Help: text.New("Waar het gesprek over ging.", "What the call was about."),
			}), field},
			Do: func(tx *store.Tx) (flow.Outcome, error) {
				f.AuditNote = topic + ": " + note
				return outcomeNoted, nil
			},
			Next: map[flow.Outcome]flow.Edge{outcomeNoted: {To: noted}},
		},
		noted: {
			Title:  text.NewFunc("De notitie is bewaard", "The note has been kept"),
			Body:   func() text.Text { return nextStepByTopic[topic] },
			Offers: []place.ID{place.Card, place.Home},
		},
	}
	return f.Begin(v)
}

// ResumeTerminal ends the pause of a terminal. It needs no card, because the pause is nobody's.
func ResumeTerminal(v *flow.Visit) *flow.Flow {
	var terminal string
	field := optionalLineField("terminal", text.New("Naam van de terminal", "Name of the terminal"), text.New("De naam staat in de lijst van terminals", "The name is in the list of terminals"), &terminal)
	field.Example = "Utrecht 1"
	field.Help = text.New("Zo heet de terminal in de lijst van sleutels.", "So the terminal is called in the list of keys.")
	field = fields.RequireAnswer(field, text.New("Vul de naam van de terminal in.", "Fill in the name of the terminal."))
	return operatorAct{
		title:  text.New("Pauze van een terminal beëindigen", "End the pause of a terminal"),
		body:   text.NewFunc("Een terminal pauzeert na veel verkeerde antwoorden.", "A terminal pauses after many wrong answers."),
		fields: []flow.Field{field},
		do: func(tx *store.Tx, _ store.Customer) flow.Outcome {
			if operator.EndTerminalPause(tx, v.Desk, terminal) {
				return outcomePauseEnded
			}
			return outcomeTerminalNotPaused
		},
		endings: map[flow.Outcome]actEnding{
			outcomePauseEnded:        {title: text.New("De terminal werkt weer", "The terminal works again")},
			outcomeTerminalNotPaused: {title: text.New("Deze terminal pauzeerde niet", "This terminal did not pause"), body: text.NewFunc("Klopt de naam?", "Is the name right?")},
		},
	}.beginActFlow(v, place.ResumeTerminal)
}
