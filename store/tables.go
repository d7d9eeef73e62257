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

	QueueTable      = "audit"      // entries that are not in the log yet
	LogTable        = "log"        // number →
	TileTable       = "tile"       // number → hashes of 256 entries
	CheckpointTable = "checkpoint" // size → the signed checkpoint of that size
	HeadTable       = "head"       // one record

	UsernameTable      = "username"       // → the account's customer
	HandleTable        = "handle"         // the handle of an account → its customer
	ProductNumberTable = "product number" // → products
	PersonTable        = "person"         // birth date, postcode and house number → customers
	NumberTable        = "number"         // activation numbers
	ScheduleTable      = "turn"           // channel and time → messages
)

// Tables lists all tables in the order in which a bulk load writes them: a record comes
// after its indexes, and after the records that were changed because of it. So an
// interrupted load leaves no record that looks imported but lacks the rest. An index that
// points to a missing record finds nothing.
var Tables = []string{
	UsernameTable, HandleTable, ProductNumberTable, PersonTable, ScheduleTable,
	CustomerTable, ProductTable, AccountTable, NumberTable, ApplicationTable,
	OutboxTable, QueueTable, ActivityTable, AttemptsTable, TerminalTable, GlobalRateTable, RequestsTable, OutageTable, ChallengeTable, LeaseTable,
	LogTable, TileTable, CheckpointTable, HeadTable,
}

// AllTables lists all tables, MetaTable first.
func AllTables() []string { return append([]string{MetaTable}, Tables...) }

// RecordName returns the name that operators see of the record under a key: its table,
// and its key in that table, as text or in hex. It holds no personal data, because keys
// are hashed.
func RecordName(key string) (table, record string) {
	table, record, _ = strings.Cut(key, "/")
	for _, part := range []*string{&table, &record} {
		if strings.ContainsFunc(*part, func(r rune) bool { return r < ' ' || r > '~' }) {
			*part = fmt.Sprintf("%x", *part)
		}
	}
	return table, record
}

// SealedEntries yields the entries of a table with sealed values, which is all except the
// schema version.
func SealedEntries(kv kvdb.KV, table string) iter.Seq2[string, []byte] {
	return func(yield func(string, []byte) bool) {
		for key, sealed := range kv.Scan(table + "/") {
			if key != SchemaKey && !yield(key, sealed) {
				return
			}
		}
	}
}
