package terminal

import (
	"context"

	"loket/flows/desk"
	"loket/flows/operator"
	"loket/store"
	"loket/ui/command/console"
	"loket/ui/command/database"
)

// ResumeCommand is the command that ends the pause of a terminal, which follows too many wrong answers.
type ResumeCommand struct {
	database.Database      `embed:""`
	console.OutcomePrinter `embed:""`
	Settings               desk.Settings `embed:"" prefix:"set-" group:"settings"`
	Name                   string        `arg:"" help:"Name of the terminal, as loket audit list shows it."`
}

// Help returns the detailed help of the command.
func (ResumeCommand) Help() string {
	return `The next answer at the terminal is looked at straight away, and the wrong ones before it count no longer. A pause is over by itself within a minute, unless the settings say otherwise.`
}

// Run ends the pause.
func (r *ResumeCommand) Run(ctx context.Context, c *database.CommandSession) error {
	return r.WithStore(ctx, c, func(s *store.Store) error {
		wasPaused, err := operator.ResumeTerminal(ctx, c.OperatorDesk(s, c.SettingsInUse(ctx, s, r.Settings)), r.Name)
		switch {
		case err != nil:
			return err
		case wasPaused:
			return r.PrintOutcome(c.Console, map[string]any{"terminal": r.Name, "was_paused": true}, r.Name+" goes on.")
		default:
			return r.PrintOutcome(c.Console, map[string]any{"terminal": r.Name, "was_paused": false}, "Nothing is held against "+r.Name+".")
		}
	})
}
