package callback_test

import (
	"fmt"
	"strings"
	"testing"

	"bivouac/api/callback"
)

func TestWebhooks(t *testing.T) {
	w, err := callback.ParseWebhooks(map[string]string{"ops": "https://desk.example/hook?key=SECRET", "camp": "http://10.0.0.4/x"})
	if err != nil || fmt.Sprint(w.Names()) != "[camp ops]" || w.Hosts().Check("", "http://10.0.0.4:80/y") != nil || w.Hosts().Check("", "http://desk.example/") == nil {
		t.Fatalf("%v, %v", w, err)
	}
	if uri, err := w.Address("body", "ops"); err != nil || uri != "https://desk.example/hook?key=SECRET" {
		t.Errorf("%s, %v", uri, err)
	}
	if _, err := w.Address("body.webhooks[0].name", "x"); err == nil || !strings.Contains(err.Error(), "--webhook x=URL") {
		t.Errorf("%v", err)
	}
	for _, c := range []struct{ desc, name, uri, want string }{
		{"no name", "", "https://desk.example/", "small letters"},
		{"a name with a space", "the desk", "https://desk.example/", "small letters"},
		{"no address", "desk", "", "needs an address"},
		{"another scheme", "desk", "ftp://desk.example/SECRET", "begins with http"},
		{"a password", "desk", "https://a:SECRET@desk.example/", "without a name and password"},
	} {
		_, err := callback.ParseWebhooks(map[string]string{c.name: c.uri})
		if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "SECRET") {
			t.Errorf("%s: %v", c.desc, err)
		}
	}
}
