package customer

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"loket/flows/desk"
	"loket/flows/dutch"
	"loket/flows/operator"
	"loket/store"
	"loket/ui/command/console"
	"loket/ui/command/database"
)

// FindCommand is the command that finds customers.
type FindCommand struct {
	database.Database `embed:""`
	Username          string `placeholder:"NAME" help:"Username of their account."`
	BirthDate         string `placeholder:"DATE" help:"Birth date, with --postcode and --house-number. What is not known of it is 00."`
	Postcode          string `placeholder:"CODE" help:"Postcode of their address."`
	HouseNumber       string `placeholder:"N" help:"House number, with or without what comes after it; 0 if the address has none. Without it the postcode is of another country."`
	Product           string `placeholder:"NUMBER" help:"Number of a product of theirs."`
	Email             string `placeholder:"ADDRESS" help:"Their e-mail address."`
	JSON              bool   `name:"json" help:"Give the list as JSON."`
	From              string `arg:"" optional:"" placeholder:"-" help:"- reads what to look for from standard input."`
}

// Help returns the detailed help of the command.
func (FindCommand) Help() string {
	return `Everybody on this machine can read the arguments of a command while it runs. To keep facts about people out of them, have them read from standard input, as one JSON object:

  echo '{"username":"anna"}' | loket customer find -
  echo '{"birth_date":"9-4-1961","postcode":"3511AB","house_number":"12"}' | loket customer find -
  echo '{"product":"NL22 NNBA 0123 4567 89"}' | loket customer find -
  echo '{"email":"anna@example.org"}' | loket customer find -`
}

// customerQuery is a search for customers. Exactly one of the username, the person, the product and the e-mail address must be given.
type customerQuery struct {
	Username    string `json:"username"`
	BirthDate   string `json:"birth_date"`
	Postcode    string `json:"postcode"`
	HouseNumber string `json:"house_number"`
	Product     string `json:"product"`
	Email       string `json:"email"`
}

// maxQuerySize is the maximum number of bytes that are read from standard input.
const maxQuerySize = 4 << 10

// FoundCustomer is a customer whom the search found, as JSON.
type FoundCustomer struct {
	ID        store.CustomerID `json:"id"`
	Name      string           `json:"name"`
	BirthDate string           `json:"birth_date"`
	City      string           `json:"city"`
}

// Run lists the customers whom it finds.
func (f *FindCommand) Run(ctx context.Context, c *database.CommandSession) error {
	what, err := f.readQuery(c.Console)
	if err != nil {
		return err
	}
	find, err := what.newSearch(dutch.DateOf(c.Clock.Now()))
	if err != nil {
		return err
	}
	found := []FoundCustomer{}
	var ids []store.CustomerID
	err = f.WithStore(ctx, c, func(s *store.Store) error {
		if err := s.View(ctx, func(tx *store.Tx) error {
			found, ids = found[:0], ids[:0]
			for _, id := range find(tx) {
				if owner, is := tx.Customer(id); is {
					found, ids = append(found, FoundCustomer{id, desk.CustomerName(owner), owner.BirthDate, desk.CustomerCity(owner)}), append(ids, id)
				}
			}
			return nil
		}); err != nil {
			return err
		}
		return operator.RecordViewedCustomers(ctx, c.OperatorDesk(s, desk.DefaultSettings()), "customer find", ids...)
	})
	if err != nil {
		return err
	}
	slices.SortFunc(found, func(a, b FoundCustomer) int { return cmp.Compare(a.ID, b.ID) })
	if f.JSON {
		return c.PrintJSON(found)
	}
	var rows []console.Row
	for _, l := range found {
		rows = append(rows, console.Row{string(l.ID), l.Name, l.BirthDate, l.City})
	}
	if len(rows) > 0 {
		c.PrintTable([]string{"ID", "NAME", "BORN", "PLACE"}, rows)
	}
	c.PrintNotice("%s", console.CountText(len(rows), "customer"))
	return nil
}

