package lines_test

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"testing"

	"loket/flows/transfer/check"
	"loket/flows/transfer/lines"
	"loket/store"
)

// whole is a file with a line of each type and a product of each kind.
//
//go:embed testdata/whole.jsonl
var whole string

const hash = `$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA`

// problems are those of all lines of a file.
func problems(file string) (found []string) {
	for b := range lines.NewReader(strings.NewReader(file)).ReadBatches() {
		for _, l := range b.Lines {
			for _, says := range lines.ParseLine(l, tomorrow).Problems {
				found = append(found, fmt.Sprintf("line %d: %s", l.Number, says))
			}
		}
	}
	return found
}

// tomorrow is the day after someDay.
var tomorrow = someDay.AddDays(1)

func TestNoProblems(t *testing.T) {
	if found := problems(whole); len(found) > 0 {
		t.Errorf("says %q", found)
	}
}

// Each case changes one thing in a good file.
func TestProblemsOfALine(t *testing.T) {
	long := strings.Repeat("x", 101)
	for _, test := range []struct{ old, new, says string }{
		{`{"type":"customer","id":"K1"`, `{"type":"customer","id":"K1"]`, `line 1: not JSON: invalid character ']' after object value (expecting ',' or '}') (byte 29 of the line)`},
		{`"language":"nl"}`, `"language":"nl"`, `line 1: not JSON: the line ends too early`},
		{`"language":"nl"}`, `"language":"nl"} {}`, `line 1: something follows the JSON object: one object a line`},
		{`"language":"nl"}`, `"language":"nl"}}`, `line 1: something follows the JSON object: one object a line`},
		{`{"type":"customer","id":"K1"`, `{"id":"K1"`, `line 1: type is missing`},
		{`{"type":"customer","id":"K1"`, `{"type":"klant","id":"K1"`, `line 1: type must be one of customer, product, application, account, activation_number, removed`},
		{`{"type":"customer","id":"K1"`, `{"type":7,"id":"K1"`, `line 1: type must be text, not such a number`},
		{`"id":"K1","initials"`, `"id":"K1","bsn":"1","initials"`, `line 1: unknown field "bsn"`},
		{`"id":"K1","initials"`, `"id":"K1","Initials"`, `line 1: unknown field "Initials"`},
		{`"id":"K1","initials"`, `"id":"K1","id":"K1","initials"`, `line 1: id stands there twice`},
		{`"id":"K1","initials"`, `"id":"K 1","initials"`, `line 1: id must be letters, digits and . - _`},
		{`"id":"K1","initials"`, `"id":"K` + long + `","initials"`, `line 1: id is longer than 40 characters`},
		{`"id":"K1","initials"`, `"id":null,"initials"`, `line 1: id is missing`},
		{`"initials":"ab"`, `"initials":"a1"`, `line 1: initials must be letters, such as A.B.`},
		{`"surname":" Berg "`, `"surname":" "`, `line 1: surname is missing`},
		{`"surname":" Berg "`, `"surname":"` + long + `"`, `line 1: surname is longer than 100 characters`},
		{`"surname":" Berg "`, `"surname":"Be\u001b[2Jrg"`, `line 1: surname has a character that cannot be printed`},
		{`"surname":" Berg "`, `"surname":"Be\u202erg"`, `line 1: surname has a character that cannot be printed`},
		{`"surname":" Berg "`, `"surname":"Be\ud800rg"`, `line 1: surname has a character that cannot be printed`},
		{`"surname":" Berg "`, `"surname":"Berg\n"`, `line 1: surname has a character that cannot be printed`},
		{`"surname":" Berg "`, "\"surname\":\"B\xe9rg\"", `line 1: the line is not UTF-8`},
		{`"surname":" Berg "`, `"surname":["Berg"]`, `line 1: surname must be text, not an array`},
		{`"surname":" Berg "`, `"surname":"` + strings.Repeat("x", 1<<20) + `"`, `line 1: the line is longer than 1 MiB`},
		{`"1961-04-09"`, `"09-04-1961"`, `line 1: birth_date must be a day of the calendar, such as 1961-04-09; what is not known of it is 00, such as 1950-00-00`},
		{`"1961-04-09"`, `"1961-02-29"`, `line 1: birth_date must be a day of the calendar, such as 1961-04-09; what is not known of it is 00, such as 1950-00-00`},
		{`"1961-04-09"`, `"2026-11-24"`, `line 1: birth_date is in the future`},
		{`"1961-04-09"`, `"1906-11-22"`, `line 1: birth_date is over 120 years ago`},
		{`"birth_date":"1961-04-09",`, ``, `line 1: birth_date is missing`},
		{`"house_number":12,"addition"`, `"house_number":0,"addition"`, `line 1: house_number is 0, and there is an addition or a designation`},
		{`"house_number":12,"addition"`, `"house_number":100000,"addition"`, `line 1: house_number must be a number from 1 to 99999, or 0 if the address has none`},
		{`"house_number":12,"addition"`, `"addition"`, `line 1: house_number is missing; it is 0 if the address has none`},
		{`"house_number":12,"addition"`, `"designation":"near","house_number":12,"addition"`, `line 1: designation must be one of to, by`},
		{`"house_number":12,"addition"`, `"country":"XX","house_number":12,"addition"`, `line 1: country must be a country of ISO 3166 in two letters, such as BE`},
		{`"house_number":12,"addition"`, `"address":["Wetstraat 16"],"house_number":12,"addition"`, `line 1: address is for an address abroad: country is missing, or NL`},
		{`"house_number":12,"addition"`, `"house_number":"12","addition"`, `line 1: house_number must be a whole number, not a string`},
		{`"house_number":12,"addition"`, `"house_number":12.5,"addition"`, `line 1: house_number must be a whole number, not such a number`},
		{`"addition":"a"`, `"addition":"driehoog achter, over de hele breedte"`, `line 1: addition must be at most 30 letters and digits`},
		{`"3511ab"`, `"351 AB"`, `line 1: postcode must be four digits and two letters, such as 3511 AB`},
		{`"3511ab"`, `"3511 SS"`, `line 1: postcode cannot be used: no postcode has the letters SA, SD or SS`},
		{`"3511ab"`, `"0511 AB"`, `line 1: postcode cannot be used: no postcode begins with a zero`},
		{`"surname":" Berg "`, `"surname":"Be\u3164rg"`, `line 1: surname has a character that cannot be printed`},
		{`"email":""`, `"email":"an na@example.org"`, `line 1: email must be one e-mail address, such as name@example.org`},
		{`"email":""`, `"email":"anna@example.org-"`, `line 1: email must be one e-mail address, such as name@example.org`},
		{`"email":""`, `"email":"anna@localhost"`, `line 1: email must be one e-mail address, such as name@example.org`},
		{`"email":""`, `"email":"a@example.org, b@example.org"`, `line 1: email must be one e-mail address, such as name@example.org`},
		{`"email":""`, `"email":"Anna <a@example.org>"`, `line 1: email must be one e-mail address, such as name@example.org`},
		{`"email":""`, `"email":"a@example.org\r\nBcc: b@example.org"`, `line 1: email has a character that cannot be printed`},
		{`"email":""`, `"email":"anna"`, `line 1: email must be one e-mail address, such as name@example.org`},
		{`"email":""`, `"email":"andré@example.org"`, `line 1: email must have no letters other than a to z: not every mail server can deliver to those`},
		{`"06-12345678"`, `"06-123456"`, `line 1: phone must be a telephone number, such as +31612345678`},
		{`"06-12345678"`, `"0031 900 1234"`, `line 1: phone must be of a telephone of their own, not of a service such as 0800 or 0900`},
		{`"language":"nl"`, `"language":"de"`, `line 1: language must be one of nl, en`},

		{`"kind":"savings"`, `"kind":"loan"`, `line 3: kind must be one of ` + check.JoinWordList(store.ProductKinds)},
		{`"nl22 nnba 0123 4567 89"`, `"123456789"`, `line 3: number must be an IBAN, such as NL22NNBA0123456789`},
		{`"number":"88-7"`, `"number":"` + strings.Repeat("8", 41) + `"`, `line 9: number must be an account, loan or policy number of at most 40 characters`},
		{`"holders":["K1","K2"]`, `"holders":[]`, `line 3: holders is missing`},
		{`"holders":["K1","K2"]`, `"holders":["K1","K1"]`, `line 3: holders[2] is K1, which stands there already`},
		{`"holders":["K1","K2"]`, `"holders":["K1",""]`, `line 3: holders[2] is missing`},
		{`"nl22 nnba 0123 4567 89"`, `"` + strings.Repeat("8", 201) + `"`, `line 3: number is longer than 200 characters`},
		{`"nl22 nnba 0123 4567 89"`, `"NL22\u202ENNBA0123456789"`, `line 3: number has a character that cannot be printed`},
		{`"holders":["K1","K2"]`, `"holders":"K1"`, `line 3: holders must be a list, not a string`},
		{`"holders":["K1","K2"]`, `"holders":["K1","K2"` + strings.Repeat(`,"K3"`, 19) + `]`, `line 3: holders has more than 20 of them`},
		{`"since":"2019-05-01"`, `"since":"2019-05"`, `line 3: since must be a day of the calendar, such as 2026-11-22`},
		{`"balance":"-1234.56"`, `"balance":"-1.234,56"`, `line 3: details.balance must be an amount, such as 1234.56`},
		{`"balance":"-1234.56"`, `"balance":-1234.56`, `line 3: details.balance must be text, not such a number`},
		{`"balance":"-1234.56"`, `"balance":"99999999999999.00"`, `line 3: details.balance is more than anybody has`},
		{`"balance":"-1234.56",`, ``, `line 3: details.balance is missing`},
		{`"balance"`, `"saldo"`, `line 3: details: unknown field "saldo"`},
		{`"interest_rate":"1.35"`, `"interest_rate":"1.35%"`, `line 3: details.interest_rate must be a percentage, such as 3.45`},
		{`"interest_rate":"1.35"`, `"interest_rate":"135"`, `line 3: details.interest_rate must be a percentage, such as 3.45`},
		{`"NL91 ABNA 0417 1643 00"`, `"0417164300"`, `line 3: details.counter_account must be an IBAN, such as NL22NNBA0123456789`},
		{`"amount":"250.00"`, `"amount":"250"`, `line 3: details.transactions[2].amount must be an amount, such as 1234.56`},
		{`"amount":"250.00"`, `"amount":"250.00","amount":"250.00"`, `line 3: details.transactions[2].amount stands there twice`},
		{`"amount":"250.00"`, `"amount":"250.00","bedrag":"1"`, `line 3: details.transactions[2]: unknown field "bedrag"`},
		{`"monthly_payment":"812.40"`, `"monthly_payment":"-812.40"`, `line 4: details.monthly_payment must not be below zero`},
		{`"form":"annuity"`, `"form":""`, `line 4: details.parts[1].form is missing`},
		{`"parts":[{`, `"parts":[],"x":[{`, `line 4: details: unknown field "x"`},
		{`"premium_period":"quarter",`, ``, `line 5: details.premium_period is missing`},
		{`"cover":"WA",`, ``, `line 6: details.cover is missing`},
		{`"as_of":"2026-10-31","contribution"`, `"as_of":"","contribution"`, `line 7: details.as_of is missing`},
		{`"details":{"value":"0.00","as_of":"2026-10-31"}`, `"details":[]`, `line 8: details: not a JSON object`},

		{`"username":"ABvdBerg"`, `"username":"AB vd Berg"`, `line 10: username must be at most 100 characters without spaces`},
		{`"username":"ABvdBerg",`, ``, `line 10: username is missing`},
		{hash, `Geheim-2026`, `line 10: password_hash cannot be used: not a PHC string of argon2id`},
		{`"used":true`, `"used":"yes"`, `line 10: used must be true or false, not a string`},
		{`"submitted":"2026-11-18"`, `"submitted":""`, `line 11: submitted is missing`},
		{`"submitted":"2026-11-18"`, `"submitted":"2026-11-18","opened":[{"customer":"K9","at":"2026-11-20T09:30:00Z"}]`, `line 11: opened[1].customer is not an applicant`},
		{`"submitted":"2026-11-18"`, `"submitted":"2026-11-18","opened":[{"customer":"K1","at":"2026-11-20"}]`, `line 11: opened[1].at must be a time, such as 2026-11-22T14:30:00Z`},
		{`"submitted":"2026-11-18"`, `"submitted":"2026-11-18","opened":[{"customer":"K1","at":"2027-11-20T09:30:00Z"}]`, `line 11: opened[1].at is in the future`},
		{`"submitted":"2026-11-18"`, `"submitted":"2026-11-18","opened":[{"customer":"K1"}]`, `line 11: opened[1].at is missing`},
		{`"submitted":"2026-11-18"`, `"submitted":"2026-11-18","opened":[{"customer":"K1","at":"2026-11-20T09:30:00Z"},{"customer":"K1","at":"2026-11-21T09:30:00Z"}]`, `line 11: opened[2].customer is K1, which stands there already`},
		{`"4816-2095 7733"`, `"4816-2095-773"`, `line 12: number must be 12 digits`},
		{`"4816-2095 7733"`, `"4816-2095-773x"`, `line 12: number must be 12 digits`},
		{`"4816-2095 7733"`, `481620957733`, `line 12: number must be text, not such a number`},
		{`"since":"2019-05-01"`, `"since":"2019-05-01","closed":"2999-01-01"`, `line 3: closed is in the future`},
		{`"language":"nl"`, `"language":"nl","letter_print":"huge"`, `line 1: letter_print must be one of normal, large`},
		{`"language":"nl"`, `"language":"nl","own":{"letter_print":"huge"}`, `line 1: own.letter_print must be one of normal, large`},
		{`"language":"nl"`, `"language":"nl","status":"dead"`, `line 1: status must be one of active, deceased, blocked`},
		{`"issued":"2026-11-19","expires":"2027-05-19"`, `"issued":"2026-11-19"`, `line 12: expires is missing`},
		{`"issued":"2026-11-19","expires":"2027-05-19"`, `"expires":"2027-05-19"`, `line 12: issued is missing`},
		{`"issued":"2026-11-19","expires":"2027-05-19"`, `"issued":"2026-11-19","expires":"9999-12-31"`, `line 12: expires must be a day before 9999-12-31`},
		{`"issued":"2026-11-19","expires":"2027-05-19"`, `"issued":"2027-11-19","expires":"2027-05-19"`, `line 12: expires is before issued`},
	} {
		t.Run(test.says, func(t *testing.T) {
			if !strings.Contains(whole, test.old) {
				t.Fatalf("the good file has no %s", test.old)
			}
			if found := problems(strings.Replace(whole, test.old, test.new, 1)); !slices.Equal(found, []string{test.says}) {
				t.Errorf("says %q", found)
			}
		})
	}
}

