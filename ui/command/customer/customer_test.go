package customer

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"loket/store"
	"loket/ui/command/commandtest"
	"loket/ui/command/number"
	"loket/ui/exitcode"
)

// grammar has the commands of package customer.
type grammar struct {
	Customer Commands        `cmd:""`
	Number   number.Commands `cmd:""`
}

func TestCustomerFind(t *testing.T) {
	d := commandtest.DatabaseWithAccount(t)
	const bakhuis = "ID  NAME     BORN        PLACE\nK2  Bakhuis  1962-04-09  Utrecht\n"
	for _, test := range []struct {
		in   string
		args []string
		want string
	}{
		{"", []string{"--username", "bbakhuis"}, bakhuis},
		{"", []string{"--birth-date", "9-4-1962", "--postcode", "3511ab", "--house-number", "2a"}, bakhuis},
		{"", []string{"--product", "88-1234567"}, bakhuis},
		{"", []string{"--product", "l1"}, "ID  NAME     BORN        PLACE\nK1  Aalbers  1961-04-09  Utrecht\nK2  Bakhuis  1962-04-09  Utrecht\n"},
		{`{"username":"BBAKHUIS"}`, []string{"-"}, bakhuis},
		{`{"birth_date":"1962-04-09","postcode":"3511 AB","house_number":"2"}`, []string{"-"}, bakhuis},
		{`{"product":"88-1234567"}`, []string{"-"}, bakhuis},
		{"", []string{"--username", "nobody"}, ""},
		{"", []string{"--product", "88-1234567", "--json"}, "[\n  {\n    \"id\": \"K2\",\n    \"name\": \"Bakhuis\",\n    \"birth_date\": \"1962-04-09\",\n    \"city\": \"Utrecht\"\n  }\n]\n"},
		{"", []string{"--username", "nobody", "--json"}, "[]\n"},
	} {
		c, code := commandtest.RunCommandLine(t, &grammar{}, d, test.in, append([]string{"customer", "find"}, test.args...)...)
		if code != exitcode.Done || c.Stdout.String() != test.want {
			t.Errorf("%q %q: %d\n%s%s", test.in, test.args, code, c.Stdout.String(), c.Stderr.String())
		}
	}
}

// TestCustomerFindRefuses checks that a query that names nobody, or that names too much, is refused. The error does not repeat
// the query.
func TestCustomerFindRefuses(t *testing.T) {
	d := commandtest.DatabaseWithAccount(t)
	for _, test := range []struct {
		in   string
		args []string
		code int
		want string
	}{
		{"", nil, exitcode.WrongUsage, "say one of: "},
		{"", []string{"--username", "x", "--product", "y"}, exitcode.WrongUsage, "say one of: "},
		{"", []string{"--birth-date", "9-4-1962", "--postcode", "3511AB"}, exitcode.WrongUsage, "birth date, postcode and house number go together"},
		{"", []string{"--birth-date", "31-4-1962", "--postcode", "3511AB", "--house-number", "2"}, exitcode.Failed, "the birth date cannot be used: "},
		{"", []string{"--birth-date", "9-4-1962", "--postcode", "Zandbergen", "--house-number", "2"}, exitcode.Failed, "the postcode cannot be used: not four digits and two letters"},
		{"", []string{"--birth-date", "9-4-1962", "--postcode", "3511AB", "--house-number", "Zandbergen"}, exitcode.Failed, "the house number must be"},
		{"", []string{"customers.json"}, exitcode.WrongUsage, "what to look for is given with flags, or with -"},
		{`{"username":"x"}`, []string{"-", "--username", "x"}, exitcode.WrongUsage, "either with flags or on standard input"},
		{`{"name":"Zandbergen"}`, []string{"-"}, exitcode.Failed, "standard input must be one JSON object"},
		{"Zandbergen", []string{"-"}, exitcode.Failed, "standard input must be one JSON object"},
		{`{"username":"` + strings.Repeat("x", maxQuerySize) + `"}`, []string{"-"}, exitcode.Failed, "standard input must be one JSON object"},
		{"", []string{"-"}, exitcode.Failed, "standard input must be one JSON object"},
		{"{}", []string{"-"}, exitcode.WrongUsage, "say one of: "},
	} {
		c, code := commandtest.RunCommandLine(t, &grammar{}, d, test.in, append([]string{"customer", "find"}, test.args...)...)
		if code != test.code || !strings.Contains(c.Stderr.String(), test.want) || strings.Contains(c.Stderr.String(), "Zandbergen") {
			t.Errorf("%q %q: %d, %s", test.in, test.args, code, c.Stderr.String())
		}
	}
}

