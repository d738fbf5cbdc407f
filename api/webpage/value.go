package webpage

import (
	"bytes"
	"encoding/json"
	"html/template"
	"slices"
	"strings"
)

// Member is a name and its value, in the order of the document.
type Member struct {
	Name  string
	Value any // string, json.Number, bool, nil, []any or []Member
}

// Read reads a JSON text and keeps the order of its members, which is the order
// in which the document wants to be read.
func Read(text []byte) (any, error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	return read(d)
}

func read(d *json.Decoder) (any, error) {
	token, err := d.Token()
	if err != nil {
		return nil, err
	}
	switch token {
	case json.Delim('{'):
		return readObject(d)
	case json.Delim('['):
		return readList(d)
	}
	return token, nil
}

func readObject(d *json.Decoder) (any, error) {
	members := []Member{}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return nil, err
		}
		v, err := read(d)
		if err != nil {
			return nil, err
		}
		members = append(members, Member{name.(string), v})
	}
	_, err := d.Token()
	return members, err
}

func readList(d *json.Decoder) (any, error) {
	list := []any{}
	for d.More() {
		v, err := read(d)
		if err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	_, err := d.Token()
	return list, err
}

// Find returns the value of the name, nil where there is none.
func Find(document any, name string) any {
	members, _ := document.([]Member)
	for _, m := range members {
		if m.Name == name {
			return m.Value
		}
	}
	return nil
}

// Without returns the members but for those of the names.
func Without(document any, names ...string) []Member {
	members, _ := document.([]Member)
	var rest []Member
	for _, m := range members {
		if !slices.Contains(names, m.Name) {
			rest = append(rest, m)
		}
	}
	return rest
}

// Links reads the links of a document; addresses with parts to fill in are none
// for people. Those of one address and relation are one, in however many types and spellings programs need them.
func Links(document any) []Link {
	list, _ := Find(document, "links").([]any)
	var links []Link
	seen := map[string]bool{}
	for _, v := range list {
		l := Link{Href: text(v, "href"), Rel: text(v, "rel"), Title: text(v, "title"), Type: text(v, "type")}
		if l.Rel == "self" || l.Href == "" || seen[l.Href] || strings.Contains(l.Href, "{") {
			continue
		}
		seen[l.Href] = true
		links = append(links, l)
	}
	return links
}

func text(document any, name string) string {
	s, _ := Find(document, name).(string)
	return s
}

// value writes a value of a document: addresses without parts to fill in as links, lists of scalars in
// a line, lists and objects as lists.
func value(v any) template.HTML {
	var b strings.Builder
	write(&b, v)
	return template.HTML(b.String()) // every text went through escape
}

func write(b *strings.Builder, v any) {
	switch v := v.(type) {
	case nil:
		b.WriteString(`<span aria-label="not known">–</span>`)
	case string:
		writeText(b, v)
	case json.Number:
		b.WriteString(escape(v.String()))
	case bool:
		b.WriteString(map[bool]string{true: "yes", false: "no"}[v])
	case []any:
		writeList(b, v)
	case []Member:
		b.WriteString("<dl>")
		for _, m := range v {
			b.WriteString("<dt>" + escape(m.Name) + "</dt><dd>")
			write(b, m.Value)
			b.WriteString("</dd>")
		}
		b.WriteString("</dl>")
	}
}

func writeText(b *strings.Builder, s string) {
	if (strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://")) && !strings.Contains(s, "{") {
		b.WriteString(`<a href="` + escape(s) + `">` + escape(s) + "</a>")
		return
	}
	b.WriteString(escape(s))
}

func writeList(b *strings.Builder, list []any) {
	plain := true
	for _, v := range list {
		switch v := v.(type) {
		case []any, []Member:
			plain = false
		case string:
			plain = plain && len(v) < 40
		}
	}
	if plain {
		for i, v := range list {
			if i > 0 {
				b.WriteString(", ")
			}
			write(b, v)
		}
		return
	}
	b.WriteString("<ul>")
	for _, v := range list {
		b.WriteString("<li>")
		if href := text(v, "href"); href != "" && (text(v, "title") != "" || text(v, "rel") != "") {
			writeLink(b, v, href)
		} else {
			write(b, v)
		}
		b.WriteString("</li>")
	}
	b.WriteString("</ul>")
}

func writeLink(b *strings.Builder, v any, href string) {
	title := text(v, "title")
	if title == "" {
		title = text(v, "rel")
	}
	if !strings.HasPrefix(href, "http://") && !strings.HasPrefix(href, "https://") {
		b.WriteString(escape(title)) // nothing but an address of the web is a link: a record may hold any text
		return
	}
	b.WriteString(`<a href="` + escape(href) + `">` + escape(title) + "</a>")
}

// long reports whether a value needs a wide column to be read.
func long(v any) bool {
	s, ok := v.(string)
	_, nested := v.([]Member)
	return nested || ok && len(s) > 30
}

func escape(s string) string { return template.HTMLEscapeString(s) }
