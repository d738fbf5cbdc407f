package main

import (
	"strings"

	"bivouac/geo"
)

// assetSource marks every asset: that there is one follows from the codes of
// the base's source, and nothing more of it is known.
const assetSource = "derived from bases_2018.csv"

// assetConfidence is that of the base, or "derived" where the base is stated.
func (b *base) assetConfidence() string {
	if c := b.confidence(); c != "stated" {
		return c
	}
	return "derived"
}

// assetTypes says what a base's texts let us conclude stands there, and why.
func (b *base) assetTypes() (types, reasons []string) {
	level, _ := levelOf(b.medical)
	conclude := func(kind, reason string) {
		types, reasons = append(types, kind), append(reasons, reason)
	}
	if strings.Contains(b.basis, "av=") {
		conclude("helicopter", "aviation unit coded in the source; that it flies helicopters is assumed")
	}
	if strings.Contains(b.basis, "med=1") {
		conclude("ambulance", "medical unit coded in the source; that it has an ambulance is assumed")
		if level != "" && level[1] >= '2' {
			conclude("surgical_module", "medical unit coded in the source, and a level of care that includes surgery")
		}
	}
	return types, reasons
}

func addAssets(c *collection, t *tables) error {
	for i := range t.bases {
		b := &t.bases[i]
		types, reasons := b.assetTypes()
		for k, kind := range types {
			if err := c.add(b.asset(kind, reasons[k])); err != nil {
				return err
			}
		}
	}
	return nil
}

func (b *base) asset(kind, reason string) record {
	return record{
		id: b.id() + "/" + kind, mission: b.mission, place: b.point,
		fields: geo.Values{
			"base": geo.String(b.id()), "type": geo.String(kind),
			"source": geo.String(assetSource), "confidence": geo.String(b.assetConfidence()),
		},
		extra: map[string]string{"approximate": "type: " + reason},
	}
}
