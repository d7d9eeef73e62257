package listing

import (
	"time"

	"loket/flows/desk"
	"loket/flows/dutch"
	"loket/store"
	"loket/ui/command/console"
)

// ListedActivationNumber is an activation number as JSON. Times are in the zone of Amsterdam. All digits except the last four are stars,
// because the store keeps only the last four.
type ListedActivationNumber struct {
	Number      string              `json:"number"`
	Customer    store.CustomerID    `json:"customer"`
	Application store.ApplicationID `json:"application"`
	Issued      time.Time           `json:"issued"`
	LastDay     dutch.Date          `json:"last_day"`
	State       store.NumberState   `json:"state"`
	StateSince  time.Time           `json:"since,omitzero"` // StateSince is when the number was used or revoked.
}

// Row returns the number as a row of a table.
func (l ListedActivationNumber) Row() console.Row {
	state := string(l.State)
	if !l.StateSince.IsZero() {
		state += " " + console.FormatToMinute(l.StateSince)
	}
	return console.Row{
		desk.GroupActivationNumber(l.Number), string(l.Customer), string(l.Application), console.FormatToMinute(l.Issued), l.LastDay.String(), state,
	}
}

// NewListedNumber converts an activation number to the form for listing. Its state is the state at now.
func NewListedNumber(n store.ActivationNumber, now time.Time) ListedActivationNumber {
	l := ListedActivationNumber{
		Number: MaskedNumber(n.Tail), Customer: n.Customer, Application: n.Application, Issued: n.Issued.In(dutch.AmsterdamZone),
		LastDay: LastValidDay(n), State: n.NumberStateAt(now),
	}
	switch l.State {
	case store.NumberUsed:
		l.StateSince = n.Used.In(dutch.AmsterdamZone)
	case store.NumberRevoked:
		l.StateSince = n.Revoked.In(dutch.AmsterdamZone)
	}
	return l
}

// LastValidDay returns the last day on which an activation number works.
func LastValidDay(n store.ActivationNumber) dutch.Date {
	return dutch.DateOf(n.Expires.Add(-time.Nanosecond))
}

// MaskedNumber returns an activation number whose digits are stars, except for the given last digits.
func MaskedNumber(tail string) string { return "********" + tail }
