"""Files that partnership reads and writes."""
