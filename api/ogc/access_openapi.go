package ogc

import (
	"bivouac/api/params"
	"bivouac/geo"
)

// security names schemes that are needed together.
type security map[string][]string

type securityScheme struct {
	Type        string `json:"type"`
	Description string `json:"description"`
	Scheme      string `json:"scheme,omitempty"`
	In          string `json:"in,omitempty"`
	Name        string `json:"name,omitempty"`
}

func securitySchemes() map[string]securityScheme {
	return map[string]securityScheme{
		"token":   {Type: "http", Scheme: "bearer", Description: "A token that bivouac token add makes: bvk_ID_SECRET. It is never taken from an address."},
		"session": {Type: "apiKey", In: "cookie", Name: "bivouac_session", Description: "The cookie of POST /session, for pages of this server alone."},
	}
}

// byTokenOrSession is what all but signing in takes; nothing, where the server
// has no grants.
func byTokenOrSession() []security { return []security{{"token": {}}, {"session": {}}, {}} }

// open is what signing in takes.
func open() []security { return []security{{}} }

func marked() map[string]header {
	return map[string]header{"Bivouac-Classification": {Ref: "#/components/headers/classification"}}
}

func classificationHeader() header {
	return header{Description: "The highest class among the records in the answer, counts of them included", Schema: codes(geo.Classes()...)}
}

func accessResponses() map[string]response {
	return map[string]response{
		"unauthorized": problemResponse("Nobody is signed in, or the token or session lets nobody in"),
		"forbidden":    problemResponse("Who asks may not do this, or not from there"),
	}
}

func (doc *OpenAPI) addAccess() {
	session := document("session", "Who is signed in", "Access", "session")
	signIn := *execution("signIn", "Begin a session with a token", object([]string{"token"}, map[string]Schema{"token": text("bvk_ID_SECRET")}), ref("session"))
	signIn.Tags = session.Tags
	signIn.Responses["429"] = problemResponse("There were too many failures; Retry-After says how long to wait")
	signOut := operation{OperationID: "signOut", Summary: "End the session", Tags: session.Tags, Responses: plainAnswer("204", "It has ended")}
	for _, o := range []*operation{&session, &signIn, &signOut} {
		o.Security = open()
		delete(o.Responses, "304")
	}
	doc.Paths["/session"] = &pathItem{Get: &session, Post: &signIn, Delete: &signOut}
	doc.addProvider()
	doc.get("/audit", document("audit", "Who did what, and how high it was classified, the newest first", "Access", "audit",
		query("limit", "At most so many lines.", Schema{"type": "integer", "minimum": 1, "maximum": params.MaxLog, "default": params.DefaultLog}),
		query("before", "Lines before this number. It comes from a next link.", integer())))
}

func (doc *OpenAPI) addProvider() {
	begin := operation{
		OperationID: "beginOidc", Summary: "Sign in at the identity provider (OpenID Connect)", Tags: []string{"Access"},
		Security: open(), Responses: plainAnswer("303", "To the identity provider"),
	}
	end := operation{
		OperationID: "endOidc", Summary: "Where the identity provider sends its answer", Tags: []string{"Access"}, Security: open(),
		Parameters: []parameter{
			query("state", "Of the sign-in.", Schema{"type": "string"}), query("code", "To be given for an ID token.", Schema{"type": "string"}),
			query("error", "Why nobody is signed in.", Schema{"type": "string"}),
		},
		Responses: plainAnswer("303", "To the map, signed in"),
	}
	doc.get("/session/oidc", begin)
	doc.get("/session/oidc/callback", end)
}

// plainAnswer is that of an operation without a body.
func plainAnswer(status, description string) map[string]response {
	return map[string]response{status: {Description: description}, "default": problemResponse("Something went wrong")}
}

func sessionSchema() Schema {
	orNull := func(s Schema) Schema {
		s["nullable"] = true
		return s
	}
	flag := Schema{"type": "boolean"}
	return object([]string{"name", "role", "ceiling", "missions", "expires", "signedIn", "required", "token", "oidc", "editable"}, map[string]Schema{
		"name": orNull(text("null for nobody")), "role": orNull(codes(geo.Ranks()...)), "ceiling": codes(geo.Classes()...),
		"missions": orNull(listOf(text(""))), "expires": orNull(Schema{"type": "string", "format": "date-time"}),
		"signedIn": flag, "required": flag, "token": flag, "oidc": flag, "editable": flag,
	})
}

func auditSchema() Schema {
	line := object([]string{"seq", "at", "who", "from", "act", "question", "count", "highest", "hash"}, map[string]Schema{
		"seq": integer(), "at": {"type": "string", "format": "date-time"}, "who": text("Name of the grant; empty for nobody who signed in"),
		"from": text("Address of the asker"), "act": text(""), "question": text("What was asked or done"),
		"count": integer(), "highest": codes(geo.Classes()...), "hash": text("Of this line and those before it, in hexadecimal"),
	})
	return object([]string{"entries", "links"}, map[string]Schema{"entries": listOf(line), "links": links()})
}
