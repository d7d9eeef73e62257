package transfer

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"io"
	"slices"
	"time"

	"loket/flows/operator"
	"loket/flows/transfer/lines"
	"loket/store"
)

// ExportCounts counts the records that an export wrote, and the records that it left out because the format cannot express
// them.
type ExportCounts struct {
	Customers    int `json:"customers"`
	Products     int `json:"products"`
	Applications int `json:"applications"`
	Accounts     int `json:"accounts"`
	// Numbers counts activation numbers, whose digits are not stored.
	Numbers int `json:"activation_numbers_left_out"`
	// AccountApplications counts applications for an account without a product, which the desk creates itself.
	AccountApplications int `json:"account_applications_left_out"`
	Phones              int `json:"phones_left_out"` // Phones counts phones that customers have paired with this desk.
}

// Export writes customers, products, applications and accounts in the format of Import. Each type is sorted by ID, so that the
// same records give the same file. The format cannot express the other data of the desk: activation numbers, temporary
// passwords, phones, messages and the audit log.
//
// A slow reader delays nobody, because nothing is written during a read transaction. A record that changes during the export
// is written in its old or its new form. No line refers to a record that is not in the file.
func Export(ctx context.Context, s *store.Store, w io.Writer) (ExportCounts, error) {
	e := newExporter(s, w)
	return e.finishExport(e.writeAllRecords(ctx))
}

// ExportCustomer writes the records of one customer, as far as the format can express them. Other customers who share a
// product or application appear by ID only. The error is operator.ErrUnknownCustomer if there is no such customer.
func ExportCustomer(ctx context.Context, s *store.Store, w io.Writer, id store.CustomerID) (ExportCounts, error) {
	e := newExporter(s, w)
	return e.finishExport(e.writeCustomer(ctx, id))
}

// An exporter writes the lines of an export. To sort them, it holds the IDs of all records in memory, but not the records.
type exporter struct {
	store *store.Store
	out   *bufio.Writer
	json  *json.Encoder
	err   error // err is the error of the first line that could not be written.
	count ExportCounts

	recordsPerView int                // recordsPerView is the number of records that one read transaction visits.
	customers      []store.CustomerID // customers are the IDs of the exported customers, sorted.
	products       []store.ProductID
	ended          []lines.RemovedLine // ended are the lines about customers, products and applications that have ended.
}

func newExporter(s *store.Store, w io.Writer) *exporter {
	e := &exporter{store: s, out: bufio.NewWriterSize(w, 1<<16), recordsPerView: 500}
	e.json = json.NewEncoder(e.out)
	e.json.SetEscapeHTML(false)
	return e
}

// finishExport flushes the output, and returns the counts and the first error.
func (e *exporter) finishExport(err error) (ExportCounts, error) {
	if err = cmp.Or(err, e.err); err == nil {
		err = e.out.Flush()
	}
	return e.count, err
}

// writeLine writes a line, unless an earlier line could not be written.
func (e *exporter) writeLine(l any) {
	if e.err == nil {
		e.err = e.json.Encode(l)
	}
}

