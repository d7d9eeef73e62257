package flows

import (
	"context"
	"strings"
	"time"

	"loket/flows/desk"
	"loket/flows/dutch"
	"loket/flows/fields"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/store"
)

// Detail is a fact about a customer, with the place at the desk where the customer can change it.
type Detail struct {
	Name, Value text.Text
	ChangePlace place.ID
}

// LoadCustomerDetails returns the contact details of the logged-in customer.
func LoadCustomerDetails(ctx context.Context, v *flow.Visit) (details []Detail, err error) {
	if !v.LoggedIn() {
		return nil, errNotLoggedIn
	}
	err = v.ReadAsCustomer(ctx, func(tx *store.Tx) error {
		c, _ := tx.Customer(v.Customer())
		a, _ := tx.Account(v.Customer())
		details = listDetails(v.Desk, c, a, tx.Now)
		return nil
	})
	return details, err
}

func listDetails(d *desk.Desk, c store.Customer, a store.Account, now time.Time) []Detail {
	details := []Detail{{text.New("E-mailadres", "E-mail address"), textOrUnknown(c.Email), place.ChangeEmail}}
	switch {
	case now.Before(a.NewEmail.Expires):
		details = append(details, Detail{text.New("Nog te bevestigen", "To be confirmed"), text.SameInBoth(a.NewEmail.Address), place.ConfirmEmail})
	case d.IsEmailUnconfirmed(c, now):
		details = append(details, Detail{text.New("Nog te bevestigen", "To be confirmed"), text.SameInBoth(c.Email), place.ChangeEmail})
	}
	return append(details,
		Detail{text.New("Telefoonnummer", "Telephone number"), textOrUnknown(dutch.Telephone(c.Phone).Grouped()), place.ChangeTelephone},
		Detail{text.New("Taal van berichten", "Language of messages"), fields.LanguageName(c.Language), place.ChangeLanguage},
		Detail{text.New("Letters in brieven", "Print of letters"), fields.LetterPrintName(c.LetterPrint), place.ChangeLetterPrint},
		Detail{text.New("Postadres", "Postal address"), text.SameInBoth(strings.Join(desk.AddressLines(c), ", ")), place.Contact},
	)
}

// AddressChangeAdvice tells customers how to have their postal address changed.
var AddressChangeAdvice = text.New(
	"Ga je verhuizen, of klopt je postadres niet? Geef het aan ons door via Service en contact. Aan dit loket kan dat niet, want brieven met geheime gegevens gaan naar dit adres.",
	"Are you moving, or is your postal address wrong? Let us know through Service and contact. You cannot change it at this desk, because letters with confidential details go to this address.",
)

func textOrUnknown(s string) text.Text {
	if s == "" {
		return text.New("niet bekend", "not known")
	}
	return text.SameInBoth(s)
}
