package outbox

import (
	"context"
	"time"

	"loket/flows/dutch"
	"loket/store"
	"loket/ui/command/console"
	"loket/ui/command/database"
	"loket/ui/command/listing"
)

// ListCommand is the command that lists the messages in the outbox.
type ListCommand struct {
	database.Database `embed:""`
	State             store.MessageState `placeholder:"STATE" predictor:"message-state" help:"Only those that are waiting, sent or dead."`
	JSON              bool               `name:"json" help:"Give the list as JSON."`
}

// Validate refuses a state that does not exist.
func (o *ListCommand) Validate() error {
	return console.CheckOneOf("state", o.State, store.MessageStates...)
}

// listedOutage is a channel that currently cannot send messages, as JSON.
type listedOutage struct {
	Channel   store.Channel `json:"channel"`
	Since     time.Time     `json:"since"`
	LastError string        `json:"trouble"`
}

type listedOutbox struct {
	Messages []listing.ListedMessage `json:"messages"` // Messages are sorted, oldest first.
	Outages  []listedOutage          `json:"outages"`
}

// Run lists the messages, oldest first, and then the channels that currently cannot send.
func (o *ListCommand) Run(ctx context.Context, c *database.CommandSession) error {
	var found listedOutbox
	err := o.WithStore(ctx, c, func(s *store.Store) (err error) {
		found, err = o.findMessages(ctx, s)
		return err
	})
	if err != nil {
		return err
	}
	if o.JSON {
		return c.PrintJSON(found)
	}
	var rows []console.Row
	for _, m := range found.Messages {
		rows = append(rows, m.Row())
	}
	if len(rows) > 0 {
		c.PrintTable([]string{"ID", "CHANNEL", "TEMPLATE", "CUSTOMER", "WRITTEN", "STATE", "TRIES", "NEXT TRY", "TROUBLE"}, rows)
	}
	c.PrintNotice("%s", console.CountText(len(rows), "message"))
	for _, outage := range found.Outages {
		c.PrintNotice("Nothing leaves by %s since %s: %s.", outage.Channel, console.FormatToMinute(outage.Since), outage.LastError)
	}
	return nil
}

func (o *ListCommand) findMessages(ctx context.Context, s *store.Store) (found listedOutbox, err error) {
	err = s.View(ctx, func(tx *store.Tx) error {
		found = listedOutbox{Messages: []listing.ListedMessage{}, Outages: []listedOutage{}}
		for m := range tx.Messages() {
			if o.State == "" || o.State == m.SendState() {
				found.Messages = append(found.Messages, listing.NewListedMessage(m))
			}
		}
		for _, channel := range store.Channels {
			if outage, is := tx.Outage(channel); is {
				found.Outages = append(found.Outages, listedOutage{channel, outage.Since.In(dutch.AmsterdamZone), outage.LastError})
			}
		}
		return nil
	})
	return found, err
}
