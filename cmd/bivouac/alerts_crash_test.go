//go:build linux

package main

import (
	"math/rand/v2"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// TestNoAlertIsLostToAKill kills real servers between a commit and the look at
// it, at any moment: in the end each record that was acknowledged has raised
// its alert, and once.
func TestNoAlertIsLostToAKill(t *testing.T) {
	bin, store := binary(t), filepath.Join(t.TempDir(), "mission.gpkg")
	p := launch(t, bin, store)
	putRule(t, p.address+"/api/documents/alert-rule/all", `{"title":"All","body":{"collection":"places"}}`)
	var mu sync.Mutex
	acknowledged := map[int64]bool{}
	one := object{"op": "add", "collection": "places", "feature": object{"type": "Feature", "geometry": nil, "properties": object{"name": "x"}}}
	for range 5 {
		var clients sync.WaitGroup
		for range 3 {
			clients.Go(func() {
				var answer struct{ Keys []int64 }
				for post(p.address, "/api/changes", object{"changes": []object{one}}, &answer) == nil {
					mu.Lock()
					acknowledged[answer.Keys[0]] = true
					mu.Unlock()
				}
			})
		}
		time.Sleep(time.Duration(30+rand.IntN(150)) * time.Millisecond)
		p.kill()
		clients.Wait()
		p = launch(t, bin, store)
	}
	there := len(places(t, p.address, ""))
	var told map[int64]int
	for range 1000 {
		if told = toldKeys(t, p.address); len(told) == there {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	for key, n := range told {
		if n != 1 {
			t.Errorf("record %d raised %d alerts", key, n)
		}
	}
	for key := range acknowledged {
		if told[key] == 0 {
			t.Errorf("record %d was acknowledged, and raised nothing", key)
		}
	}
	if len(told) != there || len(acknowledged) < 20 {
		t.Errorf("%d records of %d raised alerts, %d were acknowledged", len(told), there, len(acknowledged))
	}
	t.Logf("%d records in six lives", there)
}

func putRule(t *testing.T, address, body string) {
	t.Helper()
	r, err := http.NewRequest(http.MethodPut, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultClient.Do(r)
	if err != nil || answer.StatusCode >= 300 {
		t.Fatalf("%v %v", answer, err)
	}
	answer.Body.Close()
}

// toldKeys counts the alerts of each record.
func toldKeys(t *testing.T, address string) map[int64]int {
	t.Helper()
	out := map[int64]int{}
	next := address + "/api/alerts?limit=1000"
	for next != "" {
		var page struct {
			Features []struct{ Properties struct{ Key int64 } }
			Links    []struct{ Rel, Href string }
		}
		getJSON(t, next, &page)
		next = ""
		for _, f := range page.Features {
			out[f.Properties.Key]++
		}
		for _, link := range page.Links {
			if link.Rel == "next" {
				next = link.Href
			}
		}
	}
	return out
}
