package profile

import "bivouac/geo"

const noProfile geo.Sentence = "profile-none: there is no import profile {profile}; there are {profiles}, and {none}"
