package fiction

// Names of people, streets and towns. The towns do not exist.
var (
	Surnames = []struct{ Prefix, Name string }{
		{"", "Aalbers"}, {"", "Bakhuis"}, {"van den", "Berkel"}, {"de", "Boer"}, {"van", "Boxmeer"}, {"", "Brandsma"},
		{"", "Brouwer"}, {"van der", "Burgh"}, {"", "Dekkers"}, {"van", "Dijk"}, {"", "Dijkstra"}, {"", "Evers"},
		{"", "Faber"}, {"", "Gerritsen"}, {"de", "Graaf"}, {"de", "Haan"}, {"", "Hendriks"}, {"van den", "Heuvel"},
		{"", "Hoekstra"}, {"", "Huisman"}, {"", "Jacobs"}, {"", "Jansen"}, {"", "Kaya"}, {"", "Koster"},
		{"", "Kuipers"}, {"van der", "Laan"}, {"", "Lammers"}, {"van", "Leeuwen"}, {"ter", "Linden"}, {"", "Maas"},
		{"", "Martens"}, {"van der", "Meer"}, {"", "Mulder"}, {"", "Nijhuis"}, {"", "Oosterveld"}, {"den", "Ouden"},
		{"", "Peters"}, {"", "Postma"}, {"", "Prins"}, {"", "Ramdin"}, {"", "Reinders"}, {"de", "Ruiter"},
		{"", "Sanders"}, {"", "Schouten"}, {"", "Smeets"}, {"", "Smit"}, {"van der", "Steen"}, {"'t", "Hoen"},
		{"", "Tahiri"}, {"", "Timmermans"}, {"", "Veenstra"}, {"van", "Vliet"}, {"", "Vos"}, {"de", "Vries"},
		{"", "Wagenaar"}, {"", "Willems"}, {"de", "Wit"}, {"", "Yılmaz"}, {"", "Zijlstra"}, {"van", "Zanten"},
	}
	Streets = []string{
		"Akkerweg", "Beatrixlaan", "Berkenhof", "Boterbloemstraat", "Brinkstraat", "Dorpsstraat", "Eikenlaan",
		"Fluitekruid", "Gasthuisstraat", "Haven", "Hoge Dijk", "Industrieweg", "Kanaalkade", "Kastanjeplein",
		"Kerkstraat", "Korenbloemlaan", "Lange Wijk", "Lijsterbeslaan", "Marktplein", "Merelstraat", "Molenweg",
		"Noordsingel", "Oude Gracht", "Parallelweg", "Prinsenhof", "Raadhuisplein", "Ringdijk", "Rozenstraat",
		"Schoolstraat", "Sluispad", "Stationsweg", "Tuinfluiter", "Veldweg", "Vijverlaan", "Weverstraat", "Zandpad",
	}
	Cities = []struct {
		Name     string
		Postcode int // Postcode is the digits of the town's first postcode. A town has about forty.
	}{
		{"Achterwold", 9310}, {"Bergbroek", 6120}, {"Duinzicht", 2070}, {"Eikenrade", 6350}, {"Grootdrecht", 3310},
		{"Haverlo", 7430}, {"Kleiburen", 8830}, {"Lindehaven", 2950}, {"Maasveen", 5860}, {"Nieuwersluis aan Zee", 4360},
		{"Noorderkoog", 1730}, {"Oosterbeemd", 5120}, {"Oud-Wezep", 8090}, {"Polderkerk", 1640}, {"Rietmeer", 8530},
		{"Schoondrecht", 3350}, {"Terhorne", 7550}, {"Veenhuizerdijk", 7760}, {"Waterwijk", 1310}, {"Zilverdam", 4510},
	}
)
