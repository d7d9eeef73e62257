package backup_test

import (
	"bytes"
	"testing"

	"loket/store/backup"
	"loket/store/bolt"
	"loket/store/fixture"
)

// BenchmarkBackup backs up a database. Seen on two shared cores with the commands of
// loket and 1,000,000 customers (7 million records, 1.3 GB): 9 s.
func BenchmarkBackup(b *testing.B) {
	s := fixture.NewLargeStore(b)
	for b.Loop() {
		n := int64(len(written(b, s.Store)))
		b.SetBytes(n)
	}
	fixture.ReportRecordRate(b)
}

// BenchmarkRestore replaces a database by a backup. Seen on two shared cores with the
// commands of loket and 1,000,000 customers: 41 s.
func BenchmarkRestore(b *testing.B) {
	s := fixture.NewLargeStore(b)
	text := written(b, s.Store)
	engine, err := bolt.Create(fixture.NewFiles(b).DB, bolt.Options{}) // flushed to disk
	if err != nil {
		b.Fatal(err)
	}
	defer engine.Close()
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if _, err := backup.RestoreToEngine(b.Context(), engine, s.Keys, fixture.NoonClock, bytes.NewReader(text), backup.RestoreOptions{}); err != nil {
			b.Fatal(err)
		}
	}
	fixture.ReportRecordRate(b)
}
