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
			[]string{"line 1: birth_date must be a day of the calendar, such as 1961-04-09; what is not known of it is 00, such as 1950-00-00", "line 1: postcode must be four digits and two letters, such as 3511 AB"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			found := problems(t, test.before, test.file)
			var says []string
			for _, p := range allProblems(t, found) {
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
	if len(allProblems(t, found)) != 50*6 || found.Lines != 50 || found.RestImported {
		t.Errorf("%d problems on %d lines, rest %t", len(allProblems(t, found)), found.Lines, found.RestImported)
	}
	if !strings.HasSuffix(found.Error(), "\nand 280 more") {
		t.Errorf("says %s", found)
	}
}

// What is told in full is not counted once more.
func TestFewProblems(t *testing.T) {
	const rule = ": id must be letters, digits and . - _"
	for n, last := range map[int]string{1: "line 1" + rule, 20: "line 20" + rule, 21: "and 1 more"} {
		var file strings.Builder
		for i := range n {
			file.WriteString(strings.Replace(anna, `"K1"`, fmt.Sprintf(`"K %d"`, i), 1))
		}
		found := problems(t, "", file.String())
		says := strings.Split(found.Error(), "\n")
		if len(allProblems(t, found)) != n || len(says) != n || says[n-1] != last {
			t.Errorf("of %d problems it says %q", n, says)
		}
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

// allProblems returns all problems, also those on disk.
func allProblems(t *testing.T, from *transfer.Problems) (all []transfer.Problem) {
	t.Helper()
	for p, err := range from.AllProblems() {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	if len(all) != from.Count {
		t.Errorf("%d problems, and %d are counted", len(all), from.Count)
	}
	return all
}
