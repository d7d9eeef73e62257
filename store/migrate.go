package store

import (
	"context"
	"fmt"
	"time"

	"loket/store/keyring"
	"loket/store/kvdb"
	"loket/store/sealedkv"
)

// migrations maps each old schema version to the function that upgrades a store to the next version. An interrupted migration
// is run again from its start.
var migrations = map[int]func(*Tx){
	1:  migrateSchedule,
	2:  migrateDigits,
	3:  migrateAuditLog,
	4:  migratePasskeys,
	5:  migrateNumberPairs,
	6:  migrateEnded,
	7:  migrateUnconfirmed,
	8:  migrateDeceased,
	9:  migrateEmails,
	10: migrateLetterPrint,
	11: migrateAddressees,
}

// A Migration describes the work that Migrate is about to do.
type Migration struct {
	From int // From is the schema version before the migration.
	// IsResumed reports whether an earlier migration was interrupted. The store is then no longer in its original state.
	IsResumed bool
	OldKeys   bool // OldKeys reports whether the key file is renewed too.
}

// Migrate is like Open, but also accepts a store of an earlier schema, which it upgrades. Before it writes anything, it calls
// first with the unchanged store, of which first may only read sealed values. If first fails, nothing is written. If no
// upgrade is needed, first is not called. After an interruption, calling Migrate again completes the migration.
func Migrate(ctx context.Context, engine kvdb.Engine, keys *keyring.Keys, now func() time.Time, first func(*Store, Migration) error) (*Store, error) {
	s := newStore(engine, keys, now)
	m, err := s.neededMigration(ctx)
	if err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	if m.From == 0 || m == (Migration{From: Version}) {
		return Open(ctx, engine, keys, now)
	}
	if err := first(s, m); err != nil {
		return nil, err
	}
	if err := s.migrate(ctx, m); err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	return s, nil
}

// migratingKey is the key of a record that exists while a store is being migrated.
const migratingKey = MetaTable + "/migrating"

// migrationMark is the record under migratingKey.
type migrationMark struct {
	From int `cbor:"1,keyasint"` // From is the schema version before the first attempt.
}

// neededMigration returns the migration that the store needs.
func (s *Store) neededMigration(ctx context.Context) (m Migration, err error) {
	if m.From, err = s.schemaVersion(ctx); err != nil || m.From == 0 {
		return m, err
	}
	m.OldKeys = s.keys.HasOldFormat()
	err = s.View(ctx, func(tx *Tx) error {
		_, m.IsResumed = sealedkv.Get[migrationMark](tx.sealed, migratingKey)
		return nil
	})
	return m, err
}

// migrate upgrades a store to the current schema, one version at a time.
func (s *Store) migrate(ctx context.Context, m Migration) error {
	if err := s.keys.UpgradeKeyFile(); err != nil {
		return err
	}
	if err := s.markMigrationBegun(ctx, m); err != nil {
		return err
	}
	for version := m.From; version < Version; version++ {
		if err := s.migrateStep(ctx, version); err != nil {
			return fmt.Errorf("migrate from schema version %d: %w", version, err)
		}
	}
	if err := s.Scrub(ctx); err != nil { // Scrub wipes the data that the migration has deleted.
		return err
	}
	return s.Update(ctx, func(tx *Tx) error { tx.sealed.Delete(migratingKey); return nil })
}

// markMigrationBegun marks the store as being migrated.
func (s *Store) markMigrationBegun(ctx context.Context, m Migration) error {
	if m.IsResumed {
		return nil
	}
	return s.Update(ctx, func(tx *Tx) error {
		sealedkv.Put(tx.sealed, migratingKey, migrationMark{m.From})
		return nil
	})
}

func (s *Store) migrateStep(ctx context.Context, version int) error {
	err := s.BulkUpdate(ctx, func(tx *Tx) error { migrations[version](tx); return nil }, func(int, int) {})
	if err != nil {
		return err
	}
	return s.Update(ctx, func(tx *Tx) error {
		tx.putVersion(version + 1)
		if version+1 == Version {
			was, _ := sealedkv.Get[migrationMark](tx.sealed, migratingKey)
			tx.RecordAudit(AuditEntry{
				Terminal: AuditOperator, Flow: AuditOperator, Step: "migrate", Outcome: fmt.Sprintf("migrated from schema version %d to %d", was.From, Version),
			})
		}
		return nil
	})
}

