package flowtest

import (
	"regexp"
	"slices"
	"strings"

	"loket/flows/flow"
	"loket/flows/passkey/passkeytest"
)

var twoDigits = regexp.MustCompile(`^\d\d$`)

// pairPhone runs the line "pair PHONE with USERNAME".
func (r *scriptReplay) pairPhone(rest string) {
	name, username, _ := strings.Cut(rest, " with ")
	r.findOrAddPhone(name)
	r.desk.PairPhone(r.t, r.phones[name], username, name)
}

// beginOnPhone runs the line "phone PHONE [types CODE]", which opens the page on a phone.
func (r *scriptReplay) beginOnPhone(rest string) {
	name, code, types := strings.Cut(rest, " types ")
	if !types {
		code = r.current.code
	}
	f := r.desk.BeginOnPhone(r.t, code)
	r.current = &terminalVisit{Desk: r.desk, visit: f.Visit(), flow: f, code: code, phone: r.findOrAddPhone(name)}
	r.writeVisitorScreen()
}

// findOrAddPhone returns the phone with the given name. A new phone has no passkeys.
func (r *scriptReplay) findOrAddPhone(name string) *passkeytest.Phone {
	if r.phones[name] == nil {
		r.phones[name] = passkeytest.New()
	}
	return r.phones[name]
}

// changePhoneFault runs the line "make PHONE HOW", which sets or removes a fault of a phone.
func (r *scriptReplay) changePhoneFault(rest string) {
	name, how, _ := strings.Cut(rest, " ")
	device := r.findOrAddPhone(name)
	switch verb, other, _ := strings.Cut(how, " "); verb {
	case "careless": // A careless phone does not verify that its owner holds it.
		device.SkipsVerification = true
	case "careful":
		device.SkipsVerification = false
	case "forgetful": // A forgetful phone restarts its signature counter.
		device.Counter = 0
	case "uncounted":
		device.HidesCounter = true
	case "confused":
		device.ClaimsBackup = true
	case "synced":
		device.Syncable = true
	case "repeat": // A phone with the fault "repeat" returns its existing passkey instead of a new one.
		device.RepeatsKey = true
	case "stranger": // A phone with the fault "stranger" has a passkey for another desk.
		if _, err := device.Create(AppURL, `{"rp":{"id":"app.example.org"},"challenge":"AAAA","user":{"id":"AAAA"}}`); err != nil {
			r.t.Fatal(err)
		}
	case "astray": // A phone with the fault "astray" is on a foreign page that poses as the desk's page.
		device.Host, r.phoneOrigin = TestApp.URL().Host, "https://app.example.com"
	case "lost": // A phone with the fault "lost" takes the desk's page for a different one.
		device.Host = "app.example.com"
	case "home":
		device.Host, r.phoneOrigin = "", AppURL
	case "say": // A phone with the fault "say it is OTHER" claims the passkey of another phone.
		device.ImpersonateKey(r.phones[strings.TrimPrefix(other, "it is ")])
	default:
		r.t.Fatalf("cannot make a phone %q", how)
	}
}

// leaveTerminal makes the visitor at the terminal leave for good.
func (r *scriptReplay) leaveTerminal() {
	if err := r.current.flow.Abandon(r.t.Context()); err != nil {
		r.t.Fatal(err)
	}
}

// fillShownNumbers replaces $shown and $another by the numbers to match on the phone.
func (r *scriptReplay) fillShownNumbers(rest string) string {
	if !strings.Contains(rest, "$shown") && !strings.Contains(rest, "$another") {
		return rest
	}
	c := r.desk.StoredChallenge(r.t, r.current.code)
	others := slices.DeleteFunc(append(c.Choices, "10", "11"), func(n string) bool { return n == c.Number })
	return strings.NewReplacer("$shown", c.Number, "$another", others[0]).Replace(rest)
}

// makeAnswer returns the answer to a field. If answer is $signature or $passkey, the phone makes the real answer.
func (r *scriptReplay) makeAnswer(step flow.Step, name, answer string) string {
	switch i := slices.IndexFunc(step.Fields, func(f flow.Field) bool { return f.Name == name }); answer {
	case "$signature", "$passkey":
		r.lastPhoneAnswer = AnswerOnPhone(r.t, r.current.phone, r.phoneOrigin, step.Fields[i])
	case "$before":
	default:
		return answer
	}
	return r.lastPhoneAnswer
}

// showPhoneAccess writes the data that a visitor needs to open the page on a phone.
func (r *scriptReplay) showPhoneAccess(s flow.PhoneAccess) {
	var shown []string
	for what, value := range map[string]string{s.Address + ", with a code": s.Code, "a number": s.MatchNumber} {
		if value != "" {
			shown = append(shown, what)
		}
	}
	slices.Sort(shown)
	r.printf("  = %s", strings.Join(shown, " and "))
}
