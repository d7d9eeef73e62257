package flowtest

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"loket/flows"
	"loket/flows/dutch"
	"loket/flows/flow"
	"loket/flows/golden"
	"loket/flows/passkey/passkeytest"
	"loket/flows/place"
	"loket/flows/text"
)

// GoldenPath returns the path of a flow's file in a folder: its transcript (.txt) or its diagram
// (.mmd).
func GoldenPath(folder string, f *flow.Flow, ext string) string {
	return filepath.Join(folder, strings.ReplaceAll(f.Name, " ", "_")+ext)
}

// Replay plays the transcripts of flows in a folder. Each transcript must have every outcome of
// every step, and must exceed the time of every step.
func Replay(t *testing.T, open func(testing.TB) *Desk, folder string, all ...flows.Place) {
	for _, known := range all {
		t.Run(string(known.ID), func(t *testing.T) {
			t.Parallel()
			f := known.Begin(flow.NewVisit(open(t).Desk))
			file := GoldenPath(folder, f, ".txt")
			script, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			r := &replay{t: t, open: open, begin: known.Begin, taken: map[string]bool{}, met: map[string]bool{}, desks: map[string]*deskVisit{}}
			golden.Compare(t, file, r.runScript(string(script)))
			for state, step := range f.Steps {
				if step.Do == nil {
					continue
				}
				outcomes := append(slices.Collect(maps.Keys(step.Next)), flow.Outcome(flow.VisitOver))
				for _, o := range outcomes {
					if o == flow.TooSoon && step.ThrottleKey() == "" {
						continue // because the throttle has no subject here
					}
					if !r.taken[edgeName(f.Name, state, o)] {
						t.Errorf("%s: no visit sees %q at %q", file, o, state)
					}
				}
			}
		})
	}
}

func edgeName(known string, at flow.State, o flow.Outcome) string {
	return fmt.Sprint(known, ", ", at, ": ", o)
}

// A replay plays a script. Its lines are:
//
//	desk                     a new desk with the cast
//	terminal NAME            goes to that terminal, which is as it was left
//	visit [FLOW]             a new visitor begins the flow, or another one
//	log in as USERNAME       a new visitor logs in and then begins the flow
//	begin [FLOW]             the same visitor begins it again, or another one
//	language nl|en           sets the language of what is shown
//	set NAME VALUE           sets a setting of the terminal
//	wait DURATION            advances the clock
//	bank ID STATUS           makes a customer deceased, blocked, removed or active, or an
//	                         application withdrawn
//	look                     shows the step again
//	switch                   has the step ask for its other fields
//	answer FIELD=VALUE …     submits; a value with spaces has quotes, and a field
//	                         that is not named keeps its initial answer
//	repeat N answer …        submits N times, in a new flow after an end; $n is the turn
//	repeat N every D answer … the same, by a new visitor each time, D apart
//	pair PHONE with USERNAME pairs a phone with an account
//	make PHONE HOW …         gives that phone a fault: see replay_phone.go
//	phone PHONE [types CODE] goes to that phone, which opens the page with the code of the
//	                         terminal, or with another one
//	leave                    the visitor leaves the flow for good
//	outbox                   shows the messages that wait
//	audit                    shows the newest entry in the audit log
//
// $temporary, $number and $code stand for the newest temporary password, activation number and
// code in the outbox. $shown stands for the number that phone and terminal show, and $another for
// a wrong one. $signature and $passkey stand for the answer of the phone, and $before for its
// previous answer. Indented lines are what the visitor then sees: the step, its heading, and the
// note if there is one. The first time in that language they also have its text, its fields and
// the places that it offers.
type replay struct {
	t     *testing.T
	open  func(testing.TB) *Desk
	begin func(*flow.Visit) *flow.Flow
	out   strings.Builder

	desk     *Desk
	desks    map[string]*deskVisit
	stand    *deskVisit
	language text.Language

	phones map[string]*passkeytest.Phone
	before string // the last answer of a phone
	page   string // the page that phones have open

	taken map[string]bool // the outcomes seen, by edgeName
	met   map[string]bool // the screens shown in full
}

// A deskVisit is the state of one terminal, or of one phone.
type deskVisit struct {
	*Desk
	visit *flow.Visit
	flow  *flow.Flow
	code  string             // the code that it showed last, or with which the phone came
	phone *passkeytest.Phone // nil at a terminal
}

func (r *replay) runScript(script string) string {
	for line := range strings.Lines(script) {
		if strings.HasPrefix(line, "  ") {
			continue // because it is output of the last run
		}
		r.out.WriteString(line)
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			verb, rest, _ := strings.Cut(line, " ")
			r.do(verb, rest)
		}
	}
	return r.out.String()
}

