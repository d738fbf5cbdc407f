package scenario

import (
	"context"

	"bivouac/geo"
	"bivouac/geo/process"
)

// Supposed is a world in which a scenario has happened.
type Supposed struct {
	Title string // "As it is" for the base line
	World process.World
	Doc   *geo.Doc // that it was read from; nil for changes alone, and for the base line
}

// Suppose returns the world of the scenario of a name, as the input of an
// evaluation takes it, or of changes on what is; that of neither is w.
func (k *Tools) Suppose(ctx context.Context, w process.World, name string, changes []geo.Value) (Supposed, error) {
	o, err := k.option(ctx, w, name, changes, geo.Value{})
	if err != nil {
		return Supposed{}, err
	}
	return Supposed{Title: o.name, World: o.world, Doc: o.doc}, nil
}
