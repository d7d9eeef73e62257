package checkpoint

import (
	"fmt"
	"strings"
	"testing"
)

// FuzzCheckpoint checks that every text that is accepted as a checkpoint is in canonical form.
func FuzzCheckpoint(f *testing.F) {
	f.Add("loket-1\n3\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")
	f.Add("loket-1\n3\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\nkept-from 2\n")
	f.Add("loket-1\n03\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\nkept-from 4\nmore\n")
	f.Fuzz(func(t *testing.T, text string) {
		c, err := parseNoteText(text)
		if err != nil {
			return
		}
		if c.Size < 0 || c.FirstKept < 0 || c.FirstKept > c.Size {
			t.Errorf("%q is taken for %+v", text, c)
		}
		if !strings.HasPrefix(text, fmt.Sprintf("%s\n%d\n%s", c.Origin, c.Size, c.Root)) {
			t.Errorf("%q is taken for %+v, which is not how that is written", text, c)
		}
	})
}
