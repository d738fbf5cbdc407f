package auth

import "bivouac/geo"

func unknownToken(formed bool) error {
	if !formed {
		return geo.Errorf(geo.Unauthorized, "Authorization", "this is no whole token of this server: one begins with bvk_ and has 65 characters; copy it again")
	}
	return geo.Errorf(geo.Unauthorized, "Authorization", "this token lets nobody in; look whether it was copied whole and unchanged, or ask an administrator for another")
}

func over(g *geo.Grant) error {
	if g.Revoked != 0 {
		return geo.Errorf(geo.Unauthorized, "Authorization", "the token of %s was revoked at %v; ask an administrator for another", g.Name, g.Revoked)
	}
	return geo.Errorf(geo.Unauthorized, "Authorization", "the token of %s ended at %v; ask an administrator for another", g.Name, g.Expires)
}

func delayed(wait geo.Time) error {
	w := Wait(wait)
	return &geo.Error{
		Code: geo.Delayed, Where: "Authorization", Cause: w,
		Text: "there were too many failures to sign in; try again in " + w.Error(),
	}
}
