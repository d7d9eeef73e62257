package maintenance

import "context"

// watchStore looks, until ctx is done, whether the store keeps what it is given where the
// next process will find it. It logs each change for the worse and for the better. A
// store that ends over what is found ends the desk, with an error.
func (r *Runner) watchStore(ctx context.Context) {
	well := true
	for r.Clock.Wait(ctx, watching) == nil {
		err := r.Store.Look(ctx)
		switch {
		case ctx.Err() != nil:
			return
		case err != nil && well:
			r.Log.Error("the store keeps no changes", "error", err, "again", watching)
		case err == nil && !well:
			r.Log.Info("the store keeps changes again")
		}
		well = err == nil
	}
}
