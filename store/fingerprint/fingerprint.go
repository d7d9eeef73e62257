// Package fingerprint hashes records, to find out whether two of them have the same facts. It uses package sealedkv, which encodes
// records. Start at OfRecord.
package fingerprint

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"sync"

	"loket/store/sealedkv"
)

// OfRecord returns a hash of the fields of a record. The hash does not change when fields are added to the type, as long as
// they are empty.
func OfRecord(record any) uint64 {
	value := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(value)
	value.Reset()
	if err := sealedkv.MarshalTo(value, record); err != nil {
		panic(fmt.Sprintf("fingerprint of a %T: %v", record, err)) // Values of this type cannot be stored.
	}
	sum := sha256.Sum256(value.Bytes())
	return binary.BigEndian.Uint64(sum[:])
}

// buffers is a pool of *bytes.Buffer, because an import fingerprints every line.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}