func (e *exporter) writeAllRecords(ctx context.Context) (err error) {
	var applications []store.ApplicationID
	if err := e.store.View(ctx, func(tx *store.Tx) error {
		e.customers, e.products, applications, e.ended, e.count = nil, nil, nil, nil, ExportCounts{}
		for c := range tx.Customers() {
			e.customers = append(e.customers, c.ID)
			e.addRemovedLine(c.Ended, lines.CustomerType, string(c.ID))
		}
		for p := range tx.Products() {
			e.products = append(e.products, p.ID)
			if len(p.Holders) > 0 {
				e.addRemovedLine(p.Ended, lines.ProductType, string(p.ID))
			}
		}
		for a := range tx.Applications() {
			if a.Product == "" {
				e.count.AccountApplications++
				continue
			}
			applications = append(applications, a.ID)
			e.addRemovedLine(a.Ended, lines.ApplicationType, string(a.ID))
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
	if e.customers, err = writeRecords(ctx, e, e.customers, &e.count.Customers, (*store.Tx).Customer, lines.NewCustomerLine); err != nil {
		return err
	}
	if e.products, err = writeRecords(ctx, e, e.products, &e.count.Products, e.productForExport, lines.NewProductLine); err != nil {
		return err
	}
	if _, err = writeRecords(ctx, e, applications, &e.count.Applications, e.applicationForExport, lines.NewApplicationLine); err != nil {
		return err
	}
	phones := map[store.CustomerID]int{}
	_, err = writeRecords(ctx, e, e.customers, &e.count.Accounts, (*store.Tx).Account, func(a store.Account) lines.Account {
		if a.Passkeys != nil {
			phones[a.Customer] = len(a.Passkeys)
		}
		return lines.NewAccountLine(a)
	})
	for _, paired := range phones {
		e.count.Phones += paired
	}
	slices.SortFunc(e.ended, func(a, b lines.RemovedLine) int { return cmp.Or(cmp.Compare(a.Of, b.Of), cmp.Compare(a.ID, b.ID)) })
	for _, l := range e.ended {
		e.writeLine(l)
	}
	return err
}

// addRemovedLine adds a line to the end of the file that says that a record has ended.
func (e *exporter) addRemovedLine(ended time.Time, kind, id string) {
	if !ended.IsZero() {
		e.ended = append(e.ended, lines.NewRemovedLine(lines.Removal{RecordRef: lines.RecordRef{Type: kind, ID: id}}))
	}
}

func (e *exporter) writeCustomer(ctx context.Context, id store.CustomerID) error {
	var all []any
	if err := e.store.View(ctx, func(tx *store.Tx) error {
		all, e.ended, e.count = nil, nil, ExportCounts{Customers: 1}
		c, found := tx.Customer(id)
		if !found {
			return operator.ErrUnknownCustomer
		}
		all = append(all, lines.NewCustomerLine(c))
		e.addRemovedLine(c.Ended, lines.CustomerType, string(c.ID))
		b := operator.FindCustomerRecords(tx, id)
		e.count.Products, e.count.Numbers = len(b.Products), len(b.Numbers)
		for _, p := range b.Products {
			all = append(all, lines.NewProductLine(p))
		}
		for _, a := range b.Applications {
			if a.Product == "" {
				e.count.AccountApplications++
				continue
			}
			e.count.Applications++
			opened := lines.OpenedApplication{Application: a}
			opened.NoteOpened(c)
			all = append(all, lines.NewApplicationLine(opened))
		}
		if a, has := tx.Account(id); has {
			e.count.Accounts, e.count.Phones = 1, len(a.Passkeys)
			all = append(all, lines.NewAccountLine(a))
		}
		return nil
	}); err != nil {
		return err
	}
	for _, l := range all {
		e.writeLine(l)
	}
	for _, l := range e.ended {
		e.writeLine(l)
	}
	return nil
}

// writeRecords writes the lines of the records that still exist, and returns their IDs.
func writeRecords[ID ~string, R, L any](ctx context.Context, e *exporter, ids []ID, count *int, find func(*store.Tx, ID) (R, bool), line func(R) L) (wrote []ID, err error) {
	wrote = ids[:0]
	var all []L
	for some := range slices.Chunk(ids, e.recordsPerView) {
		var found []ID
		if err := e.store.View(ctx, func(tx *store.Tx) error {
			all, found = all[:0], nil
			for _, id := range some {
				if r, is := find(tx, id); is {
					all, found = append(all, line(r)), append(found, id)
				}
			}
			return nil
		}); err != nil {
			return nil, err
		}
		for _, l := range all {
			e.writeLine(l)
		}
		if e.err != nil {
			return nil, e.err
		}
		wrote = append(wrote, found...) // Both share an array, but wrote never overtakes the IDs that are still to be read.
	}
	*count += len(wrote)
	return wrote, nil
}

// productForExport returns a product with only the holders that are in the file. Another desk would show it to applicants
// who did not open it, and whose application is no longer stored, so they are not in its line. It returns false if no holders are left.
func (e *exporter) productForExport(tx *store.Tx, id store.ProductID) (store.Product, bool) {
	p, found := tx.Product(id)
	p.Holders = slices.DeleteFunc(slices.Clone(p.Holders), func(holder store.CustomerID) bool {
		if !slices.Contains(p.Unopened, holder) {
			return false
		}
		c, _ := tx.Customer(holder)
		return c.Holding(id) == nil
	})
	p.Holders = e.keepExportedCustomers(p.Holders)
	return p, found && len(p.Holders) > 0
}

// applicationForExport returns an application with only the applicants that are in the file. It returns false if there are none,
// or if its product is not in the file.
func (e *exporter) applicationForExport(tx *store.Tx, id store.ApplicationID) (lines.OpenedApplication, bool) {
	stored, found := tx.Application(id)
	a := lines.OpenedApplication{Application: stored}
	a.Applicants = e.keepExportedCustomers(a.Applicants)
	for _, applicant := range a.Applicants {
		c, _ := tx.Customer(applicant)
		a.NoteOpened(c)
	}
	_, known := slices.BinarySearch(e.products, a.Product)
	return a, found && known && len(a.Applicants) > 0
}

func (e *exporter) keepExportedCustomers(ids []store.CustomerID) []store.CustomerID {
	return slices.DeleteFunc(ids, func(id store.CustomerID) bool {
		_, is := slices.BinarySearch(e.customers, id)
		return !is
	})
}
