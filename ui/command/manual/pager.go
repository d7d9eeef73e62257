package manual

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"

	"github.com/charmbracelet/x/term"

	"loket/ui/command/console"
	"loket/ui/shellwords"
)

// showText writes a text: through a pager if the result goes to a terminal on which it does not
// fit, and otherwise as it is.
func showText(text string, c *console.Console) error {
	terminal, is := c.Screen().(*os.File)
	if !is || !console.IsTerminal(terminal) {
		_, err := io.WriteString(c.Out, text)
		return err
	}
	_, height, err := term.GetSize(terminal.Fd())
	if err != nil || strings.Count(text, "\n") < height {
		_, err := io.WriteString(c.Out, text)
		return err
	}
	if pager := findPager(os.Getenv("PAGER")); pager != nil {
		return runPager(pager, text, terminal)
	}
	return writeByScreen(text, height-1, c.In, c.Out)
}

// findPager returns the program that the user wants for a pager and its arguments, or
// else less. It returns nil where neither is there. No shell looks at what the user wants.
func findPager(wanted string) []string {
	words, err := shellwords.Split(wanted)
	if err != nil {
		words = nil
	}
	for _, pager := range [][]string{words, {"less"}} {
		if len(pager) == 0 {
			continue
		}
		if _, err := exec.LookPath(pager[0]); err == nil {
			return pager
		}
	}
	return nil
}

// runPager gives a text to a pager and waits until its user has read it.
//
// An operator may be allowed to run loket as another user, by sudo, and nothing else:
// LESSSECURE has less run no commands and open no files (less(1)). LESSCHARSET is for
// machines on which nothing says that terminals show UTF-8.
func runPager(pager []string, text string, out *os.File) error {
	cmd := exec.Command(pager[0], pager[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(text), out, os.Stderr
	cmd.Env = slices.Concat([]string{"LESSCHARSET=utf-8"}, os.Environ(), []string{"LESSSECURE=1"})
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("run the pager %s: %w", pager[0], err)
	}
	return nil
}

// writeByScreen writes so many lines at a time, and waits for Enter in between. Any other
// line ends it.
func writeByScreen(text string, lines int, in io.Reader, out io.Writer) error {
	answers := bufio.NewScanner(in)
	left := max(lines, 1)
	for line := range strings.Lines(text) {
		if left == 0 {
			if _, err := io.WriteString(out, "-- Enter: more, q: stop -- "); err != nil {
				return err
			}
			if !answers.Scan() || strings.TrimSpace(answers.Text()) != "" {
				return answers.Err()
			}
			left = max(lines, 1)
		}
		if _, err := io.WriteString(out, line); err != nil {
			return err
		}
		left--
	}
	return nil
}
