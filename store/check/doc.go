// Package check looks for what is wrong with a whole store: whether every record can be
// read and belongs where it is, is found by what it should be, and refers to what is
// there. It tells of a record by its key alone, in which everything is hashed.
//
// It stands on package store for tables and keys, and on store/auditlog for how the log
// is kept; whether the log was changed is for auditlog.Verify to say.
//
// Start at Run. A new table needs a line in checks (records.go).
package check
