package ogc

import (
	"bivouac/api/params"
	"bivouac/geo"
	"bivouac/geo/alert"
)

const (
	capType  = "application/cap+xml"
	atomType = "application/atom+xml"
)

// addAlerts describes what rules raise. A rule is a document of the kind
// alert-rule.
func (doc *OpenAPI) addAlerts(kept bool) {
	id := inPath("alertId", "Id of the alert", Schema{"type": "string"})
	list := document("alerts", "What the rules raised, the newest first", "Alerts", "alertList",
		query("rule", "Of this rule.", text("")), query("since", "Of changes at this time, or day, and later.", text("")),
		query("severity", "Of these severities.", listOf(codes(alert.Severities()...))), query("state", "new: nobody has seen to it yet.", codes("new", "acknowledged")),
		query("delivery", "failed: an address could not be told of it.", codes("failed")),
		query("before", "Those that come after this one in the list.", text("")),
		query("limit", "At most so many.", Schema{"type": "integer", "minimum": 1, "maximum": params.MaxAlerts, "default": params.DefaultAlerts}), formatParameter("geojson", "json", "atom"))
	list.Responses["200"].Content[geojsonType] = mediaType{ref("alertList")}
	list.Responses["200"].Content[atomType] = mediaType{Schema{"type": "string"}}
	delete(list.Responses["200"].Content, jsonType)
	doc.get("/alerts", list)
	one := document("alert", "One alert, as GeoJSON or in the Common Alerting Protocol 1.2", "Alerts", "alert", id, formatParameter("geojson", "json", "cap"))
	one.Responses["200"].Content[geojsonType] = mediaType{ref("alert")}
	one.Responses["200"].Content[capType] = mediaType{Schema{"type": "string"}}
	delete(one.Responses["200"].Content, jsonType)
	doc.get("/alerts/{alertId}", one)
	doc.get("/alert-rules", document("alertRules", "The rules that raise alerts, and which of them are broken", "Alerts", "alertRules"))
	if !kept {
		return
	}
	seen := edit("acknowledge", "Say that an alert is seen to", "Alerts", object(nil, map[string]Schema{"note": text("")}), "200", ref("alert"), id)
	seen.RequestBody.Required = false
	seen.Responses["200"] = response{Description: "As it now stands", Headers: marked(), Content: map[string]mediaType{geojsonType: {ref("alert")}}}
	doc.at("/alerts/{alertId}/acknowledge").Post = seen
}

// alertSchemas are the forms of alerts and their rules.
func alertSchemas() map[string]Schema {
	at := Schema{"type": "string", "format": "date-time"}
	number := Schema{"type": "number"}
	mission := Schema{"type": "string", "nullable": true, "description": "null: shared by all"}
	properties := object([]string{"rule", "title", "headline", "severity", "status", "version", "at", "collection", "classification", "mission", "acknowledged"}, map[string]Schema{
		"rule": text("Id of the rule"), "rule_version": integer(), "title": text("Of the rule"), "headline": text("What happened, in a sentence"), "severity": codes(alert.Severities()...),
		"status": codes(alert.Statuses...), "version": integer(), "at": at, "collection": text(""), "key": integer(), "record": text("What people call the record"), "time": at,
		"radius_m": number, "count": integer(), "classification": codes(geo.Classes()...), "mission": mission,
		"near":         object([]string{"collection", "key", "distance_m"}, map[string]Schema{"collection": text(""), "key": integer(), "name": text(""), "distance_m": number, "season_unknown": {"type": "boolean"}}),
		"reached":      object([]string{"value", "least", "days"}, map[string]Schema{"value": number, "least": number, "sum": text("Fields that are added; without it records are counted"), "days": number}),
		"acknowledged": listOf(object([]string{"at", "by"}, map[string]Schema{"at": at, "by": text(""), "note": text("")})),
		"deliveries": listOf(object([]string{"webhook", "format", "state", "tries"}, map[string]Schema{
			"webhook": text("Its name"), "format": codes(alert.Formats...), "state": codes("waiting", "delivered", "failed"), "tries": integer(), "next": at, "problem": text("")})),
	})
	geometry := Schema{"nullable": true, "allOf": []Schema{ref("geometry")}}
	feature := object([]string{"type", "id", "geometry", "properties", "links"}, map[string]Schema{"type": codes("Feature"), "id": text(""), "geometry": geometry, "properties": properties, "links": links()})
	rule := object([]string{"id", "title", "version", "active", "classification", "mission", "links"}, map[string]Schema{
		"id": text(""), "title": text(""), "version": integer(), "active": {"type": "boolean"}, "collection": text(""), "severity": codes(alert.Severities()...),
		"classification": codes(geo.Classes()...), "mission": mission, "links": links(),
		"broken": object([]string{"detail"}, map[string]Schema{"parameter": text("Member of the rule"), "detail": text("Why it cannot be asked")}),
	})
	return map[string]Schema{
		"alert": feature,
		"alertList": object([]string{"type", "numberMatched", "numberReturned", "features", "links"}, map[string]Schema{
			"type": codes("FeatureCollection"), "numberMatched": integer(), "numberReturned": integer(), "note": text("Why there can be none"), "features": listOf(ref("alert")), "links": links()}),
		"alertRules": object([]string{"rules", "links"}, map[string]Schema{"rules": listOf(rule), "webhooks": listOf(text("Name of a webhook that a rule may tell; said to those who may write rules")), "links": links()}),
	}
}
