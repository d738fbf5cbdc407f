package params

import (
	"strings"

	"bivouac/geo"
)

// ScenarioParameter asks for what would be in a scenario.
const ScenarioParameter = "scenario"

// ParseScenario reads the scenario alone, whatever else stands in the query; ""
// for none.
func ParseScenario(raw string) (string, error) {
	if !strings.Contains(raw, ScenarioParameter) && !strings.Contains(raw, "%") {
		return "", nil
	}
	q, err := ParseQuery(raw)
	if err != nil {
		return "", err
	}
	name, given := q.Take(ScenarioParameter)
	if given && name == "" {
		return "", geo.Errorf(geo.Invalid, ScenarioParameter, "must be the id of a scenario, or its changes as a JSON list; leave it out for what is")
	}
	return name, nil
}
