package flows

import (
	"context"
	"slices"
	"strings"
	"time"

	"loket/flows/desk"
	"loket/flows/dutch"
	"loket/flows/fields"
	"loket/flows/flow"
	"loket/flows/operator"
	"loket/flows/place"
	"loket/flows/text"
	"loket/store"
)

// A CustomerCard is what the service desk sees of a customer: no secret, no balance, and no username, because a caller could have it
// read out.
type CustomerCard struct {
	Number        store.CustomerID
	Status        text.Text
	Contact       []CardFact
	Access        []CardFact
	OpenVisits    []AccountEvent // OpenVisits are the log-ins of visits that may still be open.
	Products      []text.Text    // Products are the names of what the customer holds.
	Numbers       []CardFact     // Numbers are the activation numbers, by the name of the product that was applied for.
	Messages      []CardMessage
	RecentEntries []AccountEvent // RecentEntries are the latest entries of the audit log about the customer, newest first.
}

// A CardFact is a name and a value.
type CardFact struct{ Name, Value text.Text }

// A CardMessage is a message to a customer, without its text.
type CardMessage struct {
	Written time.Time
	Subject text.Text
	State   text.Text
}

// maxCardMessages and maxCardEntries bound what a card lists.
const (
	maxCardMessages = 8
	maxCardEntries  = 20
)

// maxVisitAge is how long after its log-in a visit counts as open. A visit that was cut off has no end in the audit log.
const maxVisitAge = 12 * time.Hour

// LoadOpenCard returns the card that the operator has open.
func LoadOpenCard(ctx context.Context, v *flow.Visit) (c CustomerCard, err error) {
	edges := collectFlowEdges(v.Desk)
	err = v.ReadAsCustomer(ctx, func(tx *store.Tx) error {
		owner, found := tx.Customer(v.OpenCardCustomer())
		if !found {
			return operator.ErrUnknownCustomer
		}
		a, has := tx.Account(owner.ID)
		c = CustomerCard{
			Number: owner.ID, Status: statusText(owner), Contact: contactFacts(v.Desk, owner, tx.Now),
			Products: productNames(tx, owner), Numbers: numberFacts(tx, owner), Messages: cardMessages(tx, owner.ID),
		}
		c.Access = accessFacts(tx, v.Desk, a, has)
		var entries []store.AuditEntry
		for e := range tx.CustomerActivity(owner.ID) {
			entries = append(entries, e)
		}
		c.OpenVisits = edges.openVisits(entries, tx.Now)
		slices.Reverse(entries)
		for _, e := range entries[:min(len(entries), maxCardEntries)] {
			c.RecentEntries = append(c.RecentEntries, AccountEvent{e.At, edges.describeForStaff(e), eventOriginName(e)})
		}
		return nil
	})
	return c, err
}

var statusTexts = map[string]text.Text{
	"active":   text.New("klant", "customer"),
	"blocked":  text.New("geblokkeerd", "blocked"),
	"deceased": text.New("overleden", "deceased"),
	"removed":  text.New("geen klant meer", "no customer any more"),
}

func statusText(c store.Customer) text.Text { return statusTexts[operator.CustomerStatus(c)] }

func contactFacts(d *desk.Desk, c store.Customer, now time.Time) []CardFact {
	email := textOrUnknown(c.Email)
	if d.IsEmailUnconfirmed(c, now) {
		until := dutch.DateOf(c.UnconfirmedSince.Add(d.Settings.EmailUnconfirmed)).LongText()
		email = text.New(c.Email+", onbevestigd: krijgt niets tot "+until.NL, c.Email+", unconfirmed: gets nothing until "+until.EN)
	}
	return []CardFact{
		{text.New("E-mailadres", "E-mail address"), email},
		{text.New("Telefoonnummer", "Telephone number"), textOrUnknown(dutch.Telephone(c.Phone).Grouped())},
		{text.New("Taal van berichten", "Language of messages"), fields.LanguageName(c.Language)},
		{text.New("Letters in brieven", "Print of letters"), fields.LetterPrintName(c.LetterPrint)},
		{text.New("Postadres", "Postal address"), text.SameInBoth(strings.Join(desk.AddressLines(c), ", "))},
	}
}

func accessFacts(tx *store.Tx, d *desk.Desk, a store.Account, has bool) []CardFact {
	account := text.New("geen", "none")
	switch {
	case has && a.HasLoggedIn:
		account = text.New("ja, en gebruikt", "yes, and used")
	case has:
		account = text.New("ja, nog nooit gebruikt", "yes, never used yet")
	}
	facts := []CardFact{{text.New("Account", "Account"), account}}
	if !has {
		return facts
	}
	waits := text.New("geen", "none")
	switch state := operator.ReadThrottleState(tx, d, a); {
	case state.PasswordOff:
		waits = text.New("wachtwoord staat uit na te veel verkeerde", "the password is off after too many wrong ones")
	case !state.HasNothingToClear():
		waits = text.New("verkeerde antwoorden, dus soms even wachten", "wrong answers, so a wait at times")
	}
	phones := text.New("geen", "none")
	if len(a.Passkeys) > 0 {
		names := make([]string, len(a.Passkeys))
		for i, k := range a.Passkeys {
			names[i] = k.Name
		}
		phones = text.SameInBoth(strings.Join(names, ", "))
	}
	temporary := text.New("geen", "none")
	if t := d.CapAccountExpiry(a, tx.Now).Temporary; tx.Now.Before(t.Expires) {
		until := dutch.DateOf(t.Expires).LongText()
		temporary = text.New("verstuurd, werkt tot "+until.NL, "sent, works until "+until.EN)
	}
	return append(facts,
		CardFact{text.New("Blokkade na verkeerde antwoorden", "Block after wrong answers"), waits},
		CardFact{text.New("Gekoppelde telefoons", "Paired phones"), phones},
		CardFact{text.New("Tijdelijk wachtwoord", "Temporary password"), temporary},
	)
}

