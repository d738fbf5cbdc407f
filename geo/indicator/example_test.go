package indicator_test

import (
	"fmt"
	"testing"
)

// Is it getting better? A named indicator against the time before.
func ExampleProcess_compare() {
	t := &testing.T{}
	r, err := execute(halves(t), `{"indicator":"incidents","period":"none","datetime":"2018-07-01/2018-12-31","compare":"before"}`)
	c := pick(r, "comparison/total").Record()
	fmt.Printf("%v against %v: %+.0f %% (%+.0f to %+.0f), p %.2f, %v, %v\n", c["now"], c["before"],
		c["percent"].Float(), c["percent_lower"].Float(), c["percent_upper"].Float(), c["p"].Float(), c["heading"], err)
	// Output: 8 against 5: +60 % (-54 to +522), p 0.58, "not shown", <nil>
}
