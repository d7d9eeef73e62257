// Package check checks a whole store: whether every record can be read, is under its own
// key, can be found by its indexes, and refers to records that exist. It identifies a
// record by its key, which is hashed.
//
// It stands on package store for tables and keys, and on store/auditlog for the records
// of the log. Only auditlog.Verify finds out whether the log was changed.
//
// Start at Run. A new table needs a line in checks (records.go).
package check
