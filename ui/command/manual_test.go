package command

import (
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"loket/store"
	"loket/ui/command/dispatch"
	"loket/ui/command/manual"
)

// TestManualCommands parses every command in the manual, in README.md and in CONTRIBUTING.md, including commands within a
// sentence and commands that operators run over SSH.
func TestManualCommands(t *testing.T) {
	texts := documents(t)
	inFolder(t)
	parser, err := dispatch.NewParser(&commandLine{}, io.Discard, func(int) {})
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for name, text := range texts {
		for _, p := range pipelines(text) {
			for _, s := range p.stages {
				grammar, args, is := s.ofLoket()
				if !is {
					continue
				}
				found++
				if err := parses(grammar, args); err != nil {
					t.Errorf("%s: %s: %v", name, p.line, err)
				}
			}
		}
		for _, mention := range mentions.FindAllStringSubmatch(text, -1) {
			found++
			if problem := problemWith(parser.Model.Node, strings.Fields(mention[1])); problem != "" {
				t.Errorf("%s: %s: %s", name, mention[0], problem)
			}
		}
	}
	if found < 100 {
		t.Errorf("found only %d commands", found)
	}
}

// TestManualRuns runs every command that needs only a folder with a database, text by text and in order.
func TestManualRuns(t *testing.T) {
	unfit := map[string]string{ // unfit maps the commands that cannot run unchanged to the reasons.
		`loket customer unpair --db desk.db --phone "My phone" K1000001`: "there is no such phone",
		"loket outbox drop --db desk.db --yes 17":                        "there is no such message",
		"loket config check loket.toml":                                  "the files that it names are not there",
		"loket retention --db desk.db --dry-run":                         "the database must be a day old",
	}
	skipped := map[string]bool{}
	for name, text := range documents(t) {
		t.Run(name, func(t *testing.T) {
			inFolder(t)
			for _, p := range pipelines(text) {
				switch {
				case !p.needsFolderAlone():
				case unfit[p.line] != "":
					skipped[p.line] = true
				default:
					p.run(t)
				}
			}
		})
	}
	for line := range unfit {
		if !skipped[line] {
			t.Errorf("%q is said to be unfit, and is in no text", line)
		}
	}
}

// markdown returns the pages of the manual that are in Markdown.
func markdown() []manual.Page {
	return slices.DeleteFunc(manual.Pages(), func(p manual.Page) bool { return p.Topic == "alerts" })
}

// documents returns all texts that contain commands, by name.
func documents(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, page := range markdown() {
		all["manual "+page.Topic] = page.Text
	}
	for _, name := range []string{"README.md", ".github/CONTRIBUTING.md"} {
		text, err := os.ReadFile(filepath.Join("../..", name))
		if err != nil {
			t.Fatal(err)
		}
		all[name] = string(text)
	}
	return all
}

// mentions matches commands within a sentence, such as `loket outbox retry`.
var mentions = regexp.MustCompile("`loket ([^`]+)`")

// TestManualFlags checks that every flag in a text is a flag of a command.
func TestManualFlags(t *testing.T) {
	parser, err := dispatch.NewParser(&commandLine{}, io.Discard, func(int) {})
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	if err := kong.Visit(parser.Model, func(node kong.Visitable, next kong.Next) error {
		if flag, is := node.(*kong.Flag); is {
			known["--"+flag.Name] = true
		}
		return next(nil)
	}); err != nil {
		t.Fatal(err)
	}
	for name, text := range documents(t) {
		for _, flag := range flags.FindAllStringSubmatch(text, -1) {
			if !known[flag[1]] && !strings.HasSuffix(flag[1], "-") { // A flag that ends in - stands for several flags.
				t.Errorf("%s speaks of %s, which no command has", name, flag[1])
			}
		}
	}
}

// flags matches flags within a sentence, such as `--lang en`.
var flags = regexp.MustCompile("`(--[a-z-]+)")

// TestManualKinds checks that the page about importing names every kind of product.
func TestManualKinds(t *testing.T) {
	for _, kind := range store.ProductKinds {
		if !strings.Contains(page(t, "import").Text, string(kind)) {
			t.Errorf("the manual does not say that a product can be a %s", kind)
		}
	}
}

// problemWith returns the error of a command within a sentence, whose arguments may be left out. node is the node of loket in
// the grammar.
func problemWith(node *kong.Node, words []string) string {
	for i, word := range words {
		if name, is := strings.CutPrefix(word, "--"); is {
			if !hasFlag(node, name) {
				return "there is no flag " + word
			}
			continue
		}
		at := slices.IndexFunc(node.Children, func(n *kong.Node) bool { return n.Name == word })
		if at < 0 && len(node.Children) > 0 {
			return "there is no command " + word
		}
		if at < 0 {
			return wrongTopic(words[i-1], word)
		}
		node = node.Children[at]
	}
	return ""
}

// hasFlag reports whether a command, or a command above it, has a flag. Directly after loket, the flag may also be a flag of
// kiosk.
func hasFlag(node *kong.Node, name string) bool {
	name, _, _ = strings.Cut(name, "=")
	if node.Parent == nil && node.DefaultCmd != nil {
		node = node.DefaultCmd
	}
	for _, group := range node.AllFlags(false) {
		if slices.ContainsFunc(group, func(f *kong.Flag) bool { return f.Name == name }) {
			return true
		}
	}
	return false
}

// wrongTopic returns an error text if the manual does not have a topic, and otherwise "".
func wrongTopic(command, topic string) string {
	known := slices.ContainsFunc(manual.Pages(), func(p manual.Page) bool { return p.Topic == topic })
	if command == "manual" && !known && topic != strings.ToUpper(topic) { // TOPIC is a placeholder.
		return "the manual has no page " + topic
	}
	return ""
}

// parses parses a command without running it.
func parses(grammar any, args []string) error {
	exited := false // exited becomes true after --help or --version.
	parser, err := dispatch.NewParser(grammar, io.Discard, func(int) { exited = true })
	if err != nil {
		return err
	}
	if _, err := parser.Parse(args); err != nil && !exited {
		return err
	}
	return nil
}

// inFolder changes to a folder with the files of the page about importing, and a database into which they are imported.
func inFolder(t *testing.T) {
	t.Helper()
	t.Chdir(t.TempDir())
	var customers strings.Builder
	for line := range strings.Lines(page(t, "import").Text) {
		if record, is := strings.CutPrefix(line, "    {"); is {
			customers.WriteString("{" + record)
		}
	}
	if err := os.WriteFile("customers.jsonl", []byte(customers.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	_, example, _ := strings.Cut(page(t, "settings").Text, "by their names:\n\n")
	example, _, _ = strings.Cut(example, "\n\nA table")
	if err := os.WriteFile("loket.toml", []byte(strings.ReplaceAll(example, "\n    ", "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	pipeline{line: "import", stages: []stage{{"loket", "import", "--db", "desk.db", "customers.jsonl"}}}.run(t)
}

func page(t *testing.T, topic string) manual.Page {
	t.Helper()
	for _, p := range manual.Pages() {
		if p.Topic == topic {
			return p
		}
	}
	t.Fatalf("the manual has no page %s", topic)
	return manual.Page{}
}
