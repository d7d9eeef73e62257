package command

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"loket/flows/desk"
	"loket/flows/maintenance"
	"loket/store"
	"loket/ui/exitcode"
)

const morePeople = people + `{"type":"product","id":"P2","kind":"nonlife","name":"Reisverzekering","number":"88-1234567","holders":["K2"],"since":"2020-01-01"}
{"type":"account","customer":"K2","username":"BBakhuis","password_hash":"$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","used":true}
`

// operated does a command as it is typed.
func operated(t *testing.T, d Database, in string, args ...string) (c *testConsole, code int) {
	t.Helper()
	c = newConsole(in)
	t.Setenv("LOKET_DB", d.DB)
	return c, Run(t.Context(), &Operator{}, args, &c.Console)
}

func inhabited(t *testing.T) Database {
	t.Helper()
	d := database(t)
	imported(t, d, morePeople)
	return d
}

func TestCustomerFind(t *testing.T) {
	d := inhabited(t)
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
		c, code := operated(t, d, test.in, append([]string{"customer", "find"}, test.args...)...)
		if code != exitcode.Done || c.out.String() != test.want {
			t.Errorf("%q %q: %d\n%s%s", test.in, test.args, code, c.out.String(), c.err.String())
		}
	}
}

// TestCustomerFindRefuses what names nobody, or too much. It repeats none of it.
func TestCustomerFindRefuses(t *testing.T) {
	d := inhabited(t)
	for _, test := range []struct {
		in   string
		args []string
		code int
		want string
	}{
		{"", nil, exitcode.WrongUsage, "say one of: "},
		{"", []string{"--username", "x", "--product", "y"}, exitcode.WrongUsage, "say one of: "},
		{"", []string{"--birth-date", "9-4-1962", "--postcode", "3511AB"}, exitcode.WrongUsage, "birth date, postcode and house number go together"},
		{"", []string{"--birth-date", "9-4-62", "--postcode", "3511AB", "--house-number", "2"}, exitcode.Failed, "the birth date cannot be used: year of two digits"},
		{"", []string{"--birth-date", "9-4-1962", "--postcode", "Zandbergen", "--house-number", "2"}, exitcode.Failed, "the postcode must be"},
		{"", []string{"--birth-date", "9-4-1962", "--postcode", "3511AB", "--house-number", "Zandbergen"}, exitcode.Failed, "the house number must be"},
		{"", []string{"customers.json"}, exitcode.WrongUsage, "what to look for is given with flags, or with -"},
		{`{"username":"x"}`, []string{"-", "--username", "x"}, exitcode.WrongUsage, "either with flags or on standard input"},
		{`{"name":"Zandbergen"}`, []string{"-"}, exitcode.Failed, "standard input must be one JSON object"},
		{"Zandbergen", []string{"-"}, exitcode.Failed, "standard input must be one JSON object"},
		{`{"username":"` + strings.Repeat("x", longestSought) + `"}`, []string{"-"}, exitcode.Failed, "standard input must be one JSON object"},
		{"", []string{"-"}, exitcode.Failed, "standard input must be one JSON object"},
		{"{}", []string{"-"}, exitcode.WrongUsage, "say one of: "},
	} {
		c, code := operated(t, d, test.in, append([]string{"customer", "find"}, test.args...)...)
		if code != test.code || !strings.Contains(c.err.String(), test.want) || strings.Contains(c.err.String(), "Zandbergen") {
			t.Errorf("%q %q: %d, %s", test.in, test.args, code, c.err.String())
		}
	}
}

