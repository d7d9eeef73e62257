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
	"loket/flows/flow"
	"loket/flows/golden"
	"loket/flows/passkey/passkeytest"
	"loket/flows/place"
	"loket/flows/text"
	"loket/store"
)

// GoldenPath returns the path of a flow's transcript (.txt) or diagram (.mmd) in a folder.
func GoldenPath(folder string, f *flow.Flow, ext string) string {
	return filepath.Join(folder, strings.ReplaceAll(f.Name, " ", "_")+ext)
}

// ReplayTranscripts plays the transcripts of flows in a folder. Each transcript must cover every outcome of every step, and
// must let the time of every step run out.
func ReplayTranscripts(t *testing.T, open func(testing.TB) *Desk, folder string, all ...flows.Place) {
	for _, known := range all {
		t.Run(string(known.ID), func(t *testing.T) {
			t.Parallel()
			f := known.Begin(flow.NewVisit(open(t).Desk))
			file := GoldenPath(folder, f, ".txt")
			script, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			r := &scriptReplay{t: t, openDesk: open, begin: known.Begin, seenOutcomes: map[string]bool{}, shownScreens: map[string]bool{}, visitsByTerminal: map[string]*terminalVisit{}}
			golden.CompareWithFile(t, file, r.runScript(string(script)))
			for state, step := range f.Steps {
				if step.Do == nil {
					continue
				}
				outcomes := append(slices.Collect(maps.Keys(step.Next)), flow.Outcome(flow.StateTimeUp))
				for _, o := range outcomes {
					if o == flow.OutcomeTooSoon && step.ThrottleKey() == "" {
						continue // A step without a subject can never be too soon after a wrong answer.
					}
					if !r.seenOutcomes[edgeName(f.Name, state, o)] {
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

// A scriptReplay plays a script. These are the lines of a script:
//
//	desk                     starts a new desk with the cast
//	terminal NAME            goes to a terminal, which is as the script left it
//	visit [FLOW]             begins the script's flow, or another flow, for a new visitor
//	log in as USERNAME       logs a new visitor in, and then begins the flow
//	begin [FLOW]             begins the flow again, or another flow, for the same visitor
//	language nl|en           sets the language of the output
//	set NAME VALUE           sets a setting of the terminal
//	wait DURATION            advances the clock
//	bank ID STATUS           makes a customer deceased, blocked, removed or active, or an
//	                         application withdrawn
//	look                     shows the step again
//	switch [NUMBER]          does the first switch of the step, or another one
//	answer FIELD=VALUE …     submits answers; a value with spaces has quotes, and a field
//	                         that is not named keeps its initial answer
//	repeat N answer …        submits N times, in a new flow after each end; $n is the turn
//	repeat N every D answer … submits N times, for a new visitor every duration D
//	pair PHONE with USERNAME pairs a phone with an account
//	make PHONE HOW …         gives a phone a fault: see replay_phone.go
//	phone PHONE [types CODE] goes to a phone, which opens the page with the code of the
//	                         terminal, or with another code
//	leave                    makes the visitor leave the flow for good
//	outbox                   shows the waiting messages
//	audit                    shows the newest entry in the audit log
//
// $temporary, $number and $code stand for the newest temporary password, activation number and
// code in the outbox. $shown stands for the number that the phone and the terminal show, and
// $another for a wrong number. $signature and $passkey stand for the answer of the phone, and
// $before for its previous answer.
//
// Indented lines are the output, which shows the visitor's screen: the step, its heading, and the
// note if there is one. The first time that a screen appears in a language, the output also has its
// text, its fields and the places that it offers.
type scriptReplay struct {
	t        *testing.T
	openDesk func(testing.TB) *Desk
	begin    func(*flow.Visit) *flow.Flow
	out      strings.Builder

	desk             *Desk
	visitsByTerminal map[string]*terminalVisit
	current          *terminalVisit
	language         text.Language

	phones          map[string]*passkeytest.Phone
	lastPhoneAnswer string
	phoneOrigin     string // phoneOrigin is the origin of the page that the phones have open.

	seenOutcomes map[string]bool // seenOutcomes has the outcomes that were seen, keyed by edgeName.
	shownScreens map[string]bool // shownScreens has the screens that were shown in full.
}

// A terminalVisit is the state of one terminal or phone in a transcript.
type terminalVisit struct {
	*Desk
	visit *flow.Visit
	flow  *flow.Flow
	code  string             // code is the code that the terminal showed last, or with which the phone opened the page.
	phone *passkeytest.Phone // phone is nil at a terminal.
}

func (r *scriptReplay) runScript(script string) string {
	for line := range strings.Lines(script) {
		if strings.HasPrefix(line, "  ") {
			continue // Indented lines of a script are the output of its previous run.
		}
		r.out.WriteString(line)
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			verb, rest, _ := strings.Cut(line, " ")
			r.runLine(verb, rest)
		}
	}
	return r.out.String()
}

func (r *scriptReplay) runLine(verb, rest string) {
	switch verb {
	case "desk":
		r.desk, r.visitsByTerminal, r.language = r.openDesk(r.t), map[string]*terminalVisit{}, text.Dutch
		r.phones, r.lastPhoneAnswer, r.phoneOrigin = map[string]*passkeytest.Phone{}, "", AppURL
		r.goToTerminal(r.desk.Terminal)
	case "terminal":
		r.goToTerminal(rest)
	case "operator":
		r.goToTerminal(store.AuditOperator)
		r.current.Operator = rest
	case "card":
		r.openCard(store.CustomerID(rest))
	case "visit":
		r.current.visit = flow.NewVisit(r.current.Desk.Desk)
		r.enterPlace(rest)
	case "begin":
		r.enterPlace(rest)
	case "log":
		username := strings.TrimPrefix(rest, "in as ")
		f := r.current.LogIn(r.t, username, CastPassword(username))
		if !f.Visit().LoggedIn() {
			r.t.Fatalf("%s cannot log in: %s", username, f.State())
		}
		r.current.visit = f.Visit()
		r.enterPlace("")
	case "language":
		r.language = text.Language(rest)
	case "wait":
		r.desk.TestClock.Advance(r.parseDuration(rest))
	case "set":
		r.changeSetting(rest)
	case "bank":
		r.changeBankStatus(rest)
	case "switch":
		r.current.flow.SwitchFields(r.switchIndex(rest))
		r.shownScreens[r.screenName()] = false
		r.writeVisitorScreen()
	case "look":
		r.writeVisitorScreen()
	case "pair":
		r.pairPhone(rest)
	case "make":
		r.changePhoneFault(rest)
	case "phone":
		r.beginOnPhone(rest)
	case "leave":
		r.leaveTerminal()
	case "answer":
		if r.submitAnswer(rest) {
			r.writeVisitorScreen()
		}
	case "repeat":
		r.repeatAnswer(rest)
		r.writeVisitorScreen()
	case "outbox":
		r.showOutbox()
	case "audit":
		e := LastElement(r.desk.AuditEntries(r.t))
		r.printf("%s, %s, %s: %s (%s)", e.Terminal, e.Flow, e.Step, e.Outcome, customerOrNobody(string(e.Customer)))
		if e.Operator != "" {
			r.printf("  by %s: %q", e.Operator, e.Note)
		}
	default:
		r.t.Fatalf("unknown line %q", verb+" "+rest)
	}
}

func customerOrNobody(customer string) string {
	if customer == "" {
		return "nobody"
	}
	return customer
}

func LastElement[T any](all []T) (one T) {
	if len(all) > 0 {
		one = all[len(all)-1]
	}
	return one
}

func (r *scriptReplay) printf(format string, args ...any) {
	fmt.Fprintf(&r.out, "  "+format+"\n", args...)
}

func (r *scriptReplay) goToTerminal(terminal string) {
	if r.visitsByTerminal[terminal] == nil {
		r.visitsByTerminal[terminal] = &terminalVisit{Desk: r.desk.DeskAtTerminal(terminal)}
	}
	r.current = r.visitsByTerminal[terminal]
}

func (r *scriptReplay) openCard(id store.CustomerID) {
	r.current.visit = flow.NewVisit(r.current.Desk.Desk)
	r.desk.View(r.t, func(tx *store.Tx) {
		c, found := tx.Customer(id)
		if !found {
			r.t.Fatalf("there is no customer %s", id)
		}
		r.current.visit.OpenCard(c)
	})
	r.enterPlace("")
}

func (r *scriptReplay) parseDuration(s string) time.Duration {
	d, err := time.ParseDuration(s)
	if err != nil {
		r.t.Fatal(err)
	}
	return d
}

func (r *scriptReplay) changeSetting(rest string) {
	name, value, _ := strings.Cut(rest, " ")
	if err := r.current.Settings.SetByName(name, value); err != nil {
		r.t.Fatal(err)
	}
}

// enterPlace begins the flow of a place. If at is "", it begins the flow of the script.
func (r *scriptReplay) enterPlace(at string) {
	if r.current.flow = r.begin(r.current.visit); at != "" {
		r.current.flow = flows.BeginFlow(r.current.visit, place.ID(at))
	}
	r.writeVisitorScreen()
}

var repeatPattern = regexp.MustCompile(`^(\d+)(?: every (\S+))? answer (.*)$`)

func (r *scriptReplay) repeatAnswer(rest string) {
	m := repeatPattern.FindStringSubmatch(rest)
	if m == nil {
		r.t.Fatalf("cannot repeat %q", rest)
	}
	times, _ := strconv.Atoi(m[1])
	at := place.ID(r.current.flow.Name)
	for n := range times {
		if m[2] != "" {
			r.desk.TestClock.Advance(r.parseDuration(m[2]))
			r.current.visit = flow.NewVisit(r.current.Desk.Desk)
		}
		if m[2] != "" || r.current.flow.Ended() {
			r.current.flow = flows.BeginFlow(r.current.visit, at)
		}
		r.submitAnswer(strings.ReplaceAll(m[3], "$n", fmt.Sprintf("%03d", n)))
	}
}

var answerPattern = regexp.MustCompile(`("[^"]*"|[^\s="]+)=("[^"]*"|\S*)`)

// submitAnswer submits answers, and reports whether the fields accepted them.
func (r *scriptReplay) submitAnswer(rest string) bool {
	for name, fact := range secretFactNames {
		if strings.Contains(rest, name) {
			rest = strings.ReplaceAll(rest, name, r.newestMessageFact(fact))
		}
	}
	rest = r.fillShownNumbers(rest)
	f := r.current.flow
	answers := FillAnswers(f)
	for _, m := range answerPattern.FindAllStringSubmatch(rest, -1) {
		answers[strings.Trim(m[1], `"`)] = strings.Trim(m[2], `"`)
	}
	for name := range answers {
		if !slices.ContainsFunc(f.Step().Fields, func(field flow.Field) bool { return field.Name == name }) {
			r.t.Fatalf("%s, %s: no field is called %q", f.Name, f.State(), name)
		}
	}
	for name, answer := range answers {
		answers[name] = r.makeAnswer(f.Step(), name, answer)
	}
	from, step, wasLoggedIn := f.State(), f.Step(), f.Visit().LoggedIn()
	entries, before := len(r.desk.AuditEntries(r.t)), r.loggedInCustomer()
	err := f.Submit(r.t.Context(), answers)
	if invalid := (*flow.InvalidAnswers)(nil); errors.As(err, &invalid) {
		for _, p := range invalid.Problems {
			r.printf("%s: %s", p.Field, p.Reason.In(r.language))
		}
		return false
	}
	if err != nil {
		r.t.Fatal(err)
	}
	r.checkNextImport(before)
	o := r.desk.LastOutcome(r.t)
	switch {
	case f.State() == flow.StateTimeUp:
		o = flow.Outcome(flow.StateTimeUp)
	case len(r.desk.AuditEntries(r.t)) == entries:
		o = flow.OutcomePending
	}
	if isLoggedIn, logsIn := f.Visit().LoggedIn(), step.Next[o].LogsIn; isLoggedIn != (logsIn || wasLoggedIn && isLoggedIn) {
		r.t.Errorf("%s, %s: after %q a customer is logged in: %t", f.Name, from, o, isLoggedIn)
	}
	r.seenOutcomes[edgeName(f.Name, from, o)] = true
	return true
}

// secretFactNames maps variables in scripts to the names of secret facts in messages, which the output does not show.
var secretFactNames = map[string]string{"$temporary": "password", "$number": "number", "$code": "code"}

// newestMessageFact returns a fact from the newest message in the outbox that contains it.
func (r *scriptReplay) newestMessageFact(fact string) string {
	for _, m := range slices.Backward(r.desk.OutboxMessages(r.t)) {
		if secret, has := m.Facts[fact]; has {
			return secret
		}
	}
	r.t.Fatalf("no %s was sent", fact)
	return ""
}

// switchIndex returns the index of the switch with a number, such as "2". The first is meant if there is no number.
func (r *scriptReplay) switchIndex(number string) int {
	if number == "" {
		return 0
	}
	n, err := strconv.Atoi(number)
	if err != nil {
		r.t.Fatalf("switch %q is not a number", number)
	}
	return n - 1
}
