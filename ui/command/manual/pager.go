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

// showText writes a text. It uses a pager if standard output is a terminal on which the text does
// not fit.
func showText(text string, c *console.Console) error {
	terminal, is := c.TerminalWriter().(*os.File)
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
	return writePaged(text, height-1, c.In, c.Out)
}

// findPager returns the command line of the pager that the user wants, or else less. It returns nil
// if neither program exists. It runs no shell.
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

// runPager shows a text in a pager, and waits until the pager ends. With LESSSECURE, the pager less cannot run commands or
// open files (less(1)), because sudo may allow an operator to run only loket as another user. LESSCHARSET is for machines
// without a locale.
func runPager(pager []string, text string, out *os.File) error {
	cmd := exec.Command(pager[0], pager[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(text), out, os.Stderr
	cmd.Env = slices.Concat([]string{"LESSCHARSET=utf-8"}, os.Environ(), []string{"LESSSECURE=1"})
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("run the pager %s: %w", pager[0], err)
	}
	return nil
}

// writePaged writes the given number of lines at a time, and waits for Enter after each part. Any other input ends it.
func writePaged(text string, lines int, in io.Reader, out io.Writer) error {
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
