package dossier

import (
	"fmt"
	"time"

	"loket/flows"
	"loket/flows/desk"
	"loket/flows/dutch"
	"loket/flows/fields"
	"loket/flows/text"
	"loket/store"
	"loket/ui/sheet"
	"loket/ui/words"
)

// dataSections returns all data about the customer, with a section for each kind.
func (r customerRecord) dataSections() []Section {
	return []Section{r.personSection(), r.accountSection(), r.productsSection(), r.applicationsSection(), r.numbersSection(), r.messagesSection(), r.eventsSection()}
}

// noDataText is the text of a section without data.
var noDataText = text.New("Hiervan bewaren we niets.", "We keep none of this.")

// newSection returns a section. If there are no rows, the section says that there is no data.
func newSection(title, purpose text.Text, rows []Row) Section {
	s := Section{Title: title, Paragraphs: []text.Text{purpose}, Rows: rows}
	if len(rows) == 0 {
		s.Paragraphs = append(s.Paragraphs, noDataText)
	}
	return s
}

func (r customerRecord) personSection() Section {
	street, place := r.AddressParts()
	changed := r.FactsChangedAtDesk()
	whose := func(own bool) text.Text {
		if own {
			return text.New("door jou aan het loket veranderd", "changed by you at the desk")
		}
		return text.New("van de bank", "from the bank")
	}
	return newSection(
		text.New("Wie je bent", "Who you are"),
		text.New("We gebruiken dit om je te herkennen, je te schrijven en je te bellen als je dat vraagt. Het komt uit de administratie van de bank, of van jou.",
			"We use this to recognise you, to write to you, and to call you if you ask. It comes from the bank's records, or from you."),
		rowsWithValue(
			newRow(text.New("Klantnummer", "Customer number"), string(r.ID)),
			newRow(text.New("Naam", "Name"), desk.CustomerName(r.Customer)),
			Row{text.New("Geboortedatum", "Date of birth"), words.FormatDate(r.BirthDate)},
			newRow(text.New("Adres", "Address"), street+", "+place),
			addNote(newRow(text.New("E-mailadres", "E-mail address"), r.Email), whose(changed.Email)),
			newRow(text.New("E-mailadres volgens de bank", "E-mail address by the bank's records"), valueOrEmpty(r.DeskChanges.BankFacts.Email)),
			addNote(newRow(text.New("Telefoonnummer", "Telephone number"), dutch.Telephone(r.Phone).Grouped()), whose(changed.Phone)),
			newRow(text.New("Telefoonnummer volgens de bank", "Telephone number by the bank's records"), dutch.Telephone(valueOrEmpty(r.DeskChanges.BankFacts.Phone)).Grouped()),
			addNote(Row{text.New("Taal van berichten", "Language of messages"), languageName(r.Language)}, whose(changed.Language)),
			Row{text.New("Taal volgens de bank", "Language by the bank's records"), languageName(valueOrEmpty(r.DeskChanges.BankFacts.Language))},
			addNote(Row{text.New("Letters in brieven", "Print of letters"), fields.LetterPrintName(r.LetterPrint)}, whose(changed.LetterPrint)),
			Row{text.New("Letters volgens de bank", "Print by the bank's records"), letterPrintName(r.DeskChanges.BankFacts.LetterPrint)},
			Row{text.New("Status", "Status"), r.statusText()},
		))
}

// statusText returns whether the desk serves the customer, and if not, why not and since when.
func (r customerRecord) statusText() text.Text {
	var all []text.Text
	switch r.Status {
	case store.CustomerDeceased:
		all = append(all, text.New("overleden, volgens de bank", "deceased, by the bank's records"))
	case store.CustomerBlocked:
		all = append(all, text.New("geblokkeerd door de bank", "blocked by the bank"))
	}
	if !r.Ended.IsZero() {
		all = append(all, words.Concat(text.New("geen klant meer, volgens de bank sinds ", "no longer a customer, by the bank's records since "), timeText(r.Ended)))
	}
	if !r.Blocked.IsZero() {
		all = append(all, words.Concat(text.New("geblokkeerd door de servicedesk op ", "blocked by the service desk on "), timeText(r.Blocked)))
	}
	if len(all) == 0 {
		return text.New("klant", "customer")
	}
	for i := 1; i < len(all); i++ {
		all[0] = words.Concat(all[0], text.SameInBoth("; "), all[i])
	}
	return all[0]
}

