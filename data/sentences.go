package data

import "bivouac/geo"

// Why a record or a schema is not taken.
const (
	required      geo.Sentence = "record-required: is required"
	noClass       geo.Sentence = "record-no-class: there is no class {class}"
	endsEarly     geo.Sentence = "record-ends-early: ends before it starts: {interval}"
	extraNoObject geo.Sentence = "record-extra: must be a JSON object"
	otherGeometry geo.Sentence = "record-geometry: {collection} holds shapes of the type {type}, not a {shape}"
	takenName     geo.Sentence = "schema-taken-name: \"{name}\" begins as the tables of GeoPackage do; choose another name"
	noName        geo.Sentence = "schema-no-name: \"{name}\" cannot name a collection: use lower-case letters, digits, _ and -, a letter first"
	badField      geo.Sentence = "schema-bad-field: field {n} (\"{name}\") has no name or kind, or its name is taken"
)

// Why a file is not taken into the store.
const (
	fieldStays    geo.Sentence = "schema-field-stays: the field of {collection} stays, and stays a {kind}, since its history is of that kind; add another field beside it"
	otherKind     geo.Sentence = "schema-other-kind: {collection} holds a {kind} in this field, and the file brings a {brought}; give the column another name with --map"
	idTwice       geo.Sentence = "taken-id-twice: stands in this file twice"
	changedTwice  geo.Sentence = "taken-changed-twice: the record {key} is changed twice"
	idAdded       geo.Sentence = "taken-id-added: a record of the id {id} was added since the file was compared with it, and nothing was taken; compare the file anew"
	recordRemoved geo.Sentence = "taken-removed: the record {key} was removed since the file was compared with it, and nothing was taken; compare the file anew"
	recordChanged geo.Sentence = "taken-changed: the record {key} was changed by version {version} since the file was compared with it, and nothing was taken; compare the file anew"
	othersChanged geo.Sentence = "taken-others-changed: others have changed records since the file was compared with it, and nothing was taken; compare the file anew"
)
