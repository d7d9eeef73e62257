package check

import (
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"time"

	"loket/store"
	"loket/store/auditlog"
)

// checks has the check of each table. Some keys are hashes of facts that are not stored:
// of their records it can only be checked that they are readable, because a record opens
// only under its own key.
var checks = map[string]check{
	store.MetaTable: checkMeta,

	store.CustomerTable:    checkReadable((*checkup).checkCustomer),
	store.ProductTable:     checkReadable((*checkup).checkProduct),
	store.AccountTable:     checkReadable((*checkup).checkAccount),
	store.ApplicationTable: checkReadable((*checkup).checkApplication),
	store.NumberTable:      checkReadable((*checkup).checkNumber),
	store.OutboxTable:      checkReadable((*checkup).checkMessage),

	store.PersonTable:        checkReadable((*checkup).checkPerson),
	store.ProductNumberTable: checkReadable((*checkup).checkProductNumber),
	store.UsernameTable:      checkReadable((*checkup).checkUsername),
	store.HandleTable:        checkReadable((*checkup).checkHandle),
	store.ScheduleTable:      checkReadable((*checkup).checkDue),

	store.ActivityTable: checkReadable((*checkup).checkActivity),
	store.QueueTable:    checkReadable((*checkup).checkQueued),
	store.LogTable:      checkReadable[auditlog.EntryRecord](nil),
	store.TileTable:     checkReadable[auditlog.Tile](nil),

	store.CheckpointTable: checkReadable[string](nil),
	store.HeadTable:       checkReadable[auditlog.HeadRecord](nil),

	store.AttemptsTable:   checkReadable[store.Attempts](nil),
	store.TerminalTable:   checkReadable[store.TerminalAttempts](nil),
	store.GlobalRateTable: checkReadable[store.GlobalRate](nil),
	store.RequestsTable:   checkReadable[store.Requests](nil),
	store.OutageTable:     checkReadable[store.Outage](nil),

	store.ChallengeTable: checkReadable[store.Challenge](nil),
	store.LeaseTable:     checkReadable[store.LeaseRecord](nil),
}

func checkMeta(c *checkup, key string, value []byte) []string {
	switch _, err := c.tx.Sealed().Keys.Open(key, value); {
	case key == store.SchemaKey && string(value) != strconv.Itoa(store.Version):
		return []string{"is not the schema of this program"}
	case key != store.SchemaKey && err != nil:
		return []string{"cannot be unsealed"}
	}
	return nil
}

// misplacedText says that a record is not under its own key.
const misplacedText = "is at the key of another record"

func (c *checkup) checkCustomer(key string, r store.Customer) (findings []string) {
	switch {
	case key != c.tx.CustomerKey(r.ID):
		return []string{misplacedText}
	case r.Leaving: // records that refer to them are being erased
		return nil
	case !leadsTo(c, c.tx.PersonKey(r.Person()), r.ID):
		findings = append(findings, "is not found by birth date, postcode and house number")
	}
	for _, h := range r.Holdings {
		findings = append(findings, c.checkHolding(r.ID, h)...)
	}
	return findings
}

// productHolders holds the fields of a Product that are needed here.
type productHolders struct {
	Holders []store.CustomerID `cbor:"5,keyasint"`
}

func (c *checkup) checkHolding(id store.CustomerID, h store.Holding) (findings []string) {
	p, found, readable := at[productHolders](c, c.tx.ProductKey(h.Product))
	switch {
	case !found:
		findings = append(findings, "holds a product that is not there")
	case readable && h.Application == "" && !slices.Contains(p.Holders, id):
		findings = append(findings, "holds a product that has other holders")
	}
	if h.Application == "" || h.IsVisible() {
		return findings
	}
	a, found, readable := at[store.Application](c, c.tx.ApplicationKey(h.Application))
	switch {
	case !found:
		findings = append(findings, "holds a product by an application that is not there")
	case readable && !slices.Contains(a.Applicants, id):
		findings = append(findings, "holds a product by an application of others")
	}
	return findings
}

