package dossier

import (
	"context"
	"slices"
	"time"

	"loket/flows"
	"loket/flows/desk"
	"loket/flows/dutch"
	"loket/flows/maintenance"
	"loket/flows/operator"
	"loket/flows/text"
	"loket/flows/transfer/lines"
	"loket/store"
	"loket/ui/words"
)

// A Dossier is a report of all data that the desk has about a customer.
type Dossier struct {
	Title    text.Text
	Language text.Language
	Made     time.Time
	Print    store.LetterPrint // Print is the print of the PDF.
	Sections []Section
	Records  []any // Records has the records in the import format, without hashes and without other people.
}

// A Section is a part of a dossier, about one kind of data or about rights.
type Section struct {
	Title      text.Text
	Paragraphs []text.Text
	Rows       []Row
}

// A Row is a fact. A row without a value is a heading for the rows after it.
type Row struct{ Name, Value text.Text }

// customerRecord is the data about a customer, all read at the same time.
type customerRecord struct {
	*desk.Desk
	operator.CustomerReport
	now       time.Time
	keep      maintenance.Settings
	coHolders map[store.ProductID][]string // coHolders maps each product to the names of its other holders.
	events    []flows.AccountEvent
}

// Read returns the dossier of a customer, and records in the audit log that it was made. It returns
// operator.ErrUnknownCustomer if there is no such customer.
func Read(ctx context.Context, d *desk.Desk, keep maintenance.Settings, id store.CustomerID) (Dossier, error) {
	report, err := operator.ReportCustomer(ctx, d, id)
	if err != nil {
		return Dossier{}, err
	}
	if err := operator.RecordViewedCustomers(ctx, d, "customer dossier", id); err != nil {
		return Dossier{}, err
	}
	r := customerRecord{Desk: d, CustomerReport: report, now: d.Clock.Now(), keep: keep, coHolders: map[store.ProductID][]string{}}
	if err := d.Store.View(ctx, func(tx *store.Tx) error {
		r.events = flows.ListCustomerEvents(tx, d, id)
		for _, p := range r.Products {
			r.coHolders[p.ID] = coHolderNames(tx, p, id)
		}
		return nil
	}); err != nil {
		return Dossier{}, err
	}
	return Dossier{
		Title:    text.New("Wat wij van je bewaren", "What we keep about you"),
		Language: text.Language(r.Language),
		Print:    r.LetterPrint,
		Made:     r.now.In(dutch.AmsterdamZone).Truncate(time.Second),
		Sections: slices.Concat([]Section{r.introSection()}, r.dataSections(), r.rightsSections()),
		Records:  r.importLines(),
	}, nil
}

// coHolderNames returns the names of the holders of p, except for one customer.
func coHolderNames(tx *store.Tx, p store.Product, but store.CustomerID) (names []string) {
	for _, id := range p.Holders {
		if c, found := tx.Customer(id); found && id != but {
			names = append(names, desk.CustomerName(c))
		}
	}
	return names
}

// importLines returns the records in the format of imports, for another system to read.
func (r customerRecord) importLines() (all []any) {
	all = append(all, lines.NewCustomerLine(r.Customer))
	alone := []store.CustomerID{r.ID}
	for _, p := range r.Products {
		p.Holders = alone
		all = append(all, lines.NewProductLine(p))
	}
	for _, a := range r.Applications {
		if a.Product != "" { // An application for only an account cannot be a line of an import.
			a.Applicants = alone
			opened := lines.OpenedApplication{Application: a}
			opened.NoteOpened(r.Customer)
			all = append(all, lines.NewApplicationLine(opened))
		}
	}
	if r.Account != nil {
		account := *r.Account
		account.PasswordHash = ""
		all = append(all, lines.NewAccountLine(account))
	}
	return all
}

// newRow returns a row whose value is the same in every language.
func newRow(name text.Text, value string) Row { return Row{name, words.CleanRecordText(value)} }

// rowsWithValue returns the rows that have a value.
func rowsWithValue(rows ...Row) []Row {
	return slices.DeleteFunc(rows, func(r Row) bool { return r.Value == (text.Text{}) })
}

// timeText formats a time. The zero time gives an empty text.
func timeText(at time.Time) text.Text {
	if at.IsZero() {
		return text.Text{}
	}
	return words.FormatDateTime(at)
}
