package ssh

import (
	"context"
	"fmt"
	"io"
	"strconv"
)

// echo is an operator's command that writes its arguments and input back. "fail 7" fails with exit code 7.
func echo(_ context.Context, c Command) int {
	fmt.Fprintf(c.Out, "%q", c.Args)
	switch c.Args[0] {
	case "import":
		_, _ = io.Copy(c.Out, c.In)
	case "fail":
		fmt.Fprintln(c.Err, "it fails")
		code, _ := strconv.Atoi(c.Args[1])
		return code
	}
	return 0
}
