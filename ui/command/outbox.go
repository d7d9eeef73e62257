package command

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"loket/flows/contact"
	"loket/flows/desk"
	"loket/flows/dutch"
	"loket/store"
)

// Outbox is about messages that leave, or should.
type Outbox struct {
	List  OutboxList  `cmd:"" help:"Show e-mails and letters, and what became of them."`
	Send  OutboxSend  `cmd:"" help:"Try once to send everything that is due."`
	Retry OutboxRetry `cmd:"" help:"Have messages tried again that were given up."`
	Drop  OutboxDrop  `cmd:"" help:"Take messages out that are not to be sent any more."`
}

// OutboxList lists messages.
type OutboxList struct {
	Database `embed:""`
	State    store.MessageState `placeholder:"STATE" help:"Only those that are waiting, sent or dead."`
	JSON     bool               `name:"json" help:"Give the list as JSON."`
}

// Validate refuses what is no state.
func (o *OutboxList) Validate() error {
	return oneOf("state", o.State, store.MessageWaiting, store.MessageSent, store.MessageDead)
}

// ListedMessage is a message as a program gets it, without to whom it goes and
// what it tells them. Times are of Amsterdam.
type ListedMessage struct {
	ID       string             `json:"id"`
	Channel  store.Channel      `json:"channel"`
	Template string             `json:"template"`
	Customer store.CustomerID   `json:"customer"`
	Written  time.Time          `json:"written"`
	State    store.MessageState `json:"state"`
	Since    time.Time          `json:"since,omitzero"` // when it was sent or given up
	Tries    int                `json:"tries"`
	Next     time.Time          `json:"next,omitzero"` // try
	Trouble  string             `json:"trouble,omitempty"`
}

// Outages are the channels that do not work, as a program gets them.
type listedOutage struct {
	Channel store.Channel `json:"channel"`
	Since   time.Time     `json:"since"`
	Trouble string        `json:"trouble"`
}

type listedOutbox struct {
	Messages []ListedMessage `json:"messages"` // oldest first
	Outages  []listedOutage  `json:"outages"`
}

// Run lists them, oldest first, and after them the channels that do not work.
func (o *OutboxList) Run(ctx context.Context, c *Console) error {
	var found listedOutbox
	err := o.with(ctx, c, func(s *store.Store) (err error) {
		found, err = o.find(ctx, s)
		return err
	})
	if err != nil {
		return err
	}
	if o.JSON {
		return c.json(found)
	}
	var rows []row
	for _, m := range found.Messages {
		rows = append(rows, m.row())
	}
	if len(rows) > 0 {
		c.table([]string{"ID", "CHANNEL", "TEMPLATE", "CUSTOMER", "WRITTEN", "STATE", "TRIES", "NEXT TRY", "TROUBLE"}, rows)
	}
	c.say("%s", some(len(rows), "message"))
	for _, outage := range found.Outages {
		c.say("Nothing leaves by %s since %s: %s.", outage.Channel, minute(outage.Since), outage.Trouble)
	}
	return nil
}

// minute is t without its seconds.
func minute(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format("2006-01-02 15:04")
}

func (m ListedMessage) row() row {
	state := string(m.State)
	if !m.Since.IsZero() {
		state += " " + minute(m.Since)
	}
	return row{
		m.ID, string(m.Channel), m.Template, string(m.Customer), minute(m.Written), state,
		m.Tries, minute(m.Next), m.Trouble,
	}
}

func (o *OutboxList) find(ctx context.Context, s *store.Store) (found listedOutbox, err error) {
	err = s.View(ctx, func(tx *store.Tx) error {
		found = listedOutbox{Messages: []ListedMessage{}, Outages: []listedOutage{}}
		for m := range tx.Messages() {
			if o.State == "" || o.State == m.State() {
				found.Messages = append(found.Messages, listedMessage(m))
			}
		}
		for _, channel := range store.Channels {
			if outage, is := tx.Outage(channel); is {
				found.Outages = append(found.Outages, listedOutage{channel, outage.Since.In(dutch.Amsterdam), outage.Trouble})
			}
		}
		return nil
	})
	return found, err
}

func listedMessage(m store.Message) ListedMessage {
	l := ListedMessage{
		ID: m.ID, Channel: m.Channel, Template: m.Template, Customer: m.Customer, Written: m.Written.In(dutch.Amsterdam),
		State: m.State(), Tries: m.Tries, Trouble: m.Trouble,
	}
	switch l.State {
	case store.MessageSent:
		l.Since = m.Sent.In(dutch.Amsterdam)
	case store.MessageDead:
		l.Since = m.Dead.In(dutch.Amsterdam)
	case store.MessageWaiting:
		l.Next = m.Due.In(dutch.Amsterdam)
	}
	return l
}