func (r *replay) do(verb, rest string) {
	switch verb {
	case "desk":
		r.desk, r.desks, r.language = r.open(r.t), map[string]*deskVisit{}, text.Dutch
		r.phones, r.before, r.page = map[string]*passkeytest.Phone{}, "", AppPage
		r.goToTerminal(r.desk.Terminal)
	case "terminal":
		r.goToTerminal(rest)
	case "visit":
		r.stand.visit = flow.NewVisit(r.stand.Desk.Desk)
		r.enterPlace(rest)
	case "begin":
		r.enterPlace(rest)
	case "log":
		username := strings.TrimPrefix(rest, "in as ")
		f := r.stand.LogIn(r.t, username, PasswordOf(username))
		if !f.Visit().LoggedIn() {
			r.t.Fatalf("%s cannot log in: %s", username, f.At())
		}
		r.stand.visit = f.Visit()
		r.enterPlace("")
	case "language":
		r.language = text.Language(rest)
	case "wait":
		r.desk.TestClock.Advance(r.duration(rest))
	case "set":
		r.changeSetting(rest)
	case "bank":
		r.endAtBank(rest)
	case "switch":
		r.stand.flow.Switch()
		r.met[r.screen()] = false
		r.showVisitor()
	case "look":
		r.showVisitor()
	case "pair":
		r.pairPhone(rest)
	case "make":
		r.spoilPhone(rest)
	case "phone":
		r.phoneComes(rest)
	case "leave":
		r.leaveTerminal()
	case "answer":
		if r.submitAnswer(rest) {
			r.showVisitor()
		}
	case "repeat":
		r.repeatAnswer(rest)
		r.showVisitor()
	case "outbox":
		r.showOutbox()
	case "audit":
		e := LastOf(r.desk.Audited(r.t))
		r.printf("%s, %s, %s: %s (%s)", e.Terminal, e.Flow, e.Step, e.Outcome, orNobody(string(e.Customer)))
	default:
		r.t.Fatalf("unknown line %q", verb+" "+rest)
	}
}

func orNobody(customer string) string {
	if customer == "" {
		return "nobody"
	}
	return customer
}

func LastOf[T any](all []T) (one T) {
	if len(all) > 0 {
		one = all[len(all)-1]
	}
	return one
}

func (r *replay) printf(format string, args ...any) { fmt.Fprintf(&r.out, "  "+format+"\n", args...) }

func (r *replay) goToTerminal(terminal string) {
	if r.desks[terminal] == nil {
		r.desks[terminal] = &deskVisit{Desk: r.desk.AtTerminal(terminal)}
	}
	r.stand = r.desks[terminal]
}

func (r *replay) duration(s string) time.Duration {
	d, err := time.ParseDuration(s)
	if err != nil {
		r.t.Fatal(err)
	}
	return d
}

func (r *replay) changeSetting(rest string) {
	name, value, _ := strings.Cut(rest, " ")
	if err := r.stand.Settings.SetByName(name, value); err != nil {
		r.t.Fatal(err)
	}
}

// enterPlace begins the flow of a place, or that of the script if at is "".
func (r *replay) enterPlace(at string) {
	if r.stand.flow = r.begin(r.stand.visit); at != "" {
		r.stand.flow = flows.Begin(r.stand.visit, place.ID(at))
	}
	r.showVisitor()
}

var repeatPattern = regexp.MustCompile(`^(\d+)(?: every (\S+))? answer (.*)$`)

func (r *replay) repeatAnswer(rest string) {
	m := repeatPattern.FindStringSubmatch(rest)
	if m == nil {
		r.t.Fatalf("cannot repeat %q", rest)
	}
	times, _ := strconv.Atoi(m[1])
	at := place.ID(r.stand.flow.Name)
	for n := range times {
		if m[2] != "" {
			r.desk.TestClock.Advance(r.duration(m[2]))
			r.stand.visit = flow.NewVisit(r.stand.Desk.Desk)
		}
		if m[2] != "" || r.stand.flow.Ended() {
			r.stand.flow = flows.Begin(r.stand.visit, at)
		}
		r.submitAnswer(strings.ReplaceAll(m[3], "$n", fmt.Sprintf("%03d", n)))
	}
}

var answerPattern = regexp.MustCompile(`("[^"]*"|[^\s="]+)=("[^"]*"|\S*)`)

