package shell

import (
	"fmt"
	"io"
	"os"

	"github.com/alecthomas/kong"
	kongcompletion "github.com/jotaen/kong-completion"
	"github.com/posener/complete"
)

// Asked reports whether a shell runs the program to complete a command line: see
// Answer.
func Asked() bool { return os.Getenv("COMP_LINE") != "" }

// Answer writes how the command line in COMP_LINE can go on, one a line. values has
// the values of the flags and arguments that have a tag such as predictor:"topic".
func Answer(out io.Writer, k *kong.Kong, values map[string][]string) error {
	options := make([]kongcompletion.Option, 0, len(values))
	for name, values := range values {
		options = append(options, kongcompletion.WithPredictor(name, complete.PredictSet(values...)))
	}
	command, err := kongcompletion.Command(k, options...)
	if err != nil {
		return fmt.Errorf("complete a command line: %w", err)
	}
	predictFiles(command, k.Model.Node)
	if d := k.Model.DefaultCmd; d != nil { // whose flags can stand without its name
		command.Flags = command.Sub[d.Name].GlobalFlags
	}
	completion := complete.New(k.Model.Name, command)
	completion.Out = out
	completion.Complete()
	return nil
}

// predictFiles has a command complete the names of files and folders, wherever its help
// asks for one.
func predictFiles(command complete.Command, node *kong.Node) {
	for _, flag := range node.Flags {
		if p := files(flag.PlaceHolder); p != nil {
			command.GlobalFlags["--"+flag.Name] = p
		}
	}
	for i, argument := range node.Positional {
		if p := files(argument.Name); p != nil {
			command.Args.(*kongcompletion.PositionalPredictor).Predictors[i] = p
		}
	}
	for _, child := range node.Children {
		if sub, is := command.Sub[child.Name]; is {
			predictFiles(sub, child)
		}
	}
}

// files returns what completes the names of files, if that is what is asked for by such a
// word, and nil if it is something else.
func files(asked string) complete.Predictor {
	switch asked {
	case "FILE", "file", "WHERE":
		return complete.PredictFiles("*")
	case "DIR":
		return complete.PredictDirs("*")
	}
	return nil
}
