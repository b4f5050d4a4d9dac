"""How Palermo looks: frame, components, forms, tables, charts and maps. Knows no room but vocabulary."""
