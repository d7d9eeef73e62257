package check

import (
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"time"

	"loket/store"
	"loket/store/auditlog"
	"loket/store/lease"
)

// checksByTable maps the name of each table to the check of its records. The keys of some tables are hashes of facts that are not
// stored. For these tables the check is only that a record can be read, which suffices because a record opens only under its
// own key.
var checksByTable = map[string]recordCheck{
	store.MetaTable: checkMeta,

	store.CustomerTable:    newReadableCheck((*checker).checkCustomer),
	store.ProductTable:     newReadableCheck((*checker).checkProduct),
	store.AccountTable:     newReadableCheck((*checker).checkAccount),
	store.ApplicationTable: newReadableCheck((*checker).checkApplication),
	store.NumberTable:      newReadableCheck((*checker).checkNumber),
	store.OutboxTable:      newReadableCheck((*checker).checkMessage),

	store.PersonTable:        newReadableCheck((*checker).checkPersonIndex),
	store.EmailTable:         newReadableCheck((*checker).checkEmailIndex),
	store.ProductNumberTable: newReadableCheck((*checker).checkNumberIndex),
	store.UsernameTable:      newReadableCheck((*checker).checkUsernameIndex),
	store.UserHandleTable:    newReadableCheck((*checker).checkHandleIndex),
	store.ScheduleTable:      newReadableCheck((*checker).checkDueMessage),
	store.AddresseeTable:     newReadableCheck((*checker).checkAddressee),

	store.ActivityTable: newReadableCheck((*checker).checkActivity),
	store.QueueTable:    newReadableCheck((*checker).checkQueuedEntry),
	store.LogTable:      newReadableCheck[auditlog.EntryRecord](nil),
	store.TileTable:     newReadableCheck[auditlog.Tile](nil),

	store.CheckpointTable: newReadableCheck[string](nil),
	store.AuditHeadTable:  newReadableCheck[auditlog.HeadRecord](nil),

	store.WrongAttemptsTable: newReadableCheck[store.Attempts](nil),
	store.RecentTimesTable:   newReadableCheck[store.RecentTimes](nil),
	store.GlobalRateTable:    newReadableCheck[store.GlobalRate](nil),
	store.RequestsTable:      newReadableCheck[store.DailyRequests](nil),
	store.OutageTable:        newReadableCheck[store.Outage](nil),

	store.ErasedTable:    newReadableCheck[store.ErasureMark](nil),
	store.ChallengeTable: newReadableCheck[store.Challenge](nil),
	store.LeaseTable:     newReadableCheck[lease.Record](nil),
}

func checkMeta(c *checker, key string, value []byte) []string {
	switch _, err := c.tx.SealedTx().Keys.Unseal(key, value); {
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
	case !indexContains(c, c.tx.PersonKey(r.PersonFacts()), r.ID):
		findings = append(findings, "is not found by birth date, postcode and house number")
	}
	if _, found := c.tx.SealedTx().KV.Get(c.tx.EmailKey(r.Email, r.ID)); r.Email != "" && !found {
		findings = append(findings, "is not found by e-mail address")
	}
	for _, h := range r.Holdings {
		findings = append(findings, c.checkHolding(r.ID, h)...)
	}
	return findings
}

// productWithHolders has only the fields of a Product that the checks of other records need.
type productWithHolders struct {
	Holders []store.CustomerID `cbor:"5,keyasint"`
}

func (c *checker) checkHolding(id store.CustomerID, h store.Holding) (findings []string) {
	p, found, readable := readReferredRecord[productWithHolders](c, c.tx.ProductKey(h.Product))
	switch {
	case !found:
		findings = append(findings, "holds a product that is not there")
	case readable && h.Application == "" && !slices.Contains(p.Holders, id):
		findings = append(findings, "holds a product that has other holders")
	}
	if h.Application == "" || h.IsVisible() {
		return findings
	}
	a, found, readable := readReferredRecord[store.Application](c, c.tx.ApplicationKey(h.Application))
	switch {
	case !found:
		findings = append(findings, "holds a product by an application that is not there")
	case readable && !slices.Contains(a.Applicants, id):
		findings = append(findings, "holds a product by an application of others")
	}
	return findings
}

// customerWithHoldings has only the fields of a Customer that the checks of other records need.
type customerWithHoldings struct {
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
		h, found, readable := readReferredRecord[customerWithHoldings](c, c.tx.CustomerKey(id))
		switch {
		case !found:
			findings = append(findings, "has a holder who is not there")
		case readable && !h.BeingErased && !c.wasAppliedFor(r.ID) && !slices.Contains(r.Unopened, id) && (&store.Customer{Holdings: h.Holdings}).Holding(r.ID) == nil:
			findings = append(findings, "has a holder who does not hold it")
		}
	}
	return findings
}

