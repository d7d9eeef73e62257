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

// checks maps the name of each table to the check of its records. The keys of some tables are hashes of facts that are not
// stored. For these tables the check is only that a record can be read, which suffices because a record opens only under its
// own key.
var checks = map[string]check{
	store.MetaTable: checkMeta,

	store.CustomerTable:    checkReadable((*checker).checkCustomer),
	store.ProductTable:     checkReadable((*checker).checkProduct),
	store.AccountTable:     checkReadable((*checker).checkAccount),
	store.ApplicationTable: checkReadable((*checker).checkApplication),
	store.NumberTable:      checkReadable((*checker).checkNumber),
	store.OutboxTable:      checkReadable((*checker).checkMessage),

	store.PersonTable:        checkReadable((*checker).checkPerson),
	store.ProductNumberTable: checkReadable((*checker).checkProductNumber),
	store.UsernameTable:      checkReadable((*checker).checkUsername),
	store.HandleTable:        checkReadable((*checker).checkHandle),
	store.ScheduleTable:      checkReadable((*checker).checkDueMessage),

	store.ActivityTable: checkReadable((*checker).checkActivity),
	store.QueueTable:    checkReadable((*checker).checkQueuedEntry),
	store.LogTable:      checkReadable[auditlog.EntryRecord](nil),
	store.TileTable:     checkReadable[auditlog.Tile](nil),

	store.CheckpointTable: checkReadable[string](nil),
	store.HeadTable:       checkReadable[auditlog.HeadRecord](nil),

	store.AttemptsTable:   checkReadable[store.Attempts](nil),
	store.TerminalTable:   checkReadable[store.TerminalAttempts](nil),
	store.GlobalRateTable: checkReadable[store.GlobalRate](nil),
	store.RequestsTable:   checkReadable[store.DailyRequests](nil),
	store.OutageTable:     checkReadable[store.Outage](nil),

	store.ChallengeTable: checkReadable[store.Challenge](nil),
	store.LeaseTable:     checkReadable[store.LeaseRecord](nil),
}

func checkMeta(c *checker, key string, value []byte) []string {
	switch _, err := c.tx.SealedTx().Keys.Open(key, value); {
	case key == store.SchemaKey && string(value) != strconv.Itoa(store.Version):
		return []string{"is not the schema of this program"}
	case key != store.SchemaKey && err != nil:
		return []string{"cannot be unsealed"}
	}
	return nil
}

// misplacedText is the finding about a record that is not under its own key.
const misplacedText = "is at the key of another record"

func (c *checker) checkCustomer(key string, r store.Customer) (findings []string) {
	switch {
	case key != c.tx.CustomerKey(r.ID):
		return []string{misplacedText}
	// The records that refer to this customer are being erased, so the customer's own references need not be complete.
	case r.BeingErased:
		return nil
	case !indexContains(c, c.tx.PersonKey(r.Person()), r.ID):
		findings = append(findings, "is not found by birth date, postcode and house number")
	}
	for _, h := range r.Holdings {
		findings = append(findings, c.checkHolding(r.ID, h)...)
	}
	return findings
}

// productHolders has only the fields of a Product that the checks of other records need.
type productHolders struct {
	Holders []store.CustomerID `cbor:"5,keyasint"`
}

func (c *checker) checkHolding(id store.CustomerID, h store.Holding) (findings []string) {
	p, found, readable := readRecord[productHolders](c, c.tx.ProductKey(h.Product))
	switch {
	case !found:
		findings = append(findings, "holds a product that is not there")
	case readable && h.Application == "" && !slices.Contains(p.Holders, id):
		findings = append(findings, "holds a product that has other holders")
	}
	if h.Application == "" || h.IsVisible() {
		return findings
	}
	a, found, readable := readRecord[store.Application](c, c.tx.ApplicationKey(h.Application))
	switch {
	case !found:
		findings = append(findings, "holds a product by an application that is not there")
	case readable && !slices.Contains(a.Applicants, id):
		findings = append(findings, "holds a product by an application of others")
	}
	return findings
}

