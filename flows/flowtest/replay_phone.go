package flowtest

import (
	"regexp"
	"slices"
	"strings"

	"loket/flows/flow"
	"loket/flows/passkey/passkeytest"
)

var twoDigits = regexp.MustCompile(`^\d\d$`)

// pairPhone pairs a phone: PHONE with USERNAME.
func (r *replay) pairPhone(rest string) {
	name, username, _ := strings.Cut(rest, " with ")
	r.phoneNamed(name)
	r.desk.PairPhone(r.t, r.phones[name], username, name)
}

// phoneComes has a phone come: PHONE, or PHONE types CODE.
func (r *replay) phoneComes(rest string) {
	name, code, types := strings.Cut(rest, " types ")
	if !types {
		code = r.stand.code
	}
	f := r.desk.BeginOnPhone(r.t, code)
	r.stand = &deskVisit{Desk: r.desk, visit: f.Visit(), flow: f, code: code, phone: r.phoneNamed(name)}
	r.showVisitor()
}

// phoneNamed is the one of that name, which has no keys to begin with.
func (r *replay) phoneNamed(name string) *passkeytest.Phone {
	if r.phones[name] == nil {
		r.phones[name] = passkeytest.New()
	}
	return r.phones[name]
}

// spoilPhone has a phone not be as it should: PHONE HOW.
func (r *replay) spoilPhone(rest string) {
	name, how, _ := strings.Cut(rest, " ")
	device := r.phoneNamed(name)
	switch verb, other, _ := strings.Cut(how, " "); verb {
	case "careless": // about who holds it
		device.Unverified = true
	case "careful":
		device.Unverified = false
	case "forgetful": // of how often it signed
		device.Counter = 0
	case "uncounted":
		device.Uncounted = true
	case "confused":
		device.Confused = true
	case "synced":
		device.Syncable = true
	case "repeat": // repeat itself: give out the key that it has, as if it was new
		device.Repeats = true
	case "stranger": // with a key that it has from elsewhere
		if _, err := device.Create(AppPage, `{"rp":{"id":"app.example.org"},"challenge":"AAAA","user":{"id":"AAAA"}}`); err != nil {
			r.t.Fatal(err)
		}
	case "astray": // on a page that says it is ours
		device.Host, r.page = App.URL().Host, "https://app.example.com"
	case "lost": // and takes our page for another one
		device.Host = "app.example.com"
	case "home":
		device.Host, r.page = "", AppPage
	case "say": // say it is OTHER, whose key it does not have
		device.Impersonate(r.phones[strings.TrimPrefix(other, "it is ")])
	default:
		r.t.Fatalf("cannot make a phone %q", how)
	}
}

// leaveTerminal has the visitor at the terminal leave for good.
func (r *replay) leaveTerminal() {
	if err := r.stand.flow.Abandon(r.t.Context()); err != nil {
		r.t.Fatal(err)
	}
}

// fillPhoneNumbers puts in the numbers that phone and terminal show.
func (r *replay) fillPhoneNumbers(rest string) string {
	if !strings.Contains(rest, "$shown") && !strings.Contains(rest, "$another") {
		return rest
	}
	c := r.desk.Challenge(r.t, r.stand.code)
	others := slices.DeleteFunc(append(c.Choices, "10", "11"), func(n string) bool { return n == c.Number })
	return strings.NewReplacer("$shown", c.Number, "$another", others[0]).Replace(rest)
}

// makeAnswer is the answer to a field, made by the phone if it is to be.
func (r *replay) makeAnswer(step flow.Step, name, answer string) string {
	switch i := slices.IndexFunc(step.Fields, func(f flow.Field) bool { return f.Name == name }); answer {
	case "$signature", "$passkey":
		r.before = AnswerOnPhone(r.t, r.stand.phone, r.page, step.Fields[i])
	case "$before":
	default:
		return answer
	}
	return r.before
}

// showScan writes down what a visitor needs to come with a phone.
func (r *replay) showScan(s flow.Scan) {
	var shown []string
	for what, value := range map[string]string{s.Address + ", with a code": s.Code, "a number": s.Number} {
		if value != "" {
			shown = append(shown, what)
		}
	}
	slices.Sort(shown)
	r.printf("  = %s", strings.Join(shown, " and "))
}