// TestCustomerFindByEmail checks that an e-mail address alone finds everybody who has it, in whatever letters.
func TestCustomerFindByEmail(t *testing.T) {
	d := commandtest.DatabaseWithAccount(t)
	const line = `{"type":"customer","id":%q,"surname":"Peeters","birth_date":"1950-01-01","street":"Haven","house_number":1,"postcode":"3511 AB","city":"Utrecht","email":%q}` + "\n"
	commandtest.ImportFile(t, d, fmt.Sprintf(line, "K3", "samen@example.org")+fmt.Sprintf(line, "K4", "Samen@example.org")+fmt.Sprintf(line, "K5", "eigen@example.org"))
	const both = "ID  NAME     BORN        PLACE\nK3  Peeters  1950-01-01  Utrecht\nK4  Peeters  1950-01-01  Utrecht\n"
	for _, test := range []struct {
		in   string
		args []string
		code int
		want string
	}{
		{"", []string{"--email", "SAMEN@example.org"}, exitcode.Done, both},
		{`{"email":"L. Peeters <samen@example.org>"}`, []string{"-"}, exitcode.Done, both},
		{"", []string{"--email", "niemand@example.org"}, exitcode.Done, ""},
		{"", []string{"--email", "samen@example.org", "--username", "x"}, exitcode.WrongUsage, ""},
	} {
		c, code := commandtest.RunCommandLine(t, &grammar{}, d, test.in, append([]string{"customer", "find"}, test.args...)...)
		if code != test.code || c.Stdout.String() != test.want {
			t.Errorf("%q %q: %d\n%s%s", test.in, test.args, code, c.Stdout.String(), c.Stderr.String())
		}
	}
}

// TestCustomerFindAbroad checks that customers without a house number, or in another country, can be found.
func TestCustomerFindAbroad(t *testing.T) {
	d := commandtest.DatabaseWithAccount(t)
	commandtest.ImportFile(t, d, `{"type":"customer","id":"K3","surname":"Peeters","birth_date":"1950-00-00","country":"BE","address":["Wetstraat 16","1000 Brussel"],"postcode":"1000"}
{"type":"customer","id":"K4","surname":"Vaart","birth_date":"0000-00-00","street":"Ligplaats","house_number":0,"postcode":"3511 AB","city":"Utrecht"}
`)
	for _, test := range []struct {
		args []string
		want string
	}{
		{[]string{"--birth-date", "00-00-1950", "--postcode", "B-1000"}, "K3  Peeters  1950-00-00  1000 Brussel\n"},
		{[]string{"--birth-date", "00-00-0000", "--postcode", "3511AB", "--house-number", "0"}, "K4  Vaart  0000-00-00  Utrecht\n"},
		{[]string{"--birth-date", "00-00-1950", "--postcode", "1001"}, ""},
	} {
		c, code := commandtest.RunCommandLine(t, &grammar{}, d, "", append([]string{"customer", "find"}, test.args...)...)
		if code != exitcode.Done || !strings.HasSuffix(c.Stdout.String(), test.want) || test.want == "" && c.Stdout.Len() > 0 {
			t.Errorf("%q: %d\n%s%s", test.args, code, c.Stdout.String(), c.Stderr.String())
		}
	}
	c, _ := commandtest.RunCommandLine(t, &grammar{}, d, "", "customer", "show", "K3")
	if want := "\nborn         1950-00-00\naddress      Wetstraat 16, 1000 Brussel, BELGIË\n"; !strings.Contains(c.Stdout.String(), want) {
		t.Errorf("shown\n%s", c.Stdout.String())
	}
}

