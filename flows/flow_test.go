package flows

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

	"loket/flows/dutch"
	"loket/flows/flow"
	"loket/flows/golden"
	"loket/flows/passkey/passkeytest"
	"loket/flows/place"
	"loket/flows/text"
	"loket/store"
)

// TestTables checks what the compiler cannot see.
func TestTables(t *testing.T) {
	d := newDesk(t)
	for _, known := range Flows() {
		f := known.Begin(flow.NewVisit(d.Desk))
		t.Run(f.Name, func(t *testing.T) {
			if string(known.ID) != f.Name {
				t.Errorf("the flow of %q calls itself %q", known.ID, f.Name)
			}
			checkReach(t, f)
			for state, step := range f.Steps {
				checkStep(t, state, step, known.OnPhone)
			}
			golden.Compare(t, testdata(f, ".mmd"), f.Mermaid())
		})
	}
}

// checkReach sees that every edge leads to a step, and that every step is led
// to and leads to an end.
func checkReach(t *testing.T, f *flow.Flow) {
	reached := reach(f, f.Start)
	for state := range f.Steps {
		if !reached[state] && state != flow.VisitOver && state != flow.VisitEnded && state != "out of reach" {
			t.Errorf("nothing leads to %q", state)
		}
		ends := false
		for to := range reach(f, state) {
			next, known := f.Steps[to]
			if !known {
				t.Errorf("%q leads to %q, which is not a step", state, to)
			}
			ends = ends || next.Do == nil
		}
		if !ends {
			t.Errorf("%q never ends", state)
		}
	}
}

func reach(f *flow.Flow, from flow.State) map[flow.State]bool {
	seen := map[flow.State]bool{from: true}
	for todo := []flow.State{from}; len(todo) > 0; todo = todo[1:] {
		for _, e := range f.Steps[todo[0]].Next {
			if !seen[e.To] {
				seen[e.To] = true
				todo = append(todo, e.To)
			}
		}
	}
	return seen
}

// checkStep sees that a step is whole, and that it can be read in both languages.
func checkStep(t *testing.T, state flow.State, step flow.Step, onPhone bool) {
	asks, waits := step.Do != nil, step.Pending != nil
	if asks != (step.Next != nil) || asks != (step.Fields != nil || step.AutoSubmit || waits) && !step.AutoSubmit {
		t.Errorf("%q has some of Asks, Do and Next, but not all", state)
	}
	if _, has := step.Next[flow.Pending]; waits != has || waits != (step.PollEvery > 0) || waits && step.Scan == nil || waits && (step.Fields != nil || step.AutoSubmit) {
		t.Errorf("%q waits by halves, or asks something at the same time", state)
	}
	if !asks && (step.Prepare != nil || step.ThrottleKey != nil || step.Neutral) {
		t.Errorf("%q is an end, and yet prepares, guards or is neutral", state)
	}
	if !asks && len(step.Offers) == 0 && !onPhone {
		t.Errorf("%q is an end from where nothing leads on", state)
	}
	if step.AutoSubmit && (step.Fields != nil || len(step.Offers) == 0) {
		t.Errorf("%q goes straight on, and has nowhere to go or something to ask", state)
	}
	for _, o := range []flow.Outcome{flow.TooSoon, flow.Paused} {
		if edge, has := step.Next[o]; has != (step.ThrottleKey != nil) || has && (edge.To != state || edge.Verdict != flow.Undecided) {
			t.Errorf("%q deals wrongly with %q", state, o)
		}
	}
	for _, place := range step.Offers {
		if At(place).ID == "" {
			t.Errorf("%q offers %q, which is no place", state, place)
		}
	}
	for what, text := range textsOf(step) {
		if strings.TrimSpace(text.NL) == "" || strings.TrimSpace(text.EN) == "" || text.NL == text.EN && !sameInBoth[text.NL] {
			t.Errorf("%q: its %s is missing in a language: %q", state, what, text)
		}
	}
	names := map[string]bool{}
	for _, field := range step.Fields {
		if names[field.Name] || field.Name == "" || field.Accept == nil {
			t.Errorf("%q: field %q has no name of its own, or takes no answer", state, field.Name)
		}
		names[field.Name] = true
	}
}

