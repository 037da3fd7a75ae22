"""Learning from corrections: releases of the classifier, what each measures, which one serves, how right it is."""
