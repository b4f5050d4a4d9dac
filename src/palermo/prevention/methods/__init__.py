"""The science of counting: pure, typed functions that also work in a notebook."""
