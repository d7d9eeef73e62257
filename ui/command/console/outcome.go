package console

// An Outcome prints what a command did, in sentences or as JSON.
type Outcome struct {
	JSON bool `name:"json" help:"Tell what was done as JSON."`
}

// Tell writes facts as JSON to standard output if --json is given. Otherwise it prints the sentences as notices.
func (o Outcome) Tell(c *Console, facts any, sentences ...string) error {
	if o.JSON {
		if err := c.JSON(facts); err != nil {
			return err
		}
		return c.ResultError("it was done")
	}
	for _, s := range sentences {
		c.PrintNotice("%s", s)
	}
	return nil
}

// TellBeside is like Tell, but it writes JSON to standard error. It is for commands that write a file to standard output.
func (o Outcome) TellBeside(c *Console, facts any, sentences ...string) error {
	beside := *c
	beside.Out = c.Err
	return o.Tell(&beside, facts, sentences...)
}