// TestProblemsOfRemoved: what a removed line can be of, and what it needs then.
func TestProblemsOfRemoved(t *testing.T) {
	for line, says := range map[string][]string{
		`{"type":"removed","of":"customer","id":"K1"}`:                 nil,
		`{"type":"removed","of":"holder","id":"P1","customer":"K1"}`:   nil,
		`{"type":"removed","of":"holder","id":"P1"}`:                   {"line 1: customer is missing"},
		`{"type":"removed","of":" holder","id":"P1"}`:                  {"line 1: customer is missing"},
		`{"type":"removed","of":" holder ","id":"P1","customer":"K1"}`: nil,
		`{"type":"removed","of":"account","id":"P1","customer":"K1"}`:  {"line 1: of must be one of customer, product, application, holder"},
		`{"type":"removed","of":"product","id":"P1","customer":"K1"}`:  {"line 1: customer is for a holder alone"},
		`{"type":"removed","of":"account","id":"K1"}`:                  {"line 1: of must be one of customer, product, application, holder"},
		`{"type":"removed","id":"K1"}`:                                 {"line 1: of is missing"},
		`{"type":"removed","of":"product"}`:                            {"line 1: id is missing"},
		`{"type":"removed","of":"product","id":"P1","closed":"today"}`: {`line 1: unknown field "closed"`},
	} {
		if found := problems(line); !slices.Equal(found, says) {
			t.Errorf("%s: says %q", line, found)
		}
	}
}