// migrateSchedule schedules every message in the order in which they were written. Older programs had no courier and never
// sent messages.
func migrateSchedule(tx *Tx) {
	for m := range tx.Messages() {
		if m.Due.IsZero() && m.SendState() == MessageWaiting { // Restore may have held the message back.
			tx.scheduleMessage(m, m.Written)
		}
	}
}

// numberOfSchema2 is an activation number in schema 2, which contained its digits.
type numberOfSchema2 struct {
	Digits      string        `cbor:"1,keyasint"`
	Customer    CustomerID    `cbor:"2,keyasint"`
	Application ApplicationID `cbor:"3,keyasint"`
	Issued      time.Time     `cbor:"4,keyasint"`
	Expires     time.Time     `cbor:"5,keyasint"`
	Used        time.Time     `cbor:"6,keyasint,omitzero"`
	Revoked     time.Time     `cbor:"7,keyasint,omitzero"`
}

// migrateDigits replaces the digits of activation numbers by their digest, because a secret must not remain stored after it
// was sent (X4).
func migrateDigits(tx *Tx) {
	for n := range sealedkv.Scan[numberOfSchema2](tx.sealed, NumberTable) {
		if n.Digits == "" {
			continue // An interrupted migration has already done this number.
		}
		tx.PutNumber(ActivationNumber{
			Number: n.Digits, Customer: n.Customer, Application: n.Application,
			Issued: n.Issued, Expires: n.Expires, Used: n.Used, Revoked: n.Revoked,
		})
	}
	for a := range sealedkv.Scan[Application](tx.sealed, ApplicationTable) {
		const digits = 12
		for owner, latest := range a.LatestNumbers {
			if len(latest) == digits {
				a.LatestNumbers[owner] = tx.NumberID(string(latest))
			}
		}
		tx.PutApplication(a)
	}
}

// migrateAuditLog changes nothing: the old audit log becomes the queue of the Merkle log, and is folded like later entries.
// The new version number is needed because an older program would take the queue for the whole log.
func migrateAuditLog(*Tx) {}

// migratePasskeys changes nothing, because there are no passkeys yet. The new version number is needed because an older
// program would drop the passkeys of each account that it changes.
func migratePasskeys(*Tx) {}

// migrateNumberPairs changes nothing: replaced numbers stay revoked. The new version number is needed because an older program
// knows only one valid number and one temporary password at a time, and would drop the other.
func migrateNumberPairs(*Tx) {}

// migrateEnded changes nothing, because nothing has ended yet. The new version number is needed because an older program would
// revive ended records that it changes, and would write to dead customers.
func migrateEnded(*Tx) {}

// migrateUnconfirmed changes nothing: so far the service desk has set no e-mail address. But a program
// that does not know of such addresses would send secrets to them.
func migrateUnconfirmed(*Tx) {}

// migrateDeceased sets the time of death of deceased customers to now, because earlier programs did not store it. The retention period
// of these customers begins at that time. PutHoldings sets it.
func migrateDeceased(tx *Tx) {
	for c := range tx.Customers() {
		if c.Status == CustomerDeceased && c.DeceasedSince.IsZero() {
			tx.PutHoldings(c)
		}
	}
}

// migrateEmails makes customers findable by their e-mail addresses.
func migrateEmails(tx *Tx) {
	for c := range tx.Customers() {
		tx.addEmail(c.Email, c.ID)
	}
}

// migrateLetterPrint changes nothing: so far all letters have normal print. The new version number is needed because an older
// program would drop the print that a customer chose when it changes another fact of that customer.
func migrateLetterPrint(*Tx) {}

// migrateAddressees makes messages findable by their customer. It also sets the end of the last product to now for customers
// who are dead or have ended, if that time is unknown because programs of schema 8 and before did not store it. The retention period of
// these customers begins at that time.
func migrateAddressees(tx *Tx) {
	for m := range tx.Messages() {
		tx.addToAddressee(m)
	}
	for c := range tx.Customers() {
		if c.IsGone() && c.LastProductEnd.IsZero() {
			c.LastProductEnd = tx.Now
			tx.PutHoldings(c)
		}
	}
}
