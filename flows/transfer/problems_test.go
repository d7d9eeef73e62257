package transfer_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"loket/flows/transfer"
)

// problems imports a file that must be refused, of which nothing may be stored.
func problems(t *testing.T, before, file string) *transfer.Problems {
	t.Helper()
	s, engine := interruptible(t)
	mustTake(t, s, before)
	stored, loads := look(t, s), engine.loads
	_, err := take(t, s, file)
	found, are := errors.AsType[*transfer.Problems](err)
	if !are {
		t.Fatalf("error %v", err)
	}
	if engine.loads != loads {
		t.Error("something was written")
	}
	same(t, "store", look(t, s), stored)
	return found
}

// Each case changes one thing in a good file.
func TestProblemsOfALine(t *testing.T) {
	long := strings.Repeat("x", 101)
	for _, test := range []struct{ old, new, says string }{
		{`{"type":"customer","id":"K1"`, `{"type":"customer","id":"K1"]`, `line 1: not JSON: invalid character ']' after object key:value pair (byte 29 of the line)`},
		{`"language":"nl"}`, `"language":"nl"`, `line 1: not JSON: the line ends too early`},
		{`"language":"nl"}`, `"language":"nl"} {}`, `line 1: something follows the JSON object: one object a line`},
		{`"language":"nl"}`, `"language":"nl"}}`, `line 1: something follows the JSON object: one object a line`},
		{`{"type":"customer","id":"K1"`, `{"id":"K1"`, `line 1: type is missing`},
		{`{"type":"customer","id":"K1"`, `{"type":"klant","id":"K1"`, `line 1: type must be one of customer, product, application, account, activation_number`},
		{`{"type":"customer","id":"K1"`, `{"type":7,"id":"K1"`, `line 1: type must be text, not such a number`},
		{`"id":"K1","initials"`, `"id":"K1","bsn":"1","initials"`, `line 1: unknown field "bsn"`},
		{`"id":"K1","initials"`, `"id":"K1","Initials"`, `line 1: unknown field "Initials"`},
		{`"id":"K1","initials"`, `"id":"K1","\u0069nitials"`, `line 1: unknown field "\\u0069nitials"`},
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
		{`"1961-04-09"`, `"09-04-1961"`, `line 1: birth_date must be a day of the calendar, such as 2026-11-22`},
		{`"1961-04-09"`, `"1961-02-29"`, `line 1: birth_date must be a day of the calendar, such as 2026-11-22`},
		{`"1961-04-09"`, `"2026-11-24"`, `line 1: birth_date is in the future`},
		{`"1961-04-09"`, `"1906-11-22"`, `line 1: birth_date is over 120 years ago`},
		{`"birth_date":"1961-04-09",`, ``, `line 1: birth_date is missing`},
		{`"house_number":12,"addition"`, `"house_number":0,"addition"`, `line 1: house_number must be a number from 1 to 99999`},
		{`"house_number":12,"addition"`, `"addition"`, `line 1: house_number must be a number from 1 to 99999`},
		{`"house_number":12,"addition"`, `"house_number":"12","addition"`, `line 1: house_number must be a whole number, not a string`},
		{`"house_number":12,"addition"`, `"house_number":12.5,"addition"`, `line 1: house_number must be a whole number, not such a number`},
		{`"addition":"a"`, `"addition":"driehoog achter"`, `line 1: addition must be at most 8 letters and digits`},
		{`"3511ab"`, `"351 AB"`, `line 1: postcode must be four digits and two letters, such as 3511 AB`},
		{`"3511ab"`, `"3511 SS"`, `line 1: postcode must be four digits and two letters, such as 3511 AB`},
		{`"email":""`, `"email":"a@example.org, b@example.org"`, `line 1: email must be one e-mail address, such as name@example.org`},
		{`"email":""`, `"email":"Anna <a@example.org>"`, `line 1: email must be one e-mail address, such as name@example.org`},
		{`"email":""`, `"email":"a@example.org\r\nBcc: b@example.org"`, `line 1: email has a character that cannot be printed`},
		{`"email":""`, `"email":"anna"`, `line 1: email must be one e-mail address, such as name@example.org`},
		{`"email":""`, `"email":"andré@example.org"`, `line 1: email must have no letters other than a to z: not every mail server can deliver to those`},
		{`"06-12345678"`, `"06-123456"`, `line 1: phone must be a telephone number, such as +31612345678`},
		{`"language":"nl"`, `"language":"de"`, `line 1: language must be one of nl, en`},

		{`"kind":"savings"`, `"kind":"loan"`, `line 3: kind must be one of savings, mortgage, life, nonlife, pension, investment`},
		{`"nl22 nnba 0123 4567 89"`, `"123456789"`, `line 3: number must be an IBAN, such as NL22NNBA0123456789`},
		{`"number":"88-7"`, `"number":"` + strings.Repeat("8", 41) + `"`, `line 9: number must be an account, loan or policy number of at most 40 characters`},
		{`"holders":["K1","K2"]`, `"holders":[]`, `line 3: holders is missing`},
		{`"holders":["K1","K2"]`, `"holders":["K1","K1"]`, `line 3: holders names K1 twice`},
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
		{`"amount":"250.00"`, `"amount":"250.00","amount":"250.00"`, `line 3: amount stands there twice`},
		{`"monthly_payment":"812.40"`, `"monthly_payment":"-812.40"`, `line 4: details.monthly_payment must not be below zero`},
		{`"form":"annuity"`, `"form":""`, `line 4: details.parts[1].form is missing`},
		{`"parts":[{`, `"parts":[],"x":[{`, `line 4: details: unknown field "x"`},
		{`"premium_period":"quarter",`, ``, `line 5: details.premium_period is missing`},
		{`"cover":"WA",`, ``, `line 6: details.cover is missing`},
		{`"as_of":"2026-10-31","contribution"`, `"as_of":"","contribution"`, `line 7: details.as_of is missing`},
		{`"details":{"value":"0.00","as_of":"2026-10-31"}`, `"details":[]`, `line 8: details: not a JSON object`},

		{`"username":"ABvdBerg"`, `"username":"AB vd Berg"`, `line 10: username must not have spaces`},
		{`"username":"ABvdBerg",`, ``, `line 10: username is missing`},
		{hash, `Geheim-2026`, `line 10: password_hash cannot be used: not a PHC string of argon2id`},
		{`"used":true`, `"used":"yes"`, `line 10: used must be true or false, not a string`},
		{`"submitted":"2026-11-18"`, `"submitted":""`, `line 11: submitted is missing`},
		{`"4816-2095 7733"`, `"4816-2095-773"`, `line 12: number must be 12 digits`},
		{`"4816-2095 7733"`, `"4816-2095-773x"`, `line 12: number must be 12 digits`},
		{`"4816-2095 7733"`, `481620957733`, `line 12: number must be text, not such a number`},
		{`"issued":"2026-11-19","expires":"2027-05-19"`, `"issued":"2027-11-19","expires":"2027-05-19"`, `line 12: expires is before issued`},
	} {
		t.Run(test.says, func(t *testing.T) {
			if !strings.Contains(whole, test.old) {
				t.Fatalf("the good file has no %s", test.old)
			}
			found := problems(t, "", strings.Replace(whole, test.old, test.new, 1))
			if found.Count != 1 || found.First[0].String() != test.says {
				t.Errorf("says %v", found.First)
			}
		})
	}
}