func TestCustomerShow(t *testing.T) {
	d := inhabited(t)
	if _, code := operated(t, d, "", "number", "issue", "--application", "A1", "--customer", "K2", "--send"); code != exitcode.Done {
		t.Fatal("no number was issued")
	}
	paired(t, d)
	c := newConsole("")
	if err := d.with(t.Context(), &c.Console, func(s *store.Store) error {
		return s.Update(t.Context(), func(tx *store.Tx) error {
			a, _ := tx.Account("K2")
			a.Temporary = store.TemporaryPassword{Hash: "h", Expires: tx.Now.Add(time.Hour)}
			a.NewEmail = store.NewEmail{Address: "nieuw@example.org", Code: "c", Expires: tx.Now.Add(time.Hour)}
			tx.PutAccount(a)
			tx.PutTries("password of bbakhuis", store.Tries{Wrong: 100, NotBefore: tx.Now.Add(time.Hour)})
			tx.PutTries("phones of K2", store.Tries{Wrong: 2, NotBefore: tx.Now.Add(time.Hour)})
			return nil
		})
	}); err != nil {
		t.Fatal(err)
	}
	c, code := operated(t, d, "", "customer", "show", "K2")
	if code != exitcode.Done {
		t.Fatal(c.err.String())
	}
	for _, want := range []string{
		"customer     K2\nname         Bakhuis\nborn         1962-04-09\naddress      Haven 2, 3511 AB  Utrecht\ne-mail       b@example.org\ntelephone    -\nlanguage     nl\n",
		"account      in use\nusername     BBakhuis\npassword     off after too many wrong ones",
		"\ntemporary    a temporary password works until ", "\nnew e-mail   nieuw@example.org, to be confirmed until ",
		"\nthrottle     100 wrong passwords in a row, and no answer is looked at until ", "\n             0 wrong codes in a row\n             2 wrong phone answers in a row, and no ",
		"\nPHONE             PAIRED            LAST USED\nTelefoon 1        2026-11-01 13:00  2026-11-03 13:00\nToestel van Bert  2026-11-02 13:00  never\n",
		"\nP1       L1          Polis            K1, K2   not opened yet: A1\nP2       88-1234567  Reisverzekering  K2       shows\n",
		"\nA1           P1       2020-01-01  K1, K2\n", "\n**** **** 7733     A1 ", "  revoked 20", "issued\n",
		"email    activation_number  ", " operator         number  issue  issued and sent\n",
	} {
		if !strings.Contains(c.out.String(), want) {
			t.Errorf("no %q in\n%s", want, c.out.String())
		}
	}
	asJSON, _ := operated(t, d, "", "customer", "show", "K2", "--json")
	var shown ShownCustomer
	if err := json.Unmarshal(asJSON.out.Bytes(), &shown); err != nil {
		t.Fatal(err)
	}
	if shown.Account == nil || shown.Account.Password != passwordOff || shown.Account.WrongPasswords != 100 || shown.Account.WrongPhones != 2 ||
		len(shown.Account.Phones) != 2 || shown.Account.Phones[1].Name != "Toestel van Bert" || len(shown.Products) != 2 || len(shown.Numbers) != 2 || len(shown.Activity) != 2 { // that they were shown before, too
		t.Errorf("%+v", shown)
	}
	for _, out := range []string{c.out.String(), asJSON.out.String()} {
		for _, secret := range []string{"argon2id", "handle", "idof", "public", "aWRvZj", "cHVibGlj"} { // the last two in base64
			if strings.Contains(out, secret) {
				t.Errorf("%s is shown in\n%s", secret, out)
			}
		}
	}
	if c, _ := operated(t, d, "", "customer", "show", "K1"); !strings.Contains(c.out.String(), "\naccount      none\n") {
		t.Errorf("gave\n%s", c.out.String())
	}
	if c, code := operated(t, d, "", "customer", "show", "K9"); code != exitcode.Failed || c.err.String() != "loket: customer K9: there is no such customer\n" {
		t.Errorf("%d, %s", code, c.err.String())
	}
}

func TestCustomerUnlock(t *testing.T) {
	d := inhabited(t)
	if c, code := operated(t, d, "", "customer", "unlock", "K2"); code != exitcode.Done || c.err.String() != "There was nothing to unlock.\n" {
		t.Errorf("%d, %s", code, c.err.String())
	}
	c := newConsole("")
	if err := d.with(t.Context(), &c.Console, func(s *store.Store) error {
		return s.Update(t.Context(), func(tx *store.Tx) error {
			tx.PutTries("password of bbakhuis", store.Tries{Wrong: 100})
			tx.PutTries("phones of K2", store.Tries{Wrong: 1})
			return nil
		})
	}); err != nil {
		t.Fatal(err)
	}
	const want = "Forgot 100 wrong passwords, 0 wrong codes and 1 wrong phone answer.\nThe password was off, and works again.\n"
	if c, code := operated(t, d, "", "customer", "unlock", "K2"); code != exitcode.Done || c.err.String() != want {
		t.Errorf("%d, %s", code, c.err.String())
	}
	if c, code := operated(t, d, "", "customer", "unlock", "K1"); code != exitcode.Failed || c.err.String() != "loket: customer K1: the customer has no account\n" {
		t.Errorf("%d, %s", code, c.err.String())
	}
}

