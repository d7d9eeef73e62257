package maintain

import (
	"context"
	"fmt"
	"os"

	"loket/flows/dutch"
	"loket/flows/flow"
	"loket/store"
	"loket/store/auditlog"
	"loket/ui/command/console"
	"loket/ui/command/database"
)

// StatsCommand is the command that counts the records in the database.
type StatsCommand struct {
	database.Database `embed:""`
	JSON              bool `name:"json" help:"Give the counts as JSON."`
}

// statistics are the counts: first the counts that interest an operator, then the internals of the database.
type statistics struct {
	Schema int `json:"schema"`
	// Bytes is the size of the database file. It is 0 on a cluster.
	Bytes     int64 `json:"bytes,omitzero"`
	Customers int   `json:"customers"`
	Accounts  int   `json:"accounts"`
	// InUse is the number of accounts whose owner has logged in at least once.
	InUse    int                           `json:"accounts_in_use"`
	Today    visitCounts                   `json:"today"`
	Messages map[store.Channel]unsentCount `json:"messages"`

	// RecordsByTable maps the name of each table to its number of records.
	RecordsByTable map[string]int            `json:"records"`
	NumbersByState map[store.NumberState]int `json:"activation_numbers"`
}

// visitCounts counts the visits of one day, in the time zone of Amsterdam, from the audit log.
type visitCounts struct {
	All int `json:"visits"` // All is the number of visits with a step since midnight.
	// LogIns is the number of visits that ended since midnight and in which the visitor had logged in.
	LogIns int `json:"log_ins_ended"`
}

// unsentCount counts the messages that have not been sent.
type unsentCount struct {
	Waiting int `json:"waiting"`
	GivenUp int `json:"given_up"`
}

// Run counts the records and shows the counts.
func (st *StatsCommand) Run(ctx context.Context, c *database.CommandSession) error {
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
		return c.PrintJSON(counted)
	}
	size := ""
	if counted.Bytes > 0 {
		size = ", " + console.Megabytes(counted.Bytes)
	}
	c.PrintResult("%s, schema version %d%s\n\n", st.DB, counted.Schema, size)
	rows := []console.Row{
		{"customers", console.Count(counted.Customers)},
		{"accounts", console.Count(counted.Accounts)},
		{"accounts in use", console.Count(counted.InUse)},
		{"visits today", console.Count(counted.Today.All)},
		{"log-ins that ended today", console.Count(counted.Today.LogIns)},
	}
	for _, channel := range store.Channels {
		m := counted.Messages[channel]
		rows = append(rows, console.Row{"by " + string(channel) + ", waiting", console.Count(m.Waiting)}, console.Row{"by " + string(channel) + ", given up", console.Count(m.GivenUp)})
	}
	for _, state := range store.NumberStates {
		rows = append(rows, console.Row{"activation numbers, " + string(state), console.Count(counted.NumbersByState[state])})
	}
	c.PrintTable([]string{"WHAT", "NUMBER"}, rows)
	c.PrintResult("\n")
	rows = nil
	for _, table := range store.Tables {
		rows = append(rows, console.Row{table, console.Count(counted.RecordsByTable[table])})
	}
	c.PrintTable([]string{"TABLE", "RECORDS"}, rows)
	return nil
}

func (st *StatsCommand) countStatistics(ctx context.Context, s *store.Store) (counted statistics, err error) {
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
	counted.Customers, counted.Accounts = counted.RecordsByTable[store.CustomerTable], counted.RecordsByTable[store.AccountTable]
	err = s.View(ctx, func(tx *store.Tx) error {
		counted.InUse, counted.Today, counted.Messages = countAccountsInUse(tx), countVisitsToday(tx), countUnsentMessages(tx)
		clear(counted.NumbersByState)
		for n := range tx.Numbers() {
			counted.NumbersByState[n.NumberStateAt(tx.Now)]++
		}
		return nil
	})
	return counted, err
}

func countAccountsInUse(tx *store.Tx) (count int) {
	for _, a := range store.AccountRecords.RecordsAfter(tx, "") {
		if a.HasLoggedIn {
			count++
		}
	}
	return count
}

// countVisitsToday counts the visits with a step since midnight, and how many of them were logged in.
func countVisitsToday(tx *store.Tx) (today visitCounts) {
	midnight := dutch.DateOf(tx.Now).TimeAt(0)
	seen := map[string]bool{}
	for e := range auditlog.NewestFirst(tx) {
		if e.At.Before(midnight) {
			break
		}
		if e.Visit != "" {
			seen[e.Visit] = true
		}
		if e.Flow == flow.VisitEndFlow {
			today.LogIns++
		}
	}
	today.All = len(seen)
	return today
}

func countUnsentMessages(tx *store.Tx) map[store.Channel]unsentCount {
	counts, dead := map[store.Channel]unsentCount{}, tx.DeadMessages()
	for _, channel := range store.Channels {
		counts[channel] = unsentCount{tx.Backlog(channel).Waiting, dead[channel]}
	}
	return counts
}
