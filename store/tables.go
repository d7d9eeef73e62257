package store

import (
	"fmt"
	"iter"
	"strings"

	"loket/store/kvdb"
)

// The tables, each with its kind of record.
const (
	ProductTable     = "product"
	ApplicationTable = "application"
	CustomerTable    = "customer"
	AccountTable     = "account"
	OutboxTable      = "outbox"
	ActivityTable    = "activity" // the audit entries of each customer
	AttemptsTable    = "tries"
	TerminalTable    = "terminal"
	GlobalRateTable  = "rush"
	RequestsTable    = "requests"
	OutageTable      = "outage"
	ChallengeTable   = "challenge"
	LeaseTable       = "duty"

	QueueTable      = "audit"      // what is recorded and not in the log yet
	LogTable        = "log"        // number →
	TileTable       = "tile"       // number → hashes of 256 entries
	CheckpointTable = "checkpoint" // size → as it was signed when the log had it
	HeadTable       = "head"       // one record

	UsernameTable      = "username"       // → the account's customer
	HandleTable        = "handle"         // what phones know an account by → its customer
	ProductNumberTable = "product number" // → products
	PersonTable        = "person"         // birth date, postcode and house number → customers
	NumberTable        = "number"         // activation numbers
	ScheduleTable      = "turn"           // channel and time → messages
)

// Tables lists them in the order in which a load writes them: a record comes
// after what it is found by, and after the records that were changed because of
// it. So a load that was interrupted leaves no record that is there, seems
// imported, and lacks the rest; and what is found of one that is not there yet
// is nothing.
var Tables = []string{
	UsernameTable, HandleTable, ProductNumberTable, PersonTable, ScheduleTable,
	CustomerTable, ProductTable, AccountTable, NumberTable, ApplicationTable,
	OutboxTable, QueueTable, ActivityTable, AttemptsTable, TerminalTable, GlobalRateTable, RequestsTable, OutageTable, ChallengeTable, LeaseTable,
	LogTable, TileTable, CheckpointTable, HeadTable,
}

// AllTables lists every table, that of what the store says about itself first.
func AllTables() []string { return append([]string{MetaTable}, Tables...) }

// RecordName returns what people are told of the record under a key: its table, and its
// key in there, as it is or in hex. It tells nothing about anybody, because in keys
// everything is hashed.
func RecordName(key string) (table, record string) {
	table, record, _ = strings.Cut(key, "/")
	for _, part := range []*string{&table, &record} {
		if strings.ContainsFunc(*part, func(r rune) bool { return r < ' ' || r > '~' }) {
			*part = fmt.Sprintf("%x", *part)
		}
	}
	return table, record
}

// SealedEntries yields the entries of a table whose values are sealed, which all are
// but the version of the schema.
func SealedEntries(kv kvdb.KV, table string) iter.Seq2[string, []byte] {
	return func(yield func(string, []byte) bool) {
		for key, sealed := range kv.Scan(table + "/") {
			if key != SchemaKey && !yield(key, sealed) {
				return
			}
		}
	}
}
