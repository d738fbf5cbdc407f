package indicator

import "bivouac/geo"

func outputs() geo.Schema {
	definition := definitionSchema()
	return geo.Schema{Name: "indicator", Fields: []geo.Field{
		{Name: "definition", Title: "Definition", Kind: geo.KindRecord, Description: "The named indicator; missing where none is asked.",
			Fields: append([]geo.Field{
				textOut("id", "Id"), textOut("title", "Title"),
				{Name: "version", Title: "Version", Kind: geo.KindInt, Description: "That last wrote its document; null where it is built in."},
			}, definition.Fields...)},
		{Name: "total", Title: "Total", Kind: geo.KindRecord, Fields: figureFields()},
		{Name: "periods", Title: "Periods", Kind: geo.KindList,
			Description: "From the first to the last without a gap, cut to the asked time; empty where no period is asked for.",
			Items: &geo.Field{Kind: geo.KindRecord, Fields: append([]geo.Field{
				momentOut("start", "Start"), momentOut("end", "End, the first moment that is outside"),
			}, figureFields()...)}},
		{Name: "groups", Title: "Groups", Kind: geo.KindList, Description: "The largest first; empty where no group is asked for.",
			Items: &geo.Field{Kind: geo.KindRecord, Fields: append([]geo.Field{groupOut()}, figureFields()...)}},
		{Name: "comparison", Title: "Comparison", Kind: geo.KindRecord, Description: "With an earlier time; missing where none is asked.", Fields: comparisonFields()},
		{Name: "trend", Title: "Trend", Kind: geo.KindRecord, Description: "Of the main figure over the periods; missing where none is asked.", Fields: trendFields()},
	}}
}

func textOut(name, title string) geo.Field {
	return geo.Field{Name: name, Title: title, Kind: geo.KindString}
}

func numberOut(name, title string) geo.Field {
	return geo.Field{Name: name, Title: title, Kind: geo.KindFloat}
}

func momentOut(name, title string) geo.Field {
	return geo.Field{Name: name, Title: title, Kind: geo.KindTime}
}

func groupOut() geo.Field {
	return geo.Field{Name: "value", Title: "Value", Kind: geo.KindString,
		Description: "What the field holds, as a number or a boolean where it holds those; null for records that state nothing."}
}

func figureFields() []geo.Field {
	return []geo.Field{
		{Name: "count", Title: "Records", Kind: geo.KindInt},
		{Name: "without_place", Title: "Without a place", Kind: geo.KindInt, Description: "Of the records."},
		{Name: "figure", Title: "Figure", Kind: geo.KindFloat, Description: "The main figure, by the measure; null where nothing is known of it. Missing where no measure is asked."},
		numberOut("figure_lower", "Lower end (95 %)"), numberOut("figure_upper", "Upper end (95 %)"),
		{Name: "figure_of", Title: "Of", Kind: geo.KindFloat, Description: "The denominator of a share, rate or ratio; how many records a delay is the median of."},
		{Name: "verdict", Title: "Target", Kind: geo.KindString, Enum: []string{string(Met), string(Missed), string(Open)},
			Description: "met and missed where the whole interval lies on one side of the target."},
		{Name: "hits", Title: "Hits", Kind: geo.KindInt, Description: "Records for which hits is true."},
		{Name: "decided", Title: "Decided", Kind: geo.KindInt, Description: "Records for which hits is true or false: what the share is of."},
		numberOut("share", "Share of hits among those decided; null where there are none"),
		numberOut("share_lower", "Lower end of its 95 % interval"), numberOut("share_upper", "Upper end of it"),
		{Name: "sums", Title: "Sums", Kind: geo.KindRecord, Description: "By field; null where no record states a number."},
		{Name: "nulls", Title: "Records that state no number", Kind: geo.KindRecord, Description: "By field. They are in no sum."},
		{Name: "rates", Title: "Rates", Kind: geo.KindRecord,
			Description: "By field: per_record, the sum per record that states a number, lower and upper, its 95 % interval, and of, how many state one."},
	}
}

func headingFields() []geo.Field {
	return []geo.Field{
		{Name: "heading", Title: "Heading", Kind: geo.KindString, Enum: headings(), Description: "Where it went, if p is below 0.05."},
		{Name: "as_wanted", Title: "As wanted", Kind: geo.KindBool, Description: "null where nothing is shown, or no direction is wanted."},
	}
}

func changeFields() []geo.Field {
	return append([]geo.Field{
		numberOut("now", "Now"), numberOut("now_lower", "Now, lower end (95 %)"), numberOut("now_upper", "Now, upper end (95 %)"),
		numberOut("before", "Before"), numberOut("before_lower", "Before, lower end (95 %)"), numberOut("before_upper", "Before, upper end (95 %)"),
		{Name: "change", Title: "Change", Kind: geo.KindFloat, Description: "Now less before, which is multiplied by scale."},
		numberOut("change_lower", "Change, lower end (95 %)"), numberOut("change_upper", "Change, upper end (95 %)"),
		{Name: "percent", Title: "Change", Unit: "%", Kind: geo.KindFloat},
		{Name: "percent_lower", Title: "Change, lower end (95 %)", Unit: "%", Kind: geo.KindFloat},
		{Name: "percent_upper", Title: "Change, upper end (95 %)", Unit: "%", Kind: geo.KindFloat},
		{Name: "p", Title: "p", Kind: geo.KindFloat, Description: "Probability that two equal figures differ as much by chance."},
	}, headingFields()...)
}

func comparisonFields() []geo.Field {
	return []geo.Field{
		momentOut("start", "Start of the earlier time"), momentOut("end", "End of it, the first moment that is outside"),
		{Name: "scale", Title: "Scale", Kind: geo.KindFloat,
			Description: "What earlier counts and sums are multiplied by, for a time as long: 1 where both are as many days, or as many months of the calendar."},
		{Name: "total", Title: "Total", Kind: geo.KindRecord, Fields: changeFields()},
		{Name: "groups", Title: "Groups", Kind: geo.KindList, Description: "Of either time.",
			Items: &geo.Field{Kind: geo.KindRecord, Fields: append([]geo.Field{groupOut()}, changeFields()...)}},
		{Name: "before", Title: "Earlier time", Kind: geo.KindRecord, Fields: figureFields()},
	}
}

func trendFields() []geo.Field {
	return append(headingFields(), []geo.Field{
		{Name: "p", Title: "p", Kind: geo.KindFloat, Description: "Probability of as clear a trend by chance."},
		{Name: "slope", Title: "Sen's slope", Kind: geo.KindFloat, Description: "In units of the figure a period."},
		numberOut("slope_lower", "Slope, lower end (95 %)"), numberOut("slope_upper", "Slope, upper end (95 %)"),
		{Name: "periods", Title: "Periods with a figure", Kind: geo.KindInt},
		{Name: "left_out", Title: "Periods left out", Kind: geo.KindInt, Description: "The first or last, which are not known to be covered whole."},
		numberOut("s", "Mann-Kendall's S"), numberOut("variance", "Its variance"), numberOut("z", "Z"), numberOut("tau", "Kendall's tau-b"),
		{Name: "steps", Title: "Changes of level", Kind: geo.KindList, Description: "In order of time.",
			Items: &geo.Field{Kind: geo.KindRecord, Fields: []geo.Field{
				momentOut("start", "First period of the new level"),
				{Name: "before", Title: "Before", Kind: geo.KindFloat, Description: "The figure up to it, from the last change on; of counts and sums, a period."},
				{Name: "after", Title: "After", Kind: geo.KindFloat, Description: "The figure from it on, up to the next change."},
			}}},
	}...)
}
