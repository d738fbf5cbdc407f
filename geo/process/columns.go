package process

import "bivouac/geo"

// Number is a field of an answer that holds a number in a unit.
func Number(name, title, unit string) geo.Field {
	return geo.Field{Name: name, Title: title, Unit: unit, Kind: geo.KindFloat}
}

// Whole is one that holds a whole number: a count, or a key.
func Whole(name, title string) geo.Field {
	return geo.Field{Name: name, Title: title, Kind: geo.KindInt}
}

// Text is one that holds words.
func Text(name, title string) geo.Field {
	return geo.Field{Name: name, Title: title, Kind: geo.KindString}
}

// Code is one that holds one of some words.
func Code(name, title string, enum []string) geo.Field {
	return geo.Field{Name: name, Title: title, Kind: geo.KindString, Enum: enum}
}

// Flag is one that is true or false.
func Flag(name, title string) geo.Field {
	return geo.Field{Name: name, Title: title, Kind: geo.KindBool}
}

// Table is one that holds rows of such fields.
func Table(name, title, description string, fields ...geo.Field) geo.Field {
	return geo.Field{Name: name, Title: title, Description: description, Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindRecord, Fields: fields}}
}