func TestCustomerShow(t *testing.T) {
	d := commandtest.DatabaseWithAccount(t)
	if _, code := commandtest.RunCommandLine(t, &grammar{}, d, "", "number", "issue", "--application", "A1", "--customer", "K2", "--send"); code != exitcode.Done {
		t.Fatal("no number was issued")
	}
	commandtest.PairPhones(t, d)
	c := commandtest.New("")
	if err := d.WithStore(t.Context(), &c.CommandSession, func(s *store.Store) error {
		return s.Update(t.Context(), func(tx *store.Tx) error {
			a, _ := tx.Account("K2")
			a.Temporary = store.TemporaryPassword{Hash: "h", Expires: tx.Now.Add(time.Hour)}
			a.NewEmail = store.NewEmail{Address: "nieuw@example.org", Code: "c", Expires: tx.Now.Add(time.Hour)}
			tx.PutAccount(a)
			tx.PutAttempts("password of bbakhuis", store.Attempts{Wrong: 100, NotBefore: tx.Now.Add(time.Hour)})
			tx.PutAttempts("phones of K2", store.Attempts{Wrong: 2, NotBefore: tx.Now.Add(time.Hour)})
			return nil
		})
	}); err != nil {
		t.Fatal(err)
	}
	c, code := commandtest.RunCommandLine(t, &grammar{}, d, "", "customer", "show", "K2")
	if code != exitcode.Done {
		t.Fatal(c.Stderr.String())
	}
	for _, want := range []string{
		"customer     K2\nname         Bakhuis\nborn         1962-04-09\naddress      Haven 2, 3511 AB  Utrecht\ne-mail       b@example.org\ntelephone    -\nlanguage     nl\nletters      normal print\nstatus       active\naccount      in use\n",
		"account      in use\nusername     BBakhuis\npassword     off after too many wrong ones",
		"\ntemporary    a temporary password works until ", "\nnew e-mail   nieuw@example.org, to be confirmed until ",
		"\nthrottle     100 wrong passwords in a row, and no answer is looked at until ", "\n             0 wrong codes in a row\n             2 wrong phone answers in a row, and no ",
		"\nPHONE             PAIRED                LAST USED\nTelefoon 1        2026-11-01 13:00 CET  2026-11-03 13:00 CET\nToestel van Bert  2026-11-02 13:00 CET  never\n",
		"\nP1       L1          Polis            K1, K2   not opened yet: A1\nP2       88-1234567  Reisverzekering  K2       shows\n",
		"\nA1           P1       2020-01-01  K1, K2\n", "\n**** **** 7733     A1 ", "  expired\n", "issued\n",
		"email    activation_number  ", " operator         number  issue  issued and sent\n",
	} {
		if !strings.Contains(c.Stdout.String(), want) {
			t.Errorf("no %q in\n%s", want, c.Stdout.String())
		}
	}
	asJSON, _ := commandtest.RunCommandLine(t, &grammar{}, d, "", "customer", "show", "K2", "--json")
	var shown ShownCustomer
	if err := json.Unmarshal(asJSON.Stdout.Bytes(), &shown); err != nil {
		t.Fatal(err)
	}
	if shown.Account == nil || shown.Account.Password != passwordDisabled || shown.Account.WrongPasswords != 100 || shown.Account.WrongPhoneAnswers != 2 ||
		// The audit log also has the earlier views of this customer.
		len(shown.Account.Phones) != 2 || shown.Account.Phones[1].Name != "Toestel van Bert" || len(shown.Products) != 2 || len(shown.Numbers) != 2 || len(shown.Activity) != 2 {
		t.Errorf("%+v", shown)
	}
	for _, out := range []string{c.Stdout.String(), asJSON.Stdout.String()} {
		// The last two are in base64.
		for _, secret := range []string{"argon2id", "handle", "idof", "public", "aWRvZj", "cHVibGlj"} {
			if strings.Contains(out, secret) {
				t.Errorf("%s is shown in\n%s", secret, out)
			}
		}
	}
	if c, _ := commandtest.RunCommandLine(t, &grammar{}, d, "", "customer", "show", "K1"); !strings.Contains(c.Stdout.String(), "\naccount      none\n") {
		t.Errorf("gave\n%s", c.Stdout.String())
	}
	if c, code := commandtest.RunCommandLine(t, &grammar{}, d, "", "customer", "show", "K9"); code != exitcode.Failed || c.Stderr.String() != "loket: customer K9: there is no such customer\n" {
		t.Errorf("%d, %s", code, c.Stderr.String())
	}
}