// valueOrEmpty returns the fact that the bank delivered, or "" if says is nil.
func valueOrEmpty(says *string) string {
	if says == nil {
		return ""
	}
	return *says
}

// languageName returns the name of a language, or an empty text for an unknown code.
func languageName(code string) text.Text {
	switch text.Language(code) {
	case text.Dutch:
		return text.New("Nederlands", "Dutch")
	case text.English:
		return text.New("Engels", "English")
	}
	return text.Text{}
}

// letterPrintName returns the name of the print that the bank delivered, or an empty text if print is nil.
func letterPrintName(print *string) text.Text {
	if print == nil {
		return text.Text{}
	}
	return fields.LetterPrintName(store.LetterPrint(*print))
}

// addNote adds a note in brackets to the value of a row. It does nothing if the value is empty.
func addNote(r Row, note text.Text) Row {
	if r.Value != (text.Text{}) {
		r.Value = words.Concat(r.Value, text.SameInBoth(" ("), note, text.SameInBoth(")"))
	}
	return r
}

func (r customerRecord) accountSection() Section {
	title := text.New("Je account bij mijn.nn", "Your mijn.nn account")
	purpose := text.New("We gebruiken dit om je te laten inloggen, en om te zien of iemand anders dat probeert. Wachtwoorden bewaren we zo dat niemand ze kan lezen.",
		"We use this to let you log in, and to see whether somebody else tries to. We keep passwords in such a way that nobody can read them.")
	if r.Account == nil {
		return newSection(title, purpose, nil)
	}
	a := r.Account
	yes, no := text.New("ja", "yes"), text.New("nee", "no")
	answer := func(is bool) text.Text {
		if is {
			return yes
		}
		return no
	}
	rows := []Row{
		newRow(text.New("Gebruikersnaam", "Username"), a.Username),
		{text.New("Ooit ingelogd", "Ever logged in"), answer(a.HasLoggedIn)},
		{text.New("Wachtwoord gekozen", "Password chosen"), answer(a.PasswordHash != "")},
		{text.New("Tijdelijk wachtwoord tot", "Temporary password until"), timeText(r.futureOrZero(a.Temporary.Expires))},
		{text.New("Verkeerde wachtwoorden achter elkaar", "Wrong passwords in a row"), numberOrEmpty(r.ThrottleState.Password.Wrong)},
		{text.New("Verkeerde codes achter elkaar", "Wrong codes in a row"), numberOrEmpty(r.ThrottleState.Code.Wrong)},
		{text.New("Verkeerde antwoorden van telefoons", "Wrong answers of phones"), numberOrEmpty(r.ThrottleState.Phones.Wrong)},
	}
	if until := r.futureOrZero(a.NewEmail.Expires); !until.IsZero() {
		rows = append(rows, newRow(text.New("E-mailadres dat je nog moet bevestigen", "E-mail address that you still have to confirm"), a.NewEmail.Address))
	}
	for _, k := range a.Passkeys {
		used := text.Text{}
		if !k.Used.IsZero() {
			used = words.Concat(text.New(", gebruikt op ", ", used on "), timeText(k.Used))
		}
		rows = append(rows, Row{words.Concat(text.New("Telefoon ", "Phone "), words.CleanRecordText(k.Name)), words.Concat(text.New("gekoppeld op ", "paired on "), timeText(k.Paired), used)})
	}
	return newSection(title, purpose, rowsWithValue(rows...))
}

// futureOrZero returns t if it is in the future, and otherwise the zero time.
func (r customerRecord) futureOrZero(t time.Time) time.Time {
	if r.now.Before(t) {
		return t
	}
	return time.Time{}
}

// numberOrEmpty returns a number in digits, or an empty text for zero.
func numberOrEmpty(n int) text.Text {
	if n == 0 {
		return text.Text{}
	}
	return text.SameInBoth(fmt.Sprint(n))
}