// customerHoldings holds the fields of a Customer that are needed here.
type customerHoldings struct {
	Holdings []store.Holding `cbor:"14,keyasint,omitempty"`
	Leaving  bool            `cbor:"16,keyasint,omitempty"`
}

func (c *checkup) checkProduct(key string, r store.Product) (findings []string) {
	switch {
	case key != c.tx.ProductKey(r.ID):
		return []string{misplacedText}
	case r.Retired: // nothing is kept of it
		return nil
	case !leadsTo(c, c.tx.ProductNumberKey(r.Lookup), r.ID):
		findings = append(findings, "is not found by its number")
	}
	for _, id := range r.Holders {
		h, found, readable := at[customerHoldings](c, c.tx.CustomerKey(id))
		switch {
		case !found:
			findings = append(findings, "has a holder who is not there")
		case readable && !h.Leaving && !c.wasAppliedFor(r.ID) && (&store.Customer{Holdings: h.Holdings}).Holding(r.ID) == nil:
			findings = append(findings, "has a holder who does not hold it")
		}
	}
	return findings
}

func (c *checkup) checkAccount(key string, r store.Account) (findings []string) {
	if key != c.tx.AccountKey(r.Customer) {
		return []string{misplacedText}
	}
	owner, found, readable := at[store.CustomerID](c, c.tx.UsernameKey(r.Username))
	if !found || readable && owner != r.Customer {
		findings = append(findings, "is not found by its username")
	}
	if owner, found, readable := at[store.CustomerID](c, c.tx.HandleKey(r.Handle)); r.Handle != nil && (!found || readable && owner != r.Customer) {
		findings = append(findings, "is not found by its phones")
	}
	if _, found := c.tx.Sealed().KV.Get(c.tx.CustomerKey(r.Customer)); !found {
		findings = append(findings, "is of a customer who is not there")
	}
	return append(findings, c.older(key, r.Version)...)
}

func (c *checkup) checkApplication(key string, r store.Application) (findings []string) {
	if key != c.tx.ApplicationKey(r.ID) {
		return []string{misplacedText}
	}
	if r.Product != "" { // an application from the desk is for no product
		if _, found := c.tx.Sealed().KV.Get(c.tx.ProductKey(r.Product)); !found {
			findings = append(findings, "is for a product that is not there")
		}
	}
	for _, id := range r.Applicants {
		if _, found := c.tx.Sealed().KV.Get(c.tx.CustomerKey(id)); !found {
			findings = append(findings, "is of a customer who is not there")
		}
	}
	findings = append(findings, c.numbersOf(r, r.Latest)...)
	return append(findings, c.numbersOf(r, r.Before)...)
}

// numbersOf checks the activation numbers of the applicants of an application.
func (c *checkup) numbersOf(r store.Application, numbers map[store.CustomerID]store.NumberID) (findings []string) {
	for id, latest := range numbers {
		if latest == "" { // it was deleted
			continue
		}
		if _, err := hex.DecodeString(string(latest)); err != nil {
			findings = append(findings, "has an activation number that is none")
			continue
		}
		n, found, readable := at[store.ActivationNumber](c, store.NumberKey(latest))
		switch {
		case !found:
			findings = append(findings, "has an activation number that is not there")
		case readable && (n.Customer != id || n.Application != r.ID):
			findings = append(findings, "has an activation number of another one")
		}
	}
	return findings
}

func (c *checkup) checkNumber(key string, r store.ActivationNumber) (findings []string) {
	if string(r.ID) != hex.EncodeToString([]byte(strings.TrimPrefix(key, store.NumberTable+"/"))) {
		return []string{misplacedText}
	}
	a, found, readable := at[store.Application](c, c.tx.ApplicationKey(r.Application))
	switch {
	case !found:
		findings = append(findings, "is of an application that is not there")
	case readable && r.State(c.tx.Now) == store.NumberIssued && a.Latest[r.Customer] != r.ID && a.Before[r.Customer] != r.ID:
		findings = append(findings, "works, and is neither the newest of its customer and application nor the one before")
	}
	return append(findings, c.older(key, r.Version)...)
}

