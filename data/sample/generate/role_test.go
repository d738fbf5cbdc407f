package main

import "testing"

func TestKindOf(t *testing.T) {
	for _, tt := range []struct {
		role, kind string
		nearest    bool
	}{
		{"Mission HQ; force HQ; logistics", "mission_hq", false},
		{"Mission HQ; Sector 2 in city", "mission_hq", false},
		{"Sector East HQ (supercamp, Camp Castor)", "sector_hq", false},
		{"Force HQ fwd / sector HQ", "sector_hq", false},
		{"JBVMM Sector 2 HQ; logistics", "sector_hq", false},
		{"Company/battalion camp", "battalion", false},
		{"Camp; regional office", "battalion", true},
		{"FIB / Op Beni", "battalion", true},
		{"Field office; battalion", "battalion", false},
		{"Company position", "company", false},
		{"Office/company", "company", false},
		{"Police/field office", "police", false},
		{"FPU (Nepal)", "police", false},
		{"Log base", "logistics", false},
		{"Temporary operating base", "temporary", false},
		{"TOB opened 2018", "temporary", false},
		{"Team site; closed Dec 2018", "team_site", false},
		{"Liaison office", "team_site", true},
		{"Base opened Jan 2018", "company", true},
		{"Lighthouse", "", false},
	} {
		if kind, nearest := kindOf(tt.role); kind != tt.kind || nearest != tt.nearest {
			t.Errorf("kindOf(%q) = %q, %v; want %q, %v", tt.role, kind, nearest, tt.kind, tt.nearest)
		}
	}
}

func TestLevelOf(t *testing.T) {
	for _, tt := range []struct {
		medical, level string
		assumed        bool
	}{
		{"L2 / contracted L3 in city (from memory, verify)", "L2", false},
		{"medical unit coded; Level 2 (nation from memory: Togo/Bangladesh; verify)", "L2", false},
		{"Level 1 (Gao as L2)", "L1", false},
		{"Level 2 (Serbia; L2+ from Jan 2020)", "L2", false},
		{"Level 1+ (verify)", "L1+", false},
		{"Level 1+/2", "L1+", false},
		{"Level 3 (India, verify)", "L3", false},
		{"Medical unit (Bangladesh 2018)", "L1", true},
		{"-", "", false},
	} {
		if level, assumed := levelOf(tt.medical); level != tt.level || assumed != tt.assumed {
			t.Errorf("levelOf(%q) = %q, %v; want %q, %v", tt.medical, level, assumed, tt.level, tt.assumed)
		}
	}
}

func TestDatesOfARole(t *testing.T) {
	for _, tt := range []struct{ role, opened, closed string }{
		{"Base opened Jan 2018", "2018-01-01T00:00:00Z", "null"},
		{"TOB opened 2018", "2018-01-01T00:00:00Z", "null"},
		{"Team site; closed Dec 2018", "null", "2018-12-31T00:00:00Z"},
		{"FPU (Rwanda), moved to Miragoane Dec 2018", "null", "2018-12-31T00:00:00Z"},
		{"Battalion camp (closed later)", "null", "null"},
		{"Sector Centre HQ from mid-2018", "null", "null"},
		{"FPU (Bangladesh) to Dec 2018", "null", "null"},
	} {
		if got := openedOf(tt.role).String(); got != tt.opened {
			t.Errorf("openedOf(%q) = %s, want %s", tt.role, got, tt.opened)
		}
		if got := closedOf(tt.role).String(); got != tt.closed {
			t.Errorf("closedOf(%q) = %s, want %s", tt.role, got, tt.closed)
		}
	}
}