// TestCustomerUnpair: a phone goes by its name, whatever its case, and once.
func TestCustomerUnpair(t *testing.T) {
	d := inhabited(t)
	paired(t, d)
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
		c, code := operated(t, d, "", append([]string{"customer", "unpair"}, test.args...)...)
		if code != test.code || !strings.Contains(c.err.String(), test.says) {
			t.Errorf("%q: %d, %s", test.args, code, c.err.String())
		}
	}
	c, _ := operated(t, d, "", "customer", "show", "K2")
	for _, want := range []string{"Telefoon 1", "email    phone_removed", "customer unpair  phone removed"} {
		if !strings.Contains(c.out.String(), want) {
			t.Errorf("no %q in\n%s", want, c.out.String())
		}
	}
	if strings.Contains(c.out.String(), "Toestel") {
		t.Errorf("it is still there\n%s", c.out.String())
	}
}

// paired gives a customer two phones, one of which they have used.
func paired(t *testing.T, d Database) {
	t.Helper()
	c, at := newConsole(""), time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)
	if err := d.with(t.Context(), &c.Console, func(s *store.Store) error {
		return s.Update(t.Context(), func(tx *store.Tx) error {
			a, _ := tx.Account("K2")
			a.Handle = []byte("handle")
			a.Passkeys = []store.Passkey{
				{ID: []byte("idof1"), Public: []byte("public1"), Name: "Telefoon 1", Paired: at, Used: at.AddDate(0, 0, 2)},
				{ID: []byte("idof2"), Public: []byte("public2"), Name: "Toestel van Bert", Paired: at.AddDate(0, 0, 1)},
			}
			tx.PutAccount(a)
			return nil
		})
	}); err != nil {
		t.Fatal(err)
	}
}

func TestCustomerErase(t *testing.T) {
	d := inhabited(t)
	for _, typed := range []string{"", "\n", "yes\n", "K1\n", "k2\n"} {
		c, code := operated(t, d, typed, "customer", "erase", "K2")
		if code != exitcode.Failed || c.out.String() != "Bakhuis, born 1962-04-09, Utrecht\n" || !strings.HasSuffix(c.err.String(), "loket: nothing was erased: that is not the number of the customer\n") {
			t.Errorf("%q: %d\n%s%s", typed, code, c.out.String(), c.err.String())
		}
	}
	c, code := operated(t, d, " K2 \n", "customer", "erase", "K2")
	const want = "Erased the customer, the account, 1 product, 1 application, 1 activation number and 0 messages.\n1 product of others as well stay without the customer.\n"
	if code != exitcode.Done || !strings.HasSuffix(c.err.String(), want) {
		t.Errorf("%d\n%s", code, c.err.String())
	}
	for _, args := range [][]string{{"customer", "erase", "K2"}, {"customer", "erase", "K2", "--yes"}} {
		if c, code := operated(t, d, "K2\n", args...); code != exitcode.Failed || c.err.String() != "loket: customer K2: there is no such customer\n" {
			t.Errorf("%q: %d, %s", args, code, c.err.String())
		}
	}
	if c, code := operated(t, d, "", "customer", "erase", "K1", "--yes"); code != exitcode.Done || c.out.Len() > 0 {
		t.Errorf("%d\n%s%s", code, c.out.String(), c.err.String())
	}
}

// TestCustomerEraseStopped: Ctrl+C ends the question, although nobody answers it.
func TestCustomerEraseStopped(t *testing.T) {
	d := inhabited(t)
	ctx, cancel := context.WithCancel(t.Context())
	asked, never := io.Pipe()
	defer never.Close()
	c := newConsole("")
	c.In = asked
	cancel()
	if _, err := c.line(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	if c, _ := operated(t, d, "", "customer", "show", "K2"); c.out.Len() == 0 {
		t.Error("the customer is gone")
	}
}

func TestExport(t *testing.T) {
	d := inhabited(t)
	name := filepath.Join(t.TempDir(), "export.jsonl")
	for _, args := range [][]string{{"export", name}, {"export", "--force", name}} {
		c, code := operated(t, d, "", args...)
		const want = "Exported 2 customers, 2 products, 1 application and 1 account.\nLeft out 1 activation number: their digits are kept nowhere.\n"
		if code != exitcode.Done || c.err.String() != want {
			t.Errorf("%d\n%s", code, c.err.String())
		}
		if info, err := os.Stat(name); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%v, %v", info, err)
		}
	}
	written, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	c, code := operated(t, d, "", "export", "-", "--json")
	if code != exitcode.Done || c.out.String() != string(written) || !strings.Contains(c.err.String(), `"activation_numbers_left_out": 1`) {
		t.Errorf("%d\n%s%s", code, c.out.String(), c.err.String())
	}
	again := database(t)
	imported(t, again, c.out.String())
	if c, _ := operated(t, again, "", "export", "-"); c.out.String() != string(written) {
		t.Errorf("exported again\n%s", c.out.String())
	}
	if left, err := filepath.Glob(filepath.Join(filepath.Dir(name), "*")); err != nil || len(left) != 1 {
		t.Errorf("left are %q, %v", left, err)
	}
}

