package terminal

import (
	"context"
	"io"
	"time"

	"loket/flows/place"
	"loket/store"
	"loket/ui/command/console"
	"loket/ui/command/database"
	"loket/ui/fleet"
)

// ListCommand shows the terminals of a desk that is open.
type ListCommand struct {
	database.Database `embed:""`
	Watch             bool `xor:"form" help:"Show the list anew every two seconds, until Ctrl+C: on the whole terminal with ssh -t, and otherwise one under the other."`
	JSON              bool `name:"json" xor:"form" help:"Give the list as JSON."`
}

// Help explains the command.
func (ListCommand) Help() string {
	return `The desk that is open knows the terminals that connect to it: those in its file of keys, or itself if it is a kiosk. It shows which place of the desk each shows, and nothing of what stands there. A terminal that was pulled out counts as gone within 20 seconds. In front of a cluster each desk knows its own terminals: one that is connected to another desk is gone here.`
}

// watchInterval is how often --watch shows the list.
const watchInterval = 2 * time.Second

// listedTerminal is a terminal as a program gets it.
type listedTerminal struct {
	Name        string    `json:"name"`
	Connected   bool      `json:"connected"`
	Since       time.Time `json:"since,omitzero"` // Since is when the terminal came or went.
	Place       place.ID  `json:"place,omitempty"`
	LastInput   time.Time `json:"last_input,omitzero"`
	Address     string    `json:"address,omitempty"`
	Version     string    `json:"version,omitempty"`
	Fingerprint string    `json:"fingerprint,omitempty"`
}

// Run shows the terminals, by name.
func (l *ListCommand) Run(ctx context.Context, c *database.CommandSession) error {
	if c.OpenDatabase == nil && l.IsShared() {
		return console.UsageError("only the desk that terminals are connected to knows them: ask each desk of the cluster over SSH")
	}
	return l.WithStore(ctx, c, func(*store.Store) error {
		if c.OpenDatabase == nil {
			c.PrintNotice("No desk has this database open.")
			return l.show(c.Console, nil)
		}
		if l.Watch {
			return l.watch(ctx, c.Console, c.OpenDatabase.Fleet)
		}
		return l.show(c.Console, c.OpenDatabase.Fleet.Terminals())
	})
}

// watch shows the terminals anew every watchInterval, until ctx is done.
func (l *ListCommand) watch(ctx context.Context, c *console.Console, f *fleet.Fleet) error {
	for ctx.Err() == nil {
		separator := "\n"
		if console.IsTerminal(c.Out) {
			separator = clearScreenSequence
		}
		if _, err := io.WriteString(c.Out, separator); err != nil {
			return nil // nobody is there to see it
		}
		c.PrintResult("%s\n\n", console.FormatToSecond(c.Clock.Now()))
		if err := l.show(c, f.Terminals()); err != nil {
			return err
		}
		_ = c.Clock.Wait(ctx, watchInterval)
	}
	return nil
}

// watchedColumns is the number of columns that --watch shows, so that they fit most terminals.
const watchedColumns = 6

// clearScreenSequence moves the cursor to the beginning of a terminal, and erases it (ECMA-48 §8.3.21 and §8.3.39).
const clearScreenSequence = "\x1b[H\x1b[2J"

func (l *ListCommand) show(c *console.Console, terminals []fleet.Terminal) error {
	if l.JSON {
		listed := []listedTerminal{}
		for _, t := range terminals {
			listed = append(listed, listedTerminal{
				Name: t.Name, Connected: t.Connected, Since: console.InAmsterdam(t.Since), Place: t.Place, LastInput: console.InAmsterdam(t.LastInput),
				Address: t.Address, Version: t.Version, Fingerprint: t.Fingerprint,
			})
		}
		return c.PrintJSON(listed)
	}
	heading := []string{"TERMINAL", "STATE", "SINCE", "PLACE", "LAST INPUT", "ADDRESS", "CLIENT", "KEY"}
	if l.Watch {
		heading = heading[:watchedColumns]
	}
	var rows []console.Row
	connected := 0
	for _, t := range terminals {
		if t.Connected {
			connected++
		}
		row := console.Row{t.Name, connectionText(t), console.FormatToMinute(t.Since), string(t.Place), console.FormatToMinute(t.LastInput), t.Address, t.Version, t.Fingerprint}
		rows = append(rows, row[:len(heading)])
	}
	if len(rows) > 0 {
		c.PrintTable(heading, rows)
	}
	c.PrintNotice("%s, %d connected", console.CountText(len(rows), "terminal"), connected)
	return nil
}

// connectionText returns whether a terminal is connected, in a word.
func connectionText(t fleet.Terminal) string {
	switch {
	case t.Connected:
		return "here"
	case t.Since.IsZero():
		return "not yet"
	}
	return "gone"
}