// TestProblemsOfOpened checks that the customers who opened a product are compared with the applicants, whatever else is wrong with
// the line. If the applicants themselves are wrong, only that is reported.
func TestProblemsOfOpened(t *testing.T) {
	const application, submitted = `{"type":"application","id":"A1","product":"P1","applicants":%s,"submitted":%q,"opened":[{"customer":%q,"at":"2026-11-20T09:30:00Z"}]}`, "2026-11-18"
	for _, test := range []struct {
		applicants, submitted, customer string
		says                            []string
	}{
		{`["K1","K2"]`, submitted, "K2", nil},
		{`["K1","K2"]`, "", "K2", []string{"line 1: submitted is missing"}},
		{`["K1","K2"]`, "", "K9", []string{"line 1: submitted is missing", "line 1: opened[1].customer is not an applicant"}},
		{`["K1","K 2"]`, submitted, "K2", []string{"line 1: applicants[2] must be letters, digits and . - _"}},
		{`[]`, submitted, "K2", []string{"line 1: applicants is missing"}},
	} {
		if found := problems(fmt.Sprintf(application, test.applicants, test.submitted, test.customer)); !slices.Equal(found, test.says) {
			t.Errorf("%v: says %q", test, found)
		}
	}
}

// TestProblemsOfUnconfirmed: since when an e-mail address is unconfirmed is a time that has come, and there is an address.
func TestProblemsOfUnconfirmed(t *testing.T) {
	const person = `{"type":"customer","id":"K1","surname":"Berg","birth_date":"1961-04-09","street":"Haven","house_number":1,"postcode":"3511 AB","city":"Utrecht","email":%q,"language":"nl","own":{%s}}`
	const email, own = "naam@example.org", `"email_unconfirmed_since":`
	for _, test := range []struct {
		email, own string
		says       []string
	}{
		{email, own + `"2026-11-20T09:30:00Z"`, nil},
		{"", `"email":"naam@example.org",` + own + `"2026-11-20T09:30:00.5+01:00"`, nil},
		{email, own + `"2026-11-20"`, []string{"line 1: own.email_unconfirmed_since must be a time, such as 2026-11-22T14:30:00Z"}},
		{email, own + `"2027-11-20T09:30:00Z"`, []string{"line 1: own.email_unconfirmed_since is in the future"}},
		{"", own + `"2026-11-20T09:30:00Z"`, []string{"line 1: own.email_unconfirmed_since is for an e-mail address, and there is none"}},
		{email, `"email":"naam",` + own + `"2026-11-20T09:30:00Z"`, []string{"line 1: own.email must be one e-mail address, such as name@example.org"}},
		{"naam", own + `"2026-11-20T09:30:00Z"`, []string{"line 1: email must be one e-mail address, such as name@example.org"}},
		{"", `"phone":"1",` + own + `"2026-11-20T09:30:00Z"`, []string{
			"line 1: own.phone must be a telephone number, such as +31612345678", "line 1: own.email_unconfirmed_since is for an e-mail address, and there is none",
		}},
		{email, `"email":"",` + own + `"2026-11-20T09:30:00Z"`, []string{"line 1: own.email_unconfirmed_since is for an e-mail address, and there is none"}},
	} {
		if found := problems(fmt.Sprintf(person, test.email, test.own)); !slices.Equal(found, test.says) {
			t.Errorf("%s: says %q", test.own, found)
		}
	}
}