func TestCustomerUnlock(t *testing.T) {
	d := commandtest.DatabaseWithAccount(t)
	if c, code := commandtest.RunCommandLine(t, &grammar{}, d, "", "customer", "unlock", "K2"); code != exitcode.Done || c.Stderr.String() != "There was nothing to unlock.\n" {
		t.Errorf("%d, %s", code, c.Stderr.String())
	}
	c := commandtest.New("")
	if err := d.WithStore(t.Context(), &c.CommandSession, func(s *store.Store) error {
		return s.Update(t.Context(), func(tx *store.Tx) error {
			tx.PutAttempts("password of bbakhuis", store.Attempts{Wrong: 100})
			tx.PutAttempts("phones of K2", store.Attempts{Wrong: 1})
			return nil
		})
	}); err != nil {
		t.Fatal(err)
	}
	const want = "Forgot 100 wrong passwords, 0 wrong codes and 1 wrong phone answer.\nThe password was off, and works again.\n"
	if c, code := commandtest.RunCommandLine(t, &grammar{}, d, "", "customer", "unlock", "K2"); code != exitcode.Done || c.Stderr.String() != want {
		t.Errorf("%d, %s", code, c.Stderr.String())
	}
	if c, code := commandtest.RunCommandLine(t, &grammar{}, d, "", "customer", "unlock", "K1"); code != exitcode.Failed || c.Stderr.String() != "loket: customer K1: the customer has no account\n" {
		t.Errorf("%d, %s", code, c.Stderr.String())
	}
}

// TestCustomerActivate checks that an account can be opened once.
func TestCustomerActivate(t *testing.T) {
	d := commandtest.DatabaseWithAccount(t)
	for _, test := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"--username", "a albers", "K1"}, exitcode.WrongUsage, "without spaces"},
		{[]string{"--username", "BBAKHUIS", "K1"}, exitcode.Failed, "loket: customer K1: the username is somebody else's\n"},
		{[]string{"--username", "aalbers", "K1"}, exitcode.Done, "The account was made, and a letter with a temporary password is on its way.\n"},
		{[]string{"--username", "aalbers", "K1"}, exitcode.Failed, "loket: customer K1: the customer has an account already\n"},
		{[]string{"--username", "nobody", "K9"}, exitcode.Failed, "loket: customer K9: there is no such customer\n"},
	} {
		if c, code := commandtest.RunCommandLine(t, &grammar{}, d, "", append([]string{"customer", "activate"}, test.args...)...); code != test.code || !strings.Contains(c.Stderr.String(), test.says) {
			t.Errorf("%q: %d, %s", test.args, code, c.Stderr.String())
		}
	}
}