// OutboxSend sends messages.
type OutboxSend struct {
	Database  `embed:""`
	Transport `embed:""`
	Settings  desk.Settings `embed:"" prefix:"set-" group:"settings"`
}

// Help explains the command.
func (OutboxSend) Help() string {
	return `A desk that is open sends messages by itself. This is for a database that no desk has open. On a cluster it can be beside desks: no message is sent twice.`
}

// Run tries every message that is due once.
func (o *OutboxSend) Run(ctx context.Context, c *Console) error {
	if c.Held != nil {
		return Usage("the desk that is open here sends messages by itself")
	}
	if err := o.Transport.check(); err != nil {
		return err
	}
	if o.none() {
		return Usage("nothing can leave: say with --smtp or --spool how")
	}
	return o.with(ctx, c, func(s *store.Store) error { return o.send(ctx, c, s) })
}

func (o *OutboxSend) send(ctx context.Context, c *Console, s *store.Store) error {
	support := contact.Support(desk.New(s, c.Clock, store.ByOperator, o.Settings))
	carries, err := o.Transport.open(s, o.receipts("outbox send"), c.Clock, support, Logging{}.to(c.Err))
	if err != nil {
		return err
	}
	for _, sentence := range waits(carries) {
		c.say("%s", sentence)
	}
	t, err := carries.Once(ctx)
	fmt.Fprintf(c.Out, "%s sent, %d to be tried again, %d given up\n", some(t.Sent, "message"), t.Failed, t.Dead)
	switch {
	case err != nil:
		return err
	case t.Failed+t.Dead > 0:
		return errors.New("not every message was sent: see loket outbox list")
	}
	return nil
}

// OutboxRetry revives dead messages.
type OutboxRetry struct {
	Database `embed:""`
	All      bool     `help:"All that were given up."`
	IDs      []string `arg:"" name:"id" optional:"" help:"Messages, as loket outbox list shows them."`
}

// Run has them tried as if they never were.
func (o *OutboxRetry) Run(ctx context.Context, c *Console) error {
	if o.All == (len(o.IDs) > 0) {
		return Usage("say which messages, or --all")
	}
	return o.with(ctx, c, func(s *store.Store) (err error) {
		if o.All {
			if o.IDs, err = dead(ctx, s); err != nil {
				return err
			}
		}
		return c.each(ctx, s, o.IDs, "is not one that was given up", "to be tried again", (*store.Tx).ReviveMessage)
	})
}

// dead lists the messages that were given up.
func dead(ctx context.Context, s *store.Store) (ids []string, err error) {
	err = s.View(ctx, func(tx *store.Tx) error {
		ids = nil
		for m := range tx.Messages() {
			if m.State() == store.MessageDead {
				ids = append(ids, m.ID)
			}
		}
		return nil
	})
	return ids, err
}

// OutboxDrop drops messages.
type OutboxDrop struct {
	Database `embed:""`
	Yes      bool     `help:"Yes, they are gone for ever then."`
	IDs      []string `arg:"" name:"id" help:"Messages that were not sent, as loket outbox list shows them."`
}

// Run takes them out of the outbox, with all that they say.
func (o *OutboxDrop) Run(ctx context.Context, c *Console) error {
	if !o.Yes {
		return Usage("what is dropped is gone for ever: say --yes if you mean it")
	}
	return o.with(ctx, c, func(s *store.Store) error {
		err := c.each(ctx, s, o.IDs, "is not one that waits or was given up", "dropped", (*store.Tx).DropMessage)
		return errors.Join(err, s.Scrub(ctx))
	})
}

// together is how many messages go into one transaction. Each takes one read and
// three writes (store.MaxKeys).
const together = 30

// each does something with each message, as far as that can be done with it, and
// says how many it was done with. An error names the first that it was not.
func (c *Console) each(ctx context.Context, s *store.Store, ids []string, cannot, did string, do func(*store.Tx, string) bool) error {
	done, refused := 0, []string{}
	for chunk := range slices.Chunk(ids, together) {
		var by, not []string
		if err := s.Update(ctx, func(tx *store.Tx) error {
			by, not = nil, nil
			for _, id := range chunk {
				if do(tx, id) {
					by = append(by, id)
				} else {
					not = append(not, id)
				}
			}
			return nil
		}); err != nil {
			return err
		}
		done, refused = done+len(by), append(refused, not...)
	}
	c.say("%s %s", some(done, "message"), did)
	if len(refused) > 0 {
		return fmt.Errorf("message %s %s", refused[0], cannot)
	}
	return nil
}
