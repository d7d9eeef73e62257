package store

import (
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// checks has one for each table. What the keys of some are hashed from stands
// nowhere: of those it is only known that they can be read, since a record opens
// at no other key than its own.
var checks = map[string]check{
	meta: checkMeta,

	customers:    readable((*checkup).customer),
	products:     readable((*checkup).product),
	accounts:     readable((*checkup).account),
	applications: readable((*checkup).application),
	numbers:      readable((*checkup).number),
	OutboxTable:  readable((*checkup).message),

	persons:        readable((*checkup).person),
	productNumbers: readable((*checkup).productNumber),
	usernames:      readable((*checkup).username),
	handles:        readable((*checkup).handle),
	TurnTable:      readable((*checkup).turn),

	activity:      readable((*checkup).activity),
	queuedEntries: readable((*checkup).queued),
	logEntries:    readable[logRecord](nil),
	logTiles:      readable[tile](nil),

	logCheckpoints: readable[string](nil),
	logHeads:       readable[headRecord](nil),

	tries:     readable[Tries](nil),
	terminals: readable[TriesAt](nil),
	rushes:    readable[Rush](nil),
	requests:  readable[Requests](nil),
	outages:   readable[Outage](nil),

	challenges: readable[Challenge](nil),
	duties:     readable[post](nil),
}

func checkMeta(c *checkup, key string, value []byte) []string {
	switch _, err := c.tx.sealed.Keys.Open(key, value); {
	case key == SchemaKey && string(value) != strconv.Itoa(Version):
		return []string{"is not the schema of this program"}
	case key != SchemaKey && err != nil:
		return []string{"cannot be unsealed"}
	}
	return nil
}

// misplaced is what is wrong with a record that is not at the key that it has.
const misplaced = "is at the key of another record"

func (c *checkup) customer(key string, r Customer) (says []string) {
	switch {
	case key != c.tx.customerKey(r.ID):
		return []string{misplaced}
	case r.Leaving: // what refers to them is being erased
		return nil
	case !leadsTo(c, c.tx.personKey(r.Person()), r.ID):
		says = append(says, "is not found by birth date, postcode and house number")
	}
	for _, h := range r.Holdings {
		says = append(says, c.holding(r.ID, h)...)
	}
	return says
}

// holders is as much of a Product as is needed here.
type holders struct {
	Holders []CustomerID `cbor:"5,keyasint"`
}

func (c *checkup) holding(id CustomerID, h Holding) (says []string) {
	p, found, readable := at[holders](c, c.tx.productKey(h.Product))
	switch {
	case !found:
		says = append(says, "holds a product that is not there")
	case readable && h.Application == "" && !slices.Contains(p.Holders, id):
		says = append(says, "holds a product that has other holders")
	}
	if h.Application == "" || h.Shows() {
		return says
	}
	a, found, readable := at[Application](c, c.tx.applicationKey(h.Application))
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
	Holdings []Holding `cbor:"14,keyasint,omitempty"`
	Leaving  bool      `cbor:"16,keyasint,omitempty"`
}

func (c *checkup) product(key string, r Product) (says []string) {
	if key != c.tx.productKey(r.ID) {
		return []string{misplaced}
	}
	if !leadsTo(c, c.tx.productNumberKey(r.Lookup), r.ID) {
		says = append(says, "is not found by its number")
	}
	for _, id := range r.Holders {
		h, found, readable := at[holder](c, c.tx.customerKey(id))
		switch {
		case !found:
			says = append(says, "has a holder who is not there")
		case readable && !h.Leaving && !c.wasAppliedFor(r.ID) && (&Customer{Holdings: h.Holdings}).Holding(r.ID) == nil:
			says = append(says, "has a holder who does not hold it")
		}
	}
	return says
}

func (c *checkup) account(key string, r Account) (says []string) {
	if key != c.tx.accountKey(r.Customer) {
		return []string{misplaced}
	}
	owner, found, readable := at[CustomerID](c, c.tx.usernameKey(r.Username))
	if !found || readable && owner != r.Customer {
		says = append(says, "is not found by its username")
	}
	if owner, found, readable := at[CustomerID](c, c.tx.handleKey(r.Handle)); r.Handle != nil && (!found || readable && owner != r.Customer) {
		says = append(says, "is not found by its phones")
	}
	if _, found := c.tx.sealed.KV.Get(c.tx.customerKey(r.Customer)); !found {
		says = append(says, "is of a customer who is not there")
	}
	return says
}

func (c *checkup) application(key string, r Application) (says []string) {
	if key != c.tx.applicationKey(r.ID) {
		return []string{misplaced}
	}
	if r.Product != "" { // what was asked for at the desk is for no product
		if _, found := c.tx.sealed.KV.Get(c.tx.productKey(r.Product)); !found {
			says = append(says, "is for a product that is not there")
		}
	}
	for _, id := range r.Applicants {
		if _, found := c.tx.sealed.KV.Get(c.tx.customerKey(id)); !found {
			says = append(says, "is of a customer who is not there")
		}
	}
	for id, latest := range r.Latest {
		if latest == "" { // there was one
			continue
		}
		if _, err := hex.DecodeString(string(latest)); err != nil {
			says = append(says, "has an activation number that is none")
			continue
		}
		n, found, readable := at[ActivationNumber](c, numberKey(latest))
		switch {
		case !found:
			says = append(says, "has an activation number that is not there")
		case readable && (n.Customer != id || n.Application != r.ID):
			says = append(says, "has an activation number of another one")
		}
	}
	return says
}

func (c *checkup) number(key string, r ActivationNumber) (says []string) {
	if string(r.ID) != hex.EncodeToString([]byte(strings.TrimPrefix(key, numbers+"/"))) {
		return []string{misplaced}
	}
	a, found, readable := at[Application](c, c.tx.applicationKey(r.Application))
	switch {
	case !found:
		says = append(says, "is of an application that is not there")
	case readable && r.State(c.tx.Now) == NumberIssued && a.Latest[r.Customer] != r.ID:
		says = append(says, "works, and is not the newest of its customer and application")
	}
	return says
}

func (c *checkup) person(key string, ids []CustomerID) (says []string) {
	for _, id := range ids {
		r, found, readable := at[Customer](c, c.tx.customerKey(id))
		if !found || readable && (r.Leaving || c.tx.personKey(r.Person()) != key) {
			says = append(says, "leads to a customer who is not there or is somebody else")
		}
	}
	return append(says, twice(ids)...)
}

func (c *checkup) productNumber(key string, ids []ProductID) (says []string) {
	for _, id := range ids {
		r, found, readable := at[Product](c, c.tx.productKey(id))
		if !found || readable && c.tx.productNumberKey(r.Lookup) != key {
			says = append(says, "leads to a product that is not there or has another number")
		}
	}
	return append(says, twice(ids)...)
}

// twice tells whether an index has nothing in it, or something twice.
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

func (c *checkup) username(key string, owner CustomerID) []string {
	r, found, readable := at[Account](c, c.tx.accountKey(owner))
	if !found || readable && c.tx.usernameKey(r.Username) != key {
		return []string{"leads to an account that is not there or has another username"}
	}
	return nil
}

func (c *checkup) handle(key string, owner CustomerID) []string {
	r, found, readable := at[Account](c, c.tx.accountKey(owner))
	if !found || readable && c.tx.handleKey(r.Handle) != key {
		return []string{"leads to an account that is not there or that phones know by another handle"}
	}
	return nil
}

func (c *checkup) message(key string, r Message) []string {
	switch waits := r.State() == MessageWaiting; {
	case key != messageKey(r.ID):
		return []string{misplaced}
	case waits != !r.Due.IsZero():
		return []string{"waits and is never due, or is due and does not wait"}
	case r.State() == MessageSent && len(r.To)+len(r.Facts) > 0:
		return []string{"was sent, and what it said was not wiped"}
	case waits:
		if _, found := c.tx.sealed.KV.Get(turnKey(r.Channel, r.Due, r.ID)); !found {
			return []string{"waits and has no turn"}
		}
	}
	return nil
}

func (c *checkup) turn(key string, _ turn) []string {
	for _, channel := range Channels {
		rest, is := strings.CutPrefix(key, turnPrefix(channel))
		if !is {
			continue
		}
		t, err := parseTurn(rest)
		if err != nil {
			break
		}
		m, found, readable := at[Message](c, messageKey(t.Message))
		if !found || readable && (m.State() != MessageWaiting || m.Channel != channel || !m.Due.Equal(t.At)) {
			return []string{"is of a message that is not there or has another turn"}
		}
		return nil
	}
	return []string{misplaced}
}

func (c *checkup) activity(key string, e AuditEntry) []string {
	return atInstant(key, c.tx.activityOf(e), e.At)
}

func (c *checkup) queued(key string, e AuditEntry) []string {
	return atInstant(key, queuedEntries, e.At)
}

// atInstant tells whether a key is not one that inOrder made.
func atInstant(key, table string, at time.Time) []string {
	if !strings.HasPrefix(key, fmt.Sprintf("%s/%0*x", table, instantDigits, at.UnixMicro())) {
		return []string{misplaced}
	}
	return nil
}
