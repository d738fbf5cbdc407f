package api_test

import (
	"net/http"
	"strings"
	"testing"

	"bivouac/api"
)

func TestQMLStyles(t *testing.T) {
	s, _ := serve(t, api.Config{}, append(builtin(t), mixed(t))...)
	w := get(s, "/api/styles/incidents?f=qml")
	if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "application/x-qgis-layer-settings" || !strings.Contains(w.Body.String(), `filter="&#34;outcome&#34; = &#39;detonated&#39;"`) {
		t.Errorf("%d %v\n%s", w.Code, w.Header(), w.Body)
	}
	if again := get(s, "/api/styles/incidents?f=qml", "If-None-Match", w.Header().Get("Etag")); again.Code != http.StatusNotModified {
		t.Errorf("the same again: %d", again.Code)
	}
	if dark := get(s, "/api/collections/incidents/styles/incidents?f=qml&theme=dark"); dark.Code != http.StatusOK || dark.Body.String() == w.Body.String() {
		t.Errorf("in the dark: %d", dark.Code)
	}
	for _, target := range []string{"/api/styles/mixed?f=qml", "/api/styles/incidents?f=QML", "/api/styles/incidents?f=qml&theme=blue"} {
		if w := get(s, target); w.Code != http.StatusBadRequest {
			t.Errorf("%s: %d", target, w.Code)
		}
	}
	if list := get(s, "/api/styles").Body.String(); strings.Contains(list, "/styles/mixed?f=qml") || !strings.Contains(list, "/styles/incidents?f=qml") {
		t.Errorf("the list links to %s", list)
	}
}
