package backup

import (
	"context"
	"fmt"

	"loket/store"
	"loket/store/rotation"
	"loket/ui/command/console"
	"loket/ui/command/database"
)

// KeyListCommand is the command that lists the encryption keys in the key file.
type KeyListCommand struct {
	database.Database `embed:""`
	JSON              bool `name:"json" help:"Give the list as JSON."`
}

// listedKey is an encryption key as JSON.
type listedKey struct {
	ID      string `json:"id"`
	Primary bool   `json:"primary"`
	Records int    `json:"records"`
}

// Run lists the keys. The first key encrypts new records.
func (k *KeyListCommand) Run(ctx context.Context, c *database.CommandSession) error {
	listed := []listedKey{}
	err := k.WithStore(ctx, c, func(s *store.Store) error {
		keys, err := rotation.ListSealingKeys(ctx, s)
		for _, key := range keys {
			listed = append(listed, listedKey{formatKeyID(key.ID), key.Primary, key.Records})
		}
		return err
	})
	if err != nil {
		return err
	}
	if k.JSON {
		return c.PrintJSON(listed)
	}
	var rows []console.Row
	for _, key := range listed {
		use := "opens only"
		if key.Primary {
			use = "seals and opens"
		}
		rows = append(rows, console.Row{key.ID, console.Count(key.Records), use})
	}
	c.PrintTable([]string{"KEY", "RECORDS", "USE"}, rows)
	return nil
}

// formatKeyID returns the ID of a key as 8 hexadecimal digits.
func formatKeyID(id uint32) string { return fmt.Sprintf("%08x", id) }
