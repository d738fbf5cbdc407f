package main

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
)

// TestBadPlans asks a running server what planners get wrong: each answer holds a
// sentence that says what, and where.
func TestBadPlans(t *testing.T) {
	server := startServer(t)
	const mali = `"bases_filter":"mission = 'MINUSMA'","collection":"incidents","filter":"mission = 'MINUSMA'","weight":"none"`
	every := make([]string, 0, 14)
	for _, key := range []string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14"} {
		every = append(every, `{"act":"close","target":`+key+`}`)
	}
	many := strings.Repeat(`{"type":"Point","coordinates":[2,15]},`, 100_000)
	for _, c := range []struct{ desc, id, inputs, says string }{
		{"closes every base", "scenario-evaluate", `"bases":"mission = 'MINUSMA'","changes":[` + strings.Join(every, ",") + `]`, "nobody is reached by anybody"},
		{"moves one into the sea", "scenario-evaluate", `"changes":[{"act":"move","target":4,"to":{"type":"Point","coordinates":[-20,14]}}]`, "from the nearest road: in the sea"},
		{"merges over capacity", "scenario-evaluate", `"changes":[{"act":"merge","target":2,"into":14}]`, "too many"},
		{"names a base deleted since", "scenario-evaluate", `"changes":[{"act":"close","target":99999}]`, "There is no record 99999 in bases for you: it may have been deleted since"},
		{"more to keep than are asked for", "siting", mali + `,"number":2,"keep":[1,2,3]`, "3 bases are to be kept, and no more than 2 sites are asked for; raise the number or keep fewer"},
		{"a limit that nothing meets", "siting", mali + `,"number":11,"medical_min":120`, "cannot be met, whatever is chosen: surgery within 120 minutes (medical_min); with every site that may be chosen 694 of 1128 places have it, 0.615 of the weight: give more minutes, or ask for a smaller share by least_surgery"},
		{"limits that conflict", "siting", mali + `,"number":2,"medical_min":120,"least_surgery":0.6,"budget":1e12`, "these cannot be met together: surgery within 120 minutes (medical_min) for at least 0.6 of the weight (least_surgery); no more than 2 sites (number); any one of them loosened is of help"},
		{"100,000 candidates", "siting", mali + `,"number":3,"candidates":[` + many[:len(many)-1] + `]`, "more than 1 MiB, which is the most that is taken here; name a collection and a filter in place of a long list"},
		{"unreachable demand", "siting", `"bases_filter":"mission = 'MINUSMA'","bbox":[-12,10,5,25],"number":8,"by":"road"`, "have no way from any site"},
		{"by air without an area", "coverage", `"by":"air"`, "draw one, or name a mission that has one"},
	} {
		resp, err := http.Post(server+"/api/processes/"+c.id+"/execution", "application/json", strings.NewReader(`{"inputs":{`+c.inputs+`}}`))
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if err != nil || resp.StatusCode >= http.StatusInternalServerError || !strings.Contains(plainText(body), c.says) {
			t.Errorf("%s: %d %.600s, %v", c.desc, resp.StatusCode, said(body), err)
		}
	}
}

// plainText is an answer as its reader sees it, not as JSON escapes it.
func plainText(body []byte) string {
	return strings.NewReplacer(`\u0026`, "&", `\u003c`, "<", `\u003e`, ">").Replace(string(body))
}

// said is what an answer says in words.
func said(body []byte) string {
	var answer struct {
		Detail   string
		Envelope struct{ Warnings []string }
	}
	if json.Unmarshal(body, &answer) != nil {
		return string(body)
	}
	return answer.Detail + strings.Join(answer.Envelope.Warnings, " ")
}