// sameInBoth lists what is the same word in both languages.
var sameInBoth = map[string]bool{"Postcode": true, "Code": true}

// textsOf is all that can be read at a step.
func textsOf(step flow.Step) map[string]text.Text {
	texts := map[string]text.Text{"heading": step.Title()}
	if step.Body != nil {
		texts["text"] = step.Body()
	}
	for o, edge := range step.Next {
		if edge.Note != nil {
			texts["note on "+string(o)] = edge.Note()
		}
	}
	for _, field := range step.Fields {
		texts["label of "+field.Name] = field.Label
		if field.Hint != nil {
			texts["hint of "+field.Name] = field.Hint()
		}
		for i, rule := range field.Rules {
			texts[fmt.Sprint("rule ", i+1, " of ", field.Name)] = rule.Text
		}
	}
	return texts
}

// TestPlaces sees that every place has a name, and every flow is one.
func TestPlaces(t *testing.T) {
	d := newDesk(t)
	for _, is := range Places {
		if is.Name.NL == "" || is.Name.EN == "" || (is.For.NL == "") != (is.For.EN == "") {
			t.Errorf("place %q is not named in both languages", is.ID)
		}
	}
	for _, f := range Flows() {
		v := flow.NewVisit(d.Desk)
		if begun := Begin(v, f.ID); (begun == nil) != f.Private {
			t.Errorf("at %q begins %v for who is not logged in", f.ID, begun)
		}
		v.LogIn(store.Account{Customer: "K06"}, store.Customer{}, nil)
		if begun := Begin(v, f.ID); begun == nil || begun.Name != string(f.ID) {
			t.Errorf("at %q begins %v", f.ID, begun)
		}
	}
	if begun := Begin(flow.NewVisit(d.Desk), place.Contact); begun != nil {
		t.Errorf("at %q begins %q", place.Contact, begun.Name)
	}
}

func testdata(f *flow.Flow, ext string) string {
	return filepath.Join("testdata", strings.ReplaceAll(f.Name, " ", "_")+ext)
}

// TestVisits replays the visits written down in testdata/*.txt, which are the
// specification. Together they must see every outcome of every step, and be
// too slow at each.
func TestVisits(t *testing.T) { replayAll(t, newDesk) }

// TestVisitsOnCluster replays the same visits on a cluster, where nothing differs
// that somebody sees (X10).
func TestVisitsOnCluster(t *testing.T) { replayAll(t, clusterDesks(t)) }