func (c *checker) checkAccount(key string, r store.Account) (findings []string) {
	if key != c.tx.AccountKey(r.Customer) {
		return []string{misplacedText}
	}
	owner, found, readable := readReferredRecord[store.CustomerID](c, c.tx.UsernameKey(r.Username))
	if !found || readable && owner != r.Customer {
		findings = append(findings, "is not found by its username")
	}
	if owner, found, readable := readReferredRecord[store.CustomerID](c, c.tx.UserHandleKey(r.UserHandle)); r.UserHandle != nil && (!found || readable && owner != r.Customer) {
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
	findings = append(findings, c.checkApplicationNumbers(r, r.LatestNumbers)...)
	return append(findings, c.checkApplicationNumbers(r, r.PreviousNumbers)...)
}

// checkApplicationNumbers checks the activation numbers that an application lists for its applicants.
func (c *checker) checkApplicationNumbers(r store.Application, numbers map[store.CustomerID]store.NumberID) (findings []string) {
	for id, latest := range numbers {
		if latest == "" { // An empty ID means that the activation number was deleted.
			continue
		}
		if _, err := hex.DecodeString(string(latest)); err != nil {
			findings = append(findings, "has an activation number that is none")
			continue
		}
		n, found, readable := readReferredRecord[store.ActivationNumber](c, store.NumberKey(latest))
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
	a, found, readable := readReferredRecord[store.Application](c, c.tx.ApplicationKey(r.Application))
	switch {
	case !found:
		findings = append(findings, "is of an application that is not there")
	case readable && r.NumberStateAt(c.tx.Now) == store.NumberIssued && a.LatestNumbers[r.Customer] != r.ID && a.PreviousNumbers[r.Customer] != r.ID:
		findings = append(findings, "works, and is neither the newest of its customer and application nor the one before")
	}
	return append(findings, c.checkVersion(key, r.Version)...)
}

func (c *checker) checkPersonIndex(key string, ids []store.CustomerID) (findings []string) {
	for _, id := range ids {
		r, found, readable := readReferredRecord[store.Customer](c, c.tx.CustomerKey(id))
		if !found || readable && (r.BeingErased || c.tx.PersonKey(r.PersonFacts()) != key) {
			findings = append(findings, "leads to a customer who is not there or is somebody else")
		}
	}
	return append(findings, checkIndexDuplicates(ids)...)
}

func (c *checker) checkEmailIndex(key string, id store.CustomerID) []string {
	r, found, readable := readReferredRecord[store.Customer](c, c.tx.CustomerKey(id))
	if !found || readable && (r.BeingErased || r.Email == "" || c.tx.EmailKey(r.Email, id) != key) {
		return []string{"leads to a customer who is not there or has another e-mail address"}
	}
	return nil
}

func (c *checker) checkNumberIndex(key string, ids []store.ProductID) (findings []string) {
	for _, id := range ids {
		r, found, readable := readReferredRecord[store.Product](c, c.tx.ProductKey(id))
		if !found || readable && c.tx.ProductNumberKey(r.NormalisedNumber) != key {
			findings = append(findings, "leads to a product that is not there or has another number")
		}
	}
	return append(findings, checkIndexDuplicates(ids)...)
}

// checkIndexDuplicates returns a finding if an index is empty or has an entry twice.
func checkIndexDuplicates[ID comparable](ids []ID) []string {
	once := map[ID]bool{}
	for _, id := range ids {
		once[id] = true
	}
	if len(ids) == 0 || len(once) < len(ids) {
		return []string{"leads to nothing, or twice to the same"}
	}
	return nil
}

func (c *checker) checkUsernameIndex(key string, owner store.CustomerID) []string {
	r, found, readable := readReferredRecord[store.Account](c, c.tx.AccountKey(owner))
	if !found || readable && c.tx.UsernameKey(r.Username) != key {
		return []string{"leads to an account that is not there or has another username"}
	}
	return nil
}

func (c *checker) checkHandleIndex(key string, owner store.CustomerID) []string {
	r, found, readable := readReferredRecord[store.Account](c, c.tx.AccountKey(owner))
	if !found || readable && c.tx.UserHandleKey(r.UserHandle) != key {
		return []string{"leads to an account that is not there or that phones know by another handle"}
	}
	return nil
}

func (c *checker) checkMessage(key string, r store.Message) []string {
	switch waits := r.SendState() == store.MessageWaiting; {
	case key != store.MessageKey(r.ID):
		return []string{misplacedText}
	case waits != !r.Due.IsZero():
		return []string{"waits and is never due, or is due and does not wait"}
	case r.SendState() == store.MessageSent && len(r.To)+len(r.Facts) > 0:
		return []string{"was sent, and what it said was not wiped"}
	case waits:
		if _, found := c.tx.SealedTx().KV.Get(store.ScheduleKey(r.Channel, r.Due, r.ID)); !found {
			return []string{"waits and has no turn"}
		}
	}
	return nil
}

func (c *checker) checkAddressee(key string, ids []string) (findings []string) {
	for _, id := range ids {
		m, found, readable := readReferredRecord[store.Message](c, store.MessageKey(id))
		if !found || readable && c.tx.AddresseeKey(m.Customer) != key {
			findings = append(findings, "leads to a message that is not there or goes to somebody else")
		}
	}
	return append(findings, checkIndexDuplicates(ids)...)
}

func (c *checker) checkDueMessage(key string, _ store.ScheduleRecord) []string {
	channel, due, err := store.ParseScheduleKey(key)
	if err != nil {
		return []string{misplacedText}
	}
	m, found, readable := readReferredRecord[store.Message](c, store.MessageKey(due.Message))
	if !found || readable && (m.SendState() != store.MessageWaiting || m.Channel != channel || !m.Due.Equal(due.At)) {
		return []string{"is of a message that is not there or has another turn"}
	}
	return nil
}

func (c *checker) checkActivity(key string, e store.AuditEntry) []string {
	return checkTimeOrderedKey(key, c.tx.ActivityTableFor(e), e.At)
}

func (c *checker) checkQueuedEntry(key string, e store.AuditEntry) []string {
	return checkTimeOrderedKey(key, store.QueueTable, e.At)
}

// checkTimeOrderedKey returns a finding if key does not contain the time at. It is for tables whose keys are in order of time.
func checkTimeOrderedKey(key, table string, at time.Time) []string {
	if !strings.HasPrefix(key, store.OrderedPrefix(table, at)) {
		return []string{misplacedText}
	}
	return nil
}
