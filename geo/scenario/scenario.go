// Package scenario answers what would be if: a named, dated list of changes on
// a world that stays as it is.
//
// A scenario is a document of the kind [DocKind]. [Apply] makes a Snapshot that
// is never published, in which its changes have happened: it shares all that
// they leave alone, the road graph too, so that every question there is can be
// asked of it. A record that the reader may not see is as if it were not there,
// also where a change names it.
//
// [Process] puts numbers to one scenario, [CompareProcess] several beside the
// base line: the five factors of a threat- and risk-sensitive footprint
// (Secretary-General's report of 2018, paragraph 31), apart and together.
package scenario

import (
	"github.com/paulmach/orb"

	"bivouac/geo"
)

// DocKind is the kind of the documents that hold scenarios.
const DocKind = "scenario"

// Act is what a change does.
type Act string

// The acts.
const (
	Close       Act = "close"        // a base is closed; what stands at it is withdrawn
	Open        Act = "open"         // a base that is planned or closed opens, or a new one
	Move        Act = "move"         // a base moves, with what stands at it
	Merge       Act = "merge"        // a base closes, and its people and assets go to another
	Edit        Act = "change"       // a base is changed: strength, medical level, hub ...
	MoveAsset   Act = "move_asset"   // to a base, or a place
	AddAsset    Act = "add_asset"    // a new one, at a base or a place
	EditAsset   Act = "change_asset" // an asset is changed: notice, count ...
	OpenRoute   Act = "open_route"   // all year round
	CloseRoute  Act = "close_route"  //
	ClearHazard Act = "clear_hazard" //
)

// Change is one act. Keys below 0 name what an earlier change of the scenario
// adds: -2 is what change 2 adds.
type Change struct {
	Act        Act
	Target     geo.Key // 0 where the act takes none
	Name       string  // what the target is thought to be; says so where it is another
	Into       geo.Key // a base: to merge into, or at which an asset is to stand; 0 for none
	To         orb.Geometry
	Collection string     // of a road
	Fields     geo.Values // as JSON gives them; the collection's schema says what they are
	On         geo.Value  // the day from which it holds; null for from the start
	Note       string
}

// Scenario is what a document of [DocKind] says.
type Scenario struct {
	Title   string
	Note    string
	Date    geo.Value // as of which it is looked at where nothing else is asked; null for after all changes
	Changes []Change
	Mission string // of what it adds; "" leaves that to all missions

	Doc *geo.Doc // nil for changes that are no document
	key string
}

// FirstNew is the key of what the first change adds, if it does; that of change
// n is FirstNew+n-1. No store gives such a key, and JSON keeps it whole.
const FirstNew geo.Key = 1 << 52

func newKey(change int) geo.Key { return FirstNew + geo.Key(change) - 1 }
