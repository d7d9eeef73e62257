package flows

import (
	"bytes"
	"encoding/hex"
	"slices"

	"loket/flows/dutch"
	"loket/store"
)

// removedPhone is the outcome that a phone no longer logs in.
const (
	removedPhone Outcome = "phone removed"
	noSuchPhone  Outcome = "phone is not there any more"
)

// RemovePhone shows the customer who is logged in which phones they have paired, and
// removes one. Visits that it began end.
func RemovePhone(v *Visit) *Flow {
	const (
		choosePhone State = "choose phone"
		removed     State = "removed"
		gone        State = "gone"
	)
	var (
		p    = &proof{login{visit: v}}
		id   string
		left []store.Passkey
	)
	f := &Flow{Name: "paired phones", Start: choosePhone}
	f.Steps = map[State]Step{
		choosePhone: {
			Says:    say("Gekoppelde telefoons", "Paired phones"),
			Tells:   say("Met deze telefoons kun je inloggen. Ben je er een kwijt, of gebruik je hem niet meer? Kies hem dan om hem te verwijderen.", "You can log in with these phones. Have you lost one, or do you no longer use it? Then choose it to remove it."),
			Asks:    []Field{choice(&id, Field{Name: "phone", Label: Text{"Verwijder", "Remove"}, Options: phoneOptions(v.passkeys)}), p.ask()},
			Guards:  p.guards,
			Prepare: p.compare,
			Do: func(tx *store.Tx) (Outcome, error) {
				a, outcome := p.judge(tx)
				if outcome != right {
					return outcome, nil
				}
				i := slices.IndexFunc(a.Passkeys, func(k store.Passkey) bool { return hex.EncodeToString(k.ID) == id })
				if left = a.Passkeys; i < 0 {
					return noSuchPhone, nil
				}
				name := a.Passkeys[i].Name
				a.Passkeys = slices.Delete(slices.Clone(a.Passkeys), i, i+1)
				left = a.Passkeys
				tx.PutAccount(a)
				v.tell(tx, a.Customer, phoneRemovedMessage, map[string]string{"phone": name})
				return removedPhone, nil
			},
			Next: unproven(choosePhone, map[Outcome]Edge{
				removedPhone: {To: removed, Verdict: Right, Then: func() { v.keep(left) }},
				noSuchPhone:  {To: gone, Verdict: Right, Then: func() { v.keep(left) }},
			}),
			Offers: []Place{ForgottenPassword, Contact},
		},
		removed: {
			Says:   say("De telefoon is verwijderd", "The phone has been removed"),
			Tells:  say("Met deze telefoon kan niemand meer inloggen. We sturen je ook een bericht dat dit is veranderd.", "Nobody can log in with this phone any more. We will also send you a message about this change."),
			Offers: []Place{Security, Products},
		},
		gone: {
			Says:   say("Deze telefoon was al verwijderd", "This phone had been removed already"),
			Tells:  say("Met deze telefoon kan niemand meer inloggen.", "Nobody can log in with this phone any more."),
			Offers: []Place{Security, Products},
		},
	}
	return v.begin(f)
}

// keep notes which phones the customer has. Whoever removes the one that they logged
// in with has just shown their password, and stays.
func (v *Visit) keep(phones []store.Passkey) {
	v.passkeys = phones
	if !slices.ContainsFunc(phones, func(k store.Passkey) bool { return bytes.Equal(k.ID, v.passkey) }) {
		v.passkey = nil
	}
}

// phoneOptions are phones to choose from.
func phoneOptions(all []store.Passkey) (options []Option) {
	for _, k := range all {
		nl, en := dutch.DateOf(k.Paired).Long()
		about := Text{k.Name + ", gekoppeld op " + nl, k.Name + ", paired on " + en}
		if !k.Used.IsZero() {
			nl, en := dutch.DateOf(k.Used).Long()
			about = Text{about.NL + ", gebruikt op " + nl, about.EN + ", used on " + en}
		}
		options = append(options, Option{hex.EncodeToString(k.ID), about})
	}
	return options
}