func TestProblemsBetweenLines(t *testing.T) {
	people := anna + bram
	applied := people + joint + asks
	one := number("A1", "K1", "000000000001", "2026-11-01")
	for name, test := range map[string]struct {
		before, file string
		says         []string
	}{
		"unknown holder":           {"", joint, []string{"line 1: holder K1 is not known, here or in the store", "line 1: holder K2 is not known, here or in the store"}},
		"holder on a later line":   {"", policy + anna, []string{"line 1: holder K1 is not known, here or in the store"}},
		"unknown product":          {"", anna + asks, []string{"line 2: product P1 is not known, here or in the store"}},
		"unknown applicant":        {"", anna + policy + both, []string{"line 3: applicant K2 is not known, here or in the store"}},
		"account of nobody":        {"", account("K1", "anna"), []string{"line 1: customer K1 is not known, here or in the store"}},
		"number for nothing":       {people, one, []string{"line 1: application A1 is not known, here or in the store"}},
		"number of somebody else":  {applied, number("A1", "K2", "000000000001", "2026-11-01"), []string{"line 1: customer K2 is not an applicant of application A1"}},
		"number taken":             {people + joint + both + one, number("A1", "K2", "000000000001", "2026-11-01"), []string{"line 1: the number is that of customer K1 and application A1 already"}},
		"number taken in the file": {people + joint + both, one + number("A1", "K2", "000000000001", "2026-11-01"), []string{"line 2: is about the same activation number as line 1, and says something else"}},
		"number with other dates":  {applied, one + number("A1", "K1", "000000000001", "2026-11-02"), []string{"line 2: is about the same activation number as line 1, and says something else"}},
		"customer differs":         {"", anna + strings.Replace(anna, "Haven", "Kade", 1), []string{"line 2: is about the same customer as line 1, and says something else"}},
		"product differs":          {people, policy + joint, []string{"line 2: is about the same product as line 1, and says something else"}},
		"username taken":           {people + account("K1", "anna"), account("K2", "ANNA"), []string{"line 1: the username is that of customer K1 already"}},
		"username taken in a file": {people, account("K1", "anna") + account("K2", "Anna"), []string{"line 2: the username is that of customer K1 already"}},
		"second account":           {people + account("K1", "anna"), account("K1", "anna2"), []string{"line 1: customer K1 has an account with another username already"}},
		"second account in a file": {people, account("K1", "anna") + account("K1", "anna2"), []string{"line 2: is about the same account as line 1, and says something else"}},
		"only the cause is told": {
			"", strings.Replace(anna, "3511 AB", "3511", 1) + bram + joint + both + account("K1", "anna") + one,
			[]string{"line 1: postcode must be four digits and two letters, such as 3511 AB"},
		},
		"every line is told": {
			"", strings.Replace(anna, "3511 AB", "3511", 1) + asks + "{\n" + bram,
			[]string{"line 1: postcode must be four digits and two letters, such as 3511 AB", "line 2: product P1 is not known, here or in the store", "line 3: not JSON: the line ends too early"},
		},
		"what may have been on a line that cannot be read": {"", "{\n" + joint + asks, []string{"line 1: not JSON: the line ends too early"}},
		"every field is told": {
			"", strings.NewReplacer("3511 AB", "3511", "1961-04-09", "nooit").Replace(anna),
			[]string{"line 1: birth_date must be a day of the calendar, such as 2026-11-22", "line 1: postcode must be four digits and two letters, such as 3511 AB"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			found := problems(t, test.before, test.file)
			var says []string
			for _, p := range found.First {
				says = append(says, p.String())
			}
			if !slices.Equal(says, test.says) {
				t.Errorf("says %q", says)
			}
		})
	}
}

