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

// checks has one for each table. What the keys of some are hashed from stands
// nowhere: of those it is only known that they can be read, because a record opens
// at no other key than its own.
var checks = map[string]check{
	store.MetaTable: checkMeta,

	store.CustomerTable:    readable((*checkup).customer),
	store.ProductTable:     readable((*checkup).product),
	store.AccountTable:     readable((*checkup).account),
	store.ApplicationTable: readable((*checkup).application),
	store.NumberTable:      readable((*checkup).number),
	store.OutboxTable:      readable((*checkup).message),

	store.PersonTable:        readable((*checkup).person),
	store.ProductNumberTable: readable((*checkup).productNumber),
	store.UsernameTable:      readable((*checkup).username),
	store.HandleTable:        readable((*checkup).handle),
	store.ScheduleTable:      readable((*checkup).due),

	store.ActivityTable: readable((*checkup).activity),
	store.QueueTable:    readable((*checkup).queued),
	store.LogTable:      readable[auditlog.EntryRecord](nil),
	store.TileTable:     readable[auditlog.Tile](nil),

	store.CheckpointTable: readable[string](nil),
	store.HeadTable:       readable[auditlog.HeadRecord](nil),

	store.AttemptsTable:   readable[store.Attempts](nil),
	store.TerminalTable:   readable[store.TerminalAttempts](nil),
	store.GlobalRateTable: readable[store.GlobalRate](nil),
	store.RequestsTable:   readable[store.Requests](nil),
	store.OutageTable:     readable[store.Outage](nil),

	store.ChallengeTable: readable[store.Challenge](nil),
	store.LeaseTable:     readable[store.LeaseRecord](nil),
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

// misplaced is what is wrong with a record that is not at the key that it has.
const misplaced = "is at the key of another record"

func (c *checkup) customer(key string, r store.Customer) (says []string) {
	switch {
	case key != c.tx.CustomerKey(r.ID):
		return []string{misplaced}
	case r.Leaving: // what refers to them is being erased
		return nil
	case !leadsTo(c, c.tx.PersonKey(r.Person()), r.ID):
		says = append(says, "is not found by birth date, postcode and house number")
	}
	for _, h := range r.Holdings {
		says = append(says, c.holding(r.ID, h)...)
	}
	return says
}

// holders is as much of a Product as is needed here.
type holders struct {
	Holders []store.CustomerID `cbor:"5,keyasint"`
}

func (c *checkup) holding(id store.CustomerID, h store.Holding) (says []string) {
	p, found, readable := at[holders](c, c.tx.ProductKey(h.Product))
	switch {
	case !found:
		says = append(says, "holds a product that is not there")
	case readable && h.Application == "" && !slices.Contains(p.Holders, id):
		says = append(says, "holds a product that has other holders")
	}
	if h.Application == "" || h.Shows() {
		return says
	}
	a, found, readable := at[store.Application](c, c.tx.ApplicationKey(h.Application))
	switch {
	case !found:
		says = append(says, "holds a product by an application that is not there")
	case readable && !slices.Contains(a.Applicants, id):
		says = append(says, "holds a product by an application of others")
	}
	return says
}

// holder is as much of a Customer as is needed here.
type holder struct {
	Holdings []store.Holding `cbor:"14,keyasint,omitempty"`
	Leaving  bool            `cbor:"16,keyasint,omitempty"`
}

func (c *checkup) product(key string, r store.Product) (says []string) {
	if key != c.tx.ProductKey(r.ID) {
		return []string{misplaced}
	}
	if !leadsTo(c, c.tx.ProductNumberKey(r.Lookup), r.ID) {
		says = append(says, "is not found by its number")
	}
	for _, id := range r.Holders {
		h, found, readable := at[holder](c, c.tx.CustomerKey(id))
		switch {
		case !found:
			says = append(says, "has a holder who is not there")
		case readable && !h.Leaving && !c.wasAppliedFor(r.ID) && (&store.Customer{Holdings: h.Holdings}).Holding(r.ID) == nil:
			says = append(says, "has a holder who does not hold it")
		}
	}
	return says
}

func (c *checkup) account(key string, r store.Account) (says []string) {
	if key != c.tx.AccountKey(r.Customer) {
		return []string{misplaced}
	}
	owner, found, readable := at[store.CustomerID](c, c.tx.UsernameKey(r.Username))
	if !found || readable && owner != r.Customer {
		says = append(says, "is not found by its username")
	}
	if owner, found, readable := at[store.CustomerID](c, c.tx.HandleKey(r.Handle)); r.Handle != nil && (!found || readable && owner != r.Customer) {
		says = append(says, "is not found by its phones")
	}
	if _, found := c.tx.Sealed().KV.Get(c.tx.CustomerKey(r.Customer)); !found {
		says = append(says, "is of a customer who is not there")
	}
	return append(says, c.older(key, r.Version)...)
}

func (c *checkup) application(key string, r store.Application) (says []string) {
	if key != c.tx.ApplicationKey(r.ID) {
		return []string{misplaced}
	}
	if r.Product != "" { // what was asked for at the desk is for no product
		if _, found := c.tx.Sealed().KV.Get(c.tx.ProductKey(r.Product)); !found {
			says = append(says, "is for a product that is not there")
		}
	}
	for _, id := range r.Applicants {
		if _, found := c.tx.Sealed().KV.Get(c.tx.CustomerKey(id)); !found {
			says = append(says, "is of a customer who is not there")
		}
	}
	says = append(says, c.numbersOf(r, r.Latest)...)
	return append(says, c.numbersOf(r, r.Before)...)
}

// numbersOf looks at activation numbers that an application has for its applicants.
func (c *checkup) numbersOf(r store.Application, numbers map[store.CustomerID]store.NumberID) (says []string) {
	for id, latest := range numbers {
		if latest == "" { // there was one
			continue
		}
		if _, err := hex.DecodeString(string(latest)); err != nil {
			says = append(says, "has an activation number that is none")
			continue
		}
		n, found, readable := at[store.ActivationNumber](c, store.NumberKey(latest))
		switch {
		case !found:
			says = append(says, "has an activation number that is not there")
		case readable && (n.Customer != id || n.Application != r.ID):
			says = append(says, "has an activation number of another one")
		}
	}
	return says
}

func (c *checkup) number(key string, r store.ActivationNumber) (says []string) {
	if string(r.ID) != hex.EncodeToString([]byte(strings.TrimPrefix(key, store.NumberTable+"/"))) {
		return []string{misplaced}
	}
	a, found, readable := at[store.Application](c, c.tx.ApplicationKey(r.Application))
	switch {
	case !found:
		says = append(says, "is of an application that is not there")
	case readable && r.State(c.tx.Now) == store.NumberIssued && a.Latest[r.Customer] != r.ID && a.Before[r.Customer] != r.ID:
		says = append(says, "works, and is neither the newest of its customer and application nor the one before")
	}
	return append(says, c.older(key, r.Version)...)
}

func (c *checkup) person(key string, ids []store.CustomerID) (says []string) {
	for _, id := range ids {
		r, found, readable := at[store.Customer](c, c.tx.CustomerKey(id))
		if !found || readable && (r.Leaving || c.tx.PersonKey(r.Person()) != key) {
			says = append(says, "leads to a customer who is not there or is somebody else")
		}
	}
	return append(says, twice(ids)...)
}

func (c *checkup) productNumber(key string, ids []store.ProductID) (says []string) {
	for _, id := range ids {
		r, found, readable := at[store.Product](c, c.tx.ProductKey(id))
		if !found || readable && c.tx.ProductNumberKey(r.Lookup) != key {
			says = append(says, "leads to a product that is not there or has another number")
		}
	}
	return append(says, twice(ids)...)
}

// twice refuses an index that has nothing in it, or something twice.
func twice[ID comparable](ids []ID) []string {
	once := map[ID]bool{}
	for _, id := range ids {
		once[id] = true
	}
	if len(ids) == 0 || len(once) < len(ids) {
		return []string{"leads to nothing, or twice to the same"}
	}
	return nil
}

func (c *checkup) username(key string, owner store.CustomerID) []string {
	r, found, readable := at[store.Account](c, c.tx.AccountKey(owner))
	if !found || readable && c.tx.UsernameKey(r.Username) != key {
		return []string{"leads to an account that is not there or has another username"}
	}
	return nil
}

func (c *checkup) handle(key string, owner store.CustomerID) []string {
	r, found, readable := at[store.Account](c, c.tx.AccountKey(owner))
	if !found || readable && c.tx.HandleKey(r.Handle) != key {
		return []string{"leads to an account that is not there or that phones know by another handle"}
	}
	return nil
}

func (c *checkup) message(key string, r store.Message) []string {
	switch waits := r.State() == store.MessageWaiting; {
	case key != store.MessageKey(r.ID):
		return []string{misplaced}
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

func (c *checkup) due(key string, _ store.ScheduleRecord) []string {
	channel, due, err := store.ParseScheduleKey(key)
	if err != nil {
		return []string{misplaced}
	}
	m, found, readable := at[store.Message](c, store.MessageKey(due.Message))
	if !found || readable && (m.State() != store.MessageWaiting || m.Channel != channel || !m.Due.Equal(due.At)) {
		return []string{"is of a message that is not there or has another turn"}
	}
	return nil
}

func (c *checkup) activity(key string, e store.AuditEntry) []string {
	return atInstant(key, c.tx.ActivityTableOf(e), e.At)
}

func (c *checkup) queued(key string, e store.AuditEntry) []string {
	return atInstant(key, store.QueueTable, e.At)
}

// atInstant refuses a key that is not of an instant in a table in order of time.
func atInstant(key, table string, at time.Time) []string {
	if !strings.HasPrefix(key, store.OrderedPrefix(table, at)) {
		return []string{misplaced}
	}
	return nil
}