// readQuery returns the query from the flags, or from standard input.
func (f *FindCommand) readQuery(c *console.Console) (what customerQuery, err error) {
	given := customerQuery{f.Username, f.BirthDate, f.Postcode, f.HouseNumber, f.Product, f.Email}
	switch {
	case f.From == "":
		return given, nil
	case f.From != console.StandardStream:
		return what, console.UsageError("what to look for is given with flags, or with " + console.StandardStream + " on standard input")
	case given != customerQuery{}:
		return what, console.UsageError("give what to look for either with flags or on standard input")
	}
	text, err := io.ReadAll(io.LimitReader(c.In, maxQuerySize+1))
	if err != nil {
		return what, fmt.Errorf("read what to look for: %w", err)
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if len(text) > maxQuerySize || d.Decode(&what) != nil {
		return what, errors.New("standard input must be one JSON object with username, or birth_date, postcode and house_number, or product, or email, each a text")
	}
	return what, nil
}

// newSearch returns a function that finds the customers who match the query. It accepts values in the different forms in which
// people write them.
func (w customerQuery) newSearch(today dutch.Date) (find func(*store.Tx) []store.CustomerID, err error) {
	person := w.BirthDate + w.Postcode + w.HouseNumber
	ways := 0
	for _, way := range []string{w.Username, person, w.Product, w.Email} {
		if way != "" {
			ways++
		}
	}
	switch {
	case ways != 1:
		return nil, console.UsageError("say one of: the username; birth date, postcode and house number; the number of a product; the e-mail address")
	case w.Username != "":
		return func(tx *store.Tx) []store.CustomerID {
			username, _ := desk.ParseUsername(w.Username)
			if a, is := tx.AccountByUsername(username); is {
				return []store.CustomerID{a.Customer}
			}
			return nil
		}, nil
	case w.Email != "":
		return w.findByEmail, nil
	case w.Product != "":
		number, ok := dutch.ParseProductNumber(w.Product)
		if !ok {
			return nil, errors.New("that is no number of a product")
		}
		return func(tx *store.Tx) (ids []store.CustomerID) {
			for _, p := range tx.ProductsByNumber(string(number)) {
				ids = append(ids, p.Holders...)
			}
			slices.Sort(ids)
			return slices.Compact(ids)
		}, nil
	}
	p, err := w.toPerson(today)
	return func(tx *store.Tx) []store.CustomerID { return tx.CustomersByPerson(p) }, err
}

// maxFoundByEmail is the number of customers with one e-mail address who are listed. A feed may have the same address for very many.
const maxFoundByEmail = 100

func (w customerQuery) findByEmail(tx *store.Tx) []store.CustomerID {
	email := desk.ExtractEmail(w.Email)
	return slices.DeleteFunc(tx.CustomersByEmail(email, maxFoundByEmail), func(id store.CustomerID) bool {
		owner, _ := tx.Customer(id)
		return !strings.EqualFold(owner.Email, email) // An import that was interrupted leaves entries of addresses that it did not bring.
	})
}

func (w customerQuery) toPerson(today dutch.Date) (p store.Person, err error) {
	postcode, err := dutch.ParsePostcode(w.Postcode)
	if w.BirthDate == "" || w.Postcode == "" || w.HouseNumber == "" && err == nil {
		return p, console.UsageError("birth date, postcode and house number go together")
	}
	born, wrong := dutch.ParseBirthDate(w.BirthDate, today)
	if wrong != nil && !errors.Is(wrong, dutch.ErrUnknownBirthDate) {
		return p, fmt.Errorf("the birth date cannot be used: %w", wrong)
	}
	p.BirthDate = cmp.Or(born.String(), dutch.UnknownBirthDate)
	if w.HouseNumber == "" { // The address is abroad.
		postcode, ok := dutch.ParseForeignPostcode(w.Postcode)
		if !ok {
			return p, errors.New("the postcode cannot be used: no letters or digits")
		}
		p.Postcode = postcode
		return p, nil
	}
	if err != nil {
		return p, fmt.Errorf("the postcode cannot be used: %w", err)
	}
	p.Postcode = string(postcode)
	house, ok := dutch.ParseHouseNumber(w.HouseNumber)
	if !ok && w.HouseNumber != "0" {
		return p, errors.New("the house number must be a number from 1 to 99999, with or without what comes after it, or 0 if the address has none")
	}
	p.HouseNumber = house.Number
	return p, nil
}
