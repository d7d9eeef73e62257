package shell

import (
	"fmt"
	"io"
	"os"

	"github.com/alecthomas/kong"
	kongcompletion "github.com/jotaen/kong-completion"
	"github.com/posener/complete"
)

// IsCompletionRequest reports whether a shell runs the program to complete a command line.
func IsCompletionRequest() bool { return os.Getenv("COMP_LINE") != "" }

// WriteCompletions writes the completions of the command line in COMP_LINE, one a line. values has the possible values of
// flags and arguments, under the name in their predictor tag, such as predictor:"topic".
func WriteCompletions(out io.Writer, k *kong.Kong, values map[string][]string) error {
	options := make([]kongcompletion.Option, 0, len(values))
	for name, values := range values {
		options = append(options, kongcompletion.WithPredictor(name, complete.PredictSet(values...)))
	}
	command, err := kongcompletion.Command(k, options...)
	if err != nil {
		return fmt.Errorf("complete a command line: %w", err)
	}
	predictFiles(command, k.Model.Node)
	if d := k.Model.DefaultCmd; d != nil { // The flags of the default command can be used without its name.
		command.Flags = command.Sub[d.Name].GlobalFlags
	}
	completion := complete.New(k.Model.Name, command)
	completion.Out = out
	completion.Complete()
	return nil
}

// predictFiles makes a command complete the names of files and folders, for flags and arguments
// whose placeholder is a file or a folder.
func predictFiles(command complete.Command, node *kong.Node) {
	for _, flag := range node.Flags {
		if p := filePredictor(flag.PlaceHolder); p != nil {
			command.GlobalFlags["--"+flag.Name] = p
		}
	}
	for i, argument := range node.Positional {
		if p := filePredictor(argument.Name); p != nil {
			command.Args.(*kongcompletion.PositionalPredictor).Predictors[i] = p
		}
	}
	for _, child := range node.Children {
		if sub, is := command.Sub[child.Name]; is {
			predictFiles(sub, child)
		}
	}
}

// filePredictor returns the function that completes names of files or folders, for the placeholder of a flag. It returns nil
// for other placeholders.
func filePredictor(asked string) complete.Predictor {
	switch asked {
	case "FILE", "file", "WHERE":
		return complete.PredictFiles("*")
	case "DIR":
		return complete.PredictDirs("*")
	}
	return nil
}