// TestCustomerBlock checks that a customer stays blocked until an operator ends the block, and is shown as blocked. A customer
// who was ended by an import is also shown as such.
func TestCustomerBlock(t *testing.T) {
	d := commandtest.DatabaseWithAccount(t)
	if _, code := commandtest.RunCommandLine(t, &grammar{}, d, "", "number", "issue", "--application", "A1", "--customer", "K2", "--send"); code != exitcode.Done {
		t.Fatal("no number was issued")
	}
	for _, test := range []struct {
		args   []string
		code   int
		says   string
		status string
	}{
		{[]string{"unblock", "K2"}, exitcode.Done, "The service desk had not blocked this customer.\n", "active"},
		{[]string{"block", "K2"}, exitcode.Done, "Blocked, and withdrew 1 message.\n", "blocked by the service desk on "},
		{[]string{"block", "K2"}, exitcode.Done, "The service desk had blocked this customer already.\n", "blocked by"},
		{[]string{"unblock", "K2"}, exitcode.Done, "Unblocked.\n", "active"},
		{[]string{"block", "K2"}, exitcode.Done, "Blocked.\n", "blocked by"},
		{[]string{"block", "K9"}, exitcode.Failed, "loket: customer K9: there is no such customer\n", ""},
		{[]string{"unblock", "K9"}, exitcode.Failed, "loket: customer K9: there is no such customer\n", ""},
	} {
		if c, code := commandtest.RunCommandLine(t, &grammar{}, d, "", append([]string{"customer"}, test.args...)...); code != test.code || c.Stderr.String() != test.says {
			t.Errorf("%q: %d, %s", test.args, code, c.Stderr.String())
		}
		if c, _ := commandtest.RunCommandLine(t, &grammar{}, d, "", "customer", "show", "K2"); !strings.Contains(c.Stdout.String(), "\nstatus       "+test.status) {
			t.Errorf("%q: shown\n%s", test.args, c.Stdout.String())
		}
	}
	commandtest.ImportFile(t, d, strings.Replace(commandtest.PeopleImport, `"id":"P1"`, `"closed":"2026-11-01","id":"P1"`, 1)+
		`{"type":"removed","of":"application","id":"A1"}`+"\n"+`{"type":"removed","of":"customer","id":"K1"}`)
	c, _ := commandtest.RunCommandLine(t, &grammar{}, d, "", "customer", "show", "K1")
	for _, want := range []string{"\nstatus       removed, by the bank on ", "does not show, closed on 2026-11-01\n", ", withdrawn 20"} {
		if !strings.Contains(c.Stdout.String(), want) {
			t.Errorf("no %q in\n%s", want, c.Stdout.String())
		}
	}
}

// TestCustomerUnpair checks that a phone is removed by its name in upper or lower case, and only once.
func TestCustomerUnpair(t *testing.T) {
	d := commandtest.DatabaseWithAccount(t)
	commandtest.PairPhones(t, d)
	for _, test := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"K2"}, exitcode.WrongUsage, "--phone"},
		{[]string{"K2", "--phone", "Toestel"}, exitcode.Failed, "loket: customer K2: the customer has no phone of that name\n"},
		{[]string{"K2", "--phone", "toestel van bert"}, exitcode.Done, "The phone no longer logs in.\n"},
		{[]string{"K2", "--phone", "Toestel van Bert"}, exitcode.Failed, "loket: customer K2: the customer has no phone of that name\n"},
		{[]string{"K1", "--phone", "x"}, exitcode.Failed, "loket: customer K1: the customer has no account\n"},
		{[]string{"K9", "--phone", "x"}, exitcode.Failed, "loket: customer K9: there is no such customer\n"},
	} {
		c, code := commandtest.RunCommandLine(t, &grammar{}, d, "", append([]string{"customer", "unpair"}, test.args...)...)
		if code != test.code || !strings.Contains(c.Stderr.String(), test.says) {
			t.Errorf("%q: %d, %s", test.args, code, c.Stderr.String())
		}
	}
	c, _ := commandtest.RunCommandLine(t, &grammar{}, d, "", "customer", "show", "K2")
	for _, want := range []string{"Telefoon 1", "email    phone_removed", "customer unpair  phone removed"} {
		if !strings.Contains(c.Stdout.String(), want) {
			t.Errorf("no %q in\n%s", want, c.Stdout.String())
		}
	}
	if strings.Contains(c.Stdout.String(), "Toestel") {
		t.Errorf("it is still there\n%s", c.Stdout.String())
	}
}

