package flows_test

import (
	"cmp"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"loket/flows/flow"
	"loket/flows/flowtest"
	"loket/flows/passkey/passkeytest"
	"loket/flows/phone"
	"loket/flows/place"
	"loket/store"
)

// walkingPhones are the phones in a walk, with the facts that the test knows about them.
type walkingPhones struct {
	all []*walkingPhone
	// approved maps each waiting visit to the owner of the phone that chose the right number.
	approved map[string]store.CustomerID
	shows    map[string]string // shows maps each pairing code to the number on the phone that made a passkey.
	before   string            // before is the answer that a phone gave last.
}

// A walkingPhone is a phone with the customer whose account it is paired with.
type walkingPhone struct {
	*passkeytest.Phone
	owner store.CustomerID
}

// newWalkingPhones pairs a phone with each of two customers.
func newWalkingPhones(t *testing.T, d *flowtest.Desk) walkingPhones {
	p := walkingPhones{approved: map[string]store.CustomerID{}, shows: map[string]string{}}
	for username, owner := range map[string]store.CustomerID{"ohoeve": "K06", "ttweeling": "K09"} {
		device := &walkingPhone{passkeytest.New(), owner}
		d.PairPhone(t, device.Phone, username, "Nokia")
		p.all = append(p.all, device)
	}
	slices.SortFunc(p.all, func(a, b *walkingPhone) int { return cmp.Compare(a.owner, b.owner) })
	return p
}

// phone answers a waiting terminal with a phone, and then continues at that terminal. If no terminal is waiting, a visitor
// first chooses to use a phone.
func (w *walk) phone(r *rapid.T) {
	f := w.flows[w.here]
	if f.Step().IsPending == nil {
		if f.Visit().LoggedIn() {
			r.Skip()
		}
		f = phone.LogInWithApp(f.Visit())
		w.flows[w.here] = f
		w.submit(r, f, nil)
	}
	if f.Step().IsPending == nil {
		return // The walk cannot continue while the throttle pauses the terminal.
	}
	code := f.Step().PhoneAccess().Code
	onPhone, asked := w.desk.BeginOnPhone(w.t, code), w.desk.StoredChallenge(w.t, code)
	if onPhone.Name == string(place.RegisterOnPhone) {
		w.registers(r, onPhone, code, asked)
	} else {
		w.approves(r, onPhone, asked)
	}
	w.submit(r, f, nil)
}

func (w *walk) registers(r *rapid.T, f *flow.Flow, code string, asked store.Challenge) {
	p := &walkingPhone{passkeytest.New(), w.flows[w.here].Visit().Customer()}
	p.SkipsVerification = rapid.IntRange(0, 5).Draw(r, "careless") == 0
	w.submit(r, f, map[string]string{"passkey": flowtest.AnswerOnPhone(w.t, p.Phone, flowtest.AppURL, f.Step().Fields[0])})
	if f.State() == phone.StateRegistered {
		if p.SkipsVerification || asked.Answer != store.AnswerPending {
			r.Fatalf("a key was made by a careless phone, or a second one for %+v", asked)
		}
		w.phones.all, w.phones.shows[code] = append(w.phones.all, p), f.Step().PhoneAccess().MatchNumber
	}
}

// approves answers on a phone, usually with the right number, and sometimes with an old answer.
func (w *walk) approves(r *rapid.T, f *flow.Flow, asked store.Challenge) {
	p := rapid.SampledFrom(w.phones.all).Draw(r, "phone")
	number := rapid.SampledFrom(append(slices.Repeat([]string{asked.Number}, 4), append(asked.Choices, phone.ChoiceDecline)...)).Draw(r, "number")
	again := w.phones.before != "" && rapid.IntRange(0, 3).Draw(r, "again") == 0
	if !again {
		w.phones.before = flowtest.AnswerOnPhone(w.t, p.Phone, flowtest.AppURL, f.Step().Fields[1])
	}
	before := w.look().accounts[p.owner]
	w.submit(r, f, map[string]string{"number": number, "passkey": w.phones.before})
	if f.State() != phone.StateApproved {
		return
	}
	if again || number != asked.Number || asked.Answer != store.AnswerPending || len(before.Passkeys) == 0 || f.AuditCustomer != p.owner {
		r.Fatalf("a phone of %s approved %+v with %s", p.owner, asked, number)
	}
	w.phones.approved[asked.Visit] = p.owner
}

// shown returns the number that a visitor reads on a phone that is being paired.
func (p *walkingPhones) shown(f *flow.Flow) []string {
	scan := f.Steps["await phone"].PhoneAccess()
	right := p.shows[scan.Code]
	return []string{right, right, right, "10"}
}