// TestForeignAddress: an address abroad is lines, and nothing of an address in the Netherlands. The
// place stands for the postcode in a country without postcodes.
func TestForeignAddress(t *testing.T) {
	const person = `{"type":"customer","id":"K1","surname":"Berg","birth_date":"1950-00-00",`
	for line, want := range map[string]struct {
		says     []string
		postcode string
	}{
		`"country":"BE","address":["Wetstraat 16","1000 Brussel"],"postcode":"B-1000"}`:   {nil, "1000"},
		`"country":"HK","address":["Flat 25, 12/F","Hong Kong"]}`:                         {nil, "hongkong"},
		`"country":"BE","postcode":"1000"}`:                                               {[]string{"line 1: address is missing: the lines between name and country"}, ""},
		`"country":"BE","address":["a","b","c","d","e","f"],"postcode":"1000"}`:           {[]string{"line 1: address has more than 5 of them"}, ""},
		`"country":"BE","address":["Wetstraat 16",""],"postcode":"1000"}`:                 {[]string{"line 1: address[2] is missing"}, ""},
		`"country":"BE","address":["Wetstraat 16"],"postcode":"-"}`:                       {[]string{"line 1: postcode must be letters and digits"}, ""},
		`"country":"BE","address":["Wetstraat 16"],"city":"Brussel","house_number":16}`:   {[]string{"line 1: city is for an address in the Netherlands", "line 1: house_number is for an address in the Netherlands"}, ""},
		`"country":"NL","street":"Kade","house_number":0,"postcode":"3511AB","city":"U"}`: {nil, "3511 AB"},
		`"street":"Kade","house_number":0,"designation":"to","postcode":"3511AB","city":"U"}`: {
			[]string{"line 1: house_number is 0, and there is an addition or a designation"}, ""},
	} {
		if found := problems(person + line); !slices.Equal(found, want.says) {
			t.Errorf("%s: says %q", line, found)
			continue
		}
		for b := range lines.NewReader(strings.NewReader(person + line)).ReadBatches() {
			p := lines.ParseLine(b.Lines[0], tomorrow)
			if c, is := p.Facts.(store.Customer); is && c.Postcode != want.postcode {
				t.Errorf("%s: postcode %q", line, c.Postcode)
			}
		}
	}
}

// TestUsualWords checks that the usual words for a status and a print mean the same as no words, however they are written.
func TestUsualWords(t *testing.T) {
	const line = `{"type":"customer","id":"K1","surname":"Berg","birth_date":"1961-04-09","street":"Haven","house_number":1,"postcode":"3511 AB","city":"Utrecht","status":%q,"letter_print":%q}`
	for words, want := range map[[2]string]store.Customer{
		{"", ""}: {}, {"active", "normal"}: {}, {" active ", "normal "}: {},
		{" deceased", " large"}: {Status: store.CustomerDeceased, LetterPrint: store.LargePrint},
	} {
		p := lines.ParseLine(lines.Line{Number: 1, Text: fmt.Appendf(nil, line, words[0], words[1])}, tomorrow)
		if c, is := p.Facts.(store.Customer); !is || c.Status != want.Status || c.LetterPrint != want.LetterPrint {
			t.Errorf("%q: status %q, print %q, problems %v", words, c.Status, c.LetterPrint, p.Problems)
		}
	}
}
