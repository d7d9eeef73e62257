package plain

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"loket/flows"
	"loket/flows/contact"
	"loket/flows/dutch"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/store"
	"loket/ui/sheet"
	"loket/ui/words"
)

// products is the overview of all that the customer has (V1).
type products struct{}

func (p *products) show(s *session) (next, error) {
	var all flows.Overview
	ok, err := s.fetch("fetch products", func(ctx context.Context) (err error) {
		all, err = flows.OverviewOf(ctx, s.visit)
		return err
	})
	if err != nil {
		return next{}, err
	}
	if !ok {
		s.heading(sheet.Fails)
		s.feet([]place.ID{place.Contact})
		return s.choose([]choice{{name: words.TryAgain}, s.lead(place.Contact)}, true)
	}
	s.heading(sheet.Greeting(all.Name, s.desk.Clock.Now()))
	if len(all.Products) == 0 {
		s.say(sheet.Empty)
	}
	choices := s.readOverview(all.Products)
	s.out.gap()
	for _, c := range []choice{s.lead(place.AddProduct), {name: sheet.Missing, next: next{place: place.Contact}}} {
		choices = append(choices, c)
		s.listed(len(choices), c)
	}
	s.listed(0, choice{name: words.Back})
	s.out.gap()
	s.say(contact.Support(s.visit.Desk).Foot(s.desk.Clock.Now()))
	n, _, err := s.pick(choices, true, chooseNumber, false)
	return n, err
}

// fetch gets something for a screen that can do without. What went wrong goes to
// the log; that the visit is over goes on.
func (s *session) fetch(doing string, get func(context.Context) error) (ok bool, err error) {
	err = s.work(get)
	_, over := errors.AsType[*ending](err)
	_, broken := errors.AsType[*fault](err)
	if err == nil || over || broken || errors.Is(err, flow.ErrEnded) {
		return err == nil, err
	}
	s.options.Log.Error(doing, "visit", s.visit.ID, "error", err)
	return false, nil
}

// readOverview reads the products out by kind, and gives the choices that they are.
func (s *session) readOverview(all []flows.Holding) (choices []choice) {
	var kind store.ProductKind
	for _, h := range all {
		if h.Kind != kind {
			kind = h.Kind
			s.heading(sheet.Kinds[kind].Name)
		}
		choices = append(choices, choice{name: s.inOverview(h), next: next{open: &product{h}}})
		s.listed(len(choices), choices[len(choices)-1])
	}
	return choices
}

// inOverview tells of a product what stands in a list: "Internetsparen,
// NL22 NNBA 0123 4567 89, samen: saldo € 12.345,67".
func (s *session) inOverview(h flows.Holding) text.Text {
	comma, colon := text.Same(", "), text.Same(": ")
	t := words.Joined(words.Record(h.Name), comma, sheet.Number(h))
	if len(h.Joint) > 0 {
		t = words.Joined(t, comma, sheet.Joint)
	}
	telling := sheet.Telling(h)
	if sheet.Tells(h) {
		telling = words.Spaced(sheet.Kinds[h.Kind].Amount, telling)
	}
	return words.Joined(t, colon, telling)
}

// product is one product (V2), and how to ask something about it (V4).
type product struct{ held flows.Holding }

func (p *product) show(s *session) (next, error) {
	now := s.desk.Clock.Now()
	s.read(sheet.Of(p.held, dutch.DateOf(now)))
	s.out.gap()
	s.say(contact.LineFor(s.visit.Desk, p.held.Kind).Foot(now))
	return s.choose([]choice{{name: sheet.Ask, next: next{place: place.Contact}}}, true)
}

// read reads a sheet out.
func (s *session) read(sh sheet.Sheet) {
	s.heading(sh.Name)
	s.say(commas(sh.Number, sh.Since))
	s.say(sh.Joint)
	s.out.gap()
	if sh.Headline != nil {
		s.fact(sh.Headline.Name, words.Amount(sh.Headline.Cents))
	}
	s.facts(sh.Facts)
	s.share(sh.Whole)
	s.say(sh.Caution)
	for i, paragraph := range sh.Nothing {
		if i > 0 {
			s.out.gap()
		}
		s.say(paragraph)
	}
	for _, p := range sh.Parts {
		s.readPart(p)
	}
}

func (s *session) readPart(p sheet.Part) {
	s.heading(commas(p.Name, p.Aside))
	s.share(p.Share)
	s.facts(p.Facts)
	if p.Warning != (text.Text{}) {
		s.notice(p.Warning)
	}
	if t := p.Term; t != nil {
		s.say(words.Spaced(t.From, text.New("tot", "until"), t.Until))
		s.share(&t.Passed)
	}
	for _, point := range p.Course {
		s.fact(monthOf(point.Month), words.Amount(point.Cents))
	}
	for _, t := range p.Transactions {
		s.say(sheet.Said(t))
	}
}

// monthOf names the month of a day: "november 2026".
func monthOf(d dutch.Date) text.Text {
	first := dutch.NewDate(d.Year, d.Month, 1).Long()
	return text.New(strings.TrimPrefix(first.NL, "1 "), strings.TrimPrefix(first.EN, "1 "))
}

func (s *session) facts(all []sheet.Fact) {
	for _, f := range all {
		s.fact(f.Name, f.Value)
	}
}

// fact says something by its name, if there is something to say.
func (s *session) fact(name, value text.Text) {
	if value.In(s.language) != "" {
		s.say(words.Joined(name, text.Same(": "), value))
	}
}

func (s *session) share(of *sheet.Share) {
	if of != nil {
		percent := strconv.Itoa(of.Percent()) + "%"
		s.say(words.Spaced(text.Same(percent), of.Done))
	}
}

// commas puts what there is behind each other with commas between.
func commas(first, second text.Text) text.Text {
	if first == (text.Text{}) || second == (text.Text{}) {
		return words.Joined(first, second)
	}
	return words.Joined(first, text.Same(", "), second)
}
