package manual

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"loket/ui/command/commandtest"
	"loket/ui/command/console"
)

// widest is the maximum number of columns of prose, so that it fits on a terminal of 80 columns.
const widest = 80

// TestPages checks that each page has a title, and that its prose is readable as plain text: it has no tables, and no links in
// brackets.
func TestPages(t *testing.T) {
	pages := Pages()
	if len(pages) < 15 {
		t.Fatalf("there are only %d pages", len(pages))
	}
	for _, p := range pages {
		if p.Title == "" || len(p.Topic) >= topicWidth {
			t.Errorf("%s is called %q", p.Topic, p.Title)
		}
		if p.Topic == alertsPage.Topic {
			continue
		}
		if !strings.HasPrefix(p.Text, "# "+p.Title+"\n\n") || !strings.HasSuffix(p.Text, "\n") {
			t.Errorf("%s does not begin with its title and end with a line", p.Topic)
		}
		for line := range strings.Lines(p.Text) {
			line = strings.TrimSuffix(line, "\n")
			if strings.HasPrefix(line, "    ") {
				continue // This line is a command or part of a file, which must not be wrapped.
			}
			if utf8.RuneCountInString(line) > widest || strings.HasPrefix(line, "|") || strings.Contains(line, "](") {
				t.Errorf("%s: %s", p.Topic, line)
			}
		}
	}
}

// TestSubjects checks that there is a page about each task of operators.
func TestSubjects(t *testing.T) {
	list := "\n" + contentsText()
	for _, topic := range []string{"mail", "phones", "ssh", "cluster", "import", "backup", "audit", "limits", "systemd", "monitoring", "security", "alerts", "accessibility", "toegankelijkheid"} {
		if !strings.Contains(list, "\n"+topic+" ") {
			t.Errorf("there is no page about %s", topic)
		}
	}
}

// TestManual checks that a page is written to a pipe unchanged, and that an unknown topic is wrong usage.
func TestManual(t *testing.T) {
	for _, test := range []struct {
		command ManualCommand
		want    string
	}{
		{ManualCommand{Topic: "backup"}, "# Backups, checks and keys\n"},
		{ManualCommand{Topic: "alerts"}, "# Alerting rules for Prometheus"},
		{ManualCommand{List: true}, "accessibility "},
		{ManualCommand{}, "accessibility "},
	} {
		s := commandtest.New("")
		if err := test.command.Run(s.Console); err != nil || !strings.HasPrefix(s.Stdout.String(), test.want) {
			t.Errorf("%+v: %v, wrote %.40q", test.command, err, s.Stdout.String())
		}
	}
	s := commandtest.New("")
	err := (&ManualCommand{Topic: "back"}).Run(s.Console)
	if _, is := err.(console.UsageError); !is || !strings.Contains(err.Error(), "backup, cluster") || s.Stdout.Len() > 0 {
		t.Errorf("a topic that there is none of: %v, wrote %q", err, s.Stdout.String())
	}
}

// TestByScreen checks the output page by page, without a pager.
func TestByScreen(t *testing.T) {
	const ask = "-- Enter: more, q: stop -- "
	for _, test := range []struct {
		text, in string
		lines    int
		want     string
	}{
		{"1\n2\n3\n", "", 3, "1\n2\n3\n"},
		{"1\n2\n3\n", "\n", 2, "1\n2\n" + ask + "3\n"},
		{"1\n2\n3\n4\n5\n", "\nq\n", 2, "1\n2\n" + ask + "3\n4\n" + ask},
		{"1\n2\n3\n", "", 2, "1\n2\n" + ask},
		{"1\n2\n", "\n", 0, "1\n" + ask + "2\n"},
	} {
		var out strings.Builder
		if err := writePaged(test.text, test.lines, strings.NewReader(test.in), &out); err != nil || out.String() != test.want {
			t.Errorf("%q by %d lines: %v, wrote %q", test.text, test.lines, err, out.String())
		}
	}
}

// TestPager checks that the user's pager runs with its arguments, and without a shell.
func TestPager(t *testing.T) {
	bin := t.TempDir()
	t.Setenv("PATH", bin)
	if pager := findPager("reader -x"); pager != nil {
		t.Errorf("found the pager %q, and there is none", pager)
	}
	for _, name := range []string{"reader", "less"} {
		script := "#!/bin/sh\necho \"$@\" secure=$LESSSECURE\n/bin/cat\n"
		if err := os.WriteFile(filepath.Join(bin, name), []byte(script), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	for wanted, want := range map[string]string{
		"reader -x 'a b'": "reader|-x|a b",
		"":                "less",
		"gone":            "less",
		"'":               "less",
		"gone; reader":    "less", // No program has the name gone.
		"reader; touch x": "less",
		"reader $(x) |x":  "reader|$(x)||x",
	} {
		if got := strings.Join(findPager(wanted), "|"); got != want {
			t.Errorf("%q is the pager %q, and not %q", wanted, got, want)
		}
	}
	out, err := os.Create(filepath.Join(t.TempDir(), "out"))
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	if err := runPager([]string{"reader", "-x", "$(touch x)"}, "the page\n", out); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(out.Name()); err != nil || string(got) != "-x $(touch x) secure=1\nthe page\n" {
		t.Errorf("the pager wrote %q, %v", got, err)
	}
}
