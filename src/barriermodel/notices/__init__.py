"""Official notices (aankondigingen) of awards, read into the skeletons of dossiers."""
