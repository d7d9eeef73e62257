package command

import (
	"bytes"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"loket/ui/exitcode"
	"loket/ui/shellwords"
)

// A pipeline is a shell command line with one or more programs.
type pipeline struct {
	line   string
	stages []stage
	from   string // from is the file that the first program reads.
	to     string // to is the file that the last program writes.
}

// A stage is one program of a pipeline, with its arguments.
type stage []string

// pipelines returns the command lines in a text: lines that are indented, or between fences.
func pipelines(text string) (all []pipeline) {
	fenced := false
	for line := range strings.Lines(strings.ReplaceAll(text, "\\\n", " ")) {
		if strings.HasPrefix(line, "```") {
			fenced = !fenced
			continue
		}
		code, indented := strings.CutPrefix(line, "    ")
		if !fenced && !indented {
			continue
		}
		if words, err := shellwords.Split(code); err == nil && len(words) > 0 {
			all = append(all, newPipeline(strings.TrimSpace(code), words))
		}
	}
	return all
}

// newPipeline parses a command line that is split into words.
func newPipeline(line string, words []string) pipeline {
	p := pipeline{line: line, stages: []stage{nil}}
	for i := 0; i < len(words); i++ {
		last := len(p.stages) - 1
		next := ""
		if i+1 < len(words) {
			next = words[i+1]
		}
		switch words[i] {
		case "|":
			p.stages = append(p.stages, nil)
		case "<":
			p.from, i = next, i+1
		case ">":
			p.to, i = next, i+1
		default:
			if len(p.stages[last]) == 0 && assignment.MatchString(words[i]) {
				continue
			}
			p.stages[last] = append(p.stages[last], words[i])
		}
	}
	return p
}

// assignment matches an environment variable before a command.
var assignment = regexp.MustCompile(`^[A-Z_]+=`)

// ofLoket returns the grammar and the arguments of a loket command. An operator may run the command over SSH.
func (s stage) ofLoket() (grammar any, args []string, is bool) {
	switch {
	case len(s) > 0 && s[0] == "loket":
		return &commandLine{}, s[1:], true
	case len(s) > 2 && s[0] == "go" && s[1] == "run" && s[2] == ".":
		return &commandLine{}, s[3:], true
	case len(s) > 0 && s[0] == "ssh":
		args = s.remote()
		// Other commands are those of visitors.
		return &operatorCommands{}, args, len(args) > 0 && args[0] != "help" && args[0] != "plain"
	}
	return nil, nil, false
}

// remote returns the command that ssh runs on the other machine.
func (s stage) remote() []string {
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case "-p", "-i", "-o", "-L":
			i++
		case "-t":
		default: // This argument is the host.
			return s[i+1:]
		}
	}
	return nil
}

// needsFolderAlone reports whether a pipeline can run with only a folder: it uses no other machine, no file elsewhere, and no
// desk that stays open.
func (p pipeline) needsFolderAlone() bool {
	ours := false
	for _, s := range p.stages {
		if len(s) == 0 || s[0] != "loket" && s[0] != "echo" {
			return false
		}
		if s[0] == "loket" {
			ours = true
			if len(s) == 1 || strings.HasPrefix(s[1], "-") || s[1] == "kiosk" || s[1] == "serve" {
				return false
			}
		}
		if slices.ContainsFunc(s, func(word string) bool { return strings.HasPrefix(word, "/") || strings.HasPrefix(word, "etcd://") }) {
			return false
		}
	}
	return ours && !strings.HasPrefix(p.from, "/") && !strings.HasPrefix(p.to, "/")
}

// run runs the programs of a pipeline one after the other. They must succeed. It answers questions for the ID of a customer.
func (p pipeline) run(t *testing.T) {
	t.Helper()
	in := []byte("K1000001\n")
	if p.from != "" {
		text, err := os.ReadFile(p.from)
		if err != nil {
			t.Fatalf("%s: %v", p.line, err)
		}
		in = text
	}
	for _, s := range p.stages {
		var out, said bytes.Buffer
		if s[0] == "echo" {
			out.WriteString(strings.Join(s[1:], " ") + "\n")
		} else if code := Main(t.Context(), s[1:], bytes.NewReader(in), &out, &said); code != exitcode.Done {
			t.Errorf("%s: exit code %d, %s", p.line, code, &said)
		}
		in = out.Bytes()
	}
	if p.to == "" {
		return
	}
	if err := os.WriteFile(p.to, in, 0o600); err != nil {
		t.Errorf("%s: %v", p.line, err)
	}
}
