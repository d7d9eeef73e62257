package shell

import (
	"fmt"
	"os"
	"regexp"
	"strings"

	"github.com/alecthomas/kong"

	"loket/ui/command/console"
)

// CompletionCommand is the command that prints the script that makes a shell complete command lines.
type CompletionCommand struct {
	Shell   string `arg:"" enum:"bash,zsh,fish" help:"Which shell: bash, zsh or fish."`
	Program string `placeholder:"FILE" help:"Where the program will be, such as /usr/bin/loket in a package. By default it is where it is now."`
}

// Help returns the detailed help of the command.
func (CompletionCommand) Help() string {
	return `The shell then completes commands, flags, their values and files, and never anything out of a database. For this shell alone:

    source <(loket completion bash)
    source <(loket completion zsh)
    loket completion fish | source

For every one that opens: loket completion bash > ~/.local/share/bash-completion/completions/loket`
}

// completionScripts has, for each shell, a script that runs the program to complete a line. %[1]s is the name of the program, and %[2]s
// its path. The program finds the line in COMP_LINE, as with bash.
var completionScripts = map[string]string{
	"bash": "complete -o default -C %[2]s %[1]s\n",
	"zsh": `#compdef %[1]s
autoload -U +X bashcompinit && bashcompinit
complete -o default -C %[2]s %[1]s
`,
	"fish": `function __complete_%[1]s
    set -lx COMP_LINE (commandline -cp)
    %[2]s
end
complete -c %[1]s -f -a "(__complete_%[1]s)"
`,
}

// Run prints the script.
func (s *CompletionCommand) Run(c *console.Console, k *kong.Kong) error {
	program := s.Program
	if program == "" {
		var err error
		if program, err = os.Executable(); err != nil {
			return fmt.Errorf("find this program: %w", err)
		}
	}
	_, err := fmt.Fprintf(c.Out, completionScripts[s.Shell], k.Model.Name, quoteWord(program))
	return err
}

// quoteWord quotes a word in a way that bash, zsh and fish all understand.
func quoteWord(word string) string {
	if unquotedPattern.MatchString(word) {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

// unquotedPattern matches words that need no quotes in any shell.
var unquotedPattern = regexp.MustCompile(`^[/A-Za-z0-9_.+-]+$`)
