package transfer

import (
	"encoding/json"
	"fmt"

	"loket/store"
)

// Lines of records, each the other way around from its record method.

func customerLineOf(c store.Customer) customerLine {
	return customerLine{
		Type: customerType, ID: string(c.ID), Initials: c.Initials, Prefix: c.Prefix, Surname: c.Surname, BirthDate: c.BirthDate,
		Street: c.Street, HouseNumber: c.HouseNumber, Addition: c.Addition, Postcode: c.Postcode, City: c.City,
		Email: c.Email, Phone: c.Phone, Language: c.Language,
	}
}

func accountLineOf(a store.Account) accountLine {
	return accountLine{Type: accountType, Customer: string(a.Customer), Username: a.Username, PasswordHash: a.PasswordHash, Used: a.Used}
}

func applicationLineOf(a store.Application) applicationLine {
	return applicationLine{
		Type: applicationType, ID: string(a.ID), Product: string(a.Product), Applicants: texts(a.Applicants), Submitted: a.Submitted,
	}
}

func productLineOf(p store.Product) productLine {
	l := productLine{
		Type: productType, ID: string(p.ID), Kind: string(p.Kind), Name: p.Name, Number: p.Number, Holders: texts(p.Holders), Since: p.Since,
	}
	if kind, known := kinds[p.Kind]; known {
		if details := kind.details(p); details != nil {
			l.Details = raw(details)
		}
	}
	return l
}

// raw is the JSON of the details of a product.
func raw(details any) json.RawMessage {
	text, err := json.Marshal(details)
	if err != nil {
		panic(fmt.Sprintf("write details of a product: %v", err)) // which are texts and lists
	}
	return text
}

func texts[T ~string](all []T) []string {
	texts := make([]string, len(all))
	for i, t := range all {
		texts[i] = string(t)
	}
	return texts
}
