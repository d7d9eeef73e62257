package ui

// noDetails says what mijn.nn cannot show, and no more than is known (V2).
func (f frame) noDetails() (lines []string) {
	said := []string{
		f.say(either(
			"Van dit product staan er nog geen gegevens in mijn.nn.",
			"There are no details of this product in mijn.nn yet.")),
		f.say(either(
			"Dat komt vooral voor bij levens- en schadeverzekeringen die lang geleden zijn afgesloten. We weten niet of de gegevens er komen, en ook niet wanneer.",
			"This happens mostly with life and non-life insurances that were taken out long ago. We do not know whether the details will come, nor when.")),
		f.say(either(
			"Wil je iets over dit product weten? Stel je vraag dan aan ons, en houd het nummer hierboven bij de hand.",
			"Would you like to know something about this product? Then ask us, and have the number above at hand.")),
	}
	for i, paragraph := range said {
		style := f.Theme.Text
		if i == 0 {
			style = f.Theme.Strong
		} else {
			lines = append(lines, "")
		}
		lines = append(lines, styled(style, f.wrap(paragraph, f.Width))...)
	}
	return lines
}