// customerHoldings has only the fields of a Customer that the checks of other records need.
type customerHoldings struct {
	Holdings    []store.Holding `cbor:"14,keyasint,omitempty"`
	BeingErased bool            `cbor:"16,keyasint,omitempty"`
}

func (c *checker) checkProduct(key string, r store.Product) (findings []string) {
	switch {
	case key != c.tx.ProductKey(r.ID):
		return []string{misplacedText}
	case r.Retired: // A retired product is not in the index of numbers, because nothing is kept of it except its ID.
		return nil
	case !indexContains(c, c.tx.ProductNumberKey(r.NormalisedNumber), r.ID):
		findings = append(findings, "is not found by its number")
	}
	for _, id := range r.Holders {
		h, found, readable := readRecord[customerHoldings](c, c.tx.CustomerKey(id))
		switch {
		case !found:
			findings = append(findings, "has a holder who is not there")
		case readable && !h.BeingErased && !c.wasAppliedFor(r.ID) && (&store.Customer{Holdings: h.Holdings}).Holding(r.ID) == nil:
			findings = append(findings, "has a holder who does not hold it")
		}
	}
	return findings
}

func (c *checker) checkAccount(key string, r store.Account) (findings []string) {
	if key != c.tx.AccountKey(r.Customer) {
		return []string{misplacedText}
	}
	owner, found, readable := readRecord[store.CustomerID](c, c.tx.UsernameKey(r.Username))
	if !found || readable && owner != r.Customer {
		findings = append(findings, "is not found by its username")
	}
	if owner, found, readable := readRecord[store.CustomerID](c, c.tx.HandleKey(r.UserHandle)); r.UserHandle != nil && (!found || readable && owner != r.Customer) {
		findings = append(findings, "is not found by its phones")
	}
	if _, found := c.tx.SealedTx().KV.Get(c.tx.CustomerKey(r.Customer)); !found {
		findings = append(findings, "is of a customer who is not there")
	}
	return append(findings, c.checkVersion(key, r.Version)...)
}

func (c *checker) checkApplication(key string, r store.Application) (findings []string) {
	if key != c.tx.ApplicationKey(r.ID) {
		return []string{misplacedText}
	}
	if r.Product != "" { // An application that a customer makes at the desk has no product yet.
		if _, found := c.tx.SealedTx().KV.Get(c.tx.ProductKey(r.Product)); !found {
			findings = append(findings, "is for a product that is not there")
		}
	}
	for _, id := range r.Applicants {
		if _, found := c.tx.SealedTx().KV.Get(c.tx.CustomerKey(id)); !found {
			findings = append(findings, "is of a customer who is not there")
		}
	}
	findings = append(findings, c.checkNumbersOf(r, r.LatestNumbers)...)
	return append(findings, c.checkNumbersOf(r, r.PreviousNumbers)...)
}

// checkNumbersOf checks the activation numbers that an application lists for its applicants.
func (c *checker) checkNumbersOf(r store.Application, numbers map[store.CustomerID]store.NumberID) (findings []string) {
	for id, latest := range numbers {
		if latest == "" { // An empty ID means that the activation number was deleted.
			continue
		}
		if _, err := hex.DecodeString(string(latest)); err != nil {
			findings = append(findings, "has an activation number that is none")
			continue
		}
		n, found, readable := readRecord[store.ActivationNumber](c, store.NumberKey(latest))
		switch {
		case !found:
			findings = append(findings, "has an activation number that is not there")
		case readable && (n.Customer != id || n.Application != r.ID):
			findings = append(findings, "has an activation number of another one")
		}
	}
	return findings
}

