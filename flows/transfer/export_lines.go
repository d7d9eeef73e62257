package transfer

import (
	"encoding/json"
	"fmt"

	"loket/flows/dutch"
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
	if details := detailsOf(p); details != nil {
		text, err := json.Marshal(details)
		if err != nil {
			panic(fmt.Sprintf("write details of a product: %v", err)) // which are texts and lists
		}
		l.Details = text
	}
	return l
}

func detailsOf(p store.Product) any {
	switch {
	case p.Savings != nil:
		return savingsLineOf(*p.Savings)
	case p.Mortgage != nil:
		return mortgageLineOf(*p.Mortgage)
	case p.Life != nil:
		return lifeLineOf(*p.Life)
	case p.Nonlife != nil:
		return nonlifeLineOf(*p.Nonlife)
	case p.Capital != nil:
		return capitalLineOf(*p.Capital)
	}
	return nil
}

func savingsLineOf(s store.Savings) savingsLine {
	l := savingsLine{Balance: euros(s.Balance), InterestRate: percent(s.InterestRate), CounterAccount: s.CounterAccount}
	for _, t := range s.Transactions {
		l.Transactions = append(l.Transactions, transactionLine{t.Date, euros(t.Amount), t.Description})
	}
	return l
}

func mortgageLineOf(m store.Mortgage) mortgageLine {
	l := mortgageLine{Collateral: m.Collateral, MonthlyPayment: euros(m.MonthlyPayment)}
	for _, p := range m.Parts {
		l.Parts = append(l.Parts, loanPartLine{
			Part: p.Part, Form: p.Form, Principal: euros(p.Principal), Outstanding: euros(p.Outstanding),
			Rate: percent(p.Rate), FixedUntil: p.FixedUntil, Ends: p.Ends,
		})
	}
	return l
}

func lifeLineOf(i store.Life) lifeLine {
	return lifeLine{
		InsuredAmount: euros(i.InsuredAmount), Premium: euros(i.Premium), PremiumPeriod: i.PremiumPeriod, Ends: i.Ends, Beneficiary: i.Beneficiary,
	}
}

func nonlifeLineOf(i store.Nonlife) nonlifeLine {
	return nonlifeLine{
		Insured: i.Insured, Cover: i.Cover, Premium: euros(i.Premium), PremiumPeriod: i.PremiumPeriod,
		Deductible: eurosIfAny(i.Deductible), Renews: i.Renews,
	}
}

func capitalLineOf(c store.Capital) capitalLine {
	return capitalLine{Value: euros(c.Value), AsOf: c.AsOf, Contribution: eurosIfAny(c.Contribution)}
}

func euros(cents int64) string { return dutch.Cents(cents).String() }

// eurosIfAny is nothing for an amount that may be left out and is zero.
func eurosIfAny(cents int64) string {
	if cents == 0 {
		return ""
	}
	return euros(cents)
}

func percent(rate int64) string { return dutch.Rate(rate).String() }

func texts[T ~string](all []T) []string {
	texts := make([]string, len(all))
	for i, t := range all {
		texts[i] = string(t)
	}
	return texts
}
