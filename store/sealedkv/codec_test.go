package sealedkv

import (
	"strings"
	"testing"
	"time"

	"loket/store/keyring"
)

// TestDecodeQuotesNothing checks that an error about a record does not quote the record, because errors end up in logs. The
// errors of CBOR libraries do quote it.
func TestDecodeQuotesNothing(t *testing.T) {
	keys, err := keyring.NewInMemory()
	if err != nil {
		t.Fatal(err)
	}
	const secret = "S. Hoekstra"
	for name, record := range map[string]any{
		"time":   map[int]any{8: secret},
		"number": map[int]any{11: secret},
		"record": secret,
		"list":   map[int]any{6: secret},
		"map":    map[int]any{7: []string{secret}},
	} {
		sealed, err := Encode(keys, "outbox/1", record)
		if err != nil {
			t.Fatal(err)
		}
		_, err = Decode[struct {
			To      []string          `cbor:"6,keyasint"`
			Facts   map[string]string `cbor:"7,keyasint"`
			Written time.Time         `cbor:"8,keyasint"`
			Tries   int               `cbor:"11,keyasint,omitempty"`
		}](keys, "outbox/1", sealed)
		if err == nil || !strings.Contains(err.Error(), "decode a record of outbox") || strings.Contains(err.Error(), "Hoekstra") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
