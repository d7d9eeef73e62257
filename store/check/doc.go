// Package check checks a whole store: whether every record can be read, is under its own key, can be found by its indexes, and
// refers to records that exist. It identifies a record by its key, which is hashed. Whether the audit log was changed is
// checked elsewhere, by auditlog.Verify.
//
// The package uses package store for tables and keys, and store/auditlog for the records of the log. Start reading at Run. A
// new table needs a line in checks (records.go).
package check
