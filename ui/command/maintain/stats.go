package maintain

import (
	"context"
	"fmt"
	"os"

	"loket/store"
	"loket/ui/command/console"
	"loket/ui/command/database"
)

// Stats counts what is in the database.
type Stats struct {
	database.Database `embed:""`
	JSON              bool `name:"json" help:"Give the counts as JSON."`
}

type statistics struct {
	Schema         int                       `json:"schema"`
	Bytes          int64                     `json:"bytes,omitzero"` // of the file; 0 on a cluster
	RecordsByTable map[string]int            `json:"records"`        // by table
	NumbersByState map[store.NumberState]int `json:"activation_numbers"`
}

// Run counts the records, and shows the counts.
func (st *Stats) Run(ctx context.Context, c *database.Session) error {
	var counted statistics
	st.Database = c.DatabaseInUse(st.Database)
	err := st.WithStore(ctx, c, func(s *store.Store) (err error) {
		counted, err = st.countStatistics(ctx, s)
		return err
	})
	if err != nil {
		return err
	}
	if st.JSON {
		return c.JSON(counted)
	}
	size := ""
	if counted.Bytes > 0 {
		size = ", " + console.Megabytes(counted.Bytes)
	}
	c.PrintResult("%s, schema version %d%s\n\n", st.DB, counted.Schema, size)
	var rows []console.Row
	for _, table := range store.Tables {
		rows = append(rows, console.Row{table, console.Count(counted.RecordsByTable[table])})
	}
	c.Table([]string{"TABLE", "RECORDS"}, rows)
	c.PrintResult("\n")
	rows = nil
	for _, state := range store.NumberStates {
		rows = append(rows, console.Row{string(state), console.Count(counted.NumbersByState[state])})
	}
	c.Table([]string{"ACTIVATION NUMBERS", "RECORDS"}, rows)
	return nil
}

func (st *Stats) countStatistics(ctx context.Context, s *store.Store) (counted statistics, err error) {
	counted = statistics{Schema: store.Version, NumbersByState: map[store.NumberState]int{}}
	if !st.IsShared() {
		info, err := os.Stat(st.DB)
		if err != nil {
			return counted, err
		}
		counted.Bytes = info.Size()
	}
	if counted.RecordsByTable, err = s.CountRecords(ctx); err != nil {
		return counted, fmt.Errorf("count records: %w", err)
	}
	err = s.View(ctx, func(tx *store.Tx) error {
		for n := range tx.Numbers() {
			counted.NumbersByState[n.State(tx.Now)]++
		}
		return nil
	})
	return counted, err
}