func TestManyProblems(t *testing.T) {
	var file strings.Builder
	for i := range 50 {
		fmt.Fprintf(&file, `{"type":"customer","id":"K%d"}`+"\n", i)
	}
	found := problems(t, "", file.String())
	if found.Count != 50*6 || len(found.First) != 20 {
		t.Errorf("%d problems, %d in full", found.Count, len(found.First))
	}
	if !strings.HasSuffix(found.Error(), "\nand 280 more") {
		t.Errorf("says %s", found)
	}
}

// What somebody may have typed in a wrong place is never repeated.
func TestProblemsKeepSecrets(t *testing.T) {
	const secret = "481620957733"
	for _, old := range []string{
		`"AB"`, `"1961-04-09"`, `"3511ab"`, `"06-12345678"`, `"nl"`, `"savings"`, `"nl22 nnba 0123 4567 89"`, `"-1234.56"`, `"1.35"`,
		`"annuity"`, `"quarter"`, hash, `"2026-11-18"`, `12,`, `true`,
	} {
		file := strings.Replace(strings.Replace(whole, "4816-2095 7733", "481620957734", 1), old, `"x`+secret+`",`, 1)
		s := tempStore(t)
		if _, err := take(t, s, file); err != nil && strings.Contains(err.Error(), secret) {
			t.Errorf("%v", err)
		}
	}
}
