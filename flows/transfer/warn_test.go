package transfer_test

import (
	"strings"
	"testing"

	"loket/flows/transfer"
)

// TestWarnsOfLetters: what letters cannot show is taken in, and warned of where it is new.
func TestWarnsOfLetters(t *testing.T) {
	s := tempStore(t)
	file := strings.Replace(berg, "Berg", "Štěpánek-Đặng", 1) + strings.Replace(partner, "Bos", "王", 1) +
		`{"type":"customer","id":"K3","surname":"M\u0302","birth_date":"1950-00-00","country":"GR","address":["Οδός 1","\u10d0","Αθήνα"]}` + "\n"
	summary := mustTake(t, s, file)
	same(t, "warnings", summary.Warnings, []transfer.Problem{
		{Line: 2, Field: "surname", Reason: "surname has a character that letters cannot show"},
		{Line: 3, Field: "surname", Reason: "surname has a character that letters cannot show"},
	})
	if summary.Customers.New != 3 || summary.Warned != 2 {
		t.Errorf("%+v", summary)
	}
	if again := mustTake(t, s, file); again.Warned != 0 {
		t.Errorf("warned again: %+v", again)
	}
	many := ""
	for i := range 150 {
		many += strings.NewReplacer("K1", "M"+strings.Repeat("x", i%35)+string(rune('a'+i/35)), "Berg", "王").Replace(berg)
	}
	if summary := mustTake(t, s, many); len(summary.Warnings) != 100 || summary.Warned != 150 {
		t.Errorf("%d warnings of %d", len(summary.Warnings), summary.Warned)
	}
}
