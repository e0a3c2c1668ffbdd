"""Who held which place on which day, worked out from claims and imported sightings."""
