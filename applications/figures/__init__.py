"""How many applications came how far: counted, told as tables, drawn as charts."""
