package indicator

import (
	"strings"

	"bivouac/geo"
	"bivouac/geo/pattern"
	"bivouac/geo/process"
)

// The inputs beside those that select records and say how well their place
// must be known.
const (
	indicatorInput = "indicator"
	measureInput   = "measure"
	periodInput    = "period"
	sumInput       = "sum"
	perInput       = "per"
	hitsInput      = "hits"
	fromInput      = "from"
	toInput        = "to"
	groupInput     = "groupby"
	zoneInput      = "timezone"
	targetInput    = "target"
	wantedInput    = "wanted"
	compareInput   = "compare"
	trendInput     = "trend"
)

// What is asked where neither the question nor an indicator says.
const (
	defaultCollection = "incidents"
	defaultPeriod     = Month
)

func inputs() geo.Schema {
	fields := []geo.Field{{Name: indicatorInput, Title: "Indicator", Kind: geo.KindString,
		Description: "A named figure, which sets what the other inputs leave open; its filter is joined to theirs. Built in are " + strings.Join(builtinIDs(), ", ") +
			"; documents of the kind indicator add further ones, and one of the same id goes first."}}
	for _, f := range append(process.SelectionFields(""), pattern.FloorFields()...) {
		f.Required = false
		if f.Name == process.CollectionInput {
			f.Description += " " + defaultCollection + " where no indicator says another."
		}
		fields = append(fields, f)
	}
	fields = append(fields, figureInputs()...)
	return geo.Schema{Name: "indicator", Fields: append(fields, questionInputs()...)}
}

// figureInputs say what is counted.
func figureInputs() []geo.Field {
	return []geo.Field{
		{Name: periodInput, Title: "Period", Kind: geo.KindString, Enum: PeriodNames(),
			Description: "Span of the calendar in UTC by which records are counted; a week begins on Monday. none: the total alone. month where no indicator says another."},
		{Name: sumInput, Title: "Sums", Kind: geo.KindList, Items: &geo.Field{Kind: geo.KindString},
			Description: "Number fields to sum up, as a total and per record. killed+injured is both of a record together."},
		{Name: hitsInput, Title: "Hits", Kind: geo.KindString, Role: geo.FilterRole,
			Description: "What is counted for the share: a filter in CQL2, as text or as a JSON object, such as outcome IN ('found', 'disarmed')."},
		{Name: groupInput, Title: "Group by", Kind: geo.KindString,
			Description: "Field by whose values records are counted, too, such as mission, sector or category; or the hour or the weekday of a time, as hour(time) and weekday(time), 1 for Monday."},
		{Name: zoneInput, Title: "Time zone", Kind: geo.KindString,
			Description: "Of the hours and weekdays that groupby asks for: a name of the IANA database, such as Africa/Bamako, whose summer times count. UTC where none is named. Periods are of UTC all the same."},
		{Name: measureInput, Title: "Measure", Kind: geo.KindString, Enum: MeasureNames(),
			Description: "The main figure. count: records. sum: of the first of the sums. share: hits among those of which it is known. rate: the first sum per record that states it. " +
				"ratio: the first sum per sum of the field per. delay: median days from one time to another. count where a comparison, a trend or a target is asked for, else none."},
		{Name: perInput, Title: "Per", Kind: geo.KindString, Description: "Of a ratio: number field whose sum it is divided by, or several that are added, such as killed+injured."},
		{Name: fromInput, Title: "From", Kind: geo.KindString, Description: "Of a delay: time field at which it begins, such as time."},
		{Name: toInput, Title: "To", Kind: geo.KindString, Description: "Of a delay: time field at which it ends, such as reported."},
		{Name: targetInput, Title: "Target", Kind: geo.KindFloat,
			Description: "Value that the main figure is to reach: at least it where it should rise, at most it where it should fall. Counts and sums are held to it in each period."},
		{Name: wantedInput, Title: "Wanted", Kind: geo.KindString, Enum: []string{string(Rise), string(Fall)},
			Description: "Which way the main figure should go."},
	}
}

// questionInputs say what is asked of the main figure.
func questionInputs() []geo.Field {
	return []geo.Field{
		{Name: compareInput, Title: "Compare with", Kind: geo.KindString,
			Description: "An earlier time that the asked one is compared with, as " + process.TimeInput + " takes it, or " + beforeWord + ": as long before it, or " + yearBeforeWord + ": the same days a year before."},
		{Name: trendInput, Title: "Trend", Kind: geo.KindBool,
			Description: "Whether the main figure goes up or down over the periods, and when its level changed. true where an indicator is named."},
	}
}

// definitionSchema is what a document of an indicator holds.
func definitionSchema() geo.Schema {
	fields := []geo.Field{
		{Name: "description", Title: "Description", Kind: geo.KindString, Description: "What it says, and what it leaves out."},
		{Name: "unit", Title: "Unit", Kind: geo.KindString, Description: "Of the main figure, in UCUM, such as d; 1 of a share."},
	}
	selection := append(process.SelectionFields(""), pattern.FloorFields()...)
	for _, f := range append(selection, figureInputs()...) {
		switch f.Name {
		case process.BoxInput, process.AreaInput, process.TimeInput, zoneInput:
			continue
		case process.CollectionInput:
			f.Required, f.Default = false, geo.String(defaultCollection)
		case measureInput:
			f.Default = geo.String(string(CountMeasure))
		}
		fields = append(fields, f)
	}
	return geo.Schema{Name: "definition", Fields: fields}
}
