package command

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
)

// Customer is about people.
type Customer struct {
	Find   CustomerFind   `cmd:"" help:"Find customers by what they say of themselves."`
	Show   CustomerShow   `cmd:"" help:"Show what the desk knows of a customer."`
	Unlock CustomerUnlock `cmd:"" help:"Take away what wrong answers did to a customer's account."`
	Unpair CustomerUnpair `cmd:"" help:"Have a phone of a customer no longer log in."`
	Erase  CustomerErase  `cmd:"" help:"Take away all that the desk knows of a customer, for ever."`
}

// CustomerFind finds them.
type CustomerFind struct {
	Database    `embed:""`
	Username    string `placeholder:"NAME" help:"Username of their account."`
	BirthDate   string `placeholder:"DATE" help:"Birth date, with --postcode and --house-number."`
	Postcode    string `placeholder:"CODE" help:"Postcode of their address."`
	HouseNumber string `placeholder:"N" help:"House number, with or without what comes after it."`
	Product     string `placeholder:"NUMBER" help:"Number of a product of theirs."`
	JSON        bool   `name:"json" help:"Give the list as JSON."`
	From        string `arg:"" optional:"" placeholder:"-" help:"- reads what to look for from standard input."`
}

// Help explains the command.
func (CustomerFind) Help() string {
	return `Everybody on this machine can read the arguments of a command while it runs. To keep facts about people out of them, have them read from standard input, as one JSON object:

  echo '{"username":"anna"}' | loket customer find -
  echo '{"birth_date":"9-4-1961","postcode":"3511AB","house_number":"12"}' | loket customer find -
  echo '{"product":"NL22 NNBA 0123 4567 89"}' | loket customer find -`
}

// sought is what to look for: exactly one of a username, a person and a product.
type sought struct {
	Username    string `json:"username"`
	BirthDate   string `json:"birth_date"`
	Postcode    string `json:"postcode"`
	HouseNumber string `json:"house_number"`
	Product     string `json:"product"`
}

// longestSought is how many bytes of standard input are read, at most.
const longestSought = 4 << 10

// FoundCustomer is a customer as a program gets it.
type FoundCustomer struct {
	ID        store.CustomerID `json:"id"`
	Name      string           `json:"name"`
	BirthDate string           `json:"birth_date"`
	City      string           `json:"city"`
}

// Run lists them.
func (f *CustomerFind) Run(ctx context.Context, c *Console) error {
	what, err := f.sought(c)
	if err != nil {
		return err
	}
	find, err := what.lookup(dutch.DateOf(c.Clock.Now()))
	if err != nil {
		return err
	}
	found := []FoundCustomer{}
	var ids []store.CustomerID
	err = f.with(ctx, c, func(s *store.Store) error {
		if err := s.View(ctx, func(tx *store.Tx) error {
			found, ids = found[:0], ids[:0]
			for _, id := range find(tx) {
				if owner, is := tx.Customer(id); is {
					found, ids = append(found, FoundCustomer{id, desk.NameOf(owner), owner.BirthDate, owner.City}), append(ids, id)
				}
			}
			return nil
		}); err != nil {
			return err
		}
		return operator.RecordView(ctx, c.desk(s, desk.Defaults()), "customer find", ids...)
	})
	if err != nil {
		return err
	}
	slices.SortFunc(found, func(a, b FoundCustomer) int { return cmp.Compare(a.ID, b.ID) })
	if f.JSON {
		return c.json(found)
	}
	var rows []row
	for _, l := range found {
		rows = append(rows, row{string(l.ID), l.Name, l.BirthDate, l.City})
	}
	if len(rows) > 0 {
		c.table([]string{"ID", "NAME", "BORN", "PLACE"}, rows)
	}
	c.say("%s", some(len(rows), "customer"))
	return nil
}

// sought is what was given with flags, or on standard input.
func (f *CustomerFind) sought(c *Console) (what sought, err error) {
	given := sought{f.Username, f.BirthDate, f.Postcode, f.HouseNumber, f.Product}
	switch {
	case f.From == "":
		return given, nil
	case f.From != standard:
		return what, Usage("what to look for is given with flags, or with " + standard + " on standard input")
	case given != sought{}:
		return what, Usage("give what to look for either with flags or on standard input")
	}
	text, err := io.ReadAll(io.LimitReader(c.In, longestSought+1))
	if err != nil {
		return what, fmt.Errorf("read what to look for: %w", err)
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if len(text) > longestSought || d.Decode(&what) != nil {
		return what, errors.New("standard input must be one JSON object with username, or birth_date, postcode and house_number, or product, each a text")
	}
	return what, nil
}

// lookup finds customers, in whatever form people write what is sought.
func (w sought) lookup(today dutch.Date) (find func(*store.Tx) []store.CustomerID, err error) {
	person := w.BirthDate + w.Postcode + w.HouseNumber
	ways := 0
	for _, way := range []string{w.Username, person, w.Product} {
		if way != "" {
			ways++
		}
	}
	switch {
	case ways != 1:
		return nil, Usage("say one of: the username; birth date, postcode and house number; the number of a product")
	case w.Username != "":
		return func(tx *store.Tx) []store.CustomerID {
			if a, is := tx.AccountNamed(strings.TrimSpace(w.Username)); is {
				return []store.CustomerID{a.Customer}
			}
			return nil
		}, nil
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
	p, err := w.person(today)
	return func(tx *store.Tx) []store.CustomerID { return tx.Persons(p) }, err
}

func (w sought) person(today dutch.Date) (p store.Person, err error) {
	if w.BirthDate == "" || w.Postcode == "" || w.HouseNumber == "" {
		return p, Usage("birth date, postcode and house number go together")
	}
	born, err := dutch.ParseBirthDate(w.BirthDate, today)
	if err != nil {
		return p, fmt.Errorf("the birth date cannot be used: %w", err)
	}
	postcode, ok := dutch.ParsePostcode(w.Postcode)
	if !ok {
		return p, errors.New("the postcode must be four digits and two letters")
	}
	house, ok := dutch.ParseHouseNumber(w.HouseNumber)
	if !ok {
		return p, errors.New("the house number must be a number from 1 to 99999, with or without what comes after it")
	}
	return store.Person{BirthDate: born.String(), Postcode: string(postcode), HouseNumber: house.Number}, nil
}