func (c *checker) checkNumber(key string, r store.ActivationNumber) (findings []string) {
	if string(r.ID) != hex.EncodeToString([]byte(strings.TrimPrefix(key, store.NumberTable+"/"))) {
		return []string{misplacedText}
	}
	a, found, readable := readRecord[store.Application](c, c.tx.ApplicationKey(r.Application))
	switch {
	case !found:
		findings = append(findings, "is of an application that is not there")
	case readable && r.State(c.tx.Now) == store.NumberIssued && a.LatestNumbers[r.Customer] != r.ID && a.PreviousNumbers[r.Customer] != r.ID:
		findings = append(findings, "works, and is neither the newest of its customer and application nor the one before")
	}
	return append(findings, c.checkVersion(key, r.Version)...)
}

func (c *checker) checkPerson(key string, ids []store.CustomerID) (findings []string) {
	for _, id := range ids {
		r, found, readable := readRecord[store.Customer](c, c.tx.CustomerKey(id))
		if !found || readable && (r.BeingErased || c.tx.PersonKey(r.Person()) != key) {
			findings = append(findings, "leads to a customer who is not there or is somebody else")
		}
	}
	return append(findings, checkDuplicates(ids)...)
}

func (c *checker) checkProductNumber(key string, ids []store.ProductID) (findings []string) {
	for _, id := range ids {
		r, found, readable := readRecord[store.Product](c, c.tx.ProductKey(id))
		if !found || readable && c.tx.ProductNumberKey(r.NormalisedNumber) != key {
			findings = append(findings, "leads to a product that is not there or has another number")
		}
	}
	return append(findings, checkDuplicates(ids)...)
}

// checkDuplicates returns a finding if an index is empty or has an entry twice.
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

func (c *checker) checkUsername(key string, owner store.CustomerID) []string {
	r, found, readable := readRecord[store.Account](c, c.tx.AccountKey(owner))
	if !found || readable && c.tx.UsernameKey(r.Username) != key {
		return []string{"leads to an account that is not there or has another username"}
	}
	return nil
}

func (c *checker) checkHandle(key string, owner store.CustomerID) []string {
	r, found, readable := readRecord[store.Account](c, c.tx.AccountKey(owner))
	if !found || readable && c.tx.HandleKey(r.UserHandle) != key {
		return []string{"leads to an account that is not there or that phones know by another handle"}
	}
	return nil
}

func (c *checker) checkMessage(key string, r store.Message) []string {
	switch waits := r.State() == store.MessageWaiting; {
	case key != store.MessageKey(r.ID):
		return []string{misplacedText}
	case waits != !r.Due.IsZero():
		return []string{"waits and is never due, or is due and does not wait"}
	case r.State() == store.MessageSent && len(r.To)+len(r.Facts) > 0:
		return []string{"was sent, and what it said was not wiped"}
	case waits:
		if _, found := c.tx.SealedTx().KV.Get(store.ScheduleKey(r.Channel, r.Due, r.ID)); !found {
			return []string{"waits and has no turn"}
		}
	}
	return nil
}

func (c *checker) checkDueMessage(key string, _ store.ScheduleRecord) []string {
	channel, due, err := store.ParseScheduleKey(key)
	if err != nil {
		return []string{misplacedText}
	}
	m, found, readable := readRecord[store.Message](c, store.MessageKey(due.Message))
	if !found || readable && (m.State() != store.MessageWaiting || m.Channel != channel || !m.Due.Equal(due.At)) {
		return []string{"is of a message that is not there or has another turn"}
	}
	return nil
}

func (c *checker) checkActivity(key string, e store.AuditEntry) []string {
	return checkInstantKey(key, c.tx.ActivityTableFor(e), e.At)
}

func (c *checker) checkQueuedEntry(key string, e store.AuditEntry) []string {
	return checkInstantKey(key, store.QueueTable, e.At)
}

// checkInstantKey returns a finding if key does not contain the time at. It is for tables whose keys are in order of time.
func checkInstantKey(key, table string, at time.Time) []string {
	if !strings.HasPrefix(key, store.OrderedPrefix(table, at)) {
		return []string{misplacedText}
	}
	return nil
}
