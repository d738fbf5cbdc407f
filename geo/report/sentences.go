package report

import "bivouac/geo/process"

const noArea process.Sentence = "report-no-area: Minutes to surgery over the area are left out: name a mission that has an area, or give one."
