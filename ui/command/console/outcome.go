package console

// An Outcome is how a command that changes something tells what it did: in sentences, or as
// JSON.
type Outcome struct {
	JSON bool `name:"json" help:"Tell what was done as JSON."`
}

// Tell tells it: facts as a result in JSON, or else the sentences.
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

// TellBeside is Tell for a command whose result is a file: the facts go beside it, to standard
// error.
func (o Outcome) TellBeside(c *Console, facts any, sentences ...string) error {
	beside := *c
	beside.Out = c.Err
	return o.Tell(&beside, facts, sentences...)
}
