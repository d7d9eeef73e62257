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

// walkingPhones are the phones of a walk, and what is known of them for sure.
type walkingPhones struct {
	all      []*walkingPhone
	approved map[string]store.CustomerID // by the visit that waited: whose phone found the number there
	shows    map[string]string           // by the code of a pairing: what the phone shows that made a key
	before   string                      // what a phone made last
}

// A walkingPhone is one, and whose account it made a key for that was paired.
type walkingPhone struct {
	*passkeytest.Phone
	owner store.CustomerID
}

// newWalkingPhones gives two customers a phone to begin with.
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

// phone has somebody come with a phone to a terminal that waits for one, and the
// terminal look what came of it. Where none waits, somebody asks for that first.
func (w *walk) phone(r *rapid.T) {
	f := w.flows[w.here]
	if f.Step().Pending == nil {
		if f.Visit().LoggedIn() {
			r.Skip()
		}
		f = phone.LogInWithApp(f.Visit())
		w.flows[w.here] = f
		w.submit(r, f, nil)
	}
	if f.Step().Pending == nil {
		return // the terminal pauses
	}
	code := f.Step().Scan().Code
	onPhone, asked := w.desk.BeginOnPhone(w.t, code), w.desk.Challenge(w.t, code)
	if onPhone.Name == string(place.RegisterOnPhone) {
		w.registers(r, onPhone, code, asked)
	} else {
		w.approves(r, onPhone, asked)
	}
	w.submit(r, f, nil)
}

func (w *walk) registers(r *rapid.T, f *flow.Flow, code string, asked store.Challenge) {
	p := &walkingPhone{passkeytest.New(), w.flows[w.here].Visit().Customer()}
	p.Unverified = rapid.IntRange(0, 5).Draw(r, "careless") == 0
	w.submit(r, f, map[string]string{"passkey": flowtest.AnswerOnPhone(w.t, p.Phone, flowtest.AppPage, f.Step().Fields[0])})
	if f.At() == phone.Registered {
		if p.Unverified || asked.Answer != store.Unanswered {
			r.Fatalf("a key was made by a careless phone, or a second one for %+v", asked)
		}
		w.phones.all, w.phones.shows[code] = append(w.phones.all, p), f.Step().Scan().Number
	}
}

// approves has a phone come, mostly with the right number, and sometimes with what
// a phone said before.
func (w *walk) approves(r *rapid.T, f *flow.Flow, asked store.Challenge) {
	p := rapid.SampledFrom(w.phones.all).Draw(r, "phone")
	number := rapid.SampledFrom(append(slices.Repeat([]string{asked.Number}, 4), append(asked.Choices, phone.No)...)).Draw(r, "number")
	again := w.phones.before != "" && rapid.IntRange(0, 3).Draw(r, "again") == 0
	if !again {
		w.phones.before = flowtest.AnswerOnPhone(w.t, p.Phone, flowtest.AppPage, f.Step().Fields[1])
	}
	before := w.look().accounts[p.owner]
	w.submit(r, f, map[string]string{"number": number, "passkey": w.phones.before})
	if f.At() != phone.Approved {
		return
	}
	if again || number != asked.Number || asked.Answer != store.Unanswered || len(before.Passkeys) == 0 || f.About != p.owner {
		r.Fatalf("a phone of %s approved %+v with %s", p.owner, asked, number)
	}
	w.phones.approved[asked.Visit] = p.owner
}

// shown is what somebody reads off a phone that is to be paired.
func (p *walkingPhones) shown(f *flow.Flow) []string {
	scan := f.Steps["await phone"].Scan()
	right := p.shows[scan.Code]
	return []string{right, right, right, "10"}
}