// submitAnswer submits answers, and reports whether the fields accepted them.
func (r *replay) submitAnswer(rest string) bool {
	for name, fact := range secretFacts {
		if strings.Contains(rest, name) {
			rest = strings.ReplaceAll(rest, name, r.newestFact(fact))
		}
	}
	rest = r.fillPhoneNumbers(rest)
	f := r.stand.flow
	answers := Filled(f)
	for _, m := range answerPattern.FindAllStringSubmatch(rest, -1) {
		answers[strings.Trim(m[1], `"`)] = strings.Trim(m[2], `"`)
	}
	for name := range answers {
		if !slices.ContainsFunc(f.Step().Fields, func(field flow.Field) bool { return field.Name == name }) {
			r.t.Fatalf("%s, %s: no field is called %q", f.Name, f.At(), name)
		}
	}
	for name, answer := range answers {
		answers[name] = r.makeAnswer(f.Step(), name, answer)
	}
	from, entries, before := f.At(), len(r.desk.Audited(r.t)), r.customer()
	err := f.Submit(r.t.Context(), answers)
	if invalid := (*flow.Invalid)(nil); errors.As(err, &invalid) {
		for _, p := range invalid.Problems {
			r.printf("%s: %s", p.Field, p.Why.In(r.language))
		}
		return false
	}
	if err != nil {
		r.t.Fatal(err)
	}
	r.checkFeed(before)
	o := r.desk.LastOutcome(r.t)
	switch {
	case f.At() == flow.VisitOver:
		o = flow.Outcome(flow.VisitOver)
	case len(r.desk.Audited(r.t)) == entries:
		o = flow.Pending
	}
	r.taken[edgeName(f.Name, from, o)] = true
	return true
}

// secretFacts has the facts of messages that a script can name but does not show.
var secretFacts = map[string]string{"$temporary": "password", "$number": "number", "$code": "code"}

// newestFact returns a fact of the newest message in the outbox that has it.
func (r *replay) newestFact(fact string) string {
	for _, m := range slices.Backward(r.desk.Outbox(r.t)) {
		if secret, has := m.Facts[fact]; has {
			return secret
		}
	}
	r.t.Fatalf("no %s was sent", fact)
	return ""
}

// showVisitor writes what the visitor sees.
func (r *replay) showVisitor() {
	f, in := r.stand.flow, r.language
	step := f.Step()
	if step.Pending != nil {
		r.stand.code = step.Scan().Code
	}
	r.printf("%s: %s%s", f.At(), step.Title().In(in), map[bool]string{true: " [logged in]"}[f.Visit().LoggedIn()])
	if screen := r.screen(); !r.met[screen] {
		r.met[screen] = true
		r.showAll(step, in)
	}
	if f.Note() != nil {
		about := ""
		for _, field := range step.Fields {
			if field.Name == f.NoteField() {
				about = field.Label.In(in) + ": "
			}
		}
		r.printf("  ! %s%s", about, f.Note()().In(in))
	}
}

// screen names what the visitor sees, in their language.
func (r *replay) screen() string { return fmt.Sprint(r.stand.flow.Name, r.stand.flow.At(), r.language) }

func (r *replay) showAll(step flow.Step, in text.Language) {
	if step.Body != nil {
		for line := range strings.Lines(step.Body().In(in)) {
			if line = strings.TrimSpace(line); line != "" {
				r.printf("  %s", line)
			}
		}
	}
	if step.Scan != nil {
		r.showScan(step.Scan())
	}
	for _, field := range step.Fields {
		label := field.Label.In(in)
		if field.Present != "" {
			label += " [" + field.Present + "]"
		}
		if field.Hint != nil {
			label += " (" + field.Hint().In(in) + ")"
		}
		r.printf("  ? %s", label)
		for _, rule := range field.AppliedRules() {
			r.printf("    - %s", rule.Text.In(in))
		}
		for i, option := range field.Options {
			r.printf("    %d %s", i+1, twoDigits.ReplaceAllString(option.Name.In(in), "(a number)"))
		}
	}
	for _, place := range step.Offers {
		r.printf("  > %s", flows.At(place).Name.In(in))
	}
	if step.Switch != nil {
		r.printf("  > %s", step.Switch.Name.In(in))
	}
	if step.Again != "" {
		r.printf("  > once more: %s", flows.At(step.Again).Name.In(in))
	}
}

// showOutbox writes the messages that wait, without their secrets.
func (r *replay) showOutbox() {
	messages := r.desk.Outbox(r.t)
	if len(messages) == 0 {
		r.printf("nothing")
	}
	for _, m := range messages {
		for fact := range maps.Values(secretFacts) {
			if _, has := m.Facts[fact]; has {
				m.Facts[fact] = "(secret)"
			}
		}
		var facts []string
		for _, name := range slices.Sorted(maps.Keys(m.Facts)) {
			facts = append(facts, name+" "+m.Facts[name])
		}
		arrives := dutch.DateOf(m.Arrives).LongWithWeekday().NL
		r.printf("%s in %s to %s, there on %s: %s; %s", m.Channel, m.Language, strings.Join(m.To, ", "), arrives, m.Template, strings.Join(facts, ", "))
	}
}
