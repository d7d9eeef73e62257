package command

import (
	"time"

	"loket/flows"
	"loket/flows/dutch"
	"loket/store"
)

// ListedNumber is an activation number as a program gets it. Times are of
// Amsterdam; Number has stars for all digits but the last four, since the others
// are kept nowhere.
type ListedNumber struct {
	Number      string              `json:"number"`
	Customer    store.CustomerID    `json:"customer"`
	Application store.ApplicationID `json:"application"`
	Issued      time.Time           `json:"issued"`
	LastDay     dutch.Date          `json:"last_day"`
	State       store.NumberState   `json:"state"`
	Since       time.Time           `json:"since,omitzero"` // when it was used or revoked
}

func (l ListedNumber) row() row {
	state := string(l.State)
	if !l.Since.IsZero() {
		state += " " + minute(l.Since)
	}
	return row{
		flows.InFours(l.Number), string(l.Customer), string(l.Application), minute(l.Issued), l.LastDay.String(), state,
	}
}

func listed(n store.ActivationNumber, now time.Time) ListedNumber {
	l := ListedNumber{
		Number: masked(n.Tail), Customer: n.Customer, Application: n.Application, Issued: n.Issued.In(dutch.Amsterdam),
		LastDay: lastDay(n), State: n.State(now),
	}
	switch l.State {
	case store.NumberUsed:
		l.Since = n.Used.In(dutch.Amsterdam)
	case store.NumberRevoked:
		l.Since = n.Revoked.In(dutch.Amsterdam)
	}
	return l
}

// lastDay is the last day on which a number works.
func lastDay(n store.ActivationNumber) dutch.Date {
	return dutch.DateOf(n.Expires.Add(-time.Nanosecond))
}

// masked stands for a number of which the last digits are known.
func masked(tail string) string { return "********" + tail }