func replayAll(t *testing.T, open func(testing.TB) *testDesk) {
	for _, known := range Flows() {
		t.Run(string(known.ID), func(t *testing.T) {
			t.Parallel()
			f := known.Begin(flow.NewVisit(open(t).Desk))
			file := testdata(f, ".txt")
			script, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			r := &replay{t: t, open: open, begin: known.Begin, taken: map[string]bool{}, met: map[string]bool{}, desks: map[string]*stand{}}
			golden.Compare(t, file, r.script(string(script)))
			for state, step := range f.Steps {
				if step.Do == nil {
					continue
				}
				outcomes := append(slices.Collect(maps.Keys(step.Next)), flow.Outcome(flow.VisitOver))
				for _, o := range outcomes {
					if o == flow.TooSoon && step.ThrottleKey() == "" {
						continue // guards nobody in particular
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

// A replay walks a script. Its lines are:
//
//	desk                     a new day: nothing has happened yet, and the cast is known
//	terminal NAME            from here on at that terminal, where things are as they were left
//	visit [FLOW]             a new visitor begins the flow, or another one
//	log in as USERNAME       a new visitor logs in and then begins the flow
//	begin [FLOW]             the same visitor begins it again, or another one
//	language nl|en           what is shown from here on
//	set NAME VALUE           a setting is that at the terminal
//	wait DURATION            time passes
//	look                     the visitor looks again
//	answer FIELD=VALUE …     submits; quotes go around what has spaces
//	repeat N answer …        the same N times, anew whenever it ended; $n counts
//	repeat N every D answer … the same, by a new visitor each time, with D in between
//	pair PHONE with USERNAME a phone is paired with somebody's account
//	make PHONE HOW …         that phone is not as it should be: see phone_test.go
//	phone PHONE [types CODE] from here on on that phone, which came with the code that the terminal shows, or another one
//	leave                    the visitor leaves the flow for good
//	outbox                   what waits to leave
//	audit                    the newest entry in the audit log
//
// $temporary, $number and $code stand for the newest temporary password,
// activation number and code in the outbox; $shown and $another for the number
// that phone and terminal show, and one that is wrong; $signature and $passkey for
// what the phone makes, and $before for what it made before. Indented lines are what the visitor then sees: the step, its heading and the note, if
// any, and the first time that the script comes there in that language also its
// text, its fields and the places that it offers.
type replay struct {
	t     *testing.T
	open  func(testing.TB) *testDesk
	begin func(*flow.Visit) *flow.Flow
	out   strings.Builder

	desk     *testDesk
	desks    map[string]*stand
	stand    *stand
	language text.Language

	phones map[string]*passkeytest.Phone
	before string // what a phone made last
	page   string // that phones are on

	taken map[string]bool // the outcomes seen, by edgeName
	met   map[string]bool // the screens shown in full
}

// A stand is how things are at one terminal.
type stand struct {
	*testDesk
	visit *flow.Visit
	flow  *flow.Flow
	code  string             // that it showed last, or that a phone came with
	phone *passkeytest.Phone // that it is; nil at a terminal
}

func (r *replay) script(script string) string {
	for line := range strings.Lines(script) {
		if strings.HasPrefix(line, "  ") {
			continue // what was seen last time
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
		r.desk, r.desks, r.language = r.open(r.t), map[string]*stand{}, text.Dutch
		r.phones, r.before, r.page = map[string]*passkeytest.Phone{}, "", examplePage
		r.goTo(r.desk.Terminal)
	case "terminal":
		r.goTo(rest)
	case "visit":
		r.stand.visit = flow.NewVisit(r.stand.testDesk.Desk)
		r.enter(rest)
	case "begin":
		r.enter(rest)
	case "log":
		username := strings.TrimPrefix(rest, "in as ")
		f := r.stand.logIn(r.t, username, castPassword(username))
		if !f.Visit().LoggedIn() {
			r.t.Fatalf("%s cannot log in: %s", username, f.At())
		}
		r.stand.visit = f.Visit()
		r.enter("")
	case "language":
		r.language = text.Language(rest)
	case "wait":
		r.desk.clock.pass(r.duration(rest))
	case "set":
		r.set(rest)
	case "look":
		r.show()
	case "pair":
		r.pair(rest)
	case "make":
		r.spoil(rest)
	case "phone":
		r.comes(rest)
	case "leave":
		r.leave()
	case "answer":
		if r.answer(rest) {
			r.show()
		}
	case "repeat":
		r.repeat(rest)
		r.show()
	case "outbox":
		r.outbox()
	case "audit":
		e := last(r.desk.audited(r.t))
		r.say("%s, %s, %s: %s (%s)", e.Terminal, e.Flow, e.Step, e.Outcome, orNobody(string(e.Customer)))
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

func last[T any](all []T) (one T) {
	if len(all) > 0 {
		one = all[len(all)-1]
	}
	return one
}

func (r *replay) say(format string, args ...any) { fmt.Fprintf(&r.out, "  "+format+"\n", args...) }

func (r *replay) goTo(terminal string) {
	if r.desks[terminal] == nil {
		r.desks[terminal] = &stand{testDesk: r.desk.at(terminal)}
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

func (r *replay) set(rest string) {
	name, value, _ := strings.Cut(rest, " ")
	if err := r.stand.Settings.Set(name, value); err != nil {
		r.t.Fatal(err)
	}
}

// enter begins the flow of a place, and without one that of the script.
func (r *replay) enter(at string) {
	if r.stand.flow = r.begin(r.stand.visit); at != "" {
		r.stand.flow = Begin(r.stand.visit, place.ID(at))
	}
	r.show()
}

var repeated = regexp.MustCompile(`^(\d+)(?: every (\S+))? answer (.*)$`)

func (r *replay) repeat(rest string) {
	m := repeated.FindStringSubmatch(rest)
	if m == nil {
		r.t.Fatalf("cannot repeat %q", rest)
	}
	times, _ := strconv.Atoi(m[1])
	at := place.ID(r.stand.flow.Name)
	for n := range times {
		if m[2] != "" {
			r.desk.clock.pass(r.duration(m[2]))
			r.stand.visit = flow.NewVisit(r.stand.testDesk.Desk)
		}
		if m[2] != "" || r.stand.flow.Ended() {
			r.stand.flow = Begin(r.stand.visit, at)
		}
		r.answer(strings.ReplaceAll(m[3], "$n", fmt.Sprintf("%03d", n)))
	}
}

var words = regexp.MustCompile(`("[^"]*"|[^\s="]+)=("[^"]*"|\S*)`)

// answer submits, and tells whether that led to anything.
func (r *replay) answer(rest string) bool {
	for name, fact := range secretFacts {
		if strings.Contains(rest, name) {
			rest = strings.ReplaceAll(rest, name, r.newest(fact))
		}
	}
	rest = r.byPhone(rest)
	answers := map[string]string{}
	for _, m := range words.FindAllStringSubmatch(rest, -1) {
		answers[strings.Trim(m[1], `"`)] = strings.Trim(m[2], `"`)
	}
	f := r.stand.flow
	for name := range answers {
		if !slices.ContainsFunc(f.Step().Fields, func(field flow.Field) bool { return field.Name == name }) {
			r.t.Fatalf("%s, %s: no field is called %q", f.Name, f.At(), name)
		}
	}
	for name, answer := range answers {
		answers[name] = r.made(f.Step(), name, answer)
	}
	from, entries := f.At(), len(r.desk.audited(r.t))
	err := f.Submit(r.t.Context(), answers)
	if invalid := (*flow.Invalid)(nil); errors.As(err, &invalid) {
		for _, p := range invalid.Problems {
			r.say("%s: %s", p.Field, p.Why.In(r.language))
		}
		return false
	}
	if err != nil {
		r.t.Fatal(err)
	}
	o := r.desk.outcome(r.t)
	switch {
	case f.At() == flow.VisitOver:
		o = flow.Outcome(flow.VisitOver)
	case len(r.desk.audited(r.t)) == entries:
		o = flow.Pending
	}
	r.taken[edgeName(f.Name, from, o)] = true
	return true
}

// secretFacts are the facts of messages that a script names, and does not show.
var secretFacts = map[string]string{"$temporary": "password", "$number": "number", "$code": "code"}

// newest is that fact of the newest message in the outbox which has it.
func (r *replay) newest(fact string) string {
	for _, m := range slices.Backward(r.desk.outbox(r.t)) {
		if secret, has := m.Facts[fact]; has {
			return secret
		}
	}
	r.t.Fatalf("no %s was sent", fact)
	return ""
}

// show writes down what the visitor sees.
func (r *replay) show() {
	f, in := r.stand.flow, r.language
	step := f.Step()
	if step.Pending != nil {
		r.stand.code = step.Scan().Code
	}
	r.say("%s: %s%s", f.At(), step.Title().In(in), map[bool]string{true: " [logged in]"}[f.Visit().LoggedIn()])
	if screen := fmt.Sprint(f.Name, f.At(), in); !r.met[screen] {
		r.met[screen] = true
		r.showAll(step, in)
	}
	if f.Note() != nil {
		r.say("  ! %s", f.Note()().In(in))
	}
}

func (r *replay) showAll(step flow.Step, in text.Language) {
	if step.Body != nil {
		for line := range strings.Lines(step.Body().In(in)) {
			if line = strings.TrimSpace(line); line != "" {
				r.say("  %s", line)
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
		r.say("  ? %s", label)
		for _, rule := range field.Rules {
			r.say("    - %s", rule.Text.In(in))
		}
		for i, option := range field.Options {
			r.say("    %d %s", i+1, twoDigits.ReplaceAllString(option.Name.In(in), "(a number)"))
		}
	}
	for _, place := range step.Offers {
		r.say("  > %s", At(place).Name.In(in))
	}
}

// outbox writes down what waits to leave, without its secrets.
func (r *replay) outbox() {
	messages := r.desk.outbox(r.t)
	if len(messages) == 0 {
		r.say("nothing")
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
		arrives := dutch.DateOf(m.Arrives).Full().NL
		r.say("%s in %s to %s, there on %s: %s; %s", m.Channel, m.Language, strings.Join(m.To, ", "), arrives, m.Template, strings.Join(facts, ", "))
	}
}
