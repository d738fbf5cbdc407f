package geojson

import (
	"math"
	"strconv"
)

// Scales of the fixed-point path. A number whose rounding to so many decimals
// divides back to itself is that decimal exactly as a reader will see it: the
// division of two exact integers rounds just as reading the decimal does.
// Seven decimals hold centimetres of a degree and are tried first; twelve
// leave 180 with fifteen digits, the most that any float64 keeps apart.
const (
	longDecimals = 12
	shortScale   = 1e7
	longScale    = 1e12
	longLimit    = 1000 // above it twelve decimals exceed fifteen digits
	shortLimit   = 1e8  // above it seven decimals do
)

// AppendNumber adds f in its shortest form that reads back as f, bit for bit,
// without an exponent for any number below 1e21. What is not finite has no
// form in JSON and is written as null.
func AppendNumber(b []byte, f float64) []byte {
	abs := math.Abs(f)
	if abs < shortLimit {
		if n := int64(f*shortScale + math.Copysign(0.5, f)); float64(n)/shortScale == f && n != 0 {
			return appendShort(b, n)
		}
		if abs < longLimit {
			if n := int64(f*longScale + math.Copysign(0.5, f)); float64(n)/longScale == f && n != 0 {
				return appendFixed(b, n, longDecimals)
			}
		}
	}
	switch {
	case f == 0 && !math.Signbit(f):
		return append(b, '0')
	case math.IsNaN(f) || math.IsInf(f, 0):
		return append(b, "null"...)
	case abs >= 1e21 || abs < 1e-9 && f != 0:
		return strconv.AppendFloat(b, f, 'e', -1, 64)
	}
	return strconv.AppendFloat(b, f, 'f', -1, 64)
}

// appendInt adds n; the small numbers that records are full of go fast.
func appendInt(b []byte, n int64) []byte {
	switch {
	case n >= 0 && n < 10:
		return append(b, byte('0'+n))
	case n >= 0 && n < 100:
		return append(b, pairs[2*n], pairs[2*n+1])
	}
	return strconv.AppendInt(b, n, 10)
}

// appendShort is appendFixed for seven decimals, written out since nearly all
// coordinates take this way.
func appendShort(b []byte, n int64) []byte {
	if n < 0 {
		b = append(b, '-')
		n = -n
	}
	whole, part := uint64(n)/shortScale, uint32(uint64(n)%shortScale)
	if whole < 100 {
		b = appendInt(b, int64(whole))
	} else {
		b = strconv.AppendUint(b, whole, 10)
	}
	if part == 0 {
		return b
	}
	high, low := part/1000, part%1000
	first, second, third := high/100*2, high%100*2, low%100*2
	b = append(b, '.', pairs[first], pairs[first+1], pairs[second], pairs[second+1],
		byte('0'+low/100), pairs[third], pairs[third+1])
	end := len(b)
	for b[end-1] == '0' {
		end--
	}
	return b[:end]
}

// appendFixed adds n / 10^decimals without trailing zeros.
func appendFixed(b []byte, n int64, decimals int) []byte {
	if n < 0 {
		b = append(b, '-')
		n = -n
	}
	var digits [24]byte
	i := len(digits)
	u := uint64(n)
	for decimals > 0 && u%10 == 0 {
		u /= 10
		decimals--
	}
	for ; decimals > 1; decimals -= 2 {
		i -= 2
		pair := u % 100 * 2
		digits[i], digits[i+1] = pairs[pair], pairs[pair+1]
		u /= 100
	}
	if decimals == 1 {
		i--
		digits[i] = byte('0' + u%10)
		u /= 10
	}
	if i < len(digits) {
		i--
		digits[i] = '.'
	}
	for u >= 10 {
		i -= 2
		pair := u % 100 * 2
		digits[i], digits[i+1] = pairs[pair], pairs[pair+1]
		u /= 100
	}
	if u > 0 || i == len(digits) || digits[i] == '.' {
		i--
		digits[i] = byte('0' + u)
	}
	return append(b, digits[i:]...)
}

const pairs = "00010203040506070809" +
	"10111213141516171819" +
	"20212223242526272829" +
	"30313233343536373839" +
	"40414243444546474849" +
	"50515253545556575859" +
	"60616263646566676869" +
	"70717273747576777879" +
	"80818283848586878889" +
	"90919293949596979899"
