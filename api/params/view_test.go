package params_test

import (
	"strings"
	"testing"

	"bivouac/api/params"
	"bivouac/geo"
)

func TestCheckView(t *testing.T) {
	long := strings.Repeat("x", 20_001)
	for _, c := range []struct{ desc, title, body, where string }{
		{"a view", "Gao", `{"view":"m=6/16.27/-0.04&ms=MINUSMA"}`, ""},
		{"with a note", "Gao", `{"view":"ms=*","note":"Ask again in June."}`, ""},
		{"as long as may be", "Gao", `{"view":"` + long[1:] + `"}`, ""},
		{"nothing", "Gao", `{}`, "view"},
		{"an empty view", "Gao", `{"view":""}`, "view"},
		{"the # too", "Gao", `{"view":"#ms=*"}`, "view"},
		{"a line break", "Gao", `{"view":"ms=*\n"}`, "view"},
		{"a number", "Gao", `{"view":7}`, "view"},
		{"a member that nobody knows", "Gao", `{"view":"ms=*","zoom":9}`, "view"},
		{"too long", "Gao", `{"view":"` + long + `"}`, "view"},
		{"a long note", "Gao", `{"view":"ms=*","note":"` + long[:2001] + `"}`, "note"},
		{"a long title", long[:201], `{"view":"ms=*"}`, "title"},
	} {
		err := params.CheckView(&geo.Doc{Title: c.title, Body: []byte(c.body)})
		e, _ := err.(*geo.Error)
		switch {
		case c.where == "" && err != nil:
			t.Errorf("%s: %v", c.desc, err)
		case c.where != "" && (e == nil || e.Code != geo.Invalid || e.Where != c.where || e.Text == ""):
			t.Errorf("%s: %v, want an error at %s", c.desc, err, c.where)
		}
	}
}
