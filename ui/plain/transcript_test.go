package plain

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"loket/flows/golden"
	"loket/flows/passkey/passkeytest"
	"loket/flows/text"
)

// TestTranscripts plays the dialogues of testdata, which are the specification. In a dialogue, "> "
// begins typed input, "~ " a pause, "# " a comment, and "@ " an action of a phone. No phone can
// reach the desk of a dialogue without "@ ". An English dialogue has the same input as the Dutch
// one.
func TestTranscripts(t *testing.T) {
	files, err := filepath.Glob("testdata/*.nl.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no transcripts", err)
	}
	for _, file := range files {
		script, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, language := range []text.Language{text.Dutch, text.English} {
			path := strings.TrimSuffix(file, "nl.txt") + string(language) + ".txt"
			t.Run(filepath.Base(path), func(t *testing.T) {
				golden.CompareWithFile(t, path, transcript(t, string(script), language))
			})
		}
	}
}

// transcript runs a script, and returns the dialogue of the desk and the visitor.
func transcript(t *testing.T, script string, language text.Language) string {
	var b strings.Builder
	inBubble(t, func(t *testing.T) {
		d := beginWith(t, Options{Language: language}, appOf(t, script))
		device := passkeytest.New()
		said, asks := d.hears()
		b.WriteString(said)
		for line := range strings.Lines(script) {
			switch {
			case strings.HasPrefix(line, "#"):
				if said := b.String(); !strings.HasPrefix(said, "#") && len(said) > 0 && strings.HasPrefix(script, line) {
					b.Reset()
					b.WriteString(line + said)
					continue
				}
				b.WriteString(line)
			case strings.HasPrefix(line, "@ "):
				b.WriteString(line)
				d.comes(device, strings.TrimSpace(line[1:]), b.String())
			case strings.HasPrefix(line, "~ "):
				b.WriteString(line)
				b.WriteString(d.waits(line))
			case strings.HasPrefix(line, ">"):
				if !asks {
					t.Fatalf("nobody asks for %q:\n%s", line, b.String())
				}
				b.WriteString(line)
				d.types(strings.TrimPrefix(strings.TrimSuffix(strings.TrimPrefix(line, ">"), "\n"), " "))
				said, asks = d.hears()
				b.WriteString(said)
			}
		}
	})
	return b.String()
}

// waits parses a line with a pause, and lets that time pass.
func (d *conversation) waits(line string) string {
	d.Helper()
	pause, err := time.ParseDuration(strings.TrimSpace(line[1:]))
	if err != nil {
		d.Fatal(err)
	}
	return d.passes(pause)
}

// passes lets time pass, and returns the output of that time.
func (d *conversation) passes(pause time.Duration) string {
	d.Helper()
	time.Sleep(pause)
	synctest.Wait()
	return d.out.take()
}
