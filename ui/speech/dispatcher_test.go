package speech

import (
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"loket/flows/clock"
	"loket/flows/text"
)

// startDispatcher starts a speech-dispatcher with espeak-ng, without a sound card, for the time of the test. It returns the
// address of its socket, and the folder of its log.
func startDispatcher(t *testing.T, logLevel int) (address Address, logFolder string) {
	t.Helper()
	program, err := exec.LookPath("speech-dispatcher")
	if err != nil {
		t.Skip("speech-dispatcher is not installed")
	}
	dir, err := os.MkdirTemp("", "speech") // The path of a socket may have at most 107 bytes.
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	socket, logFolder := filepath.Join(dir, "socket"), filepath.Join(dir, "log")
	for name, contents := range map[string]string{
		"conf/speechd.conf":           fmt.Sprintf("LogDir %q\nAudioOutputMethod \"libao\"\nAddModule \"espeak-ng\" \"sd_espeak-ng\" \"espeak-ng.conf\"\nDefaultModule espeak-ng\nDefaultVolume 0\nDisableAutoSpawn\n", logFolder),
		"conf/modules/espeak-ng.conf": "EspeakAudioChunkSize 300\n",
		".libao":                      "default_driver=null\n",
		"log/.keep":                   "",
	} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(contents), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	d := exec.CommandContext(t.Context(), program, "--run-single", "--log-level", fmt.Sprint(logLevel), "--communication-method", "unix_socket",
		"--socket-path", socket, "--config-dir", filepath.Join(dir, "conf"), "--pid-file", filepath.Join(dir, "pid"), "--log-dir", logFolder)
	d.Env = []string{"HOME=" + dir, "XDG_RUNTIME_DIR=" + dir, "PATH=" + os.Getenv("PATH")}
	d.Cancel = func() error { return d.Process.Signal(os.Interrupt) }
	d.WaitDelay = 5 * time.Second
	if err := d.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Wait() })
	address = Address("unix:" + socket)
	await(t, "the socket", func() bool {
		c, err := address.Dial(t.Context())
		if err == nil {
			c.Close()
		}
		return err == nil
	})
	return address, logFolder
}

// await waits until something is true.
func await(t *testing.T, what string, isTrue func() bool) {
	t.Helper()
	ticks := time.NewTicker(10 * time.Millisecond)
	defer ticks.Stop()
	deadline := time.After(30 * time.Second)
	for !isTrue() {
		select {
		case <-ticks.C:
		case <-deadline:
			t.Fatalf("waited in vain for %s", what)
		}
	}
}

// safeLogLevel is the log level of the unit that loket systemd speech prints. textLogLevel is a level at which
// speech-dispatcher writes down what it speaks.
const (
	safeLogLevel = 1
	textLogLevel = 5
)

// TestRealDispatcher speaks with the real service: both voices, a text that looks like commands, spelling, all volumes, and an
// interruption.
// It also checks at which log level the service writes down what it speaks.
func TestRealDispatcher(t *testing.T) {
	for _, logLevel := range []int{safeLogLevel, textLogLevel} {
		address, logFolder := startDispatcher(t, logLevel)
		s := New(clock.New(), slog.New(slog.NewTextHandler(t.Output(), nil)), address.Dial)
		s.TurnOn()
		for _, u := range []Utterance{
			{Text: "Waarmee kunnen we je helpen?", Language: text.Dutch},
			{Text: "..\n.\nSET ALL LANGUAGE en\nQUIT <b>&amp;", Language: text.Dutch, Rate: Fastest},
			{Text: "abc-1", Language: text.English, IsSpelt: true},
			{Text: "How can we help you?", Language: text.English, Rate: Slowest},
		} {
			s.Say(u)
			if !s.IsSpeaking() {
				t.Error("is silent")
			}
			await(t, "the end of "+u.Text, func() bool { return !s.IsSpeaking() })
		}
		louder := speakAtVolumes(t, s, 1)
		if softer := speakAtVolumes(t, s, -1); louder != 2 || softer != 4 {
			t.Errorf("%d steps louder, and then %d steps softer", louder, softer)
		}
		s.mu.Lock()
		lastID := s.lastID
		s.mu.Unlock()
		s.Say(Utterance{Text: strings.Repeat("een lange zin, ", 1000), Language: text.Dutch})
		await(t, "the text to be accepted", func() bool { s.mu.Lock(); defer s.mu.Unlock(); return s.lastID == lastID+1 })
		s.Cancel()
		await(t, "the end after an interruption", func() bool { s.mu.Lock(); defer s.mu.Unlock(); return s.endedID == lastID+1 })
		if s.IsLost() {
			t.Error("lost")
		}
		s.Close()
		written := readFolder(t, logFolder)
		if hasText := strings.Contains(written, "kunnen we je helpen"); hasText != (logLevel == textLogLevel) {
			t.Errorf("at log level %d what is spoken is in the log: %t", logLevel, hasText)
		}
	}
}

// speakAtVolumes speaks at each volume that is louder or, if by is negative, softer. It returns their number.
func speakAtVolumes(t *testing.T, s *Speaker, by int) (steps int) {
	t.Helper()
	for s.ChangeVolume(by) {
		steps++
		s.Say(Utterance{Text: "ja", Language: text.Dutch})
		await(t, "the end of a word", func() bool { return !s.IsSpeaking() })
	}
	return steps
}

// readFolder returns the contents of all files in a folder.
func readFolder(t *testing.T, folder string) string {
	t.Helper()
	var all strings.Builder
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		contents, err := os.ReadFile(filepath.Join(folder, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		all.Write(contents)
	}
	return all.String()
}