func (c *checkup) checkPerson(key string, ids []store.CustomerID) (findings []string) {
	for _, id := range ids {
		r, found, readable := at[store.Customer](c, c.tx.CustomerKey(id))
		if !found || readable && (r.Leaving || c.tx.PersonKey(r.Person()) != key) {
			findings = append(findings, "leads to a customer who is not there or is somebody else")
		}
	}
	return append(findings, checkDuplicates(ids)...)
}

func (c *checkup) checkProductNumber(key string, ids []store.ProductID) (findings []string) {
	for _, id := range ids {
		r, found, readable := at[store.Product](c, c.tx.ProductKey(id))
		if !found || readable && c.tx.ProductNumberKey(r.Lookup) != key {
			findings = append(findings, "leads to a product that is not there or has another number")
		}
	}
	return append(findings, checkDuplicates(ids)...)
}

// checkDuplicates refuses an index that is empty, or has an entry twice.
func checkDuplicates[ID comparable](ids []ID) []string {
	once := map[ID]bool{}
	for _, id := range ids {
		once[id] = true
	}
	if len(ids) == 0 || len(once) < len(ids) {
		return []string{"leads to nothing, or twice to the same"}
	}
	return nil
}

func (c *checkup) checkUsername(key string, owner store.CustomerID) []string {
	r, found, readable := at[store.Account](c, c.tx.AccountKey(owner))
	if !found || readable && c.tx.UsernameKey(r.Username) != key {
		return []string{"leads to an account that is not there or has another username"}
	}
	return nil
}

func (c *checkup) checkHandle(key string, owner store.CustomerID) []string {
	r, found, readable := at[store.Account](c, c.tx.AccountKey(owner))
	if !found || readable && c.tx.HandleKey(r.Handle) != key {
		return []string{"leads to an account that is not there or that phones know by another handle"}
	}
	return nil
}

func (c *checkup) checkMessage(key string, r store.Message) []string {
	switch waits := r.State() == store.MessageWaiting; {
	case key != store.MessageKey(r.ID):
		return []string{misplacedText}
	case waits != !r.Due.IsZero():
		return []string{"waits and is never due, or is due and does not wait"}
	case r.State() == store.MessageSent && len(r.To)+len(r.Facts) > 0:
		return []string{"was sent, and what it said was not wiped"}
	case waits:
		if _, found := c.tx.Sealed().KV.Get(store.ScheduleKey(r.Channel, r.Due, r.ID)); !found {
			return []string{"waits and has no turn"}
		}
	}
	return nil
}

func (c *checkup) checkDue(key string, _ store.ScheduleRecord) []string {
	channel, due, err := store.ParseScheduleKey(key)
	if err != nil {
		return []string{misplacedText}
	}
	m, found, readable := at[store.Message](c, store.MessageKey(due.Message))
	if !found || readable && (m.State() != store.MessageWaiting || m.Channel != channel || !m.Due.Equal(due.At)) {
		return []string{"is of a message that is not there or has another turn"}
	}
	return nil
}

func (c *checkup) checkActivity(key string, e store.AuditEntry) []string {
	return checkInstantKey(key, c.tx.ActivityTableOf(e), e.At)
}

func (c *checkup) checkQueued(key string, e store.AuditEntry) []string {
	return checkInstantKey(key, store.QueueTable, e.At)
}

// checkInstantKey refuses a key that does not have the time of its record, in a table in
// order of time.
func checkInstantKey(key, table string, at time.Time) []string {
	if !strings.HasPrefix(key, store.OrderedPrefix(table, at)) {
		return []string{misplacedText}
	}
	return nil
}
