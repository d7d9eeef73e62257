package transfer_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"loket/flows/transfer"
	"loket/store"
	"loket/store/overlay"
)

// setApart imports a file without its lines that have problems, and says what those are.
func setApart(t *testing.T, s *store.Store, file string, texts bool) (transfer.Summary, []transfer.Problem) {
	t.Helper()
	summary, err := transfer.Import(t.Context(), deskOf(s), strings.NewReader(file), transfer.Options{SeparateBadLines: true, KeepLineTexts: texts})
	if err == nil {
		return summary, nil
	}
	found, are := errors.AsType[*transfer.Problems](err)
	if !are || !found.RestImported {
		t.Fatal(err)
	}
	return summary, allProblems(t, found)
}

// TestSetApart: a line with a problem has no effect at all, those that need it neither, and
// all others have theirs. The mended lines complete the file.
func TestSetApart(t *testing.T) {
	bad := strings.Replace(bram, "3511 AB", "3511", 1)
	if bad == bram {
		t.Fatal("nothing is bad")
	}
	one := number("A1", "K1", "000000000001", "2026-11-01")
	stray := number("A1", "K9", "000000000002", "2026-11-01")
	lines := []string{anna, bad, joint, both, one, account("K1", "anna"), account("K2", "bram"), "{\n", stray, strings.Replace(anna, "Haven", "Kade", 1)}
	s := tempStore(t)
	summary, found := setApart(t, s, strings.Join(lines, ""), true)
	var says []string
	for _, p := range found {
		says = append(says, p.Field+" | "+p.String())
		if again := len(says) > 1 && found[len(says)-2].Line == p.Line; !again && p.Text+"\n" != lines[p.Line-1] {
			t.Errorf("%v has the text %q", p, p.Text)
		}
	}
	want := []string{
		"postcode | line 2: postcode must be four digits and two letters, such as 3511 AB",
		"holders | line 3: holder K2 is on a line that was set apart, and not in the store",
		"applicants | line 4: applicant K2 is on a line that was set apart, and not in the store",
		"product | line 4: product P1 is on a line that was set apart, and not in the store",
		"application | line 5: application A1 is on a line that was set apart, and not in the store",
		"customer | line 7: customer K2 is on a line that was set apart, and not in the store",
		" | line 8: not JSON: the line ends too early",
		"application | line 9: application A1 is on a line that was set apart, and not in the store",
		" | line 10: is about the same customer as line 1, and says something else",
	}
	if !slices.Equal(says, want) {
		t.Errorf("says %q", says)
	}
	e := look(t, s)
	if len(e.Customers) != 1 || len(e.Products)+len(e.Applications)+len(e.Numbers) > 0 || len(e.Accounts) != 1 || len(e.Customers[0].Holdings) > 0 {
		t.Errorf("stored %+v", e)
	}
	if all := summary.SumCounts(); all.New != 2 || all.TotalLines() != 2 {
		t.Errorf("counted %+v", all)
	}

	lines[1] = bram
	_, found = setApart(t, s, strings.Join(lines[:7], ""), false)
	if len(found) > 0 {
		t.Errorf("mended, it says %v", found)
	}
	other := tempStore(t)
	mustTake(t, other, strings.Join(lines[:7], ""))
	same(t, "store", look(t, s), look(t, other))
}

// TestSetApartKeepsNoText: a line is told only if that is asked for.
func TestSetApartKeepsNoText(t *testing.T) {
	for _, texts := range []bool{false, true} {
		_, found := setApart(t, tempStore(t), strings.NewReplacer("3511 AB", "3511", "1961-04-09", "nooit").Replace(anna), texts)
		if len(found) != 2 || (found[0].Text != "") != texts || found[1].Text != "" {
			t.Errorf("%t: %+v", texts, found)
		}
	}
}

// TestTrial: a file is judged as it would be, one file over the other, and nothing is stored.
func TestTrial(t *testing.T) {
	s := tempStore(t)
	mustTake(t, s, anna)
	before := look(t, s)
	trial, err := store.Open(t.Context(), overlay.NewTrial(s.Engine(), s.SpillPlace()), s.Keys(), s.Now)
	if err != nil {
		t.Fatal(err)
	}
	if all := mustTake(t, trial, anna+bram).SumCounts(); all != (transfer.EffectCount{New: 1, Unchanged: 1}) {
		t.Errorf("counted %+v", all)
	}
	mustTake(t, trial, joint+both)
	if _, err := take(t, trial, "{\n"); err == nil {
		t.Error("it takes anything")
	}
	if e := look(t, trial); len(e.Customers) != 2 || len(e.Applications) != 1 {
		t.Errorf("it shows %+v", e)
	}
	same(t, "store", look(t, s), before)
}
