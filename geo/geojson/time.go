package geojson

import "bivouac/geo"

// AppendTime adds t as a JSON string: by RFC 3339 in UTC with as many decimals
// as it needs, or as 2006-01-02 where it stands for a day. Years outside 0 to
// 9999 have no form in RFC 3339 and are written as Go prints them.
func AppendTime(b []byte, t geo.Time, dateOnly bool) []byte {
	day := t / geo.Day
	rest := t % geo.Day
	if rest < 0 {
		day--
		rest += geo.Day
	}
	year, month, dom := civil(int64(day))
	if year < 0 || year > 9999 {
		return append(t.Append(append(b, '"')), '"')
	}
	high, low, m, d := 2*(year/100), 2*(year%100), 2*month, 2*dom
	b = append(b, '"', pairs[high], pairs[high+1], pairs[low], pairs[low+1],
		'-', pairs[m], pairs[m+1], '-', pairs[d], pairs[d+1])
	if !dateOnly {
		b = appendClock(b, rest)
	}
	return append(b, '"')
}

// civil turns days since 1970-01-01 into a date of the Gregorian calendar, by
// counting in eras of 400 years that start on 1 March (Hinnant, 2013).
func civil(days int64) (year, month, day int) {
	const era = 146097
	z := days + 719468
	e := z / era
	if z < 0 {
		e = (z - era + 1) / era
	}
	doe := z - e*era
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	year, month, day = int(yoe+e*400), int(mp+3), int(doy-(153*mp+2)/5+1)
	if month > 12 {
		month -= 12
		year++
	}
	return year, month, day
}

func appendClock(b []byte, rest geo.Time) []byte {
	seconds := int(rest / geo.Second)
	b = append(b, 'T')
	b = appendPair(b, seconds/3600)
	b = append(b, ':')
	b = appendPair(b, seconds/60%60)
	b = append(b, ':')
	b = appendPair(b, seconds%60)
	if micro := int64(rest % geo.Second); micro != 0 {
		var digits [6]byte
		for i := len(digits) - 1; i >= 0; i-- {
			digits[i] = byte('0' + micro%10)
			micro /= 10
		}
		n := len(digits)
		for digits[n-1] == '0' {
			n--
		}
		b = append(b, '.')
		b = append(b, digits[:n]...)
	}
	return append(b, 'Z')
}

func appendPair(b []byte, n int) []byte { return append(b, pairs[2*n], pairs[2*n+1]) }
