package keyring_test

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/mod/sumdb/note"

	"loket/store/keyring"
)

// created makes keys in a new file, and returns its path.
func created(t *testing.T) (*keyring.Keys, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "key")
	keys, err := keyring.CreateKeyFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return keys, path
}

func read(t *testing.T, path string) *keyring.Keys {
	t.Helper()
	keys, err := keyring.ReadKeyFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

func sealed(t *testing.T, keys *keyring.Keys, value string) []byte {
	t.Helper()
	text, err := keys.Seal("a/1", []byte(value))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// opens checks that keys open a sealed value, and that the expected key sealed it.
func opens(t *testing.T, keys *keyring.Keys, text []byte, want string, under uint32) {
	t.Helper()
	if got, err := keys.Unseal("a/1", text); err != nil || string(got) != want || keyring.SealingKeyID(text) != under {
		t.Errorf("opened %q, sealed under %d: %v, want %q under %d", got, keyring.SealingKeyID(text), err, want, under)
	}
}

func added(t *testing.T, keys *keyring.Keys) uint32 {
	t.Helper()
	id, err := keys.AddKey()
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// TestSeal checks that a sealed value opens only under its own key of the store, and only with the keys that sealed it.
func TestSeal(t *testing.T) {
	keys, path := created(t)
	text := sealed(t, keys, "value")
	opens(t, read(t, path), text, "value", keys.PrimaryID())
	if _, err := keys.Unseal("a/2", text); err == nil {
		t.Error("it opens at another key")
	}
	other, _ := created(t)
	if _, err := other.Unseal("a/1", text); err == nil {
		t.Error("others open it")
	}
	if bytes.Equal(text, sealed(t, keys, "value")) {
		t.Error("the same value is sealed to the same bytes")
	}
	for _, short := range [][]byte{nil, {1}, {1, 0, 0, 1}, {2, 0, 0, 0, 1, 0}} {
		if id := keyring.SealingKeyID(short); id != 0 {
			t.Errorf("%x is sealed under %d", short, id)
		}
	}
	if id := keyring.SealingKeyID([]byte{1, 0, 0, 1, 2}); id != 258 {
		t.Errorf("the id is read as %d", id)
	}
}

// TestBlind checks that a lookup key depends on the table, the facts and their boundaries, and never changes.
func TestBlind(t *testing.T) {
	path := filepath.Join(t.TempDir(), "key")
	must(t, os.WriteFile(path, keyText(t), 0o600))
	keys := read(t, path)
	if got := hex.EncodeToString([]byte(keys.LookupKey("username", "abvdberg"))); got != pinned {
		t.Errorf("a key of every store that there is changed: %s", got)
	}
	other, _ := created(t)
	seen := map[string]int{}
	for i, key := range []string{
		keys.LookupKey("a", "ab", "c"), keys.LookupKey("a", "a", "bc"), keys.LookupKey("a", "abc"), keys.LookupKey("b", "ab", "c"), keys.LookupKey("a", "ab", "c", ""),
		other.LookupKey("a", "ab", "c"),
	} {
		if was, is := seen[key]; is {
			t.Errorf("the keys %d and %d are the same", was, i)
		}
		seen[key] = i
	}
	once, again := keys.LookupKey("a", "b"), keys.LookupKey("a", "b")
	if once != again || len(once) != len("a/")+16 {
		t.Errorf("%x and %x", once, again)
	}
}

// pinned is a lookup key from a store of the first version. It must never change, because existing databases have such keys.
const pinned = "757365726e616d652fdb905c8773cd10ed9fab48f0baf67f05"

// TestRotation checks that a key that was added only opens values until it is promoted, and does not exist any more once it is
// dropped. Each change must be made in the file first.
func TestRotation(t *testing.T) {
	keys, path := created(t)
	first := keys.PrimaryID()
	old := sealed(t, keys, "old")
	second := added(t, keys)
	if ids := keys.KeyIDs(); keys.PrimaryID() != first || !slices.Equal(ids, []uint32{first, second}) || !keys.HasKey(second) || !keys.HasKey(first) || keys.HasKey(first+second) {
		t.Fatalf("keys %d, primary %d", ids, keys.PrimaryID())
	}
	opens(t, keys, sealed(t, keys, "still"), "still", first)
	early, err := keys.SealWithKey(second, "a/1", []byte("early"))
	must(t, err)
	opens(t, keys, early, "early", second)
	if _, err := keys.SealWithKey(first+second, "a/1", nil); err == nil {
		t.Error("it seals under a key that is not there")
	}
	must(t, keys.PromoteKey(second))
	for name, some := range map[string]*keyring.Keys{"these": keys, "the file": read(t, path)} {
		if ids := some.KeyIDs(); !slices.Equal(ids, []uint32{second, first}) {
			t.Errorf("%s: keys %d", name, ids)
		}
		opens(t, some, sealed(t, some, "new"), "new", second)
		opens(t, some, old, "old", first)
	}
	if err := keys.DropKeys([]uint32{second}); err == nil {
		t.Error("the primary is dropped")
	}
	must(t, keys.DropKeys([]uint32{first}))
	for name, some := range map[string]*keyring.Keys{"these": keys, "the file": read(t, path)} {
		if ids := some.KeyIDs(); !slices.Equal(ids, []uint32{second}) {
			t.Errorf("%s: keys %d", name, ids)
		}
		if _, err := some.Unseal("a/1", old); err == nil {
			t.Errorf("%s: open what was sealed under a key that was dropped", name)
		}
	}
	if err := keys.PromoteKey(first); err == nil {
		t.Error("a key that was dropped is promoted")
	}
}

// TestFileOfOthers checks that no key is added to a file that is not the one that was read.
func TestFileOfOthers(t *testing.T) {
	keys, path := created(t)
	mine, err := os.ReadFile(path)
	must(t, err)
	twin := read(t, path)
	added(t, twin)
	theirs, err := os.ReadFile(path)
	must(t, err)
	_, elsewhere := created(t)
	others, err := os.ReadFile(elsewhere)
	must(t, err)
	for name, text := range map[string][]byte{"a twin's": theirs, "another store's": others} {
		must(t, os.WriteFile(path, text, 0o600))
		if _, err := keys.AddKey(); !errors.Is(err, keyring.ErrKeyFile) {
			t.Errorf("%s: %v", name, err)
		}
	}
	must(t, os.WriteFile(path, mine[:20], 0o600))
	if _, err := keys.AddKey(); err == nil || errors.Is(err, keyring.ErrKeyFile) {
		t.Errorf("damaged: %v", err)
	}
	must(t, os.Remove(path))
	if _, err := keys.AddKey(); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("gone: %v", err)
	}
	nowhere, err := keyring.NewInMemory()
	must(t, err)
	if _, err := nowhere.AddKey(); err == nil {
		t.Error("a key is added to no file")
	}
	must(t, os.WriteFile(path, mine, 0o600))
	added(t, keys)
}

// TestReread checks that the current file opens a value that another process sealed under a new key, and that the file is read
// once for each change.
func TestReread(t *testing.T) {
	keys, path := created(t)
	first := keys.PrimaryID()
	twin := read(t, path)
	second := added(t, twin)
	must(t, twin.PromoteKey(second))
	text := sealed(t, twin, "theirs")
	if keys.HasKey(second) {
		t.Fatal("a key is known before anything was sealed under it")
	}
	opens(t, keys, text, "theirs", second)
	if keys.PrimaryID() != second || !keys.HasKey(first) {
		t.Errorf("keys %d", keys.KeyIDs())
	}

	unknown := bytes.Clone(text)
	unknown[1] ^= 1
	if _, err := keys.Unseal("a/1", unknown); err == nil {
		t.Error("a key that is in no file opens something")
	}
	third := added(t, twin)
	mine, err := os.ReadFile(path)
	must(t, err)
	_, elsewhere := created(t)
	others, err := os.ReadFile(elsewhere)
	must(t, err)
	must(t, os.WriteFile(path, others, 0o600))
	early, err := twin.SealWithKey(third, "a/1", []byte("early"))
	must(t, err)
	if _, err := keys.Unseal("a/1", early); err == nil {
		t.Error("it opens with the file of another store")
	}
	must(t, os.WriteFile(path, mine[:len(mine)/2], 0o600))
	if _, err := keys.Unseal("a/1", early); err == nil {
		t.Error("it opens with half a file")
	}
	must(t, os.WriteFile(path, mine, 0o600))
	opens(t, keys, early, "early", third)

	// A change of the file is noticed even within a tick of the clock.
	fourth := added(t, twin)
	latest, err := twin.SealWithKey(fourth, "a/1", []byte("latest"))
	must(t, err)
	next, err := os.ReadFile(path)
	must(t, err)
	same := time.Unix(1, 0)
	spoilt := bytes.Clone(next)
	spoilt[0] = 'x'
	for _, step := range []struct {
		text  []byte
		opens bool
	}{{spoilt, false}, {next, true}} {
		must(t, os.WriteFile(path, step.text, 0o600))
		must(t, os.Chtimes(path, same, same))
		if _, err := keys.Unseal("a/1", latest); (err == nil) != step.opens {
			t.Errorf("with the file changed: %v, want %t", err, step.opens)
		}
	}
}

// TestReserve checks that only the first of two callers may rotate keys or restore a backup.
func TestReserve(t *testing.T) {
	keys, _ := created(t)
	release, err := keys.ReserveRotation()
	must(t, err)
	if _, err := keys.ReserveRotation(); !errors.Is(err, keyring.ErrKeysReserved) {
		t.Errorf("reserved twice: %v", err)
	}
	release()
	release, err = keys.ReserveRotation()
	must(t, err)
	release()
}

// TestSettle checks that AwaitFormerUses waits for callers that sealed under a former primary key, and for no others.
func TestSettle(t *testing.T) {
	keys, _ := created(t)
	synctest.Test(t, func(t *testing.T) {
		must(t, keys.AwaitFormerUses(t.Context()))
		done := keys.BeginSealing()
		must(t, keys.AwaitFormerUses(t.Context())) // No key has changed yet, so there is nothing to wait for.
		must(t, keys.PromoteKey(added(t, keys)))
		defer keys.BeginSealing()()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := keys.AwaitFormerUses(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("while somebody uses the former key: %v", err)
		}
		settled := make(chan error, 1)
		go func() { settled <- keys.AwaitFormerUses(t.Context()) }()
		synctest.Wait()
		select {
		case err := <-settled:
			t.Errorf("it is settled: %v", err)
		default:
		}
		done()
		must(t, <-settled)
		must(t, keys.AwaitFormerUses(t.Context()))
	})
}

// TestSigner checks that the public key verifies signatures, including later ones.
func TestSigner(t *testing.T) {
	keys, path := created(t)
	signer, err := keys.Signer()
	must(t, err)
	signed, err := note.Sign(&note.Note{Text: "text\n"}, signer)
	must(t, err)
	verifier, err := note.NewVerifier(read(t, path).Verifier())
	must(t, err)
	if opened, err := note.Open(signed, note.VerifierList(verifier)); err != nil || opened.Text != "text\n" {
		t.Errorf("%+v, %v", opened, err)
	}
}

// TestHalfOfOthers checks that a file is refused if any part of it belongs to another store.
func TestHalfOfOthers(t *testing.T) {
	keys, path := created(t)
	_, elsewhere := created(t)
	fields := func(path string) (f map[string]json.RawMessage) {
		text, err := os.ReadFile(path)
		must(t, err)
		must(t, json.Unmarshal(text, &f))
		return f
	}
	before := fields(path)
	twin := read(t, path)
	// The value is sealed under a key that the keys in this test do not have.
	text, err := twin.SealWithKey(added(t, twin), "a/1", []byte("value"))
	must(t, err)
	mine, others := fields(path), fields(elsewhere)
	mix := func(file map[string]json.RawMessage, field string) {
		mixed := maps.Clone(file)
		mixed[field] = others[field]
		text, err := json.Marshal(mixed)
		must(t, err)
		must(t, os.WriteFile(path, text, 0o600))
	}
	for _, field := range []string{"lookup", "signing"} {
		mix(before, field)
		if _, err := keys.AddKey(); !errors.Is(err, keyring.ErrKeyFile) {
			t.Errorf("with another %s: %v", field, err)
		}
		mix(mine, field)
		if _, err := keys.Unseal("a/1", text); err == nil {
			t.Errorf("with another %s it opens", field)
		}
	}
	file, err := json.Marshal(mine)
	must(t, err)
	must(t, os.WriteFile(path, file, 0o600))
	if _, err := keys.Unseal("a/1", text); err != nil {
		t.Error(err)
	}
}

// TestOtherPrimary checks that a file with the same keys and another primary key is not overwritten, because another process
// has changed it.
func TestOtherPrimary(t *testing.T) {
	keys, path := created(t)
	second := added(t, keys)
	twin := read(t, path)
	must(t, twin.PromoteKey(second))
	if err := keys.PromoteKey(second); !errors.Is(err, keyring.ErrKeyFile) {
		t.Error(err)
	}
}
