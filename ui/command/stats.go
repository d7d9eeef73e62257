package command

import (
	"context"
	"fmt"
	"os"

	"loket/store"
)

// Stats counts what is in the database.
type Stats struct {
	Database `embed:""`
	JSON     bool `name:"json" help:"Give the counts as JSON."`
}

type statistics struct {
	Schema  int                       `json:"schema"`
	Bytes   int64                     `json:"bytes,omitzero"` // of the file that it is in, if it is in one
	Records map[string]int            `json:"records"`        // by table
	Numbers map[store.NumberState]int `json:"activation_numbers"`
}

// Run counts.
func (st *Stats) Run(ctx context.Context, c *Session) error {
	var counted statistics
	if c.Held != nil {
		st.Database = c.Held.Database
	}
	err := st.with(ctx, c, func(s *store.Store) (err error) {
		counted, err = st.count(ctx, s)
		return err
	})
	if err != nil {
		return err
	}
	if st.JSON {
		return c.json(counted)
	}
	size := ""
	if counted.Bytes > 0 {
		size = ", " + megabytes(counted.Bytes)
	}
	fmt.Fprintf(c.Out, "%s, schema version %d%s\n\n", st.DB, counted.Schema, size)
	var rows []row
	for _, table := range store.Tables {
		rows = append(rows, row{table, count(counted.Records[table])})
	}
	c.table([]string{"TABLE", "RECORDS"}, rows)
	fmt.Fprintln(c.Out)
	rows = nil
	for _, state := range store.NumberStates {
		rows = append(rows, row{string(state), count(counted.Numbers[state])})
	}
	c.table([]string{"ACTIVATION NUMBERS", "RECORDS"}, rows)
	return nil
}

func (st *Stats) count(ctx context.Context, s *store.Store) (counted statistics, err error) {
	counted = statistics{Schema: store.Version, Numbers: map[store.NumberState]int{}}
	if !st.shared() {
		info, err := os.Stat(st.DB)
		if err != nil {
			return counted, err
		}
		counted.Bytes = info.Size()
	}
	if counted.Records, err = s.Count(ctx); err != nil {
		return counted, fmt.Errorf("count records: %w", err)
	}
	err = s.View(ctx, func(tx *store.Tx) error {
		for n := range tx.Numbers() {
			counted.Numbers[n.State(tx.Now)]++
		}
		return nil
	})
	return counted, err
}
