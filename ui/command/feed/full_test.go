package feed

import (
	"strings"
	"testing"

	"loket/ui/command/commandtest"
)

// TestImportFull checks that a full import that would end too many customers is refused. The error names the flag that allows
// it.
func TestImportFull(t *testing.T) {
	d := commandtest.NewDatabasePath(t)
	imported(t, d, commandtest.PeopleImport)
	one, _, _ := strings.Cut(commandtest.PeopleImport, "\n")
	for _, test := range []struct {
		ImportCommand
		says string // says is empty if the file is imported.
	}{
		{ImportCommand{MayEnd: new(3)}, "--may-end is for --full"},
		{ImportCommand{Full: true, MayEnd: new(-1)}, "--may-end must not be below zero"},
		{ImportCommand{Full: true, Files: []string{"-", "-"}}, "--full is for one file: it must have all that the bank has"},
		{ImportCommand{Full: true, MayEnd: new(1)}, "-: 3 of the 4 records that earlier files brought are not in it, and would end: nothing was stored; say --may-end 3 if that is right"},
		{ImportCommand{Full: true, MayEnd: new(3)}, ""},
	} {
		test.Database = d
		if test.Files == nil {
			test.Files = []string{"-"}
		}
		c := commandtest.New(one + "\n")
		err := test.Run(t.Context(), &c.CommandSession)
		if test.says == "" && err != nil || test.says != "" && (err == nil || err.Error() != test.says) {
			t.Errorf("%+v: %v", test, err)
		}
		if test.says == "" && !strings.Contains(c.Stdout.String(), "customers removed: 1\n") {
			t.Errorf("gave\n%s", c.Stdout.String())
		}
	}
}
