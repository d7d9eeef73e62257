package sealedkv

import (
	"bytes"
	"fmt"

	"github.com/fxamacker/cbor/v2"

	"loket/store/keyring"
	"loket/store/kvdb"
)

// Records are encoded as CBOR maps with integer keys. Times are encoded as text, because floating-point numbers would lose
// precision.
var (
	cborEncoder = mustCBORMode(cbor.EncOptions{Time: cbor.TimeRFC3339Nano}.UserBufferEncMode())
	cborDecoder = mustCBORMode(cbor.DecOptions{DupMapKey: cbor.DupMapKeyEnforcedAPF}.DecMode())

	// partDecoder does not remember the fields that it leaves out, which takes most of the time.
	partDecoder = mustCBORMode(cbor.DecOptions{}.DecMode())
)

func mustCBORMode[T any](mode T, err error) T {
	if err != nil {
		panic(err)
	}
	return mode
}

// Marshal encodes a record without sealing it.
func Marshal(record any) ([]byte, error) { return cborEncoder.Marshal(record) }

// MarshalTo appends the encoding of a record to b.
func MarshalTo(b *bytes.Buffer, record any) error { return cborEncoder.MarshalToBuffer(record, b) }

// Unmarshal decodes a record that Marshal encoded. The error may quote the record.
func Unmarshal(value []byte, record any) error { return cborDecoder.Unmarshal(value, record) }

// Encode encodes record and seals it for key.
func Encode(keys *keyring.Keys, key string, record any) (sealed []byte, err error) {
	value, err := Marshal(record)
	if err == nil {
		sealed, err = keys.Seal(key, value)
	}
	if err != nil {
		return nil, fmt.Errorf("seal a record of %s: %w", kvdb.TableFromKey(key), err)
	}
	return sealed, nil
}

// Decode decrypts and decodes a record that Encode encoded. The error does not quote the record.
func Decode[T any](keys *keyring.Keys, key string, sealed []byte) (record T, err error) {
	value, err := keys.Unseal(key, sealed)
	if err != nil {
		return record, fmt.Errorf("unseal a record of %s: %w", kvdb.TableFromKey(key), err)
	}
	return decodePlain[T](key, value)
}

// DecodePart is Decode for a type that has only some of the fields of a record.
func DecodePart[T any](keys *keyring.Keys, key string, sealed []byte) (part T, err error) {
	value, err := keys.Unseal(key, sealed)
	if err == nil {
		err = partDecoder.Unmarshal(value, &part)
	}
	return part, err // which may quote the record
}

// decodePlain decodes the result of Marshal. The error quotes nothing of the record.
func decodePlain[T any](key string, value []byte) (record T, err error) {
	if err := Unmarshal(value, &record); err != nil {
		// The text of err might quote the record, so only its type is reported.
		return record, fmt.Errorf("decode a record of %s: %T", kvdb.TableFromKey(key), err)
	}
	return record, nil
}
