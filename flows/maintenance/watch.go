package maintenance

import "context"

// watchStore checks until ctx is done that the store can still commit to the file that the next process will open. It logs
// each change of the result. If the check closes the store, the desk ends with an error.
func (r *Runner) watchStore(ctx context.Context) {
	well := true
	for r.Clock.Wait(ctx, watchInterval) == nil {
		err := r.Store.CheckWritable(ctx)
		switch {
		case ctx.Err() != nil:
			return
		case err != nil && well:
			r.Log.Error("the store keeps no changes", "error", err, "again", watchInterval)
		case err == nil && !well:
			r.Log.Info("the store keeps changes again")
		}
		well = err == nil
	}
}