func TestCustomerErase(t *testing.T) {
	d := commandtest.DatabaseWithAccount(t)
	for _, typed := range []string{"", "\n", "yes\n", "K1\n", "k2\n"} {
		c, code := commandtest.RunCommandLine(t, &grammar{}, d, typed, "customer", "erase", "K2")
		if code != exitcode.Failed || c.Stdout.String() != "Bakhuis, born 1962-04-09, Utrecht\n" || !strings.HasSuffix(c.Stderr.String(), "loket: nothing was erased: that is not the number of the customer\n") {
			t.Errorf("%q: %d\n%s%s", typed, code, c.Stdout.String(), c.Stderr.String())
		}
	}
	c, code := commandtest.RunCommandLine(t, &grammar{}, d, " K2 \n", "customer", "erase", "K2")
	const want = "Erased the customer, the account, 1 product, 1 application, 1 activation number and 0 messages.\n1 product of others as well stay without the customer.\n"
	if code != exitcode.Done || !strings.HasSuffix(c.Stderr.String(), want) {
		t.Errorf("%d\n%s", code, c.Stderr.String())
	}
	for _, args := range [][]string{{"customer", "erase", "K2"}, {"customer", "erase", "K2", "--yes"}} {
		if c, code := commandtest.RunCommandLine(t, &grammar{}, d, "K2\n", args...); code != exitcode.Failed || c.Stderr.String() != "loket: customer K2: there is no such customer\n" {
			t.Errorf("%q: %d, %s", args, code, c.Stderr.String())
		}
	}
	if c, code := commandtest.RunCommandLine(t, &grammar{}, d, "", "customer", "erase", "K1", "--yes"); code != exitcode.Done || c.Stdout.Len() > 0 {
		t.Errorf("%d\n%s%s", code, c.Stdout.String(), c.Stderr.String())
	}
}

// TestCustomerEraseStopped checks that Ctrl+C ends the command during its question.
func TestCustomerEraseStopped(t *testing.T) {
	d := commandtest.DatabaseWithAccount(t)
	ctx, cancel := context.WithCancel(t.Context())
	asked, never := io.Pipe()
	defer never.Close()
	c := commandtest.New("")
	c.In = asked
	cancel()
	if _, err := c.ReadLine(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	if c, _ := commandtest.RunCommandLine(t, &grammar{}, d, "", "customer", "show", "K2"); c.Stdout.Len() == 0 {
		t.Error("the customer is gone")
	}
}

// TestCustomerDossier checks that only its owner can read a dossier file, that the audit log records the dossier, and that
// only customers have a dossier.
func TestCustomerDossier(t *testing.T) {
	d := commandtest.DatabaseWithAccount(t)
	file := filepath.Join(t.TempDir(), "dossier.pdf")
	if c, code := commandtest.RunCommandLine(t, &grammar{}, d, "", "customer", "dossier", "-o", file, "K2"); code != exitcode.Done {
		t.Fatal(c.Stderr.String())
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if pdf, err := os.ReadFile(file); err != nil || !strings.HasPrefix(string(pdf), "%PDF-") {
		t.Errorf("it begins with %.10q, %v", pdf, err)
	}
	if c, code := commandtest.RunCommandLine(t, &grammar{}, d, "", "customer", "dossier", "-o", file, "K2"); code == exitcode.Done {
		t.Errorf("it wrote over the file: %s", c.Stderr.String())
	}
	c, code := commandtest.RunCommandLine(t, &grammar{}, d, "", "customer", "dossier", "--json", "K2")
	if code != exitcode.Done || !json.Valid(c.Stdout.Bytes()) {
		t.Errorf("%d, %s%.40q", code, c.Stderr.String(), c.Stdout.String())
	}
	if c, code := commandtest.RunCommandLine(t, &grammar{}, d, "", "customer", "dossier", "--json", "K9"); code != exitcode.Failed || c.Stdout.Len() > 0 {
		t.Errorf("%d, %s", code, c.Stdout.String())
	}
	noted := 0
	if err := d.WithStore(t.Context(), &commandtest.New("").CommandSession, func(s *store.Store) error {
		return s.View(t.Context(), func(tx *store.Tx) error {
			noted = 0
			for e := range tx.CustomerActivity("K2") {
				if e.Step == "customer dossier" {
					noted++
				}
			}
			return nil
		})
	}); err != nil || noted != 2 {
		t.Errorf("%d entries, %v", noted, err)
	}
}
