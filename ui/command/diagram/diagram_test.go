package diagram

import (
	"errors"
	"strings"
	"testing"

	"loket/flows"
	"loket/ui/command/commandtest"
	"loket/ui/command/console"
)

func TestFlows(t *testing.T) {
	for _, name := range []string{"log in", "log-in"} {
		c := commandtest.New("")
		if err := (&FlowsCommand{Name: name}).Run(c.Console); err != nil || !strings.HasPrefix(c.Stdout.String(), "stateDiagram-v2\n    [*] --> ask_credentials\n") {
			t.Errorf("%s: %v\n%s", name, err, c.Stdout.String())
		}
	}
	c := commandtest.New("")
	err := (&FlowsCommand{Name: "fly"}).Run(c.Console)
	if _, is := errors.AsType[console.UsageError](err); !is || !strings.Contains(err.Error(), "log-in") {
		t.Errorf("says %v", err)
	}
	if err := (&FlowsCommand{}).Run(c.Console); err != nil || strings.Count(c.Stdout.String(), "```mermaid\n") != len(flows.FlowPlaces())+len(flows.ServiceFlowPlaces()) {
		t.Errorf("%v\n%s", err, c.Stdout.String())
	}
}
