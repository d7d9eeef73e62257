package outbox

import (
	"context"
	"errors"

	"loket/flows/desk"
	"loket/store"
	"loket/ui/command/console"
	"loket/ui/command/database"
	"loket/ui/command/transport"
)

// SendCommand is the command that sends the messages in the outbox.
type SendCommand struct {
	database.Database        `embed:""`
	console.OutcomePrinter   `embed:""`
	transport.TransportFlags `embed:""`
	Settings                 desk.Settings `embed:"" prefix:"set-" group:"settings"`
}

// Help returns the detailed help of the command.
func (SendCommand) Help() string {
	return `A desk that is open sends messages by itself. This is for a database that no desk has open. On a cluster it can be beside desks: no message is sent twice.`
}

// Run tries every message that is due once.
func (o *SendCommand) Run(ctx context.Context, c *database.CommandSession) error {
	if c.OpenDatabase != nil {
		return console.UsageError("the desk that is open here sends messages by itself")
	}
	if err := o.TransportFlags.Check(); err != nil {
		return err
	}
	if o.HasNoChannel() {
		return console.UsageError("nothing can leave: say with --smtp or --spool how")
	}
	return o.WithStore(ctx, c, func(s *store.Store) error { return o.sendDueMessages(ctx, c, s) })
}

func (o *SendCommand) sendDueMessages(ctx context.Context, c *database.CommandSession, s *store.Store) error {
	for _, warning := range o.TransportFlags.PermissionWarnings() {
		c.PrintNotice("Warning: %s.", warning)
	}
	of := desk.New(s, c.Clock, store.AuditOperator, o.Settings)
	courier, err := o.TransportFlags.NewCourier(of, o.ReceiptsPrefix("outbox send"), console.Logging{}.NewLogger(c.Err))
	if err != nil {
		return err
	}
	for _, sentence := range transport.MissingChannelWarnings(courier) {
		c.PrintNotice("%s", sentence)
	}
	t, err := courier.SendDueOnce(ctx)
	if o.JSON {
		err = errors.Join(err, c.PrintJSON(map[string]int{"sent": t.Sent, "to_be_tried_again": t.Failed, "given_up": t.Dead}))
	} else {
		c.PrintResult("%s sent, %d to be tried again, %d given up\n", console.CountText(t.Sent, "message"), t.Failed, t.Dead)
	}
	switch {
	case err != nil:
		return err
	case t.Failed+t.Dead > 0:
		return errors.New("not every message was sent: see loket outbox list")
	}
	return c.ResultWriteError("messages were sent")
}