func (r customerRecord) productsSection() Section {
	var rows []Row
	today := dutch.DateOf(r.now)
	for _, p := range r.Products {
		s := sheet.NewProductSheet(flows.Holding{Product: p, OtherHolders: r.coHolders[p.ID]}, today)
		rows = append(rows, Row{Name: s.Name})
		rows = append(rows, rowsWithValue(sheetRows(s)...)...)
	}
	return newSection(
		text.New("Je producten", "Your products"),
		text.New("We laten je hiermee zien wat je bij ons hebt. Het komt uit de administratie van de bank.",
			"With this we show you what you have with us. It comes from the bank's records."), rows)
}

// sheetRows returns the facts on the sheet of a product as rows.
func sheetRows(s sheet.Sheet) (rows []Row) {
	rows = append(rows, Row{text.New("Nummer", "Number"), s.Number}, Row{text.New("Loopt", "Runs"), s.Since}, Row{text.New("Van wie", "Whose"), s.Joint})
	if s.Headline != nil {
		rows = append(rows, Row{s.Headline.Name, words.FormatAmount(s.Headline.Cents)})
	}
	for _, f := range s.Facts {
		rows = append(rows, Row(f))
	}
	for _, part := range s.Parts {
		name := part.Name
		for _, f := range part.Facts {
			rows = append(rows, Row{words.JoinSpaced(name, f.Name), f.Value})
		}
		for _, t := range part.Transactions {
			rows = append(rows, Row{name, sheet.TransactionText(t)})
		}
	}
	for _, says := range s.NoDetails[:min(1, len(s.NoDetails))] {
		rows = append(rows, Row{text.New("Gegevens", "Details"), says})
	}
	return rows
}

func (r customerRecord) applicationsSection() Section {
	var rows []Row
	for _, a := range r.Applications {
		rows = append(rows, Row{words.CleanRecordText(string(a.ID)), words.Concat(text.New("ingediend op ", "submitted on "), words.FormatDate(a.Submitted))})
	}
	return newSection(
		text.New("Je aanvragen", "Your applications"),
		text.New("We weten hiermee voor welk product een activatienummer is.", "By this we know which product an activation number is for."), rows)
}

var numberStates = map[store.NumberState]text.Text{
	store.NumberIssued:  text.New("nog niet gebruikt", "not used yet"),
	store.NumberUsed:    text.New("gebruikt", "used"),
	store.NumberExpired: text.New("verlopen", "expired"),
	store.NumberRevoked: text.New("ingetrokken", "withdrawn"),
}

func (r customerRecord) numbersSection() Section {
	var rows []Row
	for _, n := range r.Numbers {
		rows = append(rows, Row{
			words.Concat(text.New("Uitgegeven op ", "Issued on "), dutch.DateOf(n.Issued).LongText()),
			words.JoinCommas(lastDigits(n.Tail), numberStates[n.NumberStateAt(r.now)], words.Concat(text.New("geldig tot en met ", "valid through "), dutch.DateOf(n.Expires.Add(-1)).LongText())),
		})
	}
	return newSection(
		text.New("Je activatienummers", "Your activation numbers"),
		text.New("Van de cijfers bewaren we niets dat iemand kan lezen, alleen de laatste vier.", "Of the digits we keep nothing that anybody can read, except the last four."), rows)
}

// lastDigits returns an activation number of which only the last digits are kept.
func lastDigits(tail string) text.Text {
	if tail == "" {
		return text.Text{}
	}
	return words.Concat(text.New("eindigt op ", "ends in "), words.CleanRecordText(tail))
}

func (r customerRecord) eventsSection() Section {
	var rows []Row
	for _, e := range r.events {
		where := text.Text{}
		if e.Terminal != "" {
			where = words.CleanRecordText(flows.TerminalText(e.Terminal).NL)
		}
		rows = append(rows, Row{words.FormatDateTime(e.At), words.JoinCommas(e.Text, where)})
	}
	return newSection(
		text.New("Wat er gebeurde", "What happened"),
		text.New("We kunnen hiermee laten zien wat er met je gegevens is gedaan, en misbruik vinden.", "With this we can show what was done with your data, and find abuse."), rows)
}
