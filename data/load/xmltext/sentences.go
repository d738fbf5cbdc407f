package xmltext

import "bivouac/geo"

// Why a text cannot be read.
const (
	otherEncoding geo.Sentence = "xml-encoding: names the encoding {encoding}, which is not read; save it as UTF-8"
	longText      geo.Sentence = "xml-long-text: has a text of more than {most} MB"
	largeElement  geo.Sentence = "xml-large-element: the element {element} is too large, or too deep in itself"
	inLine        geo.Sentence = "xml-line: line {line}: {problem}"
	cutAtLine     geo.Sentence = "xml-cut: is cut off at line {line}; ask for it again"
	badBytes      geo.Sentence = "xml-bad-bytes: line {line} holds bytes that are no characters in the encoding that the file names; save it as UTF-8"
	unreadAtLine  geo.Sentence = "xml-unread: cannot be read at line {line}: {cause}"
)