func productNames(tx *store.Tx, c store.Customer) (names []text.Text) {
	for _, h := range c.Holdings {
		p, found := tx.Product(h.Product)
		switch {
		case !found:
		case p.IsClosed():
			names = append(names, text.New(p.Name+" (beëindigd)", p.Name+" (closed)"))
		case !h.IsVisible():
			names = append(names, text.New(p.Name+" (aangevraagd)", p.Name+" (applied for)"))
		default:
			names = append(names, text.SameInBoth(p.Name))
		}
	}
	return names
}

var numberStateTexts = map[store.NumberState]text.Text{
	store.NumberIssued:  text.New("uitgegeven", "issued"),
	store.NumberUsed:    text.New("gebruikt", "used"),
	store.NumberExpired: text.New("verlopen", "expired"),
	store.NumberRevoked: text.New("ingetrokken", "revoked"),
}

// numberFacts returns the latest numbers for each application of a customer, without their digits.
func numberFacts(tx *store.Tx, c store.Customer) (facts []CardFact) {
	applications := []store.ApplicationID{desk.AccountApplication(tx, c).ID}
	for _, h := range c.Holdings {
		if h.Application != "" {
			applications = append(applications, h.Application)
		}
	}
	for _, id := range applications {
		a, found := tx.Application(id)
		if !found {
			continue
		}
		about := text.New("Account", "Account")
		if p, found := tx.Product(a.Product); found {
			about = text.SameInBoth(p.Name)
		}
		for _, latest := range []store.NumberID{a.LatestNumbers[c.ID], a.PreviousNumbers[c.ID]} {
			if n, found := tx.NumberByID(latest); found {
				state, issued := numberStateTexts[n.NumberStateAt(tx.Now)], dutch.DateOf(n.Issued).LongText()
				facts = append(facts, CardFact{about, text.New(state.NL+", van "+issued.NL, state.EN+", of "+issued.EN)})
			}
		}
	}
	return facts
}

var messageStates = map[store.MessageState]text.Text{
	store.MessageWaiting: text.New("wacht", "waiting"),
	store.MessageSent:    text.New("verstuurd", "sent"),
	store.MessageDead:    text.New("niet te bezorgen", "undeliverable"),
}

// cardMessages returns the latest messages to a customer, newest first.
func cardMessages(tx *store.Tx, id store.CustomerID) (all []CardMessage) {
	recent := tx.RecentMessages(id)
	for _, m := range recent[:min(len(recent), maxCardMessages)] {
		subject, channel, state := desk.MessageSubject(m.Template), desk.ChannelName(m.Channel, m.LetterPrint), messageStates[m.SendState()]
		all = append(all, CardMessage{m.Written, subject, text.New(channel.NL+", "+state.NL, channel.EN+", "+state.EN)})
	}
	return all
}

// describeForStaff returns the text that the service desk reads about an entry, with what an operator wrote.
func (t edgesByOutcome) describeForStaff(e store.AuditEntry) text.Text {
	says := t.activityText(e)
	switch {
	case says != (text.Text{}):
	case e.Flow == string(place.FindCustomer):
		says = text.New("Kaart geopend", "Card opened")
	case e.Flow == flow.VisitEndFlow:
		says = text.New("Kaart gesloten", "Card closed")
	case IsServicePlace(place.ID(e.Flow)):
		says = PlaceAt(place.ID(e.Flow)).Name
	default:
		says = eventName(e)
	}
	return withNote(says, e)
}

// withNote returns the text about an entry, with what an operator wrote about the customer.
func withNote(says text.Text, e store.AuditEntry) text.Text {
	if e.Note == "" {
		return says
	}
	return text.New(says.NL+": "+e.Note, says.EN+": "+e.Note)
}

// openVisits returns the log-ins, among entries about a customer, whose visits have not ended.
func (t edgesByOutcome) openVisits(entries []store.AuditEntry, now time.Time) (open []AccountEvent) {
	ended := map[string]bool{}
	for _, e := range slices.Backward(entries) {
		edge := t[outcomeKey{e.Flow, e.Step, e.Outcome}]
		switch {
		case e.Flow == flow.VisitEndFlow, e.Outcome == string(flow.ReasonLoginRevoked):
			ended[e.Visit] = true
		case edge.LogsIn && !ended[e.Visit] && now.Sub(e.At) < maxVisitAge:
			open = append(open, AccountEvent{e.At, edge.ActivityText, e.Terminal})
			ended[e.Visit] = true // An earlier log-in of the same visit is listed only once.
		}
	}
	return open
}

// eventOriginName returns where an entry happened: a terminal, or the comment of the key of the operator who did it.
func eventOriginName(e store.AuditEntry) string {
	if _, comment, found := strings.Cut(e.Operator, " "); found {
		return comment
	}
	return e.Terminal
}
