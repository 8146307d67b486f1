"""What all pictures share: colours that the colour-blind tell apart, those of Okabe and Ito (2008), and which networks have arrows."""

CAMPS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"]
QUIET = "#8a8a8a"
INK = "#1b1b1b"
DIRECTED = {"relation", "affiliation"}