// TestExportLeavesOutPhones, of everybody and of one, and says so.
func TestExportLeavesOutPhones(t *testing.T) {
	d := inhabited(t)
	before, _ := operated(t, d, "", "export", "-")
	paired(t, d)
	for _, args := range [][]string{{"export", "-"}, {"export", "-", "--customer", "K2"}} {
		c, code := operated(t, d, "", args...)
		if code != exitcode.Done || len(args) == 2 && c.out.String() != before.out.String() || strings.Contains(c.out.String(), "Telefoon") {
			t.Errorf("%d\n%s", code, c.out.String())
		}
		if !strings.Contains(c.err.String(), "Left out 2 phones: their owners pair them anew elsewhere.\n") {
			t.Errorf("said %s", c.err.String())
		}
	}
}

func TestExportOfOne(t *testing.T) {
	d := inhabited(t)
	c, code := operated(t, d, "", "export", "-", "--customer", "K1")
	if code != exitcode.Done || strings.Count(c.out.String(), "\n") != 3 || strings.Contains(c.out.String(), "Bakhuis") {
		t.Errorf("%d\n%s", code, c.out.String())
	}
	name := filepath.Join(t.TempDir(), "export.jsonl")
	if c, code := operated(t, d, "", "export", name, "--customer", "K9"); code != exitcode.Failed || !strings.HasSuffix(c.err.String(), "there is no such customer\n") {
		t.Errorf("%d, %s", code, c.err.String())
	}
	if _, err := os.Stat(name); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("there is a file of nobody: %v", err)
	}
	dir := t.TempDir()
	if c, code := operated(t, d, "", "export", dir); code != exitcode.Failed || !strings.Contains(c.err.String(), "is no file") {
		t.Errorf("%d, %s", code, c.err.String())
	}
}

// TestExportAndRetentionOverSSH: whoever comes from elsewhere names no files, and
// keeps to the times of the desk that is open.
func TestExportAndRetentionOverSSH(t *testing.T) {
	d := inhabited(t)
	c := newConsole("")
	if err := d.with(t.Context(), &c.Console, func(s *store.Store) error {
		held := &Held{Database: d, Store: s, Settings: desk.Defaults(), Keep: maintenance.Settings{UsedNumbers: 100_000 * time.Hour}}
		for _, test := range []struct {
			args []string
			code int
			want string
		}{
			{[]string{"export", "/tmp/x"}, exitcode.WrongUsage, string(errElsewhere)},
			{[]string{"export", "-"}, exitcode.Done, "Exported 2 customers"},
			{[]string{"retention", "--json", "--set-keep-used-numbers", "1h"}, exitcode.Done, ""},
		} {
			c := newConsole("")
			c.Held = held
			if code := Run(t.Context(), &Operator{}, test.args, &c.Console); code != test.code || !strings.Contains(c.err.String(), test.want) {
				t.Errorf("%q: %d, %s", test.args, code, c.err.String())
			}
			if strings.Contains(c.out.String(), `"activation_numbers": 1`) {
				t.Errorf("removed what the desk that is open is to keep: %s", c.out.String())
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

func TestRetention(t *testing.T) {
	d := inhabited(t) // with a number that expired in 2020
	const want = `RECORDS                                   TO BE REMOVED
activation numbers, useless for long                  1
messages that were sent                               0
`
	for range 2 {
		c, code := operated(t, d, "", "retention", "--dry-run")
		if code != exitcode.Done || !strings.HasPrefix(c.out.String(), want) {
			t.Errorf("%d\n%s%s", code, c.out.String(), c.err.String())
		}
	}
	if c, code := operated(t, d, "", "retention", "--set-keep-used-numbers", "0s", "--json"); code != exitcode.Done || !strings.Contains(c.out.String(), `"activation_numbers": 0`) {
		t.Errorf("%d\n%s%s", code, c.out.String(), c.err.String())
	}
	for _, want := range []string{`"activation_numbers": 1`, `"activation_numbers": 0`} {
		if c, code := operated(t, d, "", "retention", "--json"); code != exitcode.Done || !strings.Contains(c.out.String(), want) {
			t.Errorf("%d\n%s%s", code, c.out.String(), c.err.String())
		}
	}
	if c, code := operated(t, d, "", "retention", "--set-keep-audit=-1h"); code == exitcode.Done || !strings.Contains(c.err.String(), "below zero") {
		t.Errorf("%d, %s", code, c.err.String())
	}
}
