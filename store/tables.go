package store

import (
	"fmt"
	"iter"
	"strings"

	"loket/store/kvdb"
)

// Names of the tables. Each table has one type of record.
const (
	ProductTable       = "product"
	ApplicationTable   = "application"
	CustomerTable      = "customer"
	AccountTable       = "account"
	OutboxTable        = "outbox"
	ActivityTable      = "activity" // ActivityTable has the audit entries of each customer.
	WrongAttemptsTable = "tries"
	RecentTimesTable   = "terminal"
	GlobalRateTable    = "rush"
	RequestsTable      = "requests"
	OutageTable        = "outage"
	ChallengeTable     = "challenge"
	LeaseTable         = "duty"

	QueueTable      = "audit"      // QueueTable has audit entries that are not in the log yet.
	LogTable        = "log"        // LogTable has audit entries by their number.
	TileTable       = "tile"       // TileTable has the hashes of 256 audit entries each.
	CheckpointTable = "checkpoint" // CheckpointTable has signed checkpoints by their size.
	AuditHeadTable  = "head"       // AuditHeadTable has one record: the head of the audit log.

	UsernameTable      = "username"       // UsernameTable leads from usernames to customers.
	UserHandleTable    = "handle"         // UserHandleTable leads from user handles to customers.
	ProductNumberTable = "product number" // ProductNumberTable leads from product numbers to products.
	PersonTable        = "person"         // PersonTable leads from birth date, postcode and house number to customers.
	EmailTable         = "email"          // EmailTable leads from e-mail addresses to customers.
	NumberTable        = "number"         // NumberTable has activation numbers.
	ScheduleTable      = "turn"           // ScheduleTable leads from channel and time to messages.
	ErasedTable        = "erased"         // ErasedTable has marks of erased customers whom the files of the bank still had.
	AddresseeTable     = "addressee"      // AddresseeTable leads from customers to their newest messages.
)

// MetaTable is the table of records about the store itself.
const MetaTable = "meta"

// Keys of the records with the schema version of a store and with its seal.
const (
	SchemaKey   = MetaTable + "/schema"
	SealMarkKey = MetaTable + "/seal"
)

// Tables lists all tables in the order in which a bulk load writes them. A record is written after its index entries, and
// after other records that changed because of it. So an interrupted load leaves no record that looks imported although related
// records are missing. Package reindex mends the indexes if the load is not completed.
var Tables = []string{
	UsernameTable, UserHandleTable, ProductNumberTable, PersonTable, EmailTable, ScheduleTable, AddresseeTable,
	ErasedTable, CustomerTable, ProductTable, AccountTable, NumberTable, ApplicationTable,
	OutboxTable, QueueTable, ActivityTable, WrongAttemptsTable, RecentTimesTable, GlobalRateTable, RequestsTable, OutageTable, ChallengeTable, LeaseTable,
	LogTable, TileTable, CheckpointTable, AuditHeadTable,
}

// AllTables lists all tables, with MetaTable first.
func AllTables() []string { return append([]string{MetaTable}, Tables...) }

// RecordName returns the name of a record that operators see: its table, and its key in that table, as text or in hexadecimal.
// The name contains no personal data, because keys are hashed.
func RecordName(key string) (table, record string) {
	table, record, _ = strings.Cut(key, "/")
	for _, part := range []*string{&table, &record} {
		if strings.ContainsFunc(*part, func(r rune) bool { return r < ' ' || r > '~' }) {
			*part = fmt.Sprintf("%x", *part)
		}
	}
	return table, record
}

// SealedEntries yields the entries of a table that have sealed values: all except the schema version.
func SealedEntries(kv kvdb.KV, table string) iter.Seq2[string, []byte] {
	return func(yield func(string, []byte) bool) {
		for key, sealed := range kv.Scan(table + "/") {
			if key != SchemaKey && !yield(key, sealed) {
				return
			}
		}
	}
}
