package auth

import (
	"regexp"
	"testing"
)

func TestMint(t *testing.T) {
	form := regexp.MustCompile(`^bvk_[a-z2-7]{8}_[a-z2-7]{52}$`)
	seen := map[string]bool{}
	for range 200 {
		token, id, hash := Mint()
		if !form.MatchString(token) || Public(token) != "bvk_"+id || seen[id] || seen[token] || hash == [32]byte{} {
			t.Fatalf("%q, %q, %x", token, id, hash)
		}
		seen[id], seen[token] = true, true
	}
}

func TestMask(t *testing.T) {
	token, id, _ := Mint()
	for _, c := range []struct{ desc, text, want string }{
		{"none", "/api/collections", "/api/collections"},
		{"a whole one", "/api/" + token + "/items", "/api/bvk_.../items"},
		{"a cut one", "key=bvk_" + id, "key=bvk_..."},
		{"in capitals", "BVK_ABC_DEF.", "bvk_...."},
		{"two", token + " and " + token, "bvk_... and bvk_..."},
		{"its beginning alone", "bvk_", "bvk_..."},
	} {
		if got := Mask(c.text); got != c.want {
			t.Errorf("%s: %q, want %q", c.desc, got, c.want)
		}
		if Mentions(c.text) != (c.text != c.want) {
			t.Errorf("%s: mentions a token: %v", c.desc, Mentions(c.text))
		}
	}
}

// FuzzMask hides whatever follows the beginning of a token.
func FuzzMask(f *testing.F) {
	f.Add("a", "secret", "/b")
	f.Add("bvk_", "x", "İbvk_é")
	f.Fuzz(func(t *testing.T, before, secret, after string) {
		for _, r := range secret {
			if !inToken(r) {
				t.Skip()
			}
		}
		const mark = "q9w8e7r6t5"
		if got := Mask(before + "bvk_" + mark + secret + after); regexp.MustCompile(mark).MatchString(got) {
			t.Errorf("%q", got)
		}
	})
}
