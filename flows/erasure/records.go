package erasure

import (
	"context"
	"maps"
	"slices"

	"loket/flows/transfer/lines"
	"loket/store"
)

// eraseNumbers deletes the activation numbers of the customers.
func (e *eraser) eraseNumbers(ctx context.Context) (err error) {
	isTheirs := func(n store.ActivationNumber) bool { return e.hidden[n.Customer] }
	e.counts.Numbers, err = store.UpdateMatching(ctx, e.Store, store.NumberRecords, isTheirs, func(tx *store.Tx, _ string, n store.ActivationNumber) {
		if a, _ := tx.Application(n.Application); isLeftover(tx, n.Customer, a.Product) {
			tx.DeleteNumber(n.ID)
		}
	})
	return err
}

// isLeftover reports whether a record that links a customer to a product is from before the erasure. If an import brought the
// customer back meanwhile, the links to the products of that import are not.
func isLeftover(tx *store.Tx, id store.CustomerID, product store.ProductID) bool {
	c, isBack := tx.Customer(id)
	return !isBack || product != "" && c.Holding(product) == nil
}

// eraseMessages deletes the messages to the customers, in any state.
func (e *eraser) eraseMessages(ctx context.Context) (err error) {
	isTheirs := func(m store.Message) bool { return e.hidden[m.Customer] }
	e.counts.Messages, err = store.UpdateMatching(ctx, e.Store, store.MessageRecords, isTheirs, func(tx *store.Tx, _ string, m store.Message) {
		if tx.IsBeingErased(m.Customer) {
			tx.DeleteMessage(m.ID)
		}
	})
	return err
}

// An applicantOf is a customer of an application.
type applicantOf struct {
	application store.ApplicationID
	applicant   store.CustomerID
}

// eraseApplications takes the customers out of their applications, and deletes an application without other applicants.
func (e *eraser) eraseApplications(ctx context.Context) error {
	isTheirs := func(_ *store.Tx, _ string, a store.Application) bool { return len(e.hiddenApplicants(a)) > 0 }
	_, err := store.ForEachMatch(ctx, e.Store, store.ApplicationRecords, "", isTheirs, func(found []store.KeyedRecord[store.Application]) error {
		var theirs []applicantOf
		for _, f := range found {
			for _, id := range e.hiddenApplicants(f.Record) {
				theirs = append(theirs, applicantOf{f.Record.ID, id})
			}
		}
		e.counts.Applications += len(found)
		return store.UpdateEach(ctx, e.Store, theirs, func(tx *store.Tx, a applicantOf) {
			if r, _ := tx.Application(a.application); isLeftover(tx, a.applicant, r.Product) {
				withdrawApplicant(tx, a)
			}
		})
	})
	return err
}

func withdrawApplicant(tx *store.Tx, a applicantOf) {
	tx.WithdrawApplicant(a.application, a.applicant)
	if r, isLeft := tx.Application(a.application); isLeft && r.Origin != 0 {
		// Without a new fingerprint, a later line with this applicant would seem to be imported already.
		r.Origin = lines.ApplicationFingerprint(r)
		tx.PutApplication(r)
	}
}

// hiddenApplicants returns the hidden customers whom an application names. A former applicant is still named beside the latest
// activation number.
func (e *eraser) hiddenApplicants(a store.Application) (ids []store.CustomerID) {
	named := slices.Concat(a.Applicants, slices.Collect(maps.Keys(a.LatestNumbers)), slices.Collect(maps.Keys(a.PreviousNumbers)))
	slices.Sort(named)
	return slices.DeleteFunc(slices.Compact(named), func(id store.CustomerID) bool { return !e.hidden[id] })
}

// eraseChallenges deletes the login challenges of accounts that no longer exist, including the keys in them.
func (e *eraser) eraseChallenges(ctx context.Context) error {
	isOrphaned := func(tx *store.Tx, _ string, c store.Challenge) bool {
		if c.UserHandle == nil {
			return false
		}
		_, found := tx.AccountByHandle(c.UserHandle)
		return !found
	}
	_, err := store.ForEachMatch(ctx, e.Store, store.ChallengeRecords, "", isOrphaned, func(found []store.KeyedRecord[store.Challenge]) error {
		return store.UpdateEach(ctx, e.Store, found, func(tx *store.Tx, c store.KeyedRecord[store.Challenge]) {
			store.ChallengeRecords.Delete(tx, c.Key)
		})
	})
	return err
}
