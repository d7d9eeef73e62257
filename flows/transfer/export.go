package transfer

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"slices"

	"loket/flows/operator"
	"loket/store"
)

// Exported counts what an export wrote, and what it had to leave out since the
// format cannot say it.
type Exported struct {
	Customers    int `json:"customers"`
	Products     int `json:"products"`
	Applications int `json:"applications"`
	Accounts     int `json:"accounts"`
	Numbers      int `json:"activation_numbers_left_out"`   // whose digits are kept nowhere
	Bare         int `json:"account_applications_left_out"` // for an account alone, which the desk makes by itself
	Phones       int `json:"phones_left_out"`               // which their owners paired with this desk
}

// Export writes customers, products, applications and accounts as Import takes
// them, each type in order of its ids: so the same facts are the same file. What
// the desk keeps beside them cannot be said: activation numbers, and so which
// products were opened with one; temporary passwords; phones; messages; the audit
// log.
//
// Nobody holds up others by reading slowly, since nothing is written while the
// store is being read. What changes meanwhile is in the file as it was or as it
// is; and no line refers to what is not in the file.
func Export(ctx context.Context, s *store.Store, w io.Writer) (Exported, error) {
	e := newExporter(s, w)
	return e.done(e.everything(ctx))
}

// ExportCustomer writes what the format can say of one customer. Others with whom
// they hold something are there by number alone. The error is
// flows.ErrUnknownCustomer if there is no such customer.
func ExportCustomer(ctx context.Context, s *store.Store, w io.Writer, id store.CustomerID) (Exported, error) {
	e := newExporter(s, w)
	return e.done(e.customer(ctx, id))
}

// exporter writes lines. It keeps in memory the ids of what it writes, for their
// order, and not the records.
type exporter struct {
	store *store.Store
	out   *bufio.Writer
	json  *json.Encoder
	count Exported

	customers []store.CustomerID // in order
	products  []store.ProductID
}

func newExporter(s *store.Store, w io.Writer) *exporter {
	e := &exporter{store: s, out: bufio.NewWriterSize(w, 1<<16)}
	e.json = json.NewEncoder(e.out)
	e.json.SetEscapeHTML(false)
	return e
}

func (e *exporter) done(err error) (Exported, error) {
	if err == nil {
		err = e.out.Flush()
	}
	return e.count, err
}

func (e *exporter) everything(ctx context.Context) (err error) {
	var applications []store.ApplicationID
	if err := e.store.View(ctx, func(tx *store.Tx) error {
		e.customers, e.products, applications, e.count = nil, nil, nil, Exported{}
		for c := range tx.Customers() {
			e.customers = append(e.customers, c.ID)
		}
		for p := range tx.Products() {
			e.products = append(e.products, p.ID)
		}
		for a := range tx.Applications() {
			if a.Product == "" {
				e.count.Bare++
				continue
			}
			applications = append(applications, a.ID)
		}
		for range tx.Numbers() {
			e.count.Numbers++
		}
		return nil
	}); err != nil {
		return err
	}
	slices.Sort(e.customers)
	slices.Sort(e.products)
	slices.Sort(applications)
	if e.customers, err = write(ctx, e, e.customers, &e.count.Customers, (*store.Tx).Customer, customerLineOf); err != nil {
		return err
	}
	if e.products, err = write(ctx, e, e.products, &e.count.Products, e.product, productLineOf); err != nil {
		return err
	}
	if _, err = write(ctx, e, applications, &e.count.Applications, e.application, applicationLineOf); err != nil {
		return err
	}
	phones := map[store.CustomerID]int{}
	_, err = write(ctx, e, e.customers, &e.count.Accounts, (*store.Tx).Account, func(a store.Account) accountLine {
		if a.Passkeys != nil {
			phones[a.Customer] = len(a.Passkeys)
		}
		return accountLineOf(a)
	})
	for _, paired := range phones {
		e.count.Phones += paired
	}
	return err
}

func (e *exporter) customer(ctx context.Context, id store.CustomerID) error {
	var lines []any
	if err := e.store.View(ctx, func(tx *store.Tx) error {
		lines, e.count = nil, Exported{Customers: 1}
		c, found := tx.Customer(id)
		if !found {
			return operator.ErrUnknownCustomer
		}
		lines = append(lines, customerLineOf(c))
		b := operator.RecordsOf(tx, id)
		e.count.Products, e.count.Numbers = len(b.Products), len(b.Numbers)
		for _, p := range b.Products {
			lines = append(lines, productLineOf(p))
		}
		for _, a := range b.Applications {
			if a.Product == "" {
				e.count.Bare++
				continue
			}
			e.count.Applications++
			lines = append(lines, applicationLineOf(a))
		}
		if a, has := tx.Account(id); has {
			e.count.Accounts, e.count.Phones = 1, len(a.Passkeys)
			lines = append(lines, accountLineOf(a))
		}
		return nil
	}); err != nil {
		return err
	}
	for _, l := range lines {
		if err := e.json.Encode(l); err != nil {
			return err
		}
	}
	return nil
}

// readTogether is how many records are read in one View.
const readTogether = 500

// write writes the lines of records that find finds still, and gives their ids.
func write[ID ~string, R, L any](ctx context.Context, e *exporter, ids []ID, count *int, find func(*store.Tx, ID) (R, bool), line func(R) L) (wrote []ID, err error) {
	wrote = ids[:0]
	var lines []L
	for some := range slices.Chunk(ids, readTogether) {
		var found []ID
		if err := e.store.View(ctx, func(tx *store.Tx) error {
			lines, found = lines[:0], nil
			for _, id := range some {
				if r, is := find(tx, id); is {
					lines, found = append(lines, line(r)), append(found, id)
				}
			}
			return nil
		}); err != nil {
			return nil, err
		}
		for _, l := range lines {
			if err := e.json.Encode(l); err != nil {
				return nil, err
			}
		}
		wrote = append(wrote, found...) // which are no more than were read of ids
	}
	*count += len(wrote)
	return wrote, nil
}

// product is a product with those of its holders that are in the file.
func (e *exporter) product(tx *store.Tx, id store.ProductID) (store.Product, bool) {
	p, found := tx.Product(id)
	p.Holders = e.written(p.Holders)
	return p, found && len(p.Holders) > 0
}

// application is an application with what is in the file of all that it refers to.
func (e *exporter) application(tx *store.Tx, id store.ApplicationID) (store.Application, bool) {
	a, found := tx.Application(id)
	a.Applicants = e.written(a.Applicants)
	_, known := slices.BinarySearch(e.products, a.Product)
	return a, found && known && len(a.Applicants) > 0
}

func (e *exporter) written(ids []store.CustomerID) []store.CustomerID {
	return slices.DeleteFunc(ids, func(id store.CustomerID) bool {
		_, is := slices.BinarySearch(e.customers, id)
		return !is
	})
}
